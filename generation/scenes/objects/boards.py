"""Pieces of an app or a page as solid things: cards, tiles, strips and panels without a word on them."""

from __future__ import annotations

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
    pick,
    pill,
    placed,
    plate,
    rounded,
    slab,
    smooth,
    solid,
)
from generation.scenes.primitives import Part, Shape, Slot


def _lines(x: float, y: float, halves: tuple[float, ...], z: float, slot: Slot = "paper", step: float = 0.09) -> Parts:
    """Bars that stand for lines of type, flush left at x."""
    return tuple(bar(0.02, half, (x + half, y - step * i, z), slot=slot) for i, half in enumerate(halves))


def _card(a: float, b: float, slot: Slot = "main", corner: float = 0.08) -> Part:
    """An upright card that stands on y = 0; its front is at z = -0.05."""
    return slab(a, b, 0.05, corner, (0, b, 0), slot=slot)


@kind("popup-card", "pop-up card", "弹窗卡片", (1.15, 1.45, 0.35), floats=True, default_material="gloss", max_yaw=32.0)
def popup_card(rng: Rng) -> Parts:
    star = solid(Shape.STAR, (0.16, 0.075, 0.04), (0, 0.83, -0.13), radius=0.02, slot="metal", detail=5)
    cross = (bar(0.018, 0.05, slot="dark"), bar(0.018, 0.05, slot="dark"))
    return (
        _card(0.46, 0.58),
        slab(0.4, 0.25, 0.03, 0.06, (0, 0.84, -0.06), slot="paper", material="satin"),
        star,
        *_lines(-0.3, 0.46, (0.3, 0.3 * between(rng, 0.55, 0.8)), -0.06),
        pill(0.085, 0.2, (0, 0.18, -0.08), rotation=(0, 0, 90), slot="accent"),
        face_disc(0.1, 0.04, (0.46, 1.2, -0.05), slot="second"),
        placed(cross[:1], (0.46, 1.2, -0.1), 1.0, (0, 0, 45))[0],
        placed(cross[1:], (0.46, 1.2, -0.1), 1.0, (0, 0, -45))[0],
    )


@kind("feed-card", "feed card", "信息流卡片", (1.1, 1.3, 0.3), floats=True, default_material="gloss", max_yaw=32.0)
def feed_card(rng: Rng) -> Parts:
    peak = between(rng, -0.14, 0.02)
    return (
        _card(0.48, 0.6),
        slab(0.42, 0.3, 0.02, 0.05, (0, 0.84, -0.06), slot="paper", material="satin"),
        solid(Shape.WEDGE, (0.24, 0.18, 0.02), (peak, 0.73, -0.09), radius=0.015),
        solid(Shape.WEDGE, (0.16, 0.12, 0.02), (peak + 0.24, 0.67, -0.1), radius=0.015, slot="second"),
        ball(0.07, (0.24, 0.98, -0.09), slot="accent"),
        face_disc(0.075, 0.02, (-0.33, 0.38, -0.06), slot="accent"),
        *_lines(-0.2, 0.41, (0.24, 0.16), -0.06),
        solid(Shape.HEART, (0.07, 0, 0.03), (0.34, 0.16, -0.07), radius=0.02, slot="accent"),
        *_lines(-0.39, 0.17, (0.22,), -0.06),
    )


@kind(
    "banner-board",
    "wide banner board",
    "横幅画板",
    (1.6, 0.8, 0.6),
    floats=True,
    default_material="gloss",
    max_yaw=32.0,
)
def banner_board(rng: Rng) -> Parts:
    side = float(rng.choice([-1.0, 1.0]))
    tag = pill(0.06, 0.12, (-side * 0.36, 0.17, -0.09), rotation=(0, 0, 90), slot="accent")
    return (
        slab(0.75, 0.34, 0.05, 0.08, (0, 0.36, 0), slot="second"),
        slab(0.7, 0.29, 0.02, 0.06, (0, 0.36, -0.05)),
        ball(0.17, (side * 0.36, 0.3, -0.09), slot="paper", material="gloss"),
        box(0.11, 0.13, 0.08, (side * 0.56, 0.26, -0.1), slot="accent"),
        solid(Shape.STAR, (0.09, 0.04, 0.03), (side * 0.18, 0.52, -0.1), radius=0.015, slot="metal", detail=5),
        *_lines(-0.62 if side > 0 else 0.1, 0.52, (0.26, 0.2 * between(rng, 0.7, 1)), -0.08, step=0.12),
        tag,
    )


