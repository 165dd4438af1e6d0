"""Chinese festivals: paper, silk and lantern light. Nothing carries a character; words come as type."""

from __future__ import annotations

from generation.scenes.objects.parts import (
    Parts,
    Rng,
    arc,
    around,
    ball,
    between,
    box,
    cone,
    curve,
    disc,
    egg,
    face_disc,
    face_ring,
    kind,
    line,
    pill,
    placed,
    plate,
    slab,
    smooth,
    solid,
)
from generation.scenes.primitives import Part, Shape, Slot


@kind("red-envelope", "red envelope", "红包", (0.8, 1.15, 0.35), floats=True, default_material="satin", max_yaw=32.0)
def red_envelope(rng: Rng) -> Parts:
    dip = between(rng, 0.12, 0.2)
    flap = smooth(((-0.37, 0.98), (-0.2, 0.8 - dip * 0.4), (0, 0.76 - dip), (0.2, 0.8 - dip * 0.4), (0.37, 0.98)), 3)
    seal_at = 0.78 - dip
    return (
        slab(0.38, 0.54, 0.06, 0.05, (0, 0.54, 0)),
        plate((*flap, (0.37, 1.07), (-0.37, 1.07)), 0.02, (0, 0, -0.065), radius=0.012),
        line(flap, 0.011, 0.0, (0, 0, -0.082), slot="metal"),
        face_disc(0.13, 0.03, (0, seal_at, -0.09), slot="metal"),
        solid(Shape.HOLED_COIN, (0.105, 0.034, 0.02), (0, seal_at, -0.125), slot="metal", radius=0.006),
        *(line(curve(0, 0.04, r, 0, 180, 9), 0.009, 0, (0, 0, -0.062), slot="metal") for r in (0.1, 0.17)),
        line(curve(-0.26, 0.04, 0.1, 0, 100, 6), 0.009, 0, (0, 0, -0.062), slot="metal"),
        line(curve(0.26, 0.04, 0.1, 80, 180, 6), 0.009, 0, (0, 0, -0.062), slot="metal"),
    )


def tassel(at: tuple[float, float, float], length: float = 0.3, slot: Slot = "second") -> Parts:
    x, y, z = at
    return (
        ball(0.05, (x, y, z), slot="metal"),
        cone(0.07, length / 2, 0.035, (x, y - 0.04 - length / 2, z), slot=slot, radius=0.01),
        disc(0.05, 0.015, (x, y - 0.07, z), slot="metal"),
    )


@kind(
    "lantern",
    "red lantern",
    "灯笼",
    (0.95, 1.55, 0.95),
    stands=False,
    floats=True,
    default_material="satin",
    max_yaw=180.0,
)
def lantern(rng: Rng) -> Parts:
    high = between(rng, 0.33, 0.4)
    mid = 0.5 + high
    return (
        egg(0.46, high, 0.46, (0, mid, 0), detail=12),
        disc(0.2, 0.045, (0, mid + high - 0.015, 0), slot="metal"),
        disc(0.2, 0.045, (0, mid - high + 0.015, 0), slot="metal"),
        disc(0.15, 0.03, (0, mid + high + 0.045, 0), slot="metal"),
        arc(0.08, 0.012, 360, (0, mid + high + 0.13, 0), slot="metal"),
        pill(0.012, 0.03, (0, mid - high - 0.05, 0), slot="metal"),
        *tassel((0, mid - high - 0.08, 0), 0.34),
    )


@kind(
    "firecrackers",
    "string of firecrackers",
    "鞭炮",
    (0.6, 1.4, 0.3),
    stands=False,
    floats=True,
    default_material="satin",
    max_yaw=60.0,
)
def firecrackers(rng: Rng) -> Parts:
    parts: list[Part] = [
        pill(0.014, 0.56, (0, 0.68, 0), slot="metal"),
        face_ring(0.05, 0.014, (0, 1.27, 0), slot="metal"),
    ]
    for level in range(6):
        for side in (-1, 1):
            droop = between(rng, 20, 34)
            tube = (
                disc(0.062, 0.13, slot="main", radius=0.015),
                disc(0.064, 0.025, (0, 0.1, 0), slot="metal", radius=0.008),
                disc(0.064, 0.025, (0, -0.1, 0), slot="metal", radius=0.008),
            )
            at = (side * 0.13, 0.2 + 0.165 * level, 0.06 if level % 2 else -0.06)
            parts += placed(tube, at, 1.0, (0, 0, side * (90 - droop)))
    return (*parts, *tassel((0, 0.15, 0), 0.1))


@kind(
    "fu-diamond",
    "blank red diamond paper",
    "福字红纸",
    (1.3, 1.3, 0.15),
    stands=False,
    floats=True,
    default_material="paper",
    max_yaw=25.0,
)
def fu_diamond(rng: Rng) -> Parts:
    half = 0.44
    frame = tuple(
        bar_part
        for x, y, angle in around(4, half * 0.82, 0)
        for bar_part in placed(
            (box(half * 0.84, 0.014, 0.008, slot="metal", radius=0.004),), (x, y, -0.028), 1.0, (0, 0, angle + 90)
        )
    )
    corners = tuple(
        part
        for x, y, angle in around(4, half * 0.55 * 1.414, 45)
        for part in placed((arc(0.1, 0.014, 270, slot="metal"),), (x, y, -0.028), 1.0, (0, 0, angle + 90))
    )
    flat = (box(half, half, 0.02, radius=0.01), *frame, *corners)
    return placed(flat, (0, 0.64, 0), 1.0, (0, 0, 45 + between(rng, -3, 3)))


KINDS = (red_envelope, lantern, firecrackers, fu_diamond)
