"""The hero and what it stands on: one rigid group in every format, shown so that the hero fills the subject's box."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np

from generation.layout.geometry import Rect
from generation.scenes.camera import Camera
from generation.scenes.framing import closest, on_canvas, room_around
from generation.scenes.graph import SceneGraph, SceneObject
from generation.scenes.materials import FINISHES, Paint
from generation.scenes.podium import PODIUMS, podium, top_share
from generation.scenes.primitives import Part, Shape, bounds, corners
from generation.scenes.props import Thing, build, facing, kind_of
from generation.scenes.table import Bench, Pose

_ROUND = frozenset({Shape.ROUND_CYLINDER, Shape.SPHERE, Shape.CONE, Shape.TORUS, Shape.BOWL, Shape.CUP, Shape.DOME})
PRODUCT_ID = 250  # the empty place of an uploaded product
_UNIT = 2.0  # height of the whole group in the world
_WIDEST = 2.5  # of a hero in the world
_ASPECTS = (0.52, 1.4)  # width / height of boxes asked for
_RISE = {"podium": (0.12, 0.17, 0.22), "podium-block": (0.13, 0.19, 0.24), "podium-drum": (0.2, 0.23, 0.26)}
_KIND_RISE = 0.34  # of a catalogue object that serves as the stage
# Degrees the camera looks down, by composition.
PITCH = {"low": 3.5, "still-life": 11.0, "floating": 5.0, "pedestal-row": 8.0}


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


def compose(graph: SceneGraph, box: Rect, canvas: tuple[int, int], calm: tuple[Rect, ...] = ()) -> Group:
    """Build the group and put it in a subject's box: the hero fills the box, what it stands on may reach beyond where no
    text (`calm`) and no edge of the canvas is."""
    hero, stand, top = _stacked(graph)
    camera = Camera.facing(_UNIT * 0.5, _distance(box, canvas), PITCH.get(graph.composition, 9.0))
    seen, hero_seen = _seen((hero, stand), camera)
    shot = closest(camera, seen, hero_seen, box, room_around(box, canvas, calm), canvas)
    return Group(
        hero=hero if graph.subject_id is not None else None,
        stand=stand,
        camera=shot,
        width=seen.width * abs(camera.eye_z),
        height=seen.height * abs(camera.eye_z),
        hero_rect=on_canvas(hero_seen, shot),
        podium_top=top,
    )


@lru_cache(maxsize=64)
def box_aspect(graph: SceneGraph) -> float | None:
    """Width / height of the box that a layout should keep for the hero; None where the scene has none.

    Between the hero's own and that of the hero on its stage, within what any canvas can grant.
    """
    if graph.subject_id is None:
        return graph.product_aspect
    hero, stand, _ = _stacked(graph)
    whole, own = _seen((hero, stand), Camera.facing(_UNIT * 0.5, 10.5, PITCH.get(graph.composition, 9.0)))
    aspect = math.sqrt(own.width / own.height * whole.width / whole.height)
    return min(max(aspect, _ASPECTS[0]), _ASPECTS[1])


def _distance(box: Rect, canvas: tuple[int, int]) -> float:
    """Far enough that the whole canvas stays within a long lens's view."""
    unit = max(min(box.height, 1.4 * box.width), 1.0) / _UNIT
    return 10.5 * max(1.0, canvas[0] / unit / 13.0, canvas[1] / unit / 13.0)


def _stacked(graph: SceneGraph) -> tuple[Thing, Thing | None, float]:
    """(hero, stand, height of the stand's top), in the world; the same for every canvas."""
    hero = _hero(graph, towards=-1.0 if graph.light.side == "left" else 1.0)
    item = next((o for o in graph.objects if o.role == "stage"), None) if graph.composition != "floating" else None
    low, high = bounds(hero.parts)
    wide, tall = high[0] - low[0], high[1] - low[1]
    tiers = 1 + item.seed % 3 if item is not None else 1
    rise = _rise(item, tiers)
    scale = min((_UNIT - rise) / tall, _WIDEST / wide)
    base = rise if item is not None else (_UNIT * 0.16 if graph.composition == "floating" else 0.0)
    foot = _foot(hero, low, graph) * scale
    placed = hero.moved_to(replace(hero.pose, position=(0.0, base - foot, 0.0), scale=scale))
    if item is None:
        return placed, None, 0.0
    spread = _spread(placed, rise) / top_share(item.kind, tiers)
    if item.kind in PODIUMS:
        return placed, podium(item, graph.palette, spread, rise, tiers), rise
    return placed, _kind_stage(item, graph, rise, 1.3 * spread), rise


def _rise(stand: SceneObject | None, tiers: int) -> float:
    if stand is None:
        return 0.0
    return _RISE[stand.kind][tiers - 1] if stand.kind in _RISE else _KIND_RISE


def _spread(hero: Thing, top: float) -> float:
    """How wide the stage's top must be: it holds all of the hero's foot, and looks as if it could carry the rest."""
    size = np.ptp(hero.points(), axis=0)
    foot = [_radius(part, hero.pose) for part in hero.parts if _lowest(part, hero.pose) < top + 0.12 * float(size[1])]
    return float(max(2.06 * max(foot, default=0.0), 0.66 * size[0], 0.42 * size[1]))


def _lowest(part: Part, pose: Pose) -> float:
    return float((pose.position[1] + pose.scale * (corners(part) @ pose.matrix.T)[:, 1]).min())


def _radius(part: Part, pose: Pose) -> float:
    """How far a part reaches from the axis of the stage."""
    local = corners(part)
    if part.shape in _ROUND and part.rotation == (0.0, 0.0, 0.0):
        away = float(np.hypot(*(local.mean(axis=0)[[0, 2]]))) + float(np.ptp(local[:, 0])) / 2
    else:
        away = float(np.hypot(local[:, 0], local[:, 2]).max())
    return pose.scale * away


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
