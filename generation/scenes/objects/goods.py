"""What is sold and carried: bottles, cups, bags, machines."""

from __future__ import annotations

from generation.scenes.objects.parts import (
    Parts,
    Rng,
    arc,
    around,
    ball,
    bar,
    between,
    box,
    cone,
    disc,
    egg,
    face_disc,
    face_ring,
    kind,
    line,
    pill,
    placed,
    ring,
    slab,
    smooth,
    solid,
)
from generation.scenes.primitives import Shape


@kind(
    "perfume-bottle",
    "perfume bottle",
    "香水瓶",
    (0.75, 1.15, 0.45),
    floats=True,
    default_material="gloss",
    max_yaw=35.0,
)
def perfume_bottle(rng: Rng) -> Parts:
    round_one = bool(rng.integers(2))
    body = face_disc(0.34, 0.17, (0, 0.37, 0), radius=0.08) if round_one else slab(0.32, 0.37, 0.18, 0.08, (0, 0.38, 0))
    return (
        body,
        disc(0.11, 0.05, (0, 0.77, 0), slot="metal"),
        disc(0.14, 0.13, (0, 0.95, 0), slot="second", radius=0.04),
        disc(0.145, 0.02, (0, 0.84, 0), slot="metal"),
        slab(0.17, 0.12, 0.02, 0.02, (0, 0.37, -0.17), slot="paper"),
        bar(0.014, 0.08, (0, 0.4, -0.19), slot="metal"),
        bar(0.01, 0.05, (0, 0.34, -0.19), slot="metal"),
        box(0.16, 0.03, 0.1, (0, 0.03, 0), slot="metal"),
    )


@kind(
    "bottle",
    "pump bottle",
    "按压瓶",
    (0.7, 1.15, 0.7),
    moved=(0, -0.02, 0),
    floats=True,
    default_material="satin",
    max_yaw=35.0,
)
def bottle(rng: Rng) -> Parts:
    r = between(rng, 0.25, 0.29)
    return (
        disc(r, 0.38, (0, 0.39, 0), radius=0.07),
        disc(r + 0.004, 0.17, (0, 0.38, 0), slot="paper", radius=0.01),
        bar(0.02, 0.09, (0, 0.43, -r - 0.005), slot="metal"),
        bar(0.014, 0.055, (0, 0.35, -r - 0.005), slot="metal"),
        disc(0.13, 0.06, (0, 0.82, 0), slot="metal"),
        disc(0.05, 0.09, (0, 0.95, 0), slot="second"),
        disc(0.11, 0.05, (0, 1.07, 0), slot="second", radius=0.03),
        line(((0, 1.08), (-0.2, 1.08), (-0.27, 1.02)), 0.04, slot="second"),
    )


@kind("cosmetic-jar", "cream jar", "面霜罐", (0.95, 0.75, 0.95), floats=True, default_material="gloss", max_yaw=35.0)
def cosmetic_jar(rng: Rng) -> Parts:
    return (
        disc(0.42, 0.22, (0, 0.22, 0), radius=0.09),
        disc(0.38, 0.03, (0, 0.45, 0), slot="paper"),
        disc(0.43, between(rng, 0.09, 0.12), (0, 0.57, 0), slot="second", radius=0.04),
        ring(0.425, 0.016, (0, 0.48, 0), slot="metal"),
        bar(0.018, 0.1, (0, 0.26, -0.42), slot="metal"),
        bar(0.013, 0.06, (0, 0.19, -0.42), slot="metal"),
    )


