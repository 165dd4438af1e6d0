"""Asking for a training from a page: a row, which a worker turns into a version or into a sentence of why there can be none."""

from __future__ import annotations

from datetime import timedelta

import structlog
from django.db import IntegrityError, transaction
from django.db.models import QuerySet

from brand_styles.words import Words
from generation import claims
from generation.claims import UNCLAIMED, failure
from generation.errors import GenerationError
from generation.models import Status
from reviews.finetune.config import Config, Method
from reviews.models import Kind, LearnerVersion, TrainingOrder

log = structlog.get_logger(__name__)

LEASE = timedelta(minutes=10)  # freezing thousands of reviews takes a minute at most
UNDER_WAY = (Status.QUEUED, Status.RUNNING)


def order(*, brand_id: int, kind: Kind, method: str = "", asked_by_id: int | None = None) -> TrainingOrder:
    """Ask for a training. The one that waits where there is one. ValidationError for what can't be trained so."""
    row = TrainingOrder(brand_id=brand_id, kind=kind, method=_method(kind, method), asked_by_id=asked_by_id)
    row.full_clean(validate_constraints=False)
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError:
        return TrainingOrder.objects.get(brand=brand_id, kind=kind, status__in=UNDER_WAY)
    return row


def _method(kind: Kind, method: str) -> str:
    return str(Method(method)) if kind == Kind.ADAPTER else ""


def waiting() -> QuerySet[TrainingOrder]:
    return TrainingOrder.objects.filter(status=Status.QUEUED).order_by("id")


def make_next() -> bool:
    """Claim the oldest order and freeze its reviews; an adapter then waits to be trained, the others are. False where none waits."""
    mine = claims.take_first(waiting(), LEASE)
    if mine is None:
        return False
    row = mine.select_related("brand").first()
    if row is not None:
        _fulfil(row, mine)
    return True


def _fulfil(row: TrainingOrder, mine: QuerySet[TrainingOrder]) -> None:
    try:
        _asked(row)
        mine.update(status=Status.FINISHED, **UNCLAIMED)
    except GenerationError as error:
        mine.update(**failure(error.words))
    except Exception:  # the person sees a sentence, the log the whole story
        log.exception("training.not_ordered", order=row.pk)
        mine.update(**failure(UNEXPECTED))


def _asked(row: TrainingOrder) -> LearnerVersion:
    if row.kind == Kind.ADAPTER:
        from reviews.finetune import versions
        from reviews.learning.pairing import sure_pairs

        config = Config(method=Method(row.method))
        return versions.ask(brand=row.brand, config=config, asked_by_id=row.asked_by_id, scored_pairs=sure_pairs)
    from reviews.taste.training import train

    return train(brand_id=row.brand_id, kind=Kind(row.kind), asked_by_id=row.asked_by_id)


def release_expired() -> int:
    return claims.release_expired(TrainingOrder.objects.all(), UNEXPECTED)


UNEXPECTED = Words(
    en="The training could not be prepared for a reason the studio did not foresee; its log has the details. Ask for it again.",
    zh="训练因意外原因未能准备好，详情见日志。请重新发起。",
)
