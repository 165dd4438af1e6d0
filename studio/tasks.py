"""The studio's own doors for Celery. As in generation.tasks a message carries no work, and the schedule makes up for lost ones."""

import structlog
from celery import shared_task
from kombu.exceptions import OperationalError

log = structlog.get_logger(__name__)


@shared_task(name="studio.send_next", acks_late=True, reject_on_worker_lost=True, ignore_result=True)  # type: ignore[untyped-decorator]
def send_next() -> None:
    """Send one delivery; while more wait, pass the wake on."""
    from studio import delivering

    if delivering.send_next() and delivering.waiting().exists():
        wake_for_deliveries()


@shared_task(name="studio.tell", ignore_result=True)  # type: ignore[untyped-decorator]
def tell() -> None:
    """Write what webhooks are to be told, give back what a killed worker was sending, and wake one where something waits."""
    from studio import delivering, telling

    telling.collect()
    delivering.release_expired()
    if delivering.waiting().exists():
        wake_for_deliveries()


@shared_task(name="studio.tidy", ignore_result=True)  # type: ignore[untyped-decorator]
def tidy() -> None:
    """Delete what was kept long enough: answers to calls of the API, deliveries."""
    from studio import delivering
    from studio.api.idempotency import forget_old as forget_answers

    forget_answers()
    delivering.forget_old()


def wake_for_deliveries() -> bool:
    """Send one wake for waiting deliveries. False when the broker cannot be reached: the schedule makes up for it."""
    try:
        send_next.apply_async(retry=False)
    except (OperationalError, OSError) as error:
        log.warning("broker.unreachable", error=str(error))
        return False
    return True
