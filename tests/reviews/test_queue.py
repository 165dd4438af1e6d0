"""Who is served what: by rank, never twice, never their own, and open again when somebody walks away."""

import threading
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from brand_styles.models import Brand
from generation.models import Asset, Brief
from reviews import calibrating, enlisting, queue, rubrics, services
from reviews.errors import NotYourSeat
from reviews.models import Item, Policy, Seat, Standing
from studio.models import User
from tests.reviews.conftest import Say


def test_a_picture_that_passed_takes_its_place_once(waiting: list[Item]) -> None:
    assert [item.asset_id for item in waiting] == list(Asset.objects.order_by("pk").values_list("pk", flat=True))
    assert enlisting.enlist_new() == 0
    assert Seat.objects.count() == len(waiting) == 2
    assert {s.state for s in Standing.objects.all()} == {"waiting"}


def test_a_picture_held_back_by_preflight_is_not_asked_about(made_brief: Brief) -> None:
    Asset.objects.update(verdict="blocked")
    assert enlisting.enlist_new() == 0


def test_the_highest_rank_comes_first(waiting: list[Item], lin: User, brand: Brand) -> None:
    Seat.objects.filter(item=waiting[1]).update(rank=1.0)
    assert [s.item_id for s in queue.take(lin.pk, [brand.pk])] == [waiting[1].pk, waiting[0].pk]


def test_two_people_never_get_the_same_seat(waiting: list[Item], lin: User, mei: User, brand: Brand) -> None:
    first = queue.take(lin.pk, [brand.pk], want=1)
    second = queue.take(mei.pk, [brand.pk], want=2)
    assert len(first) == len(second) == 1 and first[0].item_id != second[0].item_id


def test_whoever_wrote_the_brief_is_not_asked(waiting: list[Item], owner: User, brand: Brand) -> None:
    assert queue.take(owner.pk, [brand.pk]) == []


def test_other_brands_are_not_served(waiting: list[Item], lin: User) -> None:
    assert queue.take(lin.pk, []) == []


def test_a_reload_finds_what_one_holds(waiting: list[Item], lin: User, brand: Brand) -> None:
    held = queue.take(lin.pk, [brand.pk])
    assert queue.take(lin.pk, [brand.pk]) == held


def test_a_lease_that_ran_out_opens_the_seat(waiting: list[Item], lin: User, mei: User, brand: Brand) -> None:
    (mine, _) = queue.take(lin.pk, [brand.pk])
    Seat.objects.filter(holder=lin).update(lease_until=timezone.now() - timedelta(seconds=1))
    assert len(queue.take(mei.pk, [brand.pk])) == 2
    assert mine.token is not None
    with pytest.raises(NotYourSeat):
        services.skip(seat_id=mine.pk, token=mine.token, reviewer_id=lin.pk, reason="other")


def test_an_answer_that_comes_late_counts_while_nobody_else_has_the_seat(
    waiting: list[Item], lin: User, brand: Brand
) -> None:
    (mine, _) = queue.take(lin.pk, [brand.pk])
    Seat.objects.filter(pk=mine.pk).update(lease_until=timezone.now() - timedelta(seconds=1))
    assert mine.token is not None
    assert services.skip(seat_id=mine.pk, token=mine.token, reviewer_id=lin.pk, reason="other").pk


def test_leaving_gives_everything_back(waiting: list[Item], lin: User, mei: User, brand: Brand) -> None:
    queue.take(lin.pk, [brand.pk])
    assert queue.give_back(lin.pk) == 2
    assert len(queue.take(mei.pk, [brand.pk])) == 2


def test_an_assigned_picture_waits_for_its_person(waiting: list[Item], lin: User, mei: User, brand: Brand) -> None:
    Seat.objects.filter(item=waiting[0]).update(assigned_to=mei)
    assert [s.item_id for s in queue.take(lin.pk, [brand.pk])] == [waiting[1].pk]
    assert [s.item_id for s in queue.take(mei.pk, [brand.pk])] == [waiting[0].pk]


