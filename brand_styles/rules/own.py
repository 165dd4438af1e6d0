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
        kind=own.kind,
        phrases=own.phrases,
        pattern=own.pattern,
        any_of=tuple(_literal(words) for words in own.unless_said),
        rewrites={each.instead_of: each.say for each in own.rewrites},
        adds=own.adds,
        since=own.since,
        until=own.until,
        owner=own.owner,
        title=own.title,
        why=own.why,
        fix=NO_WORDS if own.kind == "required" else NO_FIX,
        source=own.source or "style library",
        confidence="brand",
    )


def _literal(words: str) -> str:
    from brand_styles.rules.patterns import phrases_pattern

    folded = fold(words).text
    return phrases_pattern([re.sub(r"^\W+|\W+$", "", folded) or folded])
