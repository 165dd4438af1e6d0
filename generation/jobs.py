"""How a job passes from hand to hand: every change is `filter(what must hold).update(what shall hold)`, and the count says who won.

No lock and no transaction outlives a call. A worker's token (`claim`) is good while the row still carries it; once a person cancels
or the lease runs out and the sweep gives the job away, every further write of the old worker changes nothing.
"""

import os
import socket
import uuid
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog
from django.conf import settings
from django.db import models, transaction
from django.db.models import Case, Count, F, Q, When
from django.db.models.functions import Coalesce
from django.utils import timezone

from brand_styles.words import Words
from generation import claims, events
from generation.models import RETRIABLE, WAITING, Job, Preview, Status, Turn

log = structlog.get_logger(__name__)

CANDIDATES = 8
UNCLAIMED = {"claim": None, "lease_until": None, "worker": ""}
NO_PROGRESS = {"stage": "", "step": 0, "steps": 0}
ASKED_BY = Coalesce("variant__asked_by", "variant__brief__owner")  # who asked for a job
NO_ERROR = {"error_en": "", "error_zh": "", "error_field": ""}


@dataclass(frozen=True)
class Claim:
    """The right to work on one job."""

    job_id: int
    token: uuid.UUID
    attempt: int


def worker_name() -> str:
    return f"{socket.gethostname()}:{os.getpid()}"


def lease_end(now: datetime | None = None) -> datetime:
    return (now or timezone.now()) + timedelta(seconds=settings.JOB_LEASE_SECONDS)


def claim_next() -> Claim | None:
    """Take the next job that waits (see `waiting_in_order`). None where nothing waits (or others were faster)."""
    now = timezone.now()
    candidates = waiting_in_order(now).values_list("id", "attempts", "variant__brief__library__brand")[:CANDIDATES]
    for job_id, attempts, brand_id in candidates:
        if claim := _take(job_id, attempts, now):
            Turn.objects.update_or_create(brand_id=brand_id, defaults={"served_at": now})
            return claim
    return None


def claim_mates(claim: Claim, alike: Callable[[int, int], bool], most: int) -> list[Claim]:
    """Up to `most` more jobs of the claimed one's brief whose canvas, (width, height), is `alike`: to be made with it, in its turn.

    Only jobs that were never tried: one that spoiled a batch is made by itself from then on. Caps per person hold.
    """
    now = timezone.now()
    brief = Job.objects.values("variant__brief").get(id=claim.job_id)["variant__brief"]
    mates: list[Claim] = []
    while len(mates) < most:
        waiting = waiting_in_order(now).filter(variant__brief=brief, attempts=0).values_list("id", "width", "height")
        taken = (_take(job_id, 0, now) for job_id, width, height in waiting if alike(width, height))
        if (mate := next(filter(None, taken), None)) is None:
            break
        mates.append(mate)
    return mates


def _take(job_id: int, attempts: int, now: datetime) -> Claim | None:
    token = uuid.uuid4()
    won = Job.objects.filter(id=job_id, status=Status.QUEUED).update(
        status=Status.RUNNING,
        claim=token,
        worker=worker_name(),
        lease_until=lease_end(now),
        heartbeat_at=now,
        started_at=now,
        ended_at=None,
        not_before=None,
        attempts=F("attempts") + 1,
        **NO_PROGRESS,
        **NO_ERROR,
    )
    if not won:
        return None
    _moved(job_id)
    return Claim(job_id, token, attempts + 1)


def waiting_in_order(now: datetime) -> models.QuerySet[Job]:
    """What may be claimed, first to last, in one query: highest priority; then the brand that was served longest ago; then oldest.

    Nobody has more than JOBS_PER_PERSON running: what who has as many asked for is passed over.
    """
    waiting = Job.objects.filter(Q(not_before=None) | Q(not_before__lte=now), status=Status.QUEUED)
    if settings.JOBS_PER_PERSON:
        running = Job.objects.filter(status=Status.RUNNING).values(person=ASKED_BY).annotate(count=Count("id"))
        busy = running.filter(count__gte=settings.JOBS_PER_PERSON).values("person")
        waiting = waiting.alias(person=ASKED_BY).exclude(person__in=busy)
    served = F("variant__brief__library__brand__turn__served_at")
    return waiting.order_by("-priority", served.asc(nulls_first=True), "id")


def _mine(claim: Claim) -> models.QuerySet[Job]:
    return Job.objects.filter(id=claim.job_id, claim=claim.token, status=Status.RUNNING)


def _moved(job_id: int) -> None:
    """Tell the wall of this job's brief."""
    events.moved(events.briefs_of(Job.objects.filter(id=job_id)))


def renew(claim: Claim) -> bool:
    """Push the lease forward. False when the job is no longer ours."""
    return bool(_mine(claim).update(lease_until=lease_end(), heartbeat_at=timezone.now()))


def progress(claim: Claim, stage: str, step: int, steps: int, preview: bytes | None = None) -> bool:
    """Write how far the work is, and a small JPEG of it. False when the job is no longer ours: stop working."""
    with transaction.atomic():
        if not _mine(claim).update(stage=stage, step=step, steps=steps, heartbeat_at=timezone.now()):
            return False
        if preview:
            Preview.objects.update_or_create(job_id=claim.job_id, defaults={"jpeg": preview, "step": step})
        _moved(claim.job_id)
    return True


