"""Saving, measuring and balancing: the quiet objects of a bank's advertising. Charts carry no figures."""

from __future__ import annotations

from generation.scenes.objects.money import flat_coin, struck
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
    egg,
    face_disc,
    face_ring,
    kind,
    line,
    pair,
    pill,
    placed,
    plate,
    ring,
    slab,
    smooth,
    solid,
)
from generation.scenes.primitives import Part, Shape, Slot


def sprig(slot: Slot = "main", height: float = 0.2) -> Parts:
    """Two leaves on a stem that starts at the origin."""
    leaf = solid(
        Shape.LEAF,
        (0.09, 0.19, 0.018),
        (0.14, height + 0.1, 0),
        slot=slot,
        detail=0.03,
        rotation=(20, 0, -52),
        radius=0.01,
    )
    return (pill(0.022, height / 2, (0, height / 2, 0), slot=slot), *pair(leaf))


@kind("piggy-bank", "piggy bank", "存钱罐", (1.1, 1.25, 1), default_material="gloss", max_yaw=25.0)
def piggy_bank(rng: Rng) -> Parts:
    legs = tuple(pill(0.085, 0.06, (x, 0.14, z)) for x in (-0.24, 0.22) for z in (-0.18, 0.18))
    ear = plate(((-0.09, 0), (0.09, 0), (0.03, 0.17)), 0.025, (0.3, 0.78, -0.2), rotation=(-14, 20, -14), radius=0.02)
    far_ear = plate(
        ((-0.09, 0), (0.09, 0), (0.03, 0.17)), 0.025, (0.3, 0.78, 0.14), rotation=(14, -10, -10), radius=0.02
    )
    pig = (
        egg(0.46, 0.36, 0.36, (-0.04, 0.5, 0)),
        egg(0.22, 0.24, 0.27, (0.32, 0.56, 0), blend=0.12),
        disc(0.125, 0.07, (0.53, 0.5, 0), rotation=(0, 0, 90), slot="second", radius=0.05),
        ball(0.026, (0.598, 0.5, -0.05), slot="dark"),
        ball(0.026, (0.598, 0.5, 0.05), slot="dark"),
        ball(0.036, (0.455, 0.66, -0.16), slot="dark"),
        ball(0.036, (0.455, 0.66, 0.16), slot="dark"),
        ear,
        far_ear,
        *legs,
        box(0.13, 0.012, 0.03, (-0.06, 0.855, 0), slot="dark"),
        arc(0.07, 0.024, 300, (-0.52, 0.56, 0), rotation=(0, 40, 0)),
    )
    coin = placed(struck(rng, "metal", "metal"), (-0.06, 1.02, 0), 0.36, (0, -24, between(rng, -10, 10)))
    return placed((*pig, *coin), rotation=(0, 42, 0))


@kind("coin-jar", "savings jar", "存钱玻璃罐", (0.8, 1.35, 0.85), default_material="gloss", max_yaw=35.0)
def coin_jar(rng: Rng) -> Parts:
    heap = tuple(
        part
        for x, z, angle in around(5, 0.2, between(rng, 0, 70))
        for part in placed(flat_coin((0, 0, 0), 0.17, 0.032), (x, 0.82, z), 1.0, (between(rng, 12, 24), -angle, 0))
    )
    return (
        *_jar(0.38, 0.36),
        *heap,
        *placed(flat_coin((0, 0, 0), 0.2, 0.035), (0, 0.88, 0)),
        *placed(sprig("second", 0.16), (0, 0.9, 0), 1.1, (0, between(rng, -25, 25), 0)),
    )


def _jar(r: float, half: float) -> Parts:
    """A round-shouldered open jar with a plate of metal on its belly; its mouth is at y = 2 half."""
    return (
        disc(r, half, (0, half, 0), radius=0.1),
        ring(r * 0.86, 0.04, (0, 2 * half, 0), slot="second"),
        disc(r * 0.84, 0.01, (0, 2 * half + 0.01, 0), slot="metal"),
        slab(0.17, 0.12, 0.012, 0.04, (0, half, -r), slot="paper"),
        solid(Shape.STAR, (0.075, 0.036, 0.012), (0, half, -r - 0.012), slot="metal", detail=5, radius=0.008),
    )


