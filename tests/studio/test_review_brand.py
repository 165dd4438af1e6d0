"""A brand's review page: policy, rubric, gold and reviewers, changed by designers, read by reviewers, taken back for half a minute."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from urllib.parse import unquote_plus

import pytest
from django.test import Client
from django.utils import timezone

from brand_styles.models import Brand
from generation.models import Asset, Brief
from reviews import enlisting, queue, rubrics, services
from reviews.answers import Answer
from reviews.models import Item, Policy, Review, RubricVersion, Standing
from studio.models import Membership, Role, User

PAGE = "/review/brands/demo"
DIMENSION = {
    "name_en": "Mascot charm",
    "name_zh": "吉祥物魅力",
    "scale": "quality",
    "low_en": "Nobody smiles",
    "low_zh": "无人会心一笑",
    "high_en": "Everybody smiles",
    "high_zh": "人人会心一笑",
}


@pytest.fixture(autouse=True)
def no_slips(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("reviews.queue.slip_in", lambda *args: None)


@pytest.fixture
def brand(brands: None) -> Brand:
    return Brand.objects.get(slug="demo")


def person(name: str, role: Role) -> User:
    user = User.objects.create_user(name, password=f"a-password-for-{name}")
    Membership.objects.create(user=user, brand=Brand.objects.get(slug="demo"), role=role)
    return user


@pytest.fixture
def lin(brand: Brand) -> User:
    return person("lin", Role.REVIEWER)


@pytest.fixture
def designer(brand: Brand, as_person: Callable[[User], Client]) -> Client:
    client = as_person(person("des", Role.DESIGNER))
    client.cookies["django_language"] = "en"
    return client


def said(client: Client, address: str = PAGE) -> str:
    return client.get(address).content.decode()


def take_back(client: Client, answer: Any) -> None:
    """Press the button that the page after `answer` offers."""
    assert answer.status_code == 302, answer.content.decode()
    token = re.search(r'name="undo" value="([^"]+)"', client.get(answer["Location"]).content.decode())
    assert token is not None
    assert client.post("/undo", {"undo": token[1]}).status_code == 302


def judged(who: User, brand: Brand, verdict: str = "approve", **given: Any) -> Review:
    (seat,) = queue.take(who.pk, [brand.pk], want=1)
    assert seat.token is not None
    return services.answer(seat_id=seat.pk, token=seat.token, reviewer_id=who.pk, given=Answer(verdict, **given))


def test_a_policy_is_changed_holds_from_the_next_picture_on_and_is_taken_back(
    designer: Client, brand: Brand, made_brief: Brief
) -> None:
    changed = designer.post(f"{PAGE}/policy", {"overlap": "3", "overlap_share": "100", "due_hours": "24"})
    policy = Policy.objects.get(brand=brand)
    assert (policy.overlap, policy.overlap_share, policy.due_hours, policy.four_eyes) == (3, 100, 24, False)
    enlisting.enlist_new()
    assert {item.overlap for item in Item.objects.all()} == {3}
    take_back(designer, changed)
    policy.refresh_from_db()
    assert (policy.overlap, policy.overlap_share, policy.due_hours, policy.four_eyes) == (2, 0, 0, True)
    assert {item.overlap for item in Item.objects.all()} == {3}


@pytest.mark.parametrize("wrong", [{"overlap": "1"}, {"overlap_share": "101"}, {"due_hours": "soon"}, {"overlap": ""}])
def test_a_number_out_of_bounds_is_told_and_what_was_typed_stays(
    wrong: dict[str, str], designer: Client, brand: Brand
) -> None:
    answer = designer.post(f"{PAGE}/policy", {"overlap": "2", "overlap_share": "17", "due_hours": "5"} | wrong)
    page = answer.content.decode()
    assert answer.status_code == 422 and "a whole number from" in page and not Policy.objects.exists()
    assert page.count('aria-invalid="true"') == 1
    if "overlap_share" not in wrong:
        assert 'value="17"' in page


def test_a_reviewer_reads_what_a_designer_changes(lin: User, brand: Brand, as_person: Callable[[User], Client]) -> None:
    Policy.objects.create(brand=brand, overlap=3, overlap_share=20, due_hours=48)
    client = as_person(lin)
    client.cookies["django_language"] = "en"
    page = said(client)
    assert "20 of a hundred pictures are judged by 3" in page and "due after 48 hours" in page
    assert 'action="/review/' not in page and "Gold pictures" not in page


def test_a_brand_asks_for_its_own_and_old_reviews_keep_theirs(
    designer: Client, brand: Brand, made_brief: Brief, lin: User
) -> None:
    enlisting.enlist_new()
    before = judged(lin, brand)
    assert designer.post(f"{PAGE}/dimensions", DIMENSION).status_code == 302
    sent = {"name_en": "Hat askew", "name_zh": "帽子歪了", "severity": "minor", "region": "box"}
    assert designer.post(f"{PAGE}/defects", sent).status_code == 302
    asked = rubrics.asked(brand.pk)
    assert asked.name == "1.2" and asked.dimension("mascot_charm") and asked.defect("OWN_HAT_ASKEW")
    after = judged(lin, brand, scores={"mascot_charm": 5}, defects=[{"code": "OWN_HAT_ASKEW"}])
    before.refresh_from_db()
    assert before.rubric.extension == 0 and after.rubric.extension == 2
    rows = re.findall(r'<th scope="row">(1\.\d)</th>.*?<td class="figure">(\d+)</td>', said(designer), re.S)
    assert rows == [("1.2", "1"), ("1.1", "0"), ("1.0", "1")]


def test_what_is_no_longer_asked_can_be_asked_again(designer: Client, brand: Brand) -> None:
    designer.post(f"{PAGE}/dimensions", DIMENSION)
    gone = designer.post(f"{PAGE}/remove", {"key": "mascot_charm"})
    assert rubrics.asked(brand.pk).dimension("mascot_charm") is None
    take_back(designer, gone)
    again = rubrics.asked(brand.pk)
    assert again.dimension("mascot_charm") and again.name == "1.3"
    assert RubricVersion.objects.filter(brand=brand).count() == 4


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"name_zh": ""}, "in both languages"),
        ({"name_en": "魅力"}, "begins with a letter"),
        ({"name_en": "Saturation"}, "used twice"),
        ({"low_en": "x" * 101}, "up to 100 characters"),
    ],
)
def test_what_reviewers_could_not_read_is_refused_in_words(
    wrong: dict[str, str], words: str, designer: Client, brand: Brand
) -> None:
    answer = designer.post(f"{PAGE}/dimensions", DIMENSION | wrong)
    page = answer.content.decode()
    assert answer.status_code == 422 and words in page and "Everybody smiles" in page
    assert rubrics.asked(brand.pk).extension == 0


def test_a_settled_picture_becomes_gold_and_is_retired_and_both_are_taken_back(
    designer: Client, brand: Brand, made_brief: Brief, lin: User
) -> None:
    enlisting.enlist_new()
    review = judged(lin, brand, "reject", defects=[{"code": "TEC_BLUR"}])
    page = said(designer, f"/review/items/{review.item_id}")
    assert "Keep as gold" in page and 'value="TEC_BLUR"' in page and '<option value="reject" selected>' in page
    kept = designer.post(f"/review/items/{review.item_id}/gold", {"verdict": "reject", "defects": ["TEC_BLUR"]})
    gold = Item.objects.get(purpose="gold")
    assert gold.expected == {"verdict": "reject", "defects": ["TEC_BLUR"]} and gold.asset_id == review.item.asset_id
    assert "nobody asked yet" in said(designer) and "This picture is gold" in said(
        designer, f"/review/items/{review.item_id}"
    )
    retired = designer.post(f"/review/items/{gold.pk}/retire")
    gold.refresh_from_db()
    assert gold.state == "withdrawn" and "nobody asked yet" not in said(designer)
    take_back(designer, retired)
    gold.refresh_from_db()
    assert gold.state == "open"
    take_back(designer, kept)
    gold.refresh_from_db()
    assert gold.state == "withdrawn"


def test_answers_of_a_picture_that_waits_sway_nobody(
    designer: Client, brand: Brand, made_brief: Brief, lin: User
) -> None:
    Policy.objects.create(brand=brand, overlap_share=100)
    enlisting.enlist_new()
    review = judged(lin, brand, comment="said by lin")
    page = said(designer, f"/review/items/{review.item_id}")
    assert "said by lin" not in page and "It waits for its reviewers" in page and "Keep as gold" not in page


def test_the_pictures_page_leads_designers_to_what_was_said(
    designer: Client, made_brief: Brief, lin: User, as_person: Callable[[User], Client]
) -> None:
    enlisting.enlist_new()
    item = Item.objects.order_by("pk")[0]
    door = f'href="/review/items/{item.pk}"'
    assert door in said(designer, f"/assets/{item.asset_id}")
    assert door not in as_person(lin).get(f"/assets/{item.asset_id}").content.decode()


def test_reviewers_standings_are_told_to_designers_and_ones_own_to_oneself(
    designer: Client, brand: Brand, made_brief: Brief, lin: User, as_person: Callable[[User], Client]
) -> None:
    enlisting.enlist_new()
    mei = person("mei", Role.REVIEWER)
    first = judged(mei, brand, "reject")
    designer.post(f"/review/items/{first.item_id}/gold", {"verdict": "reject"})
    gold = Item.objects.get(purpose="gold")
    seat = gold.seats.create(
        number=1,
        brand=brand,
        kind="single",
        maker=gold.maker,
        state="held",
        holder=lin,
        token=first.hash[:32],
        lease_until=timezone.now() + timedelta(minutes=1),
    )
    seat.refresh_from_db()
    assert seat.token is not None
    services.answer(seat_id=seat.pk, token=seat.token, reviewer_id=lin.pk, given=Answer("approve"))
    everybody = said(designer).split('id="people"')[1]
    assert "0 of 1 gold pictures right: too few" in everybody and "lin" in everybody and "mei" in everybody
    assert "0 of 1 right" in said(designer)
    mine = as_person(lin)
    mine.cookies["django_language"] = "en"
    own = said(mine).split('id="people"')[1]
    assert "0 of 1 gold" in own and "mei" not in own


def test_a_decision_is_taken_back(designer: Client, brand: Brand, made_brief: Brief, lin: User) -> None:
    Policy.objects.create(brand=brand, overlap_share=100)
    enlisting.enlist_new()
    asset = Asset.objects.order_by("pk")[0]
    item = Item.objects.get(asset=asset)
    for who, verdict in ((lin, "approve"), (person("mei", Role.REVIEWER), "reject")):
        seat = queue.claim(item.seats.filter(state="open").order_by("pk")[0].pk, who.pk)
        assert seat and seat.token
        services.answer(seat_id=seat.pk, token=seat.token, reviewer_id=who.pk, given=Answer(verdict))
    decided = designer.post(f"/review/items/{item.pk}", {"verdict": "approve"})
    assert Standing.objects.get(asset=asset).state == "approved"
    take_back(designer, decided)
    assert Standing.objects.get(asset=asset).state == "split"
    token = decided["Location"].partition("undo=")[2]
    again = designer.post("/undo", {"undo": unquote_plus(token)})
    assert again.status_code == 410 and "nothing of yours to take back" in again.content.decode()


def test_one_decision_leads_to_the_next(designer: Client, brand: Brand, made_brief: Brief, lin: User) -> None:
    Policy.objects.create(brand=brand, overlap_share=100)
    enlisting.enlist_new()
    mei = person("mei", Role.REVIEWER)
    for _ in range(2):
        judged(lin, brand, "approve", scores={"hue": 5})
        judged(mei, brand, "reject", scores={"hue": 2})
    first, second = Item.objects.order_by("pk")
    page = said(designer, f"/review/items/{first.pk}")
    assert "2 to decide" in page and '<tr class="is-apart"><th scope="row">Hue</th>' in page
    after = designer.post(f"/review/items/{first.pk}", {"verdict": "approve"})
    assert after["Location"].startswith(f"/review/items/{second.pk}?undo=")
    last = designer.post(f"/review/items/{second.pk}", {"verdict": "reject"})
    assert last["Location"].startswith("/review?undo=")
