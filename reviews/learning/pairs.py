"""Pairs of one brief and one format: those to ask people about, and those to train a generator on. Never the same.

A pair teaches the scorer most where its members don't agree which is better; a generator learns from pairs whose order is beyond doubt
(small margins are mostly noise for preference tuning: FiFA, arXiv 2410.10166).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit

from reviews.learning.measuring import Briefs, Floats

CLOSE = 0.75  # a pair whose likelier winner is surer than that isn't asked about
MARGIN = 1.0  # logits that the better one must be ahead by, for every member but one in ten
PER_BRIEF = 4


@dataclass(frozen=True)
class Pair:
    """Rows of two pictures, `better` the likelier one; `chance` that it is; `worth`: nats to be learnt, or logits of margin."""

    better: int
    worse: int
    chance: float
    worth: float


def pairs_to_ask(
    logits: Floats, briefs: Briefs, formats: Sequence[str], count: int, but: Collection[frozenset[int]] = ()
) -> list[Pair]:
    """The pairs on whose order the members (logits: members × pictures) disagree most, the most instructive first.

    `but`: pairs of rows that are left out.
    """
    found = []
    for a, b in _same(briefs, formats):
        if frozenset((a, b)) in but:
            continue
        each = expit(logits[:, a] - logits[:, b])
        chance = float(each.mean())
        if max(chance, 1 - chance) <= CLOSE:
            found.append(_pair(a, b, chance, _entropy(chance) - float(np.mean([_entropy(p) for p in each]))))
    return _spread(found, briefs, count)


def pairs_to_train_on(logits: Floats, briefs: Briefs, formats: Sequence[str], count: int) -> list[Pair]:
    """The pairs whose better one is ahead by MARGIN for nine members in ten, the widest first."""
    found = []
    for a, b in _same(briefs, formats):
        ahead = logits[:, a] - logits[:, b]
        sign = 1 if ahead.mean() >= 0 else -1
        sure = float(np.percentile(sign * ahead, 10))
        if sure >= MARGIN:
            found.append(_pair(a, b, float(expit(ahead).mean()), sure))
    return _spread(found, briefs, count)


def _same(briefs: Briefs, formats: Sequence[str]) -> list[tuple[int, int]]:
    together: dict[tuple[int, str], list[int]] = {}
    for row, key in enumerate(zip(briefs.tolist(), formats, strict=True)):
        together.setdefault(key, []).append(row)
    return [pair for rows in together.values() for pair in combinations(rows, 2)]


def _pair(a: int, b: int, chance: float, worth: float) -> Pair:
    return Pair(a, b, chance, worth) if chance >= 0.5 else Pair(b, a, 1 - chance, worth)


def _spread(pairs: Sequence[Pair], briefs: NDArray[np.int64], count: int) -> list[Pair]:
    """The worthiest first, PER_BRIEF of a brief at most."""
    taken: Counter[int] = Counter()
    kept: list[Pair] = []
    for pair in sorted(pairs, key=lambda p: (-p.worth, p.better, p.worse)):
        brief = int(briefs[pair.better])
        if len(kept) < count and taken[brief] < PER_BRIEF:
            taken[brief] += 1
            kept.append(pair)
    return kept


def _entropy(p: float) -> float:
    inside = min(max(p, 1e-12), 1 - 1e-12)
    return float(-(inside * np.log(inside) + (1 - inside) * np.log(1 - inside)))
