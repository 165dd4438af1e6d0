"""Asking for more of what is there: again, otherwise, more like it, with other words. Whichever door it came by, the limits hold."""

from collections.abc import Iterable, Sequence

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet

from brand_styles.words import Words
from generation import jobs, remaking
from generation.errors import PermanentError
from generation.models import RETRIABLE, Asset, Brief, Job
from generation.selectors import waiting_jobs_of
from generation.timings import timings
from studio.fairness import refusal, refusal_of
from studio.flows import wake_workers
from studio.models import User
from studio.web.words import SENTENCES

SECONDS_EACH = 3.0  # of a late change, before any was measured here


class OverLimit(PermanentError):
    """More than the person or the brand may ask for now."""

    def __init__(self, words: Words) -> None:
        super().__init__(words.en, words.zh)


def retry(rows: QuerySet[Job]) -> int:
    """Queue those of one brief's jobs that failed or were cancelled again. Returns how many. OverLimit where the quota is used up."""
    wanted = rows.filter(status__in=RETRIABLE)
    if over := refusal_of(wanted):
        raise OverLimit(over)
    with transaction.atomic():
        count = jobs.retry(rows)
        wake_workers(count)
    return count


def reroll(user: User, brief: Brief, assets: Sequence[Asset], kept: Iterable[str]) -> list[Job]:
    """New pictures made from `assets` of the brief: see generation.remaking. PermanentError, in words, where they can't be asked for."""
    locks = remaking.locks_of(kept)
    _require_room(user, brief, assets)
    with transaction.atomic():
        asked = remaking.reroll(assets=assets, kept=locks, asked_by=user.pk)
        wake_workers(len(asked))
    return asked


def more_like(user: User, brief: Brief, asset: Asset, count: int) -> list[Job]:
    """`count` more in the spirit of one picture: see generation.remaking. PermanentError, in words, where they can't be asked for."""
    _require_room(user, brief, [asset] * min(count, remaking.MOST_LIKE))
    with transaction.atomic():
        asked = remaking.more_like(asset=asset, count=count, asked_by=user.pk)
        wake_workers(len(asked))
    return asked


def require_room_for_changes(brief: Brief, pictures: int) -> None:
    """OverLimit where a late change of so many pictures doesn't fit the brand's quota."""
    if over := refusal(brief.library.brand, pictures, pictures * SECONDS_EACH):
        raise OverLimit(over)


def _require_room(user: User, brief: Brief, assets: Sequence[Asset]) -> None:
    sizes = [(asset.width, asset.height) for asset in assets]
    if waiting_jobs_of(user.pk) + len(sizes) > settings.QUEUE_LIMIT:
        raise OverLimit(SENTENCES["form.too_many"])
    if over := refusal(brief.library.brand, len(sizes), timings().total(sizes)):
        raise OverLimit(over)
