"""What browser tests share: how a person signs in, fills the form and submits."""

from collections.abc import Iterator
from typing import Any

from django.test import Client
from playwright.sync_api import Browser, BrowserContext, Page

from tests.studio.running import RunningStudio

ARGUMENTS = (
    "--no-sandbox --disable-gpu --no-first-run --disable-background-networking --disable-component-update "
    "--disable-sync --disable-quic"
)


def signed_in(context: BrowserContext, studio: RunningStudio, errors: list[str]) -> Page:
    context.set_default_timeout(120_000)
    page = context.new_page()
    page.on("console", lambda message: errors.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.goto("/sign-in")
    page.fill("[name=username]", "owner")
    page.fill("[name=password]", studio.password)
    page.press("[name=password]", "Enter")
    page.wait_for_url("**/")
    return page


def at_desk(browser: Browser, live_server: Any, client: Client) -> BrowserContext:
    """A window before Django's own live server, in English, in which the client's person is signed in."""
    context = browser.new_context(base_url=live_server.url, viewport={"width": 1440, "height": 900}, locale="en-GB")
    session = client.cookies["sessionid"].value
    context.add_cookies([{"name": "sessionid", "value": session, "url": live_server.url}])
    return context


def opened(context: BrowserContext, expected: str = "") -> Iterator[Page]:
    """A page whose console stays empty, but for messages that hold `expected`."""
    errors: list[str] = []
    context.set_default_timeout(120_000)
    page = context.new_page()
    page.on("console", lambda message: errors.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: errors.append(str(error)))
    yield page
    context.close()
    assert not [error for error in errors if not expected or expected not in error]


def write_brief(page: Page, headline: str, *formats: str) -> None:
    page.goto("/briefs/new")
    page.fill("[name=headline]", headline)
    for box in page.locator("[name=formats]").all():
        box.set_checked(box.get_attribute("value") in formats)
    others = [f for f in formats if not page.locator(f"[name=formats][value='{f}']").count()]
    page.fill("[name=other_formats]", ", ".join(others))


def submit(page: Page) -> None:
    page.click("#submit")
    page.wait_for_selector("#wall")
