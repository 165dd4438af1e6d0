"""More sets: slats, panels, balls, ribbons, leaves, a moon, round steps, frames (see sets.py for what a set is)."""

from __future__ import annotations

import math
from collections.abc import Callable

from generation.scenes.graph import MaterialSlug
from generation.scenes.materials import Rgb, linear, metal_color, mix, paper_color
from generation.scenes.primitives import Part, Shape
from generation.scenes.room import Room, SetPlan, piece

Pieces = list[tuple[Part, Rgb, MaterialSlug]]


def slats(room: Room) -> SetPlan:
    """A screen of upright slats with a rounded lintel, lit from one side."""
    half, tall = max(0.75 * room.hero_w, 0.62 * room.hero_h), 1.16 * room.hero_h
    count = 13
    pieces: Pieces = []
    for i in range(count):
        x = half * (2 * i / (count - 1) - 1)
        slat = Part(Shape.ROUND_BOX, (0.3 * half / count * 2, tall / 2, 0.07), radius=0.03, position=(x, tall / 2, 2.0))
        pieces.append((slat, room.tone(0.2 if i % 2 else 0.1), "satin"))
    back = Part(Shape.ROUND_BOX, (half * 1.04, tall / 2, 0.03), radius=0.02, position=(0, tall / 2, 2.16))
    lintel = Part(Shape.ROUND_BOX, (half * 1.1, 0.05, 0.14), radius=0.03, position=(0, tall + 0.04, 2.0))
    line = Part(Shape.ROUND_BOX, (half * 1.1, 0.014, 0.145), radius=0.008, position=(0, tall - 0.03, 2.0))
    pieces += [
        (back, room.tone(-0.2), "matte"),
        (lintel, room.tone(0.32), "satin"),
        (line, metal_color(room.palette.metal), "metal"),
    ]
    return SetPlan((piece(pieces),), mirror=0.24, fillet=1.1)


def panels(room: Room) -> SetPlan:
    """Tall rounded panels, one behind the other, a disc among them."""
    w, h, side = room.hero_w, room.hero_h, float(room.rng.choice([-1.0, 1.0]))
    pieces: Pieces = []
    rows = (
        (-0.52, 1.12, 1.3, 0.3, 0.2),
        (0.12, 1.36, 1.75, 0.42, 0.44),
        (0.62, 0.92, 1.2, 0.26, -0.28),
        (-0.98, 0.78, 1.0, 0.24, -0.1),
    )
    for x, tall, z, wide, tone in rows:
        high = tall * h / 2
        slab = Part(
            Shape.ROUND_BOX,
            (wide * (0.55 * w + 0.45 * h), high, 0.06),
            radius=0.055,
            position=(side * x * (0.6 * w + 0.3 * h), high, z),
        )
        pieces.append((slab, room.tone(tone), "satin"))
    radius = 0.3 * h
    spot = (-side * 0.5 * (0.6 * w + 0.3 * h), 0.94 * h, 1.95)
    disc = Part(Shape.ROUND_CYLINDER, (radius, 0.04, 0), radius=0.03, position=spot, rotation=(90, 0, 0))
    ring = Part(Shape.TORUS, (radius * 1.1, 0.018, 0), position=(spot[0], spot[1], 1.9), rotation=(90, 0, 0))
    pieces += [(disc, linear(room.palette.second), "satin"), (ring, metal_color(room.palette.metal), "metal")]
    return SetPlan((piece(pieces),), mirror=0.26, fillet=1.2)


