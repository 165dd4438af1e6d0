"""Lights, sounds and flying things of festivals at home and abroad."""

from __future__ import annotations

import math

from generation.scenes.objects.parts import (
    Parts,
    Rng,
    around,
    ball,
    between,
    cone,
    disc,
    egg,
    kind,
    line,
    pair,
    pill,
    placed,
    plate,
    ring,
    smooth,
    solid,
)
from generation.scenes.primitives import Part, Shape, Slot


@kind("drum", "festive drum", "大鼓", (1, 1.05, 1), default_material="gloss", max_yaw=180.0)
def drum(rng: Rng) -> Parts:
    studs = tuple(
        ball(0.028, (x, y, z), slot="metal") for y in (0.34, 0.74) for x, z, _ in around(14, 0.43, between(rng, 0, 20))
    )
    return (
        disc(0.43, 0.24, (0, 0.54, 0), radius=0.06),
        egg(0.47, 0.34, 0.47, (0, 0.54, 0)),
        disc(0.4, 0.02, (0, 0.79, 0), slot="paper", material="satin"),
        ring(0.42, 0.03, (0, 0.78, 0), slot="metal"),
        ring(0.42, 0.03, (0, 0.3, 0), slot="metal"),
        *studs,
        *(line(((-0.36, 0.02), (0.36, 0.28)), 0.035, 0, (0, 0, z), slot="second") for z in (-0.22, 0.22)),
        *(line(((0.36, 0.02), (-0.36, 0.28)), 0.035, 0, (0, 0, z), slot="second") for z in (-0.22, 0.22)),
        *(
            placed(
                (pill(0.025, 0.24, slot="second"), ball(0.05, (0, 0.26, 0), slot="accent")),
                (side * 0.08, 0.86, -0.06),
                1.0,
                (70, 0, side * 50),
            )[i]
            for side in (-1, 1)
            for i in (0, 1)
        ),
    )


@kind(
    "firework",
    "firework burst",
    "烟花",
    (1.2, 1.3, 1.3),
    stands=False,
    floats=True,
    default_material="gloss",
    max_yaw=180.0,
)
def firework(rng: Rng) -> Parts:
    slots: tuple[Slot, ...] = ("metal", "main", "accent", "metal")
    parts: list[Part] = []
    for i in range(30):
        height = 1 - 2 * (i + 0.5) / 30
        turn = i * 137.508 + 10.0
        r = math.sqrt(1 - height * height)
        way = (r * math.cos(math.radians(turn)), height, r * math.sin(math.radians(turn)) * 0.75)
        lean = math.degrees(math.atan2(math.hypot(way[0], way[2]), way[1]))
        yaw = math.degrees(math.atan2(way[0], way[2]))
        start, end = 0.2, between(rng, 0.44, 0.56)
        ray = (
            pill(0.02, (end - start) / 2, (0, (start + end) / 2, 0), slot=slots[i % 4]),
            ball(0.04, (0, end + 0.03, 0), slot=slots[i % 4]),
        )
        parts += placed(placed(ray[: 2 if i % 3 == 0 else 1], rotation=(lean, 0, 0)), (0, 0.65, 0), 1.0, (0, yaw, 0))
    return tuple(parts)


@kind("diya-lamp", "oil lamp", "油灯", (1.1, 0.8, 1.15), default_material="clay", max_yaw=40.0)
def diya_lamp(rng: Rng) -> Parts:
    dots = tuple(ball(0.032, (x, 0.3, z), slot="metal") for x, z, _ in around(14, 0.485))
    petals = tuple(
        part
        for _, _, angle in around(10, 1.0)
        for part in placed(
            (egg(0.11, 0.03, 0.13, (0, 0.035, -0.42), slot="accent"),),
            (0, 0, 0),
            1.0,
            (0, angle + between(rng, -3, 3), 0),
        )
    )
    return (
        *petals,
        solid(Shape.BOWL, (0.5, 0.36, 0.035), (0, 0.02, 0)),
        ring(0.49, 0.03, (0, 0.375, 0), slot="metal"),
        disc(0.44, 0.012, (0, 0.31, 0), slot="metal"),
        *dots,
        pill(0.022, 0.06, (0, 0.36, -0.16), slot="paper"),
        solid(Shape.DROP, (0.105, 0.2, 0), (0, 0.58, -0.16), slot="glow"),
    )


