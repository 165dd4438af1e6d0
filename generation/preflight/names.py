"""What findings call the parts of a picture."""

from __future__ import annotations

from brand_styles.words import Words
from generation.types import Role

_NAMES: dict[str, tuple[str, str]] = {
    "headline": ("The headline", "主标题"),
    "subline": ("The subline", "副标题"),
    "cta": ("The call to action", "行动按钮"),
    "price": ("The price", "价格"),
    "legal": ("The legal line", "法律声明"),
    "ai_label": ("The AI label", "AI 标识"),
    "badge": ("The badge", "徽标文字"),
    "logo": ("The logo", "品牌标识"),
    "subject": ("The subject", "主体"),
    "underlay": ("The underlay", "衬底"),
}


def named(role: Role | str, text: str = "") -> Words:
    """How findings call a layer: "The headline “18日…”" in both languages."""
    en, zh = _NAMES.get(role, ("The layer", "图层"))
    short = " ".join(text.split())
    short = short if len(short) <= 24 else short[:23] + "…"
    return Words(en=f"{en} “{short}”", zh=f"{zh}「{short}」") if short else Words(en=en, zh=zh)