def test_with_overlap_a_picture_goes_to_two_people(made_brief: Brief, lin: User, mei: User, brand: Brand) -> None:
    Policy.objects.create(brand=brand, overlap_share=100)
    enlisting.enlist_new()
    seats = [*queue.take(lin.pk, [brand.pk]), *queue.take(mei.pk, [brand.pk])]
    assert len({(s.item_id, s.holder_id) for s in seats}) == 4 and len({s.item_id for s in seats}) == 2


def test_a_financial_claim_needs_two_people(made_brief: Brief, brand: Brand) -> None:
    data = made_brief.data | {"industry": "信贷", "evidence": [{"claim": "利率低", "file": "a.pdf"}]}
    Brief.objects.update(data=data)
    enlisting.enlist_new()
    assert {(i.overlap, i.four_eyes) for i in Item.objects.all()} == {(2, True)}


def test_a_newer_version_takes_the_place_of_the_older(waiting: list[Item], lin: User, brand: Brand) -> None:
    old = waiting[0].asset
    Asset.objects.filter(pk=old.pk).update(is_head=False)
    new = Asset.objects.get(pk=old.pk)
    new.pk, new.version, new.is_head, new.file = None, 2, True, "another.png"
    new.save()
    assert enlisting.enlist_new() == 1
    assert Item.objects.get(pk=waiting[0].pk).state == "withdrawn"
    assert {s.item.asset_id for s in queue.take(lin.pk, [brand.pk])} == {waiting[1].asset_id, new.pk}


def test_gold_is_slipped_in_once_to_each(waiting: list[Item], lin: User, mei: User, brand: Brand, say: Say) -> None:
    rubric = rubrics.current(brand.pk)[1]
    calibrating.keep_as_gold(item=waiting[0], verdict="reject", defects=["TEC_BLUR"], rubric=rubric)
    seat = calibrating.slip_in(lin.pk, [brand.pk], queue.lease(), chance=0.0)
    assert seat is not None and seat.item.purpose == "gold"
    assert calibrating.slip_in(lin.pk, [brand.pk], queue.lease(), chance=0.0) is None
    assert calibrating.slip_in(mei.pk, [brand.pk], queue.lease(), chance=0.0) is not None
    assert calibrating.slip_in(mei.pk, [brand.pk], queue.lease(), chance=0.5) is None


def test_what_somebody_judged_a_week_ago_may_come_again(
    waiting: list[Item], lin: User, brand: Brand, say: Say, monkeypatch: pytest.MonkeyPatch
) -> None:
    review = say(lin)
    assert calibrating.slip_in(lin.pk, [brand.pk], queue.lease(), chance=0.1) is None
    monkeypatch.setattr(calibrating, "REPEAT_AFTER", timedelta(0))
    seat = calibrating.slip_in(lin.pk, [brand.pk], queue.lease(), chance=0.1)
    assert seat is not None and (seat.item.purpose, seat.item.asset_id) == ("repeat", review.item.asset_id)
    assert calibrating.slip_in(lin.pk, [brand.pk], queue.lease(), chance=0.1) is None


@pytest.mark.django_db(transaction=True)
def test_many_at_once_are_served_nothing_twice(made_brief: Brief) -> None:
    enlisting.enlist_new()
    first = Item.objects.order_by("pk")[0]
    Seat.objects.bulk_create(enlisting.open_seats(first, 10, 100))
    people = [User.objects.create_user(f"p{i}") for i in range(6)]
    got: list[Seat] = []

    def ask(person: User) -> None:
        try:
            got.extend(queue.take(person.pk, [first.brand_id]))
        finally:
            connection.close()

    threads = [threading.Thread(target=ask, args=(person,)) for person in people]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(got) == len({seat.pk for seat in got}) == 7
    assert len({(seat.item_id, seat.holder_id) for seat in got}) == 7
