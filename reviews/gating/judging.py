"""From measured pairs to a verdict: does the scorer prefer the candidate, and is nothing else worse? Pure functions, no database.

Pictures of one brief are alike, so every interval is a bootstrap over briefs (reviews.agreement.estimates), at 95 %. A difference is always
candidate less base, of a thing of which less is better; it is not worse where the interval's upper end stays under the margin.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from reviews.agreement import Estimate, wilson
from reviews.agreement.estimates import estimated

Floats = NDArray[np.float64]
Measures = Mapping[str, float]

TIE = 1e-9  # of probability
WORST = 8  # pairs that the report names
# How much worse each may become, in its own unit (see Judge.measures_of).
MARGINS = {"blocked": 0.03, "warnings": 0.15, "misread": 0.02, "palette": 1.0, "outlines": 0.03}


@dataclass(frozen=True)
class Tried:
    """One pair. against, candidate: what was measured of each; empty where that side could not be made."""

    number: int
    brief: int
    split: str
    against: Measures
    candidate: Measures

    @property
    def won(self) -> float:
        """1 where the scorer expects more of the candidate, 0 of the base, a half of neither. A side that could not be made loses."""
        if not self.against or not self.candidate:
            return 0.5 + 0.5 * (bool(self.candidate) - bool(self.against))
        ahead = self.ahead
        return 0.5 if abs(ahead) < TIE else float(ahead > 0)

    @property
    def ahead(self) -> float:
        return self.candidate.get("usable", 0.0) - self.against.get("usable", 0.0)


def report_of(tried: Sequence[Tried]) -> dict[str, Any]:
    """Everything that decides, with intervals, and what to look at. `passed`: whether all that must hold does; `failures`: what doesn't."""
    pairs = [each for each in tried if each.against or each.candidate]
    wins = rate_of(pairs, [each.won for each in pairs])
    made = [each for each in pairs if each.against and each.candidate]
    worse = {name: _difference(made, name) for name in MARGINS}
    unmade = rate_of(pairs, [float(not each.candidate) - float(not each.against) for each in pairs], most=None)
    failures = [] if wins.low is not None and wins.low > 0.5 else ["wins"]
    failures += [name for name, found in worse.items() if found.high is None or found.high > MARGINS[name]]
    failures += [] if unmade.high is not None and unmade.high <= MARGINS["blocked"] else ["unmade"]
    halves = [each for each in pairs if each.won != 0.5]
    return {
        "passed": not failures,
        "failures": failures,
        "pairs": len(pairs),
        "briefs": len({each.brief for each in pairs}),
        "ties": len(pairs) - len(halves),
        "wins": asdict(wins),
        "wilson": asdict(wilson(sum(each.won == 1 for each in halves), len(halves))),
        "by_split": {split: asdict(_wins_in(pairs, split)) for split in ("holdout", "validation", "train")},
        "usable": {side: _mean(made, side, "usable") for side in ("against", "candidate")},
        "unmade": asdict(unmade),
        "worse": {
            name: asdict(found)
            | {
                "margin": MARGINS[name],
                "against": _mean(made, "against", name),
                "candidate": _mean(made, "candidate", name),
            }
            for name, found in worse.items()
        },
        "worst": [each.number for each in sorted(made, key=lambda each: each.ahead)[:WORST] if each.won < 0.5],
        "best": [each.number for each in sorted(made, key=lambda each: -each.ahead)[:WORST] if each.won > 0.5],
    }


def rate_of(pairs: Sequence[Tried], values: Sequence[float], most: float | None = 1.0) -> Estimate:
    """The mean over pairs with its interval over briefs."""
    return estimated(_by_brief(pairs, values), _ratio, most=most)


def _difference(pairs: Sequence[Tried], name: str) -> Estimate:
    return rate_of(pairs, [each.candidate[name] - each.against[name] for each in pairs], most=None)


def _wins_in(pairs: Sequence[Tried], split: str) -> Estimate:
    of = [each for each in pairs if each.split == split]
    return rate_of(of, [each.won for each in of])


def _by_brief(pairs: Sequence[Tried], values: Sequence[float]) -> Floats:
    """(briefs, 2): sum and count of each brief's pairs."""
    sums: dict[int, list[float]] = {}
    for each, value in zip(pairs, values, strict=True):
        row = sums.setdefault(each.brief, [0.0, 0.0])
        row[0] += value
        row[1] += 1
    return np.array([sums[brief] for brief in sorted(sums)], np.float64).reshape(-1, 2)


def _ratio(sums: Floats) -> Floats:
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.asarray(sums[:, 0] / sums[:, 1])


def _mean(pairs: Sequence[Tried], side: str, name: str) -> float | None:
    return float(np.mean([getattr(each, side)[name] for each in pairs])) if pairs else None
