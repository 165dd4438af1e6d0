"""Handing out what waits: who is served what, by when, what is overdue, and that nobody is left with what they can't judge."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from brand_styles.models import Brand
from generation.models import Brief
from reviews import enlisting, queue, services
from reviews.answers import Answer
from reviews.learning import ranking
from reviews.models import Item, Policy
from studio.models import Membership, Role, User

TOMORROW = (timezone.now() + timedelta(days=1)).date().isoformat()


@pytest.fixture(autouse=True)
def no_slips(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("reviews.queue.slip_in", lambda *args: None)


def person(name: str, role: Role = Role.REVIEWER) -> User:
    user = User.objects.create_user(name, password=f"a-password-for-{name}")
    Membership.objects.create(user=user, brand=Brand.objects.get(slug="demo"), role=role)
    return user


@pytest.fixture
def waiting(made_brief: Brief) -> Brief:
    enlisting.enlist_new()
    return made_brief


@pytest.fixture
def lin(brands: None) -> User:
    return person("lin")


@pytest.fixture
def mei(brands: None) -> User:
    return person("mei")


@pytest.fixture
def designer(brands: None, as_person: Callable[[User], Client]) -> Client:
    client = as_person(person("des", Role.DESIGNER))
    client.cookies["django_language"] = "en"
    return client


def give(client: Client, brief: Brief, to: User | str, due: str = "") -> Any:
    who = to if isinstance(to, str) else str(to.pk)
    return client.post(f"/review/briefs/{brief.pk}/assign", {"reviewer": who, "due": due})


def served(who: User, brief: Brief) -> list[int]:
    return [seat.item_id for seat in queue.take(who.pk, [brief.library.brand_id], want=3)]


def test_what_is_handed_out_goes_to_that_person_alone_and_is_taken_back(
    designer: Client, waiting: Brief, lin: User, mei: User
) -> None:
    given = give(designer, waiting, lin, TOMORROW)
    assert {(i.assigned_to, i.strategy) for i in Item.objects.all()} == {(lin, "assigned")}
    assert all(item.due_at and item.due_at.isoformat().startswith(TOMORROW) for item in Item.objects.all())
    assert served(mei, waiting) == []
    page = designer.get(given["Location"]).content.decode()
    assert "Who has what" in page and "→ lin" in page
    token = re.search(r'name="undo" value="([^"]+)"', page)
    assert token and designer.post("/undo", {"undo": token[1]}).status_code == 302
    assert {(i.assigned_to, i.strategy, i.due_at) for i in Item.objects.all()} == {(None, "arrival", None)}
    assert len(served(mei, waiting)) == 2


def test_it_comes_before_everything_else_and_learning_leaves_it_there(
    designer: Client, waiting: Brief, lin: User
) -> None:
    first, second = Item.objects.order_by("pk")
    second.seats.update(rank=0.99)
    assert queue.waiting_for(lin.pk, first.brand_id)[0].item == second
    from reviews import assigning

    assigning.assign(items=Item.objects.filter(pk=first.pk), reviewer_id=lin.pk)
    assert queue.waiting_for(lin.pk, first.brand_id)[0].item == first
    assert list(ranking.waiting(first.brand_id)) == [second]


def test_of_what_several_judge_one_seat_is_theirs(designer: Client, made_brief: Brief, lin: User, mei: User) -> None:
    Policy.objects.create(brand=made_brief.library.brand, overlap_share=100)
    enlisting.enlist_new()
    give(designer, made_brief, lin)
    assert len(served(lin, made_brief)) == 2 == len(served(mei, made_brief))


def test_what_somebody_skips_is_open_to_all(designer: Client, waiting: Brief, lin: User, mei: User) -> None:
    give(designer, waiting, lin)
    for seat in queue.take(lin.pk, [waiting.library.brand_id], want=2):
        assert seat.token
        services.skip(seat_id=seat.pk, token=seat.token, reviewer_id=lin.pk, reason="language")
    assert len(served(mei, waiting)) == 2


def test_it_is_given_to_another_or_to_everybody(designer: Client, waiting: Brief, lin: User, mei: User) -> None:
    give(designer, waiting, lin)
    give(designer, waiting, mei)
    assert served(lin, waiting) == [] and len(served(mei, waiting)) == 2
    queue.give_back(mei.pk)
    give(designer, waiting, "everybody")
    assert len(served(lin, waiting)) == 2


def test_who_may_not_judge_it_is_told_and_what_was_typed_stays(
    designer: Client, waiting: Brief, lin: User, owner: User, stranger: User, teammate: User
) -> None:
    for who, words in (
        (owner, "they wrote the brief"),
        (stranger, "Choose who reviews it"),
        (teammate, "Choose who reviews it"),
        ("", "Choose who reviews it"),
    ):
        refused = give(designer, waiting, who)
        assert refused.status_code == 422 and words in refused.content.decode()
    past = give(designer, waiting, lin, "2020-01-01")
    assert past.status_code == 422 and "That date is over" in past.content.decode()
    assert 'value="2020-01-01"' in past.content.decode() and "That is no date" in (
        give(designer, waiting, lin, "soon").content.decode()
    )
    assert not Item.objects.exclude(assigned_to=None).exists()


def test_what_is_judged_is_not_handed_out_again(designer: Client, waiting: Brief, lin: User) -> None:
    for seat in queue.take(lin.pk, [waiting.library.brand_id], want=2):
        assert seat.token
        services.answer(seat_id=seat.pk, token=seat.token, reviewer_id=lin.pk, given=Answer("approve"))
    assert give(designer, waiting, lin).status_code == 422
    assert f"/review/briefs/{waiting.pk}/assign" not in designer.get("/review").content.decode()


def test_overdue_is_told_to_designers_and_to_whose_it_is(
    designer: Client, waiting: Brief, lin: User, as_person: Callable[[User], Client]
) -> None:
    give(designer, waiting, lin, TOMORROW)
    mine = as_person(lin)
    mine.cookies["django_language"] = "en"
    assert "2 handed to you" in mine.get("/review").content.decode()
    Item.objects.update(due_at=timezone.now() - timedelta(hours=1))
    assert "2 overdue" in mine.get("/review").content.decode()
    page = designer.get("/review").content.decode()
    assert page.count("2 overdue") == 3  # the brand's desk, who has it, the brief
    Membership.objects.filter(user=lin).delete()
    assert "reviews here no longer" in designer.get("/review").content.decode()
