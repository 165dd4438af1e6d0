"""Coefficients of agreement give what papers and other programs give on the same tables."""

from collections.abc import Callable

import numpy as np
import pytest
from numpy.typing import NDArray

from bench.planted_raters import copying, measuring
from reviews.agreement import (
    Estimate,
    Level,
    agreement_on,
    alpha,
    cohen_kappa,
    fleiss_kappa,
    gwet_ac1,
    raw_agreement,
    table_of,
    wilson,
)

Array = NDArray[np.float64]
GAP = np.nan

# Krippendorff (2011), "Computing Krippendorff's Alpha-Reliability", section C: four observers, twelve units, gaps.
FOUR = np.array(
    [
        [1, 2, 3, 3, 2, 1, 4, 1, 2, GAP, GAP, GAP],
        [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, GAP, 3],
        [GAP, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, GAP],
        [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, GAP],
    ]
).T

# Fleiss (1971), table 1: thirty patients, six psychiatrists each, five diagnoses (depression, personality disorder, schizophrenia,
# neurosis, other), counted.
DIAGNOSES = """00060 03003 01401 00006 03030 20400 00402 20310 20040 00006 10050 11040 03300 10050 02031
 00501 30012 51000 02040 10203 00006 01050 02013 20040 10041 05010 40002 02040 10500 00006"""


def raters_of(counted: str) -> Array:
    """(items, raters) from each item's digits: how many raters gave each category."""
    return np.array([np.repeat(np.arange(len(row)), [int(n) for n in row]) for row in counted.split()], np.float64)


def crossed(both: int, first: int, second: int, neither: int) -> Array:
    """Two raters' yes and no."""
    return np.array([(1, 1)] * both + [(1, 0)] * first + [(0, 1)] * second + [(0, 0)] * neither, np.float64)


PASSED = crossed(910, 40, 40, 10)  # each passes 95 %, they agree on 92 %
EVEN = crossed(450, 50, 50, 450)  # each passes half, they agree on 90 %


@pytest.mark.parametrize(("level", "published"), [("nominal", 0.743), ("ordinal", 0.815), ("interval", 0.849)])
def test_alpha_of_krippendorff_s_own_example(level: Level, published: float) -> None:
    assert alpha(FOUR, level).value == pytest.approx(published, abs=5e-4)


def test_alpha_agrees_with_the_krippendorff_package() -> None:
    """krippendorff 0.9.0, alpha(reliability_data=table.T, level_of_measurement=…)."""
    rng = np.random.default_rng(5)
    table = rng.integers(1, 6, (40, 3)).astype(np.float64)
    table[:, 1] = np.clip(table[:, 0] + rng.integers(-1, 2, 40), 1, 5)
    table[rng.random((40, 3)) < 0.2] = GAP
    theirs: dict[Level, float] = {
        "nominal": 0.08580958156458462,
        "ordinal": 0.13319828970311498,
        "interval": 0.13516247313187513,
    }
    for level, value in theirs.items():
        assert alpha(table, level).value == pytest.approx(value, abs=1e-12)
    assert alpha(table + 1e6, "interval").value == pytest.approx(theirs["interval"], abs=1e-9)


def test_fleiss_kappa_of_fleiss_s_own_example() -> None:
    assert fleiss_kappa(raters_of(DIAGNOSES)).value == pytest.approx(0.430, abs=5e-4)


def test_fleiss_kappa_agrees_with_statsmodels_and_with_gaps_with_irrcac() -> None:
    """statsmodels 0.15.0 fleiss_kappa(counts); irrCAC 0.4.4 CAC(table).fleiss(), which rounds to five decimals."""
    counts = [(0, 0, 0, 0, 14), (0, 2, 6, 4, 2), (0, 0, 3, 5, 6), (0, 3, 9, 2, 0), (2, 2, 8, 1, 1)]
    counts += [(7, 7, 0, 0, 0), (3, 2, 6, 3, 0), (2, 5, 3, 2, 2), (6, 5, 2, 1, 0), (0, 2, 2, 3, 7)]
    table = np.array([np.repeat(np.arange(5), row) for row in counts], np.float64)
    assert fleiss_kappa(table).value == pytest.approx(0.20993070442195522, abs=1e-12)
    assert fleiss_kappa(FOUR).value == pytest.approx(0.76117, abs=5e-6)


def test_cohen_kappa_agrees_with_scikit_learn_and_its_interval_with_statsmodels() -> None:
    """scikit-learn 1.9.1 cohen_kappa_score; statsmodels 0.15.0 cohens_kappa's interval is the asymptotic one."""
    rng = np.random.default_rng(6)
    first = rng.integers(1, 6, 60)
    table = np.column_stack([first, np.clip(first + rng.integers(-1, 2, 60), 1, 5)]).astype(np.float64)
    found = cohen_kappa(table)
    assert found.value == pytest.approx(0.3326381647549531, abs=1e-12)
    assert cohen_kappa(table, quadratic=True).value == pytest.approx(0.872493026962412, abs=1e-12)
    assert found.low == pytest.approx(0.1837, abs=0.03) and found.high == pytest.approx(0.4815, abs=0.03)
    with_gap = np.vstack([table, [3.0, GAP]])
    assert cohen_kappa(with_gap) == found


