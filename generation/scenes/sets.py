"""Backdrop sets: what is built or painted around the hero. Each is a function from the set's room to a SetPlan.

Pieces of a set belong to the ground (id 0). Lengths are world units; the hero's group stands at the origin, `hero_w` wide and
`hero_h` high, and the wall is at z = room.WALL.
"""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np

from generation.scenes import columns
from generation.scenes.backdrops import MORE
from generation.scenes.graph import MaterialSlug
from generation.scenes.materials import Rgb, linear, metal_color, mix, paper_color
from generation.scenes.primitives import Part, Shape, Vector
from generation.scenes.props import Thing
from generation.scenes.room import WALL, Room, SetPlan, piece
from generation.scenes.table import Pose

__all__ = ["SETS", "Room", "SetPlan"]


def sweep(room: Room) -> SetPlan:
    """A bare cyclorama: a low disc of light on the floor carries the stage."""
    r = min(room.hero_w * 0.78, 2.6)
    disc = Part(Shape.ROUND_CYLINDER, (r, 0.03, 0), radius=0.02, position=(0, 0.0, 0.2))
    return SetPlan((piece([(disc, room.tone(0.28), "satin")]),), mirror=0.3, fillet=2.2, glow=1.15)


def arch(room: Room) -> SetPlan:
    """Nested arches around a lit niche."""
    w, h = room.hero_w, room.hero_h
    top = h * 1.16 + 0.1
    half = max(w * 0.5, h * 0.36)
    half = min(half, top * 0.72)
    parts: list[tuple[Part, Rgb, MaterialSlug]] = []
    niche = Part(Shape.ARCH, (half * 0.5, top - half, 0.03), position=(0, 0, 1.72), detail=half * 0.5)
    parts.append((niche, room.tone(0.5), "matte"))
    for i, (step, thick) in enumerate(((0.16, 0.10), (-0.25, 0.16), (0.1, 0.2))):
        a = half + 0.08 + 0.27 * i
        band = Part(
            Shape.ARCH, (a, top - half, 0.16 + 0.05 * i), radius=0.04, position=(0, 0, 1.5 + 0.22 * i), detail=thick
        )
        parts.append((band, room.tone(step), "satin"))
    line = Part(Shape.ARCH, (half - 0.02, top - half, 0.17), radius=0.01, position=(0, 0, 1.46), detail=0.018)
    parts.append((line, metal_color(room.palette.metal), "metal"))
    return SetPlan((piece(parts),), mirror=0.22, fillet=1.2)


def disc(room: Room) -> SetPlan:
    """A great disc and a ring of metal behind the hero, like a moon."""
    radius = min(max(room.hero_w, room.hero_h) * 0.56, room.hero_h * 0.82)
    y = max(room.hero_h * 0.58, radius * 0.86)
    plate = Part(Shape.ROUND_CYLINDER, (radius, 0.06, 0), radius=0.04, position=(0, y, 1.5), rotation=(90, 0, 0))
    aside = (radius * 0.16 * room.light_side, y + 0.05, 1.9)
    back = Part(Shape.ROUND_CYLINDER, (radius * 1.22, 0.05, 0), radius=0.04, position=aside, rotation=(90, 0, 0))
    ring = Part(Shape.TORUS, (radius * 1.08, 0.022, 0), position=(0, y, 1.36), rotation=(90, 0, 0))
    parts: list[tuple[Part, Rgb, MaterialSlug]] = [
        (plate, room.tone(0.42), "satin"),
        (back, room.tone(-0.22), "satin"),
        (ring, metal_color(room.palette.metal), "metal"),
    ]
    return SetPlan((piece(parts),), mirror=0.28, fillet=1.8)


