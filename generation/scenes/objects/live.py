"""Screens, talk and technique: what a live room or an app shows."""

from __future__ import annotations

from generation.scenes.objects.cards import handset
from generation.scenes.objects.parts import (
    Parts,
    Rng,
    around,
    ball,
    bar,
    between,
    box,
    cone,
    curve,
    disc,
    face_disc,
    face_ring,
    kind,
    line,
    pill,
    placed,
    plate,
    ring,
    slab,
    smooth,
    solid,
)
from generation.scenes.primitives import Point, Shape, Slot


@kind(
    "ring-light",
    "ring light with phone",
    "环形补光灯",
    (0.9, 1.45, 0.75),
    moved=(0, 0.02, 0),
    default_material="satin",
    max_yaw=30.0,
)
def ring_light(rng: Rng) -> Parts:
    screen = (
        slab(0.2, 0.2, 0.012, 0.03, (0, 0.1, -0.05), slot="main"),
        solid(Shape.HEART, (0.1, 0, 0.02), (0, 0.1, -0.07), slot="paper"),
        bar(0.03, 0.12, (0, -0.3, -0.05), slot="second"),
    )
    legs = tuple(
        part
        for _, _, angle in around(3, 1.0, between(rng, 20, 40))
        for part in placed((line(((0, 0.26), (0.32, 0.02)), 0.026, slot="dark"),), rotation=(0, angle, 0))
    )
    return (
        face_ring(0.36, 0.07, (0, 0.94, 0), slot="glow"),
        face_ring(0.36, 0.078, (0, 0.94, 0.035), slot="main"),
        pill(0.028, 0.2, (0, 0.42, 0.03), slot="metal"),
        *legs,
        ball(0.045, (0, 0.26, 0), slot="dark"),
        *placed(handset(screen), (0, 0.94, -0.06), 0.42),
        pill(0.02, 0.06, (0, 0.66, 0.0), slot="metal"),
    )


@kind(
    "stage-light",
    "stage spotlight",
    "舞台聚光灯",
    (0.85, 0.95, 0.85),
    floats=True,
    default_material="satin",
    max_yaw=40.0,
)
def stage_light(rng: Rng) -> Parts:
    lamp = (
        cone(0.27, 0.26, 0.2, slot="main", radius=0.03),
        disc(0.24, 0.02, (0, -0.26, 0), slot="glow"),
        ring(0.265, 0.035, (0, -0.25, 0), slot="metal"),
        *(ring(0.215 - 0.012 * i, 0.016, (0, 0.1 + 0.07 * i, 0), slot="dark") for i in range(2)),
    )
    return (
        disc(0.28, 0.04, (0, 0.04, 0), slot="dark"),
        *placed((line(curve(0, 0.56, 0.36, 180, 360, 9), 0.035, slot="metal"),), (0, 0, 0)),
        pill(0.03, 0.06, (0, 0.14, 0), slot="metal"),
        *placed(lamp, (0, 0.6, 0), 1.0, (58 + between(rng, -8, 8), 0, 0)),
        *(ball(0.05, (x, 0.58, 0), slot="dark") for x in (-0.34, 0.34)),
    )


@kind(
    "chat-bubble",
    "chat bubbles",
    "聊天气泡",
    (1.2, 1, 0.5),
    floats=True,
    stands=False,
    default_material="gloss",
    max_yaw=32.0,
)
def chat_bubble(rng: Rng) -> Parts:
    big = (
        slab(0.42, 0.27, 0.1, 0.2, (0, 0, 0)),
        plate(((-0.28, -0.2), (-0.06, -0.24), (-0.3, -0.42)), 0.09, radius=0.03),
    )
    hearts = bool(rng.integers(2))
    inside = (
        (solid(Shape.HEART, (0.15, 0, 0.04), (0, 0, -0.1), slot="paper", radius=0.03),)
        if hearts
        else tuple(ball(0.06, (-0.18 + 0.18 * i, 0.0, -0.1), slot="paper") for i in range(3))
    )
    small = (
        slab(0.25, 0.17, 0.08, 0.13, (0, 0, 0), slot="second"),
        plate(((0.16, -0.12), (0.02, -0.15), (0.2, -0.28)), 0.07, slot="second", radius=0.02),
        bar(0.03, 0.1, (0, 0, -0.08), slot="main"),
    )
    return (*placed((*big, *inside), (-0.12, 0.68, 0)), *placed(small, (0.33, 0.32, -0.12)))


