"""Plants: leaves, flowers, trees."""

from __future__ import annotations

import math

from generation.scenes.objects.gifts import bow
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
    ring,
    smooth,
    solid,
)
from generation.scenes.primitives import Part, Shape, Slot


def leaf_part(
    at: tuple[float, float, float], length: float, lean: float, slot: Slot = "main", wide: float = 0.42
) -> Part:
    """A leaf whose stalk end is at `at`, leaning `lean` degrees to the left of upright."""
    x, y, z = at
    t = math.radians(lean)
    centre = (x - math.sin(t) * length / 2, y + math.cos(t) * length / 2, z)
    return solid(
        Shape.LEAF,
        (length * wide / 2, length / 2, 0.016),
        centre,
        slot=slot,
        detail=-0.03,
        radius=0.01,
        rotation=(0, 0, lean),
    )


def fan_out(length: float, lean: float, wide: float, slot: Slot = "main") -> Parts:
    """A petal or leaf from the origin that leans towards the viewer, its face outwards."""
    return placed((leaf_part((0, 0, 0), length, 0, slot, wide),), (0, 0, 0), 1.0, (-lean, 0, 0))


@kind("leaf", "leaf", "叶子", (1.05, 1.15, 0.2), stands=False, floats=True, default_material="satin", max_yaw=40.0)
def leaf(rng: Rng) -> Parts:
    veins = tuple(
        line(((0, y), (side * 0.16, y + 0.14)), 0.009, 0, (0, 0.5, -0.075), slot="second")
        for y in (-0.22, -0.04, 0.14)
        for side in (-1, 1)
    )
    whole = (
        solid(Shape.LEAF, (0.29, 0.5, 0.025), (0, 0.56, 0), detail=-0.05, radius=0.015),
        line(((0, -0.54), (0, 0.36)), 0.016, 0, (0, 0.54, -0.07), slot="second"),
        *veins,
    )
    return placed(whole, (0, 0.02, 0), 1.0, (0, 0, between(rng, -22, 22)))


@kind("petal", "petals", "花瓣", (0.95, 0.75, 0.4), stands=False, floats=True, default_material="satin", max_yaw=60.0)
def petal(rng: Rng) -> Parts:
    slots: tuple[Slot, ...] = ("main", "second", "main")
    spots = ((-0.2, 0.28, 0.05, 0.5), (0.22, 0.48, -0.05, 0.42), (0.05, 0.15, -0.1, 0.3))
    return tuple(
        solid(
            Shape.LEAF,
            (size * 0.32, size * 0.5, 0.018),
            (x, y, z),
            detail=0.06,
            radius=0.012,
            rotation=(between(rng, -30, 30), 0, between(rng, -80, 80)),
            slot=slot,
        )
        for (x, y, z, size), slot in zip(spots, slots, strict=True)
    )


@kind("sprout", "sprout", "嫩芽", (1.0, 1.0, 0.85), default_material="satin", max_yaw=30.0)
def sprout(rng: Rng) -> Parts:
    tall = between(rng, 0.3, 0.38)
    blade = solid(
        Shape.LEAF,
        (0.16, 0.29, 0.024),
        (0.215, 0.13 + tall + 0.13, 0),
        detail=-0.05,
        rotation=(12, 0, -54),
        radius=0.015,
    )
    bud = solid(
        Shape.LEAF, (0.05, 0.13, 0.02), (0, 0.13 + tall + 0.13, -0.01), detail=-0.02, rotation=(-8, 0, 6), radius=0.012
    )
    return (
        solid(Shape.DOME, (0.3, 0.13, 0.04), slot="dark", material="clay"),
        *(
            ball(0.045, (x, 0.035, z), slot="dark", material="clay")
            for x, z in ((-0.3, -0.08), (0.27, -0.14), (0.1, 0.29))
        ),
        pill(0.03, tall / 2, (0, 0.12 + tall / 2, 0)),
        *pair(blade),
        bud,
    )


