"""Layouts of generated briefs on ten formats against the goals, profile `strict`.

Distribution of a brief, by its own seed: two in three Chinese (market cn, with the AI label), one English (market us, label in
40 %). Headline always (zh 5–16, en 10–34 characters); call to action 85 %; subline 55 %; price 40 %; badge 12 %; legal lines 0, 1 or 2
(30, 45, 25 %), each with an approved short form; logo 90 %; subject 70 %, a quarter of them cut-outs of aspect 0.5–1.6. Cut to
3–9 elements. The price shouts in a quarter of the briefs that have one; half of the briefs want a panel.

    python bench/bench_layout.py [--quick] [--briefs N] [--json]
"""

from __future__ import annotations

import argparse
import json
import random
import statistics
import sys
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from brand_styles.style import BrandStyle, Logo, Swatch
from brand_styles.words import Words
from generation.errors import CopyDoesNotFit
from generation.layout.elements import elements_for, is_strip
from generation.layout.metrics import Canvas, Item, Kind, evaluate
from generation.layout.solver import solve
from generation.types import CopyLine, Element, Format, Layout, TextRole

FORMATS = tuple(
    Format(width=w, height=h)
    for w, h in (
        (1080, 1920),
        (1080, 1080),
        (1080, 1350),
        (1200, 628),
        (1600, 800),
        (1920, 820),
        (300, 250),
        (728, 90),
        (160, 600),
        (320, 50),
    )
)
GRID = 12
K = 8
ORDER = ("headline", "subline", "legal")

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


@dataclass
class Tally:
    """What was measured over all layouts."""

    layouts: list[tuple[Format, Layout]] = field(default_factory=list)
    seconds: list[float] = field(default_factory=list)
    iou: list[float] = field(default_factory=list)
    refused: Counter[str] = field(default_factory=Counter)
    adapted: int = 0
    few: int = 0


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


def measure(briefs: int, formats: Sequence[Format] = FORMATS, on_done: Callable[[int], None] = lambda n: None) -> Tally:
    """Solve every brief on every format."""
    tally = Tally()
    warm = brief_case(0)
    solve(_elements(warm, formats[0]), formats[0], seed=0)
    for n in range(briefs):
        case = brief_case(n)
        for fmt in formats:
            _one(tally, case, fmt)
        on_done(n + 1)
    return tally


def _elements(case: BriefCase, fmt: Format) -> tuple[Element, ...]:
    return elements_for(
        case.lines,
        brand=case.brand,
        fmt=fmt,
        has_subject=case.has_subject,
        subject_aspect=case.aspect,
        market=case.market,
    )


def _one(tally: Tally, case: BriefCase, fmt: Format) -> None:
    begun = time.process_time()
    try:
        found = solve(
            _elements(case, fmt),
            fmt,
            seed=case.seed * 7919 + fmt.width * 31 + fmt.height,
            k=K,
            shout=case.shout,
            taste={"panel": float(case.panel)},
        )
    except CopyDoesNotFit:
        tally.refused[fmt.name] += 1
        return
    tally.seconds.append(time.process_time() - begun)
    tally.layouts.append((fmt, found[0]))
    tally.adapted += bool(found[0].dropped or found[0].shortened)
    tally.few += len(found) < K
    pairs = [(a, b) for i, a in enumerate(found) for b in found[i + 1 :]]
    if pairs:
        tally.iou.append(statistics.fmean(matched(a, b) for a, b in pairs))


def matched(a: Layout, b: Layout) -> float:
    """Mean IoU of the same elements in two layouts; an element that one lacks counts 0."""
    ours, theirs = ({i.id: i.box for i in one.items} for one in (a, b))
    ids = ours.keys() | theirs.keys()
    return sum(ours[i].iou(theirs[i]) for i in ids if i in ours and i in theirs) / len(ids)


def kind_of(role: str) -> Kind:
    return role if role in ("logo", "underlay", "subject") else "text"  # type: ignore[return-value]


def signature(fmt: Format, layout: Layout) -> tuple[object, ...]:
    """Arrangement of a layout: format and, for each role, the cell of a 12×12 grid its centre is in."""
    cells = (
        (i.role, int(i.box.center[0] * GRID / fmt.width), int(i.box.center[1] * GRID / fmt.height))
        for i in layout.items
    )
    return (fmt.name, *sorted(cells))


def items_of(layout: Layout) -> list[Item]:
    return [Item(kind_of(i.role), i.box) for i in layout.items]


def uti_of(fmt: Format, layout: Layout) -> float:
    """Utility with the subject's box as its exact mask (`own`), on a grid of at most 240 cells a side."""
    from generation.layout.metrics import covered, element_mask, utility

    k = 240 / max(fmt.width, fmt.height)
    small = Canvas(fmt.width * k, fmt.height * k)
    items = [Item(i.kind, i.box.scaled(k)) for i in items_of(layout)]
    subject = covered(small, [i.box for i in items if i.kind == "subject"]).astype(float)
    return utility(subject, element_mask(small, items))


def in_order(layout: Layout) -> bool:
    """Whether type sizes fall from headline to subline and call to action to legal lines."""
    sizes = {
        role: [i.fit.style.size for i in layout.all(role) if i.fit] for role in ("headline", "subline", "cta", "legal")
    }
    middle = sizes["subline"] + sizes["cta"]
    head, legal = sizes["headline"], sizes["legal"]
    return all(h > m for h in head for m in middle + legal) and all(m > x for m in middle for x in legal)


