"""Where props go: beside the hero, in the air, at the frame's edge; never in text, never over the hero's face.

Places are sought on the canvas with boxes that surely hold the object, then carried back into the world, so what is clear here is
clear in the picture. Each object draws from its own generator, so that leaving one out moves no other.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

import numpy as np

from generation.layout.geometry import Rect
from generation.scenes.camera import Camera
from generation.scenes.graph import SceneGraph, SceneObject
from generation.scenes.group import Group
from generation.scenes.materials import FINISHES, Paint, linear, mix
from generation.scenes.podium import drum
from generation.scenes.primitives import Kind, bounds
from generation.scenes.props import Thing, adrift, build, facing, kind_of
from generation.scenes.room import WALL
from generation.scenes.table import Pose

_TINY = 120  # pixels of height under which one prop is the most
_FLOATING_PARTS = 44
_CROWDED = ("steps", "colonnade")  # sets that stand beside the hero, where nothing else may
_NEAR = -3.2  # z of foreground pieces


@dataclass
class Floor:
    """What is already taken on the canvas."""

    graph: SceneGraph
    group: Group
    canvas: tuple[int, int]
    calm: tuple[Rect, ...]
    taken: list[Rect] = field(default_factory=list)

    @property
    def camera(self) -> Camera:
        return self.group.camera

    @property
    def short(self) -> int:
        return min(self.canvas)

    def clear_of_text(self, rect: Rect, margin: float) -> bool:
        grown = rect.grown(margin * self.short)
        return all(grown.intersection(zone) is None for zone in self.calm)

    def inside(self, rect: Rect) -> float:
        """Share of a box that is on the canvas."""
        common = rect.intersection(Rect(0, 0, *self.canvas))
        return common.area / max(rect.area, 1e-6) if common else 0.0

    def covered(self, rect: Rect, others: Iterable[Rect]) -> float:
        """Largest share of a box that another one covers."""
        return max(
            (c.area / max(min(rect.area, o.area), 1e-6) for o in others if (c := rect.intersection(o))), default=0.0
        )


@dataclass(frozen=True)
class Props:
    """companions and floating: in the scene; near: before it; built: pedestals, part of the ground."""

    scene: tuple[Thing, ...]
    near: tuple[Thing, ...]
    built: tuple[Thing, ...]


def place(floor: Floor) -> Props:
    """Find room for every companion, floating and foreground object; those without room are left out."""
    tiny = floor.canvas[1] < _TINY or floor.canvas[0] < _TINY
    scene: list[Thing] = []
    near: list[Thing] = []
    built: list[Thing] = []
    turn_of = 0
    heavy = _too_heavy(floor.graph)
    for item in floor.graph.objects:
        if item.id in heavy:
            continue
        if tiny and scene:
            break
        if item.role == "companion":
            found = _companion(floor, item, turn_of)
            turn_of += 1
            scene += found[:1]
            built += found[1:]
        elif item.role in ("floating", "backdrop"):
            scene += _floating(floor, item)
        elif item.role == "foreground" and not tiny:
            near += _foreground(floor, item)
    return Props(tuple(scene), tuple(near), tuple(built))


def _too_heavy(graph: SceneGraph) -> set[int]:
    """Ids of floating objects beyond what one picture draws in its time; the same in every format."""
    left, out = _FLOATING_PARTS, set()
    for item in graph.objects:
        if item.role != "floating":
            continue
        parts = len(build(item, kind_of(item), graph.palette).parts)
        if parts > left and left < _FLOATING_PARTS:  # the first always stays
            out.add(item.id)
        else:
            left -= parts
    return out


def _rng(floor: Floor, item: SceneObject) -> np.random.Generator:
    return np.random.default_rng([floor.graph.seed & 0xFFFFFFFF, item.seed & 0xFFFFFFFF, item.id])


def _sized(item: SceneObject, kind: Kind, floor: Floor) -> tuple[Thing, float]:
    """The object with its foot on y = 0, and its larger side in unit lengths."""
    thing = build(item, kind, floor.graph.palette)
    thing = thing.moved_to(thing.pose)  # its corners are worked out once
    low, high = bounds(thing.parts)
    return thing, max(high[1] - low[1], 0.75 * (high[0] - low[0]), 0.1)


def _companion(floor: Floor, item: SceneObject, order: int) -> list[Thing]:
    """[object, pedestal it stands on if any], or nothing where no place is free."""
    kind = kind_of(item)
    rng = _rng(floor, item)
    thing, side = _sized(item, kind, floor)
    if not kind.stands:
        return _floating(floor, item)
    raised = floor.graph.composition in ("pedestal-row", "still-life")
    lift = float(rng.uniform(0.25, 0.6)) if raised else 0.0
    size = 0.46 * floor.group.height * item.size
    for x, z, share, _ in sorted(_spots(floor, order, rng), key=lambda spot: spot[3]):
        turned = facing(kind, np.random.default_rng([item.seed & 0xFFFFFFFF, 2]), -x)
        placed = thing.moved_to(Pose((x, lift * share, z), size * share / side, turned))
        rect = placed.rect(floor.camera)
        whole = rect.union(_foot_rect(floor, x, z, rect)) if lift else rect
        if floor.inside(whole) > 0.93 and floor.clear_of_text(whole, 0.018) and _apart(floor, whole, behind=z > 0):
            floor.taken.append(whole)
            return [placed, _pedestal(floor, placed, lift * share, rng)] if lift else [placed]
    return []


def _foot_rect(floor: Floor, x: float, z: float, rect: Rect) -> Rect:
    base = floor.camera.pixels(np.array([[x, 0.0, z]]))[0]
    half = rect.width * 0.62
    return Rect(
        float(base[0]) - half, rect.y1 - 1, float(base[0]) + half, max(float(base[1]) + 0.12 * rect.width, rect.y1)
    )


def _apart(floor: Floor, rect: Rect, *, behind: bool) -> bool:
    """Before the hero's edge at most, not half hidden by the stage, hardly over other props."""
    if floor.group.stand is not None:
        hidden = floor.covered(rect, [floor.group.stand.rect(floor.camera)])
        if hidden > (0.12 if behind else 0.45):
            return False
    over_hero = floor.covered(rect, [floor.group.hero_rect])
    return over_hero < (0.06 if behind else 0.2) and floor.covered(rect, floor.taken) < 0.08


