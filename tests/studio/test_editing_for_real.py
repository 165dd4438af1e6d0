"""The whole studio as `make run` starts it: a brief is made, its headline fixed on the bench, its price changed, the set downloaded."""

import io
import zipfile
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests import needs
from tests.studio.browsing import signed_in, submit, write_brief
from tests.studio.running import RunningStudio, running

pytestmark = [pytest.mark.browser, needs.chromium]


@pytest.fixture(scope="module")
def studio() -> Iterator[RunningStudio]:
    with running(CELERY_APP="tests.studio.editable_app") as studio:
        yield studio


@pytest.fixture(scope="module")
def context(browser: Browser, studio: RunningStudio) -> Iterator[BrowserContext]:
    context = browser.new_context(base_url=studio.address, viewport={"width": 1440, "height": 900}, locale="en-GB")
    yield context
    context.close()


def test_from_a_brief_to_a_corrected_set(context: BrowserContext, studio: RunningStudio) -> None:
    errors: list[str] = []
    page = signed_in(context, studio, errors)
    page.set_default_timeout(90_000)
    write_brief(page, "会员狂欢日", "300x250", "600x600")
    page.fill("[name=price]", "¥50")
    submit(page)
    expect(page.locator("#wall .tile[data-status=finished], #wall .tile[data-status=blocked]")).to_have_count(
        2, timeout=120_000
    )
    wall = page.url

    _fix_the_headline(page)

    page.goto(f"{wall}/changes?field=price&new=¥80")
    page.click("#apply")
    expect(page.locator(".late-items .s-finished, .late-items .s-blocked")).to_have_count(2, timeout=60_000)

    page.goto(f"{wall}/download")
    page.fill("[name=names]", "{brief}-{w}x{h}-v{version}")
    with page.expect_download() as download:
        page.click("#get-zip")
    archive = zipfile.ZipFile(io.BytesIO(download.value.path().read_bytes()))
    assert sorted(archive.namelist()) == ["会员狂欢日-300x250-v2.png", "会员狂欢日-600x600-v3.png"]
    assert not errors


def _fix_the_headline(page: Page) -> None:
    page.locator("#wall .tile[data-format='600x600'] a").first.click()
    headline = page.locator(".handle[data-id='headline']")
    headline.focus()
    page.keyboard.press("Enter")
    page.keyboard.insert_text("金秋会员日")
    expect(headline).to_have_attribute(
        "aria-label", "headline: 金秋会员日. Press Enter to change it, arrows to move it."
    )
    page.keyboard.press("Control+s")
    expect(page.locator(".versions [aria-current]")).to_contain_text("Version 2")
