"""How far reviewers agree, on each dimension and on the verdict, where several judged the same picture blind."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np

from reviews import agreement
from reviews.agreement import Estimate
from reviews.agreement.estimates import Array
from reviews.models import Item
from reviews.rubric import LEAST, MOST, Verdict
from reviews.said import UNUSABLE, USABLE, Said

SCALE = tuple(float(score) for score in range(LEAST, MOST + 1))
PLACES = {verdict: float(place) for place, verdict in enumerate(Verdict)}
JUDGED_BLIND = (Item.Purpose.LABEL, Item.Purpose.GOLD)  # a repeat is one person's own


@dataclass(frozen=True)
class OnDimension:
    dimension: str
    alpha: Estimate
    raw: Estimate


@dataclass(frozen=True)
class OnVerdict:
    """Side by side, because they part company where nearly all pictures pass. `cohen`: of the two who share most pictures."""

    alpha: Estimate
    fleiss: Estimate
    cohen: Estimate
    ac1: Estimate
    raw: Estimate
    on_usable: Estimate
    on_unusable: Estimate


def blind(said: Iterable[Said]) -> list[Said]:
    """Answers given without another's in sight, of the newest rubric among them: others were asked something else."""
    rows = [each for each in said if each.purpose in JUDGED_BLIND]
    newest = max((each.rubric for each in rows), default=0)
    return [each for each in rows if each.rubric == newest]


def tables(said: Iterable[Said], answer: Callable[[Said], Mapping[str, float]]) -> dict[str, Array]:
    """A table of ratings (pictures, reviewers) for each thing that `answer` tells of a review; pictures with one rating are left out.

    By picture and not by item, so that one kept as gold counts once.
    """
    rated: dict[str, dict[int, dict[int, float]]] = defaultdict(lambda: defaultdict(dict))
    for each in said:
        for key, value in answer(each).items():
            rated[key][each.asset][each.reviewer] = value
    return {
        key: agreement.table_of(row for row in pictures.values() if len(row) > 1) for key, pictures in rated.items()
    }


def on_dimensions(said: Iterable[Said]) -> list[OnDimension]:
    """Ordinal alpha and raw agreement of each dimension that two people scored on the same picture, in no order."""
    found = tables(blind(said), lambda each: {key: float(score) for key, score in each.scores.items()})
    return [
        OnDimension(key, agreement.alpha(table, "ordinal", SCALE), agreement.raw_agreement(table, SCALE))
        for key, table in found.items()
        if len(table)
    ]


def on_verdict(said: Iterable[Said]) -> OnVerdict | None:
    """Of the three verdicts; on usable and unusable apart. None where no picture was judged by two."""
    rows = blind(said)
    table = tables(rows, lambda each: {"": PLACES[each.verdict]}).get("")
    if table is None or not len(table):
        return None
    sides = tables(rows, lambda each: {"": USABLE if each.usable else UNUSABLE})[""]
    three = tuple(PLACES.values())
    pair = closest_pair(table)
    return OnVerdict(
        alpha=agreement.alpha(table, "nominal", three),
        fleiss=agreement.fleiss_kappa(table, three),
        cohen=agreement.cohen_kappa(table[:, list(pair)], three) if pair else Estimate(None, None, None, 0),
        ac1=agreement.gwet_ac1(table, three),
        raw=agreement.raw_agreement(table, three),
        on_usable=agreement.agreement_on(USABLE, sides),
        on_unusable=agreement.agreement_on(UNUSABLE, sides),
    )


def closest_pair(table: Array) -> tuple[int, int] | None:
    """The two columns with the most rows in common."""
    given = np.isfinite(table).astype(int)
    shared = given.T @ given
    pairs = list(combinations(range(table.shape[1]), 2))
    best = max(pairs, key=lambda pair: int(shared[pair]), default=None)
    return best if best and shared[best] else None


def with_the_others(said: Sequence[Said]) -> dict[int, Estimate]:
    """Each reviewer's share of others' answers that say the same of the same picture (usable or not), by reviewer."""
    pictures: dict[int, dict[int, bool]] = defaultdict(dict)
    for each in blind(said):
        pictures[each.asset][each.reviewer] = each.usable
    same: Counter[int] = Counter()
    asked: Counter[int] = Counter()
    for answers in pictures.values():
        for one, other in combinations(answers, 2):
            for who in (one, other):
                asked[who] += 1
                same[who] += answers[one] == answers[other]
    return {who: agreement.wilson(same[who], count) for who, count in asked.items()}