def balls(room: Room) -> SetPlan:
    """Balls of many sizes gathered behind the stage."""
    pieces: Pieces = []
    h, half = room.hero_h, 0.5 * room.hero_w
    spots = (
        (-1.0, 0.3, 1.0), (-1.75, 0.2, 0.8), (1.05, 0.24, 1.0), (1.72, 0.34, 1.3), (-0.45, 0.42, 1.9), (0.5, 0.36, 2.0),
        (-1.45, 0.12, 0.55), (2.3, 0.14, 0.7), (-2.4, 0.26, 1.6),
    )  # fmt: skip
    colors = (room.tone(0.3), room.tone(-0.3), linear(room.palette.second), room.tone(0.5))
    for i, (x, size, z) in enumerate(spots):
        r = size * h * (0.42 + 0.06 * float(room.rng.random()))
        ball = Part(Shape.SPHERE, (r, 0, 0), position=(x * (half + 0.25 * h) * 0.8, r, z))
        pieces.append((ball, colors[i % 4], "satin"))
    gold = Part(Shape.SPHERE, (0.07 * h, 0, 0), position=(-1.2 * (half + 0.2 * h), 0.07 * h, 0.3))
    pieces.append((gold, metal_color(room.palette.metal), "metal"))
    return SetPlan((piece(pieces),), mirror=0.3, fillet=2.0, glow=1.1)


def ribbons(room: Room) -> SetPlan:
    """Wide ribbons that swing around the hero in the air."""
    w, h, turn = room.hero_w, room.hero_h, room.light_side
    pieces: Pieces = []
    reach = 0.62 * w + 0.5 * h
    waves = ((1.2, 0.16, 1.1, 0.24, 0.0), (1.6, 0.6, 0.62, 0.3, 2.1), (2.1, 1.0, 0.9, 0.34, 4.0))
    tones = (linear(room.palette.second), room.tone(0.42), room.tone(-0.35))
    for (z, low, high, wide, phase), color in zip(waves, tones, strict=True):
        points = tuple(
            (
                round(turn * reach * (2 * i / 14 - 1) * 1.25, 4),
                round(h * (low + (high - low) * i / 14 + 0.14 * math.sin(phase + 0.75 * i)), 4),
            )
            for i in range(15)
        )
        band = Part(Shape.STROKE, (0.028, 0, wide), position=(0, 0.1, z), points=points)
        pieces.append((band, color, "satin"))
    return SetPlan((piece(pieces),), mirror=0.34, fillet=2.0, glow=1.15)


def leaves(room: Room) -> SetPlan:
    """Fans of great leaves on both sides, tone on tone, before a pale disc."""
    w, h = room.hero_w, room.hero_h
    pieces: Pieces = []
    radius = 0.6 * h
    plate = Part(Shape.ROUND_CYLINDER, (radius, 0.04, 0), radius=0.03, position=(0, 0.72 * h, 2.3), rotation=(90, 0, 0))
    pieces.append((plate, room.tone(0.4), "matte"))
    jitter = room.rng.uniform(-6, 6, 12)
    for side in (-1.0, 1.0):
        for i in range(5):
            lean = -side * (8 + 21 * i + float(jitter[i]))
            long = h * (0.44 - 0.045 * i)
            a = math.radians(lean)
            foot = side * (0.42 * w + 0.2 * h)
            at = (foot - long * math.sin(a), long * math.cos(a) * 0.95, 1.15 + 0.14 * i)
            leaf = Part(
                Shape.LEAF, (0.3 * long, long, 0.025), radius=0.015, position=at, rotation=(0, 0, lean), detail=0.05
            )
            pieces.append((leaf, room.tone(-0.15 - 0.16 * (i % 3)) if i % 2 else room.tone(0.24), "paper"))
    return SetPlan((piece(pieces),), mirror=0.16, fillet=1.4)