@kind(
    "cursor",
    "pointer arrow",
    "鼠标指针",
    (0.85, 1.2, 0.25),
    floats=True,
    stands=False,
    default_material="gloss",
    max_yaw=35.0,
)
def cursor(rng: Rng) -> Parts:
    shape = ((-0.3, 0.5), (-0.3, -0.28), (-0.11, -0.1), (0.03, -0.42), (0.19, -0.34), (0.05, -0.04), (0.32, -0.02))
    return placed((plate(shape, 0.1, radius=0.05),), (0, 0.58, 0), 1.1, (0, 0, between(rng, -4, 10)))


def _jigsaw() -> tuple[Point, ...]:
    """A square with a knob on its right and upper side and a hollow in the others."""
    h, r = 0.3, 0.1
    right = ((h, -h), (h, -0.07), *curve(h + 0.08, 0, r, -140, 140, 8), (h, 0.07))
    top = ((h, h), (0.07, h), *curve(0, h + 0.08, r, -50, 230, 8), (-0.07, h))
    left = ((-h, h), (-h, 0.07), *curve(-h + 0.08, 0, r, 140, -140, 8), (-h, -0.07))
    low = ((-h, -h), (-0.07, -h), *curve(0, -h + 0.08, r, 230, -50, 8), (0.07, -h))
    return (*right, *top, *left, *low)


@kind(
    "puzzle",
    "puzzle pieces",
    "拼图",
    (1.25, 1.1, 0.3),
    moved=(-0.1, -0.03, 0),
    floats=True,
    default_material="gloss",
    max_yaw=32.0,
)
def puzzle(rng: Rng) -> Parts:
    piece = plate(_jigsaw(), 0.09, radius=0.03)
    other = plate(_jigsaw(), 0.09, radius=0.03, slot="second")
    return (
        *placed((piece,), (-0.16, 0.36, 0), 1.05, (0, 0, between(rng, -3, 3))),
        *placed((other,), (0.33, 0.72, -0.06), 0.8, (0, 0, between(rng, 14, 24))),
    )


@kind(
    "chip",
    "secure chip",
    "安全芯片",
    (1.1, 1.1, 0.35),
    moved=(0, -0.02, 0),
    floats=True,
    default_material="satin",
    max_yaw=35.0,
)
def chip(rng: Rng) -> Parts:
    pins = tuple(
        part
        for side in range(4)
        for i in range(4)
        for part in placed(
            (box(0.032, 0.08, 0.022, (-0.24 + 0.16 * i, 0.44, 0), slot="metal", radius=0.01),),
            rotation=(0, 0, 90.0 * side),
        )
    )
    core = (
        slab(0.4, 0.4, 0.07, 0.06, slot="dark", material="satin"),
        slab(0.25, 0.25, 0.02, 0.05, (0, 0, -0.075), slot="main", material="gloss"),
        *placed(
            (
                solid(Shape.SHIELD, (0.12, 0.15, 0.02), slot="paper", radius=0.01),
                solid(Shape.STAR, (0.06, 0.03, 0.012), (0, 0.005, -0.024), slot="main", detail=5),
            ),
            (0, 0, -0.1),
        ),
        ball(0.025, (-0.33, 0.33, -0.07), slot="metal"),
    )
    return placed((*pins, *core), (0, 0.54, 0), 1.0, (0, 0, between(rng, -2, 2)))


