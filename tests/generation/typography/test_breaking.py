"""Line breaks: at phrases, never through a figure or a word, no mark at a line's start, nobody left alone."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generation.typography.characters import typeset
from generation.typography.fitting import LineSet, line_sets


def broken(text: str, lines: int, language: str = "zh", face: str = "noto-sans-sc") -> tuple[LineSet, ...]:
    return line_sets(text, language=language, face=face, weight=900, max_lines=lines)


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("18日会员权益日全场好礼", ("18日会员权益日", "全场好礼")),
        ("会员专享好礼，限时三天尽情狂欢", ("会员专享好礼，", "限时三天尽情狂欢")),
        ("稳健理财从今天开始", ("稳健理财", "从今天开始")),
        ("年终盛典全场5折起，满300减50", ("年终盛典全场5折起，", "满300减50")),
        ("让每一份心意都被看见", ("让每一份心意", "都被看见")),
        ("白条分期12期免息", ("白条分期", "12期免息")),
    ],
)
def test_a_chinese_headline_in_two_lines_breaks_where_a_reader_pauses(text: str, lines: tuple[str, ...]) -> None:
    assert next(s.lines for s in broken(text, 2) if len(s.lines) == 2) == lines


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        ("全场低至3.5折起仅限18日当天会员专享", ("3.5折起", "18日")),
        ("新客立减¥50，满¥1,299再享12期免息", ("¥50", "¥1,299", "12期")),
        ("七日年化收益率最高3.85%起投仅需100元", ("3.85%", "100元")),
        ("第18届购物狂欢节倒计时3天", ("第18届", "3天")),
        ("《平凡的世界》限时5折", ("《平凡的世界》", "5折")),
    ],
)
def test_a_figure_stays_with_its_unit_in_any_number_of_lines(text: str, whole: tuple[str, ...]) -> None:
    for found in broken(text, 6):
        for part in whole:
            assert any(part in line for line in found.lines), found.lines


def test_english_keeps_rates_whole_and_leaves_no_short_last_word() -> None:
    sets = broken("Earn 4.2% AER on your savings today", 3, "en", "archivo")
    assert len(sets) == 3
    for found in sets:
        assert any("4.2% AER" in line for line in found.lines), found.lines
        assert len(found.lines) == 1 or len(found.lines[-1]) > 5, found.lines


def test_lines_are_balanced() -> None:
    found = broken("Save more on every gift you give this season", 2, "en", "archivo")[-1]
    assert min(found.widths_em) > 0.75 * max(found.widths_em)


def test_a_typed_line_break_stays() -> None:
    assert [s.lines for s in broken("新春大礼\n邀好友一起拆", 2)] == [("新春大礼", "邀好友一起拆")]


def test_a_line_break_gives_way_when_there_is_one_line_only() -> None:
    assert [s.lines for s in broken("Gifts\nfor her", 1, "en", "archivo")] == [("Gifts for her",)]


def test_blank_text_has_no_setting_and_no_lines_is_an_error() -> None:
    assert broken("  \n ", 3) == ()
    with pytest.raises(ValueError, match="max_lines"):
        broken("好", 0)


def test_five_thousand_characters_are_broken_in_reasonable_time() -> None:
    found = broken("投资有风险，入市需谨慎。" * 420, 4)[-1]
    assert len("".join(found.lines)) == 12 * 420


COPY = st.lists(
    st.sampled_from(
        [
            "会员",
            "权益",
            "日",
            "限时",
            "优惠",
            "，",
            "。",
            "！",
            "「",
            "」",
            "（",
            "）",
            "18",
            "3.5",
            "折起",
            "¥50",
            "元",
            "的",
            "AI",
            "Pro",
            " ",
            "年终盛典",
        ]
    ),
    min_size=1,
    max_size=14,
).map("".join)


@settings(max_examples=60, deadline=None)
@given(COPY)
def test_no_line_begins_with_a_closing_mark_or_ends_with_an_opening_one(text: str) -> None:
    for found in broken(text, 5):
        for before, after in zip(found.lines, found.lines[1:], strict=False):
            assert after[0] not in "，。！」）的", found.lines
            assert before[-1] not in "「（", found.lines
            assert not re.search(r"\d$", before) or not re.match(r"[\d.元折]", after), found.lines


@settings(max_examples=60, deadline=None)
@given(COPY)
def test_breaking_loses_nothing(text: str) -> None:
    wanted = "".join(typeset(text, "zh").split())
    for found in broken(text, 5):
        assert "".join("".join(found.lines).split()) == wanted


@pytest.mark.parametrize(
    ("typed", "language", "wanted"),
    [
        ('他说"好"', "zh", "他说“好”"),
        ("it's 5 x 3", "en", "it’s 5×3"),
        ('say "yes" -- now...', "en", "say “yes”—now…"),
        ("会员日:全场5折,速来!", "zh", "会员日：全场5折，速来！"),
        ("共享 AI 时代", "zh", "共享AI时代"),
        ("￥50", "zh", "¥50"),
        ("12-18 Dec", "en", "12–18 Dec"),
    ],
)
def test_typed_signs_become_the_typographers(typed: str, language: str, wanted: str) -> None:
    assert typeset(typed, language) == wanted
    assert typeset(wanted, language) == wanted


def test_short_copy_of_three_clauses_has_a_setting_in_two_lines() -> None:
    found = line_sets("到店即享，三步开户，全场包邮", language="zh", face="noto-sans-sc", weight=400, max_lines=3)
    assert ("到店即享，", "三步开户，全场包邮") in [one.lines for one in found]
