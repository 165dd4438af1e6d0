"""What the compositing tests draw with: one brand and small designs."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from brand_styles.style import BrandStyle, Logo
from brand_styles.words import Words
from generation.compositing.design import AnyLayer, Design, PriceLayer, TextLayer, Treatment
from generation.layout.geometry import Rect
from generation.types import Align, TypeStyle
from generation.typography.fitting import line_sets, price_box_em

SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="200" height="50"><rect width="200" height="50" fill="{}"/></svg>'
BRAND = BrandStyle(
    slug="demo",
    version=1,
    name=Words(en="Demo", zh="示例"),
    palette=(),
    logos=(
        Logo(ground="light", svg=SVG.format("#102030"), aspect=4.0),
        Logo(ground="dark", svg=SVG.format("#F0F0F0"), aspect=4.0),
    ),
)


def design(*layers: AnyLayer, width: int = 800, height: int = 400, background: str = "#FFFFFF") -> Design:
    return Design(
        width=width, height=height, background=background, brand="demo@1", market="cn", language="zh", layers=layers
    )


def text(copy: str, *, at: tuple[float, float] = (60, 60), size: float = 60, lines: int = 1, **style: Any) -> TextLayer:
    """A headline in a box as large as it measures, its left top corner at a point."""
    face, weight, leading = style.get("face", "noto-sans-sc"), style.get("weight", 900), style.get("leading", 1.2)
    language, tracking = style.get("language", "zh"), style.get("tracking", -0.02)
    align: Align = style.get("align", "left")
    found = line_sets(copy, language=language, face=face, weight=weight, max_lines=lines, tracking=tracking)[-1]
    return TextLayer(
        id="headline",
        role="headline",
        box=Rect(at[0], at[1], at[0] + found.width_em * size, at[1] + found.height_em(leading) * size),
        lines=found.lines,
        language=language,
        style=TypeStyle(face=face, weight=weight, size=size, leading=leading, tracking=tracking),
        color=style.get("color", "#000000"),
        align=align,
        treatment=Treatment(name=style.get("treatment", "plain")),
    )


def price(copy: str, *, size: float = 80, old: str = "", color: str = "#000000") -> PriceLayer:
    width, height = price_box_em(copy, "zh", "noto-sans-sc", 900)
    style = TypeStyle(face="noto-sans-sc", weight=900, size=size)
    box = Rect(60, 60, 60 + width * size, 60 + height * size)
    return PriceLayer(id="price", role="price", box=box, text=copy, old=old, language="zh", style=style, color=color)


def ink(picture: NDArray[np.uint8], ground: int = 255, step: int = 5) -> Rect:
    """Bounds of what differs from a grey ground by `step` or more."""
    drawn = (np.abs(picture.astype(int) - ground) >= step).any(axis=2)
    rows, columns = np.flatnonzero(drawn.any(axis=1)), np.flatnonzero(drawn.any(axis=0))
    return Rect(float(columns[0]), float(rows[0]), float(columns[-1] + 1), float(rows[-1] + 1))
