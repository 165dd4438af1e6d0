"""Whether a scorer that was just trained is good enough to be used, on briefs that no scorer has learnt from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import structlog

from brand_styles.words import Words
from reviews.learning.labels import held_out
from reviews.learning.measuring import Briefs, Floats, auc, brier, ece, figure, share_worse, spearman
from reviews.learning.scorer import BadScorer, Labels, Scorer
from reviews.models import ScorerVersion

log = structlog.get_logger(__name__)

LEAST_HELD = 24  # held-out pictures to judge on; with fewer, what members say of briefs they never drew does
BEATEN = 0.9  # of redraws in which it must beat a guess
CHANCE = 0.5  # area under the curve of whoever tells nothing apart
SURE = 0.8  # of redraws: worse than the one in use in so many is worse


@dataclass(frozen=True)
class Tried:
    good: bool
    words: Words
    metrics: dict[str, Any]


def tried(scorer: Scorer, labels: Labels, learnt: Labels, before: ScorerVersion | None) -> Tried:
    """Measure it, and compare it with a guess and with the one in use on the same pictures."""
    held = labels.part(held_out(labels.briefs))
    enough = len(held) >= LEAST_HELD and 0 < held.usable.sum() < len(held)
    on = held if enough else learnt
    said, scores = _said(scorer, on, unseen=not enough)
    on, said, scores = _known(on, said, scores)
    metrics = _metrics(on, said, scores) | {"on": "holdout" if enough else "unseen", "pictures": len(on)}
    truth = on.usable.astype(np.float64)
    guess = np.full(len(truth), learnt.usable.mean())
    gap, worse = share_worse(truth, said, guess, on.briefs)
    metrics["against_guess"] = {"gap": round(gap, 4), "worse": round(worse, 3)}
    if worse > 1 - BEATEN:
        return Tried(False, _no_better_than_a_guess(gap, worse), metrics)
    if (metrics["auc"]["low"] or 0.0) <= CHANCE:  # one answer for all pictures can beat a guess by its level alone
        return Tried(False, TELLS_NOTHING_APART, metrics)
    old = _of(before, scorer, on) if before is not None and enough else None
    if old is None:
        return Tried(True, BEATS_GUESS, metrics)
    gap, worse = share_worse(truth, said, old, on.briefs)
    metrics["against_last"] = {"gap": round(gap, 4), "worse": round(worse, 3)}
    good = gap <= 0 or worse < SURE
    return Tried(good, _no_worse(gap, worse) if good else _worse(gap, worse), metrics)


def _said(scorer: Scorer, on: Labels, *, unseen: bool) -> tuple[Floats, Mapping[str, Floats]]:
    if unseen and scorer.unseen is not None:
        return scorer.unseen, scorer.unseen_scores
    expected = scorer(on.vectors)
    return expected.usable, {key: mean for key, (mean, _, _) in expected.scores.items()}


def _known(on: Labels, said: Floats, scores: Mapping[str, Floats]) -> tuple[Labels, Floats, dict[str, Floats]]:
    """Without the pictures whose briefs every member has seen."""
    rows = np.isfinite(said)
    return on.part(rows), said[rows], {key: values[rows] for key, values in scores.items()}


def _metrics(on: Labels, said: Floats, scores: Mapping[str, Floats]) -> dict[str, Any]:
    truth = on.usable.astype(np.float64)
    found = {name: _figure(m, truth, said, on.briefs) for name, m in (("auc", auc), ("brier", brier), ("ece", ece))}
    dimensions = {}
    for key, values in scores.items():
        given = np.isfinite(on.scores.get(key, np.full(len(on), np.nan))) & np.isfinite(values)
        dimensions[key] = (
            _figure(spearman, on.scores[key][given], values[given], on.briefs[given]) if given.any() else None
        )
    return found | {"dimensions": dimensions}


def _figure(measure: Any, truth: Floats, said: Floats, briefs: Briefs) -> dict[str, float | None]:
    return figure(measure, truth, said, briefs).as_json()


def _of(before: ScorerVersion, scorer: Scorer, on: Labels) -> Floats | None:
    """What the one in use says of the same pictures; None where it reads other vectors or its file is broken."""
    from reviews.learning.training import loaded

    if (before.names_hash, before.embedder_hash) != (scorer.names_hash, scorer.embedder_hash):
        return None
    try:
        old = loaded(before)
    except BadScorer as fault:
        log.warning("scorer.unreadable", scorer=before.name, error=str(fault))
        return None
    return old(on.vectors).usable


BEATS_GUESS = Words(
    en="It tells usable pictures from others better than a guess, and there is none before it to compare with.",
    zh="区分可用与不可用画面优于随机猜测；此前没有可比较的版本。",
)


TELLS_NOTHING_APART = Words(
    en="It isn't surely better than chance at putting a usable picture before another (its area under the curve may be 0.5).",
    zh="尚不能确认它能把可用画面排在其他画面之前（曲线下面积可能仅为 0.5）。",
)


def _no_better_than_a_guess(gap: float, worse: float) -> Words:
    return Words(
        en=f"It isn't surely better than always saying the share of usable ones (Brier score {gap:+.3f}, worse in {worse:.0%} of redraws).",
        zh=f"未能明显优于“一律按可用率猜测”（Brier 分差 {gap:+.3f}，{worse:.0%} 的重抽样中更差）。",
    )


def _no_worse(gap: float, worse: float) -> Words:
    return Words(
        en=f"On the same held-out briefs it is no worse than the one before (Brier score {gap:+.3f}, worse in {worse:.0%} of redraws).",
        zh=f"在同一批留出需求上不逊于前一版本（Brier 分差 {gap:+.3f}，{worse:.0%} 的重抽样中更差）。",
    )


def _worse(gap: float, worse: float) -> Words:
    return Words(
        en=f"On the same held-out briefs it is worse than the one in use (Brier score {gap:+.3f}, worse in {worse:.0%} of redraws).",
        zh=f"在同一批留出需求上逊于在用版本（Brier 分差 {gap:+.3f}，{worse:.0%} 的重抽样中更差）。",
    )
