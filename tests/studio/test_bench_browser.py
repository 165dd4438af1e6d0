"""The bench in Chromium: a headline retyped, nudged, undone, saved, and the older version shown again."""

import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from generation.models import Asset
from generation.planning.brief import load_brief
from generation.services import submit_brief
from studio.models import User
from tests import needs
from tests.studio import editable
from tests.studio.browsing import at_desk, opened
from tests.studio.test_accessible import TWICE

pytestmark = [pytest.mark.browser, needs.chromium, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def assets(owner: User) -> list[Asset]:
    submit_brief(owner_id=owner.pk, data=load_brief(editable.BRIEF), source=editable.BRIEF)
    return editable.make_all()


@pytest.fixture
def page(
    chromium: Browser, live_server: Any, settings: Any, assets: list[Asset], client_of_owner: Any
) -> Iterator[Page]:
    folder = tempfile.TemporaryDirectory(prefix="bench-")
    with folder as path, editable.bench_at(settings, Path(path)):
        yield from opened(at_desk(chromium, live_server, client_of_owner), expected="409")


def top_of(page: Page, id: str) -> float:
    box = page.locator(f".handle[data-id='{id}']").bounding_box()
    assert box
    return box["y"]


def test_a_headline_is_fixed_by_keyboard_alone(page: Page, assets: list[Asset]) -> None:
    first = assets[0]
    page.goto(f"/assets/{first.pk}")
    headline = page.locator(".handle[data-id='headline']")
    headline.wait_for()
    page.keyboard.press("Tab")  # somewhere on the page …
    headline.focus()
    expect(page.locator("#inspector")).to_be_visible()

    page.keyboard.press("Enter")
    expect(page.locator("#words")).to_be_focused()
    page.keyboard.type("金秋会员日")
    expect(headline).to_have_attribute(
        "aria-label", r"headline: 金秋会员日. Press Enter to change it, arrows to move it."
    )
    assert page.locator("#shown").get_attribute("src").startswith("blob:")  # type: ignore[union-attr]

    page.keyboard.press("Enter")
    expect(headline).to_be_focused()
    before = top_of(page, "headline")
    page.keyboard.press("Shift+ArrowDown")
    page.wait_for_function(
        "y => document.querySelector('.handle[data-id=headline]').getBoundingClientRect().y > y + 2", arg=before
    )
    expect(headline).to_be_focused()
    after = top_of(page, "headline")
    page.wait_for_timeout(900)  # what follows at once would be one change with the step before
    page.keyboard.press("ArrowDown")
    page.wait_for_function(
        "y => document.querySelector('.handle[data-id=headline]').getBoundingClientRect().y > y + 0.3", arg=after
    )
    page.keyboard.press("Control+z")
    page.keyboard.press("Control+z")
    page.wait_for_function(
        "y => Math.abs(document.querySelector('.handle[data-id=headline]').getBoundingClientRect().y - y) < 0.5",
        arg=before,
    )
    expect(page.locator("#unsaved")).to_be_visible()

    page.reload()  # the browser's own question is answered by leaving; what was not saved is back
    expect(page.locator("#edit-kept")).to_be_visible()
    headline.wait_for()
    page.keyboard.press("Control+s")
    page.wait_for_url(lambda url: not url.endswith(f"/assets/{first.pk}"))
    expect(page.locator(".versions li").first).to_contain_text("Version 2")
    expect(page.locator(".versions li").first).to_contain_text("金秋会员日")

    page.locator("[data-restore]").click()
    page.wait_for_url(f"**/assets/{first.pk}")
    expect(page.locator(".versions [aria-current]")).to_contain_text("shown")
    assert Asset.objects.get(job=first.job, is_head=True).pk == first.pk
    assert Asset.objects.filter(job=first.job).count() == 2


def test_a_picture_is_starred_by_key_and_the_star_taken_back(page: Page, assets: list[Asset]) -> None:
    page.goto(f"/assets/{assets[0].pk}")
    page.locator(".handle[data-id='headline']").wait_for()
    page.keyboard.press("s")
    expect(page.locator("#star")).to_have_attribute("aria-pressed", "true")
    expect(page.locator("#said")).to_contain_text("1 starred")
    page.keyboard.press("z")
    expect(page.locator("#star")).to_have_attribute("aria-pressed", "false")
    assert page.evaluate(TWICE) == []
