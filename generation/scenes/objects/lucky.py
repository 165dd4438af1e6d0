"""Signs of luck."""

from __future__ import annotations

import math

from generation.scenes.objects.festive import tassel
from generation.scenes.objects.money import struck, sycee
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
    pair,
    pill,
    placed,
    plate,
    ring,
    rounded,
    slab,
    smooth,
    solid,
)
from generation.scenes.primitives import Part, Point, Shape


@kind(
    "chinese-knot",
    "Chinese knot",
    "中国结",
    (0.75, 1.55, 0.2),
    stands=False,
    floats=True,
    default_material="satin",
    max_yaw=30.0,
)
def chinese_knot(rng: Rng) -> Parts:
    weave: list[Part] = []
    for i in range(4):
        offset = -0.165 + 0.11 * i
        weave.append(pill(0.05, 0.22, (offset, 0, 0.02), rotation=(0, 0, 0)))
        weave.append(bar(0.05, 0.22, (0, offset, -0.03)))
    loops = [arc(0.055, 0.042, 190, (-0.11 + 0.22 * i, 0.25, 0.0)) for i in range(2)]
    rim = [part for side in range(4) for part in placed(tuple(loops), rotation=(0, 0, 90.0 * side))]
    ear = arc(0.1, 0.042, 300, (0.3, 0.3, 0), rotation=(0, 0, -45))
    other = arc(0.1, 0.042, 300, (-0.3, -0.3, 0), rotation=(0, 0, 135))
    knot = placed((*weave, *rim, ear, other), (0, 0.85, 0), 1.0, (0, 0, 45))
    return (
        *knot,
        pill(0.02, 0.06, (0, 1.3, 0)),
        face_ring(0.05, 0.016, (0, 1.4, 0), slot="metal"),
        *tassel((0, 0.42, 0), between(rng, 0.28, 0.32), "main"),
    )


@kind(
    "folding-fan",
    "folding fan",
    "折扇",
    (1.3, 0.75, 0.2),
    moved=(0.0, -0.08, 0.0),
    floats=True,
    default_material="satin",
    max_yaw=28.0,
)
def folding_fan(rng: Rng) -> Parts:
    count, sweep = int(rng.integers(9, 13)), 150.0
    step = sweep / count
    folds: list[Part] = []
    for i in range(count):
        turn = sweep / 2 - step * (i + 0.5)
        fold = solid(
            Shape.RING_SEGMENT,
            (0.64, 0.3, 0.014),
            slot="main",
            detail=step + 1.5,
            rotation=(0, 14 if i % 2 else -14, 0),
            radius=0.006,
        )
        stick = pill(0.014, 0.13, (0, 0.18, 0), slot="metal")
        folds += placed((fold, stick), (0, 0.14, 0), 1.0, (0, 0, turn))
    guards = tuple(
        part
        for turn in (-sweep / 2, sweep / 2)
        for part in placed((pill(0.022, 0.29, (0, 0.32, -0.02), slot="metal"),), (0, 0.14, 0), 1.0, (0, 0, turn))
    )
    band = solid(Shape.RING_SEGMENT, (0.655, 0.6, 0.02), (0, 0.14, 0), slot="second", detail=sweep, radius=0.006)
    flower = tuple(egg(0.05, 0.05, 0.02, (x, 0.62 + y, -0.035), slot="second") for x, y, _ in around(5, 0.062, 90))
    return (
        *folds,
        *guards,
        band,
        *flower,
        ball(0.026, (0, 0.62, -0.05), slot="metal"),
        face_disc(0.045, 0.05, (0, 0.14, 0), slot="metal"),
    )


def spiral(turns: float, r: float, steps: int = 18) -> tuple[Point, ...]:
    """An inward spiral from (0, -r) at its rim."""
    found = []
    for i in range(steps + 1):
        t = i / steps
        angle, reach = -math.pi / 2 - turns * math.tau * t, r * (1 - 0.82 * t)
        found.append((reach * math.cos(angle), reach * math.sin(angle)))
    return tuple(found)


