"""Briefs are split by their content: the same place always, and a small studio still has something that watches."""

from collections import Counter

from reviews.splits import split_of, splits_of

BRIEFS = [f"{i:064x}" for i in range(2000)]


def test_about_a_tenth_watches_and_a_tenth_judges() -> None:
    counts = Counter(map(split_of, BRIEFS))
    assert 150 < counts["validation"] < 250 and 150 < counts["holdout"] < 250


def test_a_place_depends_on_the_brief_alone() -> None:
    alone = {brief: split_of(brief) for brief in BRIEFS}
    assert splits_of(BRIEFS[::-1]) == alone


def test_where_nothing_would_watch_one_of_those_learned_from_does() -> None:
    learned = [b for b in BRIEFS if split_of(b) == "train"][:3]
    judged = next(b for b in BRIEFS if split_of(b) == "holdout")
    found = Counter(splits_of([*learned, judged]).values())
    assert found == {"train": 2, "validation": 1, "holdout": 1}
    assert splits_of(learned[:1]) == {learned[0]: "train"}
