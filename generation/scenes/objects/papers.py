"""Paper and screens: books, certificates, tickets, letters. Lines stand for words; no letter is drawn."""

from __future__ import annotations

from generation.scenes.objects.cards import card_face, handset
from generation.scenes.objects.gifts import bow
from generation.scenes.objects.parts import (
    Parts,
    Rng,
    around,
    ball,
    bar,
    between,
    box,
    egg,
    face_disc,
    face_ring,
    kind,
    line,
    pair,
    pill,
    placed,
    plate,
    slab,
    smooth,
    solid,
)
from generation.scenes.objects.tools import tick
from generation.scenes.primitives import Part, Shape, Slot


def rows(
    at: tuple[float, float, float],
    widths: tuple[float, ...],
    gap: float = 0.1,
    slot: Slot = "second",
    thick: float = 0.018,
) -> Parts:
    """Lines of blank text, flush left at `at`, downwards."""
    x, y, z = at
    return tuple(bar(thick, w, (x + w, y - gap * i, z), slot=slot) for i, w in enumerate(widths))


@kind("passbook", "bank passbook", "存折", (1.05, 1.15, 0.25), floats=True, default_material="satin", max_yaw=32.0)
def passbook(rng: Rng) -> Parts:
    whole = (
        slab(0.39, 0.52, 0.025, 0.05, (0.02, 0.53, 0.07)),
        box(0.375, 0.495, 0.05, (0.02, 0.53, 0), slot="paper", radius=0.01),
        slab(0.39, 0.52, 0.025, 0.05, (0.02, 0.53, -0.06)),
        box(0.04, 0.52, 0.09, (-0.36, 0.53, 0.005), radius=0.035),
        line(((-0.26, 0.1), (-0.26, 0.96)), 0.01, 0, (0, 0, -0.085), slot="metal"),
        face_ring(0.14, 0.02, (0.06, 0.68, -0.085), slot="metal"),
        solid(Shape.STAR, (0.09, 0.045, 0.015), (0.06, 0.68, -0.085), slot="metal", detail=5, radius=0.008),
        *rows((-0.1, 0.38, -0.085), (0.16, 0.11), 0.09, "metal"),
    )
    return placed(whole, (0, 0.02, 0), 1.0, (0, 0, between(rng, -7, 7)))


@kind(
    "booklet",
    "blank travel booklet",
    "空白小册",
    (1, 1.15, 0.2),
    rests=True,
    floats=True,
    default_material="satin",
    max_yaw=32.0,
)
def booklet(rng: Rng) -> Parts:
    return placed(
        (
            slab(0.36, 0.5, 0.04, 0.08, (0, 0.53, 0)),
            face_ring(0.17, 0.016, (0, 0.62, -0.045), slot="metal"),
            solid(Shape.ELLIPSOID, (0.08, 0.17, 0.012), (0, 0.62, -0.04), slot="metal"),
            line(((-0.17, 0.62), (0.17, 0.62)), 0.014, 0, (0, 0, -0.048), slot="metal"),
            bar(0.02, 0.16, (0, 0.27, -0.045), slot="metal"),
        ),
        (0, 0.02, 0),
        1.0,
        (0, 0, between(rng, -8, 8)),
    )


@kind(
    "folder",
    "folder of papers",
    "文件夹",
    (1.1, 0.95, 0.7),
    moved=(0, -0.02, 0),
    floats=True,
    default_material="satin",
    max_yaw=32.0,
)
def folder(rng: Rng) -> Parts:
    back = plate(
        ((-0.52, 0.05), (0.52, 0.05), (0.52, 0.8), (0.0, 0.8), (-0.08, 0.9), (-0.46, 0.9), (-0.52, 0.84)),
        0.03,
        (0, 0, 0.09),
        radius=0.02,
    )
    sheets = tuple(
        placed(
            (slab(0.42, 0.36, 0.012, 0.02, slot="paper"),),
            (0.02 * i, 0.52 + 0.03 * i, 0.02 + 0.03 * i),
            1.0,
            (0, 0, lean),
        )[0]
        for i, lean in enumerate((between(rng, -5, -2), between(rng, 2, 5)))
    )
    return (
        back,
        *sheets,
        *placed((slab(0.53, 0.34, 0.03, 0.05, (0, 0.34, 0)),), (0, 0.02, -0.06), 1.0, (-7, 0, 0)),
        box(0.535, 0.045, 0.02, (0, 0.34, -0.13), slot="second", radius=0.01),
        *placed(bow("second", 0.05), (0.0, 0.32, -0.17), 0.5),
    )