@kind(
    "auspicious-cloud",
    "auspicious cloud",
    "祥云",
    (1.25, 0.85, 0.3),
    moved=(-0.08, 0, 0),
    stands=False,
    floats=True,
    default_material="satin",
    max_yaw=28.0,
)
def auspicious_cloud(rng: Rng) -> Parts:
    lobes = ((-0.3, 0.3, 0.23), (0.02, 0.5, 0.28), (0.33, 0.28, 0.2))
    curls = tuple(line(spiral(1.35, r * 0.76), 0.021, 0, (x, y, -0.1), slot="second") for x, y, r in lobes)
    edges = tuple(face_ring(r - 0.012, 0.018, (x, y, -0.085), slot="second") for x, y, r in lobes)
    tail = line(smooth(((0.4, 0.12), (0.55, 0.09), (0.65, 0.16)), 3), 0.05, 0.09)
    return (
        *(face_disc(r, 0.1, (x, y, 0), radius=0.06) for x, y, r in lobes),
        bar(0.085, between(rng, 0.36, 0.42), (0.0, 0.12, 0)),
        tail,
        bar(0.016, 0.34, (-0.02, 0.1, -0.085), slot="second"),
        *edges,
        *curls,
    )


@kind("treasure-bowl", "bowl of treasure", "聚宝盆", (1.15, 1, 1.15), default_material="gloss", max_yaw=45.0)
def treasure_bowl(rng: Rng) -> Parts:
    ingots = (
        *placed(sycee(), (-0.2, 0.52, -0.1), 0.36, (0, -15, 8)),
        *placed(sycee(), (0.22, 0.5, -0.14), 0.36, (0, 20, -8)),
        *placed(sycee(), (0.0, 0.68, -0.02), 0.42, (0, between(rng, -15, 15), 0)),
    )
    coins = (
        *placed(struck(rng, "metal", "metal")[:2], (-0.3, 0.66, 0.14), 0.3, (-14, 10, 20)),
        *placed(struck(rng, "metal", "metal")[:2], (0.3, 0.68, 0.1), 0.32, (-14, -10, -24)),
    )
    return (
        disc(0.26, 0.06, (0, 0.06, 0), slot="main"),
        solid(Shape.BOWL, (0.52, 0.5, 0.03), (0, 0.06, 0)),
        ring(0.51, 0.045, (0, 0.55, 0), slot="metal"),
        disc(0.46, 0.02, (0, 0.46, 0), slot="metal"),
        *(ball(0.04, (x, 0.4, z), slot="metal") for x, z, _ in around(9, 0.475)),
        *ingots,
        *coins,
    )


@kind("money-tree", "tree with coin leaves", "摇钱树", (1.1, 1.35, 0.7), default_material="satin", max_yaw=30.0)
def money_tree(rng: Rng) -> Parts:
    boughs = tuple(
        line(smooth(((0, y0), (x * 0.5, y0 + 0.12), (x, y)), 3), 0.03, slot="main")
        for y0, x, y in ((0.35, -0.36, 0.72), (0.35, 0.36, 0.7), (0.5, -0.2, 1.0), (0.5, 0.22, 1.0))
    )
    spots = (
        (-0.4, 0.78, -0.05),
        (0.4, 0.76, -0.05),
        (-0.2, 1.08, 0.0),
        (0.24, 1.06, 0.0),
        (0.0, 0.86, -0.14),
        (-0.16, 0.6, -0.12),
        (0.19, 0.58, -0.12),
        (0.02, 1.14, 0.06),
    )
    coins = tuple(
        part
        for x, y, z in spots
        for part in placed(
            (
                face_disc(0.13, 0.03, slot="metal"),
                face_ring(0.1, 0.018, (0, 0, -0.024), slot="metal"),
                box(0.03, 0.03, 0.008, (0, 0, -0.034), slot="second"),
            ),
            (x, y, z),
            1.0,
            (0, between(rng, -20, 20), 0),
        )
    )
    return (
        disc(0.3, 0.1, (0, 0.1, 0), slot="second"),
        ring(0.29, 0.03, (0, 0.2, 0), slot="metal"),
        cone(0.07, 0.42, 0.04, (0, 0.6, 0)),
        *boughs,
        *coins,
    )


