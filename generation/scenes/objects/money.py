"""Coins, ingots and bars: money without any real currency's marks."""

from __future__ import annotations

from generation.scenes.graph import MaterialSlug
from generation.scenes.objects.parts import (
    Parts,
    Rng,
    arc,
    around,
    ball,
    between,
    box,
    disc,
    egg,
    face_disc,
    face_ring,
    kind,
    placed,
    plate,
    ring,
    solid,
)
from generation.scenes.primitives import Part, Shape, Slot


def struck(rng: Rng, body: Slot, relief: Slot) -> Parts:
    """A coin of radius 0.5 that faces the viewer, centred on the origin, one of four reliefs on its face."""
    # Flat metal mirrors one spot of the room and may go dark: fields and flat marks are soft gold instead.
    soft: MaterialSlug | None = "clay" if relief == "metal" else None
    reliefs: tuple[Parts, ...] = (
        (solid(Shape.STAR, (0.25, 0.12, 0.03), (0, 0, -0.07), radius=0.02, slot=relief, material=soft, detail=5),),
        (solid(Shape.HEART, (0.21, 0, 0.03), (0, 0, -0.07), radius=0.02, slot=relief, material=soft),),
        _blossom(relief),
        (
            plate(((0, 0.25), (0.2, 0), (0, -0.25), (-0.2, 0)), 0.03, (0, 0, -0.07), slot=relief, material=soft),
            face_ring(0.3, 0.018, (0, 0, -0.075), slot=relief),
        ),
    )
    marks = reliefs[int(rng.integers(len(reliefs)))]
    return (
        face_disc(0.5, 0.075, slot=body, radius=0.03),
        face_disc(0.41, 0.01, (0, 0, -0.072), slot=body, material=soft if body == "metal" else None),
        face_ring(0.43, 0.045, (0, 0, -0.06), slot=relief),
        *marks,
    )


def _blossom(slot: Slot) -> Parts:
    petals = (ball(0.085, (x, y, -0.04), slot=slot) for x, y, _ in around(5, 0.16, 90))
    return (*petals, ball(0.07, (0, 0, -0.06), slot=slot))


@kind("coin", "gold coin", "金币", (1.05, 1.05, 0.3), floats=True, default_material="metal", max_yaw=32.0)
def coin(rng: Rng) -> Parts:
    return placed(struck(rng, "metal", "metal"), (0, 0.5, 0))


@kind("token-coin", "points token", "积分代币", (1.05, 1.05, 0.3), floats=True, default_material="gloss", max_yaw=32.0)
def token_coin(rng: Rng) -> Parts:
    return placed(struck(rng, "main", "metal"), (0, 0.5, 0))


def flat_coin(at: tuple[float, float, float], r: float = 0.26, h: float = 0.05) -> Parts:
    x, y, z = at
    return (disc(r, h, at, slot="metal", radius=0.02), ring(r - 0.02, 0.018, (x, y, z), slot="metal"))


def pile(rng: Rng, count: int, x: float, z: float, r: float = 0.26) -> Parts:
    """`count` coins lying on one another, not quite in line."""
    discs: list[Part] = []
    for level in range(count):
        at = (x + between(rng, -0.02, 0.02), 0.052 + 0.104 * level, z + between(rng, -0.02, 0.02))
        discs += flat_coin(at, r)
    top = 0.104 * count
    return (*discs, ring(r - 0.07, 0.016, (x, top, z), slot="metal"))


@kind("coin-stack", "stacks of coins", "金币堆", (1.25, 0.8, 0.8), default_material="metal", max_yaw=40.0)
def coin_stack(rng: Rng) -> Parts:
    tall = int(rng.integers(5, 8))
    leaning = placed(struck(rng, "metal", "metal"), (0.33, 0.26, -0.24), 0.5, (16, -18, 0))
    return (
        *pile(rng, tall, -0.02, 0.1),
        *pile(rng, tall // 2 + 1, -0.36, -0.12, 0.23),
        *pile(rng, 2, 0.36, 0.08, 0.23),
        *leaning,
    )


@kind(
    "holed-coin", "ancient holed coin", "铜钱", (1.05, 1.05, 0.2), floats=True, default_material="metal", max_yaw=32.0
)
def holed_coin(rng: Rng) -> Parts:
    curl = arc(0.075, 0.017, 210, slot="metal")
    curls = (
        placed((curl, ball(0.028, slot="metal")), (x, y, -0.045), 1.0, (0, 0, angle - 90))
        for x, y, angle in around(4, 0.31)
    )
    whole = (
        solid(Shape.HOLED_COIN, (0.5, 0.15, 0.06), radius=0.02, slot="metal", material="clay"),
        face_ring(0.46, 0.035, (0, 0, -0.05), slot="metal"),
        *(part for group in curls for part in group),
    )
    return placed(whole, (0, 0.5, 0), 1.0, (0, 0, between(rng, -8, 8)))


@kind("ingot", "gold ingot", "元宝", (1.25, 0.7, 0.6), floats=True, default_material="metal", max_yaw=35.0)
def ingot(rng: Rng) -> Parts:
    return sycee(between(rng, 0.95, 1.08))


def sycee(rise: float = 1.0) -> Parts:
    """A boat-shaped ingot: a waisted hull, two upturned horns, a dome between them."""
    horn = egg(0.24, 0.09, 0.2, (0.4, 0.36 * rise, 0), rotation=(0, 0, 38), slot="metal", blend=0.12)
    other = egg(0.24, 0.09, 0.2, (-0.4, 0.36 * rise, 0), rotation=(0, 0, -38), slot="metal", blend=0.12)
    return (
        egg(0.4, 0.2, 0.26, (0, 0.2, 0), slot="metal"),
        horn,
        other,
        egg(0.25, 0.26, 0.22, (0, 0.36 * rise, 0), slot="metal"),
    )


def bullion(length: float = 0.46) -> Parts:
    """One bar along x, its face to the viewer, bottom at y = 0."""
    return (
        plate(((-length, 0), (length, 0), (length - 0.07, 0.2), (0.07 - length, 0.2)), 0.17, radius=0.02, slot="metal"),
        box(length - 0.17, 0.045, 0.01, (0, 0.1, -0.174), radius=0.006, slot="metal"),
        box(length - 0.2, 0.01, 0.08, (0, 0.204, 0), radius=0.006, slot="metal"),
    )


@kind("gold-bar", "gold bars", "金条堆", (1, 0.45, 0.85), default_material="metal", max_yaw=40.0)
def gold_bar(rng: Rng) -> Parts:
    skew = between(rng, -8, 8)
    return (
        *placed(bullion(), (0, 0, -0.22), 1.0, (0, 0, 0)),
        *placed(bullion(), (0, 0, 0.22), 1.0, (0, 0, 0)),
        *placed(bullion(), (0, 0.2, 0), 1.0, (0, skew + 12, 0)),
    )


KINDS = (coin, token_coin, coin_stack, holed_coin, ingot, gold_bar)