@kind("cube-stack", "stacked blocks", "积木", (1.15, 1.05, 0.6), default_material="satin", max_yaw=40.0)
def cube_stack(rng: Rng) -> Parts:
    turn = between(rng, -14, 14)
    return (
        box(0.27, 0.24, 0.25, (-0.28, 0.24, 0.02), radius=0.04),
        box(0.24, 0.19, 0.24, (0.29, 0.19, -0.04), slot="second", radius=0.04),
        box(0.19, 0.17, 0.19, (-0.2, 0.65, 0.0), slot="accent", radius=0.04, rotation=(0, turn, 0)),
        solid(Shape.WEDGE, (0.17, 0.15, 0.14), (0.28, 0.53, -0.04), slot="main", radius=0.04, rotation=(0, -turn, 0)),
        face_disc(0.1, 0.1, (-0.2, 0.92, 0), slot="metal"),
    )


@kind(
    "base-and-plus",
    "stable base with a small extra",
    "稳固底座加小方块",
    (1.1, 0.95, 0.75),
    default_material="satin",
    max_yaw=35.0,
)
def base_and_plus(rng: Rng) -> Parts:
    arm = 0.055
    plus = (pill(arm, 0.16 - arm, slot="metal"), bar(arm, 0.16 - arm, slot="metal", blend=0.02))
    return (
        box(0.54, 0.24, 0.36, (0, 0.24, 0), radius=0.06),
        box(0.17, 0.17, 0.17, (-0.2, 0.65, 0), slot="accent", radius=0.045, rotation=(0, between(rng, 8, 30), 0)),
        *placed(plus, (0.27, 0.72, -0.05), 1.15),
    )


@kind("cube", "block", "方块", (0.85, 0.85, 0.85), floats=True, default_material="gloss", max_yaw=45.0)
def cube(rng: Rng) -> Parts:
    return (box(0.4, 0.4, 0.4, (0, 0.41, 0), radius=between(rng, 0.06, 0.12)),)


@kind("ball", "ball", "圆球", (1, 1, 1), floats=True, default_material="gloss", max_yaw=180.0)
def sphere(rng: Rng) -> Parts:
    if rng.integers(3):
        return (ball(between(rng, 0.46, 0.48), (0, 0.48, 0)),)
    return (
        ball(0.48, (0, 0.48, 0)),
        ring(0.47, 0.035, (0, 0.48, 0), slot="metal", rotation=(18, 0, between(rng, -30, 30))),
    )


@kind(
    "ring", "ring", "圆环", (1.1, 1.1, 0.35), moved=(0, -0.02, 0), floats=True, default_material="gloss", max_yaw=35.0
)
def torus(rng: Rng) -> Parts:
    return (face_ring(0.38, between(rng, 0.1, 0.14), (0, 0.53, 0)),)


@kind("pearl", "pearls", "珍珠", (0.95, 0.75, 0.85), floats=True, default_material="gloss", max_yaw=180.0)
def pearl(rng: Rng) -> Parts:
    spots = ((-0.18, 0.26, 0.05, 0.26), (0.27, 0.19, -0.08, 0.19), (0.02, 0.12, -0.28, 0.12), (0.1, 0.56, 0.02, 0.15))
    return tuple(ball(r * between(rng, 0.95, 1.0), (x, y, z), slot="paper", material="gloss") for x, y, z, r in spots)


@kind(
    "number-plate",
    "blank figure plate",
    "空白数字牌",
    (1.25, 0.8, 0.35),
    floats=True,
    default_material="gloss",
    max_yaw=28.0,
)
def number_plate(rng: Rng) -> Parts:
    bulbs = tuple(ball(0.032, (x, y, -0.09), slot="glow") for x, y in _rim(0.54, 0.29, 14))
    return (
        slab(0.6, 0.35, 0.09, 0.12, (0, 0.4, 0)),
        slab(0.46, 0.21, 0.02, 0.06, (0, 0.4, -0.09), slot="paper", material="satin"),
        *placed(bulbs, (0, 0.4, 0)),
        box(between(rng, 0.3, 0.36), 0.03, 0.16, (0, 0.03, 0), slot="metal"),
    )