_CURLS = (
    (tuple((-x, y) for x, y in spiral(1.2, 0.1, 12)), -0.18, -0.07),
    (spiral(1.2, 0.1, 12), 0.18, -0.07),
)


@kind(
    "ruyi",
    "ruyi sceptre",
    "如意",
    (1.3, 1, 0.35),
    moved=(-0.07, 0, 0),
    stands=False,
    floats=True,
    default_material="gloss",
    max_yaw=28.0,
)
def ruyi(rng: Rng) -> Parts:
    stem = smooth(((-0.44, 0.2), (-0.26, 0.1), (-0.04, 0.2), (0.16, 0.26), (0.33, 0.5)), 5)
    head = (
        face_disc(0.17, 0.075, (0, 0.1, 0), radius=0.06),
        *(face_disc(0.15, 0.075, (x, -0.06, 0), radius=0.06, blend=0.06) for x in (-0.18, 0.18)),
        *(line(turned, 0.02, 0, (x, y, -0.08), slot="second") for turned, x, y in _CURLS),
        ball(0.05, (0, 0.1, -0.075), slot="second"),
    )
    return placed(
        (
            line(stem, 0.065),
            *placed(head, (0.37, 0.62, -0.03), 1.0, (0, 0, -38)),
            *placed(head[:3], (-0.46, 0.24, -0.01), 0.46, (0, 0, 62)),
            ball(0.05, (-0.46, 0.22, -0.04), slot="second"),
            egg(0.14, 0.12, 0.09, (0.02, 0.27, -0.01)),
            face_disc(0.065, 0.03, (0.02, 0.27, -0.085), slot="second"),
        ),
        (0.04, 0.06, 0),
        1.0,
        (0, 0, between(rng, -5, 5)),
    )


@kind(
    "official-hat",
    "god of wealth's hat",
    "财神帽",
    (1.52, 0.75, 0.75),
    floats=True,
    default_material="satin",
    max_yaw=30.0,
)
def official_hat(rng: Rng) -> Parts:
    wing = slab(0.3, 0.1, 0.03, 0.095, (0.68, 0.36, 0.16))
    trim = line(rounded(0.27, 0.07, 0.068, 4), 0.012, 0, (0.68, 0.36, 0.125), slot="metal")
    gem = ball(0.05, (0.84, 0.36, 0.12), slot="accent")
    back = smooth(((-0.3, 0.2), (-0.29, 0.56), (-0.17, 0.74), (0.0, 0.79), (0.17, 0.74), (0.29, 0.56), (0.3, 0.2)), 4)
    whole = (
        disc(0.36, 0.1, (0, 0.11, 0), radius=0.04),
        egg(0.345, 0.26, 0.32, (0, 0.22, -0.01)),
        plate(back, 0.11, (0, 0, 0.16), radius=0.09),
        line(back, 0.016, 0, (0, 0, 0.055), slot="metal"),
        ring(0.36, 0.03, (0, 0.045, 0), slot="metal"),
        ring(0.358, 0.022, (0, 0.2, 0), slot="metal"),
        bar(0.024, 0.1, (0.36, 0.36, 0.16), slot="metal"),
        bar(0.024, 0.1, (-0.36, 0.36, 0.16), slot="metal"),
        *pair(wing),
        *pair(trim),
        *pair(gem),
        *placed(sycee(), (0, 0.1, -0.35), 0.3),
        face_disc(0.11, 0.03, (0, 0.56, 0.04), slot="metal"),
        ball(0.07, (0, 0.56, 0.005), slot="accent", material="gloss"),
        *(
            ball(0.03, (x, 0.12, z), slot="accent")
            for x, z in ((-0.25, -0.26), (0.25, -0.26), (-0.34, -0.12), (0.34, -0.12))
        ),
    )
    return placed(whole, (0, 0.02, 0), 0.74 + between(rng, 0, 0.02))


