"""Copy is judged before any picture is made, line by line, and what is missing is told once."""

from typing import Any

from brand_styles import sample
from brand_styles.rules.loader import load_for
from generation.preflight.copy import check_copy
from generation.types import CopyLine

BRAND = sample.demo()


def line(id: Any, role: Any, text: str) -> Any:
    return CopyLine(id=id, role=role, text=text, language="zh")


def check(*lines: Any, market: Any = "cn", industry: Any = "finance", **more: Any) -> Any:
    return check_copy([line(*each) for each in lines], BRAND, market, industry, **more)


def test_a_lawful_brief_has_nothing_that_blocks() -> None:
    found = check(
        ("headline", "headline", "18日会员权益日"),
        ("subline", "subline", "百万会员专享好礼"),
        ("legal-1", "legal", "礼品数量有限，活动时间12月18日至20日。"),
    )
    assert not [f for f in found if f.severity == "block"]


def test_forbidden_words_name_line_rule_and_remedy() -> None:
    (finding,) = [f for f in check(("headline", "headline", "零风险理财")) if f.code == "rule.CN-FIN-25-1"]
    assert (finding.severity, finding.layer, finding.measured) == ("block", "headline", "零风险理财")
    assert finding.words.zh.startswith("主标题") and "请" in finding.words.zh
    assert finding.words.en.startswith("The headline")


def test_the_brands_own_list_blocks() -> None:
    codes = {f.code for f in check(("subline", "subline", "轻松躺赚"), industry="retail")}
    assert "rule.BRAND-BANNED" in codes


def test_a_missing_disclosure_is_told_once_and_a_legal_line_answers_it() -> None:
    lines = [("headline", "headline", "稳健基金"), ("subline", "subline", "基金定投，从容生活")]
    told = [f for f in check(*lines, product_type="fund") if f.code == "rule.CN-FIN-RISK-INV"]
    assert [(f.severity, f.layer) for f in told] == [("block", "headline")]
    answered = check(*lines, ("legal-1", "legal", "基金有风险，投资需谨慎。"), product_type="fund")
    assert not [f for f in answered if f.code == "rule.CN-FIN-RISK-INV"]


def test_what_is_excused_is_kept_as_info() -> None:
    found = check(("headline", "headline", "我们追求最佳体验"), industry="retail")
    assert [(f.severity, f.limit) for f in found if f.code == "rule.CN-ABS-01"] == [("info", "ATTITUDE")]


def test_an_unknown_industry_is_told() -> None:
    assert [f.code for f in check(("headline", "headline", "你好"), industry="basketry")] == ["rule.scope"]


def test_the_rule_set_has_a_version_for_the_recipe() -> None:
    assert len(load_for(BRAND, "cn", "finance").version) == 12
