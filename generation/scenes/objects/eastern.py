"""Things of Chinese houses, gardens and legends."""

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
    pair,
    pill,
    placed,
    plate,
    ring,
    slab,
    smooth,
    solid,
)
from generation.scenes.primitives import Part, Shape, Slot, Vector


@kind("moon-gate", "moon gate", "月洞门", (1.35, 1.4, 0.75), default_material="matte", max_yaw=28.0)
def moon_gate(rng: Rng) -> Parts:
    bough = smooth(((-0.62, 0.12), (-0.5, 0.42), (-0.36, 0.5), (-0.2, 0.72)), 3)
    eaves = ((-0.62, 1.14), (-0.5, 1.13), (0, 1.19), (0.5, 1.13), (0.62, 1.14))
    blooms = ((-0.52, 0.4), (-0.4, 0.53), (-0.3, 0.56), (-0.21, 0.73), (-0.34, 0.44))
    return (
        solid(Shape.RING_SEGMENT, (0.56, 0.41, 0.12), (0, 0.62, 0), detail=359.9, radius=0.02),
        face_ring(0.41, 0.03, (0, 0.62, -0.11), slot="metal"),
        face_ring(0.56, 0.02, (0, 0.62, -0.11), slot="second"),
        box(0.6, 0.06, 0.3, (0, 0.06, 0), slot="second"),
        box(0.28, 0.03, 0.34, (0, 0.03, -0.01), slot="paper"),
        *pair(box(0.09, 0.24, 0.12, (0.5, 0.3, 0))),
        line(smooth(eaves, 4), 0.04, 0.16, slot="dark"),
        line(bough, 0.022, 0, (0, 0, -0.17), slot="dark"),
        *(ball(0.05 + between(rng, 0, 0.012), (x, y, -0.2), slot="accent") for x, y in blooms),
        egg(0.14, 0.09, 0.1, (0.4, 0.18, -0.2), slot="dark", material="clay"),
    )


@kind("folding-screen", "folding screen", "屏风", (1.7, 1.15, 0.6), default_material="satin", max_yaw=24.0)
def folding_screen(rng: Rng) -> Parts:
    parts: list[Part] = []
    lift = between(rng, 0.0, 0.05)
    for i, x in enumerate((-0.57, -0.19, 0.19, 0.57)):
        parts += placed(_panel(lift + 0.05 * i, with_moon=i == 2), (x, 0, 0), 1.0, (0, 24 if i % 2 else -24, 0))
    return tuple(parts)


def _panel(rise: float, with_moon: bool) -> Parts:
    """One leaf of a screen: a frame, silk, and a mountain."""
    peak = (
        (-0.16, 0.2),
        (0.16, 0.2),
        (0.16, 0.34 + rise),
        (0.04, 0.5 + rise),
        (-0.06, 0.4 + rise),
        (-0.16, 0.46 + rise),
    )
    moon = (face_disc(0.07, 0.008, (-0.03, 0.86, -0.03), slot="accent"),) if with_moon else ()
    return (
        *(box(0.022, 0.53, 0.026, (x, 0.54, 0)) for x in (-0.185, 0.185)),
        *(box(0.2, 0.022, 0.024, (0, y, 0)) for y in (0.14, 1.04)),
        box(0.17, 0.44, 0.012, (0, 0.59, 0), slot="paper"),
        plate(peak, 0.008, (0, 0, -0.018), slot="second", radius=0.004),
        *moon,
    )