@kind("fanous", "Ramadan lantern", "斋月灯", (0.75, 1.35, 0.75), floats=True, default_material="satin", max_yaw=180.0)
def fanous(rng: Rng) -> Parts:
    posts = tuple(pill(0.022, 0.24, (x, 0.48, z), slot="metal") for x, z, _ in around(6, 0.29, 30))
    panes = tuple(
        part
        for _, _, angle in around(6, 1.0)
        for part in placed(
            (solid(Shape.ARCH, (0.075, 0.22, 0.012), (0, 0.28, -0.275), slot="main", detail=0.022),),
            (0, 0, 0),
            1.0,
            (0, angle, 0),
        )
    )
    return (
        disc(0.35, 0.05, (0, 0.05, 0), slot="metal"),
        cone(0.32, 0.06, 0.26, (0, 0.15, 0)),
        disc(0.25, 0.26, (0, 0.47, 0), slot="glow"),
        *posts,
        *panes,
        disc(0.32, 0.04, (0, 0.76, 0), slot="metal"),
        egg(0.26, 0.22, 0.26, (0, 0.82, 0), detail=6),
        cone(0.06, 0.08, 0.015, (0, 1.09, 0), slot="metal"),
        solid(
            Shape.CRESCENT,
            (0.08, 0.068, 0.02),
            (0, 1.23, 0),
            slot="metal",
            detail=0.035,
            rotation=(0, 0, between(rng, 15, 35)),
        ),
    )


@kind(
    "crescent",
    "crescent moon",
    "新月",
    (1.05, 1.15, 0.25),
    stands=False,
    floats=True,
    default_material="gloss",
    max_yaw=30.0,
)
def crescent(rng: Rng) -> Parts:
    return (
        solid(
            Shape.CRESCENT,
            (0.5, 0.43, 0.1),
            (0, 0.6, 0),
            slot="metal",
            detail=0.22,
            radius=0.06,
            rotation=(0, 0, between(rng, 14, 26)),
        ),
        solid(Shape.STAR, (0.14, 0.065, 0.05), (0.24, 0.72, -0.02), slot="second", detail=5, radius=0.03),
        solid(Shape.STAR, (0.08, 0.037, 0.04), (0.34, 0.44, 0.02), slot="second", detail=5, radius=0.02),
    )


@kind("kite", "kite", "风筝", (0.9, 1.4, 0.15), stands=False, floats=True, default_material="satin", max_yaw=30.0)
def kite(rng: Rng) -> Parts:
    sail = ((0.0, 0.5), (0.36, 0.12), (0.0, -0.44), (-0.36, 0.12))
    tail = smooth(((0, -0.42), (-0.08, -0.56), (0.06, -0.7), (-0.02, -0.82)), 3)
    return placed(
        (
            plate(sail, 0.02),
            plate(((0.0, 0.46), (0.33, 0.12), (0, 0.12)), 0.008, (0, 0, -0.022), slot="second"),
            plate(((0.0, -0.4), (0, 0.12), (-0.33, 0.12)), 0.008, (0, 0, -0.022), slot="second"),
            line(((0, 0.5), (0, -0.44)), 0.014, 0, (0, 0, -0.03), slot="metal"),
            line(((-0.36, 0.12), (0.36, 0.12)), 0.014, 0, (0, 0, -0.03), slot="metal"),
            line(tail, 0.012, slot="metal"),
            *(
                part
                for x, y in ((-0.03, -0.52), (0.03, -0.68))
                for part in pair(
                    solid(
                        Shape.WEDGE,
                        (0.06, 0.07, 0.012),
                        (x + 0.07, y, -0.01),
                        slot="accent",
                        rotation=(0, 0, 90),
                        radius=0.006,
                    )
                )[:1]
            ),
            *(
                solid(
                    Shape.WEDGE,
                    (0.06, 0.07, 0.012),
                    (x - 0.07, y, -0.01),
                    slot="accent",
                    rotation=(0, 0, -90),
                    radius=0.006,
                )
                for x, y in ((-0.03, -0.52), (0.03, -0.68))
            ),
        ),
        (0.0, 0.82, 0),
        1.0,
        (0, 0, between(rng, 12, 22)),
    )


@kind(
    "willow",
    "willow branch",
    "柳枝",
    (1, 1.3, 0.1),
    stands=False,
    floats=True,
    default_material="satin",
    max_yaw=30.0,
)
def willow(rng: Rng) -> Parts:
    parts: list[Part] = [line(smooth(((-0.4, 1.2), (-0.1, 1.24), (0.3, 1.16)), 3), 0.028, slot="dark")]
    for x, top, length in ((-0.26, 1.2, 0.8), (0.02, 1.22, 1.1), (0.26, 1.16, 0.7)):
        sway = between(rng, 0.03, 0.1)
        parts.append(
            line(
                smooth(((x, top), (x + sway, top - length * 0.5), (x + sway * 0.6, top - length)), 3),
                0.012,
                slot="second",
            )
        )
        for i in range(int(length / 0.14)):
            t = (i + 0.7) / (length / 0.14)
            side = 1 if i % 2 else -1
            at = (x + sway * math.sin(math.pi * t * 0.75) + side * 0.055, top - length * t - 0.06, -0.01)
            parts.append(solid(Shape.LEAF, (0.034, 0.12, 0.01), at, rotation=(0, 0, side * 26 + 180), radius=0.005))
    return tuple(parts)


KINDS = (
    drum,
    firework,
    diya_lamp,
    fanous,
    crescent,
    kite,
    willow,
)
