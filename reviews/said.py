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
    asked = rows.select_related("item", "rubric").only(*FIELDS).order_by("-created_at", "-pk")
    return [_said(row) for row in reversed(asked[:most])]


FIELDS = (
    "item",
    "rubric",
    "brand_id",
    "reviewer_id",
    "verdict",
    "scores",
    "defects",
    "created_at",
    "item__asset_id",
    "item__purpose",
    "item__expected",
    "rubric__version",
)


def _said(row: Review) -> Said:
    verdict = Verdict(row.verdict)
    return Said(
        item=row.item_id,
        asset=row.item.asset_id,
        brand=row.brand_id,
        purpose=row.item.purpose,
        reviewer=row.reviewer_id,
        verdict=verdict,
        scores=row.scores,
        defects=tuple(defect["code"] for defect in row.defects),
        usable=verdict is not Verdict.REJECT and not any(defect["severity"] == "block" for defect in row.defects),
        at=row.created_at,
        expected=row.item.expected,
        rubric=row.rubric.version,
    )
