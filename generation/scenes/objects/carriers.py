"""What carries things: carts, baskets, vehicles."""

from __future__ import annotations

from generation.scenes.objects.gifts import gift_box
from generation.scenes.objects.parts import (
    Parts,
    Rng,
    ball,
    bar,
    between,
    box,
    egg,
    face_disc,
    kind,
    line,
    placed,
    plate,
    smooth,
    solid,
)
from generation.scenes.primitives import Shape, Slot


def wheel(at: tuple[float, float, float], r: float = 0.1) -> Parts:
    x, y, z = at
    return (
        face_disc(r, 0.05, at, slot="dark", radius=0.025),
        face_disc(r * 0.5, 0.02, (x, y, z - 0.045), slot="metal"),
    )


@kind("shopping-cart", "shopping cart", "购物车", (1.3, 1.2, 0.6), default_material="satin", max_yaw=28.0)
def shopping_cart(rng: Rng) -> Parts:
    bars = tuple(
        line(((-0.3 + 0.15 * i, 0.72), (-0.22 + 0.12 * i, 0.42)), 0.014, 0, (0.06, 0, -0.262), slot="paper")
        for i in range(6)
    )
    frame = tuple(
        line(
            smooth(((-0.6, 1.0), (-0.44, 0.98), (-0.3, 0.42), (-0.3, 0.26), (-0.2, 0.2), (0.42, 0.2)), 2),
            0.03,
            0,
            (0, 0, z),
            slot="metal",
        )
        for z in (-0.2, 0.2)
    )
    present = placed(gift_box.build(rng), (0.24, 0.72, 0.02), 0.36, (0, 20, 0))
    return (
        plate(((-0.4, 0.78), (0.55, 0.78), (0.44, 0.36), (-0.28, 0.36)), 0.25, radius=0.03),
        box(0.41, 0.01, 0.2, (0.075, 0.782, 0), slot="dark"),
        line(((-0.4, 0.78), (0.55, 0.78)), 0.024, 0, (0, 0, -0.25), slot="second"),
        *bars,
        *frame,
        solid(Shape.CAPSULE, (0.04, 0.2, 0), (-0.6, 1.0, 0), slot="second", rotation=(90, 0, 0)),
        *(part for x in (-0.2, 0.38) for part in wheel((x, 0.095, -0.2), 0.09)),
        face_disc(0.09, 0.05, (-0.2, 0.095, 0.2), slot="dark"),
        face_disc(0.09, 0.05, (0.38, 0.095, 0.2), slot="dark"),
        *present,
        box(0.14, 0.16, 0.12, (-0.12, 0.86, 0.03), slot="accent", rotation=(0, 0, 8)),
    )


@kind("basket", "basket of tiles", "购物篮", (1.05, 1.1, 0.7), default_material="satin", max_yaw=40.0)
def basket(rng: Rng) -> Parts:
    slots: tuple[Slot, ...] = ("second", "accent", "metal", "paper")
    tiles = tuple(
        box(
            0.1,
            0.1,
            0.1,
            (x, 0.56 + between(rng, -0.03, 0.05), z),
            slot=slots[(i + j) % 4],
            radius=0.03,
            rotation=(0, between(rng, -25, 25), between(rng, -12, 12)),
        )
        for i, z in enumerate((-0.13, 0.13))
        for j, x in enumerate((-0.3, -0.1, 0.1, 0.3))
    )
    return (
        *tiles,
        *_weave(),
        line(smooth(((-0.45, 0.5), (-0.36, 0.92), (0, 1.02), (0.36, 0.92), (0.45, 0.5)), 4), 0.035, slot="second"),
    )


def _weave() -> Parts:
    """An open basket, bottom at y = 0, its rim 0.98 wide at y = 0.52."""
    slats = tuple(
        line(((x * 0.84, 0.08), (x, 0.5)), 0.014, 0, (0, 0, -0.31), slot="second")
        for x in (-0.36, -0.24, -0.12, 0.0, 0.12, 0.24, 0.36)
    )
    return (
        plate(((-0.49, 0.53), (0.49, 0.53), (0.4, 0.0), (-0.4, 0.0)), 0.3, radius=0.04),
        box(0.44, 0.01, 0.25, (0, 0.53, 0), slot="dark"),
        *slats,
        box(0.5, 0.035, 0.01, (0, 0.5, -0.31), slot="second"),
    )


