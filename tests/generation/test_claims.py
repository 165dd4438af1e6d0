"""A row of waiting work is one worker's at a time, and nobody's that lost it."""

import uuid
from datetime import timedelta
from typing import Any

import pytest
from django.db.models import QuerySet
from django.utils import timezone

from brand_styles.models import Brand
from brand_styles.words import Words
from generation.claims import MOST_ATTEMPTS, failure, release_expired, take_first
from generation.models import ElementOrder, Status
from studio.models import User

LEASE = timedelta(minutes=1)
WORDS = Words(en="It was left.", zh="已放弃。")


@pytest.fixture(autouse=True)
def two(db: None) -> None:
    brand, owner = Brand.objects.create(slug="demo"), User.objects.create_user("owner")
    for seed in (1, 2):
        ElementOrder.objects.create(brand=brand, owner=owner, kind="coin", count=1, seed=seed)


def waiting() -> QuerySet[ElementOrder]:
    return ElementOrder.objects.filter(status=Status.QUEUED).order_by("id")


def test_each_row_is_taken_once_the_first_first() -> None:
    taken = [take_first(waiting(), LEASE) for _ in range(3)]
    assert [mine.get().seed if mine is not None else None for mine in taken] == [1, 2, None]
    assert set(ElementOrder.objects.values_list("attempts", "status")) == {(1, Status.RUNNING)}


def test_who_was_slower_holds_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """Another takes the row between our looking and our claiming."""
    uuid4 = uuid.uuid4
    others: list[Any] = []

    def overtaken() -> uuid.UUID:
        if not others:
            others.append(None)
            others[0] = take_first(waiting(), LEASE)
        return uuid4()

    monkeypatch.setattr("generation.claims.uuid.uuid4", overtaken)
    mine = take_first(waiting(), LEASE)
    assert mine is not None and not mine.exists()
    assert others[0].get().seed == 1 and others[0].get().attempts == 1


def test_a_row_that_was_taken_away_is_written_to_no_more() -> None:
    mine = take_first(waiting(), LEASE)
    assert mine is not None
    ElementOrder.objects.update(status=Status.CANCELLED)
    assert mine.update(**failure(WORDS)) == 0 and not ElementOrder.objects.filter(status=Status.FAILED).exists()


def test_what_a_killed_worker_left_waits_again_and_is_given_up_after_three_tries() -> None:
    for attempt in range(1, MOST_ATTEMPTS + 1):
        assert take_first(waiting(), LEASE) is not None
        assert release_expired(ElementOrder.objects.all(), WORDS) == 0  # the lease holds
        ElementOrder.objects.filter(status=Status.RUNNING).update(lease_until=timezone.now() - LEASE)
        assert release_expired(ElementOrder.objects.all(), WORDS) == (attempt < MOST_ATTEMPTS)
    row = ElementOrder.objects.get(seed=1)
    assert (row.status, row.error_en, row.error_zh, row.claim) == (Status.FAILED, WORDS.en, WORDS.zh, None)
    assert waiting().get().seed == 2
