"""The gate's verdict: what must be better, what must not be worse, and that pictures of one brief don't count as so many witnesses."""

from __future__ import annotations

import numpy as np
import pytest

from reviews.gating.judging import MARGINS, Tried, report_of

SAME = {"usable": 0.5, "blocked": 0.0, "warnings": 1.0, "misread": 0.0, "palette": 10.0, "outlines": 0.1}


def tried(wins: list[float], worse: dict[str, float] | None = None, briefs: int = 20) -> list[Tried]:
    """Pairs in which the scorer prefers the candidate (1), the base (0) or neither (0.5); the candidate's other measures are moved."""
    moved = {name: SAME[name] + by for name, by in (worse or {}).items()}
    return [
        Tried(i, i % briefs, "holdout", SAME, SAME | moved | {"usable": 0.5 + 0.1 * (win - 0.5)})
        for i, win in enumerate(wins)
    ]


def test_a_better_candidate_passes() -> None:
    wins = (np.random.default_rng(1).random(200) < 0.7).astype(float)
    report = report_of(tried(wins.tolist()))
    assert report["passed"] and not report["failures"]
    assert report["wins"]["low"] > 0.5 and report["wins"]["value"] == pytest.approx(wins.mean())
    assert (report["pairs"], report["briefs"], report["ties"]) == (200, 20, 0)


def test_one_that_is_no_better_fails_and_so_does_one_that_changes_nothing() -> None:
    half = report_of(tried([1.0, 0.0] * 100))
    same = report_of(tried([0.5] * 200))
    assert half["failures"] == ["wins"] and same["failures"] == ["wins"]
    assert same["ties"] == 200


@pytest.mark.parametrize("name", sorted(MARGINS))
def test_a_preferred_candidate_that_is_worse_elsewhere_fails(name: str) -> None:
    report = report_of(tried([1.0] * 200, {name: 2 * MARGINS[name]}))
    assert report["failures"] == [name]
    assert report["worse"][name]["value"] == pytest.approx(2 * MARGINS[name])


@pytest.mark.parametrize("name", sorted(MARGINS))
def test_within_the_margin_is_not_worse(name: str) -> None:
    assert report_of(tried([1.0] * 200, {name: 0.5 * MARGINS[name]}))["passed"]


def test_few_briefs_weigh_less_than_many_pairs() -> None:
    """140 of 200 won: Wilson over pairs would pass it, but all of it comes from 7 of 10 briefs."""
    wins = [1.0 if i % 10 < 7 else 0.0 for i in range(200)]
    report = report_of(tried(wins, briefs=10))
    assert report["wilson"]["low"] > 0.5
    assert report["failures"] == ["wins"]


def test_how_often_one_that_is_no_better_passes() -> None:
    """With no difference between the sides, at most about one in forty passes (the interval's upper 2.5 %)."""
    rng = np.random.default_rng(3)
    passed = 0
    for _ in range(200):
        chance = np.clip(rng.normal(0.5, 0.15, 20), 0, 1)  # briefs differ
        wins = (rng.random((10, 20)) < chance).astype(float).ravel().tolist()
        passed += report_of(tried(wins))["passed"]
    assert passed <= 12


def test_a_side_that_cannot_be_made_loses() -> None:
    pairs = [Tried(i, i % 20, "train", SAME, {} if i % 4 == 0 else SAME | {"usable": 0.6}) for i in range(200)]
    report = report_of(pairs)
    assert "unmade" in report["failures"]
    assert report["wins"]["value"] == pytest.approx(0.75)


def test_nothing_tried_does_not_pass() -> None:
    assert not report_of([])["passed"]


def test_the_worst_pairs_are_named() -> None:
    pairs = tried([1.0] * 198 + [0.0] * 2)
    assert sorted(report_of(pairs)["worst"]) == [198, 199]
