"""Simple shapes that fill a set: hearts, stars, balloons, ribbons, and the honours one can win."""

from __future__ import annotations

import math

from generation.scenes.objects.gifts import bow
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
    curve,
    disc,
    egg,
    face_disc,
    face_ring,
    kind,
    line,
    mirrored,
    pair,
    pill,
    placed,
    plate,
    ring,
    smooth,
    solid,
)
from generation.scenes.primitives import Part, Shape, Slot


@kind(
    "heart",
    "heart",
    "爱心",
    (1.15, 1.05, 0.5),
    moved=(0, -0.04, 0),
    floats=True,
    default_material="gloss",
    max_yaw=35.0,
)
def heart(rng: Rng) -> Parts:
    deep = between(rng, 0.17, 0.22)
    return (solid(Shape.HEART, (0.52, 0, deep), (0, 0.52, 0), radius=deep * 0.9, rotation=(0, 0, between(rng, -6, 6))),)


@kind(
    "star",
    "star",
    "星星",
    (1.1, 1.05, 0.4),
    moved=(0.0, 0.01, 0.0),
    floats=True,
    default_material="gloss",
    max_yaw=35.0,
)
def star(rng: Rng) -> Parts:
    deep, lean = between(rng, 0.13, 0.18), between(rng, 80, 100)
    outer, inner = curve(0, 0, 0.54, lean, lean + 288, 5), curve(0, 0, 0.27, lean + 36, lean + 324, 5)
    points = tuple(p for both in zip(outer, inner, strict=True) for p in both)
    return (plate(points, deep, (0, 0.46, 0), radius=0.09, slot="metal", material="clay"),)


@kind("balloon", "balloons", "气球", (1.2, 1.5, 1), stands=False, floats=True, default_material="gloss", max_yaw=180.0)
def balloons(rng: Rng) -> Parts:
    slots: tuple[Slot, ...] = ("main", "second", "accent")
    places = ((-0.28, 1.02, 0.06), (0.27, 1.1, 0.12), (0.02, 0.82, -0.2))
    parts: list[Part] = []
    for (x, y, z), slot in zip(places, slots, strict=True):
        r = between(rng, 0.25, 0.29)
        shape = (
            egg(r, r * 1.18, r, slot=slot),
            cone(0.055, 0.035, 0.02, (0, -r * 1.2, 0), slot=slot, radius=0.01),
        )
        parts += placed(shape, (x, y, z), 1.0, (0, 0, -x * 30))
        foot_x, foot_y = x * 0.62, y - r * 1.2
        parts.append(
            line(
                smooth(((foot_x, foot_y), (foot_x * 0.5, foot_y * 0.55), (0, 0.02)), 4),
                0.007,
                0,
                (0, 0, z * 0.6),
                slot="paper",
            )
        )
    return tuple(parts)


@kind(
    "ribbon",
    "ribbon swirl",
    "彩带",
    (0.9, 1.25, 0.95),
    stands=False,
    floats=True,
    default_material="satin",
    max_yaw=60.0,
)
def ribbon_swirl(rng: Rng) -> Parts:
    swing, waves = between(rng, 0.26, 0.32), between(rng, 2.0, 2.6)
    knots = [(swing * math.sin(waves * math.tau * i / 24), 0.06 + 0.045 * i) for i in range(25)]
    strip = placed((line(knots, 0.014, 0.11),), (0, -0.6, 0))
    return placed(strip, (0, 0.62, 0), 1.0, (30, -20, between(rng, -14, 4)))


@kind(
    "confetti",
    "confetti",
    "彩屑",
    (1.3, 1.35, 0.75),
    stands=False,
    floats=True,
    default_material="satin",
    max_yaw=180.0,
)
def confetti(rng: Rng) -> Parts:
    slots: tuple[Slot, ...] = ("main", "second", "metal", "accent", "paper")
    return tuple(_scrap(rng, slots[i % 5]) for i in range(22))


def _scrap(rng: Rng, slot: Slot) -> Part:
    at = (between(rng, -0.55, 0.55), between(rng, 0.1, 1.2), between(rng, -0.25, 0.25))
    spin = (between(rng, -60, 60), between(rng, -60, 60), between(rng, 0, 180))
    kinds = int(rng.integers(3))
    if kinds == 0:
        return disc(0.065, 0.01, at, slot=slot, rotation=(90 + spin[0] * 0.5, spin[1] * 0.5, 0))
    if kinds == 1:
        return box(0.075, 0.05, 0.01, at, slot=slot, rotation=spin)
    return line(
        smooth(((-0.1, 0), (-0.05, 0.05), (0.0, 0), (0.05, -0.05), (0.1, 0)), 2),
        0.012,
        0.04,
        at,
        slot=slot,
        rotation=spin,
    )


