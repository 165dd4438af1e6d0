"""Folding, exemptions, routing and the sentences people read."""

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from brand_styles.rules import loader
from brand_styles.rules.loader import load
from brand_styles.rules.text import check_text, fold

CN = load("cn", "retail")


def hits(text: str, rules: Any = CN, **kwargs: Any) -> Any:
    return check_text(rules, text, **kwargs)


@pytest.mark.parametrize("text", ["全 网 第 一", "全网第壹", "全網第一", "全网\u200b第一", "全网第一"])
def test_disguises_do_not_slip_past(text: str) -> None:
    hit = hits(text)[0]
    assert hit.rule == "CN-ABS-02"
    assert hit.matched in text and text[hit.start : hit.end] == hit.matched


def test_mouth_for_most_only_warns() -> None:
    assert [h.severity for h in hits("嘴好的选择", load("cn", "finance"))] == ["warn"]


def test_statutory_superlative_blocks_and_says_what_to_do() -> None:
    (hit,) = hits("本季最佳之选")
    assert hit.severity == "block"
    assert "最佳" in hit.words.zh and "请" in hit.words.zh
    assert "art. 57" in hit.words.en


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("我们追求最佳体验", "ATTITUDE"),
        ("相比上一代，续航最强", "SELF_COMPARE"),
        ("最佳赏味期限为三天", "USAGE"),
        ("2025年全国销量第一", "TIME_FACT"),
        ("荣获年度冠军", "AWARD"),
    ],
)
def test_an_exemption_excuses_and_is_kept(text: str, code: Any) -> None:
    found = [h for h in hits(text) if h.rule.startswith("CN-ABS")]
    assert found and all(h.severity == "info" and h.exempted == code for h in found)


def test_an_exemption_reaches_its_own_sentence_only() -> None:
    found = [h for h in hits("我们追求卓越。全网第一。") if h.rule == "CN-ABS-02"]
    assert [h.severity for h in found] == ["block"]


def test_set_phrase_does_not_excuse_another_claim() -> None:
    found = [h for h in hits("第一时间送达，全网第一") if h.rule == "CN-ABS-02"]
    assert [h.severity for h in found] == ["block"]


def test_finance_raises_superlatives() -> None:
    assert {h.severity for h in hits("行业第一", load("cn", "finance"))} == {"block"}
    assert {h.severity for h in hits("行业第一", load("cn", "金融"))} == {"block"}


def test_narrower_rules_warn_until_the_product_is_told() -> None:
    text = "近一年收益率12.3%"
    by_rule = {h.rule: h.severity for h in hits(text, load("cn", "finance"))}
    assert by_rule["CN-FIN-FUND-PERF"] == "warn"
    told = {h.rule: h.severity for h in hits(text, load("cn", "finance", product_type="fund"))}
    assert told["CN-FIN-FUND-PERF"] == "block"
    assert "CN-FIN-LOAN-APR" not in {r.id for r in load("cn", "finance", product_type="fund").rules}


def test_every_disguise_is_seen_through_and_told_as_written() -> None:
    rules = load("cn", "finance")
    disguised = "bǎo běn|baoben|保·本理财|保🔥本理财|保*本*保*息|ｂａｏ　ｂｅｎ理财|蕞低价|zui4 di1 jia4|保，本，保，息|穩賺不賠|最d.i价"
    for text in disguised.split("|"):
        found = [h for h in hits(text, rules) if h.severity == "block"]
        assert found, text
        assert all(text[h.start : h.end] == h.matched for h in found)


@pytest.mark.parametrize(
    "text",
    [
        "Gu4r4nteed returns",
        "G u a r a n t e e d returns",
        "Gu*aranteed returns",
        "ＧＵＡＲＡＮＴＥＥＤ returns",
        "Guаrаntееd returns",
    ],
)
def test_english_disguises(text: str) -> None:
    found = [h for h in hits(text, load("uk", "finance")) if h.severity == "block"]
    assert found and text[found[0].start : found[0].end] == found[0].matched


