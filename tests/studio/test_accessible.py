"""axe over every page there is, in both languages, both themes and both widths; no page is wider than its window."""

from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.core.cache import cache
from playwright.sync_api import Browser, BrowserContext, Page

from generation.models import Brief
from tests import needs
from tests.studio.test_every_address import Stage, cases, patterns

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True), needs.chromium]

DESK, PHONE = {"width": 1440, "height": 900}, {"width": 390, "height": 844}
GRAVE = {"serious", "critical"}
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"]}

TWICE = "(ids => ids.filter((id, at) => ids.indexOf(id) !== at))([...document.querySelectorAll('[id]')].map(e => e.id))"


@pytest.fixture
def stage(made_brief: Brief) -> Stage:
    cache.clear()
    return Stage(made_brief)


def pages_of(stage: Stage, who: str) -> list[str]:
    """Every address that answers a GET of this person with a page of its own."""
    found = []
    for name, pattern in patterns():
        if any("GET" in address.methods for address in cases(name)):
            url = stage.address(name, pattern)
            answer = stage.clients[who].get(url)
            if answer.status_code == 200 and is_page(answer):
                found.append(url)
    return found


def is_page(answer: Any) -> bool:
    html = answer.headers.get("Content-Type", "").startswith("text/html")
    return html and not answer.streaming and b"<html" in answer.content


def opened(
    browser: Browser, live_server: Any, stage: Stage, who: str, language: str, theme: str, size: Any
) -> BrowserContext:
    context = browser.new_context(base_url=live_server.url, viewport=size, locale=language, reduced_motion="reduce")
    cookies = {"theme": theme, "django_language": "zh-hans" if language.startswith("zh") else "en"}
    if session := stage.clients[who].cookies.get("sessionid"):
        cookies["sessionid"] = session.value
    context.add_cookies([{"name": name, "value": value, "url": live_server.url} for name, value in cookies.items()])
    context.set_default_timeout(120_000)
    return context


def troubles_of(page: Page) -> list[str]:
    found = Axe().run(page, options=RULES).response["violations"]
    said = [
        f"{v['id']} ({v['impact']}): {v['help']}: {v['nodes'][0]['html'][:160]} {v['nodes'][0].get('failureSummary', '')[:240]}"
        for v in found
        if v["impact"] in GRAVE
    ]
    wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    twice = page.evaluate(TWICE)
    said += [f"two elements are called {name}" for name in twice]
    return said + ([f"{wide} px wider than the window"] if wide > 0 else [])


WAYS = [("en-GB", "light", DESK), ("zh-CN", "dark", PHONE)]
# With those above, each language meets each theme and each width, and each theme each width.
OTHER_WAYS = [("en-GB", "dark", DESK), ("en-GB", "light", PHONE), ("zh-CN", "light", DESK)]


@pytest.mark.timeout(900)
@pytest.mark.parametrize(
    ("language", "theme", "size"), [*WAYS, *(pytest.param(*way, marks=pytest.mark.slow) for way in OTHER_WAYS)]
)
def test_no_page_has_anything_serious(
    language: str, theme: str, size: Any, stage: Stage, live_server: Any, chromium: Browser
) -> None:
    troubles: list[str] = []
    seen = 0
    for who in ("owner", "anonymous"):
        urls = pages_of(stage, who)
        context = opened(chromium, live_server, stage, who, language, theme, size)
        page = context.new_page()
        for url in urls:
            page.goto(url, wait_until="load")
            troubles += [f"{url}: {trouble}" for trouble in troubles_of(page)]
        seen += len(urls)
        context.close()
    assert seen > 15 and not troubles, "\n".join(troubles)


def test_what_is_looked_for_is_found(chromium: Browser) -> None:
    page = chromium.new_page(viewport=PHONE)  # type: ignore[arg-type]
    page.set_content(
        "<html lang=en><title>x</title><main><h1>x</h1><button></button><p style='color:#bbb;width:500px'>pale</p>"
        "<p id=p>a</p><p id=p>b</p>"
    )
    told = " ".join(troubles_of(page))
    assert "button-name (critical)" in told and "color-contrast (serious)" in told and "wider than the window" in told
    assert "two elements are called p" in told