@kind("plant", "potted plant", "盆栽", (0.95, 1.2, 0.95), default_material="satin", max_yaw=180.0)
def plant(rng: Rng) -> Parts:
    turn = between(rng, 0, 60)
    blades: list[Part] = []
    for count, lean, length in ((4, 24, 0.6), (6, 52, 0.56)):
        for i in range(count):
            blades += placed(fan_out(length, lean, 0.46), (0, 0.46, 0), 1.0, (0, turn + lean + 360 / count * i, 0))
    return (
        cone(0.2, 0.2, 0.27, (0, 0.22, 0), slot="second"),
        disc(0.3, 0.055, (0, 0.42, 0), slot="second"),
        disc(0.26, 0.02, (0, 0.465, 0), slot="dark"),
        disc(0.24, 0.03, (0, 0.03, 0), slot="paper"),
        leaf_part((0, 0.46, 0.0), 0.7, between(rng, -6, 6), "main", 0.4),
        *blades,
    )


@kind(
    "watering-can",
    "watering can",
    "浇水壶",
    (1.4, 0.9, 0.7),
    moved=(0, -0.03, 0),
    default_material="gloss",
    max_yaw=30.0,
    floats=True,
)
def watering_can(rng: Rng) -> Parts:
    spout = line(((0.2, 0.28), (0.52, 0.66)), 0.045)
    return (
        cone(0.31, 0.27, 0.27, (-0.1, 0.3, 0)),
        ring(0.265, 0.03, (-0.1, 0.57, 0), slot="second"),
        ring(0.3, 0.025, (-0.1, 0.06, 0), slot="second"),
        spout,
        cone(0.13, 0.04, 0.05, (0.55, 0.7, 0), slot="second", rotation=(0, 0, 140)),
        line(smooth(((-0.33, 0.5), (-0.52, 0.54), (-0.56, 0.34), (-0.36, 0.16)), 4), 0.035, slot="second"),
        line(smooth(((-0.32, 0.58), (-0.25, 0.82), (0.05, 0.82), (0.12, 0.58)), 4), 0.03, slot="second"),
        *(
            solid(Shape.DROP, (0.035, 0.06, 0), (0.6 + 0.03 * i, 0.48 - 0.17 * i, 0), slot="accent")
            for i in range(int(rng.integers(1, 3)))
        ),
    )


@kind("round-tree", "round tree", "圆树", (1.05, 1.25, 0.95), default_material="clay", max_yaw=180.0)
def round_tree(rng: Rng) -> Parts:
    spots = (
        (-0.26, 0.72, 0.0, 0.2),
        (0.27, 0.7, 0.0, 0.21),
        (-0.16, 0.98, 0.05, 0.2),
        (0.18, 0.98, 0.02, 0.21),
        (0.0, 0.76, -0.24, 0.2),
        (0.02, 0.7, 0.22, 0.2),
    )
    lumps = tuple(ball(r * between(rng, 0.95, 1.06), (x, y, z), blend=0.035) for x, y, z, r in spots)
    return (
        cone(0.085, 0.26, 0.055, (0, 0.26, 0), slot="second"),
        line(((0.0, 0.3), (0.17, 0.52)), 0.032, slot="second"),
        line(((0.0, 0.26), (-0.17, 0.5)), 0.028, slot="second"),
        ball(0.3, (0, 0.82, 0)),
        *lumps,
    )


@kind("pine-tree", "pine tree", "松树", (0.9, 1.3, 0.9), default_material="clay", max_yaw=180.0)
def pine_tree(rng: Rng) -> Parts:
    tiers = ((0.44, 0.2, 0.36), (0.36, 0.19, 0.62), (0.27, 0.19, 0.88))
    return (
        disc(0.09, 0.12, (0, 0.12, 0), slot="second"),
        *(cone(a * between(rng, 0.95, 1.03), b, 0.05, (0, y, 0), radius=0.05) for a, b, y in tiers),
        cone(0.17, 0.16, 0.01, (0, 1.1, 0), radius=0.03),
    )


@kind("christmas-tree", "Christmas tree", "圣诞树", (1, 1.45, 1), default_material="satin", max_yaw=180.0)
def christmas_tree(rng: Rng) -> Parts:
    tiers = ((0.45, 0.2, 0.36), (0.36, 0.19, 0.62), (0.26, 0.19, 0.88))
    slots: tuple[Slot, ...] = ("metal", "accent", "second")
    baubles = tuple(
        ball(0.05, (x, y, z), slot=slots[i % 3], material=None if i % 3 == 0 else "gloss")
        for r, y, count, start in ((0.43, 0.22, 8, 0), (0.345, 0.49, 6, 25), (0.25, 0.76, 5, 10))
        for i, (x, z, _) in enumerate(around(count, r, start + between(rng, 0, 20)))
    )
    return (
        disc(0.09, 0.12, (0, 0.12, 0), slot="dark"),
        *(cone(a, b, 0.05, (0, y, 0), radius=0.05) for a, b, y in tiers),
        cone(0.15, 0.14, 0.01, (0, 1.08, 0), radius=0.03),
        solid(Shape.STAR, (0.15, 0.07, 0.035), (0, 1.26, 0), slot="metal", detail=5, radius=0.02),
        *baubles,
    )


