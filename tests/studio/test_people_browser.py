"""People and clients in Chromium: an invitation by keyboard alone, and a client who points, comments and signs off."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from generation.models import Brief
from studio.models import Comment, Membership, SignOff
from tests import needs
from tests.studio.browsing import at_desk, opened

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True), needs.chromium]


@pytest.fixture
def page(live_server: Any, made_brief: Brief, client_of_owner: Any, chromium: Browser) -> Iterator[Page]:
    yield from opened(at_desk(chromium, live_server, client_of_owner))


@pytest.fixture
def guest(live_server: Any, chromium: Browser) -> Iterator[Page]:
    """Somebody without a login, on a phone, in Chinese."""
    size = {"width": 390, "height": 844}
    yield from opened(chromium.new_context(base_url=live_server.url, viewport=size, locale="zh-CN"))  # type: ignore[arg-type]


def test_an_invitation_by_keyboard_and_joining_on_a_phone(page: Page, guest: Page) -> None:
    page.goto("/people")
    page.focus("#note-demo")
    page.keyboard.type("Lin")
    page.keyboard.press("Tab")
    page.keyboard.type("rev")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    link = page.locator("#made input")
    expect(link).to_have_value(re.compile("/join/vmi_"))
    page.focus("#made button")
    page.keyboard.press("Enter")
    expect(page.locator("#made button span")).to_have_text("Copied")
    guest.goto(link.input_value())
    expect(guest.locator("p.lead")).to_contain_text("评审")
    guest.fill("#f-name", "lin")
    guest.fill("#f-password", "seven-quiet-owls")
    guest.keyboard.press("Enter")
    guest.wait_for_url("**/")
    guest.goto("/people")
    assert guest.evaluate("document.documentElement.scrollWidth") <= 390
    assert Membership.objects.get(user__username="lin").role == "reviewer"


def test_a_client_points_comments_and_signs_off(page: Page, guest: Page, made_brief: Brief) -> None:
    page.goto(f"/briefs/{made_brief.pk}/share")
    page.fill("#f-name", "Ms Zhou")
    page.keyboard.press("Enter")
    guest.goto(page.locator("#made input").input_value())
    assert guest.evaluate("document.documentElement.scrollWidth") <= 390
    first = guest.locator("article").first
    box = first.locator(".pointable").bounding_box()
    assert box
    first.locator(".pointable").click(position={"x": box["width"] * 0.25, "y": box["height"] * 0.5})
    expect(first.locator("[data-pointed]")).to_be_visible()
    first.locator("[name=text]").fill("这里再亮一点")
    first.locator("[data-client-name]").fill("周敏")
    first.get_by_role("button", name="发送评论").click()
    expect(guest.locator("article").first.locator(".comment")).to_contain_text("这里再亮一点")
    expect(guest.locator(".pin.is-old")).to_have_count(1)
    expect(guest.locator("[data-client-name]").first).to_have_value("周敏")
    guest.locator("article").first.get_by_role("button", name="确认通过").click()
    expect(guest.locator("article").first.locator("p.chip")).to_contain_text("已确认")
    row = Comment.objects.get()
    assert abs((row.x or 0) - 0.25) < 0.02 and abs((row.y or 0) - 0.5) < 0.02
    assert SignOff.objects.get().approved
    page.reload()
    expect(page.locator("#h-said + .chips")).to_contain_text("周敏")


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_no_page_is_wider_than_a_phone(page: Page, language: str, made_brief: Brief, live_server: Any) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    page.context.add_cookies([{"name": "django_language", "value": language, "url": live_server.url}])
    for path in ("/people", "/account", "/settings", f"/briefs/{made_brief.pk}/share"):
        page.goto(path)
        assert page.evaluate("document.documentElement.scrollWidth") <= 390, path
