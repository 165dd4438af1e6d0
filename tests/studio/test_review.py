"""The review room over HTTP: what a reviewer is served, answers, takes back, and what they are told where it can't be."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from brand_styles.models import Brand
from generation.models import Brief
from reviews import enlisting
from reviews.models import Item, Policy, Review, Seat, Standing
from studio.models import Membership, Role, User

Ask = Callable[..., Any]


@pytest.fixture(autouse=True)
def no_slips(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("reviews.queue.slip_in", lambda *args: None)


def person(name: str, role: Role) -> User:
    user = User.objects.create_user(name, password=f"a-password-for-{name}")
    Membership.objects.create(user=user, brand=Brand.objects.get(slug="demo"), role=role)
    return user


@pytest.fixture
def reviewer(brands: None) -> User:
    return person("lin", Role.REVIEWER)


@pytest.fixture
def waiting(made_brief: Brief) -> Brief:
    enlisting.enlist_new()
    return made_brief


@pytest.fixture
def ask(reviewer: User, as_person: Callable[[User], Client]) -> Ask:
    client = as_person(reviewer)
    client.cookies["django_language"] = "en"

    def asked(door: str, status: int = 200, **sent: Any) -> Any:
        answer = client.post(f"/review/{door}", json.dumps(sent), content_type="application/json")
        assert answer.status_code == status, answer.content
        return answer.json()

    return asked


def test_a_reviewer_judges_one_after_the_other(waiting: Brief, ask: Ask) -> None:
    first, second = ask("next")["seats"]
    assert first["title"] == waiting.title and "会员狂欢日" in first["meant"]
    done = ask("answer", seat=first["seat"], token=first["token"], verdict="approve", seconds=3.5, but=[second["seat"]])
    assert done["progress"] == {"today": 1, "left": 1} and done["seats"] == []
    ask("answer", seat=second["seat"], token=second["token"], verdict="reject", defects=[{"code": "TEC_BLUR"}])
    assert sorted(Standing.objects.values_list("state", flat=True)) == ["approved", "rejected"]
    assert ask("next") == {"seats": [], "progress": {"today": 2, "left": 0}}


def test_the_pictures_page_tells_where_it_stands(waiting: Brief, ask: Ask, client_of_owner: Client) -> None:
    seat = ask("next")["seats"][0]
    client_of_owner.cookies["django_language"] = "en"
    page = f"/assets/{seat['pictures'][0]['asset']}"
    assert "waits for review" in client_of_owner.get(page).content.decode()
    ask("answer", seat=seat["seat"], token=seat["token"], verdict="minor_fix")
    assert "usable with a minor fix" in client_of_owner.get(page).content.decode()


def test_an_answer_is_taken_back(waiting: Brief, ask: Ask) -> None:
    first = ask("next")["seats"][0]
    review = ask("answer", seat=first["seat"], token=first["token"], verdict="reject")["review"]
    again = ask("undo", review=review)
    assert [seat["seat"] for seat in again["seats"]] == [first["seat"]] and again["progress"]["today"] == 0
    assert ask("undo", status=422, review=review)["problem"] == "There is nothing of yours to take back here."


def test_what_cant_be_taken_is_said_and_nothing_is_lost(waiting: Brief, ask: Ask) -> None:
    seat = ask("next")["seats"][0]
    mine = {"seat": seat["seat"], "token": seat["token"]}
    said = ask("answer", status=422, **mine, verdict="approve", scores={"hue": 9})
    assert said == {"problem": "Hue: a score is a whole number from 1 to 5.", "field": "scores.hue"}
    ask("skip", status=422, **mine, reason="bored")
    rubbish: dict[str, Any]
    for rubbish in ({"scores": []}, {"defects": {}}, {"seconds": "soon"}, {"verdict": 1}, {"seat": "1"}):
        ask("answer", status=422, **{**mine, "verdict": "approve", **rubbish})
    ask("answer", status=422, **mine, verdict="approve", comment="no \x00 can be kept")
    ask("answer", status=409, **{**mine, "token": "no-token"}, verdict="approve")
    assert not Review.objects.exists()
    ask("answer", **mine, verdict="approve", comment="its name, \\u0000, can")
    assert "isn't yours" in ask("answer", status=409, **mine, verdict="approve")["problem"]


def test_leaving_opens_what_was_held(waiting: Brief, ask: Ask) -> None:
    ask("next")
    assert ask("leave")["opened"] == 2
    assert not Seat.objects.filter(state="held").exists()


def test_a_page_holds_on_to_its_pictures(waiting: Brief, ask: Ask) -> None:
    seats = [{"seat": each["seat"], "token": each["token"]} for each in ask("next")["seats"]]
    assert ask("keep", seats=seats)["held"] == [each["seat"] for each in seats]
    ask("leave")
    assert ask("keep", seats=seats)["held"] == []


def test_what_a_gold_item_is_does_not_show(waiting: Brief, ask: Ask) -> None:
    seats = ask("next")["seats"]
    assert {frozenset(seat) for seat in seats} == {
        frozenset({"seat", "token", "kind", "brand", "title", "meant", "due", "pictures"})
    }


def test_another_brands_queue_does_not_exist(waiting: Brief, ask: Ask, stranger: User, as_person: Any) -> None:
    assert as_person(stranger).get("/review/queue?brand=demo").status_code == 404
    theirs = as_person(stranger).post("/review/next", "{}", content_type="application/json")
    assert theirs.json()["seats"] == []


def test_a_pair_is_kept_as_it_is_whichever_stands_left(waiting: Brief, ask: Ask, brand_pair: Item) -> None:
    seat = ask("next", kind="pair")["seats"][0]
    left = seat["pictures"][0]["asset"]
    ask("answer", kind="pair", seat=seat["seat"], token=seat["token"], verdict="a")
    chosen = brand_pair.asset_id if Review.objects.get().verdict == "a" else brand_pair.other_id
    assert chosen == left


@pytest.fixture(params=[0, 1])
def brand_pair(request: pytest.FixtureRequest, waiting: Brief) -> Item:
    a, b = Item.objects.order_by("pk")
    pair = Item.objects.create(brand_id=a.brand_id, asset=a.asset, other=b.asset, maker_id=a.maker_id, kind="pair")
    Seat.objects.bulk_create(enlisting.open_seats(pair))
    seat = pair.seats.get()
    if seat.pk % 2 != request.param:  # both ways round
        Seat.objects.filter(pk=seat.pk).update(id=seat.pk + 1)
    return pair


def test_the_room_tells_what_waits_and_where_people_disagree(
    made_brief: Brief, ask: Ask, reviewer: User, as_person: Callable[[User], Client]
) -> None:
    Policy.objects.create(brand=made_brief.library.brand, overlap_share=100)
    enlisting.enlist_new()
    client = as_person(reviewer)
    client.cookies["django_language"] = "en"
    assert "Start reviewing" in client.get("/review").content.decode()
    for who, verdict in ((reviewer, "approve"), (person("mei", Role.REVIEWER), "reject")):
        judge = as_person(who)
        seat = judge.post("/review/next", "{}", content_type="application/json").json()["seats"][0]
        sent = {"seat": seat["seat"], "token": seat["token"], "verdict": verdict, "comment": f"said {verdict}"}
        judge.post("/review/answer", json.dumps(sent), content_type="application/json")
    page = client.get("/review").content.decode()
    assert "Reviewers disagree" in page and "A designer or owner of the brand decides" in page
    item = Item.objects.get(state="split")
    assert client.get(f"/review/items/{item.pk}").status_code == 403
    designer = as_person(person("des", Role.DESIGNER))
    designer.cookies["django_language"] = "en"
    shown = designer.get(f"/review/items/{item.pk}").content.decode()
    assert "said approve" in shown and "said reject" in shown and "mei" not in shown
    assert designer.post(f"/review/items/{item.pk}", {"verdict": "minor_fix"}).status_code == 302
    assert Standing.objects.get(asset=item.asset_id).state == "minor_fix"
    assert designer.post(f"/review/items/{item.pk}", {"verdict": "reject"}).status_code == 422
