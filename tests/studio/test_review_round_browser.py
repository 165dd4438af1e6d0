"""A designer hands out, a reviewer judges, and the wall tells it: best first by key, marks, in two windows."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from playwright.sync_api import Browser, expect

from brand_styles.models import Brand
from generation.models import Asset, Brief
from reviews import enlisting
from reviews.models import Features, Item, ScorerVersion, Standing
from studio.models import Membership, Role, User
from tests import needs
from tests.studio.browsing import at_desk, opened
from tests.studio.running import wait_for

pytestmark = [pytest.mark.browser, needs.chromium, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def waiting(made_brief: Brief, monkeypatch: pytest.MonkeyPatch) -> list[Asset]:
    """Two pictures in the queue; a scorer in use likes the second better."""
    monkeypatch.setattr("reviews.queue.slip_in", lambda *args: None)
    enlisting.enlist_new()
    row = ScorerVersion.objects.create(
        brand=made_brief.library.brand,
        number=1,
        state="in_use",
        file="scorers/1",
        sha256="0" * 64,
        names_hash="n",
        embedder="none",
        rubric="r",
        labels=90,
        usable=40,
        briefs=20,
    )
    assets = list(Asset.objects.order_by("pk"))
    for asset, usable in zip(assets, (0.21, 0.84), strict=True):
        Features.objects.create(
            asset=asset, names_hash="n", embedder="none", vector=b"", usable=usable, scored_by=row.name
        )
    return assets


def member(name: str, role: Role) -> User:
    user = User.objects.create_user(name)
    Membership.objects.create(user=user, brand=Brand.objects.get(slug="demo"), role=role)
    return user


def test_what_a_designer_hands_out_is_judged_and_marked_on_the_wall(
    chromium: Browser, live_server: Any, waiting: list[Asset], as_person: Callable[[User], Client]
) -> None:
    brief = waiting[0].job.variant.brief
    des, lin = member("des", Role.DESIGNER), member("lin", Role.REVIEWER)
    windows = opened(at_desk(chromium, live_server, as_person(des)))
    page = next(windows)
    page.goto("/review")
    row = page.locator(f"#brief-{brief.pk}")
    row.locator("select").select_option(label="lin")
    row.locator("[type=date]").fill((date.today() + timedelta(days=2)).isoformat())
    row.locator("button").press("Enter")
    expect(page.locator(".undo-offer")).to_contain_text("Handed out")
    expect(page.locator("#assign-demo .rows")).to_contain_text("lin")
    assert set(Item.objects.values_list("assigned_to", flat=True)) == {lin.pk}

    others = opened(at_desk(chromium, live_server, as_person(lin)))
    queue = next(others)
    queue.goto("/review")
    expect(queue.locator(".mine")).to_contain_text("2 handed to you")
    queue.click("#start")
    expect(queue.locator(".picture img")).to_be_visible()
    queue.keyboard.press("a")
    queue.keyboard.press("r")
    expect(queue.locator("#all-done")).to_be_visible()
    wait_for(lambda: Standing.objects.filter(usable__isnull=False).count() == 2, 30)  # answers go in the background

    page.goto(f"/briefs/{brief.pk}")
    tiles = page.locator(".tile")
    first, second = f"tile-{waiting[0].job_id}", f"tile-{waiting[1].job_id}"
    expect(tiles.nth(0)).to_have_attribute("id", first)
    marks = {str(tile.get_attribute("data-verdict")) for tile in tiles.all()}
    assert marks == {"approved", "rejected"}
    page.keyboard.press("b")
    page.wait_for_url("**order=best")
    expect(page.locator("#orders [aria-current]")).to_contain_text("Best first")
    usable = waiting[0] if waiting[0].standing.usable else waiting[1]
    expect(tiles.nth(0)).to_have_attribute("id", f"tile-{usable.job_id}")
    expect(tiles.nth(0)).to_contain_text("% likely usable")
    page.keyboard.press("b")
    page.wait_for_url(f"**/briefs/{brief.pk}")
    expect(tiles.nth(1)).to_have_attribute("id", second)
    for each in (windows, others):
        assert next(each, None) is None  # closes the window; its console was empty


def test_every_room_is_reached_on_a_phone(
    chromium: Browser, live_server: Any, owner: User, as_person: Callable[[User], Client]
) -> None:
    windows = opened(at_desk(chromium, live_server, as_person(owner)))
    page = next(windows)
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto("/review")
    rail = page.locator(".rail nav")
    assert rail.evaluate("nav => nav.scrollWidth <= nav.clientWidth")
    expect(rail.get_by_role("link")).to_have_count(4)
    page.get_by_role("button", name="More").press("Enter")
    expect(rail.get_by_role("link")).to_have_count(10)
    page.keyboard.press("Escape")
    expect(rail.get_by_role("link")).to_have_count(4)
    page.get_by_role("button", name="More").click()
    page.get_by_role("link", name="Insight").click()
    page.wait_for_url("**/insight")
    assert next(windows, None) is None
