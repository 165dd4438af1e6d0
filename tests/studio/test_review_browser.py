"""The review queue in Chromium, by keyboard alone: judged, marked, scored, skipped and taken back, under six seconds a picture."""

import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.test import Client
from playwright.sync_api import Browser, Page, expect

from brand_styles.models import Brand
from generation import rendering
from generation.models import Asset, Brief
from generation.planning.brief import load_brief
from generation.services import submit_brief
from reviews import enlisting
from reviews.models import Item, Review, Seat
from studio.models import Membership, Role, User
from tests import needs
from tests.cast import BRIEF

pytestmark = [pytest.mark.browser, needs.chromium, pytest.mark.django_db(transaction=True)]

PICTURES = 8


@pytest.fixture
def waiting(owner: User, quick_pipeline: None, monkeypatch: pytest.MonkeyPatch) -> list[Item]:
    monkeypatch.setattr("reviews.queue.slip_in", lambda *args: None)
    more = BRIEF.replace("formats: [300x250, 200x200]", "formats: [1080x1920, 728x90]\nvariants: 3")
    for source in (BRIEF, more):
        submit_brief(owner_id=owner.pk, data=load_brief(source), source=source)
    while rendering.make_next():
        pass
    assert enlisting.enlist_new() == PICTURES
    return list(Item.objects.order_by("pk"))


@pytest.fixture
def page(
    chromium: Browser, live_server: Any, waiting: list[Item], as_person: Callable[[User], Client]
) -> Iterator[Page]:
    reviewer = User.objects.create_user("lin")
    Membership.objects.create(user=reviewer, brand=Brand.objects.get(slug="demo"), role=Role.REVIEWER)
    errors: list[str] = []
    context = chromium.new_context(base_url=live_server.url, viewport={"width": 1440, "height": 900}, locale="en-GB")
    context.set_default_timeout(60_000)
    session = as_person(reviewer).cookies["sessionid"].value
    context.add_cookies([{"name": "sessionid", "value": session, "url": live_server.url}])
    page = context.new_page()
    page.on("console", lambda m: errors.append(m.text) if m.type == "error" and "ERR_FAILED" not in m.text else None)
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.goto("/review")
    page.click("#start")
    expect(page.locator(".picture img")).to_be_visible()
    yield page
    context.close()
    assert not errors


def judged(count: int, kind: str = "verdict") -> None:
    deadline = time.monotonic() + 20
    while Review.objects.filter(kind=kind, undone_by=None).count() != count:
        assert time.monotonic() < deadline, f"{Review.objects.count()} reviews, not {count}"
        time.sleep(0.05)


def shown(page: Page) -> str:
    return str(page.locator(".picture img").get_attribute("src"))


def test_a_queue_is_worked_by_keyboard(page: Page, waiting: list[Item]) -> None:
    first = shown(page)
    assert first == f"/assets/{waiting[0].asset_id}/picture.png"
    page.keyboard.press("a")
    expect(page.locator(".picture img")).not_to_have_attribute("src", first)
    judged(1)

    # a defect with a box drawn by keys, and two scores
    page.keyboard.press("d")
    expect(page.locator("#picker-filter")).to_be_focused()
    page.keyboard.type("floats")
    page.keyboard.press("Enter")
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("Shift+ArrowDown")
    page.keyboard.press("Enter")
    expect(page.locator("#marked li")).to_contain_text("Floats")
    page.keyboard.press("4")
    page.keyboard.press("2")
    page.keyboard.press("m")
    judged(2)
    kept = Review.objects.order_by("-number")[0]
    assert kept.verdict == "minor_fix" and kept.scores == {"colour_harmony": 4, "saturation": 2}
    box = {"kind": "box", "x": 0.38, "y": 0.4, "w": 0.2, "h": 0.22}
    assert kept.defects == [{"code": "SUB_SPACE_MISMATCH", "severity": "major", "region": box}]

    # taken back, and judged anew
    again = f"/assets/{kept.item.asset_id}/picture.png"
    page.keyboard.press("z")
    expect(page.locator(".picture img")).to_have_attribute("src", again)
    expect(page.locator("#stage-said")).to_have_text("Taken back: it is yours again.")
    judged(1)
    page.keyboard.press("r")
    judged(2)
    assert Review.objects.get(kind="undo").undoes == kept

    # skipped with a reason, by its number
    skipped = shown(page)
    page.keyboard.press("ArrowRight")
    page.keyboard.press("2")
    expect(page.locator(".picture img")).not_to_have_attribute("src", skipped)
    judged(1, kind="skip")
    assert Review.objects.get(kind="skip").reason == "brief"