def begin(claim: Claim) -> bool:
    """Start the job's clock now: what came before was the worker's own preparation. False when the job is no longer ours."""
    return bool(_mine(claim).update(started_at=timezone.now()))


def finish(claim: Claim, *, blocked: bool) -> bool:
    """Close a made job; the caller writes the asset in the same transaction. False when the job is no longer ours."""
    status = Status.BLOCKED if blocked else Status.FINISHED
    done = _mine(claim).update(status=status, ended_at=timezone.now(), **UNCLAIMED)
    Preview.objects.filter(job_id=claim.job_id).delete()
    _moved(claim.job_id)
    return bool(done)


def fail(claim: Claim, words: Words, field: str = "") -> bool:
    """Close a job that cannot be made, with the sentence for the person."""
    failed = _mine(claim).update(**_failure(words, field), **UNCLAIMED)
    _moved(claim.job_id)
    return bool(failed)


def _failure(words: Words, field: str = "") -> dict[str, object]:
    return {
        "status": Status.FAILED,
        "error_en": words.en,
        "error_zh": words.zh,
        "error_field": field,
        "ended_at": timezone.now(),
    }


def postpone(claim: Claim, words: Words, *, seconds: float) -> bool:
    """Put a job back for another attempt after a pause; the person sees why it waits."""
    later = timezone.now() + timedelta(seconds=seconds)
    postponed = _mine(claim).update(
        status=Status.QUEUED, not_before=later, error_en=words.en, error_zh=words.zh, **UNCLAIMED, **NO_PROGRESS
    )
    _moved(claim.job_id)
    return bool(postponed)


def give_back(claim: Claim) -> bool:
    """Put a job back as it was, for whoever is next. False when it is no longer ours."""
    given = _mine(claim).update(status=Status.QUEUED, **UNCLAIMED, **NO_PROGRESS)
    _moved(claim.job_id)
    return bool(given)


@contextmanager
def _told(rows: models.QuerySet[Job]) -> Iterator[None]:
    """Tell the walls of these jobs' briefs once the body has changed them."""
    briefs = events.briefs_of(rows)
    yield
    events.moved(briefs)


def cancel(jobs: models.QuerySet[Job]) -> int:
    """Cancel those of `jobs` that wait or run. A running one stops at its worker's next step. Returns how many."""
    waiting = jobs.filter(status__in=WAITING)
    with _told(waiting):
        return waiting.update(status=Status.CANCELLED, ended_at=timezone.now(), **UNCLAIMED)


# What a job took before it is asked for again; it stays counted (see studio.fairness).
_TOOK = Case(
    When(started_at__isnull=False, ended_at__isnull=False, then=F("spent") + (F("ended_at") - F("started_at"))),
    default=F("spent"),
    output_field=models.DurationField(),
)
_TOOK_AT = Case(When(started_at__isnull=False, then=F("ended_at")), default=F("spent_at"))


def retry(jobs: models.QuerySet[Job]) -> int:
    """Queue those of `jobs` that failed or were cancelled again, ahead of new work. Returns how many."""
    retriable = jobs.filter(status__in=RETRIABLE)
    with _told(retriable):
        return retriable.update(
            spent=_TOOK,
            spent_at=_TOOK_AT,
            status=Status.QUEUED,
            attempts=0,
            priority=1,
            not_before=None,
            started_at=None,
            ended_at=None,
            **NO_PROGRESS,
            **NO_ERROR,
        )


WORKER_LOST = Words(
    en="The worker stopped in the middle of this asset several times. The machine may be short of memory. Retry, or make fewer at once.",
    zh="制作这张图时，工作进程多次中断，可能是内存不足。请重试，或减少同时制作的数量。",
)


def release_expired() -> int:
    """Give jobs whose worker is gone (lease over) back to the queue; fail those that lost their worker too often."""
    expired = Job.objects.filter(status=Status.RUNNING, lease_until__lt=timezone.now())
    with _told(expired):
        lost = expired.filter(attempts__gte=settings.JOB_ATTEMPTS).update(**_failure(WORKER_LOST), **UNCLAIMED)
        released = expired.update(status=Status.QUEUED, **UNCLAIMED, **NO_PROGRESS)
    if lost or released:
        log.warning("jobs.expired", released=released, failed=lost)
    return released


def waiting_now() -> int:
    """How many jobs could be claimed at this moment."""
    now = timezone.now()
    return Job.objects.filter(Q(not_before=None) | Q(not_before__lte=now), status=Status.QUEUED).count()


def kept_lease(claim: Claim) -> AbstractContextManager[None]:
    """Renew the lease from a thread of its own while the body works. The thread ends with the body, or once the job is not ours."""
    return claims.kept_lease(lambda: renew(claim), f"lease-{claim.job_id}")


def refuse(job_id: int, words: Words, field: str = "") -> bool:
    """Fail a job that still waits: it cannot be made as it is."""
    refused = Job.objects.filter(id=job_id, status=Status.QUEUED).update(**_failure(words, field), not_before=None)
    _moved(job_id)
    return bool(refused)


def release_of(host: str) -> int:
    """Queue again every job that a worker of `host` holds. For whoever knows that no worker runs there now."""
    held = Job.objects.filter(status=Status.RUNNING, worker__startswith=f"{host}:")
    with _told(held):
        return held.update(status=Status.QUEUED, **UNCLAIMED, **NO_PROGRESS)