@kind("crown", "crown", "皇冠", (1.05, 0.85, 1.15), floats=True, default_material="metal", max_yaw=180.0)
def crown(rng: Rng) -> Parts:
    points, tall = 5, between(rng, 0.4, 0.47)
    spikes: list[Part] = []
    for x, z, angle in around(points, 0.4, -90):
        spike = (
            plate(((-0.24, -0.02), (0.24, -0.02), (0.0, tall)), 0.035, slot="metal", radius=0.02),
            ball(0.065, (0, tall + 0.04, 0), slot="accent", material="gloss"),
        )
        spikes += placed(placed(spike, rotation=(-8, 0, 0)), (x, 0.22, z), 1.0, (0, -angle - 90, 0))
    jewels = tuple(ball(0.055, (x, 0.13, z), slot="main", material="gloss") for x, z, _ in around(10, 0.46, -90))
    return (
        solid(Shape.CUP, (0.46, 0.13, 0.06), (0, 0.14, 0), slot="metal"),
        ring(0.44, 0.045, (0, 0.045, 0), slot="metal"),
        ring(0.44, 0.04, (0, 0.24, 0), slot="metal"),
        *spikes,
        *jewels,
    )


@kind("trophy", "trophy", "奖杯", (1.1, 1.15, 0.75), default_material="metal", max_yaw=35.0)
def trophy(rng: Rng) -> Parts:
    handle = line(smooth(((0.26, 1.0), (0.44, 1.02), (0.47, 0.82), (0.2, 0.62)), 4), 0.035, slot="metal")
    return (
        box(0.24, 0.09, 0.24, (0, 0.09, 0), slot="main", material="gloss"),
        box(0.13, 0.04, 0.01, (0, 0.09, -0.245), slot="metal"),
        cone(0.17, 0.05, 0.07, (0, 0.23, 0), slot="metal"),
        disc(0.055, 0.1, (0, 0.36, 0), slot="metal"),
        ball(0.085, (0, 0.38, 0), slot="metal"),
        solid(Shape.BOWL, (0.32, 0.62, 0.03), (0, 0.46, 0), slot="metal"),
        ring(0.315, 0.03, (0, 1.08, 0), slot="metal"),
        *pair(handle),
        solid(
            Shape.STAR,
            (between(rng, 0.13, 0.16), 0.07, 0.03),
            (0, 0.84, -0.31),
            slot="main",
            material="gloss",
            detail=5,
            radius=0.015,
        ),
    )


@kind("medal", "medal", "奖牌", (0.9, 1.25, 0.3), floats=True, stands=False, default_material="metal", max_yaw=30.0)
def medal(rng: Rng) -> Parts:
    strap = plate(
        ((0.02, 0.0), (0.17, -0.06), (0.36, 0.46), (0.2, 0.54)), 0.02, (0, 0.68, 0.02), slot="main", material="satin"
    )
    other = mirrored(strap)
    teeth = tuple(
        face_disc(0.07, 0.05, (x, 0.42 + y, 0), slot="metal") for x, y, _ in around(14, 0.36, between(rng, 0, 25))
    )
    return (
        strap,
        Part(
            other.shape,
            other.size,
            other.radius,
            (0, 0.68, 0.05),
            other.rotation,
            "second",
            "satin",
            points=other.points,
        ),
        *teeth,
        face_disc(0.36, 0.06, (0, 0.42, 0), slot="metal"),
        face_ring(0.29, 0.03, (0, 0.42, -0.06), slot="metal"),
        face_disc(0.27, 0.02, (0, 0.42, -0.055), slot="main", material="gloss"),
        solid(Shape.STAR, (0.18, 0.085, 0.03), (0, 0.42, -0.08), slot="metal", detail=5, radius=0.02),
    )


@kind(
    "arrow-up",
    "upward arrow",
    "上升箭头",
    (0.8, 1.1, 0.3),
    moved=(0, -0.02, 0),
    floats=True,
    default_material="gloss",
    max_yaw=35.0,
)
def arrow_up(rng: Rng) -> Parts:
    return (solid(Shape.ARROW, (0.4, 0.52, 0.12), (0, 0.53, 0), radius=0.05, detail=between(rng, 0.16, 0.2)),)


@kind(
    "loop-arrow",
    "circling arrow",
    "循环箭头",
    (1.3, 1.05, 0.25),
    moved=(0, -0.07, 0),
    floats=True,
    default_material="gloss",
    max_yaw=30.0,
)
def loop_arrow(rng: Rng) -> Parts:
    half = (
        arc(0.4, 0.085, 118, rotation=(0, 0, -10)),
        solid(Shape.WEDGE, (0.2, 0.16, 0.08), (0.4, -0.17, 0), radius=0.04, rotation=(0, 0, 180 - 8)),
    )
    return placed((*half, *placed(half, rotation=(0, 0, 180))), (0, 0.56, 0), 1.0, (0, 0, between(rng, -12, 12)))


