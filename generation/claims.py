"""How a row of waiting work passes to a worker: claimed by compare-and-set, held by a lease, queued again when its worker died.

For rows with `claim`, `lease_until`, `attempts` and a state of "queued" and "running" in the field named `state`. Jobs have turns and
batches beside that, and their own file (jobs.py).
"""

import threading
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import TypeVar

import structlog
from django.conf import settings
from django.db import connection
from django.db.models import F, Model, QuerySet
from django.utils import timezone

from brand_styles.words import Words
from generation.models import Status

log = structlog.get_logger(__name__)

UNCLAIMED = {"claim": None, "lease_until": None}
MOST_ATTEMPTS = 3
Row = TypeVar("Row", bound=Model)


def take_first(waiting: QuerySet[Row], lease: timedelta, state: str = "status") -> QuerySet[Row] | None:
    """Claim the first of `waiting`: the row while it is ours, and nothing once it is not (another was faster, or took it away).

    None where nothing waits.
    """
    first = waiting.values_list("pk", flat=True).first()
    if first is None:
        return None
    token = uuid.uuid4()
    rows = waiting.model._default_manager.filter(pk=first)
    rows.filter(**{state: Status.QUEUED}).update(
        **{state: Status.RUNNING}, claim=token, lease_until=timezone.now() + lease, attempts=F("attempts") + 1
    )
    return rows.filter(**{state: Status.RUNNING}, claim=token)


def release_expired(running: QuerySet[Row], gave_up: Words) -> int:
    """Queue again, of rows with a `status`, what killed workers left; give up, in words, after three tries. How many wait again."""
    expired = running.filter(status=Status.RUNNING, lease_until__lt=timezone.now())
    expired.filter(attempts__gte=MOST_ATTEMPTS).update(**failure(gave_up))
    return expired.filter(attempts__lt=MOST_ATTEMPTS).update(status=Status.QUEUED, **UNCLAIMED)


def failure(words: Words) -> dict[str, object]:
    """The fields of a row whose work failed."""
    return {"status": Status.FAILED, "error_en": words.en, "error_zh": words.zh, **UNCLAIMED}


@contextmanager
def kept_lease(renew: Callable[[], bool | int], name: str = "lease") -> Iterator[None]:
    """Call `renew` from a thread of its own, three times in each JOB_LEASE_SECONDS, while the body works.

    The thread ends with the body, or once `renew` answers that the row is no longer ours.
    """
    stop = threading.Event()
    thread = threading.Thread(target=_keep, args=(renew, stop), name=name, daemon=True)
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join(timeout=5)


def _keep(renew: Callable[[], bool | int], stop: threading.Event) -> None:
    try:
        while not stop.wait(settings.JOB_LEASE_SECONDS / 3):
            try:
                if not renew():
                    return
            except Exception:  # a busy database must not end the lease's thread
                log.exception("lease.renewal_failed", lease=threading.current_thread().name)
    finally:
        connection.close()


def renewing(mine: QuerySet[Row]) -> Callable[[], int]:
    """What `kept_lease` calls for a claimed row: push its lease forward by JOB_LEASE_SECONDS."""
    return lambda: mine.all().update(lease_until=timezone.now() + timedelta(seconds=settings.JOB_LEASE_SECONDS))