@kind("gold-beans", "gold beans in a jar", "金豆豆", (1.1, 0.95, 0.85), default_material="gloss", max_yaw=35.0)
def gold_beans(rng: Rng) -> Parts:
    beans = tuple(
        egg(
            *(0.1, 0.07, 0.078, (x, y, z)),
            slot="metal",
            rotation=(between(rng, -25, 25), between(rng, 0, 180), between(rng, -20, 20)),
        )
        for y, r, count in ((0.7, 0.24, 9), (0.76, 0.13, 5), (0.83, 0.05, 3))
        for x, z, _ in around(count, r, between(rng, 0, 60))
    )
    spilt = tuple(
        egg(0.1, 0.07, 0.078, (x, 0.07, z), slot="metal", rotation=(0, turn, 0))
        for x, z, turn in ((-0.42, -0.26, 30), (0.4, -0.32, -20))
    )
    return (*_jar(0.38, 0.32), *beans, *spilt)


@kind("sprouting-coins", "sprout on coins", "金币发芽", (0.85, 1.15, 0.75), default_material="satin", max_yaw=60.0)
def sprouting_coins(rng: Rng) -> Parts:
    count = int(rng.integers(3, 5))
    coins = tuple(
        part for i in range(count) for part in flat_coin((between(rng, -0.02, 0.02), 0.055 + 0.11 * i, 0), 0.36, 0.053)
    )
    return (*coins, *placed(sprig("main", 0.26), (0, 0.11 * count, 0), 1.35, (0, between(rng, -20, 20), 0)))


@kind(
    "ring-chart",
    "ring chart",
    "环形图",
    (1.1, 1.1, 0.35),
    moved=(0, -0.03, 0),
    floats=True,
    default_material="gloss",
    max_yaw=35.0,
)
def ring_chart(rng: Rng) -> Parts:
    shares = 360 * rng.dirichlet((9, 7, 5, 4)) * 0.7 + 27
    slots: tuple[Slot, ...] = ("main", "second", "accent", "paper")
    parts, start = [], between(rng, 0, 90)
    for share, slot, deep in zip(shares, slots, (0.16, 0.13, 0.11, 0.09), strict=True):
        outline = band(0.54, 0.29, start + 2, start + float(share) - 2, 10)
        parts.append(plate(outline, deep, (0, 0.56, 0), slot=slot, radius=0.03))
        start += float(share)
    return tuple(parts)


@kind("bar-chart", "bar chart", "柱状图", (1.15, 1.1, 0.45), default_material="gloss", max_yaw=35.0)
def bar_chart(rng: Rng) -> Parts:
    heights = sorted(between(rng, 0.12, 0.4) for _ in range(4))
    slots: tuple[Slot, ...] = ("second", "main", "second", "main")
    bars = tuple(
        box(0.1, h, 0.13, (-0.4 + 0.265 * i, h + 0.09, 0), slot=slot, radius=0.035)
        for i, (h, slot) in enumerate(zip(heights, slots, strict=True))
    )
    dots = tuple(ball(0.045, (-0.4 + 0.265 * i, 2 * h + 0.2, -0.05), slot="metal") for i, h in enumerate(heights))
    trend = line(
        [(-0.4 + 0.265 * i, 2 * h + 0.2) for i, h in enumerate(heights)], 0.018, 0, (0, 0, -0.05), slot="metal"
    )
    return (box(0.56, 0.05, 0.2, (0, 0.05, 0), slot="paper", radius=0.03), *bars, trend, *dots)


@kind(
    "candlesticks",
    "candlestick chart",
    "K线图",
    (1.15, 0.8, 0.25),
    rests=True,
    floats=True,
    default_material="gloss",
    max_yaw=35.0,
)
def candlesticks(rng: Rng) -> Parts:
    parts: list[Part] = []
    level = 0.3
    for i, rises in enumerate((True, False, True, True, False)):
        half = between(rng, 0.09, 0.15)
        level += half * (0.9 if rises else -0.5)
        slot: Slot = "main" if rises else "second"
        x = -0.46 + 0.23 * i
        parts.append(box(0.09, half, 0.09, (x, level + 0.05, 0), slot=slot, radius=0.025))
        parts.append(pill(0.014, half + between(rng, 0.05, 0.1), (x, level + 0.05, 0), slot=slot))
    return tuple(parts)


@kind("rising-steps", "rising steps", "上升台阶", (1.2, 1.05, 0.45), default_material="satin", max_yaw=35.0)
def rising_steps(rng: Rng) -> Parts:
    slots: tuple[Slot, ...] = ("paper", "second", "accent", "main")
    rise = between(rng, 0.075, 0.09)
    steps = tuple(
        box(0.145, rise * (i + 1), 0.2, (-0.435 + 0.29 * i, rise * (i + 1), 0), slot=slot, radius=0.03)
        for i, slot in enumerate(slots)
    )
    coin = placed(struck(rng, "metal", "metal"), (0.435, rise * 8 + 0.155, 0), 0.31, (0, -10, 0))
    return (*steps, *coin)


