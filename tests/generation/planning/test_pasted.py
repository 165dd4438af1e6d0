"""Pasted rows and messages."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generation.planning.pasted import MOST_BYTES, MOST_ROWS, TooMuch, read_pasted

MESSAGE = """姐，双十一的需求：
标题：会员狂欢日
价格: ¥50
尺寸：1080×1920、728*90
开始：2026年11月11日
风格：很高级
声明：活动详见页面
规则：每人限一次"""


def test_a_chat_message_becomes_a_draft_and_the_rest_is_handed_back() -> None:
    (row,) = read_pasted(MESSAGE)
    assert row.fields == {
        "headline": "会员狂欢日",
        "price": "¥50",
        "formats": "1080x1920,728x90",
        "starts": "2026-11-11",
        "legal": "活动详见页面\n每人限一次",
    }
    assert row.left == ["姐，双十一的需求：", "风格: 很高级"]


@pytest.mark.parametrize(
    "text",
    [
        "Headline\tPrice\tOwner\nAutumn\t$5\tZoe\nWinter\t$6\t",
        'Headline,Price,Owner\n"Autumn",$5,Zoe\nWinter,$6,',
        "| Headline | Price | Owner |\n|---|---|---|\n| Autumn | $5 | Zoe |\n| Winter | $6 | |",
    ],
)
def test_a_table_becomes_one_draft_a_row(text: str) -> None:
    first, second = read_pasted(text)
    assert first.fields == {"headline": "Autumn", "price": "$5"} and first.left == ["Owner: Zoe"]
    assert second.fields == {"headline": "Winter", "price": "$6"} and second.left == []


def test_a_second_headline_begins_another_draft() -> None:
    assert [row.fields["headline"] for row in read_pasted("标题：甲乙\n价格：1\n\n标题：丙丁")] == ["甲乙", "丙丁"]


def test_what_cannot_be_read_is_left() -> None:
    (row,) = read_pasted("Headline: A\nStarts: 2026-02-31\nSizes: large\nhttps://example.com/a")
    assert row.left == ["Starts: 2026-02-31", "Sizes: large", "https://example.com/a"]


def test_too_much_is_refused() -> None:
    with pytest.raises(TooMuch):
        read_pasted("x" * (MOST_BYTES + 1))
    with pytest.raises(TooMuch):
        read_pasted("Headline\tPrice\n" + "a\tb\n" * (MOST_ROWS + 1))


@given(st.lists(st.text(st.characters(categories=("L", "N")), min_size=1, max_size=12), min_size=1, max_size=12))
def test_no_word_is_lost(words: list[str]) -> None:
    text = "\n".join(words)
    said = "\n".join(value for row in read_pasted(text) for value in (*row.fields.values(), *row.left))
    assert all(word in said for word in words)


def test_a_line_of_nothing_but_spaces_is_read_at_once() -> None:
    """What backtracks over them would still be at it when the test's time is over."""
    for line in ("|" + " " * 20_000 + "|", "- " + " " * 20_000 + "x", "a" * 24 + " " * 20_000):
        assert read_pasted(f"会员日\n{line}")[0].left[0] == "会员日"
    assert read_pasted("会员日\n| 标题：  红包 |")[0].fields == {"headline": "红包"}