def blossom(slot: Slot = "main", petals: int = 5) -> Parts:
    """A five-petalled flower of radius 0.5 facing the viewer."""
    leaves = tuple(egg(0.21, 0.21, 0.07, (x, y, 0), slot=slot) for x, y, _ in around(petals, 0.25, 90))
    stamens = tuple(ball(0.03, (x, y, -0.11), slot="metal") for x, y, _ in around(5, 0.1, 54))
    return (*leaves, ball(0.09, (0, 0, -0.05), slot="metal"), *stamens)


@kind(
    "branch",
    "plum blossom branch",
    "梅花枝",
    (1.25, 1.2, 0.3),
    floats=True,
    stands=False,
    default_material="satin",
    max_yaw=30.0,
)
def branch(rng: Rng) -> Parts:
    wood = (
        line(smooth(((-0.55, 0.08), (-0.2, 0.3), (0.1, 0.62), (0.42, 1.08)), 3), 0.035, slot="dark"),
        line(smooth(((-0.12, 0.37), (0.2, 0.42), (0.5, 0.56)), 3), 0.022, slot="dark"),
        line(smooth(((0.06, 0.57), (-0.12, 0.8), (-0.2, 1.04)), 3), 0.02, slot="dark"),
    )
    spots = ((-0.3, 0.26, 0.34), (0.14, 0.72, 0.36), (0.45, 0.56, 0.3), (-0.19, 0.98, 0.28), (0.38, 1.0, 0.24))
    flowers = tuple(
        part for x, y, size in spots for part in placed(blossom()[:6], (x, y, -0.07), size, (0, 0, between(rng, 0, 72)))
    )
    buds = tuple(ball(0.045, at) for at in ((0.3, 0.42, -0.03), (-0.07, 0.72, -0.03)))
    return (*wood, *flowers, *buds)


@kind(
    "flower",
    "flower",
    "花朵",
    (0.85, 1.3, 0.45),
    moved=(0, 0.04, 0),
    default_material="satin",
    floats=True,
    max_yaw=30.0,
)
def flower(rng: Rng) -> Parts:
    head = blossom("main", int(rng.integers(5, 8)))
    return (
        line(smooth(((0.04, 0.0), (-0.02, 0.3), (0, 0.75)), 3), 0.03, slot="second"),
        leaf_part((0, 0.18, 0), 0.4, 52, "second", 0.5),
        leaf_part((0, 0.3, 0), 0.34, -52, "second", 0.5),
        *placed(head, (0, 0.82, -0.06), 0.86, (8, 0, between(rng, -12, 12))),
    )


def rose_head(slot: Slot = "main") -> Parts:
    """A rose of radius 0.32 seen from above the rim, opening upwards."""
    outer = tuple(
        egg(0.19, 0.17, 0.06, (x * 1.0, 0.16, z), slot=slot, rotation=(0, 90 - angle, 0))
        for x, z, angle in around(5, 0.2, 20)
    )
    inner = tuple(
        egg(0.12, 0.14, 0.045, (x, 0.25, z), slot=slot, rotation=(0, 90 - angle, 0))
        for x, z, angle in around(4, 0.1, 50)
    )
    return (
        egg(0.22, 0.16, 0.22, (0, 0.1, 0), slot=slot),
        *outer,
        *inner,
        solid(Shape.HELIX, (0.055, 0.07, 0.028), (0, 0.3, 0), slot=slot, detail=1.6),
    )


@kind(
    "rose", "rose", "玫瑰", (0.7, 1.15, 0.75), moved=(0, -0.02, 0), floats=True, default_material="satin", max_yaw=60.0
)
def rose(rng: Rng) -> Parts:
    sepals = tuple(
        part
        for _, _, angle in around(5, 1.0)
        for part in placed((leaf_part((0, 0, 0), 0.2, 70, "second", 0.4),), (0, 0.78, 0), 1.0, (0, angle, 0))
    )
    return (
        pill(0.028, 0.36, (0, 0.4, 0), slot="second"),
        leaf_part((0, 0.3, 0), 0.36, 55, "second", 0.55),
        leaf_part((0, 0.42, 0), 0.32, -55, "second", 0.55),
        *sepals,
        *placed(rose_head(), (0, 0.74, 0), 1.0, (-22, between(rng, 0, 70), 0)),
    )