@kind(
    "smile-curve",
    "U-shaped curve",
    "微笑曲线",
    (1.25, 0.95, 0.3),
    moved=(0, -0.03, 0),
    default_material="gloss",
    floats=True,
    max_yaw=30.0,
)
def smile_curve(rng: Rng) -> Parts:
    deep = between(rng, 1.9, 2.3)
    knots = [(-0.44 + 0.11 * i, 0.24 + deep * (-0.44 + 0.11 * i) ** 2) for i in range(9)]
    dots = tuple(ball(0.078, (x, y, -0.05), slot="accent") for x, y in knots[::2])
    axes = line(((-0.54, 0.9), (-0.54, 0.06), (0.56, 0.06)), 0.035, 0.05, slot="second")
    return (axes, line(smooth(knots, 2), 0.05, 0, (0, 0, -0.04)), *dots)


@kind("balance-scales", "balance scales", "天平", (1.3, 1.15, 0.6), default_material="metal", max_yaw=30.0)
def balance_scales(rng: Rng) -> Parts:
    parts: list[Part] = []
    for side in (-1, 1):
        cords = line(((-0.2, 0), (0, 0.44), (0.2, 0)), 0.01, slot="metal")
        pan = (solid(Shape.BOWL, (0.24, 0.12, 0.018), (0, -0.12, 0), slot="metal"), cords)
        ball_weight = ball(between(rng, 0.11, 0.14), (0, 0.02, 0), slot="main", material="gloss")
        weight = ball_weight if side < 0 else box(0.11, 0.11, 0.11, (0, 0.02, 0), slot="accent", material="gloss")
        parts += placed((*pan, weight), (side * 0.4, 0.5, 0))
    return (
        disc(0.27, 0.05, (0, 0.05, 0), slot="main", material="gloss"),
        cone(0.15, 0.05, 0.05, (0, 0.15, 0), slot="metal"),
        pill(0.035, 0.4, (0, 0.56, 0), slot="metal"),
        ball(0.065, (0, 1.05, 0), slot="metal"),
        line(smooth(((-0.42, 0.94), (-0.2, 0.99), (0, 0.95), (0.2, 0.99), (0.42, 0.94)), 3), 0.028, slot="metal"),
        *parts,
    )


@kind("safe-box", "small safe", "保险箱", (0.95, 1, 1.05), default_material="satin", max_yaw=35.0)
def safe_box(rng: Rng) -> Parts:
    spokes = tuple(
        pill(0.02, 0.13, (0.1, 0.52, -0.47), slot="metal", rotation=(0, 0, between(rng, 10, 12) + 60 * i))
        for i in range(3)
    )
    feet = tuple(disc(0.07, 0.04, (x, 0.04, z), slot="dark") for x in (-0.32, 0.32) for z in (-0.25, 0.25))
    return (
        *feet,
        box(0.46, 0.43, 0.38, (0, 0.5, 0), radius=0.06),
        box(0.38, 0.35, 0.03, (0, 0.5, -0.38), slot="second", radius=0.028),
        box(0.34, 0.31, 0.02, (0, 0.5, -0.4), slot="main", radius=0.018),
        face_ring(0.13, 0.025, (0.1, 0.52, -0.44), slot="metal"),
        face_disc(0.06, 0.04, (0.1, 0.52, -0.46), slot="metal"),
        *spokes,
        *(disc(0.03, 0.07, (-0.37, y, -0.41), slot="metal") for y in (0.3, 0.7)),
        *(face_disc(0.022, 0.015, (x, 0.27, -0.42), slot="paper") for x in (-0.2, -0.13, -0.06)),
    )


@kind(
    "calculator",
    "calculator",
    "计算器",
    (0.95, 1.15, 0.35),
    floats=True,
    default_material="satin",
    max_yaw=35.0,
)
def calculator(rng: Rng) -> Parts:
    keys = tuple(
        box(
            0.075,
            0.055,
            0.03,
            (-0.24 + 0.16 * column, 0.52 - 0.14 * row, -0.09),
            slot="accent" if column == 3 else "paper",
            radius=0.022,
        )
        for row in range(4)
        for column in range(4)
    )
    whole = (
        slab(0.38, 0.52, 0.08, 0.07, (0, 0.54, 0)),
        box(0.31, 0.14, 0.02, (0, 0.83, -0.08), slot="dark"),
        *(box(0.028, 0.012, 0.006, (0.22 - 0.08 * i, 0.79, -0.102), slot="glow") for i in range(3)),
        *keys,
    )
    return placed(whole, rotation=(4, 0, between(rng, -4, 4)))


