"""Furniture, cloth and still lifes: what a room, a table or a style is shown by."""

from __future__ import annotations

from generation.scenes.objects.food import soup_bowl
from generation.scenes.objects.parts import (
    Parts,
    Rng,
    arc,
    around,
    ball,
    between,
    box,
    cone,
    disc,
    egg,
    face_disc,
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


@kind("armchair", "armchair", "奶油沙发", (1.4, 1.15, 1.05), default_material="cloth", max_yaw=35.0)
def armchair(rng: Rng) -> Parts:
    cushion = (box(0.21, 0.19, 0.08, slot="accent", material="cloth", radius=0.075),)
    return (
        box(0.44, 0.15, 0.4, (0, 0.27, 0), radius=0.13),
        box(0.36, 0.09, 0.34, (0, 0.42, -0.06), slot="paper", material="cloth", radius=0.08),
        box(0.46, 0.36, 0.15, (0, 0.66, 0.32), radius=0.14),
        *pair(box(0.13, 0.24, 0.4, (0.5, 0.42, 0), radius=0.12)),
        *placed(cushion, (0.1 + between(rng, -0.06, 0.06), 0.64, 0.1), 1.0, (18, 0, between(rng, -14, 14))),
        *(cone(0.035, 0.07, 0.05, (x, 0.07, z), slot="metal") for x in (-0.42, 0.42) for z in (-0.3, 0.32)),
    )


@kind(
    "sweater",
    "knitted sweater",
    "毛衣",
    (1.5, 1.35, 0.5),
    rests=True,
    floats=True,
    default_material="cloth",
    max_yaw=28.0,
)
def sweater(rng: Rng) -> Parts:
    body = ((-0.34, 0.04), (0.34, 0.04), (0.36, 0.6), (0.3, 1.04), (-0.3, 1.04), (-0.36, 0.6))
    sleeve = ((0.22, 1.06), (0.42, 0.98), (0.66, 0.36), (0.48, 0.26), (0.3, 0.7))
    cable = ((-0.05, 0.2), (0.05, 0.32), (-0.05, 0.44), (0.05, 0.56), (-0.05, 0.68), (0.05, 0.8))
    swing = between(rng, 0.9, 1.1)
    ropes = tuple(
        line(smooth(tuple((x + swing * side * px, y) for px, y in cable), 3), 0.026, 0, (0, 0, -0.13))
        for x in (-0.17, 0.0, 0.17)
        for side in (-1, 1)
    )
    return (
        plate(smooth(body, 3, closed=True), 0.13, radius=0.09),
        *pair(plate(smooth(sleeve, 3, closed=True), 0.09, (0, 0, 0.02), radius=0.07)),
        solid(Shape.TORUS, (0.16, 0.055, 0), (0, 1.06, 0), slot="second"),
        *ropes,
        box(0.34, 0.05, 0.125, (0, 0.08, 0), slot="second", radius=0.045),
        *pair(box(0.1, 0.045, 0.09, (0.57, 0.31, 0.02), slot="second", radius=0.04, rotation=(0, 0, 24))),
    )


@kind("empty-wallet", "empty wallet and a moth", "空钱包", (1.35, 1.2, 0.8), default_material="satin", max_yaw=30.0)
def empty_wallet(rng: Rng) -> Parts:
    leaf = (box(0.36, 0.27, 0.035, (0, 0.27, 0), radius=0.03), box(0.33, 0.2, 0.02, (0, 0.22, -0.035), slot="second"))
    wings = tuple(
        solid(Shape.LEAF, (0.075, 0.13, 0.012), (side * 0.1, y, 0), rotation=(0, 0, -side * lean), slot="paper")
        for side in (-1, 1)
        for y, lean in ((0.05, 52), (-0.05, 112))
    )
    moth = (pill(0.03, 0.07, slot="dark"), ball(0.04, (0, 0.11, 0), slot="dark"), *wings)
    return (
        *placed(leaf, (-0.3, 0, 0), 1.0, (0, -28, 0)),
        *placed(leaf, (0.3, 0, 0), 1.0, (0, 28, 0)),
        box(0.06, 0.05, 0.02, (0.02, 0.3, 0.12), slot="metal"),
        *placed(moth, (0.16, 0.92, -0.06), 1.0, (10, 0, -24 + between(rng, -12, 12))),
    )


@kind("still-life", "still life of vases", "静物花瓶", (1.5, 1.15, 0.8), default_material="ceramic", max_yaw=30.0)
def still_life(rng: Rng) -> Parts:
    tall = between(rng, 0.26, 0.32)
    return (
        egg(0.2, 0.26, 0.2, (-0.42, 0.26, 0.1)),
        cone(0.09, tall / 2, 0.06, (-0.42, 0.5 + tall / 2, 0.1), radius=0.02),
        ring(0.07, 0.025, (-0.42, 0.5 + tall, 0.1)),
        disc(0.15, 0.3, (0.0, 0.3, 0.16), slot="second", radius=0.05),
        cone(0.12, 0.1, 0.05, (0.0, 0.68, 0.16), slot="second"),
        pill(0.05, 0.1, (0.0, 0.84, 0.16), slot="second"),
        egg(0.22, 0.2, 0.22, (0.42, 0.2, 0.04), slot="paper", material="ceramic"),
        disc(0.12, 0.06, (0.42, 0.42, 0.04), slot="paper", material="ceramic"),
        arc(0.12, 0.028, 220, (0.61, 0.24, 0.04), slot="paper", material="ceramic", rotation=(0, 0, -90)),
        ball(0.11, (0.16, 0.11, -0.22), slot="accent", material="matte"),
        box(0.11, 0.11, 0.1, (-0.14, 0.11, -0.2), slot="accent", material="matte"),
    )


@kind("fine-rings", "fine golden rings", "金线圆环", (1.35, 1.3, 0.8), default_material="metal", max_yaw=30.0)
def fine_rings(rng: Rng) -> Parts:
    lean = between(rng, -8, 8)
    return (
        ring(0.56, 0.016, (0, 0.6, 0), slot="metal", rotation=(90, 0, 0)),
        ring(0.47, 0.012, (0.05, 0.55, -0.02), slot="metal", rotation=(74, 0, 24 + lean)),
        ring(0.38, 0.012, (-0.06, 0.5, 0.02), slot="metal", rotation=(104, 0, -22)),
        ring(0.27, 0.01, (0.04, 0.46, 0), slot="metal", rotation=(62, 0, 8)),
        ball(0.17, (0, 0.46, 0), slot="dark", material="gloss"),
        ball(0.06, (0.4, 0.99, -0.02), slot="metal"),
        ball(0.035, (-0.42, 0.3, -0.06), slot="metal"),
        disc(0.2, 0.035, (0, 0.04, 0), slot="dark", material="gloss"),
        pill(0.014, 0.14, (0, 0.2, 0), slot="metal"),
    )


@kind("glow-orbs", "glowing orbs", "弥散光球", (1.4, 1.15, 1.05), floats=True, default_material="glow", max_yaw=180.0)
def glow_orbs(rng: Rng) -> Parts:
    x = between(rng, -0.05, 0.05)
    return (
        ball(0.4, (-0.2, 0.42, 0.08)),
        ball(0.27, (0.34 + x, 0.72, 0.0), slot="second", material="glow"),
        ball(0.19, (0.32, 0.24, -0.2), slot="accent", material="glow"),
        ball(0.07, (-0.52, 0.92, -0.1), slot="paper", material="glow"),
    )


@kind("liquid-metal", "liquid metal", "液态金属", (1.4, 1.25, 0.9), floats=True, default_material="metal", max_yaw=60.0)
def liquid_metal(rng: Rng) -> Parts:
    spots = (
        (-0.3, 0.36, 0.0, 0.3),
        (0.12, 0.3, -0.06, 0.26),
        (0.38, 0.46, 0.04, 0.2),
        (0.05, 0.66, 0.04, 0.24),
        (-0.28, 0.8, 0.0, 0.17),
    )
    body = [
        ball(r + between(rng, -0.015, 0.015), (x, y, z), blend=0.14 if i else 0.0)
        for i, (x, y, z, r) in enumerate(spots)
    ]
    return (*body, ball(0.1, (0.5, 0.88, -0.06)), ball(0.06, (0.14, 1.06, -0.04)), ball(0.05, (0.6, 0.2, -0.1)))


@kind("noodle-bowl", "bowl of glass noodles", "粉丝碗", (1.15, 1.1, 1.1), default_material="ceramic", max_yaw=40.0)
def noodle_bowl(rng: Rng) -> Parts:
    turn = between(rng, 0, 60)
    swirls = (
        ring(
            0.28 - 0.07 * i,
            0.036,
            (0.02 * i, 0.52 + 0.045 * i, -0.02 * i),
            slot="paper",
            material="gloss",
            rotation=(6 * i, 0, 5),
        )
        for i in range(4)
    )
    crumbs = (ball(0.036, (x, 0.62, y), slot="accent", material="matte") for x, y, _ in around(7, 0.2, turn))
    sticks = (pill(0.02, 0.42, (0.16 + 0.07 * i, 0.7, -0.1), slot="second", rotation=(-52, 0, -34)) for i in range(2))
    leaf = solid(Shape.LEAF, (0.05, 0.11, 0.015), (-0.08, 0.72, -0.08), rotation=(60, 0, 40), slot="main")
    return (
        *soup_bowl(),
        *swirls,
        *crumbs,
        ball(0.05, (0.03, 0.72, -0.02), slot="accent", material="matte"),
        *sticks,
        leaf,
    )


@kind("cold-dish", "plate of sliced beef", "凉菜拼盘", (1.3, 0.75, 1.25), default_material="satin", max_yaw=60.0)
def cold_dish(rng: Rng) -> Parts:
    turn = between(rng, 0, 40)
    slices: list[Part] = []
    for i in range(9):
        slices += placed(
            (box(0.15, 0.018, 0.1, (0.27, 0, 0), rotation=(0, 0, 34), radius=0.017),),
            (0, 0.24, 0),
            1.0,
            (0, turn + 40 * i, 0),
        )
    nuts = (
        egg(0.045, 0.03, 0.03, (x, 0.17, z), slot="paper", material="satin") for x, z, _ in around(6, 0.44, turn + 20)
    )
    return (
        solid(Shape.BOWL, (0.58, 0.14, 0.03), slot="paper", material="ceramic"),
        ring(0.57, 0.02, (0, 0.14, 0), slot="second"),
        disc(0.34, 0.03, (0, 0.1, 0), slot="accent", material="gloss"),
        *slices,
        cone(0.12, 0.08, 0.05, (0, 0.28, 0), slot="accent", material="matte"),
        *nuts,
        *(
            solid(Shape.LEAF, (0.05, 0.1, 0.012), (0.03 * i, 0.4, -0.03), rotation=(30, 0, 34 * i), slot="second")
            for i in (-1, 1)
        ),
    )


@kind("rhino", "rhino", "犀牛", (1.6, 1.0, 0.75), default_material="matte", max_yaw=40.0)
def rhino(rng: Rng) -> Parts:
    step = between(rng, -0.03, 0.03)
    return (
        egg(0.48, 0.28, 0.3, (-0.14, 0.5, 0)),
        egg(0.26, 0.25, 0.25, (0.24, 0.52, 0), blend=0.08),
        egg(0.22, 0.16, 0.17, (0.5, 0.48, 0), blend=0.06),
        cone(0.07, 0.14, 0.012, (0.66, 0.67, 0), rotation=(0, 0, -14), slot="paper", material="satin"),
        cone(0.045, 0.07, 0.01, (0.5, 0.67, 0), rotation=(0, 0, -6), slot="paper", material="satin"),
        *(egg(0.035, 0.08, 0.05, (0.3, 0.8, z), rotation=(0, 0, 10)) for z in (-0.12, 0.12)),
        *(ball(0.03, (0.5, 0.58, z), slot="dark", material="gloss") for z in (-0.145, 0.145)),
        *(
            cone(0.1, 0.15, 0.12, (x, 0.15, z))
            for x, z in ((0.2 + step, -0.15), (0.2, 0.15), (-0.42, -0.15), (-0.42 - step, 0.15))
        ),
        line(smooth(((-0.6, 0.56), (-0.68, 0.44), (-0.68, 0.32)), 3), 0.025),
    )


@kind("ship", "calm ship with a deep keel", "帆船", (1.45, 1.45, 0.6), default_material="satin", max_yaw=30.0)
def ship(rng: Rng) -> Parts:
    hull = ((-0.6, 0.5), (0.62, 0.5), (0.44, 0.28), (-0.44, 0.28))
    sail = smooth(((0.03, 1.26), (0.3, 0.9), (0.44, 0.62), (0.03, 0.6)), 2)
    jib = ((-0.05, 1.16), (-0.05, 0.62), (-0.42 - between(rng, 0, 0.04), 0.62))
    flag: Slot = "accent"
    return (
        plate(hull, 0.2, (0, 0, 0), radius=0.06),
        box(0.55, 0.022, 0.205, (0, 0.46, 0), slot="metal", radius=0.015),
        plate(((-0.16, 0.3), (0.16, 0.3), (0.09, 0.06), (-0.09, 0.06)), 0.05, slot="dark"),
        box(0.2, 0.045, 0.1, (0, 0.05, 0), slot="dark", radius=0.04),
        pill(0.022, 0.4, (0, 0.9, 0), slot="second"),
        plate(sail, 0.03, (0, 0, 0), slot="paper", radius=0.015),
        plate(jib, 0.03, (0, 0, 0), slot="second", radius=0.015),
        plate(((0.02, 1.32), (0.2, 1.27), (0.02, 1.22)), 0.012, slot=flag, radius=0.006),
        *(face_disc(0.05, 0.02, (x, 0.4, -0.2), slot="paper") for x in (-0.22, 0.0, 0.22)),
    )


KINDS = (
    armchair, sweater, empty_wallet, still_life, fine_rings, glow_orbs, liquid_metal, noodle_bowl, cold_dish, rhino, ship,
)  # fmt: skip
