"""The packs carry their own tests: each rule fires on its matches and leaves the rest alone."""

import re
import time
from typing import Any

import pytest

from brand_styles.rules.loader import load, packs
from brand_styles.rules.text import check_text
from brand_styles.rules.types import Rule, RuleSet

RULES = [rule for pack in packs() for rule in pack.rules]
PATTERNS = sorted(
    {p for rule in RULES for p in (rule.pattern, *rule.any_of)}
    | {e.pattern for pack in packs() for e in pack.exemptions}
)


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


SEEDS = ("最", "1", "9a", "free ", "100%", "年度销量", "专利", "a b", "是 ", "不承诺", "。", "第一", "贷 12")


@pytest.mark.parametrize("pattern", PATTERNS)
def test_no_pattern_takes_long_on_5000_characters(pattern: Any) -> None:
    compiled = re.compile(pattern, re.IGNORECASE)
    for seed in SEEDS:
        text = (seed * 5_000)[:5_000]
        begun = time.process_time()
        sum(1 for _ in compiled.finditer(text))
        assert time.process_time() - begun < 1.0, (pattern, seed)  # backtracking would take minutes


def test_a_whole_set_on_a_long_text_stays_quick() -> None:
    rules = load("cn", "finance")
    text = "全网第一的理财，年化收益率 4.2%，限时抢购。" * 200
    begun = time.process_time()
    check_text(rules, text[:5_000])
    assert time.process_time() - begun < 10.0