def moon(room: Room) -> SetPlan:
    """A low moon, far ridges and a bank of mist."""
    h = room.hero_h
    side = -room.light_side
    pieces: Pieces = []
    at = (0.3 * side * room.hero_w, 0.86 * h, 2.9)
    disc = Part(Shape.ROUND_CYLINDER, (0.62 * h, 0.03, 0), radius=0.02, position=at, rotation=(90, 0, 0))
    pieces.append((disc, mix(room.tone(0.75), (1.0, 0.93, 0.8), 0.4), "paper"))
    for i in range(3):
        ridge = Part(
            Shape.HILLS,
            (0.2 - 0.04 * i, 3.1 - 0.6 * i, 0.05),
            radius=0.03,
            position=(0, h * (0.52 - 0.17 * i), 2.6 - 0.6 * i),
            detail=float(room.rng.uniform(0, 6.28)),
        )
        pieces.append((ridge, room.tone(0.2 - 0.4 * i), "paper"))
    white = mix(paper_color(room.palette), room.tone(0.7), 0.5)
    for x, y, z, r in (
        (-0.9, 0.5, 1.1, 0.3),
        (-0.55, 0.46, 1.15, 0.22),
        (0.95, 0.36, 1.0, 0.26),
        (1.3, 0.34, 1.1, 0.2),
    ):
        puff = Part(
            Shape.CAPSULE,
            (0.16 * r * h, 0.62 * r * h, 0),
            position=(x * (0.5 * room.hero_w + 0.4), y * h * 0.5, z),
            rotation=(0, 0, 90),
        )
        pieces.append((puff, white, "clay"))
    return SetPlan((piece(pieces),), mirror=0.3, fillet=1.6)


def round_steps(room: Room) -> SetPlan:
    """Round steps that rise behind the stage like a small theatre, an arc of light above."""
    w, h = room.hero_w, room.hero_h
    pieces: Pieces = []
    for i in range(4):
        r, tall = 0.62 * w + 0.42 * h - 0.24 * i, 0.12 * h * (i + 1)
        step = Part(
            Shape.ROUND_CYLINDER, (r, tall / 2, 0), radius=0.03, position=(0, tall / 2, 1.4 + 0.16 * i + 0.5 * r)
        )
        pieces.append((step, room.tone(-0.2 + 0.17 * i), "satin"))
    radius = 0.56 * h + 0.1 * w
    bow = Part(Shape.ARC_TUBE, (radius, 0.03, 0), position=(0, 0.5 * h, 1.75), detail=210)
    inner = Part(Shape.ARC_TUBE, (radius * 0.88, 0.014, 0), position=(0, 0.5 * h, 1.72), detail=210)
    pieces += [(bow, linear(room.palette.second), "satin"), (inner, metal_color(room.palette.metal), "metal")]
    return SetPlan((piece(pieces),), mirror=0.28, fillet=1.2)


def frames(room: Room) -> SetPlan:
    """Empty picture frames hung before one another, each a little turned."""
    w, h = room.hero_w, room.hero_h
    pieces: Pieces = []
    sizes = ((0.66, 0.62, 1.75, 3.0, 0.34), (0.86, 0.78, 2.1, -2.0, -0.2), (0.44, 0.46, 1.4, -4.0, 0.1))
    for n, (wide, tall, z, lean, tone) in enumerate(sizes):
        a, b = wide * (0.5 * w + 0.4 * h), tall * h
        x = 0.0 if n < 2 else -room.light_side * 0.55 * (0.5 * w + 0.4 * h)
        color: Rgb = metal_color(room.palette.metal) if n == 2 else room.tone(tone)
        stuff: MaterialSlug = "metal" if n == 2 else "satin"
        thick = 0.05 if n == 2 else 0.085
        s, c = math.sin(math.radians(lean)), math.cos(math.radians(lean))
        for dx, dy, half_x, half_y in (
            (0, b, a + thick, thick),
            (0, -b, a + thick, thick),
            (a, 0, thick, b),
            (-a, 0, thick, b),
        ):
            bar = Part(
                Shape.ROUND_BOX,
                (half_x, half_y, 0.07),
                radius=0.03,
                position=(x + dx * c - dy * s, 0.72 * h + dx * s + dy * c, z),
                rotation=(0, 0, lean),
            )
            pieces.append((bar, color, stuff))
    return SetPlan((piece(pieces),), mirror=0.25, fillet=1.6)


MORE: dict[str, Callable[[Room], SetPlan]] = {
    "slats": slats,
    "panels": panels,
    "balls": balls,
    "ribbons": ribbons,
    "leaves": leaves,
    "moon": moon,
    "round-steps": round_steps,
    "frames": frames,
}