def test_ac1_of_gwet_s_own_examples() -> None:
    """Gwet (2002), "Kappa statistic is not satisfactory", 118/5/2/0: kappa -0.0234, AC1 0.9408; irrCAC 0.4.4 on Krippendorff's table."""
    nearly_all = crossed(118, 5, 2, 0)
    assert gwet_ac1(nearly_all).value == pytest.approx(0.9408, abs=5e-5)
    assert cohen_kappa(nearly_all).value == pytest.approx(-0.0234, abs=5e-5)
    found = gwet_ac1(nearly_all)
    assert found.low == pytest.approx(0.895, abs=0.03) and found.high == pytest.approx(0.986, abs=0.03)  # irrCAC's
    assert gwet_ac1(FOUR).value == pytest.approx(0.77544, abs=5e-6)
    assert raw_agreement(FOUR).value == pytest.approx(0.81818, abs=5e-6)


def test_where_nearly_all_pass_kappa_falls_and_ac1_stays() -> None:
    """The prevalence paradox. irrCAC 0.4.4: AC1 0.9116, alpha 0.15832. Kappa by hand: (0.92 - 0.905) / 0.095."""
    assert raw_agreement(PASSED).value == pytest.approx(0.92)
    assert gwet_ac1(PASSED).value == pytest.approx(0.9116, abs=5e-5)
    assert cohen_kappa(PASSED).value == pytest.approx(0.015 / 0.095)
    assert alpha(PASSED, "nominal").value == pytest.approx(0.15832, abs=5e-6)
    for coefficient in (gwet_ac1, cohen_kappa, fleiss_kappa):
        assert coefficient(EVEN).value == pytest.approx(0.8)


def test_agreement_on_each_answer_tells_where_they_differ() -> None:
    """Cicchetti & Feinstein: positive 2a / (2a + b + c), negative 2d / (2d + b + c)."""
    assert agreement_on(1, PASSED).value == pytest.approx(1820 / 1900)
    assert agreement_on(0, PASSED).value == pytest.approx(20 / 100)


SEEDS = range(5)
PLANTED = (0.0, 0.3, 0.5, 0.667, 0.8, 0.95)


@pytest.mark.parametrize("level", ["nominal", "ordinal", "interval"])
def test_a_planted_alpha_is_recovered_within_a_twentieth(level: Level) -> None:
    planter: Callable[..., Array] = measuring if level == "interval" else copying
    far = []
    for planted in PLANTED:
        for seed in SEEDS:
            found = alpha(planter(planted, items=2000, raters=3, missing=0.2, seed=seed), level, draws=2).value
            if found is None or abs(found - planted) > 0.05:
                far.append((planted, seed, found))
    assert not far


def test_the_interval_holds_the_planted_alpha_about_as_often_as_it_says() -> None:
    studies = [alpha(copying(0.6, items=150, raters=3, seed=seed), "ordinal", draws=500) for seed in range(100)]
    held = sum((e.low or 0) <= 0.6 <= (e.high or 0) for e in studies)
    assert 88 <= held <= 100
    assert all((e.high or 0) - (e.low or 0) < 0.4 for e in studies)


def test_raters_who_never_differ_may_still_differ_tomorrow() -> None:
    few, many = (alpha(np.tile([[1.0], [5.0]], (n, 2)), "ordinal") for n in (5, 200))
    assert few.value == many.value == 1.0 and few.high == 1.0
    assert few.low == pytest.approx(0.025 ** (1 / 10)) and (many.low or 0) > 0.99
    assert raw_agreement(np.tile([[1.0], [5.0]], (5, 2))).low == few.low


def test_nothing_is_claimed_where_nothing_can_be() -> None:
    same = np.full((30, 3), 4.0)
    alone = np.array([[1.0, GAP], [GAP, 3.0]])
    none: Array = np.empty((0, 2))
    for table, items in ((same, 30), (alone, 0), (none, 0)):
        for level in ("nominal", "ordinal", "interval"):
            assert alpha(table, level) == Estimate(None, None, None, items)
    assert fleiss_kappa(same).value is None and cohen_kappa(alone).value is None and gwet_ac1(alone).value is None
    assert alpha(np.array([[1.0, 2.0]]), "nominal").low is None
    with pytest.raises(ValueError, match=r"not among the categories: \[4.0\]"):
        gwet_ac1(same, (1, 2, 3))


def test_a_share_has_wilson_s_interval() -> None:
    """95 % Wilson bounds of 70 % of 100 are .60 and .78, of 95 % of 1000 .94 and .96; none is seen of none."""
    seen = wilson(70, 100)
    assert seen.low == pytest.approx(0.604, abs=1e-3) and seen.high == pytest.approx(0.781, abs=1e-3)
    assert wilson(950, 1000).low == pytest.approx(0.9347, abs=1e-3)
    assert wilson(0, 10).low == 0.0 and (wilson(0, 10).high or 0) == pytest.approx(0.2775, abs=1e-3)
    assert wilson(0, 0) == Estimate(None, None, None, 0)


def test_answers_are_laid_out_by_rater() -> None:
    table = table_of([{7: 1, 3: 2}, {3: 5}])
    assert np.array_equal(table, np.array([[2, 1], [5, GAP]]), equal_nan=True)
