"""Sky, snow and stones."""

from __future__ import annotations

from generation.scenes.objects.parts import (
    Parts,
    Rng,
    around,
    ball,
    between,
    box,
    cone,
    curve,
    disc,
    egg,
    face_disc,
    kind,
    line,
    painted,
    pill,
    placed,
    plate,
    ring,
    smooth,
    solid,
)
from generation.scenes.primitives import Part, Shape, Slot


@kind("cloud", "cloud", "云朵", (1.2, 0.75, 0.75), stands=False, floats=True, default_material="clay", max_yaw=40.0)
def cloud(rng: Rng) -> Parts:
    lumps = (
        (-0.36, 0.24, 0.0, 0.21),
        (0.05, 0.42, 0.0, 0.27),
        (0.38, 0.25, 0.02, 0.2),
        (0.12, 0.24, -0.12, 0.22),
        (-0.18, 0.34, 0.05, 0.22),
    )
    first, *rest = (
        ball(r * between(rng, 0.94, 1.06), (x, y, z), slot="paper", material="clay") for x, y, z, r in lumps
    )
    return (
        first,
        *(Part(p.shape, p.size, position=p.position, slot="paper", material="clay", blend=0.04) for p in rest),
    )


@kind(
    "water-drop",
    "water drop",
    "水滴",
    (0.8, 1.15, 0.8),
    floats=True,
    stands=False,
    default_material="gloss",
    max_yaw=30.0,
)
def water_drop(rng: Rng) -> Parts:
    return (
        solid(Shape.DROP, (between(rng, 0.34, 0.38), 0.52, 0), (0, 0.56, 0)),
        egg(0.05, 0.1, 0.03, (-0.17, 0.48, -0.27), slot="paper", material="gloss", rotation=(0, 30, -25)),
        ball(0.03, (-0.12, 0.3, -0.33), slot="paper", material="gloss"),
    )


@kind("sun", "sun", "太阳", (1.25, 1.25, 0.4), floats=True, stands=False, default_material="satin", max_yaw=35.0)
def sun(rng: Rng) -> Parts:
    rays = tuple(
        part
        for x, y, angle in around(10, 0.5, between(rng, 0, 30))
        for part in placed((pill(0.045, 0.06),), (x, 0.62 + y, 0), 1.0, (0, 0, angle - 90))
    )
    return (egg(0.36, 0.36, 0.17, (0, 0.62, 0), slot="glow"), *painted(rays, "metal"))


@kind("sunrise", "rising sun over hills", "旭日", (1.4, 0.85, 0.6), default_material="satin", max_yaw=25.0)
def sunrise(rng: Rng) -> Parts:
    rays = tuple(
        part
        for i in range(7)
        for part in placed(
            (pill(0.036, 0.06 if i % 2 else 0.085, (0, 0.57, 0)),), (0, 0.14, 0.1), 1.0, (0, 0, -78 + 26 * i)
        )
    )
    return (
        plate(curve(0, 0.14, 0.42, 0, 180, 15), 0.1, (0, 0, 0.1), slot="glow", radius=0.04),
        *painted(rays, "metal"),
        plate(curve(-0.22, -0.24, 0.5, 145, 35, 9), 0.1, (0, 0, -0.06), radius=0.03),
        plate(curve(0.24, -0.3, between(rng, 0.48, 0.52), 140, 40, 9), 0.09, (0, 0, -0.15), slot="second", radius=0.03),
        box(0.62, 0.03, 0.27, (0, 0.03, 0), slot="paper", radius=0.025),
    )


@kind(
    "snowflake",
    "snowflake",
    "雪花",
    (1, 1.15, 0.15),
    floats=True,
    stands=False,
    default_material="gloss",
    max_yaw=35.0,
)
def snowflake(rng: Rng) -> Parts:
    reach_out = between(rng, 0.2, 0.26)
    arm = (
        pill(0.035, 0.21, (0, 0.27, 0)),
        *(pill(0.028, 0.07, (side * 0.07, reach_out + 0.14, 0), rotation=(0, 0, -side * 48)) for side in (-1, 1)),
        *(pill(0.024, 0.045, (side * 0.05, reach_out - 0.02, 0), rotation=(0, 0, -side * 48)) for side in (-1, 1)),
        ball(0.045, (0, 0.49, 0)),
    )
    arms = (placed(arm, (0, 0.57, 0), 1.0, (0, 0, 60.0 * i)) for i in range(6))
    return (*(part for one in arms for part in one), face_disc(0.085, 0.05, (0, 0.57, 0)))


