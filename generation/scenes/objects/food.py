"""What is eaten at festivals, and the bowls and pots it comes in."""

from __future__ import annotations

from generation.scenes.objects.parts import (
    Parts,
    Rng,
    around,
    ball,
    between,
    box,
    cone,
    disc,
    egg,
    face_ring,
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
from generation.scenes.primitives import Shape, Slot


def steam(y: float, z: float = 0.0) -> Parts:
    wisp = smooth(((0, 0), (0.05, 0.08), (-0.03, 0.17), (0.03, 0.26)), 3)
    return tuple(
        line(wisp, 0.017, 0, (x, y + dy, z), slot="paper") for x, dy in ((-0.15, 0.0), (0.02, 0.05), (0.18, 0.0))
    )


def soup_bowl(slot: Slot = "main") -> Parts:
    """A bowl about 1.0 wide and 0.5 high on a foot ring, filled to y = 0.44."""
    return (
        disc(0.2, 0.05, (0, 0.05, 0), slot=slot),
        solid(Shape.BOWL, (0.49, 0.45, 0.025), (0, 0.05, 0), slot=slot),
        ring(0.48, 0.03, (0, 0.5, 0), slot="metal"),
        disc(0.44, 0.012, (0, 0.43, 0), slot="second", material="gloss"),
    )


def _pressed_cake(teeth: int) -> Parts:
    """A mooncake of radius 0.5 and height 0.36, top at y = 0.18, centred."""
    rim = tuple(disc(0.105, 0.17, (x, 0, z), radius=0.05) for x, z, _ in around(teeth, 0.4))
    petals = tuple(egg(0.075, 0.03, 0.11, (x, 0.19, z), rotation=(0, 90 - angle, 0)) for x, z, angle in around(6, 0.17))
    return (
        disc(0.43, 0.17, radius=0.04),
        *rim,
        ring(0.36, 0.025, (0, 0.18, 0), slot="second"),
        *petals,
        ball(0.06, (0, 0.18, 0), slot="second"),
    )


@kind("mooncake", "mooncakes", "月饼", (1.2, 1.05, 1.15), default_material="satin", max_yaw=30.0)
def mooncake(rng: Rng) -> Parts:
    leaning = placed(_pressed_cake(12), (0.1, 0.6, -0.02), 0.78, (-62, between(rng, -14, 4), 0))
    flat = (
        *(disc(0.105, 0.15, (x, 0.15, z), radius=0.05) for x, z, _ in around(10, 0.4)),
        disc(0.43, 0.15, (0, 0.15, 0)),
    )
    return (*placed(flat, (-0.04, 0, 0.05), 1.05), *leaning)


@kind("zongzi", "zongzi", "粽子", (1.4, 0.95, 1.15), moved=(0.0, -0.02, 0.0), default_material="satin", max_yaw=30.0)
def zongzi(rng: Rng) -> Parts:
    return (
        *placed(_wrapped(), (-0.18, 0.02, 0.04), 1.0, (0, between(rng, 4, 12), 0)),
        *placed(_wrapped(), (0.36, 0.02, -0.2), 0.64, (0, between(rng, -24, -10), 0)),
    )


def _wrapped() -> Parts:
    """A peak of rice in a cup of leaves that cross before it, tied with a cord."""
    leaf = solid(Shape.LEAF, (0.2, 0.36, 0.02), (-0.16, 0.36, -0.34), rotation=(20, 14, 24), detail=-0.06, radius=0.012)
    grains = ((-0.1, 0.62, -0.24), (0.08, 0.7, -0.2), (-0.02, 0.8, -0.15), (0.14, 0.58, -0.24), (-0.07, 0.74, -0.18))
    return (
        cone(0.42, 0.4, 0.11, (0, 0.52, 0), slot="paper", material="clay", radius=0.09),
        *(
            egg(0.03, 0.05, 0.03, at, slot="paper", material="clay", rotation=(0, 0, 20 * (-1) ** i))
            for i, at in enumerate(grains)
        ),
        cone(0.46, 0.24, 0.33, (0, 0.24, 0), radius=0.05),
        *pair(leaf),
        ring(0.455, 0.022, (0, 0.17, 0), slot="second"),
        ball(0.05, (0, 0.17, -0.46), slot="second"),
        *(
            pill(0.016, 0.06, (x, 0.1, -0.47), slot="second", rotation=(0, 0, 30 * (1 if x > 0 else -1)))
            for x in (-0.04, 0.04)
        ),
    )


@kind("tangyuan-bowl", "bowl of tangyuan", "汤圆", (1.05, 1.05, 1.05), default_material="gloss", max_yaw=180.0)
def tangyuan_bowl(rng: Rng) -> Parts:
    spots = ((-0.22, -0.14), (0.03, -0.24), (0.25, -0.1), (-0.1, 0.12), (0.14, 0.1))
    balls = tuple(ball(0.135, (x, 0.49 + between(rng, 0, 0.02), z), slot="paper", material="gloss") for x, z in spots)
    top = ball(0.13, (0.02, 0.62, -0.06), slot="paper", material="gloss")
    return (*soup_bowl(), *balls, top, *steam(0.68, 0.1))


@kind("dumplings", "plate of dumplings", "饺子", (1.2, 0.65, 1.2), default_material="satin", max_yaw=40.0)
def dumplings(rng: Rng) -> Parts:
    one = (
        egg(0.21, 0.13, 0.14, (0, 0.1, 0), slot="paper", material="satin"),
        plate(
            smooth(((-0.2, 0.12), (-0.12, 0.26), (0.12, 0.26), (0.2, 0.12)), 3), 0.025, slot="paper", material="satin"
        ),
        *(
            ball(0.03, (x, y, 0), slot="paper", material="satin")
            for x, y in ((-0.13, 0.24), (-0.045, 0.27), (0.045, 0.27), (0.13, 0.24))
        ),
    )
    spots = ((-0.27, 0.12, -0.14), (0.24, 0.12, -0.16), (0.0, 0.12, 0.16), (-0.02, 0.27, -0.06))
    return (
        disc(0.3, 0.03, (0, 0.03, 0), slot="main"),
        cone(0.34, 0.04, 0.58, (0, 0.07, 0), slot="main", radius=0.02),
        ring(0.57, 0.022, (0, 0.115, 0), slot="metal"),
        *(part for at in spots for part in placed(one, at, 1.0, (0, between(rng, -28, 28), 0))),
    )


@kind("porridge-bowl", "eight-treasure porridge", "腊八粥", (1.05, 0.95, 1.05), default_material="gloss", max_yaw=180.0)
def porridge_bowl(rng: Rng) -> Parts:
    slots: tuple[Slot, ...] = ("accent", "dark", "paper", "metal")
    beans = tuple(
        egg(
            0.075, 0.05, 0.055, (x, 0.45, z), slot=slots[i % 4], material="gloss", rotation=(0, between(rng, 0, 180), 0)
        )
        for r, count in ((0.34, 9), (0.19, 6), (0.0, 1))
        for i, (x, z, _) in enumerate(around(count, r, between(rng, 0, 40)))
    )
    return (*soup_bowl(), *beans, *steam(0.56, 0.05))


@kind("bowl", "bowl", "碗", (1.05, 0.9, 1.05), default_material="gloss", max_yaw=180.0)
def bowl(rng: Rng) -> Parts:
    return (*soup_bowl(), *steam(0.52 + between(rng, 0, 0.02), 0.0))


@kind("teapot", "teapot and cup", "茶壶", (1.25, 0.8, 0.85), default_material="gloss", max_yaw=30.0)
def teapot(rng: Rng) -> Parts:
    return (
        egg(0.36, 0.29, 0.36, (-0.04, 0.31, 0)),
        disc(0.22, 0.025, (-0.04, 0.025, 0), slot="metal"),
        line(smooth(((0.2, 0.2), (0.38, 0.28), (0.42, 0.44), (0.54, 0.56)), 4), 0.055),
        line(smooth(((-0.3, 0.46), (-0.52, 0.5), (-0.56, 0.26), (-0.32, 0.16)), 4), 0.04),
        solid(Shape.DOME, (0.2, 0.09, 0.02), (-0.04, 0.57, 0)),
        ring(0.2, 0.022, (-0.04, 0.57, 0), slot="metal"),
        ball(0.055, (-0.04, 0.7, 0), slot="metal"),
        *placed(blossom_mark(), (-0.04, 0.33, -0.35), between(rng, 0.24, 0.3), (-8, 0, 0)),
        solid(Shape.BOWL, (0.16, 0.18, 0.018), (0.42, 0.02, -0.24), slot="second"),
        disc(0.14, 0.01, (0.42, 0.17, -0.24), slot="dark", material="gloss"),
        disc(0.08, 0.015, (0.42, 0.015, -0.24), slot="second"),
    )


def blossom_mark() -> Parts:
    petals = tuple(egg(0.22, 0.22, 0.08, (x, y, 0.0), slot="second") for x, y, _ in around(5, 0.26, 90))
    return (*petals, ball(0.1, (0, 0, -0.06), slot="metal"))


@kind("peach", "longevity peach", "寿桃", (1.1, 1, 0.95), floats=True, default_material="satin", max_yaw=60.0)
def peach(rng: Rng) -> Parts:
    blade = solid(
        Shape.LEAF,
        (0.13, 0.28, 0.018),
        (0.3, 0.16, -0.3),
        slot="second",
        detail=-0.06,
        rotation=(28, 0, -66),
        radius=0.012,
    )
    return (
        egg(0.38, 0.37, 0.38, (-0.06, 0.4, 0), rotation=(0, 0, 8)),
        egg(0.38, 0.37, 0.38, (0.06, 0.4, 0), rotation=(0, 0, -8), blend=0.03),
        cone(0.2, 0.15, 0.015, (0, 0.79, 0), blend=0.16),
        *pair(blade),
        pill(0.022, between(rng, 0.02, 0.04), (0, 0.05, -0.3), slot="dark"),
    )


@kind("persimmon", "persimmons", "柿子", (1.25, 0.8, 1), floats=True, default_material="gloss", max_yaw=40.0)
def persimmon(rng: Rng) -> Parts:
    spin = between(rng, -10, 10)
    return (
        *placed(_persimmon(), (-0.2, 0.0, 0.08), 1.0, (0, spin, 0)),
        *placed(_persimmon(), (0.33, 0.0, -0.14), 0.72, (0, 40 + spin, 6)),
    )


def _persimmon() -> Parts:
    calyx = tuple(
        part
        for _, _, angle in around(4, 1.0, 45)
        for part in placed(
            (egg(0.09, 0.025, 0.16, (0, 0, -0.13), slot="dark", rotation=(-14, 0, 0)),),
            (0, 0.625, 0),
            1.0,
            (0, angle, 0),
        )
    )
    return (egg(0.4, 0.32, 0.4, (0, 0.32, 0), detail=4), *calyx, disc(0.045, 0.06, (0, 0.67, 0), slot="dark"))


@kind("pumpkin", "pumpkin", "南瓜", (1.15, 0.95, 1.15), floats=True, default_material="satin", max_yaw=180.0)
def pumpkin(rng: Rng) -> Parts:
    lobes = tuple(egg(0.22, 0.34, 0.3, (x, 0.34, z), rotation=(0, 90 - angle, 0)) for x, z, angle in around(9, 0.25))
    return (
        *lobes,
        line(smooth(((0, 0.6), (0.0, 0.74), (between(rng, 0.08, 0.13), 0.86)), 3), 0.055, slot="dark"),
        line(smooth(((0.0, 0.68), (0.14, 0.72), (0.2, 0.64), (0.28, 0.68)), 3), 0.018, 0, (0, 0, -0.06), slot="second"),
        solid(Shape.LEAF, (0.11, 0.18, 0.014), (-0.2, 0.71, -0.06), slot="second", detail=-0.04, rotation=(40, 0, 66)),
    )


@kind("cake", "birthday cake", "蛋糕", (1.05, 1.15, 1.05), default_material="satin", max_yaw=180.0)
def cake(rng: Rng) -> Parts:
    drips = tuple(
        pill(0.055, between(rng, 0.02, 0.08), (x, 0.42, z), slot="paper", material="gloss")
        for x, z, _ in around(12, 0.4)
    )
    slots: tuple[Slot, ...] = ("main", "accent", "second")
    candles = tuple(
        part
        for i, (x, z, _) in enumerate(around(3, 0.13, between(rng, 0, 90)))
        for part in (
            disc(0.022, 0.1, (x, 0.88, z), slot=slots[i]),
            solid(Shape.DROP, (0.03, 0.055, 0), (x, 1.05, z), slot="glow"),
        )
    )
    pearls = tuple(ball(0.04, (x, 0.54, z), slot="metal") for x, z, _ in around(12, 0.31))
    return (
        disc(0.5, 0.025, (0, 0.03, 0), slot="metal"),
        disc(0.42, 0.21, (0, 0.25, 0), radius=0.05),
        disc(0.43, 0.035, (0, 0.47, 0), slot="paper", material="gloss"),
        *drips,
        disc(0.27, 0.14, (0, 0.64, 0), slot="second", radius=0.05),
        *pearls,
        disc(0.275, 0.02, (0, 0.78, 0), slot="paper", material="gloss"),
        *candles,
    )


@kind("bun", "steamed char siu bun", "叉烧包", (1.1, 0.75, 1.1), default_material="satin", max_yaw=180.0)
def bun(rng: Rng) -> Parts:
    flaps = tuple(
        part
        for _, _, angle in around(4, 1.0, between(rng, 0, 40))
        for part in placed(
            (egg(0.19, 0.12, 0.13, (0, 0.5, -0.2), slot="paper", material="satin", rotation=(28, 0, 0)),),
            (0, 0, 0),
            1.0,
            (0, angle, 0),
        )
    )
    return (
        disc(0.5, 0.03, (0, 0.03, 0), slot="second"),
        ring(0.49, 0.03, (0, 0.06, 0), slot="second"),
        egg(0.42, 0.3, 0.42, (0, 0.32, 0), slot="paper", material="satin"),
        *flaps,
        egg(0.17, 0.1, 0.17, (0, 0.56, 0), slot="main", material="gloss"),
        *(ball(0.04, (x, 0.64, z), slot="main", material="gloss") for x, z, _ in around(3, 0.07)),
    )


@kind("flaky-pastry", "flaky pastry with sesame", "酥饼", (1.1, 0.75, 1.05), default_material="satin", max_yaw=40.0)
def flaky_pastry(rng: Rng) -> Parts:
    def one(seeds: int) -> Parts:
        grains = tuple(
            egg(0.02, 0.012, 0.032, (x, 0.2 - 0.35 * (x * x + z * z), z), slot="paper", rotation=(0, angle * 2, 0))
            for x, z, angle in around(seeds, between(rng, 0.1, 0.18))
        )
        return (
            egg(0.42, 0.16, 0.42, (0, 0.05, 0)),
            disc(0.4, 0.07, (0, 0.0, 0), radius=0.06),
            *grains,
            *(box(0.09, 0.01, 0.012, (0, 0.2, z), slot="dark") for z in (-0.03, 0.04)),
        )

    return (
        disc(0.5, 0.03, (0, 0.03, 0), slot="second"),
        *placed(one(6), (-0.08, 0.14, 0.06), 1.0),
        *placed(one(7), (0.2, 0.42, -0.12), 0.82, (-46, 14, -8)),
    )


@kind(
    "meatballs", "braised meatballs in a bowl", "红烧狮子头", (1.1, 0.95, 1.05), default_material="gloss", max_yaw=180.0
)
def meatballs(rng: Rng) -> Parts:
    spots = ((-0.2, 0.5, -0.14), (0.2, 0.5, -0.16), (0.0, 0.5, 0.18), (0.0, 0.68, -0.05))
    balls = tuple(ball(0.19 * between(rng, 0.96, 1.04), at, slot="accent", material="gloss") for at in spots)
    greens = tuple(
        part
        for _, _, angle in around(5, 1.0, 18)
        for part in placed(
            (
                solid(
                    Shape.LEAF, (0.11, 0.19, 0.016), (0, 0.48, -0.36), slot="second", detail=-0.04, rotation=(-48, 0, 0)
                ),
            ),
            (0, 0, 0),
            1.0,
            (0, angle, 0),
        )
    )
    return (*soup_bowl("main"), *greens, *balls)


@kind("soup-jar", "ceramic soup jar", "陶罐汤", (1.05, 1.05, 0.95), default_material="gloss", max_yaw=35.0)
def soup_jar(rng: Rng) -> Parts:
    return (
        egg(0.41, 0.36, 0.41, (0, 0.37, 0)),
        disc(0.25, 0.03, (0, 0.03, 0)),
        disc(0.27, 0.07, (0, 0.71, 0), slot="second", radius=0.03),
        ring(0.28, 0.03, (0, 0.66, 0), slot="metal"),
        solid(Shape.DOME, (0.27, 0.13, 0.02), (0, 0.77, 0), slot="main"),
        ball(0.065, (0, 0.94, 0), slot="metal"),
        *(face_ring(0.08, 0.026, (x, 0.5, 0), slot="metal") for x in (-0.41, 0.41)),
        *placed(blossom_mark(), (0, 0.38, -0.4), between(rng, 0.3, 0.36)),
    )


@kind(
    "candy",
    "candies",
    "糖果",
    (1.25, 0.9, 0.6),
    rests=True,
    floats=True,
    default_material="gloss",
    max_yaw=40.0,
)
def candy(rng: Rng) -> Parts:
    def sweet(slot: Slot, band: Slot) -> Parts:
        twist = cone(0.15, 0.08, 0.03, (0.3, 0, 0), slot=slot, rotation=(0, 0, 90))
        return (ball(0.21, slot=slot), ring(0.205, 0.035, slot=band, rotation=(0, 0, 75)), *pair(twist))

    return (
        *placed(sweet("main", "second"), (-0.14, 0.5, 0), 1.0, (0, 0, between(rng, 15, 35))),
        *placed(sweet("accent", "paper"), (0.3, 0.2, -0.1), 0.72, (0, 0, between(rng, -35, -15))),
    )


KINDS = (
    mooncake, zongzi, tangyuan_bowl, dumplings, porridge_bowl, bowl, teapot, peach, persimmon, pumpkin, cake, bun,
    flaky_pastry, meatballs, soup_jar, candy,
)  # fmt: skip