@kind("bouquet", "bouquet", "花束", (1.05, 1.4, 0.9), floats=True, default_material="satin", max_yaw=40.0)
def bouquet(rng: Rng) -> Parts:
    spots: tuple[tuple[float, float, float, Slot], ...] = (
        *((-0.27, 0.92, 0.0, "second"), (0.27, 0.92, 0.0, "main"), (-0.02, 0.85, -0.2, "main")),
        *((-0.12, 1.1, 0.04, "main"), (0.16, 1.1, 0.06, "second")),
    )
    heads = tuple(
        part
        for x, y, z, slot in spots
        for part in placed(bloom(slot), (x, y, z), 0.42, (14, x * 40, between(rng, 0, 60)))
    )
    spray = tuple(ball(0.05, at, slot="accent") for at in ((-0.4, 1.06, 0.05), (0.42, 1.04, 0.05), (0.03, 1.25, 0.1)))
    greens = tuple(
        leaf_part((x, 0.74, z), 0.5, lean, "dark", 0.36)
        for x, z, lean in ((-0.22, 0.12, 34), (0.22, 0.12, -34), (-0.08, 0.16, 14), (0.1, 0.16, -12))
    )
    return (
        cone(0.1, 0.36, 0.42, (0, 0.38, 0), slot="paper", radius=0.02),
        cone(0.09, 0.16, 0.28, (0, 0.52, -0.1), slot="second", radius=0.02, rotation=(0, 0, between(rng, -5, 5))),
        *greens,
        *spray,
        *heads,
        disc(0.17, 0.035, (0, 0.2, 0), radius=0.03),
        *placed(bow("main", 0.07), (0, 0.22, -0.2), 0.5),
    )


def bloom(slot: Slot = "main") -> Parts:
    """A full flower of radius 0.5 facing the viewer: five fat petals, a button, and a ball behind that rounds it."""
    petals = (egg(0.26, 0.26, 0.15, (x, y, 0), slot=slot) for x, y, _ in around(5, 0.27, 90))
    return (*petals, ball(0.14, (0, 0, -0.12), slot="metal"))


@kind("lotus", "lotus", "莲花", (1.15, 0.55, 1.15), default_material="satin", max_yaw=180.0, floats=True)
def lotus(rng: Rng) -> Parts:
    petals: list[Part] = []
    for count, lean, length, start in ((8, 72, 0.6, 0.0), (8, 46, 0.56, 22.0), (6, 18, 0.46, between(rng, 0, 30))):
        for i in range(count):
            slot: Slot = "main" if lean < 70 else "second"
            petals += placed(fan_out(length, lean, 0.52, slot), (0, 0.05, 0), 1.0, (0, start + 360 / count * i, 0))
    return (*petals, disc(0.13, 0.07, (0, 0.2, 0), slot="metal"), disc(0.5, 0.02, (0, 0.02, 0), slot="second"))


@kind(
    "maple-leaf",
    "autumn leaf",
    "秋叶",
    (1.3, 1.1, 0.2),
    floats=True,
    stands=False,
    default_material="satin",
    max_yaw=40.0,
)
def maple_leaf(rng: Rng) -> Parts:
    lobes = tuple(
        leaf_part((0, 0.42, 0.0), length, lean, "main", 0.5)
        for lean, length in ((0, 0.62), (46, 0.55), (-46, 0.55), (94, 0.44), (-94, 0.44))
    )
    veins = tuple(
        line(
            ((0, 0.42), (math.sin(math.radians(t)) * r, 0.42 + math.cos(math.radians(t)) * r)),
            0.011,
            0,
            (0, 0, -0.05),
            slot="second",
        )
        for t, r in ((0, 0.46), (46, 0.4), (-46, 0.4))
    )
    return placed(
        (*lobes, *veins, pill(0.02, 0.18, (0, 0.24, 0), slot="second")),
        (0, 0.02, 0),
        1.0,
        (0, 0, between(rng, -20, 20)),
    )


KINDS = (
    leaf, petal, sprout, plant, watering_can, round_tree, pine_tree, christmas_tree, branch, flower, rose, bouquet, lotus,
    maple_leaf, )  # fmt: skip
