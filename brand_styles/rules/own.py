"""A brand's own rule as the matcher takes it."""

from __future__ import annotations

import re

from brand_styles.own_rules import NO_WORDS, OwnRule
from brand_styles.rules.folding import fold
from brand_styles.rules.types import Rule
from brand_styles.words import Words

NO_FIX = Words(en="Say it in another way.", zh="请换一种说法。")


def as_rule(own: OwnRule, market: str) -> Rule:
    """The rule for `market`, where it names no other. What answers a claim or a requirement is plain words, not patterns.

    Marks around them don't count: a reading that sees through disguises has dropped those between Han characters.
    """
    return Rule(
        id=own.id,
        severity="require" if own.kind == "required" else own.severity,
        missing=own.severity,
        scope="copy",
        markets=own.markets or (market,),
        industries=own.industries or ("all",),
        product_types=own.product_types,
        kind=own.kind,
        phrases=own.phrases,
        pattern=own.pattern,
        any_of=_against(own) if own.kind == "pairing" else tuple(map(_literal, own.unless_said)),
        rewrites={each.instead_of: each.say for each in own.rewrites},
        adds=own.adds,
        since=own.since,
        until=own.until,
        owner=own.owner,
        title=own.title,
        why=own.why,
        fix=_fix(own),
        source=own.source or "style library",
        confidence="brand",
    )


def _fix(own: OwnRule) -> Words:
    if own.kind == "required":
        return NO_WORDS
    if own.kind == "pairing":
        return Words(
            en=f"It may not stand with {'; '.join(own.against[:5])}. Take one of them out.",
            zh=f"不能与「{'」「'.join(own.against[:5])}」同时出现。请删除其一。",
        )
    if own.kind == "window":
        return Words(en=f"It may be said {_days_en(own)} only.", zh=f"仅可在{_days_zh(own)}使用。")
    return NO_FIX


def _days_en(own: OwnRule) -> str:
    ends = (f"from {own.since:%Y-%m-%d}" if own.since else "", f"until {own.until:%Y-%m-%d}" if own.until else "")
    return " ".join(filter(None, ends))


def _days_zh(own: OwnRule) -> str:
    if own.since and own.until:
        return f" {own.since:%Y-%m-%d} 至 {own.until:%Y-%m-%d} 期间"
    return f" {own.since:%Y-%m-%d} 起" if own.since else f" {own.until:%Y-%m-%d} 前（含当日）"


def _against(own: OwnRule) -> tuple[str, ...]:
    from brand_styles.rules.patterns import expanded

    return tuple(_literal(each) for words in own.against for each in expanded(words))


def _literal(words: str) -> str:
    from brand_styles.rules.patterns import phrases_pattern

    folded = fold(words).text
    return phrases_pattern([re.sub(r"^\W+|\W+$", "", folded) or folded])
