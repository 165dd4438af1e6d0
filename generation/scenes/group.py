"""The hero and what it stands on, grown until together they fill the subject's box."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from generation.layout.geometry import Rect
from generation.scenes.camera import Camera
from generation.scenes.graph import SceneGraph, SceneObject
from generation.scenes.materials import FINISHES, Paint
from generation.scenes.podium import PODIUMS, podium
from generation.scenes.primitives import Part, Shape, bounds
from generation.scenes.props import Thing, build, facing, kind_of
from generation.scenes.table import Bench, Pose

PRODUCT_ID = 250  # the empty place of an uploaded product
_UNIT = 2.0  # height of the whole group in the world
# Degrees the camera looks down, by composition.
PITCH = {"low": 3.5, "still-life": 13.0, "floating": 5.0, "pedestal-row": 8.0}


@dataclass(frozen=True)
class Group:
    """hero (None where there is no subject), stand (None where it floats), the camera that shows them in the box."""

    hero: Thing | None
    stand: Thing | None
    camera: Camera
    width: float
    height: float
    hero_rect: Rect
    podium_top: float

    @property
    def things(self) -> tuple[Thing, ...]:
        return tuple(t for t in (self.hero, self.stand) if t is not None)


def subject_of(graph: SceneGraph) -> SceneObject | None:
    return next((o for o in graph.objects if o.id == graph.subject_id), None)


def compose(graph: SceneGraph, box: Rect, canvas: tuple[int, int]) -> Group:
    """Build the group for a subject box of this shape and put it there."""
    aspect = min(max(box.width / max(box.height, 1.0), 0.3), 3.2)
    hero = _hero(graph, towards=-1.0 if graph.light.side == "left" else 1.0)  # lit alike in every format
    stand = next((o for o in graph.objects if o.role == "stage"), None) if graph.composition != "floating" else None
    camera = Camera.facing(_UNIT * 0.5, _distance(box, canvas, aspect), PITCH.get(graph.composition, 9.0))
    rise = (0.2 if stand else 0.0) * (0.75 if aspect > 1.6 else 1.0)
    spread = _UNIT * aspect
    low, high = bounds(hero.parts)
    wide, tall = high[0] - low[0], high[1] - low[1]
    seen = hero_seen = Rect(0, 0, 1, 1)
    things: tuple[Thing, Thing | None] = (hero, None)
    for _ in range(4):
        room = (_UNIT - rise) if stand else _UNIT
        scale = min((0.84 if stand else 1.0) * _UNIT * aspect / wide, room / tall)
        top = rise
        things = _stood(hero, low, scale, stand, graph, rise, min(spread, max(wide * scale * 2.6, 2.2)))
        seen, hero_seen = _seen(things, camera)
        off = seen.width / seen.height / aspect
        if abs(off - 1) < 0.02 or stand is None:
            break
        if off > 1:  # too wide: raise the stage
            rise = min(rise + (seen.width / aspect - seen.height) * abs(camera.eye_z) * 0.9, _UNIT * 0.36)
            spread *= 0.5 + 0.5 / off if rise >= _UNIT * 0.36 else 1.0
        else:
            spread /= off
    shot = camera.fitted(seen, box)
    return Group(
        hero=things[0] if graph.subject_id is not None else None,
        stand=things[1],
        camera=shot,
        width=seen.width * abs(camera.eye_z),
        height=seen.height * abs(camera.eye_z),
        hero_rect=_to_pixels(hero_seen, shot),
        podium_top=top if stand else 0.0,
    )


def _distance(box: Rect, canvas: tuple[int, int], aspect: float) -> float:
    """Far enough that the whole canvas stays within a long lens's view."""
    world = canvas[0] / max(box.width, 1.0) * _UNIT * aspect
    tall = canvas[1] / max(box.height, 1.0) * _UNIT
    return 10.5 * max(1.0, world / 13.0, tall / 13.0)


def _hero(graph: SceneGraph, towards: float) -> Thing:
    item = subject_of(graph)
    if item is None:
        return _stand_in(graph.product_aspect or 1.0)
    kind = kind_of(item)
    thing = build(item, kind, graph.palette)
    turned = facing(kind, np.random.default_rng([graph.seed, item.seed, 1]), towards)
    return replace(thing, pose=Pose(matrix=turned))


def _stand_in(aspect: float) -> Thing:
    """A board as wide and high as the product: measured, never drawn."""
    board = Part(Shape.ROUND_BOX, (aspect / 2, 0.5, 0.02), position=(0, 0.5, 0))
    return Thing(PRODUCT_ID, (board,), (Paint((0.5, 0.5, 0.5), FINISHES["matte"]),))


def _stood(
    hero: Thing,
    low: tuple[float, float, float],
    scale: float,
    stand: SceneObject | None,
    graph: SceneGraph,
    rise: float,
    spread: float,
) -> tuple[Thing, Thing | None]:
    foot = _foot(hero, low, graph)
    base = rise - foot * scale
    if stand is None:
        base = (_UNIT * 0.16 if graph.composition == "floating" else 0.0) - foot * scale
    placed = hero.moved_to(replace(hero.pose, position=(0.0, base, 0.0), scale=scale))
    if stand is None:
        return placed, None
    if stand.kind in PODIUMS or rise <= 0:
        tiers = 1 + (stand.seed + (rise > 0.3)) % 3 if rise > 0.12 else 1
        return placed, podium(stand, graph.palette, spread, rise, tiers)
    return placed, _kind_stage(stand, graph, rise, spread)


def _foot(hero: Thing, low: tuple[float, float, float], graph: SceneGraph) -> float:
    """Height of what touches the stage. Standing kinds stand on y = 0: the box of a turned part may reach below it."""
    item = subject_of(graph)
    return 0.0 if item is not None and kind_of(item).stands else low[1]


def _kind_stage(stand: SceneObject, graph: SceneGraph, rise: float, spread: float) -> Thing:
    """A catalogue object as the stage: scaled to the height that is wanted, not wider than the room."""
    kind = kind_of(stand)
    thing = build(stand, kind, graph.palette)
    low, high = bounds(thing.parts)
    scale = min(rise / (high[1] - low[1]), 1.3 * spread / (high[0] - low[0]))
    return thing.moved_to(Pose((0.0, rise - high[1] * scale, 0.0), scale))


def _seen(things: tuple[Thing, Thing | None], camera: Camera) -> tuple[Rect, Rect]:
    """Silhouettes of group and hero in the camera's unit plane (y up: y0 is the lowest)."""
    from generation.scenes.silhouette import silhouettes

    bench = Bench()
    for number, thing in enumerate(things):
        if thing is not None:
            bench.add(thing.parts, list(thing.paints), number + 1, thing.pose)
    found = silhouettes(bench.tables(), camera)
    whole = found[1] if 2 not in found else found[1].union(found[2])
    return whole, found[1]


def _to_pixels(seen: Rect, camera: Camera) -> Rect:
    f = camera.focal
    return Rect(camera.cx + f * seen.x0, camera.cy - f * seen.y1, camera.cx + f * seen.x1, camera.cy - f * seen.y0)