def _rim(a: float, b: float, count: int) -> tuple[Point, ...]:
    """`count` places spread along a rectangle's rim."""
    total, found = 4 * (a + b), []
    for i in range(count):
        s = (i + 0.5) * total / count
        side, rest = (
            (0, s)
            if s < 2 * a
            else (1, s - 2 * a)
            if s < 2 * a + 2 * b
            else (2, s - 2 * a - 2 * b)
            if s < 4 * a + 2 * b
            else (3, s - 4 * a - 2 * b)
        )
        found.append(((-a + rest, b), (a, b - rest), (a - rest, -b), (-a, -b + rest))[side])
    return tuple(found)


@kind("prize-wheel", "gift wheel", "礼品转盘", (1.05, 1.35, 0.7), default_material="gloss", max_yaw=30.0)
def prize_wheel(rng: Rng) -> Parts:
    slots: tuple[Slot, ...] = ("main", "paper")
    turn = between(rng, 0, 45)
    slices = tuple(
        solid(
            Shape.RING_SEGMENT,
            (0.42, 0, 0.04),
            (0, 0.74, 0),
            slot=slots[i % 2],
            material="satin",
            detail=45,
            rotation=(0, 0, turn + 45 * i),
            radius=0.004,
        )
        for i in range(8)
    )
    bulbs = tuple(ball(0.026, (x, 0.74 + y, -0.07), slot="glow") for x, y, _ in around(12, 0.455))
    return (
        cone(0.34, 0.06, 0.26, (0, 0.07, 0), slot="second"),
        cone(0.12, 0.16, 0.08, (0, 0.26, 0.04), slot="second"),
        face_disc(0.5, 0.06, (0, 0.74, 0.02), slot="second"),
        *slices,
        *bulbs,
        face_disc(0.1, 0.06, (0, 0.74, -0.06), slot="metal"),
        solid(Shape.HEART, (0.055, 0, 0.02), (0, 0.74, -0.13), slot="main"),
        solid(Shape.WEDGE, (0.07, 0.09, 0.04), (0, 1.2, -0.08), slot="accent", rotation=(0, 0, 180), radius=0.02),
    )


@kind(
    "party-popper",
    "party popper",
    "礼花筒",
    (0.9, 1.1, 0.5),
    moved=(0.1, -0.04, 0),
    floats=True,
    default_material="gloss",
    max_yaw=35.0,
)
def party_popper(rng: Rng) -> Parts:
    horn = (
        cone(0.03, 0.26, 0.2, (0, 0.27, 0)),
        ring(0.195, 0.028, (0, 0.53, 0), slot="metal"),
        *(ring(r, 0.022, (0, y, 0), slot="second") for y, r in ((0.2, 0.08), (0.36, 0.135))),
    )
    slots: tuple[Slot, ...] = ("main", "second", "accent", "metal")
    bits = tuple(
        box(
            0.045,
            0.03,
            0.01,
            (between(rng, -0.3, 0.3), between(rng, 0.66, 1.12), between(rng, -0.15, 0.15)),
            slot=slots[i % 4],
            rotation=(between(rng, -50, 50), between(rng, -50, 50), between(rng, 0, 180)),
        )
        for i in range(12)
    )
    curls = tuple(
        line(
            smooth(((0, 0), (0.06, 0.1), (-0.03, 0.2), (0.05, 0.32)), 3),
            0.012,
            0.03,
            (x, 0.54, 0),
            slot=slot,
            rotation=(0, 0, lean),
        )
        for (x, lean), slot in zip(((-0.06, 24), (0.0, 0), (0.07, -26)), slots[1:], strict=True)
    )
    return placed((*horn, *bits, *curls), (0.3, 0.04, 0), 1.0, (0, 0, 28))


KINDS = (
    ring_light, stage_light, chat_bubble, cursor, puzzle, chip, cube_stack, base_and_plus, cube, sphere, torus, pearl,
    number_plate, prize_wheel, party_popper,
)  # fmt: skip