@kind("snowman", "snowman", "雪人", (0.95, 1.25, 0.8), default_material="clay", max_yaw=30.0)
def snowman(rng: Rng) -> Parts:
    buttons = tuple(ball(0.032, (0, y, z), slot="dark") for y, z in ((0.3, -0.345), (0.44, -0.325)))
    return (
        ball(0.35, (0, 0.33, 0), slot="paper", material="clay"),
        ball(0.25, (0, 0.8, 0), slot="paper", material="clay"),
        *buttons,
        *(ball(0.03, (x, 0.85, -0.225), slot="dark") for x in (-0.085, 0.085)),
        cone(0.04, 0.1, 0.005, (0, 0.79, -0.3), slot="accent", rotation=(-90, 0, 0), radius=0.005),
        ring(0.2, 0.06, (0, 0.6, 0)),
        box(0.06, 0.13, 0.03, (0.13, 0.47, -0.28), rotation=(-14, 0, 10), radius=0.025),
        disc(0.2, 0.025, (0, 0.98, 0.02), slot="dark"),
        disc(0.14, 0.12, (0, 1.09, 0.02), slot="dark"),
        disc(0.143, 0.03, (0, 1.02, 0.02)),
        line(((0.3, 0.5), (0.42, between(rng, 0.6, 0.72))), 0.02, slot="second"),
        line(((-0.3, 0.5), (-0.42, between(rng, 0.6, 0.72))), 0.02, slot="second"),
    )


@kind(
    "snowball-slope",
    "snowball on a slope",
    "滚雪球",
    (1.3, 0.7, 0.65),
    moved=(0, -0.02, 0),
    default_material="clay",
    max_yaw=25.0,
)
def snowball_slope(rng: Rng) -> Parts:
    hill = smooth(((-0.6, 0.02), (-0.6, 0.1), (-0.2, 0.14), (0.25, 0.3), (0.6, 0.62), (0.6, 0.02)), 3, closed=False)
    sizes = ((0.44, 0.6, 0.07), (0.16, 0.43, 0.12), (-0.26, 0.37, between(rng, 0.21, 0.24)))
    balls = tuple(ball(r, (x, y, -0.05), slot="paper", material="clay") for x, y, r in sizes)
    return (
        plate(hill, 0.24, radius=0.03),
        *balls,
        *(ball(0.03, at, slot="paper") for at in ((0.3, 0.44, -0.2), (0.02, 0.3, -0.2))),
    )


@kind("pebble", "balanced stones", "叠石", (0.9, 0.9, 0.75), default_material="matte", max_yaw=180.0)
def pebble(rng: Rng) -> Parts:
    stones: list[Part] = []
    y = 0.0
    slots: tuple[Slot, ...] = ("main", "second", "main", "paper")
    for (a, b), slot in zip(((0.4, 0.14), (0.31, 0.12), (0.22, 0.1), (0.13, 0.08)), slots, strict=True):
        lean = between(rng, -5, 5)
        stones.append(
            egg(
                a,
                b,
                a * 0.8,
                (between(rng, -0.035, 0.035), y + b, 0),
                slot=slot,
                rotation=(0, between(rng, 0, 40), lean),
            )
        )
        y += 2 * b * 0.96
    return tuple(stones)


@kind(
    "full-moon",
    "full moon with clouds",
    "满月",
    (1.2, 1.15, 0.95),
    stands=False,
    floats=True,
    default_material="satin",
    max_yaw=30.0,
)
def full_moon(rng: Rng) -> Parts:
    seas = (
        (-0.14, 0.78, -0.37, 0.1),
        (0.17, 0.66, -0.385, 0.075),
        (0.06, 0.88, -0.35, 0.055),
        (-0.02, 0.56, -0.415, 0.05),
    )
    mist = (
        (-0.4, 0.2, -0.2, 0.15),
        (-0.18, 0.22, -0.28, 0.17),
        (0.1, 0.17, -0.32, 0.13),
        (0.3, 0.2, -0.26, 0.16),
        (0.46, 0.17, -0.2, 0.11),
    )
    first, *rest = mist
    return (
        ball(0.46, (0, 0.66, 0), slot="paper", material="glow"),
        *(egg(r, r, 0.05, (x, y, z), slot="paper", material="clay") for x, y, z, r in seas),
        ball(first[3], first[:3], slot="second", material="clay"),
        *(ball(r * between(rng, 0.92, 1.05), (x, y, z), slot="second", material="clay") for x, y, z, r in rest),
    )


KINDS = (
    cloud,
    water_drop,
    sun,
    sunrise,
    snowflake,
    snowman,
    snowball_slope,
    pebble,
    full_moon,
)
