"""Manners: what they allow, what contradicts, which day it is."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from pydantic import ValidationError

from brand_styles import sample
from brand_styles.checking import problems_of
from brand_styles.comparing import changes
from brand_styles.editorial import breaches
from brand_styles.manners import Editorial, Manners, ShortForm, rising_colour, today_of


def broken(rules: Editorial, text: str, role: str = "headline") -> list[str]:
    return [breach.code for breach in breaches(rules, text, role)]


@pytest.mark.parametrize(
    ("rules", "text", "code"),
    [
        (Editorial(exclamation=False), "今天就来！", "exclamation"),
        (Editorial(exclamation=False), "Come today!", "exclamation"),
        (Editorial(emoji=False), "会员日 🎉", "emoji"),
        (Editorial(capitals=False), "SALE ends Sunday", "capitals"),
        (Editorial(headline_stop=False), "会员日来了。", "headline-stop"),
        (Editorial(address="nin"), "给你的礼物", "address"),
        (Editorial(address="ni"), "给您的礼物", "address"),
        (Editorial(headline_zh=6), "十八日会员日来了", "headline-length"),
        (Editorial(headline_en=10), "Members' day is here", "headline-length"),
    ],
)
def test_a_restriction_is_told_where_it_is_set_and_only_there(rules: Editorial, text: str, code: str) -> None:
    assert broken(rules, text) == [code]
    assert broken(Editorial(), text) == []


@pytest.mark.parametrize("text", ["APR 7.2 %", "VIP 会员", "你好，春天", "24% off, ends 18 Dec"])
def test_what_is_usual_breaks_nothing(text: str) -> None:
    strict = Editorial(
        exclamation=False, emoji=False, capitals=False, headline_stop=False, address="nin", headline_zh=20
    )
    assert broken(strict, text) == []


def test_legal_lines_keep_the_law_s_form() -> None:
    assert broken(Editorial(exclamation=False, address="nin"), "投资有风险！你须谨慎", "legal") == []


def test_short_forms_replace_whole_lines_and_words_in_them() -> None:
    manners = Manners(short_forms=(ShortForm(full="十八日会员日", short=("18日会员日", "会员日")),))
    assert manners.shortened("十八日会员日") == ("18日会员日", "会员日")
    assert manners.shortened("十八日会员日，五折起") == ("18日会员日，五折起", "会员日，五折起")
    assert manners.shortened("会员日") == ()


def test_what_rises_follows_the_market_unless_the_brand_says_otherwise() -> None:
    assert [rising_colour(Manners(), market) for market in ("cn", "jp", "us", "uk")] == ["red", "red", "green", "green"]
    assert rising_colour(Manners(rising="green"), "cn") == "green"


def test_the_day_is_that_of_the_brand_s_clock() -> None:
    late = datetime(2026, 12, 31, 20, 0, tzinfo=UTC)
    assert today_of(Manners(), "cn", late) == date(2027, 1, 1)
    assert today_of(Manners(), "us", late) == date(2026, 12, 31)
    assert today_of(Manners(time_zone="Pacific/Auckland"), "us", late) == date(2027, 1, 1)


@pytest.mark.parametrize("wrong", [{"time_zone": "Mars/Olympus"}, {"moods": [{"mood": "calm"}, {"mood": "calm"}]}])
def test_what_there_is_not_is_refused(wrong: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        Manners.model_validate(wrong)


@pytest.mark.parametrize(
    ("manners", "said"),
    [
        ({"moods": [{"mood": "calm", "warmth": "warm"}]}, "wants a warm ground"),
        ({"pairs": [{"ground": "#123456", "text": "#10233D"}]}, "palette has not"),
        ({"pairs": [{"ground": "#0E1E38", "text": "#10233D"}]}, "1.1 : 1"),
        ({"short_forms": [{"full": "Save", "short": ["Save up"]}]}, "no shorter"),
        ({"short_forms": [{"full": "A guaranteed start", "short": ["guaranteed"]}]}, "banned word"),
        (
            {"short_forms": [{"full": "Come and see us", "short": ["Come!"]}], "editorial": {"exclamation": False}},
            "exclamation",
        ),
        ({"time_zone": "Mars/Olympus"}, "no time zone"),
        ({"editorial": {"headline_zh": "many"}}, "not a whole number"),
    ],
)
def test_what_cannot_be_kept_is_told_before_it_is_published(manners: dict[str, Any], said: str) -> None:
    style = sample.larkmoor().model_dump(mode="json")
    style["palette"] = [s for s in style["palette"] if s["hex"] != "#F3D9B1"]
    assert problems_of(style) == []
    told = [problem.words.en for problem in problems_of(style | {"manners": manners})]
    assert any(said in each for each in told), told


def test_a_word_is_not_both_shown_and_never_shown() -> None:
    style = sample.larkmoor().model_dump(mode="json")
    style["glossary"] = [{"term": "Nest", "concept": "piggy-bank", "show": ["coin"], "never": ["coin"]}]
    assert [problem.field for problem in problems_of(style)] == ["glossary"]


def test_manners_are_compared_part_by_part() -> None:
    before = {"manners": {"rising": "red", "moods": [{"mood": "calm", "warmth": "cool"}]}}
    after = {"manners": {"moods": [{"mood": "calm", "warmth": "warm"}]}}
    assert {(change.field, change.kind) for change in changes(before, after)} == {
        ("manners.rising", "removed"),
        ("manners.moods", "changed"),
    }
    assert changes({}, {"manners": {}}) == []
