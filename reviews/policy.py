"""How a brand's pictures are reviewed, and changing it. What is in the queue already stays as it was asked for."""

from __future__ import annotations

from django.core.exceptions import ValidationError

from brand_styles.words import Words
from reviews.errors import ReviewRefused
from reviews.models import Policy

BOUNDS = {"overlap": (2, 5), "overlap_share": (0, 100), "due_hours": (0, 24 * 60)}
NAMES = {
    "overlap": Words(en="How many reviewers", zh="评审人数"),
    "overlap_share": Words(en="How many of a hundred pictures", zh="每百张中的张数"),
    "due_hours": Words(en="The hours until it is due", zh="期限小时数"),
}


def policy_of(brand_id: int) -> Policy:
    """The brand's own, or the defaults, which are not written."""
    return Policy.objects.filter(brand_id=brand_id).first() or Policy(brand_id=brand_id)


def change(*, brand_id: int, overlap: int, overlap_share: int, four_eyes: bool, due_hours: int) -> Policy:
    """From the next picture on. ReviewRefused names the field that is out of bounds."""
    row = policy_of(brand_id)
    row.overlap, row.overlap_share, row.four_eyes, row.due_hours = overlap, overlap_share, four_eyes, due_hours
    try:
        row.full_clean(validate_unique=False)
    except ValidationError as error:
        raise _refused(next(iter(error.message_dict))) from error
    Policy.objects.update_or_create(
        brand_id=brand_id,
        defaults={"overlap": overlap, "overlap_share": overlap_share, "four_eyes": four_eyes, "due_hours": due_hours},
    )
    return row


def _refused(field: str) -> ReviewRefused:
    low, high = BOUNDS[field]
    name = NAMES[field]
    return ReviewRefused(
        f"{name.en}: a whole number from {low} to {high}.", f"{name.zh}：请填 {low} 到 {high} 的整数。", field=field
    )