def test_a_blocking_defect_leaves_only_rejection(page: Page) -> None:
    page.keyboard.press("d")
    page.keyboard.type("garbled")
    page.keyboard.press("Enter")
    box = page.locator(".picture").bounding_box()
    assert box
    corners = ((0.2, 0.2), (0.6, 0.2), (0.6, 0.6))
    for x, y in corners:
        page.mouse.click(box["x"] + x * box["width"], box["y"] + y * box["height"])
    page.keyboard.press("Enter")
    expect(page.locator("#blocks")).to_be_visible()
    expect(page.locator("[data-verdict=approve]")).to_be_disabled()
    page.keyboard.press("a")
    assert not Review.objects.exists()
    page.keyboard.press("r")
    judged(1)
    region = Review.objects.get().defects[0]["region"]
    assert region["kind"] == "polygon"
    assert all(
        abs(a - b) < 0.01 for p, q in zip(region["points"], corners, strict=True) for a, b in zip(p, q, strict=True)
    )


def test_it_takes_less_than_six_seconds_a_picture(page: Page) -> None:
    """Interface time: from a verdict's key to the next picture being there, the pauses for looking left out."""
    spent = []
    for number in range(PICTURES):
        before = shown(page)
        begun = time.monotonic()
        page.keyboard.press("d")
        page.keyboard.type("blur")
        page.keyboard.press("Enter")
        page.keyboard.press("Enter")
        page.keyboard.press("3")
        page.keyboard.press("mr"[number % 2])
        if number < PICTURES - 1:
            expect(page.locator(".picture img")).not_to_have_attribute("src", before)
            page.wait_for_function("() => document.querySelector('.picture img')?.complete")
        spent.append(time.monotonic() - begun)
    judged(PICTURES)
    expect(page.locator("#all-done")).to_be_visible()
    assert sorted(spent)[len(spent) // 2] < 6, spent
    assert all(len(review.defects) == 1 and review.seconds > 0 for review in Review.objects.all())


def test_answers_are_kept_while_the_studio_is_away(page: Page) -> None:
    page.route("**/review/answer", lambda route: route.abort())
    first = shown(page)
    page.keyboard.press("a")
    expect(page.locator(".picture img")).not_to_have_attribute("src", first)
    expect(page.locator("#problem")).to_contain_text("1 answers to be sent")
    page.keyboard.press("a")  # the last picture in hand: others wait behind the answers under way
    expect(page.locator(".picture img")).to_have_count(0)
    expect(page.locator("#stage-said")).to_be_visible()
    expect(page.locator("#all-done")).to_be_hidden()
    page.unroute("**/review/answer")
    judged(2)
    expect(page.locator("#problem")).to_be_hidden()
    expect(page.locator(".picture img")).to_be_visible()


def test_leaving_gives_the_pictures_back(page: Page) -> None:
    assert Seat.objects.filter(state="held").count() == 2
    page.goto("/briefs")
    deadline = time.monotonic() + 10
    while Seat.objects.filter(state="held").exists() and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not Seat.objects.filter(state="held").exists()


def test_pairs_are_compared_by_keyboard(page: Page, waiting: list[Item]) -> None:
    a, b = (Asset.objects.get(pk=item.asset_id) for item in waiting[2:4])
    pair = Item.objects.create(
        brand_id=waiting[0].brand_id, asset=a, other=b, maker=Brief.objects.all()[0].owner, kind="pair"
    )
    Seat.objects.bulk_create(enlisting.open_seats(pair))
    page.goto("/review/queue?kind=pair")
    expect(page.locator(".picture img")).to_have_count(2)
    page.keyboard.press("t")
    judged(1)
    assert Review.objects.get().verdict == "tie"
