"""Everyday things that stand for an idea: time, safety, reach, measure."""

from __future__ import annotations

from generation.scenes.objects.parts import (
    Parts,
    Rng,
    arc,
    around,
    ball,
    band,
    between,
    box,
    cone,
    disc,
    face_disc,
    face_ring,
    kind,
    line,
    pair,
    pill,
    placed,
    plate,
    slab,
    smooth,
    solid,
)
from generation.scenes.primitives import Point, Shape, Slot

TICK: tuple[Point, ...] = ((-0.2, 0.02), (-0.06, -0.14), (0.22, 0.17))


def tick(at: tuple[float, float, float], scale: float = 1.0, slot: Slot = "paper", width: float = 0.05) -> Parts:
    return placed((line(TICK, width, slot=slot),), at, scale)


@kind(
    "calendar",
    "calendar",
    "日历",
    (0.95, 1.05, 0.35),
    moved=(0, -0.02, 0),
    floats=True,
    default_material="satin",
    max_yaw=35.0,
)
def calendar(rng: Rng) -> Parts:
    chosen = int(rng.integers(12))
    cells = tuple(
        slab(
            0.07,
            0.055,
            0.014,
            0.018,
            (-0.285 + 0.19 * (i % 4), 0.49 - 0.165 * (i // 4), -0.1),
            slot="main" if i == chosen else "second" if i < chosen else "dark",
        )
        for i in range(12)
    )
    rings = tuple(
        line(((x, 0.98), (x, 0.8)), 0.028, 0, (0, 0, -0.11), slot="metal") for x in (-0.27, -0.09, 0.09, 0.27)
    )
    return (
        slab(0.45, 0.45, 0.08, 0.07, (0, 0.46, 0), slot="paper"),
        plate(
            ((-0.45, 0.64), (0.45, 0.64), (0.45, 0.85), (0.4, 0.91), (-0.4, 0.91), (-0.45, 0.85)), 0.095, radius=0.03
        ),
        *rings,
        *cells,
    )


def _dial(hour: float, minute: float, r: float = 0.5) -> Parts:
    ticks = tuple(
        part
        for x, y, angle in around(12, r * 0.72, 90)
        for part in placed((box(0.012, 0.04, 0.008, slot="dark"),), (x, y, -0.1), 1.0, (0, 0, angle - 90))
    )
    return (
        face_disc(r, 0.1, radius=0.05),
        face_disc(r * 0.85, 0.015, (0, 0, -0.09), slot="paper", material="satin"),
        face_ring(r * 0.87, 0.035, (0, 0, -0.09), slot="metal"),
        *ticks,
        *placed((pill(0.022, r * 0.18, (0, r * 0.2, -0.115), slot="dark"),), rotation=(0, 0, -30 * hour)),
        *placed((pill(0.016, r * 0.27, (0, r * 0.29, -0.12), slot="accent"),), rotation=(0, 0, -6 * minute)),
        face_disc(0.04, 0.025, (0, 0, -0.12), slot="metal"),
    )


@kind(
    "clock",
    "clock",
    "时钟",
    (1.05, 1.15, 0.35),
    moved=(0, 0.03, 0),
    default_material="gloss",
    floats=True,
    max_yaw=32.0,
)
def clock(rng: Rng) -> Parts:
    feet = pill(0.045, 0.08, (0.27, 0.09, 0), rotation=(0, 0, 28), slot="metal")
    return (*placed(_dial(10 + between(rng, 0, 0.9), 10 + between(rng, -3, 3)), (0, 0.58, 0)), *pair(feet))


@kind(
    "stopwatch",
    "stopwatch",
    "秒表",
    (1, 1.2, 0.35),
    moved=(0, -0.02, 0),
    floats=True,
    default_material="gloss",
    max_yaw=32.0,
)
def stopwatch(rng: Rng) -> Parts:
    knob = (disc(0.05, 0.07, (0, 0.55, 0), slot="metal"), disc(0.07, 0.045, (0, 0.62, 0), slot="second"))
    return (
        *placed(_dial(0.0, between(rng, 8, 14), 0.47), (0, 0.48, 0)),
        disc(0.065, 0.08, (0, 1.0, 0), slot="metal"),
        disc(0.12, 0.055, (0, 1.12, 0), slot="second"),
        *placed(knob, (0, 0.48, 0), 0.92, (0, 0, -38)),
        *placed(knob, (0, 0.48, 0), 0.92, (0, 0, 38)),
    )


@kind("hourglass", "hourglass", "沙漏", (0.8, 1.2, 0.8), default_material="gloss", max_yaw=180.0)
def hourglass(rng: Rng) -> Parts:
    above, below = between(rng, 0.09, 0.13), between(rng, 0.07, 0.1)
    posts = tuple(disc(0.03, 0.45, (x, 0.56, z), slot="metal") for x, z, _ in around(3, 0.3, -60))
    return (
        disc(0.38, 0.06, (0, 0.06, 0), radius=0.04),
        disc(0.38, 0.06, (0, 1.08, 0), radius=0.04),
        *posts,
        *_funnel(below, upright=True),
        *_funnel(above, upright=False),
        disc(0.055, 0.025, (0, 0.57, 0), slot="metal"),
    )


def _funnel(filled: float, *, upright: bool) -> Parts:
    """One half of an hourglass between y = 0.12 and 1.02, sand as high as twice `filled` in it; no glass hides the sand."""
    wide, thin, half = 0.25, 0.035, 0.215
    at_sand = wide + (thin - wide) * filled / half
    if upright:
        sand = cone(wide, filled, at_sand, (0, 0.12 + filled, 0), slot="second", radius=0.008)
        air = cone(
            at_sand, half - filled, thin, (0, 0.12 + half + filled, 0), slot="paper", material="gloss", radius=0.008
        )
        return sand, air
    at_sand = thin + (wide - thin) * filled / half
    sand = cone(thin, filled, at_sand, (0, 0.59 + filled, 0), slot="second", radius=0.008)
    air = cone(at_sand, half - filled, wide, (0, 0.59 + half + filled, 0), slot="paper", material="gloss", radius=0.008)
    return sand, air


@kind(
    "umbrella",
    "umbrella",
    "雨伞",
    (1.35, 1.25, 1.45),
    moved=(0, 0.02, 0),
    floats=True,
    default_material="satin",
    max_yaw=60.0,
    stands=False,
)
def umbrella(rng: Rng) -> Parts:
    hook = line(
        smooth(((0, 0.62), (0, 0.12), (0.02, 0.03), (0.1, 0.0), (0.16, 0.06), (0.16, 0.12)), 3), 0.024, slot="second"
    )
    return placed(
        (
            solid(Shape.DOME, (0.6, 0.42, 0.018), (0, 0.66, 0), detail=8),
            cone(0.03, 0.06, 0.01, (0, 1.12, 0), slot="second"),
            pill(0.018, 0.24, (0, 0.8, 0), slot="metal"),
            hook,
        ),
        (-0.06, 0.03, 0),
        1.0,
        (-8, 0, between(rng, -10, -4)),
    )


@kind(
    "shield",
    "shield",
    "盾牌",
    (0.95, 1.1, 0.45),
    moved=(0, -0.02, 0),
    floats=True,
    default_material="gloss",
    max_yaw=35.0,
)
def shield(rng: Rng) -> Parts:
    return (
        solid(Shape.SHIELD, (0.45, 0.54, 0.1), (0, 0.55, 0), slot="second", radius=0.05),
        solid(Shape.SHIELD, (between(rng, 0.35, 0.38), 0.45, 0.04), (0, 0.555, -0.09), radius=0.03),
        *tick((0, 0.56, -0.14), 1.05, "paper", 0.055),
    )


@kind(
    "lock",
    "padlock",
    "锁",
    (0.85, 1.15, 0.45),
    moved=(0, -0.02, 0),
    floats=True,
    default_material="gloss",
    max_yaw=35.0,
)
def lock(rng: Rng) -> Parts:
    shackle = line(
        smooth(((-0.22, 0.55), (-0.22, 0.85), (-0.14, 1.03), (0.14, 1.03), (0.22, 0.85), (0.22, 0.55)), 5),
        0.06,
        slot="metal",
    )
    return (
        shackle,
        slab(0.4, 0.32, between(rng, 0.14, 0.17), 0.12, (0, 0.33, 0)),
        face_disc(0.1, 0.02, (0, 0.38, -0.165), slot="second"),
        face_disc(0.052, 0.02, (0, 0.4, -0.18), slot="dark"),
        plate(((-0.025, 0.4), (0.025, 0.4), (0.045, 0.25), (-0.045, 0.25)), 0.02, (0, 0, -0.18), slot="dark"),
    )


@kind("key", "key", "钥匙", (0.95, 1.25, 0.25), floats=True, default_material="metal", max_yaw=30.0, stands=False)
def key(rng: Rng) -> Parts:
    teeth = tuple(box(0.1, 0.045, 0.05, (0.1, y, 0), slot="metal", radius=0.015) for y in (-0.46, -0.32))
    whole = (
        face_ring(0.2, 0.075, (0, 0.33, 0), slot="metal"),
        face_disc(0.17, 0.03, (0, 0.33, 0), slot="main", material="gloss"),
        pill(0.06, 0.3, (0, -0.22, 0), slot="metal"),
        disc(0.085, 0.035, (0, 0.07, 0), slot="metal"),
        *teeth,
    )
    return placed(whole, (0, 0.6, 0), 1.0, (0, 0, between(rng, -34, -22)))


@kind(
    "bell", "bell", "铃铛", (0.9, 1.15, 0.9), moved=(0, -0.02, 0), floats=True, default_material="metal", max_yaw=180.0
)
def bell(rng: Rng) -> Parts:
    tall = between(rng, 0.6, 0.68)
    return (
        ball(0.11, (0, 0.12, 0), slot="second"),
        solid(Shape.DOME, (0.36, tall, 0.04), (0, 0.26, 0), slot="metal"),
        cone(0.45, 0.09, 0.35, (0, 0.25, 0), slot="metal", radius=0.04),
        face_ring(0.075, 0.032, (0, 0.32 + tall, 0), slot="metal"),
    )


@kind(
    "megaphone",
    "megaphone",
    "喇叭",
    (1.2, 0.85, 0.8),
    moved=(0.0, -0.06, 0.0),
    floats=True,
    default_material="gloss",
    max_yaw=40.0,
)
def megaphone(rng: Rng) -> Parts:
    horn = (
        cone(0.36, 0.34, 0.13, (0, 0, 0), slot="main", radius=0.01),
        solid(Shape.CUP, (0.38, 0.05, 0.06), (0, -0.36, 0), slot="second", rotation=(180, 0, 0)),
        disc(0.31, 0.01, (0, -0.352, 0), slot="dark"),
        ball(0.09, (0, -0.38, 0), slot="metal"),
        disc(0.15, 0.1, (0, 0.42, 0), slot="paper"),
        disc(0.11, 0.04, (0, 0.54, 0), slot="second"),
    )
    grip = line(((0.16, 0.42), (0.22, 0.12)), 0.06, slot="second")
    return (grip, *placed(horn, (-0.02, 0.56, 0), 1.0, (0, 42, -74 + between(rng, -4, 4))))


@kind(
    "magnifier",
    "magnifier",
    "放大镜",
    (1, 1.2, 0.2),
    moved=(0.14, 0, 0),
    floats=True,
    default_material="gloss",
    max_yaw=30.0,
    stands=False,
)
def magnifier(rng: Rng) -> Parts:
    whole = (
        face_disc(0.3, 0.02, (0, 0.25, 0), slot="paper", material="glass"),
        face_ring(0.32, 0.06, (0, 0.25, 0)),
        disc(0.05, 0.06, (0, -0.15, 0), slot="metal"),
        pill(0.075, 0.16, (0, -0.4, 0), slot="second"),
        arc(0.2, 0.018, 60, (0, 0.25, -0.03), slot="paper", rotation=(0, 0, 45)),
    )
    return placed(whole, (-0.1, 0.6, 0), 0.95, (0, 0, between(rng, 30, 42)))


@kind("gauge", "score gauge", "仪表盘", (1.15, 0.8, 0.35), floats=True, default_material="gloss", max_yaw=32.0)
def gauge(rng: Rng) -> Parts:
    slots: tuple[Slot, ...] = ("paper", "second", "accent", "main")
    needle = between(rng, -48, -28)
    bands = tuple(
        plate(band(0.55, 0.36, 180 - 46 * i - 2, 180 - 46 * i - 40, 6), 0.07, (0, 0.22, 0), slot=slot, radius=0.025)
        for i, slot in enumerate(slots)
    )
    hand = plate(((-0.045, 0), (0.045, 0), (0.01, 0.4), (-0.01, 0.4)), 0.03, slot="dark")
    return (
        *bands,
        *placed((hand,), (0, 0.22, -0.1), 1.0, (0, 0, needle)),
        face_disc(0.09, 0.08, (0, 0.22, -0.06), slot="metal"),
        box(0.5, 0.06, 0.14, (0, 0.07, 0), radius=0.04, slot="main"),
    )


KINDS = (
    calendar,
    clock,
    stopwatch,
    hourglass,
    umbrella,
    shield,
    lock,
    key,
    bell,
    megaphone,
    magnifier,
    gauge,
)
