"""concepts.csv and drawables.csv: stable slugs, known kinds, and how much of the lexicon can be drawn."""

import csv
import re
from pathlib import Path

import generation.planning
from generation.scenes.objects import KINDS

HERE = Path(generation.planning.__file__).parent


def rows(name: str) -> list[dict[str, str]]:
    with (HERE / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_each_concept_has_its_own_slug() -> None:
    slugs = [row["slug"] for row in rows("concepts.csv")]
    assert len(slugs) == len(set(slugs)) == 226
    assert all(re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", slug) for slug in slugs)


def test_slugs_that_briefs_and_recipes_already_name_stay() -> None:
    named = {row["concept_id"]: row["slug"] for row in rows("concepts.csv")}
    expected = {
        "C001": "baitiao",
        "C002": "jintiao",
        "C036": "credit-card",
        "C077": "red-envelope",
        "C117": "members-day",
    }
    expected |= {"C133": "spring-festival", "C140": "mid-autumn", "C163": "red-lantern", "C226": "big-brand-day"}
    assert {key: named[key] for key in expected} == expected


def test_every_row_keeps_its_source_and_confidence() -> None:
    for row in rows("concepts.csv"):
        assert row["source"] and row["sense_confidence"] and row["visual_confidence"]


def test_every_visual_element_is_answered_by_a_known_kind_or_a_reason() -> None:
    answered: dict[str, list[str]] = {}
    for row in rows("drawables.csv"):
        assert row["kind"] in KINDS or (row["kind"] == "" and row["note"])
        answered.setdefault(row["concept_id"], []).append(row["element"])
    for row in rows("concepts.csv"):
        asked = [element.strip() for element in row["visual_elements"].split("|")]
        assert list(dict.fromkeys(answered[row["concept_id"]])) == list(dict.fromkeys(asked))


def test_at_least_nine_in_ten_concepts_have_something_to_draw() -> None:
    drawn = {row["concept_id"] for row in rows("drawables.csv") if row["kind"]}
    assert len(drawn) / len(rows("concepts.csv")) >= 0.9


def test_rivals_and_taboos_are_never_drawn() -> None:
    forbidden = re.compile(r"third-party|do not (draw|use)|never use")
    concepts = {row["concept_id"]: row for row in rows("concepts.csv")}
    for row in rows("drawables.csv"):
        concept = concepts[row["concept_id"]]
        if forbidden.search(row["element"]) or concept["slug"].startswith("taboo-"):
            assert row["kind"] == ""


def test_nothing_drawn_is_among_what_the_concept_avoids() -> None:
    concepts = {row["concept_id"]: row for row in rows("concepts.csv")}
    for row in rows("drawables.csv"):
        avoided = {
            words.strip().rstrip("s") for words in concepts[row["concept_id"]]["avoid_elements"].lower().split("|")
        }
        if row["kind"]:
            kind = KINDS[row["kind"]]
            assert not {kind.name.en.lower().rstrip("s"), kind.slug.replace("-", " ")} & avoided