@kind(
    "checklist",
    "checklist on a clipboard",
    "清单",
    (0.9, 1.15, 0.3),
    moved=(0, -0.02, 0),
    floats=True,
    default_material="satin",
    max_yaw=32.0,
)
def checklist(rng: Rng) -> Parts:
    lines: list[Part] = []
    for i in range(3):
        y = 0.72 - 0.22 * i
        lines.append(face_disc(0.075, 0.015, (-0.2, y, -0.075), slot="main"))
        lines += tick((-0.2, y, -0.1), 0.24, "paper", 0.07)
        lines.append(bar(0.024, between(rng, 0.1, 0.15), (0.1, y, -0.07), slot="second"))
    return (
        slab(0.42, 0.53, 0.04, 0.06, (0, 0.54, 0)),
        slab(0.36, 0.45, 0.015, 0.03, (0, 0.5, -0.045), slot="paper"),
        box(0.17, 0.055, 0.04, (0, 0.98, -0.06), slot="metal"),
        face_ring(0.07, 0.025, (0, 1.05, -0.05), slot="metal"),
        *lines,
    )


@kind(
    "certificate",
    "blank certificate",
    "空白证书",
    (1.25, 0.95, 0.25),
    moved=(0, 0.01, 0),
    floats=True,
    default_material="satin",
    max_yaw=30.0,
)
def certificate(rng: Rng) -> Parts:
    teeth = tuple(face_disc(0.045, 0.02, (0.36 + x, 0.26 + y, -0.06), slot="main") for x, y, _ in around(10, 0.1))
    tail = plate(((0.01, 0), (0.08, 0), (0.1, -0.2), (0.06, -0.17), (0.01, -0.2)), 0.01, slot="main")
    return placed(
        (
            slab(0.57, 0.42, 0.025, 0.03, (0, 0.45, 0), slot="second"),
            box(0.53, 0.38, 0.012, (0, 0.45, -0.022), slot="paper", radius=0.008),
            *(line(((-0.48, y), (0.48, y)), 0.009, 0, (0, 0, -0.034), slot="metal") for y in (0.12, 0.78)),
            *(line(((x, 0.12), (x, 0.78)), 0.009, 0, (0, 0, -0.034), slot="metal") for x in (-0.48, 0.48)),
            bar(0.032, 0.22, (0, 0.65, -0.035), slot="main"),
            *rows((-0.33, 0.5, -0.034), (0.33, 0.33, 0.2), 0.1, "second", 0.015),
            *placed(pair(tail), (0.36, 0.2, -0.05)),
            *teeth,
            face_disc(0.11, 0.03, (0.36, 0.26, -0.06), slot="main"),
            face_ring(0.07, 0.014, (0.36, 0.26, -0.09), slot="metal"),
        ),
        (0, 0.0, 0),
        1.0,
        (0, 0, between(rng, -3, 3)),
    )


@kind(
    "coupon",
    "coupon",
    "优惠券",
    (1.35, 1, 0.45),
    moved=(0, -0.03, 0),
    floats=True,
    default_material="satin",
    max_yaw=30.0,
)
def coupon(rng: Rng) -> Parts:
    dashes = tuple(pill(0.012, 0.022, (0.2, -0.2 + 0.1 * i, -0.042), slot="paper") for i in range(5))
    front = (
        solid(Shape.TICKET, (0.58, 0.31, 0.035), radius=0.015, detail=0.085),
        *dashes,
        slab(0.27, 0.12, 0.012, 0.05, (-0.16, 0.06, -0.036), slot="paper"),
        bar(0.022, 0.2, (-0.16, -0.16, -0.036), slot="second"),
        solid(Shape.STAR, (0.14, 0.065, 0.02), (0.36, 0.0, -0.04), slot="metal", detail=5, radius=0.012),
    )
    behind = (solid(Shape.TICKET, (0.58, 0.31, 0.03), slot="second", radius=0.015, detail=0.085),)
    return (
        *placed(behind, (0.04, 0.54, 0.12), 0.95, (4, 4, -between(rng, 10, 16))),
        *placed(front, (0, 0.42, -0.03), 1.0, (4, 6, between(rng, 5, 9))),
    )


