"""The review room's doors for Celery. As in generation.tasks a message carries no work, and the schedule makes up for lost ones."""

import structlog
from celery import shared_task
from kombu.exceptions import OperationalError

log = structlog.get_logger(__name__)


@shared_task(name="reviews.enlist", ignore_result=True)  # type: ignore[untyped-decorator]
def enlist() -> None:
    """Give new pictures their place in the queue, and open the seats of those who walked away."""
    from reviews import enlisting, queue

    while enlisting.enlist_new() == enlisting.BATCH:
        pass
    queue.reopen_expired()


@shared_task(name="reviews.train", acks_late=True, reject_on_worker_lost=True, ignore_result=True)  # type: ignore[untyped-decorator]
def train() -> None:
    """Train one version of an adapter; while more wait, pass the wake on."""
    from reviews.finetune import running, versions

    if running.make_next() and versions.waiting().exists():
        wake_for_training()


@shared_task(name="reviews.sweep", ignore_result=True)  # type: ignore[untyped-decorator]
def sweep() -> None:
    """Give back the trainings of killed workers, and wake one where some wait."""
    from reviews.finetune import versions

    versions.release_expired()
    if versions.waiting().exists():
        wake_for_training()


def wake_for_training() -> bool:
    """Send one wake for waiting trainings. False when the broker cannot be reached: the sweep makes up for it."""
    try:
        train.apply_async(retry=False)
    except (OperationalError, OSError) as error:
        log.warning("broker.unreachable", error=str(error))
        return False
    return True
