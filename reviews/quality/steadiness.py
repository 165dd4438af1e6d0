"""Whether somebody says the same about the same picture a week later."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from statistics import fmean

import numpy as np

from reviews.agreement import Estimate, cohen_kappa, wilson
from reviews.models import Item
from reviews.said import UNUSABLE, USABLE, Said


@dataclass(frozen=True)
class Steadiness:
    """Of one reviewer. `same`: share of repeats with the same usable or unusable; `kappa` of the two; `moved`: mean change of a score."""

    same: Estimate
    kappa: Estimate
    moved: float | None


def steadiness_of(said: Iterable[Said]) -> dict[int, Steadiness]:
    """From silent repeats: the same person, the same picture, twice. By reviewer; those without a repeat are left out."""
    first: dict[tuple[int, int], Said] = {}
    pairs: dict[int, list[tuple[Said, Said]]] = defaultdict(list)
    for each in said:
        place = (each.reviewer, each.asset)
        if each.purpose == Item.Purpose.REPEAT and place in first:
            pairs[each.reviewer].append((first[place], each))
        elif each.purpose == Item.Purpose.LABEL:
            first[place] = each
    return {reviewer: _steadiness(twice) for reviewer, twice in pairs.items()}


def _steadiness(twice: list[tuple[Said, Said]]) -> Steadiness:
    table = np.array([[USABLE if each.usable else UNUSABLE for each in pair] for pair in twice], np.float64)
    moved = [abs(a.scores[key] - b.scores[key]) for a, b in twice for key in a.scores.keys() & b.scores.keys()]
    same = int((table[:, 0] == table[:, 1]).sum())
    return Steadiness(wilson(same, len(twice)), cohen_kappa(table, (UNUSABLE, USABLE)), fmean(moved) if moved else None)
