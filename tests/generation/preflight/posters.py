"""A small poster of known words in known places, composed for real; tests spoil it in one way each."""

from __future__ import annotations

from typing import Any

import numpy as np

from brand_styles import sample
from generation.compositing.compose import compose
from generation.compositing.design import Design, LogoLayer, PanelLayer, PictureLayer, PriceLayer, TextLayer, Treatment
from generation.layout.geometry import Rect
from generation.preflight.ground import without_type
from generation.preflight.ocr import shared_reader
from generation.preflight.runner import check
from generation.types import Format, Layout, Placed, Report, ScenePalette, TypeStyle
from generation.typography.fitting import measured, price_box_em

BRAND = sample.demo().model_copy(update={"required_legal": ()})
WIDTH, HEIGHT = 600, 600
GROUND = "#FFEFDA"
INK = "#2B1512"
PALETTE = ScenePalette(
    ground=GROUND, ground_deep="#7A2A1C", subject="#D7301F", second="#F58A5B", accent="#E2331F", metal="#E3B34A",
    text=INK, text_soft="#6B4A40", on_accent="#FFF9F0", scheme="light",
)  # fmt: skip


def text(id: str, role: str, words: str, x: float, y: float, size: float, **more: object) -> TextLayer:
    language = more.pop("language", "zh")
    lines = tuple(words.split("\n"))
    weight = int(more.pop("weight", 400))  # type: ignore[call-overload]
    leading = 1.3
    block = measured(lines, language=str(language), face="noto-sans-sc", weight=weight)
    box = Rect(x, y, x + block.width_em * size, y + block.height_em(leading) * size)
    layer = {
        "id": id,
        "role": role,
        "box": box,
        "lines": lines,
        "language": language,
        "style": TypeStyle(face="noto-sans-sc", weight=weight, size=size, leading=leading),
        "color": INK,
    }
    return TextLayer.model_validate(layer | more)


def price(words: str, x: float, y: float, size: float) -> PriceLayer:
    width, height = price_box_em(words, "zh", "noto-sans-sc", 900)
    return PriceLayer(
        id="price",
        role="price",
        box=Rect(x, y, x + width * size, y + height * size),
        text=words,
        language="zh",
        style=TypeStyle(face="noto-sans-sc", weight=900, size=size),
        color=INK,
    )


def poster(*, treatment: str = "plain", market: str = "cn") -> Design:
    """Logo, headline, subline, price, call to action, legal line and AI label on a calm ground."""
    aspect = BRAND.logos[0].aspect
    pill = Rect(40, 400, 230, 450)
    label = text("cta", "cta", "立即领取", 0, 0, 26, weight=700, color="#FFFFFF")
    cx, cy = pill.center
    label = label.model_copy(update={"box": label.box.moved(cx - label.box.center[0], cy - label.box.center[1])})
    layers = (
        PictureLayer(id="scene", role="ground", box=Rect(0, 0, WIDTH, HEIGHT), source="scene"),
        LogoLayer(id="logo", role="logo", box=Rect(40, 40, 40 + 36 * aspect, 76), ground="light"),
        text("headline", "headline", "18日会员权益日", 40, 130, 62, weight=900, treatment=Treatment(name=treatment)),
        text("subline", "subline", "精选好物，限时上架", 40, 230, 30),
        price("¥1,299.00", 40, 290, 70),
        PanelLayer(id="cta-plate", role="cta", box=pill, shape="pill", color="#B3261B", radius=25),
        label,
        text("legal-1", "legal", "活动时间：12月18日至20日。\n每位会员限领一份，数量有限。", 40, 500, 14),
        text("ai-label", "ai_label", "AI生成", 420, 545, 42),
    )  # fmt: skip
    return Design(
        width=WIDTH, height=HEIGHT, background=GROUND, brand="demo@1", market=market, language="zh", layers=layers
    )


def layout_of(design: Design) -> Layout:
    items = tuple(
        Placed(id=layer.id, role=layer.role, box=layer.box)
        for layer in design.layers
        if layer.role in ("headline", "subline", "logo", "legal", "ai_label", "price")
    )
    return Layout(format=Format(width=design.width, height=design.height), items=items)


def scene(noise: float = 2.0) -> np.ndarray:
    rng = np.random.default_rng(3)
    color = np.frombuffer(bytes.fromhex(GROUND[1:]), np.uint8).astype(float)
    return np.clip(color + rng.normal(0, noise, (HEIGHT, WIDTH, 1)), 0, 255).astype(np.uint8)


SCENE = scene()


def draw(design: Design, ground: np.ndarray | None = None) -> np.ndarray:
    return compose(design, {"scene": SCENE if ground is None else ground}, BRAND)


def judged(design: Design, rgb: np.ndarray | None = None, ground: np.ndarray | None = None, **more: Any) -> Report:
    """The report on a design as composed, or on a spoilt picture of it."""
    picture = draw(design, ground) if rgb is None else rgb
    under = draw(without_type(design), ground)
    brand = more.pop("brand", BRAND)
    return check(design, picture, layout_of(design), brand, ground=under, reader=shared_reader(), **more)


def codes(report: Report) -> set[str]:
    return {finding.code for finding in report.findings if finding.severity == "block"}