def steps(room: Room) -> SetPlan:
    """Stairs on one side, blocks and a drum on the other."""
    side = float(room.rng.choice([-1.0, 1.0]))
    parts: list[tuple[Part, Rgb, MaterialSlug]] = []
    x0 = room.hero_w * 0.5 + 0.1
    for i in range(5):
        h = 0.17 * (i + 1)
        stair = Part(
            Shape.ROUND_BOX, (1.0, h / 2, 0.17), radius=0.02, position=(side * (x0 + 0.55), h / 2, 0.55 + 0.33 * i)
        )
        parts.append((stair, room.tone(0.1 + 0.06 * i), "satin"))
    tall = room.hero_h * 0.78
    slab = Part(Shape.ROUND_BOX, (0.34, tall / 2, 0.34), radius=0.04, position=(-side * (x0 + 0.25), tall / 2, 1.25))
    low = Part(Shape.ROUND_BOX, (0.42, tall * 0.26, 0.4), radius=0.04, position=(-side * (x0 + 0.78), tall * 0.26, 0.9))
    drum = Part(
        Shape.ROUND_CYLINDER, (0.3, tall * 0.17, 0), radius=0.04, position=(-side * (x0 + 0.15), tall * 0.17, 0.35)
    )
    parts += [
        (slab, room.tone(-0.3), "satin"),
        (low, room.tone(0.2), "satin"),
        (drum, linear(room.palette.second), "satin"),
    ]
    panel = Part(
        Shape.ROUND_BOX,
        (room.hero_w * 0.55, room.hero_h * 0.62, 0.06),
        radius=0.05,
        position=(0.12 * side, room.hero_h * 0.62, 2.3),
    )
    parts.append((panel, room.tone(0.36), "matte"))
    return SetPlan((piece(parts),), mirror=0.2, fillet=1.0)


def window(room: Room) -> SetPlan:
    """Sun through a paned window, falling over the wall behind the hero, on the side that the light goes to."""
    size = room.hero_h * 0.5
    x, y, z = -0.3 * room.light_side * room.hero_w, room.hero_h * 0.95, WALL  # the middle of the light on the wall
    east, up, south = room.sun
    level = math.hypot(east, south)
    pattern = {
        columns.PATTERN: float(columns.WINDOW),
        columns.PATTERN_GAIN: 0.3 if not room.dark else 0.42,
        columns.PATTERN_A: size,
        columns.PATTERN_B: (x * south - z * east) / level,
        columns.PATTERN_C: y / max(level, 0.3) - (x * east + z * south) / level * up,
    }
    ledge = Part(Shape.ROUND_BOX, (room.hero_w * 1.5, 0.16, 0.5), radius=0.03, position=(0, 0.16, 2.1))
    return SetPlan((piece([(ledge, room.tone(0.12), "matte")]),), pattern, mirror=0.12, fillet=0.5, glow=0.7)


def hills(room: Room) -> SetPlan:
    """Paper-cut hills, layer behind layer, lighter with distance, and a sun behind them."""
    parts: list[tuple[Part, Rgb, MaterialSlug]] = []
    h = room.hero_h
    for i in range(4):
        z = 0.75 + 0.6 * i
        y = h * (0.22 + 0.15 * i)
        phase = float(room.rng.uniform(0, 6.28))
        layer = Part(
            Shape.HILLS, (0.14 + 0.05 * i, 2.6 + 0.7 * i, 0.05), radius=0.025, position=(0, y, z), detail=phase
        )
        parts.append((layer, room.tone(-1.1 + 0.42 * i), "paper"))
    high = (0.42 * room.hero_w * room.light_side, h * 0.95, 3.1)
    sun = Part(Shape.ROUND_CYLINDER, (h * 0.3, 0.03, 0), radius=0.02, position=high, rotation=(90, 0, 0))
    parts.append((sun, room.tone(0.75), "paper"))
    return SetPlan((piece(parts),), mirror=0.1, fillet=1.2)