@kind("icon-grid", "grid of icons", "图标宫格", (1.5, 1.0, 0.35), floats=True, default_material="gloss", max_yaw=32.0)
def icon_grid(rng: Rng) -> Parts:
    slots: tuple[Slot, ...] = (
        "paper",
        "accent",
        "second",
        "paper",
        "metal",
        "second",
        "paper",
        "accent",
        "second",
        "paper",
    )
    start = int(rng.integers(len(slots)))
    icons: list[Part] = []
    for i in range(10):
        x, y = -0.52 + 0.26 * (i % 5), 0.62 - 0.3 * (i // 5)
        icons.append(slab(0.095, 0.095, 0.04, 0.04, (x, y, -0.09), slot=slots[(i + start) % len(slots)]))
        icons.append(_mark(i + start, x, y))
    return (slab(0.7, 0.42, 0.05, 0.1, (0, 0.44, 0)), *icons)


def _mark(turn: int, x: float, y: float) -> Part:
    at = (x, y, -0.14)
    marks = (
        ball(0.035, at),
        box(0.035, 0.035, 0.015, at),
        solid(Shape.HEART, (0.045, 0, 0.015), at, radius=0.01),
    )
    return marks[turn % 3]


@kind("strip-board", "thin strip", "腰封条", (1.7, 0.5, 0.3), floats=True, default_material="gloss", max_yaw=30.0)
def strip_board(rng: Rng) -> Parts:
    at = between(rng, 0.5, 0.58)
    return (
        slab(0.8, 0.19, 0.05, 0.06, (0, 0.21, 0)),
        face_disc(0.12, 0.03, (-0.6, 0.21, -0.06), slot="accent"),
        *_lines(-0.4, 0.26, (0.34, 0.24), -0.06, "paper", 0.11),
        line(((at, 0.3), (at + 0.1, 0.21), (at, 0.12)), 0.026, 0, (0, 0, -0.06), slot="metal"),
    )


@kind("capsule-strip", "capsule strip", "胶囊位", (1.6, 0.5, 0.4), floats=True, default_material="gloss", max_yaw=30.0)
def capsule_strip(rng: Rng) -> Parts:
    return (
        slab(0.75, 0.2, 0.07, 0.195, (0, 0.21, 0)),
        ball(0.14, (-0.54, 0.21, -0.06), slot="metal"),
        *_lines(-0.3, 0.26, (0.3, 0.3 * between(rng, 0.5, 0.8)), -0.08, "paper", 0.11),
        pill(0.06, 0.09, (0.52, 0.21, -0.08), rotation=(0, 0, 90), slot="accent"),
    )


@kind("square-tile", "square tile", "豆腐块", (1.0, 1.0, 0.5), floats=True, default_material="gloss", max_yaw=32.0)
def square_tile(rng: Rng) -> Parts:
    petals = tuple(egg(0.1, 0.15, 0.05, (x, y + 0.45, -0.17), rotation=(0, 0, t - 90), slot="accent") for x, y, t in around(
        4, 0.15, between(rng, 40, 50)
    ))  # fmt: skip
    return (
        slab(0.44, 0.44, 0.14, 0.12, (0, 0.45, 0)),
        slab(0.36, 0.36, 0.02, 0.08, (0, 0.45, -0.14), slot="second"),
        *petals,
        ball(0.08, (0, 0.45, -0.19), slot="metal"),
    )


@kind(
    "section-ribbon",
    "section ribbon",
    "楼层标题条",
    (1.8, 0.55, 0.3),
    floats=True,
    default_material="satin",
    max_yaw=30.0,
)
def section_ribbon(rng: Rng) -> Parts:
    tail = ((-0.84, 0.0), (-0.48, 0.0), (-0.48, 0.3), (-0.84, 0.3), (-0.74, 0.15))
    return (
        slab(0.6, 0.18, 0.05, 0.03, (0, 0.28, -0.03)),
        *pair(plate(tail, 0.03, (0, 0.02, 0.05), slot="second")),
        *(box(0.52, 0.008, 0.01, (0, y, -0.08), slot="metal", radius=0.004) for y in (0.15, 0.41)),
        solid(Shape.STAR, (0.1, 0.045, 0.03), (0, 0.28, -0.09), radius=0.015, slot="metal", detail=5),
        *(ball(0.03, (x, 0.28, -0.08), slot="accent") for x in (-0.42, -0.28, 0.28, 0.42)),
        ball(0.02 + between(rng, 0, 0.006), (0, 0.28, -0.12), slot="accent"),
    )


@kind("skin-frame", "festive frame", "氛围边框", (1.3, 1.4, 0.4), default_material="gloss", max_yaw=28.0)
def skin_frame(rng: Rng) -> Parts:
    corners = ((-0.5, 0.14), (0.5, 0.14), (-0.5, 1.06), (0.5, 1.06))
    blooms: list[Part] = []
    for x, y in corners:
        blooms += [
            ball(0.075, (x + dx, y + dy, -0.09), slot="accent") for dx, dy, _ in around(5, 0.085, between(rng, 0, 72))
        ]
        blooms.append(ball(0.06, (x, y, -0.13), slot="metal"))
    return (
        slab(0.5, 0.52, 0.02, 0.05, (0, 0.6, 0.03), slot="paper", material="satin"),
        *(box(0.56, 0.05, 0.07, (0, y, 0)) for y in (0.08, 1.12)),
        *(box(0.05, 0.54, 0.07, (x, 0.6, 0)) for x in (-0.52, 0.52)),
        slab(0.24, 0.08, 0.05, 0.06, (0, 1.16, -0.06), slot="second"),
        *blooms,
    )


@kind("page-mock", "page", "落地页", (1.1, 1.45, 0.3), floats=True, default_material="gloss", max_yaw=32.0)
def page_mock(rng: Rng) -> Parts:
    dots: tuple[Slot, ...] = ("accent", "metal", "paper")
    return (
        _card(0.48, 0.68),
        slab(0.48, 0.085, 0.055, 0.06, (0, 1.275, -0.005), slot="second"),
        *(ball(0.032, (-0.38 + 0.1 * i, 1.275, -0.06), slot=slot) for i, slot in enumerate(dots)),
        slab(0.4, 0.22, 0.02, 0.04, (0, 0.92, -0.06), slot="paper", material="satin"),
        egg(0.16, 0.12, 0.07, (between(rng, -0.06, 0.12), 0.9, -0.1), slot="accent"),
        *_lines(-0.38, 0.6, (0.36, 0.28, 0.32), -0.06),
        pill(0.07, 0.16, (0, 0.18, -0.07), rotation=(0, 0, 90), slot="accent"),
    )


@kind("sticker", "round sticker", "浮标贴纸", (1.05, 1.05, 0.3), floats=True, default_material="gloss", max_yaw=32.0)
def sticker(rng: Rng) -> Parts:
    peel = ((0.16, 0.02), (0.48, 0.34), (0.2, 0.28))
    return placed(
        (
            face_disc(0.49, 0.035, (0, 0.5, 0), slot="paper"),
            face_disc(0.42, 0.03, (0, 0.5, -0.03)),
            solid(Shape.STAR, (0.25, 0.12, 0.04), (0, 0.52, -0.08), radius=0.02, slot="accent", detail=5),
            plate(peel, 0.014, (0, 0.02, -0.075), slot="second", radius=0.006, rotation=(0, 8, 0)),
            face_ring(0.36, 0.01, (0, 0.5, -0.062), slot="metal"),
        ),
        (0, 0.005, 0),
        1.0,
        (0, 0, between(rng, -1, 1)),
    )


@kind(
    "pattern-tile", "patterned tile", "底图方砖", (1.0, 1.0, 0.35), floats=True, default_material="satin", max_yaw=32.0
)
def pattern_tile(rng: Rng) -> Parts:
    odd = bool(rng.random() < 0.5)
    marks: list[Part] = []
    for row in range(4):
        for column in range(4):
            x, y = -0.3 + 0.2 * column, 0.16 + 0.2 * row
            if (row + column) % 2 == odd:
                marks.append(ball(0.05, (x, y, -0.09), slot="second"))
            else:
                marks.append(
                    plate(((0, -0.065), (0.065, 0), (0, 0.065), (-0.065, 0)), 0.02, (x, y, -0.1), slot="accent")
                )
    return (slab(0.45, 0.45, 0.09, 0.08, (0, 0.46, 0)), *marks)


@kind("corner-ribbon", "corner ribbon", "角标", (1.1, 1.1, 0.35), floats=True, default_material="gloss", max_yaw=30.0)
def corner_ribbon(rng: Rng) -> Parts:
    sash = ((-0.06, 0.98), (0.26, 0.98), (0.5, 0.74), (0.5, 0.42))
    fold = (((-0.06, 0.98), (0.02, 0.98), (0.0, 1.04)), ((0.5, 0.42), (0.5, 0.5), (0.54, 0.46)))
    return (
        slab(0.46, 0.46, 0.06, 0.06, (0, 0.48, 0.02)),
        plate(sash, 0.03, (0, 0, -0.08), slot="accent"),
        *(plate(points, 0.05, (0, 0, -0.03), slot="second", radius=0.01) for points in fold),
        solid(Shape.STAR, (0.1, 0.045, 0.02), (0.26, 0.75, -0.13), radius=0.012, slot="metal", detail=5),
        *_lines(-0.36, 0.3, (0.3, 0.3 * between(rng, 0.5, 0.8)), -0.05),
    )


@kind("glass-panels", "glass panels", "玻璃面板", (1.35, 1.3, 1.0), default_material="glass", max_yaw=30.0)
def glass_panels(rng: Rng) -> Parts:
    return (
        ball(0.26, (0.2, 0.86, 0.2), slot="accent", material="gloss"),
        ball(0.16, (-0.36, 0.34, 0.24), slot="second", material="gloss"),
        slab(0.36, 0.5, 0.035, 0.09, (0.2, 0.52, 0.06), material="frosted"),
        slab(0.4, 0.32, 0.035, 0.09, (-0.16, 0.34, -0.2), material="glass"),
        *_lines(-0.42, 0.48, (0.2, 0.2 * between(rng, 0.5, 0.9)), -0.25, "paper", 0.1),
        pill(0.05, 0.1, (-0.3, 0.18, -0.25), rotation=(0, 0, 90), slot="accent"),
    )


@kind("slider", "slider", "滑杆", (1.5, 0.6, 0.4), floats=True, default_material="gloss", max_yaw=30.0)
def slider(rng: Rng) -> Parts:
    at = between(rng, 0.18, 0.34)
    return (
        slab(0.7, 0.26, 0.06, 0.1, (0, 0.27, 0)),
        bar(0.045, 0.52, (0, 0.3, -0.06), slot="second"),
        bar(0.05, (at + 0.52) / 2, ((at - 0.52) / 2, 0.3, -0.07), slot="paper", material="gloss"),
        ball(0.13, (at, 0.3, -0.09), slot="metal"),
        *(box(0.008, 0.03, 0.01, (-0.5 + 0.25 * i, 0.12, -0.06), slot="paper", radius=0.004) for i in range(5)),
    )


@kind("line-chart", "steady line", "平稳曲线", (1.5, 1.1, 0.35), floats=True, default_material="gloss", max_yaw=32.0)
def line_chart(rng: Rng) -> Parts:
    xs = (-0.54, -0.27, 0.0, 0.27, 0.54)
    ys = [0.4 + 0.08 * i + between(rng, -0.015, 0.015) for i in range(5)]
    path = smooth(tuple(zip(xs, ys, strict=True)), 3)
    under = plate((*path, (0.54, 0.16), (-0.54, 0.16)), 0.012, (0, 0, -0.06), slot="second", radius=0.006)
    return (
        slab(0.7, 0.5, 0.05, 0.08, (0, 0.52, 0)),
        under,
        line(path, 0.034, 0, (0, 0, -0.1), slot="paper"),
        *(ball(0.055, (x, y, -0.11), slot="accent") for x, y in zip(xs[1::2], ys[1::2], strict=True)),
        ball(0.075, (xs[-1], ys[-1], -0.11), slot="metal"),
        *(box(0.56, 0.006, 0.008, (0, y, -0.052), slot="paper", radius=0.003) for y in (0.16, 0.9)),
    )


@kind("capped-bars", "bars under a cap", "触顶柱", (1.3, 1.05, 0.55), default_material="gloss", max_yaw=32.0)
def capped_bars(rng: Rng) -> Parts:
    halves = (0.16 + between(rng, 0, 0.03), 0.27, 0.4)
    slots: tuple[Slot, ...] = ("second", pick(rng, "second", "paper"), "main")
    return (
        box(0.6, 0.03, 0.22, (0, 0.03, 0), slot="paper", material="satin"),
        *(
            box(0.13, half, 0.13, (-0.38 + 0.38 * i, 0.06 + half, 0), slot=slot, radius=0.035)
            for i, (half, slot) in enumerate(zip(halves, slots, strict=True))
        ),
        box(0.6, 0.025, 0.17, (0, 0.9, 0), slot="metal"),
        *(pill(0.02, 0.42, (x, 0.47, 0.14), slot="metal") for x in (-0.57, 0.57)),
    )


@kind("starburst", "burst of rays", "放射光芒", (1.25, 1.25, 0.35), floats=True, default_material="gloss", max_yaw=30.0)
def starburst(rng: Rng) -> Parts:
    turn = between(rng, 0, 20)
    ray = ((-0.03, 0.34), (0.03, 0.34), (0.06, 0.58), (-0.06, 0.58))
    slots: tuple[Slot, ...] = ("main", "accent", "second") * 5
    rays = (
        placed((plate(ray, 0.03, slot=s),), (0, 0.6, 0.02), 1.0, (0, 0, turn + 24 * i))[0] for i, s in enumerate(slots)
    )
    return (
        *rays,
        face_disc(0.31, 0.06, (0, 0.6, 0)),
        face_ring(0.31, 0.03, (0, 0.6, -0.03), slot="metal"),
        solid(Shape.STAR, (0.2, 0.09, 0.05), (0, 0.61, -0.1), radius=0.025, slot="metal", detail=5),
    )


@kind(
    "splash-phone",
    "phone with a full-screen picture",
    "开屏手机",
    (0.85, 1.45, 0.35),
    floats=True,
    default_material="gloss",
    max_yaw=32.0,
)
def splash_phone(rng: Rng) -> Parts:
    return (
        slab(0.36, 0.68, 0.055, 0.1, (0, 0.69, 0), slot="dark"),
        slab(0.325, 0.645, 0.02, 0.08, (0, 0.69, -0.045)),
        face_disc(0.17, 0.02, (0, 0.85 + between(rng, -0.02, 0.02), -0.06), slot="second"),
        solid(Shape.HEART, (0.13, 0, 0.05), (0, 0.85, -0.1), radius=0.03, slot="accent"),
        plate(
            ((-0.32, 0.1), (0.32, 0.1), (0.32, 0.3), (0.1, 0.42), (-0.1, 0.34), (-0.32, 0.46)),
            0.012,
            (0, 0, -0.06),
            slot="second",
        ),
        line(rounded(0.13, 0.055, 0.05), 0.01, 0, (0.14, 1.22, -0.07), slot="paper"),
    )


KINDS = (
    popup_card, feed_card, banner_board, icon_grid, strip_board, capsule_strip, square_tile, section_ribbon, skin_frame,
    page_mock, sticker, pattern_tile, corner_ribbon, glass_panels, slider, line_chart, capped_bars, starburst, splash_phone,
)  # fmt: skip
