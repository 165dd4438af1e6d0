"""Whether a brand's manners can be kept with the rest of its style."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from brand_styles.colors import contrast, warmth_of
from brand_styles.editorial import breaches
from brand_styles.manners import MoodRule, width
from brand_styles.problems import Problem
from brand_styles.words import Words

if TYPE_CHECKING:
    from brand_styles.style import BrandStyle

READABLE = 4.5  # WCAG 2.2, 1.4.3


def problems_of_manners(style: BrandStyle) -> Iterator[Problem]:
    for rule in style.manners.moods:
        yield from _mood(style, rule)
    yield from _pairs(style)
    yield from _short_forms(style)
    yield from _glossary(style)


def _mood(style: BrandStyle, rule: MoodRule) -> Iterator[Problem]:
    """A warm ground that is asked for must be there."""
    grounds = style.colors("ground")
    if rule.warmth != "any" and grounds and not any(warmth_of(colour) == rule.warmth for colour in grounds):
        zh = "暖" if rule.warmth == "warm" else "冷"
        yield Problem(
            "manners.moods",
            Words(
                en=f"The mood “{rule.mood}” wants a {rule.warmth} ground, and no ground of the palette is {rule.warmth}. Add one, or "
                "change the rule.",
                zh=f"氛围“{rule.mood}”要求{zh}色底，而配色中没有{zh}色底。请添加，或修改规定。",
            ),
        )


def _pairs(style: BrandStyle) -> Iterator[Problem]:
    known = {swatch.hex for swatch in style.palette}
    for pair in style.manners.pairs:
        lost = next((colour for colour in (pair.ground, pair.text) if colour not in known), None)
        if lost is not None:
            yield Problem(
                "manners.pairs",
                Words(
                    en=f"A pair names {lost}, which the palette has not. Untick it.",
                    zh=f"配对中的 {lost} 不在配色中。请取消勾选。",
                ),
            )
        elif contrast(pair.ground, pair.text) < READABLE:
            yield Problem(
                "manners.pairs",
                Words(
                    en=f"{pair.text} on {pair.ground} has {contrast(pair.ground, pair.text):.1f} : 1; text wants {READABLE} : 1. "
                    "Untick it.",
                    zh=f"{pair.text} 置于 {pair.ground} 上对比度仅 {contrast(pair.ground, pair.text):.1f} : 1，"
                    f"文字需要 {READABLE} : 1。请取消勾选。",
                ),
            )


def _short_forms(style: BrandStyle) -> Iterator[Problem]:
    """A short form is shorter, and keeps the brand's own restrictions and banned words."""
    for form in style.manners.short_forms:
        for short in form.short:
            if width(short) >= width(form.full):
                yield Problem(
                    "manners.short_forms",
                    Words(en=f"“{short}” is no shorter than “{form.full}”.", zh=f"“{short}”并不比“{form.full}”短。"),
                )
            banned = next(
                (word for word in style.banned_words if word.strip() and word.casefold() in short.casefold()), None
            )
            if banned:
                yield Problem(
                    "manners.short_forms",
                    Words(
                        en=f"The short form “{short}” holds the banned word “{banned}”.",
                        zh=f"缩写“{short}”含有禁用词“{banned}”。",
                    ),
                )
            for breach in breaches(style.manners.editorial, short, "subline"):
                yield Problem(
                    "manners.short_forms",
                    Words(en=f"“{short}”: {breach.words.en}", zh=f"“{short}”：{breach.words.zh}"),
                )


def _glossary(style: BrandStyle) -> Iterator[Problem]:
    for term in style.glossary:
        both = next((name for name in term.show if name in term.never), None)
        if both:
            yield Problem(
                "glossary",
                Words(
                    en=f"“{term.term}” is both shown as “{both}” and never shown so. Take one out.",
                    zh=f"“{term.term}”既要画“{both}”，又不画“{both}”。请删除其一。",
                ),
            )
