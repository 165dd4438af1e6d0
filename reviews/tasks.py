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


@shared_task(name="reviews.gate", acks_late=True, reject_on_worker_lost=True, ignore_result=True)  # type: ignore[untyped-decorator]
def gate() -> None:
    """Hold one trial, or a part of it while pictures wait; while more waits, pass the wake on."""
    from reviews.gating import gates, running

    if running.make_next() and gates.waiting().exists():
        wake_for_gates()


@shared_task(name="reviews.order", acks_late=True, reject_on_worker_lost=True, ignore_result=True)  # type: ignore[untyped-decorator]
def order() -> None:
    """Freeze the reviews of one training that was asked for; while more wait, pass the wake on."""
    from reviews import ordering
    from reviews.finetune import versions

    if ordering.make_next() and ordering.waiting().exists():
        wake_for_orders()
    if versions.waiting().exists():
        wake_for_training()


@shared_task(name="reviews.watch", ignore_result=True)  # type: ignore[untyped-decorator]
def watch() -> None:
    """Roll back what reviewers reject more often than what was before it."""
    from reviews import recalling

    recalling.roll_back_the_worse()


@shared_task(name="reviews.sweep", ignore_result=True)  # type: ignore[untyped-decorator]
def sweep() -> None:
    """Give back the orders, trainings and trials of killed workers, and wake one where some wait."""
    from reviews import ordering
    from reviews.finetune import versions
    from reviews.gating import gates

    ordering.release_expired()
    if ordering.waiting().exists():
        wake_for_orders()
    versions.release_expired()
    if versions.waiting().exists():
        wake_for_training()
    gates.release_expired()
    if gates.waiting().exists():
        wake_for_gates()


def wake_for_training() -> bool:
    """Send one wake for waiting trainings. False when the broker cannot be reached: the sweep makes up for it."""
    try:
        train.apply_async(retry=False)
    except (OperationalError, OSError) as error:
        log.warning("broker.unreachable", error=str(error))
        return False
    return True


def wake_for_gates() -> bool:
    """Send one wake for waiting trials. False when the broker cannot be reached: the sweep makes up for it."""
    try:
        gate.apply_async(retry=False)
    except (OperationalError, OSError) as error:
        log.warning("broker.unreachable", error=str(error))
        return False
    return True


def wake_for_orders() -> bool:
    """Send one wake for trainings that were asked for. False when the broker cannot be reached: the sweep makes up for it."""
    try:
        order.apply_async(retry=False)
    except (OperationalError, OSError) as error:
        log.warning("broker.unreachable", error=str(error))
        return False
    return True