@pytest.mark.parametrize(
    "text", ["最后一天", "第一季度", "不保本，投资有风险", "Can we dance in Shang Hai", "我们宝本色"]
)
def test_the_innocent_are_spared(text: str) -> None:
    assert not [h for h in hits(text, load("cn", "finance")) if h.severity in ("block", "warn")]


def test_what_may_stand_instead() -> None:
    assert [h.rewrite for h in hits("全网最低") if h.rule == "CN-ABS-02"] == ["低至"]
    assert [h.rewrite for h in hits("五星红旗") if h.rule == "CN-ADS-9-1"] == [None]


def test_a_required_sentence_may_stand_in_another_line() -> None:
    rules = load("cn", "finance", product_type="fund")
    missing = {h.rule for h in hits("稳健基金", rules)}
    assert "CN-FIN-RISK-INV" in missing
    assert "CN-FIN-RISK-INV" not in {
        h.rule for h in hits("稳健基金", rules, context="稳健基金\n基金有风险，投资需谨慎")
    }


def test_unknown_industry_runs_everything_and_says_so() -> None:
    rules = load("cn", "underwater basketry")
    assert "underwater basketry" in rules.notes[0].en and "underwater basketry" in rules.notes[0].zh
    assert {h.severity for h in hits("零风险理财", rules) if h.rule == "CN-FIN-25-1"} == {"block"}
    assert {h.severity for h in hits("业绩优良", rules)} == {"warn"}  # a rule for funds alone


def test_unknown_market_says_that_it_has_no_pack() -> None:
    rules = load("xx", "retail")
    assert rules.rules == () and "xx" in rules.notes[0].zh


def test_platform_rules_only_where_the_platform_is_named() -> None:
    assert not any(h.rule == "WX-MOMENTS" for h in hits("点击下方领红包"))
    assert any(h.rule == "WX-MOMENTS" for h in hits("点击下方领红包", load("cn", "retail", platforms=("wechat",))))


def test_brand_words_are_banned_in_any_width_and_script() -> None:
    (hit,) = [h for h in hits("全新 ＡＣＭＥ 体驗", banned_words=("acme",)) if h.rule == "BRAND-BANNED"]
    assert hit.matched == "ＡＣＭＥ" and hit.severity == "block"


def test_too_long_a_text_is_refused_not_cut() -> None:
    (hit,) = hits("好" * 5001)
    assert hit.severity == "block" and "5,001" in hit.words.zh


def test_version_pins_the_rules() -> None:
    assert load("cn", "finance").version != load("cn", "retail").version
    assert load("cn", "finance").version == load("CN", "banking").model_copy(update={"industry": "finance"}).version


@given(st.text(max_size=200))
def test_folding_keeps_where_each_character_came_from(text: str) -> None:
    folded = fold(text)
    assert len(folded.text) == len(folded.origin)
    assert list(folded.origin) == sorted(folded.origin)
    assert all(0 <= i < len(text) for i in folded.origin)


@pytest.mark.parametrize(("starts", "ends", "fires"), [(0, 0, True), (-9, -1, False), (1, 9, False)])
def test_a_dated_rule_fires_within_its_days_only(
    monkeypatch: pytest.MonkeyPatch, starts: int, ends: int, fires: bool
) -> None:
    today = date.today()
    days = {"since": today + timedelta(days=starts), "until": today + timedelta(days=ends)}
    pack = next(pack for pack in loader.packs() if any(rule.id == "CN-ABS-02" for rule in pack.rules))
    dated = tuple(rule.model_copy(update=days) for rule in pack.rules if rule.id == "CN-ABS-02")
    monkeypatch.setattr(loader, "packs", lambda: (pack.model_copy(update={"rules": dated}),))
    loader._loaded.cache_clear()
    try:
        assert bool(hits("全网第一", load("cn", "retail"))) is fires
        assert hits("全网第一", load("cn", "retail", on=days["until"]))
    finally:
        loader._loaded.cache_clear()