@kind("robe", "cross-collar robe on a stand", "汉服", (1.5, 1.5, 0.5), default_material="cloth", max_yaw=26.0)
def robe(rng: Rng) -> Parts:
    body = ((-0.19, 1.2), (0.19, 1.2), (0.27, 0.72), (0.4, 0.2), (-0.4, 0.2), (-0.27, 0.72))
    sleeve = ((0.1, 1.2), (0.3, 1.18), (0.7, 1.06), (0.66, 0.5), (0.44, 0.48), (0.36, 0.78), (0.2, 0.9))
    hem = between(rng, 0.0, 0.02)
    return (
        plate(smooth(body, 3, closed=True), 0.1, (0, 0, 0), radius=0.05),
        *pair(plate(smooth(sleeve, 3, closed=True), 0.06, (0, 0, 0.03), radius=0.035)),
        line(((-0.17, 1.2), (0.1, 0.8)), 0.035, 0, (0, 0, -0.1), slot="second"),
        line(((0.17, 1.2), (-0.12, 0.8)), 0.04, 0, (0, 0, -0.12), slot="second"),
        box(0.235, 0.07, 0.12, (0, 0.74, 0), slot="accent", material="cloth", radius=0.04),
        *(pill(0.022, 0.16, (x, 0.52, -0.13), slot="accent", rotation=(0, 0, 8 * x / 0.05)) for x in (-0.05, 0.05)),
        ball(0.05, (0, 0.74, -0.13), slot="metal"),
        box(0.36, 0.02, 0.105, (0, 0.25 + hem, 0), slot="second"),
        bar(0.024, 0.66, (0, 1.24, 0.02), slot="dark"),
        *(ball(0.04, (x, 1.24, 0.02), slot="metal") for x in (-0.68, 0.68)),
        pill(0.03, 0.56, (0, 0.64, 0.16), slot="dark"),
        disc(0.26, 0.035, (0, 0.04, 0.06), slot="dark"),
        ball(0.05, (0, 1.3, 0.06), slot="metal"),
    )


@kind("mountain", "paper mountains", "山水", (1.7, 1.2, 0.8), default_material="paper", max_yaw=26.0)
def mountain(rng: Rng) -> Parts:
    tall = between(rng, 0.92, 1.0)
    far = smooth(((-0.78, 0), (-0.5, 0.5), (-0.34, 0.4), (-0.05, tall), (0.16, 0.66), (0.34, 0.74), (0.78, 0)), 2)
    middle = smooth(((-0.8, 0), (-0.56, 0.34), (-0.36, 0.22), (0.2, 0.56), (0.46, 0.3), (0.8, 0)), 2)
    near = smooth(((-0.8, 0), (-0.5, 0.2), (-0.1, 0.12), (0.3, 0.26), (0.8, 0)), 2)
    return (
        face_disc(0.2, 0.02, (0.33, 0.86, 0.3), slot="accent"),
        plate((*far, (0.78, 0), (-0.78, 0)), 0.05, (0, 0.01, 0.2), slot="second"),
        plate((*middle, (0.8, 0), (-0.8, 0)), 0.05, (0, 0.01, 0.0)),
        plate((*near, (0.8, 0), (-0.8, 0)), 0.05, (0, 0.01, -0.2), slot="paper"),
        *(
            bar(0.03, half, (x, y, -0.08), slot="paper", material="clay")
            for x, y, half in ((-0.4, 0.36, 0.2), (0.4, 0.5, 0.16))
        ),
    )


@kind("wine-jar", "jar of wine", "酒坛", (1.3, 1.05, 1.0), default_material="ceramic", max_yaw=30.0)
def wine_jar(rng: Rng) -> Parts:
    def cup(x: float, z: float) -> Parts:
        return (
            solid(Shape.CUP, (0.12, 0.08, 0.018), (x, 0.1, z), slot="paper", material="ceramic"),
            disc(0.1, 0.01, (x, 0.13, z), slot="accent", radius=0.005),
        )

    return (
        egg(0.37, 0.36, 0.37, (-0.1, 0.38, 0.06)),
        disc(0.24, 0.05, (-0.1, 0.05, 0.06)),
        disc(0.17, 0.07, (-0.1, 0.74, 0.06)),
        solid(Shape.DOME, (0.25, 0.2, 0.03), (-0.1, 0.78, 0.06), slot="accent", material="cloth", detail=10),
        ring(0.18, 0.025, (-0.1, 0.78, 0.06), slot="metal"),
        *(placed((slab(0.13, 0.13, 0.03, 0.02, slot="paper"),), (-0.1, 0.4, -0.27), 1.0, (0, 0, 45))),
        *cup(0.36, -0.1 + between(rng, -0.04, 0.04)),
        *cup(0.1, -0.36),
    )