def overflows(fmt: Format, layout: Layout) -> bool:
    return any(
        i.box.x0 < -0.01 or i.box.y0 < -0.01 or i.box.x1 > fmt.width + 0.01 or i.box.y1 > fmt.height + 0.01
        for i in layout.items
    )


def summary(tally: Tally) -> dict[str, float]:
    """Every measured figure by name."""
    scores = {"ove": [], "ali": [], "und_s": [], "val": []}  # type: dict[str, list[float]]
    for fmt, layout in tally.layouts:
        one = evaluate(Canvas(fmt.width, fmt.height), [items_of(layout)], "strict")
        for name, values in scores.items():
            value = one.as_json()[name]
            if value is not None:
                values.append(value)
    posters = [(f, x) for f, x in tally.layouts if not is_strip(f)]
    heads = [h.fit.style.size >= 0.09 * f.short for f, x in posters if (h := x.first("headline")) and h.fit]
    signatures = Counter(signature(f, x) for f, x in tally.layouts)
    per_format = Counter(f.name for f, _ in tally.layouts)
    count = len(tally.layouts)
    heroes = [s.box.area / (f.width * f.height) for f, x in posters if f.aspect <= 1.01 and (s := x.first("subject"))]
    utis = [uti_of(f, x) for f, x in tally.layouts]
    return {
        "layouts": count,
        "refused": sum(tally.refused.values()),
        "adapted": tally.adapted,
        "fewer_than_k": tally.few,
        "underlay": statistics.fmean(x.first("underlay") is not None for _, x in tally.layouts),
        "subject": statistics.fmean(x.first("subject") is not None for _, x in tally.layouts),
        "ove": statistics.fmean(scores["ove"]),
        "und_s": statistics.fmean(scores["und_s"]),
        "val": statistics.fmean(scores["val"]),
        "ali": statistics.fmean(scores["ali"]),
        "overflow": sum(overflows(f, x) for f, x in tally.layouts),
        "order": statistics.fmean(in_order(x) for _, x in tally.layouts),
        "headline": statistics.fmean(heads),
        "uti": statistics.fmean(utis),
        "uti_in_range": statistics.fmean(0.103 <= u <= 0.364 for u in utis),
        "hero": statistics.fmean(h >= 0.25 for h in heroes) if heroes else 1.0,
        "signature": max(signatures.values()) / count,
        "signature_in_format": max(n / per_format[str(s[0])] for s, n in signatures.items()),
        "iou": statistics.fmean(tally.iou),
        "seconds": statistics.median(tally.seconds),
    }


@dataclass(frozen=True)
class Goal:
    name: str
    what: str
    met: Callable[[float], bool]
    limit: str


GOALS = (
    Goal("ove", "Ove", lambda v: v <= 0.0012, "≤ 0.0012"),
    Goal("und_s", "Und_s", lambda v: v >= 0.99, "≥ 0.99"),
    Goal("val", "Val", lambda v: v == 1.0, "= 1"),
    Goal("ali", "Ali", lambda v: v <= 0.0027, "≤ 0.0027"),
    Goal("overflow", "layouts that overflow", lambda v: v == 0, "0"),
    Goal("order", "order of sizes kept", lambda v: v == 1.0, "= 1"),
    Goal("headline", "headline ≥ 0.09 s in posters", lambda v: v >= 0.95, "≥ 0.95"),
    Goal("uti", "Uti (own)", lambda v: 0.103 <= v <= 0.364, "0.103–0.364"),
    Goal("signature", "most frequent arrangement", lambda v: v <= 0.03, "≤ 0.03"),
    Goal("iou", "matched IoU of K = 8", lambda v: v <= 0.6, "≤ 0.6"),
    Goal("seconds", "whole search, median s, one core", lambda v: v <= 0.15, "≤ 0.15"),
    Goal("underlay", "with underlay", lambda v: v >= 0.3, "≥ 0.30"),
    Goal("subject", "with subject", lambda v: v >= 0.5, "≥ 0.50"),
)


def table(figures: dict[str, float]) -> str:
    rows = [f"profile strict, saliency own, {figures['layouts']:.0f} layouts"]
    for goal in GOALS:
        value = figures[goal.name]
        rows.append(f"{goal.what:<34}{value:>10.5f}  {goal.limit:<12} {'met' if goal.met(value) else 'MISSED'}")
    others = ("refused", "adapted", "fewer_than_k", "uti_in_range", "hero", "signature_in_format")
    rows += [f"{name:<34}{figures[name]:>10.5f}" for name in others]
    return "\n".join(rows)


def main() -> int:
    parser = argparse.ArgumentParser(description="Measure the layout search against its goals.")
    parser.add_argument("--quick", action="store_true", help="40 briefs instead of 400")
    parser.add_argument("--briefs", type=int)
    parser.add_argument("--json", action="store_true", help="end with one line of JSON")
    options = parser.parse_args()
    tally = measure(options.briefs or (40 if options.quick else 400))
    figures = summary(tally)
    print(table(figures))
    if tally.refused:
        print("refused, by format:", dict(tally.refused))
    if options.json:
        print(json.dumps(figures))
    return 0 if all(goal.met(figures[goal.name]) for goal in GOALS) else 1


if __name__ == "__main__":
    sys.exit(main())
