"""What a person of finance holds in the hand: cards, phones, wallets, books and papers. All are blank of words."""

from __future__ import annotations

from generation.scenes.objects.money import struck
from generation.scenes.objects.parts import (
    Parts,
    Rng,
    arc,
    ball,
    bar,
    between,
    box,
    face_disc,
    kind,
    line,
    placed,
    plate,
    slab,
    smooth,
)
from generation.scenes.primitives import Slot


def card_face(rng: Rng, body: Slot = "main", wave: Slot = "second") -> Parts:
    """A bank card 1.0 × 0.63 about the origin: chip, contactless waves, masked digits, no mark of any bank."""
    swoosh = smooth(((-0.1, -0.3), (0.1, -0.12), (0.28, 0.1), (0.485, 0.2)), 3)
    digits = tuple(
        ball(0.017, (-0.4 + 0.15 * group + 0.036 * i, -0.1, -0.03), slot="paper")
        for group in range(3)
        for i in range(3)
    )
    waves = tuple(
        arc(r, 0.011, 80, (-0.2, 0.075, -0.026), slot="paper", rotation=(0, 0, -90)) for r in (0.04, 0.075, 0.11)
    )
    return (
        slab(0.5, 0.315, 0.022, 0.06, slot=body),
        plate((*swoosh, (0.485, -0.3)), 0.01, (0, 0, -0.018), slot=wave, radius=0.004),
        box(0.075, 0.058, 0.012, (-0.34, 0.075, -0.022), slot="metal", radius=0.012),
        box(0.075, 0.005, 0.003, (-0.34, 0.075, -0.034), slot="dark", radius=0.001),
        box(0.005, 0.058, 0.003, (-0.34, 0.075, -0.034), slot="dark", radius=0.001),
        *waves,
        *digits,
        bar(0.016, 0.11, (-0.3, -0.21, -0.024), slot="paper"),
        face_disc(0.05, 0.01, (0.38, -0.2, -0.026), slot="metal"),
    )


@kind("credit-card", "bank card", "银行卡", (1.35, 1, 0.5), floats=True, default_material="gloss", max_yaw=30.0)
def bank_card(rng: Rng) -> Parts:
    lean = between(rng, 8, 16)
    behind = slab(0.5, 0.315, 0.022, 0.06, slot="second")
    return (
        *placed((behind,), (0.08, 0.52, 0.12), 1.0, (8, 6, -between(rng, 10, 16))),
        *placed(card_face(rng), (0, 0.46, -0.04), 1.08, (8, 10, lean)),
    )


def handset(screen: Parts, body: Slot = "dark") -> Parts:
    """A phone 0.56 × 1.1 about the origin, whatever its screen shows in front."""
    return (
        slab(0.29, 0.56, 0.04, 0.075, slot=body, material="gloss"),
        slab(0.262, 0.532, 0.01, 0.055, (0, 0, -0.036), slot="paper", material="satin"),
        bar(0.014, 0.05, (0, 0.485, -0.048), slot=body),
        *screen,
    )


def shop_screen(rng: Rng) -> Parts:
    tiles = tuple(
        slab(0.062, 0.062, 0.016, 0.02, (-0.155 + 0.155 * column, -0.02 - 0.16 * row, -0.052), slot=slot)
        for row in range(2)
        for column, slot in enumerate(_shuffled(rng))
    )
    return (
        slab(0.22, 0.13, 0.018, 0.03, (0, 0.3, -0.052), slot="main"),
        face_disc(0.06, 0.012, (0.1, 0.31, -0.07), slot="second"),
        bar(0.016, 0.06, (-0.1, 0.34, -0.07), slot="paper"),
        bar(0.012, 0.04, (-0.12, 0.28, -0.07), slot="paper"),
        *tiles,
        slab(0.2, 0.05, 0.022, 0.045, (0, -0.4, -0.054), slot="main"),
    )


def _shuffled(rng: Rng) -> list[Slot]:
    slots: list[Slot] = ["main", "second", "accent"]
    return [slots[i] for i in rng.permutation(3)]


@kind("phone", "phone", "手机", (0.7, 1.2, 0.3), floats=True, default_material="satin", max_yaw=35.0)
def phone(rng: Rng) -> Parts:
    return placed(handset(shop_screen(rng)), (0, 0.58, 0), 1.0, (6, 0, between(rng, -5, 5)))


@kind("wallet", "wallet", "钱包", (1.1, 1, 0.4), floats=True, default_material="satin", max_yaw=35.0)
def wallet(rng: Rng) -> Parts:
    card = slab(0.38, 0.22, 0.014, 0.04)
    return (
        slab(0.5, 0.33, 0.12, 0.09, (0, 0.33, 0)),
        slab(0.46, 0.29, 0.012, 0.06, (0, 0.33, -0.116), slot="main"),
        line(((-0.44, 0.62), (0.44, 0.62)), 0.012, 0.0, (0, 0.0, -0.12), slot="second"),
        *placed((card,), (-0.02, 0.58, 0.03), 1.0, (0, 0, between(rng, 4, 9))),
        *placed((slab(0.38, 0.22, 0.014, 0.04, slot="paper"),), (0.03, 0.52, -0.03), 1.0, (0, 0, -4)),
        slab(0.17, 0.085, 0.03, 0.08, (0.36, 0.33, -0.13), slot="second"),
        face_disc(0.04, 0.02, (0.29, 0.33, -0.16), slot="metal"),
        *placed(struck(rng, "metal", "metal"), (-0.2, 0.75, 0.06), 0.36, (0, 0, 12)),
    )


KINDS = (bank_card, phone, wallet)
