"""Which kinds count as one: those that a judge can't tell apart at 64 px, measured on scenes held out from its training."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

LEAST = 10  # crops of both kinds together that such a judgement needs
APART = 0.7  # share of them that must be told apart


@dataclass(frozen=True)
class Labels:
    """kinds: slugs in the order of the network's outputs. groups: the label of each, 0 to len(names) − 1."""

    kinds: tuple[str, ...]
    groups: tuple[int, ...]

    @property
    def count(self) -> int:
        return max(self.groups) + 1

    @property
    def merged(self) -> list[list[str]]:
        """The labels of more than one kind, largest first."""
        members: dict[int, list[str]] = {}
        for kind, group in zip(self.kinds, self.groups, strict=True):
            members.setdefault(group, []).append(kind)
        return sorted((m for m in members.values() if len(m) > 1), key=lambda m: (-len(m), m))

    def of(self, kind: str) -> int:
        """The label of a kind; KeyError for one the judge never saw."""
        try:
            return self.groups[self.kinds.index(kind)]
        except ValueError:
            raise KeyError(kind) from None

    def summed(self, shares: NDArray[np.float32]) -> NDArray[np.float32]:
        """Probabilities of kinds (n, kinds) as those of labels (n, count)."""
        out = np.zeros((len(shares), self.count), np.float32)
        np.add.at(out.T, list(self.groups), shares.T)
        return out

    def write(self, path: Path) -> None:
        path.write_text(json.dumps({"kinds": self.kinds, "groups": self.groups}, indent=1) + "\n", encoding="utf-8")

    @classmethod
    def read(cls, path: Path) -> Labels:
        kept = json.loads(path.read_text(encoding="utf-8"))
        return cls(tuple(kept["kinds"]), tuple(kept["groups"]))


def plain(kinds: Sequence[str]) -> Labels:
    """Every kind by itself."""
    return Labels(tuple(kinds), tuple(range(len(kinds))))


def coarser(kinds: Sequence[str], shares: NDArray[np.float32], truth: NDArray[np.intp]) -> Labels:
    """Kinds that are confused with each other as one label.

    shares: (n, kinds), the judge's probabilities of crops held out; truth: their kinds. For two kinds, a crop of either counts as
    told apart where its own has the higher probability of the two. Groups grow by complete linkage: all members must be
    confusable with each other, so that no chain of likenesses swallows the catalogue.
    """
    groups = {k: [k] for k in range(len(kinds))}
    confused = _confused(shares, truth, len(kinds))
    for a, b in sorted(confused, key=lambda pair: (confused[pair], pair)):
        ours, theirs = (next(g for g, m in groups.items() if k in m) for k in (a, b))
        if ours != theirs and all(tuple(sorted((x, y))) in confused for x in groups[ours] for y in groups[theirs]):
            groups[min(ours, theirs)] = sorted(groups[ours] + groups[theirs])
            del groups[max(ours, theirs)]
    number = {kind: n for n, members in enumerate(groups[g] for g in sorted(groups)) for kind in members}
    return Labels(tuple(kinds), tuple(number[k] for k in range(len(kinds))))


def _confused(shares: NDArray[np.float32], truth: NDArray[np.intp], count: int) -> dict[tuple[int, int], float]:
    """Pairs of kinds that are told apart too seldom, with the share in which they are."""
    rows = [np.flatnonzero(truth == k) for k in range(count)]
    found = {}
    for a, b in combinations(range(count), 2):
        n = len(rows[a]) + len(rows[b])
        if n < LEAST or not len(rows[a]) or not len(rows[b]):
            continue
        told = [(shares[rows[k], k] > shares[rows[k], other]).mean() for k, other in ((a, b), (b, a))]
        share = float(np.mean(told))
        if share < APART:
            found[a, b] = share
    return found
