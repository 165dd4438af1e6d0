"""Figures of arms from what the judges said, on made-up sayings whose answer is plain."""

from dataclasses import replace

import numpy as np
import pytest

from generation.embedded.judging import arms
from generation.embedded.judging import figures as fg
from generation.embedded.judging.report import markdown
from generation.embedded.judging.statistics import Figure, wilson

RNG = np.random.default_rng(4)


def judged(ranks: list[int], overlaps: list[float], energy: list[float], shift: float = 0.0) -> fg.Judged:
    n = len(ranks)
    return fg.Judged(
        np.array(ranks),
        np.array(ranks),
        np.array(overlaps),
        np.tile([2.0, 4.0, 30.0], (n, 1)),
        np.array(energy),
        RNG.integers(0, 255, (n, 128, 128, 3)).astype(np.uint8),
        RNG.normal(shift, 1, (n, 6)),
    )


@pytest.fixture
def two() -> dict[str, fg.Judged]:
    steered = judged([0, 0, 3, 9], [0.9, 0.6, 0.59, 0.1], [1.0, 2.0, 1.0, 0.0])
    return {arms.NOISE: steered, arms.WORDS: judged([9, 9, 9, 0], [0, 0, 0, 1], [4.0, 4.0, 4.0, 4.0], 2.0)}


def test_shares_medians_and_ratios_are_those_of_the_rows(two: dict[str, fg.Judged]) -> None:
    rows = fg.rows_of(two)
    found = {name: row[arms.NOISE].value for name, row in rows.items()}
    assert found[fg.SEEN1] == 0.5 and found[fg.SEEN5] == 0.75
    assert found[fg.IOU] == 0.5 and found[fg.IOU_MEDIAN] == pytest.approx(0.595)
    assert found[fg.COLOURS] == 4 and found[fg.GROUND] == 2
    assert found[fg.ENERGY] == pytest.approx(4 / 16)
    assert rows[fg.ENERGY][arms.WORDS].value == 1


def test_kid_puts_like_pictures_near_and_floors_beside(two: dict[str, fg.Judged]) -> None:
    many = {name: judged([0] * 80, [1] * 80, [1] * 80, shift) for name, shift in ((arms.NOISE, 0.0), (arms.WORDS, 2.0))}
    slow = RNG.normal(0, 1, (80, 6))
    rows = fg.kid_rows(many, slow, RNG.normal(1, 1, (40, 6)))
    assert rows[arms.WORDS].value > 10 * abs(rows[arms.NOISE].value)
    assert rows["floor: slow tier through the autoencoder"].value > abs(rows["floor: slow tier, halves"].value)


def test_a_picture_trained_on_is_nearest_to_itself(two: dict[str, fg.Judged]) -> None:
    training = RNG.normal(0, 1, (30, 6))
    wholes = RNG.integers(0, 255, (30, 128, 128, 3)).astype(np.uint8)
    copied = replace(two[arms.NOISE], wholes=wholes[:4], features=training[:4])
    rows = fg.nearest_rows({arms.NOISE: copied, arms.WORDS: two[arms.WORDS]}, training, wholes)
    assert rows["features"][arms.NOISE].value == pytest.approx(0, abs=1e-4)
    assert rows["least in pixels"][arms.NOISE].value == pytest.approx(0, abs=1e-3)
    assert rows["features"][arms.WORDS].value > 1


def test_diversity_is_a_share_of_the_renderers_own() -> None:
    own = [RNG.normal(0, 1, (8, 6)) for _ in range(5)]
    rows = fg.spread_rows({arms.RESTAGED: own, arms.NOISE: [f / 2 for f in own], arms.DEFAULT: [f * 0 for f in own]})
    assert rows[arms.RESTAGED].value == pytest.approx(1)
    assert rows[arms.NOISE].value == pytest.approx(0.5)
    assert rows[arms.DEFAULT].value == 0


def test_the_table_has_every_arm_goal_and_ceiling(two: dict[str, fg.Judged]) -> None:
    report = {
        "model": "a model",
        "briefs": 4,
        "rows": fg.rows_of(two) | {fg.SPREAD: {arms.DEFAULT: Figure(0.7, 0.6, 0.8, 3)}},
        "judges": {
            "kinds": 3,
            "labels": 2,
            "merged": [["a", "b"]],
            "ceilings": {"slow": {"hero seen, top-1": wilson(9, 10)}},
        },
        "worth": {},
        "seconds": {arms.NOISE: 0.5},
        "left out": "KID: no pairs",
    }
    text = markdown(report)
    line = next(row for row in text.splitlines() if row.startswith(f"| {fg.SEEN1}"))
    assert line.count("|") == len(arms.ARMS) + 3 and "50% (15% to 85%)" in line and "≥ 85 %" in line
    assert "| slow tier | 90% (60% to 98%), n = 10 |" in text
    assert "Counted as one: a = b." in text and "noise 0.50" in text and "KID: no pairs" in text
    assert "0.7 (0.6 to 0.8) (3 briefs)" in text
