"""A brand's own rules, and what it makes of those of its market."""

from datetime import date, timedelta
from typing import Any

import pytest
from pydantic import ValidationError

from brand_styles.checking import problems_of
from brand_styles.own_rules import Override, OwnRule
from brand_styles.rules.loader import load_for
from brand_styles.rules.text import check_text
from brand_styles.rules.types import RuleHit
from brand_styles.sample import demo

CALM = {"id": "SHEAF-CALM", "title": {"en": "Nobody is hurried", "zh": "不催促"}, "phrases": ["手慢无", "{快来|速}抢"]}


def own(**more: Any) -> OwnRule:
    return OwnRule.model_validate(CALM | more)


def hits(text: str, *rules: OwnRule, overrides: tuple[Override, ...] = (), **where: Any) -> list[RuleHit]:
    brand = demo().model_copy(update={"rules": rules, "overrides": overrides})
    return check_text(load_for(brand, **where), text)


def of(rule: str, found: list[RuleHit]) -> list[tuple[str, str]]:
    return [(hit.severity, hit.matched) for hit in found if hit.rule == rule]


@pytest.mark.parametrize("text", ["手慢无", "手·慢·无", "手 慢 無", "快来抢", "速抢好券"])
def test_an_own_rule_reads_through_disguises_as_packs_do(text: str) -> None:
    assert of("SHEAF-CALM", hits(text, own()))[0][0] == "block"


def test_its_title_tells_what_is_wrong_in_both_languages() -> None:
    found = next(hit for hit in hits("手慢无", own()) if hit.rule == "SHEAF-CALM")
    assert found.words.zh.startswith("「手慢无」：不催促（SHEAF-CALM）。")
    assert found.words.en == "“手慢无”: nobody is hurried (SHEAF-CALM). Say it in another way."


def test_an_approved_wording_is_offered() -> None:
    rule = own(rewrites=[{"instead_of": "手慢无", "say": "数量有限"}])
    assert [hit.rewrite for hit in hits("手慢无", rule) if hit.rule == rule.id] == ["数量有限"]


def test_a_claim_and_a_requirement_are_answered_by_plain_words() -> None:
    claim = own(kind="claim", phrases=["省电"], unless_said=["(实验室数据)"])
    assert of("SHEAF-CALM", hits("更省电", claim)) and not of("SHEAF-CALM", hits("更省电（实验室数据）", claim))
    asked = own(kind="required", severity="warn", phrases=[], unless_said=["拾穗热线"], adds="拾穗热线 400")
    assert of("SHEAF-CALM", hits("会员日", asked)) == [("warn", "")]
    assert not of("SHEAF-CALM", hits("会员日 拾穗热线", asked))


def test_it_holds_where_and_when_it_says() -> None:
    assert of("SHEAF-CALM", hits("手慢无", own(), market="uk"))
    assert not of("SHEAF-CALM", hits("手慢无", own(markets=["cn"]), market="uk"))
    assert not of("SHEAF-CALM", hits("手慢无", own(industries=["food"]), industry="travel"))
    assert not of("SHEAF-CALM", hits("手慢无", own(until=date.today() - timedelta(days=1))))


@pytest.mark.parametrize(("severity", "told"), [("off", "info"), ("warn", "warn")])
def test_an_override_is_told_with_its_reason(severity: Any, told: str) -> None:
    override = Override(rule="CN-ABS-02", severity=severity, reason="法务 2026-11 确认有排名证明")
    found = next(hit for hit in hits("全网第一", overrides=(override,)) if hit.rule == "CN-ABS-02")
    assert found.severity == told and "法务 2026-11" in found.words.zh
    assert (found.exempted == "BRAND") is (severity == "off")
    over = override.model_copy(update={"until": date.today() - timedelta(days=1)})
    assert next(hit for hit in hits("全网第一", overrides=(over,)) if hit.rule == "CN-ABS-02").severity == "block"


def test_a_rule_set_with_own_rules_has_a_version_of_its_own() -> None:
    versions = {load_for(demo().model_copy(update={"rules": rules})).version for rules in ((), (own(),))}
    assert len(versions) == 2


@pytest.mark.parametrize(
    ("rules", "overrides", "field", "words"),
    [
        ([CALM | {"phrases": []}], [], "rules.0", "looks for nothing"),
        ([CALM | {"phrases": ["{a|b}" * 20]}], [], "rules.0", "more than 64"),
        ([CALM | {"kind": "pattern", "pattern": "(a+"}], [], "rules.0.pattern", "(a+"),
        ([CALM | {"kind": "pattern", "pattern": r"(?=a)b"}], [], "rules.0.pattern", "(?=a)b"),
        ([CALM | {"since": "2026-02-01", "until": "2026-01-01"}], [], "rules.0", "before it starts"),
        ([CALM, CALM], [], "rules.1.id", "already"),
        ([CALM | {"id": "CN-ABS-02"}], [], "rules.0.id", "already"),
        ([CALM | {"markets": ["China"]}], [], "rules.0.markets", "as cn"),
        ([CALM | {"industries": ["basketry"]}], [], "rules.0.industries", "not one we know"),
        ([CALM | {"phrases": ["详见活动"]}], [], "rules.0", "asks for elsewhere"),
        ([CALM | {"rewrites": [{"instead_of": "手慢无", "say": "速抢"}]}], [], "rules.0", "asks for elsewhere"),
        ([], [{"rule": "CN-NONE", "severity": "off", "reason": "no such rule"}], "overrides.0.rule", "No pack"),
        ([], [{"rule": "CN-ABS-02", "severity": "off", "reason": "short"}], "overrides.0.reason", ""),
    ],
)
def test_what_cannot_hold_is_told(rules: Any, overrides: Any, field: str, words: str) -> None:
    style = demo().model_dump(mode="json") | {"rules": rules, "overrides": overrides}
    found = [problem for problem in problems_of(style) if problem.field == field]
    assert found and words in found[0].words.en and found[0].words.zh


def test_a_pattern_that_would_never_end_is_not_one_of_ours() -> None:
    assert of("SHEAF-CALM", hits("a" * 4000, own(kind="pattern", pattern="(a+)+$")))  # linear time: it answers
    assert not of("SHEAF-CALM", hits("a" * 4000 + "b", own(kind="pattern", pattern="(a+)+$")))
    with pytest.raises(ValidationError):
        own(kind="pattern", pattern="a" * 3000)