@kind("pixiu", "pixiu", "貔貅", (1.35, 1.2, 0.85), default_material="ceramic", max_yaw=35.0)
def pixiu(rng: Rng) -> Parts:
    """A squat winged guardian, one horn, seen half from the side."""
    curls = tuple(
        ball(0.085, (0.24 + 0.17 * dx, 0.86 + 0.17 * dy, 0.12)) for dx, dy, _ in around(6, 1.0, between(rng, 30, 60))
    )
    wing = [
        solid(
            Shape.LEAF,
            (0.07, 0.2, 0.025),
            (-0.02 - 0.1 * i, 0.62 - 0.05 * i, -0.28),
            rotation=(0, 0, 40 + 22 * i),
            slot="second",
        )
        for i in range(3)
    ]
    eye: Vector = (0.34, 0.88, -0.24)
    return (
        box(0.6, 0.04, 0.32, (0, 0.04, 0), slot="second"),
        egg(0.42, 0.26, 0.27, (-0.08, 0.42, 0)),
        egg(0.22, 0.32, 0.25, (0.18, 0.5, 0), blend=0.08),
        *(pill(0.1, 0.12, (x, 0.2, z)) for x, z in ((0.28, -0.15), (0.28, 0.15), (-0.3, -0.15), (-0.3, 0.15))),
        *(egg(0.13, 0.06, 0.1, (x, 0.13, z)) for x, z in ((0.32, -0.16), (0.32, 0.16), (-0.27, -0.16), (-0.27, 0.16))),
        *curls,
        ball(0.23, (0.3, 0.82, 0)),
        egg(0.15, 0.11, 0.17, (0.48, 0.75, 0), blend=0.05),
        ball(0.05, (0.61, 0.8, 0), slot="second"),
        *(
            ball(0.045, (x, 0.89, z), slot="dark", material="gloss")
            for x, z in ((eye[0] + 0.07, eye[2] + 0.08), (eye[0] + 0.07, 0.16))
        ),
        cone(0.05, 0.1, 0.02, (0.27, 1.06, 0), slot="metal"),
        *(cone(0.07, 0.07, 0.02, (0.2, 1.0, z), rotation=(20 * (1 if z > 0 else -1), 0, 0)) for z in (-0.14, 0.14)),
        *wing,
        line(smooth(((-0.46, 0.4), (-0.6, 0.56), (-0.5, 0.74), (-0.38, 0.66)), 4), 0.06),
        ball(0.09, (0.52, 0.14, -0.24), slot="metal"),
    )


@kind("phoenix", "phoenix", "凤凰", (1.7, 1.4, 0.7), moved=(0.12, 0, 0), default_material="gloss", max_yaw=28.0)
def phoenix(rng: Rng) -> Parts:
    tail: list[Part] = []
    slots: tuple[Slot, ...] = ("main", "second", "accent", "second", "main")
    for i, slot in enumerate(slots):
        lean = 34 + 17 * i
        tail += placed(
            _plume(slot, 0.78 - 0.05 * abs(i - 2)),
            (-0.02, 0.5, 0.06 + 0.02 * i),
            1.0,
            (0, 0, lean + between(rng, -2, 2)),
        )
    feathers: tuple[Slot, ...] = ("main", "second", "accent")
    wing = tuple(
        solid(
            Shape.LEAF, (0.075, 0.24, 0.025), (0.02 - 0.06 * i, 0.66 + 0.02 * i, -0.18 - 0.02 * i),
            rotation=(0, 0, 18 + 24 * i), slot=slot,
        )
        for i, slot in enumerate(feathers)
    )  # fmt: skip
    neck = smooth(((0.16, 0.52), (0.3, 0.68), (0.28, 0.84), (0.36, 0.95)), 4)
    return (
        disc(0.24, 0.06, (0.04, 0.07, 0), slot="dark", material="clay", radius=0.04),
        *(pill(0.02, 0.12, (x, 0.27, z), slot="metal") for x, z in ((0.0, -0.06), (0.08, 0.06))),
        *tail,
        egg(0.25, 0.16, 0.16, (0.05, 0.5, 0), rotation=(0, 0, 22)),
        line(neck, 0.075),
        ball(0.11, (0.38, 0.97, 0)),
        cone(0.045, 0.06, 0.008, (0.5, 0.95, 0), rotation=(0, 0, -96), slot="metal"),
        ball(0.024, (0.42, 1.0, -0.095), slot="dark", material="gloss"),
        *(egg(0.03, 0.1, 0.015, (0.33 - 0.03 * i, 1.12 - 0.02 * i, 0), rotation=(0, 0, 8 + 26 * i), slot="accent") for i in range(3)),
        *wing,
    )  # fmt: skip


def _plume(slot: Slot, length: float) -> Parts:
    """A long tail feather along +y with an eye at its end."""
    return (
        solid(Shape.LEAF, (0.07, length / 2, 0.022), (0, length / 2, 0), slot=slot),
        egg(0.055, 0.075, 0.02, (0, length * 0.82, -0.02), slot="metal"),
        ball(0.026, (0, length * 0.82, -0.04), slot="accent"),
    )