def _spots(floor: Floor, order: int, rng: np.random.Generator) -> Iterator[tuple[float, float, float, float]]:
    """(x, z, size share, cost): near the hero first, sides in turn, large before small."""
    first = 1.0 if (floor.graph.seed + order) % 2 else -1.0
    if floor.graph.composition == "third-left":
        first = 1.0
    elif floor.graph.composition == "third-right":
        first = -1.0
    half = floor.group.width / 2
    depths = (-0.35, -0.9, -1.5, -2.1) if floor.graph.set in _CROWDED else (-0.35, 0.35, -0.9, -1.5, -2.1)
    jitter = rng.uniform(0, 0.15, 64)
    n = 0
    for share in (1.0, 0.82, 0.66, 0.52, 0.42):
        for side in (first, -first):
            for z in depths:
                for step in range(12):
                    x = side * (half * 0.46 + 0.2 * step)
                    cost = (
                        2.6 * (1 - share)
                        + (0.35 if side != first else 0.0)
                        + 0.13 * abs(step - 3)
                        + (0.14 * abs(z + 0.35) if z < 0 else 0.4 * z)
                        + jitter[n % 64]
                    )
                    n += 1
                    yield x, z, share, float(cost)


def _pedestal(floor: Floor, thing: Thing, height: float, rng: np.random.Generator) -> Thing:
    palette = floor.graph.palette
    low, high = thing.points().min(axis=0), thing.points().max(axis=0)
    width = float(max(high[0] - low[0], 0.3)) * 1.12
    parts = drum(width, height, 1)
    tone = mix(linear(palette.second), linear(palette.ground), float(rng.uniform(0.2, 0.7)))
    paints = tuple(
        Paint(linear(palette.metal) if p.slot == "metal" else tone, FINISHES["metal" if p.slot == "metal" else "satin"])
        for p in parts
    )
    return Thing(0, parts, paints, Pose((thing.pose.position[0], 0.0, thing.pose.position[2])))