@kind(
    "lipstick",
    "lipstick",
    "口红",
    (0.85, 1.15, 0.7),
    moved=(-0.1, 0, 0),
    floats=True,
    default_material="gloss",
    max_yaw=60.0,
)
def lipstick(rng: Rng) -> Parts:
    return (
        disc(0.17, 0.25, (-0.12, 0.25, 0), slot="second", radius=0.03),
        disc(0.145, 0.13, (-0.12, 0.6, 0), slot="metal", radius=0.015),
        disc(0.172, 0.02, (-0.12, 0.48, 0), slot="metal"),
        pill(0.115, 0.16, (-0.12, 0.84, 0)),
        solid(Shape.ELLIPSOID, (0.1, 0.17, 0.05), (-0.12, 0.96, -0.05), rotation=(-22, 0, 0), blend=0.03),
        *placed(
            (disc(0.175, 0.22, (0, 0, 0), slot="second", radius=0.03), disc(0.178, 0.02, (0, -0.17, 0), slot="metal")),
            (0.24, 0.18, -0.05),
            1.0,
            (90, between(rng, -35, -20), 0),
        ),
    )


@kind("cup", "coffee cup", "咖啡杯", (1.1, 1.1, 1), default_material="gloss", max_yaw=35.0)
def cup(rng: Rng) -> Parts:
    wisp = smooth(((0, 0), (0.05, 0.08), (-0.03, 0.17), (0.03, 0.27)), 4)
    steam = tuple(
        line(wisp, 0.018, 0, (x, 0.68 + dy, 0), slot="paper")
        for x, dy in ((-0.13, 0.03), (0.02, 0.08 + between(rng, 0, 0.03)), (0.16, 0.02))
    )
    return (
        disc(0.47, 0.025, (0, 0.03, 0), slot="second"),
        ring(0.44, 0.025, (0, 0.055, 0), slot="second"),
        solid(Shape.BOWL, (0.33, 0.5, 0.025), (0, 0.07, 0)),
        ring(0.325, 0.028, (0, 0.57, 0)),
        disc(0.29, 0.01, (0, 0.52, 0), slot="dark", material="gloss"),
        line(smooth(((0.3, 0.5), (0.46, 0.52), (0.49, 0.34), (0.26, 0.22)), 4), 0.035),
        *steam,
    )


@kind("candle", "candle in a glass", "香薰蜡烛", (0.7, 0.95, 0.75), default_material="satin", max_yaw=35.0)
def candle(rng: Rng) -> Parts:
    return (
        disc(0.32, between(rng, 0.26, 0.3), (0, 0.3, 0), radius=0.04),
        disc(0.324, 0.1, (0, 0.28, 0), slot="paper", radius=0.01),
        bar(0.018, 0.09, (0, 0.29, -0.325), slot="metal"),
        disc(0.28, 0.03, (0, 0.57, 0), slot="paper", material="satin"),
        pill(0.012, 0.04, (0, 0.63, 0), slot="dark"),
        solid(Shape.DROP, (0.065, 0.12, 0), (0, 0.77, 0), slot="glow"),
    )


@kind("vase", "vase with blossoms", "花瓶", (0.75, 1.3, 0.65), default_material="gloss", max_yaw=40.0)
def vase(rng: Rng) -> Parts:
    twig = line(smooth(((0, 0.6), (-0.08, 0.85), (-0.2, 1.16)), 3), 0.016, slot="dark")
    other = line(smooth(((0, 0.6), (0.1, 0.85), (0.24, 1.04)), 3), 0.014, slot="dark")
    spots = ((-0.2, 1.16), (-0.1, 0.92), (0.24, 1.05), (0.11, 0.88))
    buds = tuple(part for x, y in spots for part in placed(_bloom(), (x, y, -0.03), between(rng, 0.15, 0.2)))
    return (
        egg(0.29, 0.28, 0.29, (0, 0.29, 0)),
        cone(0.2, 0.12, 0.09, (0, 0.56, 0), blend=0.08),
        ring(0.1, 0.03, (0, 0.68, 0), slot="metal"),
        ring(0.285, 0.016, (0, 0.34, 0), slot="metal"),
        disc(0.15, 0.02, (0, 0.02, 0), slot="metal"),
        twig,
        other,
        *buds,
    )


def _bloom() -> Parts:
    return (
        *(egg(0.3, 0.3, 0.14, (x, y, 0), slot="second") for x, y, _ in around(5, 0.3, 90)),
        ball(0.16, (0, 0, -0.12), slot="accent"),
    )


