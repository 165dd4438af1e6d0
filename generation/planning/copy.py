"""The lines that will be set: the brief's, in reading order, and the few that may lawfully be added.

Added are only a call to action, the campaign's dates, a disclosure the trade must carry, the brand's own required lines and
the AI label. Never a claim, a price or a promise.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from brand_styles.style import BrandStyle
from brand_styles.words import Words
from generation.layout.ai_label import label_for
from generation.planning.brief import Brief
from generation.types import CopyLine, Reason

Language = Literal["zh", "en"]

_HAN = re.compile(r"[\u3400-\u9fff]")
_LATIN = re.compile(r"[A-Za-z]")

_CTA: dict[str, tuple[str, str]] = {  # by what is asked of the reader: zh, en
    "sale": ("立即选购", "Shop now"),
    "join": ("立即参与", "Join in"),
    "learn": ("了解更多", "Find out more"),
    "open": ("立即开通", "Get started"),
}
_INVESTMENTS = {"fund", "wealth", "securities", "gold", "bond", "pension", "private-fund", "investment"}
_RISK = {"zh": "投资有风险，理财需谨慎。", "en": "Capital at risk. Investments can fall as well as rise."}
_RISK_WORDS = {"zh": re.compile("风险|谨慎"), "en": re.compile(r"\brisk\b|fall as well as rise", re.IGNORECASE)}


@dataclass
class CopyPlan:
    lines: list[CopyLine] = field(default_factory=list)
    reasons: list[Reason] = field(default_factory=list)

    def add(self, id: str, role: str, text: str, language: Language, short_forms: tuple[str, ...] = ()) -> None:
        self.lines.append(
            CopyLine.model_validate(
                {"id": id, "role": role, "text": text, "language": language, "short_forms": short_forms}
            )
        )

    def say(self, id: str, value: str, en: str, zh: str) -> None:
        self.reasons.append(Reason(field=f"copy.{id}", value=value, why=Words(en=en, zh=zh)))


def language_of(text: str, default: Language = "zh") -> Language:
    """The language that a line is set in: Chinese as soon as it holds Chinese, else English; `default` without letters."""
    if _HAN.search(text):
        return "zh"
    return "en" if _LATIN.search(text) else default


def main_language(brief: Brief) -> Language:
    """The language of the headline, or of the line that stands in for it."""
    lead = brief.copy_.headline or brief.copy_.subline or ""
    fallback: Language = brief.languages[0] if brief.languages else "zh"
    return language_of(lead, fallback)


def copy_lines(brief: Brief, brand: BrandStyle, market: str) -> CopyPlan:
    """Headline, subline, price, call to action, badge, legal lines, AI label."""
    plan, language = CopyPlan(), main_language(brief)
    _message(plan, brief, brand, language)
    _call_to_action(plan, brief, language)
    _dates(plan, brief, language)
    _legal(plan, brief, brand, language)
    words = label_for(market).words[language]
    plan.add("ai-label", "ai_label", words, language_of(words))
    plan.say(
        "ai-label",
        words,
        f"The market {market} labels pictures made by a machine.",
        f"市场 {market} 要求或建议标注生成内容。",
    )
    return plan


def _message(plan: CopyPlan, brief: Brief, brand: BrandStyle, language: Language) -> None:
    copy = brief.copy_
    headline, subline = copy.headline, copy.subline
    if headline is None and subline is not None:
        headline, subline = subline, None
        plan.say("headline", headline, "No headline was given: the subline leads.", "未填写标题，由副标题担任。")
    if headline is not None:
        plan.add("headline", "headline", headline, language_of(headline, language), short_forms(headline, brand))
    if subline is not None:
        plan.add("subline", "subline", subline, language_of(subline, language), short_forms(subline, brand))
    if copy.price is not None:
        plan.add("price", "price", copy.price, language_of(copy.price, language))


def _call_to_action(plan: CopyPlan, brief: Brief, language: Language) -> None:
    if brief.copy_.cta is not None:
        plan.add("cta", "cta", brief.copy_.cta, language_of(brief.copy_.cta, language))
        return
    zh, en = _CTA[_asked(brief)]
    text = zh if language == "zh" else en
    plan.add("cta", "cta", text, language)
    plan.say(
        "cta",
        text,
        "No call to action was given: a neutral one that promises nothing was added.",
        "未填写行动按钮，补充了一个不含承诺的通用文案。",
    )


def _asked(brief: Brief) -> str:
    """What the campaign wants of its reader."""
    said = " ".join(filter(None, (brief.goal, brief.prompt, brief.copy_.headline, brief.copy_.subline)))
    if brief.product_type in _INVESTMENTS or brief.product_type in {"insurance", "loan"}:
        return "learn"
    if re.search(r"开户|开通|办卡|注册|下载|sign up|open an account|get the app", said, re.IGNORECASE):
        return "open"
    if brief.copy_.price or re.search(r"大促|特卖|选购|折|满减|sale\b|shop", said, re.IGNORECASE):
        return "sale"
    if re.search(r"活动|会员|拉新|抽奖|签到|participat|members|join", said, re.IGNORECASE):
        return "join"
    return "learn"


def _dates(plan: CopyPlan, brief: Brief, language: Language) -> None:
    if brief.starts is None and brief.ends is None:
        return
    text = date_stamp(brief.starts, brief.ends, language)
    said = " ".join(filter(None, (brief.copy_.headline, brief.copy_.subline)))
    if text in said:
        return
    plan.add("badge", "badge", text, language)
    plan.say("badge", text, "The campaign's dates, as the brief gives them.", "简报给出的活动日期。")


def date_stamp(starts: date | None, ends: date | None, language: Language) -> str:
    """ "12.18–12.20" or "18–20 Dec": a date stamp without the year, unless the two years differ."""
    if language == "zh":
        return _stamp_zh(starts, ends)
    if starts is None or ends is None or starts == ends:
        only = starts or ends
        assert only is not None  # noqa: S101 - callers have one of them
        prefix = "" if starts == ends else "From " if ends is None else "Until "
        return f"{prefix}{only.day} {only:%b}"
    if starts.year != ends.year:
        return f"{starts.day} {starts:%b %Y} – {ends.day} {ends:%b %Y}"
    first = f"{starts.day}" if starts.month == ends.month else f"{starts.day} {starts:%b} "
    gap = "–" if starts.month == ends.month else "– "
    return f"{first}{gap}{ends.day} {ends:%b}"


def _stamp_zh(starts: date | None, ends: date | None) -> str:
    def stamp(day: date, year: bool) -> str:
        return f"{day.year}.{day.month}.{day.day}" if year else f"{day.month}.{day.day}"

    if starts and ends and starts != ends:
        years = starts.year != ends.year
        return f"{stamp(starts, years)}–{stamp(ends, years)}"
    only = starts or ends
    assert only is not None  # noqa: S101
    suffix = "" if starts and ends else "起" if starts else "止"
    return f"{stamp(only, False)}{suffix}"


def _legal(plan: CopyPlan, brief: Brief, brand: BrandStyle, language: Language) -> None:
    given = list(brief.copy_.legal)
    for line in _required(brand, language):
        if not any(line in other for other in given):
            given.append(line)
            plan.say("legal", line, "The brand requires this line.", "品牌规定须有此行。")
    if brief.product_type in _INVESTMENTS and not any(_RISK_WORDS[language].search(line) for line in given):
        given.append(_RISK[language])
        plan.say(
            "legal",
            _RISK[language],
            f"Advertising a {brief.product_type} needs a risk warning and the brief gave none.",
            f"{brief.product_type} 类产品的广告须有风险提示，而简报未提供。",
        )
    for number, line in enumerate(given, start=1):
        plan.add(f"legal-{number}", "legal", line, language_of(line, language))


def _required(brand: BrandStyle, language: Language) -> tuple[str, ...]:
    """The brand's lines in this language; all of them where it has none, since none may be left out."""
    own = tuple(line for line in brand.required_legal if language_of(line, language) == language)
    return own or brand.required_legal


_TAIL = re.compile(r"[，,。；;：:|｜—–!！]+|(?<=[\u3400-\u9fff])\s+")


def short_forms(text: str, brand: BrandStyle) -> tuple[str, ...]:
    """Approved shorter wordings, longest first: the brand's own, and where it has none the line's own first clauses that stand by
    themselves.

    Only whole clauses are dropped from the end; a clause with a number or a condition after it is not cut loose, so a claim
    never loses its limit.
    """
    if own := brand.manners.shortened(text):
        return own
    pieces = [piece for piece in _TAIL.split(text) if piece]
    if len(pieces) < 2:
        return ()
    forms = []
    for count in range(len(pieces) - 1, 0, -1):
        dropped = "".join(pieces[count:])
        if re.search(r"\d|[%％元￥¥$£€]|仅|限|起|满|最高|条件|适用|only|from|up to|terms", dropped, re.IGNORECASE):
            break
        end = text.index(pieces[count - 1]) + len(pieces[count - 1])
        kept = text[:end]
        if len(kept) >= 4:
            forms.append(kept)
    return tuple(dict.fromkeys(forms))