def _floating(floor: Floor, item: SceneObject) -> list[Thing]:
    kind = kind_of(item)
    rng = _rng(floor, item)
    thing, side = _sized(item, kind, floor)
    low, high = bounds(thing.parts)
    middle = (np.asarray(low) + np.asarray(high)) / 2
    turned = adrift(kind, rng)
    hero = floor.group.hero_rect
    around = hero.grown(0.55 * hero.width, 0.3 * hero.height)
    best: tuple[float, Thing, Rect] | None = None
    for _ in range(90):
        share = float(rng.uniform(0.7, 1.15)) * (0.21 if item.role == "floating" else 0.4)
        z = float(rng.uniform(-0.9, 0.55)) if item.role == "floating" else WALL - 0.9
        px = float(rng.uniform(around.x0, around.x1))
        py = float(rng.uniform(around.y0, hero.y1 - 0.3 * hero.height))
        center = np.asarray(floor.camera.at_depth(px, py, z))
        scale = share * floor.group.height * item.size / side
        position = center - scale * (turned @ middle)
        placed = thing.moved_to(Pose((float(position[0]), float(position[1]), float(position[2])), scale, turned))
        rect = placed.rect(floor.camera)
        if floor.inside(rect) < 0.999 or not floor.clear_of_text(rect, 0.02) or center[1] < 0.25:
            continue
        if floor.covered(rect, [hero]) > 0.02 or floor.covered(rect.grown(0.01 * floor.short), floor.taken) > 0.0:
            continue
        cost = -share + 0.3 * abs(px - hero.center[0]) / hero.width
        if best is None or cost < best[0]:
            best = (cost, placed, rect)
    if best is None:
        return []
    floor.taken.append(best[2])
    return [best[1]]


def _foreground(floor: Floor, item: SceneObject) -> list[Thing]:
    """A large piece close to the lens, cut by the frame's lower corners or sides."""
    kind = kind_of(item)
    rng = _rng(floor, item)
    thing, side = _sized(item, kind, floor)
    low, high = bounds(thing.parts)
    middle = (np.asarray(low) + np.asarray(high)) / 2
    turned = adrift(kind, rng)
    width, height = floor.canvas
    spots = [(0.02, 0.97), (0.98, 0.97), (0.0, 0.62), (1.0, 0.62), (0.02, 0.03), (0.98, 0.03), (0.0, 0.36), (1.0, 0.36)]
    order = [spots[i] for i in sorted(range(len(spots)), key=lambda i: i // 2 * 2 + float(rng.random()) * 1.9)]
    for share in (0.34, 0.26, 0.2):
        for fx, fy in order:
            size = share * floor.short * item.size
            center = np.asarray(floor.camera.at_depth(fx * width, fy * height, _NEAR))
            scale = size / floor.camera.scale_at(float(center[1]), _NEAR) / side
            position = center - scale * (turned @ middle)
            placed = thing.moved_to(Pose((float(position[0]), float(position[1]), float(position[2])), scale, turned))
            rect = placed.rect(floor.camera)
            if not 0.2 < floor.inside(rect) < 0.9 or not floor.clear_of_text(rect, 0.045):
                continue
            if floor.covered(rect, [floor.group.hero_rect]) > 0.0 or floor.covered(rect, floor.taken) > 0.1:
                continue
            floor.taken.append(rect)
            return [replace(placed, casts=False)]
    return []