@kind("laptop", "laptop", "笔记本电脑", (1.15, 0.8, 0.95), default_material="satin", max_yaw=35.0)
def laptop(rng: Rng) -> Parts:
    window = (
        slab(0.54, 0.36, 0.025, 0.04, (0, 0.36, 0), slot="dark", material="gloss"),
        box(0.5, 0.31, 0.008, (0, 0.37, -0.024), slot="paper", material="satin"),
        box(0.5, 0.04, 0.008, (0, 0.64, -0.03), slot="main"),
        *(ball(0.014, (-0.45 + 0.05 * i, 0.64, -0.042), slot="paper") for i in range(3)),
        slab(0.2, 0.16, 0.012, 0.03, (-0.24, 0.4, -0.034), slot="main"),
        solid(Shape.HEART, (0.08, 0, 0.015), (-0.24, 0.4, -0.05), slot="second"),
        bar(0.02, 0.1, (0.22, 0.51, -0.034), slot="dark"),
        bar(0.016, between(rng, 0.1, 0.15), (0.22, 0.42, -0.034), slot="second"),
        slab(0.12, 0.045, 0.014, 0.04, (0.2, 0.3, -0.036), slot="accent"),
    )
    keys = tuple(box(0.46, 0.006, 0.03, (0, 0.06, -0.02 - 0.09 * i), slot="dark", radius=0.004) for i in range(3))
    return (
        box(0.56, 0.028, 0.36, (0, 0.03, -0.1), slot="second", radius=0.022),
        *keys,
        box(0.14, 0.005, 0.07, (0, 0.06, -0.36), slot="paper", radius=0.003),
        *placed(window, (0, 0.05, 0.24), 1.0, (14, 0, 0)),
    )


@kind(
    "backpack",
    "backpack",
    "书包",
    (1, 1.1, 0.7),
    moved=(0, -0.03, 0),
    floats=True,
    default_material="satin",
    max_yaw=35.0,
)
def backpack(rng: Rng) -> Parts:
    return (
        slab(0.38, 0.46, 0.2, 0.2, (0, 0.48, 0.02)),
        line(smooth(((-0.1, 0.92), (-0.08, 1.04), (0.08, 1.04), (0.1, 0.92)), 3), 0.035, slot="second"),
        slab(0.36, 0.16, 0.06, 0.12, (0, 0.74, -0.17), slot="main"),
        line(((-0.32, 0.6), (0.32, 0.6)), 0.014, 0, (0, 0, -0.22), slot="metal"),
        slab(0.29, 0.2, 0.09, 0.1, (0, 0.26, -0.2), slot="second"),
        line(((-0.2, 0.38), (0.2, 0.38)), 0.014, 0, (0, 0, -0.29), slot="metal"),
        box(0.03, 0.07, 0.02, (0.13, 0.34, -0.3), slot="metal"),
        *(pill(0.07, 0.14, (x, 0.3, 0.02), slot="second") for x in (-0.4, 0.4)),
        solid(
            Shape.STAR,
            (0.09, 0.045, 0.02),
            (0, 0.22, -0.295),
            slot="paper",
            detail=5,
            radius=0.012,
            rotation=(0, 0, between(rng, -15, 15)),
        ),
    )


@kind("pencil", "pencil", "铅笔", (0.9, 1.2, 0.3), floats=True, stands=False, default_material="satin", max_yaw=30.0)
def pencil(rng: Rng) -> Parts:
    whole = (
        disc(0.11, 0.3, (0, 0.1, 0), radius=0.02),
        disc(0.112, 0.05, (0, 0.44, 0), slot="metal"),
        disc(0.1, 0.07, (0, 0.53, 0), slot="accent", radius=0.05),
        cone(0.035, 0.12, 0.11, (0, -0.31, 0), slot="paper", radius=0.0),
        cone(0.004, 0.055, 0.037, (0, -0.485, 0), slot="dark", radius=0.0),
    )
    return placed(whole, (0, 0.58, 0), 1.0, (0, 0, between(rng, -36, -26)))


