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


def test_words_that_may_not_stand_together_are_found_in_the_whole_copy() -> None:
    rule = own(kind="pairing", phrases=["会员价"], against=["折上折", "第二件{半价|免费}"])
    assert of("SHEAF-CALM", hits("会员价 99 元，第二件半价", rule)) == [("block", "会员价")]
    assert of("SHEAF-CALM", hits("会员价，折·上·折", rule))
    assert not of("SHEAF-CALM", hits("会员价 99 元", rule)) and not of("SHEAF-CALM", hits("第二件半价", rule))
    brand = demo().model_copy(update={"rules": (rule,)})
    line = check_text(load_for(brand), "会员价 99 元", context="会员价 99 元\n第二件免费")
    found = next(hit for hit in line if hit.rule == rule.id)
    assert "折上折" in found.words.zh and "Take one of them out" in found.words.en


@pytest.mark.parametrize(("starts", "ends", "found"), [(-3, 3, False), (2, 9, True), (-9, -2, True), (None, 2, False)])
def test_a_campaigns_words_are_found_before_and_after_its_days(starts: Any, ends: int, found: bool) -> None:
    today = date.today()
    since = None if starts is None else str(today + timedelta(days=starts))
    rule = own(kind="window", phrases=["双十一"], since=since, until=str(today + timedelta(days=ends)))
    told = [hit for hit in hits("双 十 一 好物", rule) if hit.rule == rule.id]
    assert bool(told) is found
    assert all(str(rule.until) in hit.words.zh and str(rule.until) in hit.words.en for hit in told)


def test_a_requirement_of_some_products_is_assumed_until_the_product_is_told() -> None:
    asked = own(kind="required", phrases=[], unless_said=["拾穗热线"], product_types=["fund", "储蓄罐"])
    severity = {
        kind: of("SHEAF-CALM", hits("会员日", asked, product_type=kind)) for kind in ("", "基金", "储蓄罐", "茶叶")
    }
    assert severity == {"": [("warn", "")], "基金": [("block", "")], "储蓄罐": [("block", "")], "茶叶": []}


PAIR = {"id": "PAIR", "kind": "pairing", "phrases": ["会员价"], "against": ["折上折"]}
MAY = {"id": "MAY", "kind": "window", "phrases": ["春茶节"], "since": "2026-05-01", "until": "2026-05-31"}


@pytest.mark.parametrize(
    ("rules", "field", "words"),
    [
        ([CALM | PAIR | {"against": []}], "rules.0", "may not stand with"),
        ([CALM | MAY | {"since": None, "until": None}], "rules.0", "names no days"),
        ([CALM | MAY | {"until": "2026-04-01"}], "rules.0", "before it starts"),
        (
            [CALM | MAY, CALM | MAY | {"id": "JUNE", "since": "2026-06-01", "until": "2026-06-30"}],
            "rules.1",
            "so never",
        ),
        (
            [
                CALM | PAIR,
                CALM | {"id": "A", "kind": "required", "phrases": [], "unless_said": ["会员价"], "adds": "会员价"},
                CALM | {"id": "B", "kind": "required", "phrases": [], "unless_said": ["折上折"], "adds": "折上折"},
            ],
            "rules.0",
            "on every picture",
        ),
        (
            [CALM, CALM | {"id": "A", "kind": "required", "phrases": [], "unless_said": ["手慢无"]}],
            "rules.0",
            "asks for elsewhere",
        ),
        ([CALM | {"least_height": 0.9}], "rules.0.least_height", ""),
        ([CALM | {"least_contrast": "x"}], "rules.0.least_contrast", ""),
    ],
)
def test_pairs_windows_and_requirements_that_cannot_hold_are_told(rules: Any, field: str, words: str) -> None:
    found = [each for each in problems_of(demo().model_dump(mode="json") | {"rules": rules}) if each.field == field]
    assert found and words in found[0].words.en and found[0].words.zh
