"""What reviewers said, read once for everything that counts it. Undone answers are not among it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from reviews.models import Item, Review
from reviews.rubric import Verdict

MOST = 20_000  # of the newest: what a page can count while somebody waits

USABLE, UNUSABLE = 1.0, 0.0


@dataclass(frozen=True)
class Said:
    """One reviewer's verdict on one picture. `expected`: a gold item's right answer, else None. `rubric`: the studio's version."""

    item: int
    asset: int
    brand: int
    purpose: str
    reviewer: int
    verdict: Verdict
    scores: dict[str, int]
    defects: tuple[str, ...]
    usable: bool
    at: datetime
    expected: dict[str, Any] | None = None
    rubric: int = 1


def said_of(
    brand_ids: Collection[int], since: datetime | None = None, until: datetime | None = None, most: int = MOST
) -> list[Said]:
    """The newest `most` verdicts on single pictures of these brands, oldest first; pairs and adjudications are left out."""
    rows = Review.objects.filter(
        brand_id__in=brand_ids, kind=Review.Kind.VERDICT, undone_by=None, item__kind=Item.Kind.SINGLE
    )
    rows = rows.filter(created_at__gte=since) if since else rows
    rows = rows.filter(created_at__lt=until) if until else rows
    found = rows.order_by("-created_at", "-pk").values_list(*FIELDS)[:most]
    return [_said(*row) for row in reversed(found)]


FIELDS = (
    "item_id",
    "item__asset_id",
    "brand_id",
    "item__purpose",
    "reviewer_id",
    "verdict",
    "scores",
    "defects",
    "created_at",
    "item__expected",
    "rubric__version",
)


def _said(
    item: int,
    asset: int,
    brand: int,
    purpose: str,
    reviewer: int,
    verdict: str,
    scores: dict[str, int],
    defects: list[dict[str, Any]],
    at: datetime,
    expected: dict[str, Any] | None,
    rubric: int,
) -> Said:
    blocks = any(defect["severity"] == "block" for defect in defects)
    return Said(
        item=item,
        asset=asset,
        brand=brand,
        purpose=purpose,
        reviewer=reviewer,
        verdict=Verdict(verdict),
        scores=scores,
        defects=tuple(defect["code"] for defect in defects),
        usable=verdict != Verdict.REJECT and not blocks,
        at=at,
        expected=expected,
        rubric=rubric,
    )