@kind(
    "lightning-bolt",
    "lightning bolt",
    "闪电",
    (0.8, 1.2, 0.3),
    moved=(0, -0.02, 0),
    floats=True,
    default_material="gloss",
    max_yaw=35.0,
)
def lightning_bolt(rng: Rng) -> Parts:
    return (solid(Shape.BOLT, (0.44, 0.58, 0.12), (0, 0.59, 0), radius=0.035, rotation=(0, 0, between(rng, -10, 2))),)


@kind(
    "plus-sign",
    "plus sign",
    "加号",
    (0.95, 0.95, 0.35),
    moved=(0, -0.03, 0),
    floats=True,
    default_material="gloss",
    max_yaw=35.0,
)
def plus_sign(rng: Rng) -> Parts:
    arm = between(rng, 0.11, 0.13)
    return (
        pill(arm, 0.46 - arm, (0, 0.48, 0), slot="metal"),
        bar(arm, 0.46 - arm, (0, 0.48, 0), slot="metal", blend=0.04),
    )


@kind(
    "percent-sign",
    "percent sign",
    "百分号",
    (1.05, 1.05, 0.25),
    moved=(0, -0.02, 0),
    floats=True,
    default_material="gloss",
    max_yaw=35.0,
)
def percent_sign(rng: Rng) -> Parts:
    thick = between(rng, 0.075, 0.09)
    return (
        face_ring(0.15, thick, (-0.27, 0.8, 0)),
        face_ring(0.15, thick, (0.27, 0.26, 0)),
        pill(thick + 0.005, 0.46, (0, 0.53, 0), rotation=(0, 0, -33), slot="second"),
    )


@kind(
    "badge-ribbon",
    "rosette badge",
    "丝带徽章",
    (0.95, 1.25, 0.3),
    moved=(0, -0.04, 0),
    floats=True,
    default_material="satin",
    max_yaw=30.0,
)
def badge_ribbon(rng: Rng) -> Parts:
    tail = plate(
        ((0.02, 0.0), (0.2, 0.0), (0.3, -0.5), (0.18, -0.44), (0.1, -0.52)), 0.02, (0, 0.55, 0.03), slot="second"
    )
    frill = tuple(face_disc(0.11, 0.05, (x, 0.8 + y, 0)) for x, y, _ in around(12, 0.33, between(rng, 0, 30)))
    return (
        *pair(tail),
        *frill,
        face_disc(0.33, 0.06, (0, 0.8, 0)),
        face_disc(0.27, 0.03, (0, 0.8, -0.055), slot="paper"),
        face_ring(0.27, 0.025, (0, 0.8, -0.07), slot="metal"),
        solid(Shape.STAR, (0.17, 0.08, 0.03), (0, 0.79, -0.085), slot="metal", detail=5, radius=0.02),
    )


@kind(
    "ribbon-bow",
    "ribbon bow",
    "蝴蝶结",
    (1.25, 1.25, 0.7),
    moved=(0, 0.31, 0),
    floats=True,
    default_material="satin",
    max_yaw=35.0,
    stands=False,
)
def ribbon_bow(rng: Rng) -> Parts:
    tail = line(
        smooth(((0.0, 0.0), (0.12, -0.2), (0.2, -0.42), (0.34, -0.62)), 3),
        0.022,
        0.085,
        (0, 0.02, 0.02),
        slot="main",
        rotation=(0, 30, 0),
    )
    return placed((*bow("main", 0.13, tails=False), *pair(tail)), (0, 0.5, 0), 1.3 + between(rng, -0.05, 0.02))


@kind("blind-box", "blind box", "盲盒", (1.05, 0.95, 1.05), floats=True, default_material="gloss", max_yaw=35.0)
def question_block(rng: Rng) -> Parts:
    hook = line(
        smooth(((-0.15, 0.1), (-0.1, 0.22), (0.05, 0.24), (0.14, 0.13), (0.08, 0.02), (0.0, -0.05), (0.0, -0.1)), 3),
        0.045,
        slot="second",
    )
    mark = (hook, ball(0.052, (0, -0.24, 0), slot="second"))
    trim = tuple(ball(0.05, (x, y, -0.42), slot="metal") for x in (-0.4, 0.4) for y in (0.06, 0.86))
    return (
        box(0.44, 0.46, 0.44, (0, 0.46, 0), radius=between(rng, 0.06, 0.1)),
        *placed(mark, (0, 0.46, -0.45), 1.25),
        *placed(mark, (-0.45, 0.46, 0), 1.25, (0, 90, 0)),
        *placed(mark, (0.45, 0.46, 0), 1.25, (0, -90, 0)),
        *trim,
    )


KINDS = (
    heart,
    star,
    balloons,
    ribbon_swirl,
    confetti,
    crown,
    trophy,
    medal,
    arrow_up,
    loop_arrow,
    lightning_bolt,
    plus_sign,
    percent_sign,
    badge_ribbon,
    ribbon_bow,
    question_block,
)
