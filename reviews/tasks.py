"""The review room's doors for Celery. As in generation.tasks a message carries no work, and the schedule makes up for lost ones."""

from celery import shared_task


@shared_task(name="reviews.enlist", ignore_result=True)  # type: ignore[untyped-decorator]
def enlist() -> None:
    """Give new pictures their place in the queue, and open the seats of those who walked away."""
    from reviews import enlisting, queue

    while enlisting.enlist_new() == enlisting.BATCH:
        pass
    queue.reopen_expired()
