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


def test_every_rule_fires_on_its_matches() -> None:
    assert [(rule.id, text) for rule in RULES for text in rule.tests.match if not fires(rule, text)] == []


def test_every_rule_leaves_the_rest_alone() -> None:
    assert [(rule.id, text) for rule in RULES for text in rule.tests.no_match if fires(rule, text)] == []


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


# Sentences in which a wording is written: alone, in a sentence, before a noun or a price, and as what is said of the goods.
CARRIERS = ("{}", "这是{}。", "{}99元", "我们的{}产品", "本店{}，欢迎了解")


def stopped(rules: RuleSet, text: str) -> set[str]:
    return {hit.rule for hit in check_text(rules, text) if hit.severity != "info" and hit.kind != "required"}


@pytest.mark.parametrize("market", sorted({market for rule in RULES if rule.rewrites for market in rule.markets}))
def test_what_may_stand_instead_is_caught_by_no_rule_of_its_market(market: str) -> None:
    rules = load(market, "everything").model_copy(update={"learned": ""})  # once: its patterns are compiled with it
    plain = {carrier: stopped(rules, carrier.format("好")) for carrier in CARRIERS}
    instead = {(rule.id, new) for rule in RULES if market in rule.markets for new in rule.rewrites.values()}
    texts = [(rule, carrier, new) for rule, new in sorted(instead) for carrier in CARRIERS]
    caught = [
        (rule, carrier.format(new), stopped(rules, carrier.format(new)) - plain[carrier])
        for rule, carrier, new in texts
    ]
    assert texts and [row for row in caught if row[2]] == []


@pytest.mark.parametrize(
    ("text", "reads"),
    [
        ("全网最低价99元", "优惠价99元"),
        ("全网最低99元", "低至99元"),
        ("最低价", "优惠价"),
        ("行业最低的价格", None),
        ("全场底价99元", None),
        ("史上最低价", "优惠价"),
        ("本季最佳之选", "本季优质之选"),
        ("最高品质的面料", "优良品质的面料"),
        ("升值空间大", "配套成熟"),
        ("零风险理财", "风险等级明示理财"),
    ],
)
def test_a_rewrite_reads_well_in_its_sentence(text: str, reads: str | None) -> None:
    rules = load("cn", "everything")
    swapped = {
        text[: hit.start] + hit.rewrite + text[hit.end :]
        for hit in check_text(rules, text)
        if hit.rewrite and hit.kind != "required"
    }
    assert swapped == ({reads} if reads else swapped)
    assert all("低至价" not in each and "低至的" not in each for each in swapped)
