"""What is chosen: unsure pictures that differ, in turns between briefs and brands, one in ten by chance."""

from collections import Counter
from dataclasses import replace

import numpy as np
import pytest

from reviews.learning.acquisition import Pool, choose, freshness
from reviews.learning.pairs import pairs_to_ask, pairs_to_train_on


def pool(n: int = 200, **given: object) -> Pool:
    rng = np.random.default_rng(5)
    usual = {
        "places": rng.normal(size=(n, 4)),
        "briefs": np.arange(n) // 4,
        "brands": np.zeros(n, np.int64),
        "age": np.zeros(n),
        "doubt": rng.uniform(0, 0.3, n),
        "known": np.zeros((0, 4)),
    }
    return Pool(**(usual | given))  # type: ignore[arg-type]


def test_one_in_ten_is_drawn_at_random_and_stands_between_the_others() -> None:
    found = choose(pool(), 60, seed=1)
    places = [i for i, each in enumerate(found) if each.strategy == "random"]
    assert len(found) == len({each.row for each in found}) == 60 and len(places) == 6
    assert all(10 * k <= place < 10 * (k + 1) for k, place in enumerate(places))
    assert {each.strategy for each in found} == {"random", "doubt"}


def test_random_ones_are_no_surer_than_the_pool() -> None:
    """Whatever the scorer says: over many batches every picture is drawn as often."""
    drawn = Counter(each.row for seed in range(400) for each in choose(pool(), 20, seed) if each.strategy == "random")
    rows = np.array([drawn[i] for i in range(200)])
    doubt = pool().doubt
    assert doubt is not None and abs(np.corrcoef(rows, doubt)[0, 1]) < 0.2 and rows.sum() == 800


def test_doubt_is_chosen_and_the_choice_is_spread() -> None:
    doubt = np.where(np.arange(200) < 100, 0.3, 0.001)
    rows = [each.row for each in choose(pool(doubt=doubt), 40, seed=2, per_brief=9) if each.strategy == "doubt"]
    assert np.mean(np.array(rows) < 100) > 0.9
    heap = pool().places.copy()
    heap[:150] = heap[0] + np.random.default_rng(0).normal(0, 1e-3, (150, 4))  # the same picture over and over
    rows = [each.row for each in choose(pool(places=heap, doubt=np.full(200, 0.2)), 20, 2) if each.strategy == "doubt"]
    assert sum(row < 150 for row in rows) <= 2


def test_before_there_is_a_scorer_what_stands_for_many_is_chosen() -> None:
    rng = np.random.default_rng(0)
    places = np.concatenate([rng.normal(m, 0.05, (60, 2)) for m in (-4, 0, 4)] + [rng.uniform(20, 60, (20, 2))])
    cold = pool(places=places, doubt=None, known=np.zeros((0, 2)))
    found = [each for each in choose(cold, 4, seed=0, per_brief=9) if each.strategy == "coverage"]
    assert sorted(each.row // 60 for each in found) == [0, 1, 2]  # one of each heap, none of the strays
    known = replace(cold, known=np.array([[0.0, 0.0]]))  # the middle heap has been judged
    found = [each for each in choose(known, 3, seed=0, per_brief=9) if each.strategy == "coverage"]
    assert sorted(each.row // 60 for each in found) == [0, 2]


def test_briefs_and_brands_take_turns() -> None:
    brands = (np.arange(200) >= 180).astype(np.int64)  # a small brand beside a large one
    found = choose(pool(brands=brands), 20, seed=3)
    assert Counter(int(brands[each.row]) for each in found) == {0: 10, 1: 10}
    assert max(Counter(each.row // 4 for each in found if each.row < 180).values()) <= 2


def test_it_takes_what_there_is() -> None:
    assert len(choose(pool(3), 64, seed=0)) == 3 and choose(pool(0), 64, seed=0) == []
    one_brief = pool(12, briefs=np.zeros(12, np.int64))
    assert len(choose(one_brief, 10, seed=0)) == 10  # past the share of a brief where there is no other


def test_newer_pictures_are_worth_more() -> None:
    assert freshness(np.array([0.0, 168.0, 1e6])).tolist() == [1.0, 0.5, 0.25]
    age = np.where(np.arange(200) < 100, 0.0, 1e5)
    tallies = [
        sum(
            each.row < 100
            for each in choose(pool(age=age, doubt=np.full(200, 0.2)), 40, seed)
            if each.strategy == "doubt"
        )
        for seed in range(20)
    ]
    assert np.mean(tallies) / 36 > 0.6


@pytest.fixture
def logits() -> np.ndarray[tuple[int, int], np.dtype[np.float64]]:
    """Eight members on five pictures: 0 far ahead of 1 for all; 2 and 3 split the members; 4 is of another format."""
    told = np.array([[3.0, -3.0, 0.0, 0.0, 9.0]]).repeat(8, axis=0)
    told[:4, 2], told[4:, 3] = 2.0, 2.0
    return told


def test_people_are_asked_about_other_pairs_than_a_generator_learns_from(
    logits: np.ndarray[tuple[int, int], np.dtype[np.float64]],
) -> None:
    briefs, formats = np.array([1, 1, 1, 1, 1]), ["a", "a", "a", "a", "b"]
    asked, taught = pairs_to_ask(logits, briefs, formats, 9), pairs_to_train_on(logits, briefs, formats, 9)
    assert [{p.better, p.worse} for p in asked] == [{2, 3}] and asked[0].worth > 0.1
    assert (taught[0].better, taught[0].worse) == (0, 1) and taught[0].chance > 0.99 and taught[0].worth == 6
    assert {2, 3} not in [{p.better, p.worse} for p in taught] and all(4 not in (p.better, p.worse) for p in taught)
    other = np.array([1, 2, 3, 4, 5])
    assert pairs_to_ask(logits, other, formats, 9) == [] == pairs_to_train_on(logits, other, formats, 9)
