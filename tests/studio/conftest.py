"""A browser for a module's tests, and a page on which its `studio` is open and somebody signed in."""

import shutil
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from tests.studio.browsing import ARGUMENTS, signed_in
from tests.studio.running import RunningStudio

expect.set_options(timeout=60_000)  # ms: a busy machine is slow, not wrong


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """One for all tests of a file: a start takes longer than most of them."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=ARGUMENTS.split())
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def chromium(browser: Browser) -> Iterator[Browser]:
    """For tests beside Django's own live server."""
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")  # playwright's loop runs in this thread
        yield browser


@pytest.fixture
def errors() -> list[str]:
    return []


@pytest.fixture
def page(browser: Browser, studio: RunningStudio, errors: list[str]) -> Iterator[Page]:
    context = browser.new_context(base_url=studio.address, viewport={"width": 1440, "height": 900}, locale="en-GB")
    yield signed_in(context, studio, errors)
    context.close()
    assert not errors, "the page's console must stay empty (a blocked script would be told there)"
