"""What no rule lets a brief say, told before anything is made of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from brand_styles.editorial import breaches
from brand_styles.rules.loader import load_for
from brand_styles.rules.text import check_text
from brand_styles.rules.types import RuleHit
from brand_styles.style import BrandStyle
from brand_styles.words import Words
from generation.planning.brief import Brief


@dataclass(frozen=True)
class Forbidden:
    """One place that blocks. `field` as problems of a brief name it ("copy.legal[2]"); `instead`: what may stand for `matched`."""

    field: str
    matched: str
    instead: str | None
    words: Words


def forbidden(brief: Brief, brand: BrandStyle) -> tuple[Forbidden, ...]:
    """Every place of the copy that a rule of the market or of the brand blocks.

    What is required and missing is left to preflight, which knows the words that the studio adds.
    """
    rules = load_for(brand, brief.market or "", brief.industry or "", product_type=brief.product_type or "")
    written = dict(_written(brief))
    context = "\n".join(written.values())
    blocked = [
        Forbidden(field, hit.matched, hit.rewrite, _told(hit))
        for field, text in written.items()
        for hit in check_text(rules, text, context=context, banned_words=brand.banned_words)
        if hit.severity == "block" and hit.kind != "required"
    ]
    manners = brand.manners.editorial
    if manners.severity == "block":
        blocked += [
            Forbidden(field, each.said, None, each.words)
            for field, text in written.items()
            for each in breaches(manners, text, _role(field))
        ]
    return tuple(blocked)


def _role(field: str) -> str:
    return field.removeprefix("copy.").partition("[")[0]


def _written(brief: Brief) -> Iterator[tuple[str, str]]:
    copy = brief.copy_
    for name, text in (
        ("headline", copy.headline),
        ("subline", copy.subline),
        ("price", copy.price),
        ("cta", copy.cta),
    ):
        if text:
            yield f"copy.{name}", text
    for place, text in enumerate(copy.legal, start=1):
        yield f"copy.legal[{place}]", text


def _told(hit: RuleHit) -> Words:
    if not hit.rewrite:
        return hit.words
    return Words(en=f"{hit.words.en} It may say “{hit.rewrite}”.", zh=f"{hit.words.zh}可改为「{hit.rewrite}」。")
