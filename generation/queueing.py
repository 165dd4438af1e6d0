"""Where waiting jobs stand in the queue, and moving a brief's jobs ahead within bounds."""

from collections import defaultdict, deque
from collections.abc import Iterable, Iterator

from django.db.models import QuerySet
from django.utils import timezone

from generation import events
from generation.jobs import waiting_in_order
from generation.models import Brief, Job, Status

AHEAD = 2  # the priority of jobs that were moved ahead; new ones have 0, retried ones 1
MOST_AHEAD = 24  # of one brand that may wait ahead at once, so that nobody stops the others' work for long


def places() -> dict[int, int]:
    """How many jobs are taken up before each that may be claimed now, by id: from 0.

    An estimate: brands take turns as they stand now; new work, caps per person and several workers shift it.
    """
    rows = waiting_in_order(timezone.now()).values_list("id", "priority", "variant__brief__library__brand")
    levels: dict[int, dict[int, deque[int]]] = defaultdict(lambda: defaultdict(deque))
    for job_id, priority, brand in rows:  # in order: dicts keep priorities and brands as they come
        levels[priority][brand].append(job_id)
    in_turn = (job_id for brands in levels.values() for job_id in _by_turns(brands.values()))
    return {job_id: place for place, job_id in enumerate(in_turn)}


def _by_turns(queues: Iterable[deque[int]]) -> Iterator[int]:
    left = deque(queues)
    while left:
        queue = left.popleft()
        yield queue.popleft()
        if queue:
            left.append(queue)


def may_go_ahead(brief: Brief) -> QuerySet[Job]:
    """The brief's waiting jobs that may still be moved ahead: as many as MOST_AHEAD leaves its brand, oldest first."""
    of_brand = Job.objects.filter(variant__brief__library__brand=brief.library.brand_id, status=Status.QUEUED)
    room = max(0, MOST_AHEAD - of_brand.filter(priority__gte=AHEAD).count())
    behind = Job.objects.filter(variant__brief=brief, status=Status.QUEUED, priority__lt=AHEAD)
    return behind.order_by("id")[:room]


def move_ahead(brief: Brief) -> int:
    """Move them ahead of other work. Returns how many."""
    ids = list(may_go_ahead(brief).values_list("id", flat=True))
    moved = Job.objects.filter(id__in=ids, status=Status.QUEUED).update(priority=AHEAD)
    events.moved([brief.pk] if moved else [])
    return moved