@kind(
    "price-tag",
    "price tag",
    "价格标签",
    (0.9, 1.25, 0.25),
    floats=True,
    default_material="satin",
    max_yaw=32.0,
    stands=False,
)
def price_tag(rng: Rng) -> Parts:
    body = plate(
        ((-0.34, -0.48), (0.34, -0.48), (0.34, 0.2), (0.14, 0.46), (-0.14, 0.46), (-0.34, 0.2)), 0.06, radius=0.045
    )
    tilt = 10.0
    percent = (
        face_ring(0.07, 0.032, (-0.12, 0.02, -0.065), slot="paper"),
        face_ring(0.07, 0.032, (0.12, -0.26, -0.065), slot="paper"),
        pill(0.032, 0.2, (0, -0.12, -0.065), slot="paper", rotation=(0, 0, -38)),
    )
    down = (
        solid(
            Shape.ARROW,
            (0.17, 0.22, 0.03),
            (0, -0.12, -0.06),
            rotation=(0, 0, 180),
            slot="paper",
            radius=0.015,
            detail=0.075,
        ),
    )
    cord = line(
        smooth(((0, 0.33), (0.06, 0.5), (0.2, 0.6), (0.28, 0.5), (0.14, 0.42), (0.0, 0.33)), 3),
        0.018,
        0,
        (0, 0, -0.02),
        slot="second",
    )
    whole = (
        body,
        face_ring(0.075, 0.028, (0, 0.3, -0.055), slot="metal"),
        face_disc(0.06, 0.01, (0, 0.3, -0.055), slot="dark"),
        cord,
    )
    mark = (percent, down)[int(rng.integers(2))]
    return placed((*whole, *mark), (-0.04, 0.55, 0), 1.0, (0, 0, between(rng, tilt - 4, tilt + 6)))


@kind(
    "golden-ticket", "golden ticket", "金色门票", (1.25, 0.9, 0.2), floats=True, default_material="metal", max_yaw=30.0
)
def golden_ticket(rng: Rng) -> Parts:
    holes = tuple(pill(0.012, 0.02, (-0.28, -0.18 + 0.09 * i, -0.04), slot="dark") for i in range(5))
    whole = (
        solid(Shape.TICKET, (0.55, 0.29, 0.04), slot="metal", radius=0.015, detail=0.08),
        slab(0.3, 0.2, 0.012, 0.04, (0.1, 0, -0.036), slot="main", material="satin"),
        solid(Shape.STAR, (0.14, 0.066, 0.025), (0.1, 0, -0.055), slot="metal", detail=5, radius=0.012),
        *holes,
    )
    return placed(whole, (0, 0.42, 0), 1.0, (0, 0, between(rng, 8, 15)))


@kind(
    "love-letter",
    "letter with a heart",
    "情书信封",
    (1.3, 0.9, 0.3),
    rests=True,
    floats=True,
    default_material="satin",
    max_yaw=32.0,
)
def love_letter(rng: Rng) -> Parts:
    whole = (
        slab(0.54, 0.36, 0.05, 0.04, (0, 0.38, 0), slot="paper"),
        line(((-0.5, 0.7), (0, 0.34), (0.5, 0.7)), 0.014, 0, (0, 0, -0.055), slot="second"),
        plate(((-0.5, 0.72), (0.5, 0.72), (0, 0.36)), 0.012, (0, 0, -0.05), slot="paper", radius=0.008),
        line(((-0.5, 0.06), (-0.1, 0.36)), 0.01, 0, (0, 0, -0.05), slot="second"),
        line(((0.5, 0.06), (0.1, 0.36)), 0.01, 0, (0, 0, -0.05), slot="second"),
        solid(Shape.HEART, (0.13, 0, 0.05), (0, 0.38, -0.08), slot="main", material="gloss", radius=0.04),
    )
    return placed(whole, (0, 0.02, 0), 1.0, (0, 0, between(rng, -8, 8)))