@kind("egg-basket", "basket of eggs", "一篮鸡蛋", (1.05, 1.1, 0.7), default_material="matte", max_yaw=40.0)
def egg_basket(rng: Rng) -> Parts:
    slots: tuple[Slot, ...] = ("paper", "paper", "accent")
    eggs = tuple(
        egg(
            0.13,
            0.17,
            0.13,
            (x, y, z),
            slot=slots[i % 3],
            material="satin",
            rotation=(between(rng, -20, 20), 0, between(rng, -20, 20)),
        )
        for i, (x, y, z) in enumerate(
            (
                (-0.28, 0.56, -0.1),
                (0.0, 0.58, -0.14),
                (0.28, 0.56, -0.1),
                (-0.15, 0.6, 0.12),
                (0.16, 0.6, 0.12),
                (0.02, 0.72, 0.0),
            )
        )
    )
    return (
        *eggs,
        *_weave(),
        line(smooth(((-0.45, 0.5), (-0.36, 0.92), (0, 1.02), (0.36, 0.92), (0.45, 0.5)), 4), 0.035, slot="second"),
    )


@kind("truck", "delivery truck", "送货车", (1.4, 0.95, 0.65), default_material="gloss", max_yaw=35.0)
def truck(rng: Rng) -> Parts:
    cab = smooth(((0.0, 0.0), (0.0, 0.5), (0.24, 0.5), (0.36, 0.26), (0.4, 0.22), (0.4, 0.0)), 1)
    return (
        box(0.42, 0.33, 0.28, (-0.24, 0.56, 0), radius=0.04),
        box(0.3, 0.035, 0.01, (-0.24, 0.42, -0.285), slot="second"),
        solid(Shape.ARROW, (0.1, 0.16, 0.012), (-0.24, 0.62, -0.285), slot="paper", rotation=(0, 0, -90), detail=0.045)
        if rng.integers(2)
        else solid(Shape.HEART, (0.13, 0, 0.012), (-0.24, 0.62, -0.285), slot="paper"),
        plate(cab, 0.26, (0.22, 0.2, 0), slot="second", radius=0.045),
        plate(
            ((0.08, 0.28), (0.08, 0.44), (0.22, 0.44), (0.3, 0.28)),
            0.01,
            (0.22, 0.2, -0.262),
            slot="dark",
            material="gloss",
        ),
        box(0.6, 0.05, 0.24, (-0.03, 0.19, 0), slot="dark"),
        ball(0.045, (0.615, 0.3, -0.16), slot="glow"),
        *(part for x in (-0.38, 0.36) for part in wheel((x, 0.13, -0.24), 0.13)),
        *(face_disc(0.13, 0.05, (x, 0.13, 0.22), slot="dark") for x in (-0.38, 0.36)),
    )


@kind("car", "car", "汽车", (1.3, 0.75, 0.7), default_material="gloss", max_yaw=35.0)
def car(rng: Rng) -> Parts:
    body = smooth(
        ((-0.62, 0.16), (-0.62, 0.36), (-0.5, 0.41), (0.34, 0.41), (0.58, 0.36), (0.64, 0.26), (0.62, 0.16)), 2
    )
    cabin = ((-0.46, 0.38), (-0.34, 0.6), (-0.24, 0.66), (0.12, 0.66), (0.22, 0.6), (0.38, 0.38))
    return (
        plate(body, 0.29, radius=0.07),
        plate(cabin, 0.25, radius=0.06),
        plate(
            ((-0.36, 0.42), (-0.28, 0.58), (-0.08, 0.58), (-0.08, 0.42)),
            0.01,
            (0, 0, -0.25),
            slot="dark",
            material="gloss",
        ),
        plate(
            ((-0.02, 0.42), (-0.02, 0.58), (0.12, 0.58), (0.26, 0.42)),
            0.01,
            (0, 0, -0.25),
            slot="dark",
            material="gloss",
        ),
        bar(0.014, 0.035, (-0.18, 0.34, -0.29), slot="metal"),
        ball(0.05, (0.59, 0.3, -0.2), slot="glow"),
        ball(0.05, (0.59, 0.3, 0.2), slot="glow"),
        box(0.6, 0.04, 0.28, (0, 0.16, 0), slot="dark"),
        *(part for x in (-0.37, 0.37) for part in wheel((x, 0.135, -0.265), 0.135)),
        *(face_disc(0.135, 0.05, (x, 0.135, 0.25), slot="dark") for x in (-0.37, 0.37)),
        bar(0.02, between(rng, 0.18, 0.24), (-0.1, 0.68, 0), slot="second")
        if rng.integers(2)
        else bar(0.012, 0.1, (0.05, 0.34, -0.29), slot="metal"),
    )


KINDS = (
    shopping_cart,
    basket,
    egg_basket,
    truck,
    car,
)
