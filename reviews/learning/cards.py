"""What a page tells of a scorer, as plain values."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from brand_styles.words import Words
from reviews.learning import training
from reviews.models import ScorerVersion


@dataclass(frozen=True)
class Card:
    """One trained scorer. `metrics`: value, low and high of "auc", "brier", "ece"; `dimensions`: of each one's rank correlation.

    `told`: what must be known about what it looks with; `learns_alone`: from this brand's reviews only.
    """

    name: str
    state: str
    reason: Words
    labels: int
    usable: int
    briefs: int
    embedder: str
    told: Words | None
    measured_on: str
    pictures: int
    metrics: dict[str, Any]
    dimensions: dict[str, Any]
    learns_alone: bool


@dataclass(frozen=True)
class Learning:
    """How far learning is with a brand. `waits`: why there is no scorer of its own yet, None where there could be one."""

    in_use: Card | None
    waits: Words | None
    history: tuple[Card, ...]


def learning_of(brand_id: int, most: int = 20) -> Learning:
    """The scorer that a brand's pictures are ranked by, and what was trained on its reviews, the newest first."""
    rows = ScorerVersion.objects.select_related("brand").filter(brand=brand_id).order_by("-number")[:most]
    row = training.scorer_for(brand_id)
    return Learning(card_of(row) if row else None, training.few_labels(brand_id), tuple(map(card_of, rows)))


def card_of(row: ScorerVersion) -> Card:
    metrics = row.metrics
    return Card(
        name=row.name,
        state=row.state,
        reason=_words(row.reason) or NOT_TRIED,
        labels=row.labels,
        usable=row.usable,
        briefs=row.briefs,
        embedder=row.embedder,
        told=_words(metrics.get("told")),
        measured_on=metrics.get("on", ""),
        pictures=metrics.get("pictures", 0),
        metrics={name: metrics[name] for name in ("auc", "brier", "ece") if name in metrics},
        dimensions=metrics.get("dimensions", {}),
        learns_alone=row.brand_id is not None,
    )


NOT_TRIED = Words(en="It was trained and not yet tried.", zh="已训练，尚未评测。")


def _words(kept: dict[str, str] | None) -> Words | None:
    return Words(**kept) if kept else None