@kind(
    "linked-blocks",
    "linked blocks",
    "链接方块",
    (1.4, 0.75, 0.5),
    moved=(0, -0.09, 0),
    floats=True,
    default_material="gloss",
    max_yaw=40.0,
)
def linked_blocks(rng: Rng) -> Parts:
    spin = between(rng, 18, 34)
    slots: tuple[Slot, ...] = ("main", "second", "main")
    blocks = tuple(
        box(0.17, 0.17, 0.17, (-0.44 + 0.44 * i, 0.26 + 0.17 * i, 0), slot=slot, radius=0.05, rotation=(0, spin, 0))
        for i, slot in enumerate(slots)
    )
    links = tuple(face_ring(0.11, 0.036, (-0.22 + 0.44 * i, 0.345 + 0.17 * i, -0.12), slot="metal") for i in range(2))
    return (*blocks, *links)


@kind("lever", "lever and ball", "杠杆", (1.35, 0.7, 0.45), default_material="gloss", max_yaw=30.0)
def lever(rng: Rng) -> Parts:
    lean = between(rng, 7, 11)
    plank = (
        box(0.6, 0.03, 0.14, slot="second", radius=0.025),
        ball(0.2, (-0.42, 0.23, 0), slot="main"),
        box(0.08, 0.08, 0.08, (0.48, 0.11, 0), slot="accent", radius=0.03),
    )
    return (
        solid(Shape.WEDGE, (0.16, 0.13, 0.14), (0.1, 0.13, 0), slot="metal", radius=0.03),
        *placed(plank, (0.1 - 0.1, 0.29, 0), 1.0, (0, 0, lean)),
    )


@kind("guarded-block", "core block inside a ring", "护城环", (1.2, 0.55, 1.2), default_material="gloss", max_yaw=45.0)
def guarded_block(rng: Rng) -> Parts:
    return (
        disc(0.58, 0.04, (0, 0.04, 0), slot="paper"),
        ring(0.48, 0.075, (0, 0.1, 0), slot="main"),
        box(0.2, 0.2, 0.2, (0, 0.28, 0), slot="metal", radius=0.04, rotation=(0, between(rng, 20, 50), 0)),
    )


@kind("bull", "bull figure", "牛", (1.45, 1.05, 1.05), default_material="gloss", max_yaw=30.0)
def bull(rng: Rng) -> Parts:
    horn = line(smooth(((0.1, 0.0), (0.24, 0.02), (0.32, 0.12), (0.3, 0.25)), 3), 0.035, slot="metal")
    ear = egg(0.085, 0.04, 0.05, (0.2, -0.04, 0.02), rotation=(0, 0, -18))
    head = (
        egg(0.17, 0.19, 0.18),
        egg(0.13, 0.12, 0.14, (0, -0.14, -0.14), blend=0.06),
        *(ball(0.026, (x, -0.13, -0.27), slot="dark") for x in (-0.05, 0.05)),
        *(ball(0.032, (x, 0.06, -0.165), slot="dark") for x in (-0.085, 0.085)),
        *pair(horn),
        *pair(ear),
        face_ring(0.055, 0.016, (0, -0.23, -0.26), slot="metal"),
    )
    legs = tuple(cone(0.07, 0.22, 0.1, (x, 0.22, z), radius=0.03) for x in (-0.31, 0.2) for z in (-0.12, 0.12))
    return (
        *placed(
            (
                egg(0.42, 0.26, 0.25, (-0.1, 0.52, 0)),
                egg(0.26, 0.3, 0.27, (0.14, 0.58, 0), blend=0.1),
                *legs,
                line(smooth(((-0.5, 0.62), (-0.6, 0.5), (-0.58, 0.32)), 3), 0.025),
                ball(0.05, (-0.58, 0.3, 0), slot="second"),
            ),
            rotation=(0, 20, 0),
        ),
        *placed(head, (0.38, 0.7, -0.2), 1.0, (0, -30, between(rng, -9, 6))),
    )


KINDS = (
    piggy_bank,
    coin_jar,
    gold_beans,
    sprouting_coins,
    ring_chart,
    bar_chart,
    candlesticks,
    rising_steps,
    smile_curve,
    balance_scales,
    safe_box,
    calculator,
    linked_blocks,
    lever,
    guarded_block,
    bull,
)
