"""How a version of an adapter passes from hand to hand: asked for, claimed by compare-and-set, trained, done or failed in words.

No lock and no transaction outlives a call. A worker's token is good while the row carries it; once somebody cancels, or the lease ran out
and the sweep gave the version away, every further write of the old worker changes nothing.
"""

from __future__ import annotations

import uuid
from contextlib import AbstractContextManager
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import F, Max, QuerySet
from django.utils import timezone

from brand_styles.models import Brand
from brand_styles.words import Words
from generation import claims
from generation.claims import MOST_ATTEMPTS, UNCLAIMED
from generation.errors import PermanentError
from reviews.finetune.config import Config
from reviews.finetune.datasets import ScoredPairs, freeze
from reviews.models import Kind, Learner, LearnerVersion

State = LearnerVersion.State
UNDER_WAY = (State.QUEUED, State.TRAINING)
Mine = QuerySet[LearnerVersion]


def ask(
    *, brand: Brand, config: Config, asked_by_id: int | None = None, scored_pairs: ScoredPairs | None = None
) -> LearnerVersion:
    """Freeze the brand's reviews and queue a training on them. The one that is under way where it is the very same.

    PermanentError, in words, where the reviews don't suffice.
    """
    dataset = freeze(brand=brand, method=config.method, scored_pairs=scored_pairs)
    learner = Learner.objects.get_or_create(brand=brand, kind=Kind.ADAPTER)[0]
    said = config.model_dump(mode="json")
    there = learner.versions.filter(dataset=dataset, state__in=UNDER_WAY).order_by("-number")
    same = next((v for v in there if Config.model_validate(v.config).digest() == config.digest()), None)
    if same is not None:
        return same
    return add(learner, method=config.method, dataset=dataset, config=said, steps=config.steps, asked_by_id=asked_by_id)


def add(learner: Learner, **fields: Any) -> LearnerVersion:
    """A version of the learner under its next number."""
    for _ in range(5):
        number = (learner.versions.aggregate(last=Max("number"))["last"] or 0) + 1
        row = LearnerVersion(learner=learner, number=number, **fields)
        row.full_clean(validate_unique=False, validate_constraints=False)
        try:
            with transaction.atomic():
                row.save()
            return row
        except IntegrityError:  # somebody took the number at the same moment
            continue
    raise PermanentError("Too many trainings are asked for at once. Try again.", "同时发起的训练过多，请稍后再试。")


def waiting() -> Mine:
    return LearnerVersion.objects.filter(state=State.QUEUED).order_by("id")


def lease() -> timedelta:
    return timedelta(seconds=settings.JOB_LEASE_SECONDS)


def take(rows: Mine) -> Mine | None:
    """Claim the first of `rows` that wait: the row while it is ours, and nothing once it is not. None where none could be had."""
    for pk in rows.filter(state=State.QUEUED).values_list("pk", flat=True)[:8]:
        token = uuid.uuid4()
        won = LearnerVersion.objects.filter(pk=pk, state=State.QUEUED).update(
            state=State.TRAINING,
            claim=token,
            lease_until=timezone.now() + lease(),
            attempts=F("attempts") + 1,
            error_en="",
            error_zh="",
        )
        if won:
            return LearnerVersion.objects.filter(pk=pk, state=State.TRAINING, claim=token)
    return None


def kept_lease(mine: Mine) -> AbstractContextManager[None]:
    """Renew the lease from a thread of its own while the body works."""
    return claims.kept_lease(claims.renewing(mine), "lease-of-training")


def stepped(mine: Mine, step: int) -> bool:
    """Write how far the training is. False when it is no longer ours. Whoever gets farther than anybody before begins to count anew."""
    mine.filter(step__lt=step).update(step=step, attempts=0)
    return mine.exists()


def finish(mine: Mine, **result: Any) -> bool:
    """Close a trained version with its files, hash and metrics. False when it is no longer ours."""
    return bool(mine.update(state=State.TRAINED, ended_at=timezone.now(), **result, **UNCLAIMED))


def fail(mine: Mine, words: Words, **result: Any) -> bool:
    return bool(mine.update(**failure(words), **result))


def failure(words: Words) -> dict[str, Any]:
    told = {"error_en": words.en, "error_zh": words.zh}
    return {"state": State.FAILED, "ended_at": timezone.now(), **told, **UNCLAIMED}


def cancel(versions: Mine) -> int:
    """Cancel those of `versions` that wait or train; one that trains stops at its next step. How many."""
    rows = versions.filter(state__in=UNDER_WAY)
    return rows.update(state=State.CANCELLED, ended_at=timezone.now(), **UNCLAIMED)


def give_back(mine: Mine) -> bool:
    """Put a version back as it was, for whoever is next."""
    return bool(mine.update(state=State.QUEUED, **UNCLAIMED))


def release_expired() -> int:
    """Queue again what killed workers left; give up, in words, after three tries that got no farther. How many wait again."""
    expired = LearnerVersion.objects.filter(state=State.TRAINING, lease_until__lt=timezone.now())
    expired.filter(attempts__gte=MOST_ATTEMPTS).update(**failure(GAVE_UP))
    return expired.filter(attempts__lt=MOST_ATTEMPTS).update(state=State.QUEUED, **UNCLAIMED)


GAVE_UP = Words(
    en="This training was killed three times at the same place; the log of the worker has the details. Ask for a smaller one, or tell "
    "whoever runs the studio.",
    zh="该训练三次在同一处被终止，详情见工作进程日志。请缩小训练规模，或告知管理员。",
)
