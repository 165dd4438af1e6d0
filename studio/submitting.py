"""Submitting a brief, whichever door it came by: how much may be asked for, and what then happens."""

from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from brand_styles.models import Brand
from brand_styles.words import Words
from generation.models import Brief
from generation.selectors import briefs_since, waiting_jobs_of
from generation.services import submit_brief
from generation.timings import timings
from studio.access import Who, brands_to_write_for, principal
from studio.fairness import refusal
from studio.flows import wake_workers
from studio.forms.brief import Draft
from studio.models import User
from studio.web.words import SENTENCES


def slugs_of(who: Who) -> list[str]:
    """The brands they may write briefs for."""
    return list(brands_to_write_for(who).values_list("slug", flat=True))


def brand_of(who: Who, draft: Draft) -> Brand | None:
    """The brand that a draft names; None where it names none that they may write briefs for."""
    if draft.brief is None:
        return None
    return brands_to_write_for(who).filter(slug=draft.brief.brand_slug).first()


def over_limit(who: Who, draft: Draft) -> Words | None:
    """Why nothing more may be sent now: the person's limits, or the brand's quota. None when it may."""
    if draft.brief is None:
        return None
    user = principal(who).user
    more = len(draft.brief.formats) * draft.brief.variants
    if waiting_jobs_of(user.pk) + more > settings.QUEUE_LIMIT:
        return SENTENCES["form.too_many"]
    if briefs_since(user.pk, timezone.now() - timedelta(hours=1)) >= settings.BRIEFS_PER_HOUR:
        return SENTENCES["form.too_often"]
    brand = brand_of(who, draft)
    sizes = [(fmt.width, fmt.height) for fmt in draft.brief.canvases] * draft.brief.variants
    return refusal(brand, more, timings().total(sizes)) if brand else None


def submit(user: User, draft: Draft) -> Brief:
    """Write a sound draft's brief and wake the workers."""
    if draft.brief is None:
        raise ValueError("only a sound draft is submitted")
    with transaction.atomic():
        row = submit_brief(
            owner_id=user.pk,
            data=draft.brief,
            source=draft.source,
            product_png=draft.product_png,
            evidence=draft.evidence,
        )
        wake_workers(len(draft.brief.formats) * draft.brief.variants)
    return row
