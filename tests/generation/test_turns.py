"""Fair turns: brands take theirs one after the other, whoever asked for more; and nobody takes every worker."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from brand_styles.models import Brand
from generation import jobs, services
from generation.models import Brief, Job, Status
from generation.planning.brief import load_brief
from studio.models import User


def brief_of(brand: str, user: User, count: int) -> Brief:
    sizes = ", ".join(f"{200 + n}x200" for n in range(count))
    text = f"brand: {brand}\ncopy: {{headline: 会员日}}\nformats: [{sizes}]\n"
    return services.submit_brief(owner_id=user.pk, data=load_brief(text), source=text)


def served(count: int, *, finish: bool = True) -> list[str]:
    """The brands of the next `count` claims, one worker, each job finished before the next is taken."""
    brands = []
    for _ in range(count):
        claim = jobs.claim_next()
        if claim is None:
            break
        brands.append(Job.objects.get(id=claim.job_id).variant.brief.library.brand.slug)
        if finish:
            assert jobs.finish(claim, blocked=False)
    return brands


def test_a_brand_with_few_jobs_does_not_wait_for_one_with_many(owner: User, stranger: User) -> None:
    brief_of("demo", owner, 6)
    brief_of("larkmoor", stranger, 2)
    assert served(8) == ["demo", "larkmoor", "demo", "larkmoor", "demo", "demo", "demo", "demo"]


def test_who_comes_late_is_served_next(owner: User, stranger: User) -> None:
    brief_of("demo", owner, 4)
    assert served(2) == ["demo", "demo"]
    brief_of("larkmoor", stranger, 1)
    assert served(3) == ["larkmoor", "demo", "demo"]


def test_priority_goes_before_turns_and_age_decides_within_a_brand(owner: User, stranger: User) -> None:
    first = brief_of("demo", owner, 2)
    brief_of("larkmoor", stranger, 2)
    last = Job.objects.filter(variant__brief=first).order_by("-id")[0]
    assert served(1) == ["demo"]
    Job.objects.filter(id=last.pk).update(priority=1)
    assert served(3) == ["demo", "larkmoor", "larkmoor"]


def test_nobody_has_more_running_than_the_cap(owner: User, stranger: User, settings: Any) -> None:
    settings.JOBS_PER_PERSON = 2
    brief_of("demo", owner, 5)
    brief_of("larkmoor", stranger, 1)
    assert served(9, finish=False) == ["demo", "larkmoor", "demo"]
    running = Job.objects.filter(status=Status.RUNNING, variant__brief__owner=owner)
    jobs.cancel(Job.objects.filter(id=running[0].pk))
    assert served(9, finish=False) == ["demo"]
    settings.JOBS_PER_PERSON = 0
    assert served(9, finish=False) == ["demo", "demo"]


@pytest.mark.parametrize("cap", [0, 4])
def test_the_order_is_one_query(owner: User, settings: Any, cap: int) -> None:
    settings.JOBS_PER_PERSON = cap
    brief_of("demo", owner, 3)
    with CaptureQueriesContext(connection) as asked:
        assert len(jobs.waiting_in_order(timezone.now())[:8]) == 3
    assert len(asked) == 1


def test_a_brand_without_a_turn_yet_comes_first(owner: User, stranger: User) -> None:
    brief_of("demo", owner, 2)
    served(1)
    brief_of("larkmoor", stranger, 1)
    assert Brand.objects.filter(turn=None).get().slug == "larkmoor"
    assert served(1) == ["larkmoor"]
