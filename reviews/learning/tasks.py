"""Celery's doors of what the review room learns, on the media worker. A message carries no work; the schedule makes up for lost ones."""

import structlog
from celery import shared_task
from kombu.exceptions import OperationalError

log = structlog.get_logger(__name__)


@shared_task(name="reviews.describe_next", acks_late=True, reject_on_worker_lost=True, ignore_result=True)  # type: ignore[untyped-decorator]
def describe_next() -> None:
    """Work out one batch of vectors; while more wait, pass the wake on."""
    from reviews.learning import describing

    if describing.describe_next() == describing.BATCH:
        wake()


def wake() -> bool:
    """Send one wake for pictures without a vector. False when the broker cannot be reached: the schedule makes up for it."""
    try:
        describe_next.apply_async(retry=False)
    except (OperationalError, OSError) as error:
        log.warning("broker.unreachable", error=str(error))
        return False
    return True


@shared_task(name="reviews.learn", ignore_result=True)  # type: ignore[untyped-decorator]
def learn() -> None:
    """Train the scorers that are due, write what they expect of pictures, order the queues, and ask about pairs where few are left."""
    from reviews.learning import pairing, ranking, training

    wake()
    training.train_due()
    ranking.score_due()
    ranking.rank_due()
    pairing.ask_due()
