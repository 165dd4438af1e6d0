"""The brief's schema: every fault of a bad brief is a sentence in two languages with field, line and what was expected."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from generation.errors import BriefProblem, BriefProblems
from generation.planning.brief import Brief, brief_hash, load_brief, problems_of

LEAST = "brand: demo\ncopy: {headline: 会员日}\nformats: [1080x1080]\n"
BRIEFS = sorted((Path(__file__).parents[3] / "docs" / "briefs").glob("*.yaml"))


def data(**changes: Any) -> dict[str, Any]:
    return {"brand": "demo", "copy": {"headline": "会员日"}, "formats": ["1080x1080"]} | changes


def only_problem(**changes: Any) -> BriefProblem:
    problems = problems_of(data(**changes))
    assert len(problems) == 1, [p.words.en for p in problems]
    assert problems[0].words.zh and problems[0].expected
    return problems[0]


def test_brand_a_line_and_a_format_are_enough() -> None:
    brief = load_brief(LEAST)
    assert (brief.version, brief.variants, brief.brand_slug, brief.brand_version) == (1, 1, "demo", None)
    assert [f.name for f in brief.canvases] == ["1080x1080"]


@pytest.mark.parametrize("path", BRIEFS, ids=lambda p: p.stem)
def test_the_sample_briefs_are_sound(path: Path) -> None:
    assert load_brief(path).brand_slug == "demo"


def test_there_is_a_sample_brief_for_every_mood() -> None:
    assert {load_brief(path).mood for path in BRIEFS} >= {
        "lively",
        "elegant",
        "fresh",
        "playful",
        "tech",
        "calm",
        "warm",
    }


@pytest.mark.parametrize("missing", ["brand", "copy", "formats"])
def test_what_is_required_is_named(missing: str) -> None:
    whole = data()
    del whole[missing]
    problems = problems_of(whole)
    assert [p.field for p in problems] == [missing] and "missing" in problems[0].words.en


def test_all_faults_come_at_once_in_the_order_of_lines() -> None:
    text = (
        "brand: Demo!\nheadlin: x\ncopy:\n  headline: ''\n  cta: 5\nformats: [1x1, 30000x20, wide]\n"
        "mood: livly\nsubject: {concept: giftbox}\nstarts: 2026-12-20\nends: 2026-12-18\nvariants: 0\n"
    )
    with pytest.raises(BriefProblems) as caught:
        load_brief(text)
    found = [(p.line, p.field) for p in caught.value.problems]
    assert found == [
        (1, "brand"), (2, "headlin"), (4, "copy.headline"), (5, "copy.cta"), (6, "formats[1]"), (6, "formats[2]"), (6, "formats[3]"),
        (7, "mood"), (8, "subject.concept"), (10, "ends"), (11, "variants"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("wrong", "right"), [("promt", "prompt"), ("headline", "copy.headline"), ("format", "formats")]
)
def test_an_unknown_field_offers_the_nearest(wrong: str, right: str) -> None:
    assert f"“{right}”" in only_problem(**{wrong: "x"}).words.en


def test_empty_copy_is_told() -> None:
    assert only_problem(copy={}).field == "copy"
    assert only_problem(copy={"headline": "  "}).field == "copy.headline"
    assert "headline" in only_problem(copy={"cta": "立即参与"}).words.en


def test_a_headline_of_five_thousand_characters_is_told_with_its_limit() -> None:
    problem = only_problem(copy={"headline": "字" * 5000})
    assert problem.field == "copy.headline" and "5,000" in problem.words.en and "60" in problem.words.zh
    assert not problems_of(data(copy={"headline": "字" * 60}))
    assert not problems_of(data(copy={"headline": "letters " * 15}))
    assert problems_of(data(copy={"headline": "字" * 61}))


def test_a_character_that_the_typefaces_lack_is_named() -> None:
    problem = only_problem(copy={"headline": "会员日𪚥"})
    assert "𪚥" in problem.words.en and "U+2A6A5" in problem.words.zh


@pytest.mark.parametrize("text", ["会员\u202e日", "a\x00b", "a\u200bb", "\ud800", "x\u2066y"])
def test_invisible_and_turning_characters_are_refused(text: str) -> None:
    assert only_problem(copy={"headline": text}).field == "copy.headline"


@pytest.mark.parametrize("size", ["1x1", "49x1000", "30000x300", "8193x100", "8000x8000", "0x0", "999999999x1"])
def test_formats_that_cannot_be_made_are_told_with_the_limits(size: str) -> None:
    problem = only_problem(formats=["1080x1080", size])
    assert problem.field == "formats[2]" and "8192" in problem.words.en and "8192" in problem.words.zh


@pytest.mark.parametrize("size", ["wide", "1080", "1080x", "-5x100", "1e3x1e3", "1080x1920x3", ""])
def test_what_is_not_a_size_is_told(size: str) -> None:
    assert only_problem(formats=[size]).field == "formats[1]"


def test_sizes_are_read_as_people_write_them_and_twice_the_same_is_told() -> None:
    assert load_brief(LEAST.replace("1080x1080", "1080 X 1920, 300×250")).formats == ("1080x1920", "300x250")
    assert "twice" in only_problem(formats=["1080x1080", "1080 x 1080"]).words.en
    assert only_problem(formats=[]).field == "formats"
    assert only_problem(formats=[f"{i}x100" for i in range(100, 141)]).field == "formats"


@pytest.mark.parametrize("value", [0, 21, 2.5, "3", True, None])
def test_variants_are_a_whole_number_from_one_to_twenty(value: object) -> None:
    assert only_problem(variants=value).field == "variants"


@pytest.mark.parametrize(
    "url", ["http://example.com", "javascript:alert(1)", "https://", "https://a:b@example.com", "ftp://x", "//x"]
)
def test_addresses_are_https_and_hold_no_password(url: str) -> None:
    assert only_problem(landing_url=url).field == "landing_url"


@pytest.mark.parametrize("day", ["tomorrow", 20261218, "2026-02-30", "2026-12-18T10:00"])
def test_dates_are_dates(day: object) -> None:
    assert only_problem(starts=day).field == "starts"


def test_dates_from_a_form_and_from_yaml_are_the_same() -> None:
    brief = Brief.model_validate(data(starts="2026-12-18"))
    assert brief.starts == date(2026, 12, 18) == load_brief(LEAST + "starts: 2026-12-18\n").starts


def test_a_subject_is_a_concept_or_a_picture() -> None:
    assert only_problem(subject={}).field == "subject"
    assert only_problem(subject={"concept": "gift-box", "image": "a.png"}).field == "subject"
    brief = Brief.model_validate(data(subject={"concept": "红包"}))
    assert brief.subject is not None and brief.subject.concept == "red-envelope"


def test_an_unknown_concept_offers_the_three_nearest() -> None:
    problem = only_problem(subject={"concept": "gift-bocks"})
    assert problem.expected.removeprefix("one of ").count(",") == 2
    assert "gift-box" in problem.expected


def test_a_brand_may_pin_a_version() -> None:
    brief = Brief.model_validate(data(brand="demo@3"))
    assert (brief.brand_slug, brief.brand_version) == ("demo", 3)
    assert only_problem(brand="demo@0").field == "brand"


@pytest.mark.parametrize("text", ["", "null", "- a\n- b\n", "just words", "42"])
def test_a_document_that_is_no_brief_is_told(text: str) -> None:
    with pytest.raises(BriefProblems):
        load_brief(text)


def test_the_hash_is_of_the_meaning_not_of_the_writing() -> None:
    short = load_brief(LEAST)
    long = load_brief("formats: ['1080X1080']\nvariants: 1\nversion: 1\ncopy:\n  headline: 会员日\nbrand: demo\n")
    assert brief_hash(short) == brief_hash(long) == brief_hash(Brief.model_validate(short.model_dump(mode="json")))
    assert brief_hash(short) != brief_hash(load_brief(LEAST + "seed: 1\n"))


def test_overrides_replace_fields_and_are_checked() -> None:
    brief = load_brief(LEAST, overrides={"formats": "728x90, 300x250", "seed": 4, "variants": 2})
    assert (brief.formats, brief.seed, brief.variants) == (("728x90", "300x250"), 4, 2)
    with pytest.raises(BriefProblems):
        load_brief(LEAST, overrides={"formats": "1x1"})


def test_the_schema_is_one_for_all_doors() -> None:
    schema = Brief.model_json_schema()
    assert set(schema["required"]) == {"brand", "copy", "formats"}
    assert schema["additionalProperties"] is False
    assert "copy" in schema["properties"] and "copy_" not in schema["properties"]