@kind("couplets", "blank couplets at a door", "春联", (1.4, 1.2, 0.35), default_material="paper", max_yaw=28.0)
def couplets(rng: Rng) -> Parts:
    def strip(x: float) -> Parts:
        return (
            box(0.12, 0.43, 0.014, (x, 0.52, -0.1)),
            *(box(0.085, 0.006, 0.004, (x, y, -0.116), slot="metal") for y in (0.14, 0.9)),
            *(face_disc(0.05, 0.006, (x, y, -0.116), slot="metal") for y in (0.26, 0.43, 0.6, 0.77)),
        )

    leaves = tuple(box(0.21, 0.44, 0.03, (x, 0.5, -0.02), slot="dark", material="satin") for x in (-0.215, 0.215))
    return (
        box(0.62, 0.03, 0.14, (0, 0.03, 0), slot="second", material="satin"),
        *leaves,
        *strip(-0.54),
        *strip(0.54),
        box(0.13, 0.5, 0.05, (-0.54, 0.53, -0.02), slot="paper", material="satin"),
        box(0.13, 0.5, 0.05, (0.54, 0.53, -0.02), slot="paper", material="satin"),
        box(0.4, 0.095, 0.014, (0, 1.06, -0.1)),
        *(face_disc(0.045, 0.006, (x, 1.06, -0.116), slot="metal") for x in (-0.27, -0.09, 0.09, 0.27)),
        box(0.64, 0.1, 0.06, (0, 1.07, -0.02), slot="paper", material="satin"),
        *(face_ring(0.055, 0.018, (x, 0.5, -0.07), slot="metal") for x in (-0.08, 0.08)),
        *(
            box(0.11, 0.11, 0.008, (x, 0.72, -0.055), slot="main", rotation=(0, 0, 45 + between(rng, -2, 2)))
            for x in (-0.215, 0.215)
        ),
    )


@kind(
    "papercut",
    "papercut window flower",
    "窗花",
    (1.2, 1.2, 0.15),
    stands=False,
    floats=True,
    default_material="paper",
    max_yaw=25.0,
)
def papercut(rng: Rng) -> Parts:
    petals = int(rng.choice([6, 8]))
    outer = tuple(face_disc(0.13, 0.014, (x, y, 0)) for x, y, _ in around(petals * 2, 0.44))
    leaves = tuple(
        part
        for _, _, angle in around(petals, 1.0)
        for part in placed(
            (
                solid(Shape.LEAF, (0.075, 0.15, 0.016), (0, 0.29, -0.02), radius=0.004),
                solid(Shape.HEART, (0.055, 0, 0.012), (0, 0.47, -0.025), slot="second"),
            ),
            (0, 0, 0),
            1.0,
            (0, 0, angle),
        )
    )
    flat = (
        *outer,
        face_ring(0.41, 0.035, (0, 0, -0.005)),
        *leaves,
        solid(Shape.RING_SEGMENT, (0.17, 0.09, 0.018), (0, 0, -0.01), detail=360),
        solid(Shape.STAR, (0.12, 0.05, 0.02), (0, 0, -0.02), slot="second", detail=float(petals)),
    )
    return placed(flat, (0, 0.59, 0))


KINDS = (
    chinese_knot, folding_fan, auspicious_cloud, treasure_bowl, money_tree, ruyi, official_hat, couplets, papercut, )  # fmt: skip
