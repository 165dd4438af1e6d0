"""Stars: what a person marks for themselves on a wall, and how many others marked the same."""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass

from django.db import transaction

from generation import events
from generation.models import Brief, Job
from studio.models import Star, User


@dataclass(frozen=True)
class Stars:
    """The stars of one brief's pictures by their jobs, as one person sees them."""

    mine: frozenset[int]
    others: dict[int, int]  # how many other people's, where there are any

    @property
    def any(self) -> frozenset[int]:
        return self.mine | frozenset(self.others)


def stars_of(user: User, brief: Brief) -> Stars:
    rows = list(Star.objects.filter(job__variant__brief=brief).order_by("job_id").values_list("job_id", "user_id"))
    mine = frozenset(job for job, by in rows if by == user.pk)
    return Stars(mine, dict(Counter(job for job, by in rows if by != user.pk)))


@transaction.atomic
def set_stars(user: User, brief: Brief, job_ids: Collection[int], on: bool) -> list[int]:
    """Put this person's star on those pictures of the brief, or take it off. The ids of those that were otherwise before."""
    jobs = set(Job.objects.filter(variant__brief=brief, id__in=job_ids).values_list("id", flat=True))
    there = Star.objects.filter(user=user, job__in=jobs)
    starred = set(there.values_list("job_id", flat=True))
    changed = sorted(jobs - starred if on else starred)
    if on:
        Star.objects.bulk_create((Star(user=user, job_id=job) for job in changed), ignore_conflicts=True)
    else:
        there.delete()
    events.moved([brief.pk] if changed else [])
    return changed
