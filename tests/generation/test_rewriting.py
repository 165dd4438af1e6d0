"""Blocked copy is mended before it is laid out, with approved wordings alone, and each step is logged."""

from typing import Any

import pytest

from brand_styles.own_rules import OwnRule
from brand_styles.sample import demo
from brand_styles.style import BrandStyle
from generation.pipeline import Task
from generation.planning.brief import Brief
from generation.planning.planner import plan
from generation.preflight.copy import check_copy
from generation.rewriting import MOST, with_lawful_copy
from generation.types import Format


def ruled(**rule: Any) -> BrandStyle:
    own = OwnRule.model_validate({"id": "SHEAF-1", "title": {"en": "Nobody is hurried", "zh": "不催促"}} | rule)
    return demo().model_copy(update={"rules": (own,)})


def task(brand: BrandStyle, headline: str, **copy: Any) -> Task:
    told = {"brand": "demo", "copy": {"headline": headline, "legal": ["规则"]} | copy, "formats": ["1080x1080"]}
    return Task(plan(Brief.model_validate(told), brand), Format(width=1080, height=1080), brand)


def blocked(made: Task) -> list[str]:
    found = check_copy(made.plan.copy_lines, made.brand, made.plan.market, made.plan.industry)
    return [f.code for f in found if f.severity == "block"]


def test_an_approved_wording_takes_the_place_of_what_is_blocked() -> None:
    brand = ruled(phrases=["手慢无"], rewrites=[{"instead_of": "手慢无", "say": "数量有限"}])
    before = task(brand, "会员日好物，手慢无")
    assert blocked(before) == ["rule.SHEAF-1"]
    after = with_lawful_copy(before)
    assert after.plan.copy_lines[0].text == "会员日好物，数量有限"
    assert blocked(after) == []
    (step,) = after.mended
    assert (step.attempt, step.finding, step.layer, step.action, step.mended) == (
        1,
        "rule.SHEAF-1",
        "headline",
        "rewrite",
        True,
    )
    assert "手慢无" in step.detail and "数量有限" in step.detail


def test_nothing_is_reworded_without_an_approved_wording() -> None:
    before = task(ruled(phrases=["手慢无"]), "会员日好物，手慢无")
    assert with_lawful_copy(before) is before


def test_a_wording_that_is_blocked_itself_is_not_used() -> None:
    brand = ruled(phrases=["手慢无"], rewrites=[{"instead_of": "手慢无", "say": "稳赚不赔"}])
    before = task(brand, "会员日好物，手慢无")
    assert with_lawful_copy(before) is before


def test_a_required_sentence_that_is_missing_is_added_as_the_rule_has_it() -> None:
    brand = ruled(kind="required", unless_said=["拾穗热线"], adds="拾穗热线 400-000-0000")
    after = with_lawful_copy(task(brand, "会员日"))
    roles = [(line.role, line.text) for line in after.plan.copy_lines]
    assert ("legal", "拾穗热线 400-000-0000") in roles
    assert roles[-1][0] == "ai_label"
    assert blocked(after) == []


def test_a_short_form_that_still_says_it_is_dropped() -> None:
    brand = ruled(phrases=["手慢无"], rewrites=[{"instead_of": "手慢无", "say": "数量有限"}])
    after = with_lawful_copy(task(brand, "手慢无的会员日，全场好物"))
    assert after.plan.copy_lines[0].short_forms == ()


def test_at_most_four_places_are_mended() -> None:
    words = [f"快抢{n}号" for n in "一二三四五六"]
    brand = ruled(phrases=words, rewrites=[{"instead_of": word, "say": "来看看"} for word in words])
    after = with_lawful_copy(task(brand, "会员日", subline="，".join(words)))
    assert len(after.mended) == MOST
    assert [step.attempt for step in after.mended] == [1, 2, 3, 4]
    assert len(blocked(after)) == 2


@pytest.mark.parametrize("headline", ["会员日", "18日会员日，全场五折起"])
def test_lawful_copy_is_left_alone(headline: str) -> None:
    before = task(demo(), headline)
    assert with_lawful_copy(before) is before