@kind("receipt", "blank receipt", "空白小票", (0.95, 1.2, 0.2), floats=True, default_material="paper", max_yaw=30.0)
def receipt(rng: Rng) -> Parts:
    teeth = [(-0.32 + 0.08 * i, 0.06 if i % 2 else 0.0) for i in range(9)]
    return placed(
        (
            plate((*teeth, (0.32, 1.08), (-0.32, 1.08)), 0.03, slot="paper", radius=0.008),
            bar(0.03, 0.14, (0, 0.96, -0.035), slot="main"),
            *rows((-0.22, 0.8, -0.035), (0.13, 0.1, 0.14), 0.11, "dark", 0.014),
            *(bar(0.014, 0.035, (0.19, 0.8 - 0.11 * i, -0.035), slot="dark") for i in range(3)),
            line(((-0.22, 0.44), (0.22, 0.44)), 0.008, 0, (0, 0, -0.032), slot="second"),
            face_ring(0.09, 0.026, (0, 0.26, -0.035), slot="main"),
        ),
        (0, 0.02, 0),
        1.0,
        (0, 0, between(rng, -8, 6)),
    )


@kind(
    "gift-card",
    "gift card",
    "礼品卡",
    (1.25, 0.9, 0.6),
    moved=(0, -0.05, 0),
    floats=True,
    default_material="gloss",
    max_yaw=30.0,
)
def gift_card(rng: Rng) -> Parts:
    whole = (
        slab(0.54, 0.35, 0.026, 0.06),
        box(0.06, 0.35, 0.032, (-0.18, 0, 0), slot="second", radius=0.01),
        box(0.54, 0.05, 0.03, (0, 0.06, 0), slot="second", radius=0.01),
        *placed(bow("second", 0.06), (-0.18, 0.05, -0.06), 0.62),
        bar(0.03, 0.13, (0.26, -0.2, -0.026), slot="paper"),
    )
    return placed(whole, (0, 0.48, 0), 1.0, (0, 0, between(rng, 6, 12)))


@kind(
    "transfer-phone",
    "phone and bank card",
    "手机转账",
    (1.15, 1.2, 0.55),
    moved=(0, -0.02, 0),
    floats=True,
    default_material="satin",
    max_yaw=30.0,
)
def transfer_phone(rng: Rng) -> Parts:
    screen = (
        slab(0.2, 0.12, 0.014, 0.03, (0, 0.33, -0.05), slot="main"),
        bar(0.018, 0.09, (0, 0.11, -0.05), slot="second"),
        slab(0.2, 0.05, 0.02, 0.045, (0, -0.4, -0.054), slot="main"),
    )
    arrow = solid(Shape.ARROW, (0.11, 0.16, 0.04), slot="accent", radius=0.02, detail=0.05, material="gloss")
    return (
        *placed(handset(screen), (-0.18, 0.59, 0.04), 1.0, (4, 0, 4)),
        *placed(card_face(rng), (0.17, 0.36, -0.16), 0.68, (4, 8, between(rng, -12, -6))),
        *placed((arrow,), (0.3, 0.82, -0.12), 1.0, (0, 0, -115)),
    )


@kind(
    "phone-form",
    "phone with a form",
    "手机表单",
    (0.7, 1.2, 0.35),
    floats=True,
    default_material="satin",
    max_yaw=35.0,
)
def phone_form(rng: Rng) -> Parts:
    fields = tuple(slab(0.2, 0.05, 0.012, 0.03, (0, 0.1 - 0.15 * i, -0.05), slot="second") for i in range(3))
    screen = (
        face_disc(0.1, 0.014, (0, 0.33, -0.05), slot="main"),
        ball(0.034, (0, 0.355, -0.06), slot="paper"),
        egg(0.06, 0.035, 0.012, (0, 0.29, -0.062), slot="paper"),
        *fields,
        slab(0.2, 0.055, 0.022, 0.05, (0, -0.4, -0.054), slot="main"),
        *tick((0, -0.4, -0.08), 0.2, "paper", 0.08),
    )
    return placed(handset(screen), (0, 0.58, 0), 1.0, (6, 0, between(rng, -5, 5)))


KINDS = (
    passbook,
    booklet,
    folder,
    checklist,
    certificate,
    coupon,
    price_tag,
    golden_ticket,
    love_letter,
    receipt,
    gift_card,
    transfer_phone,
    phone_form,
)
