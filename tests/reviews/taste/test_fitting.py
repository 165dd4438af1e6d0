"""A planted taste is found again from few answers with slips; answers that say nothing teach nothing."""

import numpy as np
import pytest

from generation.liking import Curve
from reviews.taste.fitting import Fitted, fit


def facts(n: int, seed: int) -> list[dict[str, float]]:
    rng = np.random.default_rng(seed)
    sets = [f"set.{name}" for name in "abcdef"]
    return [
        {
            str(rng.choice(sets)): 1.0,
            "right": float(rng.random() < 0.4),
            "share": float(rng.uniform(0.1, 0.5)),
            "things": float(rng.integers(3, 12)),
            "one": 1.0,
        }
        for _ in range(n)
    ]


def likes(each: dict[str, float]) -> bool:
    """A set of two, light from the right or neither, and a hero of middle size."""
    return (each.get("set.a", 0) or each.get("set.b", 0) or each["right"]) > 0 and 0.2 < each["share"] < 0.4


def fitted(n: int, seed: int, shuffled: bool = False) -> tuple[Fitted, list[dict[str, float]]]:
    some, rng = facts(n, seed), np.random.default_rng(seed + 1)
    usable = np.array([likes(each) != (rng.random() < 1 / 12) for each in some])
    return fit(some, rng.permutation(usable) if shuffled else usable, np.arange(n) // 4), some


def test_a_planted_taste_is_found_again() -> None:
    found, _ = fitted(192, 3)
    said = np.array([found.liking(each) for each in facts(400, 99)])
    truth = np.array([likes(each) for each in facts(400, 99)])
    assert said[truth].mean() > said[~truth].mean() + 1
    assert found.auc.low is not None and found.auc.low > 0.6
    curves = found.liking.curves
    assert "one" not in curves  # it never varies
    assert min(curves[f"set.{x}"](1) for x in "ab") > max(curves[f"set.{x}"](1) for x in "cdef")
    assert curves["share"](0.3) > max(curves["share"](0.1), curves["share"](0.5)) + 0.5  # neither small nor large
    assert curves["right"] == Curve(knots=(0, 1), values=curves["right"].values)


def test_a_liking_is_level_over_what_was_judged() -> None:
    found, some = fitted(128, 5)
    for name, curve in found.liking.curves.items():
        assert np.mean([curve(each.get(name, 0.0)) for each in some]) == pytest.approx(0, abs=1e-4)


def test_shuffled_answers_are_seldom_taken_for_a_taste() -> None:
    taken = [(fitted(128, 10 + seed, shuffled=True)[0].auc.low or 0.0) > 0.5 for seed in range(12)]
    assert sum(taken) <= 2


def test_nothing_that_varies_is_nothing_learnt() -> None:
    found = fit([{"one": 1.0}] * 20, np.array([True, False] * 10), np.arange(20) // 4)
    assert found.liking.curves == {} and found.auc.value == 0.5
