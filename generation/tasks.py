"""Celery's doors. A message carries no work: it wakes a worker, which takes the next job from the rows.

So a message lost, doubled or late changes nothing but the waiting time, and the sweep makes up for lost ones.
"""

import structlog
from celery import shared_task
from kombu.exceptions import OperationalError

from generation import jobs

log = structlog.get_logger(__name__)

MOST_WAKES = 8


@shared_task(name="generation.make_next", acks_late=True, reject_on_worker_lost=True, ignore_result=True)  # type: ignore[untyped-decorator]
def make_next() -> None:
    """Make one asset; while more wait, pass the wake on."""
    from generation import rendering

    if rendering.make_next() and jobs.waiting_now():
        wake(1)


@shared_task(name="generation.make_elements", acks_late=True, reject_on_worker_lost=True, ignore_result=True)  # type: ignore[untyped-decorator]
def make_elements() -> None:
    """Draw one order of elements; while more wait, pass the wake on."""
    from generation.products import orders

    if orders.make_next() and orders.waiting_now():
        wake_elements()


@shared_task(name="generation.change_next", acks_late=True, reject_on_worker_lost=True, ignore_result=True)  # type: ignore[untyped-decorator]
def change_next() -> None:
    """Put the new words of one late change on one picture; while more wait, pass the wake on."""
    from generation import late_changes

    if late_changes.make_next() and late_changes.waiting_now():
        wake_for_changes()


@shared_task(name="generation.sweep", ignore_result=True)  # type: ignore[untyped-decorator]
def sweep() -> None:
    """Give back the jobs of killed workers, wake workers when jobs wait, and delete photos that were discarded."""
    from generation import late_changes
    from generation.products import cutouts, orders

    jobs.release_expired()
    wake(jobs.waiting_now())
    orders.release_expired()
    if orders.waiting_now():
        wake_elements()
    late_changes.release_expired()
    if late_changes.waiting_now():
        wake_for_changes()
    cutouts.forget_discarded()


def wake(count: int) -> bool:
    """Send a wake for each of `count` waiting jobs, a few at most. False when the broker cannot be reached: the rows wait for the sweep."""
    try:
        for _ in range(min(count, MOST_WAKES)):
            make_next.apply_async(retry=False)
    except (OperationalError, OSError) as error:
        log.warning("broker.unreachable", error=str(error))
        return False
    return True


def wake_for_changes() -> bool:
    """Send one wake for waiting late changes. False when the broker cannot be reached: the sweep makes up for it."""
    try:
        change_next.apply_async(retry=False)
    except (OperationalError, OSError) as error:
        log.warning("broker.unreachable", error=str(error))
        return False
    return True


def wake_elements() -> bool:
    """Send one wake for waiting orders of elements. False when the broker cannot be reached: the sweep makes up for it."""
    try:
        make_elements.apply_async(retry=False)
    except (OperationalError, OSError) as error:
        log.warning("broker.unreachable", error=str(error))
        return False
    return True
