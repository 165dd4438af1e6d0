"""Where a step in one room starts a step in another, once the transaction that made it true is committed."""

from django.db import transaction

from generation import tasks
from reviews import tasks as review_tasks
from studio import tasks as studio_tasks


def wake_workers(count: int) -> None:
    """After this transaction, tell the workers that `count` jobs wait. A broker that is down only delays them (see the sweep)."""
    if count:
        transaction.on_commit(lambda: tasks.wake(count))


def wake_for_changes() -> None:
    """After this transaction, tell a worker that a late change waits."""
    transaction.on_commit(lambda: tasks.wake_for_changes())


def wake_for_elements() -> None:
    """After this transaction, tell a worker that an order of elements waits."""
    transaction.on_commit(lambda: tasks.wake_elements())


def send_deliveries() -> None:
    """After this transaction, tell a worker that messages to webhooks wait."""
    transaction.on_commit(lambda: studio_tasks.wake_for_deliveries())


def prepare_training() -> None:
    """After this transaction, tell a worker that a training was asked for."""
    transaction.on_commit(lambda: review_tasks.wake_for_orders())


def hold_gates() -> None:
    """After this transaction, tell a worker that a trial waits."""
    transaction.on_commit(lambda: review_tasks.wake_for_gates())
