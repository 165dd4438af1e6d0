"""Presents and what they come in."""

from __future__ import annotations

from generation.scenes.objects.parts import (
    Parts,
    Rng,
    between,
    box,
    kind,
    line,
    mirrored,
    pair,
    pick,
    placed,
    plate,
    smooth,
    solid,
)
from generation.scenes.primitives import Shape, Slot

LOOP = smooth(((0.0, 0.0), (0.16, 0.19), (0.33, 0.24), (0.42, 0.13), (0.3, 0.03), (0.0, 0.0)), 7)
TAIL = smooth(((0.0, 0.0), (0.14, -0.02), (0.27, 0.02), (0.4, -0.04)), 2)


def bow(slot: Slot = "second", width: float = 0.07, tails: bool = True) -> Parts:
    """A ribbon bow about 0.85 wide, its knot at the origin."""
    loop = line(LOOP, 0.018, width, rotation=(0.0, 16.0, 4.0), slot=slot)
    tail = line(TAIL, 0.016, width * 0.75, (0.0, 0.0, -0.04), rotation=(0.0, 38.0, 0.0), slot=slot)
    hanging = (tail, mirrored(tail)) if tails else ()
    knot = box(0.065, 0.06, width + 0.015, (0.0, 0.02, 0.0), radius=0.05, slot=slot)
    return (*pair(loop), *hanging, knot)


@kind("gift-box", "gift box", "礼盒", (1, 1.2, 1), floats=True, default_material="satin", max_yaw=40.0)
def gift_box(rng: Rng) -> Parts:
    half, band = between(rng, 0.28, 0.38), between(rng, 0.07, 0.1)
    top = 2 * half + 0.14
    lid: Slot = pick(rng, "main", "main", "paper")
    return (
        box(0.43, half, 0.43, (0, half, 0)),
        box(0.48, 0.09, 0.48, (0, 2 * half + 0.05, 0), slot=lid),
        box(band, half, 0.437, (0, half, 0), radius=0.01, slot="second"),
        box(0.437, half, band, (0, half, 0), radius=0.01, slot="second"),
        box(band, 0.096, 0.487, (0, 2 * half + 0.05, 0), radius=0.012, slot="second"),
        box(0.487, 0.096, band, (0, 2 * half + 0.05, 0), radius=0.012, slot="second"),
        *placed(bow(), (0, top, 0), between(rng, 0.9, 1.02), (0, between(rng, -12, 12), 0)),
    )


@kind("shopping-bag", "shopping bag", "购物袋", (0.85, 1.2, 0.5), floats=True, default_material="satin")
def shopping_bag(rng: Rng) -> Parts:
    flare = between(rng, 0.36, 0.4)
    handle = line(smooth(((-0.16, 0.76), (-0.15, 1.0), (0, 1.13), (0.15, 1.0), (0.16, 0.76))), 0.022, slot="second")
    marks = (
        solid(Shape.HEART, (0.15, 0.0, 0.02), (0, 0.42, -0.19), slot="second"),
        solid(Shape.STAR, (0.17, 0.08, 0.02), (0, 0.42, -0.19), radius=0.015, slot="second", detail=5),
    )
    return (
        plate(((-0.34, 0), (0.34, 0), (flare, 0.84), (-flare, 0.84)), 0.19, radius=0.012),
        box(flare - 0.03, 0.006, 0.165, (0, 0.838, 0), radius=0.004, slot="dark"),
        plate(((-flare, 0.74), (flare, 0.74), (flare, 0.842), (-flare, 0.842)), 0.195, radius=0.01, slot="second"),
        *placed((handle,), (0, 0, -0.18)),
        *placed((handle,), (0, 0, 0.18)),
        marks[int(rng.integers(len(marks)))],
    )


@kind("parcel", "parcel", "快递包裹", (1, 0.8, 0.9), floats=True, default_material="matte", max_yaw=40.0)
def parcel(rng: Rng) -> Parts:
    half = between(rng, 0.3, 0.38)
    label = (0.22, 0.42 * half, -0.4)
    return (
        box(0.48, half, 0.42, (0, half, 0), radius=0.025),
        box(0.09, half, 0.425, (0, half + 0.004, 0), radius=0.008, slot="second"),
        box(0.14, 0.1, 0.008, (label[0] + 0.06, label[1] + 0.02, -0.42), slot="paper"),
        *(
            box(w, 0.012, 0.006, (label[0] + w - 0.06, y, -0.428), slot="dark")
            for w, y in ((0.09, label[1] + 0.06), (0.06, label[1] + 0.02), (0.1, label[1] - 0.03))
        ),
        solid(Shape.ARROW, (0.05, 0.08, 0.008), (-0.3, label[1] + 0.02, -0.42), slot="dark", detail=0.02),
        solid(Shape.ARROW, (0.05, 0.08, 0.008), (-0.18, label[1] + 0.02, -0.42), slot="dark", detail=0.02),
    )


KINDS = (gift_box, shopping_bag, parcel)
