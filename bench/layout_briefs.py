"""Generated briefs for the layout bench.

Distribution of a brief, by its own seed: two in three Chinese (market cn, with the AI label), one English (market us, label in
40 %). Headline always (zh 5–16, en 10–34 characters); call to action 85 %; subline 55 %; price 40 %; badge 12 %; legal lines 0, 1 or 2
(30, 45, 25 %), each with an approved short form; logo 90 %; subject 70 %, a quarter of them cut-outs of aspect 0.5–1.6. Cut to
3–9 elements. The price shouts in a quarter of the briefs that have one; half of the briefs want a panel.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from brand_styles.style import BrandStyle, Logo, Swatch
from brand_styles.words import Words
from generation.layout.elements import elements_for
from generation.types import CopyLine, Element, Format, TextRole

_ZH_HEAD = [
    "会员日",
    "好礼",
    "限时领",
    "新春",
    "焕新季",
    "满减",
    "狂欢",
    "安心存",
    "一起",
    "出发",
    "省心",
    "贷款",
    "福利",
    "专享",
    "加息",
    "周末",
    "咖啡",
    "开学季",
    "双倍",
    "积分",
]
_ZH_SUB = [
    "新客专享",
    "首单立减五十元",
    "积分双倍",
    "每日限量",
    "全场包邮",
    "三步开户",
    "最高可省三成",
    "名额有限",
    "到店即享",
]
_ZH_CTA = ["立即领取", "去看看", "马上开通", "预约", "了解详情", "抢先购"]
_ZH_LEGAL = [
    "活动时间：2026年12月18日至12月20日，每位会员限领一次。",
    "基金有风险，投资需谨慎。",
    "最终解释权归品牌所有，详见活动规则。",
    "年化利率以审批结果为准，请理性借贷。",
]
_ZH_PRICE = ["¥50", "¥199", "¥9.9", "5折", "3.85%", "¥1299起"]
_EN_HEAD = [
    "Save",
    "more",
    "every",
    "trip",
    "members",
    "week",
    "fresh",
    "start",
    "double",
    "points",
    "your",
    "home",
    "better",
    "coffee",
    "weekend",
    "gift",
    "season",
    "easy",
]
_EN_SUB = [
    "Members earn double points",
    "Free delivery this weekend",
    "Open an account in minutes",
    "New colours in store now",
    "Up to a third off selected items",
]
_EN_CTA = ["Join free", "Shop now", "Learn more", "Get started", "Book today"]
_EN_LEGAL = [
    "Terms apply. Offer ends 20 December 2026.",
    "Representative 24.9% APR variable. Subject to status.",
    "Selected stores only, while stocks last.",
]
_EN_PRICE = ["$19", "£9.99", "4.2% AER", "$1,299", "20% off"]


@dataclass(frozen=True)
class BriefCase:
    """One generated brief: what `elements_for` and `solve` are given."""

    lines: tuple[CopyLine, ...]
    brand: BrandStyle
    market: str
    has_subject: bool
    aspect: float | None
    shout: Literal["headline", "price"]
    panel: bool
    seed: int


def _phrase(rng: random.Random, words: Sequence[str], low: int, top: int, glue: str) -> str:
    length, parts = rng.randint(low, top), [rng.choice(words)]
    while len(glue.join(parts)) < length:
        parts.append(rng.choice(words))
    while len(glue.join(parts)) > top and len(parts) > 1:
        parts.pop()
    return glue.join(parts)


def _line(role: TextRole, text: str, language: Literal["zh", "en"], id: str = "", short: str = "") -> CopyLine:
    forms = (short,) if short else ()
    return CopyLine(id=id or role, role=role, text=text, language=language, short_forms=forms)


def brand_with_logo(aspect: float | None) -> BrandStyle:
    ground = Swatch(role="ground", hex="#FFFFFF", name=Words(en="White", zh="白"))
    logos = () if aspect is None else (Logo(ground="light", svg="<svg/>", aspect=aspect),)
    return BrandStyle(slug="bench", version=1, name=Words(en="Bench", zh="测试"), palette=(ground,), logos=logos)


def _optional_lines(rng: random.Random, language: Literal["zh", "en"]) -> list[CopyLine]:
    zh = language == "zh"
    lines = []
    if rng.random() < 0.12:
        lines.append(_line("badge", "限时" if zh else "New", language))
    if rng.random() < 0.55:
        text = _phrase(rng, _ZH_SUB, 6, 16, "，") if zh else rng.choice(_EN_SUB)
        lines.append(_line("subline", text, language))
    if rng.random() < 0.4:
        lines.append(_line("price", rng.choice(_ZH_PRICE if zh else _EN_PRICE), language))
    if rng.random() < 0.85:
        lines.append(_line("cta", rng.choice(_ZH_CTA if zh else _EN_CTA), language))
    for i, text in enumerate(rng.sample(_ZH_LEGAL if zh else _EN_LEGAL, rng.choices([0, 1, 2], [30, 45, 25])[0])):
        lines.append(_line("legal", text, language, f"legal-{i + 1}", ("详见规则" if zh else "Terms apply.")))
    return lines


def brief_case(seed: int) -> BriefCase:
    """The brief of a seed, 3 to 9 elements."""
    rng = random.Random(seed)
    language: Literal["zh", "en"] = "zh" if rng.random() < 2 / 3 else "en"
    zh = language == "zh"
    headline = _phrase(rng, _ZH_HEAD, 5, 16, "") if zh else _phrase(rng, _EN_HEAD, 10, 34, " ").capitalize()
    logo = rng.uniform(1.0, 5.0) if rng.random() < 0.9 else None
    subject = rng.random() < 0.7
    aspect = rng.uniform(0.5, 1.6) if subject and rng.random() < 0.25 else None
    lines = [_line("headline", headline, language), *_optional_lines(rng, language)]
    if zh or rng.random() < 0.4:
        lines.append(_line("ai_label", "AI生成" if zh else "AI-generated", language))
    most = 9 - (logo is not None) - subject
    lines = [*lines[: most - 1], lines[-1]] if len(lines) > most else lines
    if len(lines) + (logo is not None) + subject < 3:
        lines.append(_line("cta", (_ZH_CTA if zh else _EN_CTA)[0], language, "cta-2"))
    shouts = any(x.role == "price" for x in lines) and rng.random() < 0.25
    return BriefCase(
        tuple(lines),
        brand_with_logo(logo),
        "cn" if zh else "us",
        subject,
        aspect,
        "price" if shouts else "headline",
        rng.random() < 0.5,
        seed,
    )


def elements_of(case: BriefCase, fmt: Format) -> tuple[Element, ...]:
    """What `solve` has to place for a case on a canvas."""
    return elements_for(
        case.lines,
        brand=case.brand,
        fmt=fmt,
        has_subject=case.has_subject,
        subject_aspect=case.aspect,
        market=case.market,
    )
