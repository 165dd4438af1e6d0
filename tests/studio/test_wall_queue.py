"""Places in the queue, moving ahead, and who sees which buttons on a wall."""

from collections.abc import Callable

import pytest
from django.test import Client

from generation import jobs, queueing
from generation.models import Brief, Job
from generation.planning.brief import load_brief
from generation.services import submit_brief
from studio.models import Membership, Role, User
from tests.cast import BRIEF


@pytest.fixture
def other(stranger: User) -> Brief:
    """A brief of another brand that waits behind."""
    source = BRIEF.replace("demo", "larkmoor")
    return submit_brief(owner_id=stranger.pk, data=load_brief(source), source=source)


def ids(brief: Brief) -> list[int]:
    return list(Job.objects.filter(variant__brief=brief).order_by("id").values_list("id", flat=True))


def test_places_are_the_order_in_which_jobs_are_claimed(brief: Brief, other: Brief) -> None:
    foreseen = sorted(queueing.places().items(), key=lambda pair: pair[1])
    claimed = [claim.job_id for claim in iter(jobs.claim_next, None)]
    assert [job_id for job_id, _ in foreseen] == claimed
    assert claimed[:2] == [ids(brief)[0], ids(other)[0]]  # brands take turns


def test_who_moves_ahead_is_next_and_no_more_than_the_bound(
    brief: Brief, other: Brief, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(queueing, "MOST_AHEAD", 1)
    assert queueing.move_ahead(other) == 1 and queueing.move_ahead(other) == 0
    assert queueing.places()[ids(other)[0]] == 0
    assert list(Job.objects.filter(priority=queueing.AHEAD).values_list("id", flat=True)) == ids(other)[:1]


def test_a_wall_says_how_many_come_before(client_of_owner: Client, brief: Brief) -> None:
    page = client_of_owner.get(f"/briefs/{brief.pk}").content.decode()
    assert ">next</span>" in page and "before it: 1" in page and 'id="move-ahead"' in page
    answer = client_of_owner.post(f"/briefs/{brief.pk}/ahead", headers={"hx-request": "true"}).content.decode()
    assert "goes ahead" in answer and 'id="move-ahead"' not in answer


def test_a_viewer_is_offered_nothing_that_they_may_not_do(
    brief: Brief, teammate: User, as_person: Callable[[User], Client]
) -> None:
    url = f"/briefs/{brief.pk}"
    doors = ("/cancel", "/ahead", "/retry")
    assert sum(door in as_person(teammate).get(url).content.decode() for door in doors) >= 2
    Membership.objects.filter(user=teammate).update(role=Role.VIEWER)
    jobs.cancel(Job.objects.filter(pk=ids(brief)[0]))
    page = as_person(teammate).get(url).content.decode()
    assert not any(f'{door}"' in page for door in doors) and "before it" not in page
