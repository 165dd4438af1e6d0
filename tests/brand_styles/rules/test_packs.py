"""The packs carry their own tests: each rule fires on its matches and leaves the rest alone."""

import re
import time
from typing import Any

import pytest

from brand_styles.rules.loader import load, packs
from brand_styles.rules.matching import trigger
from brand_styles.rules.patterns import PatternProblem, compiled
from brand_styles.rules.text import check_text
from brand_styles.rules.types import Rule, RuleSet

RULES = [rule for pack in packs() for rule in pack.rules]


def alone(rule: Rule) -> RuleSet:
    exemptions = tuple(e for pack in packs() for e in pack.exemptions)
    return RuleSet(market="cn", industry="test", rules=(rule,), exemptions=exemptions)


def fires(rule: Rule, text: str) -> bool:
    return any(hit.severity != "info" for hit in check_text(alone(rule), text))


@pytest.mark.parametrize(
    ("rule", "text"), [(r, t) for r in RULES for t in r.tests.match], ids=lambda v: getattr(v, "id", v)
)
def test_fires(rule: Any, text: str) -> None:
    assert fires(rule, text)


@pytest.mark.parametrize(
    ("rule", "text"), [(r, t) for r in RULES for t in r.tests.no_match], ids=lambda v: getattr(v, "id", v)
)
def test_leaves_alone(rule: Any, text: str) -> None:
    assert not fires(rule, text)


def test_every_rule_has_a_test_each_way_and_speaks_both_languages() -> None:
    for rule in RULES:
        assert rule.tests.match and rule.tests.no_match, rule.id
        for words in (rule.title, rule.why, rule.fix):
            assert words.en and re.search(r"[一-鿿]|^[\x00-\x7f]+$", words.zh), rule.id


SEEDS = ("最", "9a", "free ", "年度销量", "不承诺", "第一")


def test_no_rule_takes_long_on_5000_characters() -> None:
    """RE2 runs in linear time; what could still be slow is what we do with its matches."""
    for market in ("cn", "uk"):
        rules = load(market, "finance")
        for seed in SEEDS:
            begun = time.process_time()
            check_text(rules, (seed * 5_000)[:4_999])
            assert time.process_time() - begun < 30.0, (market, seed)


@pytest.mark.parametrize("pattern", [r"(?<!不)保本", r"(a)\1", "(", "a" * 50_000])
def test_a_pattern_that_could_not_run_in_linear_time_is_refused_with_a_sentence(pattern: str) -> None:
    with pytest.raises(PatternProblem) as told:
        compiled(pattern)
    assert told.value.words.en and told.value.words.zh


def test_every_pattern_of_the_packs_runs() -> None:
    for rule in RULES:
        for pattern in (trigger(rule), rule.unless, rule.unless_before, rule.unless_after, *rule.any_of):
            compiled(pattern)


@pytest.mark.parametrize(
    ("field", "value"), [("until", "2025-01-01"), ("at_most", 3.0), ("phrases", ()), ("kind", "phrasing")]
)
def test_a_rule_that_contradicts_itself_is_refused(field: str, value: Any) -> None:
    sound = next(r for r in RULES if r.kind == "phrase" and not r.pattern).model_dump(exclude={"pattern"})
    with pytest.raises(ValueError):
        Rule.model_validate(sound | {"since": "2026-01-01", field: value})