@kind("seal", "seal", "印章", (1.2, 1.15, 0.8), default_material="gloss", max_yaw=35.0)
def seal(rng: Rng) -> Parts:
    turn = between(rng, -10, 10)
    stamp = (
        box(0.25, 0.3, 0.25, (0, 0.34, 0), radius=0.03),
        box(0.255, 0.03, 0.255, (0, 0.03, 0), slot="accent", radius=0.012),
        box(0.26, 0.018, 0.26, (0, 0.58, 0), slot="metal", radius=0.01),
        egg(0.17, 0.14, 0.15, (0, 0.72, 0)),
        ball(0.12, (0, 0.88, -0.02), blend=0.05),
        *(ball(0.04, (x, 0.97, -0.02)) for x in (-0.08, 0.08)),
        face_ring(0.11, 0.018, (0, 0.34, -0.25), slot="metal"),
    )
    return (
        *placed(stamp, (-0.2, 0, 0.04), 1.0, (0, turn, 0)),
        solid(Shape.CUP, (0.24, 0.07, 0.03), (0.34, 0.08, -0.12), slot="paper", material="ceramic"),
        disc(0.2, 0.03, (0.34, 0.1, -0.12), slot="accent", material="clay"),
        ring(0.24, 0.012, (0.34, 0.14, -0.12), slot="second"),
    )


@kind("broom", "broom", "扫帚", (0.75, 1.5, 0.75), default_material="satin", max_yaw=60.0)
def broom(rng: Rng) -> Parts:
    straws = (
        line(((0.05 * i, 0.5), (0.11 * i, 0.02)), 0.026, 0, (0, 0, -0.09), slot="second") for i in (-2, -1, 0, 1, 2)
    )
    whole = (
        cone(0.27, 0.24, 0.09, (0, 0.27, 0), slot="accent", radius=0.03),
        *straws,
        *(ring(0.25 - 0.07 * i, 0.022, (0, 0.14 + 0.14 * i, 0), slot="metal") for i in range(2)),
        pill(0.042, 0.4, (0, 0.9, 0)),
        ring(0.06, 0.03, (0, 0.52, 0), slot="metal"),
        arc(0.06, 0.016, 300, (0, 1.35, 0), slot="second"),
    )
    return placed(whole, (0, 0, 0), 1.0, (0, between(rng, -10, 10), 0))


@kind("koi-streamer", "koi streamer", "鲤鱼旗", (1.35, 1.45, 0.6), default_material="cloth", max_yaw=28.0)
def koi_streamer(rng: Rng) -> Parts:
    fish: list[Part] = []
    slots: tuple[Slot, ...] = ("main", "accent", "second")
    for i, (y, slot) in enumerate(zip((1.08, 0.72, 0.42), slots, strict=True)):
        fish += placed(_streamer(slot), (0.02, y, 0), 1.0 - 0.16 * i, (0, 0, between(rng, -5, 3)))
    return (
        pill(0.026, 0.66, (-0.5, 0.7, 0), slot="dark"),
        ball(0.06, (-0.5, 1.38, 0), slot="metal"),
        disc(0.2, 0.04, (-0.44, 0.045, 0), slot="dark"),
        *fish,
    )


def _streamer(body: Slot) -> Parts:
    tail = ((0.34, 0.0), (0.6, 0.17), (0.54, 0.0), (0.6, -0.17))
    return (
        cone(0.1, 0.38, 0.15, (0, 0, 0), rotation=(0, 0, 90), slot=body),
        plate(tail, 0.03, (0, 0, 0), slot=body),
        face_disc(0.06, 0.02, (-0.26, 0.04, -0.14), slot="paper"),
        ball(0.03, (-0.26, 0.04, -0.16), slot="dark"),
        *(
            arc(0.07, 0.014, 170, (x, 0, -0.13 + 0.03 * i), slot="metal", rotation=(0, 0, -90))
            for i, x in enumerate((-0.06, 0.08, 0.2))
        ),
        ring(0.15, 0.02, (-0.38, 0, 0), rotation=(0, 0, 90), slot="metal"),
    )


KINDS = (moon_gate, folding_screen, robe, mountain, wine_jar, pixiu, phoenix, seal, broom, koi_streamer)
