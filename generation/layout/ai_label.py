"""The visible AI label by market: words, height, corner. The layout needs its size, the preflight check its limit.

China: Measures for Labelling AI-Generated Content and GB 45438-2025 5.2, both in force since 2025-09-01: the words hold an AI
element and a generation element, stand at an edge or corner, and are at least 5 % of the shortest side high. The standard
doesn't say which height; ours is the ink of the lowest glyph, the strictest reading. Under 10 px nobody could read them.
EU: AI Act art. 50(4) asks deployers to disclose, India G.S.R. 120(E) for a prominent label; neither gives a size.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil
from typing import Literal

Corner = Literal["top-left", "top-right", "bottom-left", "bottom-right"]

_CORNERS: tuple[Corner, ...] = ("bottom-right", "bottom-left", "top-right", "top-left")


@dataclass(frozen=True)
class AiLabel:
    """How a market wants machine-made pictures marked. `ink_share`: least ink height of every glyph, of the shortest side."""

    words: dict[str, str]  # by language
    ink_share: float
    floor_px: float  # least type size
    required: bool
    corners: tuple[Corner, ...]
    source: str


_CHINA = AiLabel(
    {"zh": "AI生成", "en": "AI生成"},
    0.05,
    10.0,
    True,
    _CORNERS,
    "GB 45438-2025 5.2",
)
_EU = AiLabel(
    {"zh": "AI 生成", "en": "AI-generated"}, 0.02, 9.0, False, _CORNERS, "Regulation (EU) 2024/1689 art. 50(4)"
)
_INDIA = AiLabel({"zh": "AI 生成", "en": "AI-generated"}, 0.03, 9.0, True, _CORNERS, "G.S.R. 120(E), 2026-02-20")
_OTHER = AiLabel({"zh": "AI 生成", "en": "AI-generated"}, 0.02, 9.0, False, _CORNERS, "platform policy, where asked")

_MARKETS = {"cn": _CHINA, "eu": _EU, "in": _INDIA}

LOWEST_INK_EM = (
    0.715  # measured: "A" and "I" are 0.72 em high in the label's face, "工" 0.73, "生" 0.89; a hair to be safe
)


def label_for(market: str) -> AiLabel:
    """The rule of a market; markets without one of their own get the small label, where it is asked for."""
    return _MARKETS.get(market, _OTHER)


def label_size(market: str, short_side: float) -> float:
    """Least type size in whole pixels of the label on a canvas whose shortest side is `short_side` pixels."""
    rule = label_for(market)
    return max(float(ceil(rule.ink_share * short_side / LOWEST_INK_EM)), rule.floor_px)