def waves(room: Room) -> SetPlan:
    """Rolling waves behind and before the stage, water light on the wall."""
    parts: list[tuple[Part, Rgb, MaterialSlug]] = []
    second = linear(room.palette.second)
    for i, z in enumerate((2.3, 1.7, 1.15)):
        phase = float(room.rng.uniform(0, 6.28))
        y = room.hero_h * (0.34 - 0.1 * i)
        layer = Part(Shape.HILLS, (0.085, 0.95 + 0.12 * i, 0.1), radius=0.09, position=(0, y, z), detail=phase)
        parts.append((layer, mix(room.tone(0.35 - 0.3 * i), second, 0.12 * i), "gloss"))
    pattern = {
        columns.PATTERN: float(columns.RIPPLES),
        columns.PATTERN_GAIN: 0.16,
        columns.PATTERN_A: 2.3,
        columns.PATTERN_B: float(room.rng.uniform(0, 6)),
    }
    return SetPlan((piece(parts),), pattern, mirror=0.4, fillet=1.4)


def rays(room: Room) -> SetPlan:
    """A sunburst painted on the wall, a ring of bulbs before it."""
    pattern = {
        columns.PATTERN: float(columns.RAYS),
        columns.PATTERN_GAIN: 0.15 if not room.dark else 0.24,
        columns.PATTERN_A: float(room.rng.choice([10, 12, 14])),
        columns.PATTERN_B: float(room.rng.uniform(0, 6)),
    }
    radius = min(room.hero_w * 0.62, room.hero_h * 0.72)
    y = room.hero_h * 0.6
    hoop = Part(Shape.TORUS, (radius, 0.07, 0), position=(0, y, 1.6), rotation=(90, 0, 0))
    parts: list[tuple[Part, Rgb, MaterialSlug]] = [(hoop, linear(room.palette.second), "gloss")]
    for i in range(20):
        a = 2 * math.pi * i / 20
        bulb = Part(Shape.SPHERE, (0.045, 0, 0), position=(radius * math.sin(a), y + radius * math.cos(a), 1.52))
        parts.append((bulb, (1.0, 0.86, 0.55), "glow"))
    return SetPlan((piece(parts, casts=False),), pattern, mirror=0.25, fillet=1.6)


def curtain(room: Room) -> SetPlan:
    """Soft cloth in folds, and a low step before it."""
    pattern = {
        columns.PATTERN: float(columns.FOLDS),
        columns.PATTERN_GAIN: 0.3,
        columns.PATTERN_A: 4.2,
        columns.PATTERN_B: float(room.rng.uniform(0, 6)),
    }
    r = min(room.hero_w * 0.85, 2.8)
    step = Part(Shape.ROUND_CYLINDER, (r, 0.05, 0), radius=0.03, position=(0, 0.02, 0.3))
    return SetPlan((piece([(step, room.tone(0.2), "satin")]),), pattern, mirror=0.25, fillet=0.35)


def colonnade(room: Room) -> SetPlan:
    """Pairs of columns that lead to the hero."""
    parts: list[tuple[Part, Rgb, MaterialSlug]] = []
    h = room.hero_h * 1.35
    for i in range(3):
        x = room.hero_w * 0.56 + 0.34 + 0.3 * i
        z = 1.9 - 0.75 * i
        for side in (-1.0, 1.0):
            tall = h * (1.0 + 0.14 * i)
            r = 0.17
            parts += [
                (
                    Part(Shape.ROUND_CYLINDER, (r, tall / 2, 0), position=(side * x, tall / 2, z)),
                    room.tone(0.3 - 0.22 * i),
                    "satin",
                ),
                (
                    Part(Shape.ROUND_CYLINDER, (r * 1.35, 0.06, 0), radius=0.03, position=(side * x, 0.06, z)),
                    room.tone(0.2),
                    "satin",
                ),
                (
                    Part(Shape.ROUND_CYLINDER, (r * 1.35, 0.06, 0), radius=0.03, position=(side * x, tall, z)),
                    room.tone(0.2),
                    "satin",
                ),
                (
                    Part(Shape.TORUS, (r * 1.05, 0.02, 0), position=(side * x, tall - 0.1, z)),
                    metal_color(room.palette.metal),
                    "metal",
                ),
            ]
    return SetPlan((piece(parts),), mirror=0.34, fillet=1.4)


