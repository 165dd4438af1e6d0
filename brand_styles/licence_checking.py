"""Whether a brand's fonts can be published: licences stated and not run out, one file a weight, faces that there are."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from brand_styles.licences import PREFIX, clashing, keyed, uncovered, used_fonts
from brand_styles.manners import today_of
from brand_styles.problems import Problem
from brand_styles.words import Words

if TYPE_CHECKING:
    from brand_styles.style import BrandStyle


def problems_of_fonts(style: BrandStyle) -> Iterator[Problem]:
    """A font that no typeface uses may lie in the library with its licence run out."""
    today = today_of(style.manners, style.market)
    for place, font in used_fonts(style):
        name = f"{font.family.en} {font.weight}"
        if not font.licence.strip():
            yield Problem(f"fonts.{place}", _no_licence(name))
        for words in uncovered(font, on=today):
            yield Problem(f"fonts.{place}", words)
    for place in clashing(style.fonts):
        font = style.fonts[place]
        yield Problem(f"fonts.{place}", _twice(f"{font.family.en} {font.weight}"))
    known = keyed(style.fonts)
    for use in ("text", "display_zh", "display_latin"):
        key = getattr(style.typefaces, use)
        if key.startswith(PREFIX) and key not in known:
            yield Problem(f"typefaces.{use}", GONE)
        elif use != "display_latin" and key in known and known[key][0].script != "han":
            yield Problem(f"typefaces.{use}", NOT_CHINESE)


def _no_licence(name: str) -> Words:
    return Words(
        en=f"{name} has no licence. Write its name, such as “SIL OFL 1.1” or the contract's number.",
        zh=f"{name} 尚未填写授权。请填写授权名称，例如“SIL OFL 1.1”或合同编号。",
    )


def _twice(name: str) -> Words:
    return Words(en=f"{name} is there twice. Take one out.", zh=f"{name} 重复。请移除其一。")


GONE = Words(
    en="The font of this typeface is no longer among the brand's fonts. Choose another.",
    zh="该字体已不在品牌字体中。请重新选择。",
)
NOT_CHINESE = Words(
    en="The font has too few Chinese characters to set text. Choose one with 500 or more.",
    zh="该字体的汉字太少，不能用于排中文。请选择至少 500 个汉字的字体。",
)
