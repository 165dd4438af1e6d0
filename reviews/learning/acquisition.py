"""What people should be asked about next: a batch from the pictures that nobody has judged.

Most of a batch is where the scorer's members disagree (BALD: Houlsby et al. 2011), drawn rather than cut off (stochastic batches: Kirsch
et al. 2021): the chance of a picture is its doubt times how unlike it is to what is chosen already. Before there is a scorer, pictures are
chosen that stand for many others (MaxHerding: Bae et al. 2024). One in ten is always drawn at random: only they say without bias how good
the scorer is, and what the choosing is worth.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from math import ceil
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from reviews.learning.measuring import Briefs, Floats

Strategy = Literal["random", "doubt", "coverage"]

RANDOM_SHARE = 0.1
PER_BRIEF = 2  # of a batch, while others are left
SHARPNESS = 1.0  # power of doubt in the draw (PowerBALD: Kirsch et al. 2021)
HALF_LIFE = 7 * 24.0  # hours after which a picture's worth has halved
STALE = 0.25  # what it never falls under
NEIGHBOURS = 10  # a picture's reach is the distance to about so many others
MOST_COVERED = 1500  # pictures that coverage is reckoned on


@dataclass(frozen=True)
class Pool:
    """Pictures nobody has judged, n of them. `places`: (n, d), where alike ones are near. `age`: hours since they were made. `doubt`: (n,)
    nats, None before there is a scorer. `known`: places (m, d) of what has been judged or is being judged."""

    places: Floats
    briefs: Briefs
    brands: Briefs
    age: Floats
    doubt: Floats | None
    known: Floats

    def __len__(self) -> int:
        return len(self.briefs)


@dataclass(frozen=True)
class Choice:
    """A picture of the pool by its row, what chose it, and the worth that it had for that (doubt in nats, share of the pool that it stands
    for, or the chance at random)."""

    row: int
    strategy: Strategy
    score: float


def choose(pool: Pool, count: int, seed: int, per_brief: int = PER_BRIEF) -> list[Choice]:
    """`count` of the pool, or as many as there are, in the order to ask: random ones spread evenly among the others.

    Brands take equal shares, briefs `per_brief` at most, for as long as there are others.
    """
    rng = np.random.default_rng(seed)
    count = min(count, len(pool))
    turn = _Turns(pool, count, per_brief)
    at_random = _at_random(pool, ceil(RANDOM_SHARE * count) if count else 0, turn, rng)
    rest = count - len(at_random)
    chosen = list(_by_coverage(pool, rest, turn) if pool.doubt is None else _by_doubt(pool, rest, turn, rng))
    return _interleaved(chosen, at_random)


class _Turns:
    """Who may still be chosen."""

    def __init__(self, pool: Pool, count: int, per_brief: int) -> None:
        self.briefs, self.brands = pool.briefs, pool.brands
        self.free = np.ones(len(pool), np.bool_)
        self.of_brief: Counter[int] = Counter()
        self.of_brand: Counter[int] = Counter()
        self.per_brief, self.per_brand = per_brief, ceil(count / max(len(set(pool.brands.tolist())), 1))

    def take(self, row: int) -> None:
        self.free[row] = False
        self.of_brief[int(self.briefs[row])] += 1
        self.of_brand[int(self.brands[row])] += 1

    def open(self) -> NDArray[np.bool_]:
        """Rows that may be taken: within both limits if there are any, else within that of brands, else all."""
        full_brands = [k for k, n in self.of_brand.items() if n >= self.per_brand]
        full_briefs = [k for k, n in self.of_brief.items() if n >= self.per_brief]
        of_brand = self.free & ~np.isin(self.brands, full_brands)
        both = of_brand & ~np.isin(self.briefs, full_briefs)
        return next(rows for rows in (both, of_brand, self.free) if rows.any() or rows is self.free)


def _at_random(pool: Pool, count: int, turn: _Turns, rng: np.random.Generator) -> list[Choice]:
    """Every picture with the same chance, whatever its brief or brand."""
    rows: list[int] = rng.permutation(len(pool))[:count].tolist()
    for row in rows:
        turn.take(row)
    return [Choice(row, "random", 1 / len(pool)) for row in rows]


def _by_doubt(pool: Pool, count: int, turn: _Turns, rng: np.random.Generator) -> Iterator[Choice]:
    """Drawn by doubt, less for what is like something chosen; being far from everything is worth no more than being unlike."""
    assert pool.doubt is not None  # noqa: S101 - choose asked
    gaps = _gaps(pool.places, pool.places)
    alike = np.exp(-gaps / max(float(gaps.sum()) / max(gaps.size, 1) / 4, 1e-9))
    worth = np.maximum(pool.doubt, 1e-9) ** SHARPNESS * freshness(pool.age)
    near = alike[:, ~turn.free].max(axis=1, initial=0.0)
    for _ in range(count):
        open_rows = turn.open()
        chance = np.where(open_rows, worth * (1 - near), 0.0)
        chance = chance if chance.sum() > 0 else open_rows.astype(np.float64)
        row = int(rng.choice(len(pool), p=chance / chance.sum()))
        turn.take(row)
        near = np.maximum(near, alike[:, row])
        yield Choice(row, "doubt", float(pool.doubt[row]))


def _by_coverage(pool: Pool, count: int, turn: _Turns) -> Iterator[Choice]:
    """Greedily what is nearest to most of the pool that nothing known or chosen is near to yet, by a Gaussian of the distance."""
    rng = np.random.default_rng(len(pool))
    watched = rng.choice(len(pool), size=min(MOST_COVERED, len(pool)), replace=False)
    reach = _reach(pool.places, pool.places[watched])
    alike = np.exp(-_gaps(pool.places, pool.places[watched]) / reach)  # (n, watched)
    covered = np.zeros(len(watched))
    there = np.concatenate([pool.known, pool.places[~turn.free]])
    if len(there):
        covered = np.exp(-_gaps(there, pool.places[watched]) / reach).max(axis=0)
    fresh = freshness(pool.age)
    for _ in range(count):
        gain = np.maximum(alike - covered, 0).mean(axis=1) * fresh
        row = int(np.argmax(np.where(turn.open(), gain, -1.0)))
        turn.take(row)
        covered = np.maximum(covered, alike[row])
        yield Choice(row, "coverage", float(gain[row]))


def freshness(age: Floats) -> Floats:
    """1 for what was made just now, halved every HALF_LIFE hours, STALE at the least."""
    found: Floats = np.maximum(0.5 ** (np.maximum(age, 0) / HALF_LIFE), STALE)
    return found


def _reach(places: Floats, others: Floats) -> float:
    """The squared distance within which a picture usually has NEIGHBOURS others."""
    if not len(places):
        return 1.0
    near = np.sort(_gaps(places[:MOST_COVERED], others), axis=1)[:, min(NEIGHBOURS, len(others) - 1)]
    return max(float(np.median(near)), 1e-9)


def _gaps(one: Floats, other: Floats) -> Floats:
    """(n, m) squared distances."""
    found: Floats = (one**2).sum(axis=1)[:, None] + (other**2).sum(axis=1)[None] - 2 * one @ other.T
    return np.maximum(found, 0)


def _interleaved(chosen: list[Choice], at_random: list[Choice]) -> list[Choice]:
    """Random ones at even distances, so that whoever stops early has judged their share of them."""
    ordered = [((i + 0.5) / len(at_random), each) for i, each in enumerate(at_random)]
    ordered += [((i + 0.5) / len(chosen), each) for i, each in enumerate(chosen)]
    return [each for _, each in sorted(ordered, key=lambda pair: pair[0])]