@kind("suitcase", "suitcase", "行李箱", (0.8, 1.3, 0.5), floats=True, default_material="satin", max_yaw=35.0)
def suitcase(rng: Rng) -> Parts:
    ribs = tuple(slab(0.035, 0.36, 0.02, 0.03, (x, 0.52, -0.19), slot="main") for x in (-0.24, -0.12, 0.0, 0.12, 0.24))
    return (
        slab(0.38, 0.42, 0.18, 0.1, (0, 0.52, 0)),
        *ribs,
        box(0.385, 0.435, 0.012, (0, 0.52, 0), slot="metal"),
        line(smooth(((-0.15, 0.9), (-0.15, 1.2), (0.15, 1.2), (0.15, 0.9)), 2), 0.028, slot="metal"),
        bar(0.04, 0.13, (0, 1.21, 0), slot="second"),
        *(face_disc(0.06, 0.035, (x, 0.06, z), slot="dark") for x in (-0.26, 0.26) for z in (-0.11, 0.11)),
        slab(0.1, 0.07, 0.02, 0.02, (0.17, between(rng, 0.3, 0.4), -0.21), slot="second"),
    )


@kind("washing-machine", "washing machine", "洗衣机", (0.9, 1.15, 0.95), default_material="gloss", max_yaw=35.0)
def washing_machine(rng: Rng) -> Parts:
    return (
        box(0.43, 0.53, 0.38, (0, 0.55, 0), slot="paper", material="gloss", radius=0.05),
        box(0.4, 0.1, 0.02, (0, 0.92, -0.38), radius=0.015),
        face_disc(0.07, 0.035, (-0.25, 0.92, -0.4), slot="metal"),
        box(0.1, 0.045, 0.01, (0.02, 0.92, -0.402), slot="dark"),
        *(face_disc(0.025, 0.015, (0.2 + 0.08 * i, 0.92, -0.4), slot="paper") for i in range(2)),
        face_ring(0.26, 0.05, (0, 0.46, -0.39), slot="metal"),
        face_disc(0.25, 0.03, (0, 0.46, -0.38), slot="dark", material="gloss"),
        arc(0.18, 0.015, between(rng, 55, 75), (0, 0.46, -0.42), slot="paper", rotation=(0, 0, 40)),
        *(disc(0.05, 0.025, (x, 0.025, z), slot="dark") for x in (-0.3, 0.3) for z in (-0.25, 0.25)),
    )


@kind("headphones", "headphones", "头戴耳机", (1.15, 1.05, 0.5), floats=True, default_material="satin", max_yaw=40.0)
def headphones(rng: Rng) -> Parts:
    shell = (
        *placed(
            (
                disc(0.22, 0.09, slot="main", radius=0.07),
                disc(0.2, 0.05, (0, -0.1, 0), slot="dark", radius=0.04),
                disc(0.12, 0.02, (0, 0.095, 0), slot="metal"),
            ),
            rotation=(0, 0, -90),
        ),
    )
    other = placed(shell, rotation=(0, 180, 0))
    spread = between(rng, 0.4, 0.42)
    whole = (
        arc(0.43, 0.05, 190, (0, 0.62, 0), slot="second"),
        arc(0.4, 0.045, 110, (0, 0.62, 0), slot="dark"),
        *placed(shell, (spread, 0.36, 0), 1.0, (0, -12, 6)),
        *placed(other, (-spread, 0.36, 0), 1.0, (0, 12, -6)),
        *(pill(0.035, 0.08, (x, 0.5, 0), slot="metal") for x in (-0.435, 0.435)),
    )
    return placed(whole, (0, -0.12, 0))


KINDS = (
    perfume_bottle, bottle, cosmetic_jar, lipstick, cup, candle, vase, laptop, backpack, pencil, suitcase,
    washing_machine, headphones, )  # fmt: skip