def tunnel(room: Room) -> SetPlan:
    """Portal within portal, each nearer one larger, light at the end."""
    parts: list[tuple[Part, Rgb, MaterialSlug]] = []
    base = max(room.hero_w * 0.56, room.hero_h * 0.5)
    for i in range(5):
        a = base + 0.36 * i
        z = 2.5 - 0.42 * i
        rise = room.hero_h * 0.55 + 0.1 * i
        parts.append(
            (
                Part(Shape.ARCH, (a, rise, 0.2), radius=0.05, position=(0, 0, z), detail=0.19),
                room.tone(0.4 - 0.26 * i),
                "satin",
            )
        )
    line = Part(Shape.ARCH, (base - 0.19, room.hero_h * 0.55, 0.21), radius=0.01, position=(0, 0, 2.48), detail=0.015)
    parts.append((line, (1.0, 0.9, 0.7), "glow"))
    return SetPlan((piece(parts),), mirror=0.3, fillet=1.0, glow=1.2)


def night(room: Room) -> SetPlan:
    """Lights out of focus in the dark, a halo of light, a floor like water."""
    radius = min(room.hero_w * 0.58, room.hero_h * 0.66)
    y = room.hero_h * 0.6
    halo = Part(Shape.TORUS, (radius, 0.026, 0), position=(0, y, 1.5), rotation=(90, 0, 0))
    lamp = mix(linear(room.palette.accent), (1.0, 0.9, 0.75), 0.6)
    return SetPlan((piece([(halo, lamp, "glow")], casts=False),), mirror=0.62, fillet=2.4, bokeh=46, glow=1.2)


def clouds(room: Room) -> SetPlan:
    """Banks of cloud around the foot of the stage."""
    white = mix(paper_color(room.palette), room.tone(0.8), 0.35)
    things = []
    spots: tuple[Vector, ...] = (
        (-0.86, 0.0, 0.9),
        (0.9, 0.0, 0.8),
        (-0.45, 0.0, 1.7),
        (0.5, 0.0, 1.8),
        (-1.35, 0.0, 1.6),
        (1.45, 0.0, 1.5),
    )
    for x, _, z in spots:
        scale = room.hero_h * float(room.rng.uniform(0.28, 0.4))
        things.append(cloud(room, (x * (room.hero_w * 0.5 + 0.55), 0.0, z), scale, white))
    return SetPlan(tuple(things), mirror=0.2, fillet=2.0)


def cloud(room: Room, position: Vector, scale: float, color: Rgb) -> Thing:
    """A heap of five to seven balls melted into one, flat below."""
    parts: list[tuple[Part, Rgb, MaterialSlug]] = []
    for i, x in enumerate(np.linspace(-0.75, 0.75, 5)):
        r = 0.46 * (1 - 0.55 * abs(x)) * float(room.rng.uniform(0.85, 1.1))
        ball = Part(
            Shape.SPHERE,
            (r, 0, 0),
            position=(float(x), r * 0.75, float(room.rng.uniform(-0.12, 0.12))),
            blend=0.12 if i else 0.0,
        )
        parts.append((ball, color, "clay"))
    return piece(parts, Pose(position, scale))


SETS: dict[str, Callable[[Room], SetPlan]] = {
    "sweep": sweep,
    "arch": arch,
    "disc": disc,
    "steps": steps,
    "window": window,
    "hills": hills,
    "waves": waves,
    "rays": rays,
    "curtain": curtain,
    "colonnade": colonnade,
    "tunnel": tunnel,
    "night": night,
    "clouds": clouds,
    **MORE,
}
