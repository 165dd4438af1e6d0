"""Pairs that a scorer is sure of: which of them are worth training on."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

LEAST, MOST, EACH = 0.3, 3000, 2


@dataclass(frozen=True)
class Margin:
    """How much better than another picture of its brief one is, by a scorer: a difference of usable probabilities, 0 to 1.

    winner, loser: ids of assets.
    """

    winner: int
    loser: int
    value: float


def widest(margins: Iterable[Margin], *, least: float = LEAST, most: int = MOST, each: int = EACH) -> list[Margin]:
    """The pairs worth training on: widest margin first, none under `least`, no picture in more than `each`, `most` in all.

    What FiFA (Yang et al. 2024, arXiv 2410.10166) found to matter most: a small set of pairs whose reward differs by much trains
    better than all pairs. In place of its term for diversity no picture is used often.
    """
    used: dict[int, int] = {}
    chosen: list[Margin] = []
    for margin in sorted(margins, key=lambda m: (-m.value, m.winner, m.loser)):
        if margin.value < least or len(chosen) == most:
            break
        if max(used.get(margin.winner, 0), used.get(margin.loser, 0)) < each:
            chosen.append(margin)
            for asset in (margin.winner, margin.loser):
                used[asset] = used.get(asset, 0) + 1
    return chosen
