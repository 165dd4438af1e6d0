"""The whole walk in a real browser, against a whole studio: web, workers, scheduler and broker as `make run` starts them."""

import io
import json
import socket
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Literal

import pytest
from PIL import Image
from playwright.sync_api import Browser, Page, expect

from tests import needs
from tests.studio.browsing import signed_in, submit, write_brief
from tests.studio.running import RunningStudio, running, wait_for

pytestmark = [pytest.mark.browser, needs.chromium]

SCHEMES: list[Literal["light", "dark"]] = ["light", "dark"]
MADE = 180_000  # ms for a wall to fill on a busy machine


@pytest.fixture(scope="module")
def studio() -> Iterator[RunningStudio]:
    with running(QUICK_PAUSE="0.25") as studio:
        yield studio


def test_submit_and_watch_the_wall_fill_then_open_and_download(page: Page) -> None:
    write_brief(page, "会员狂欢日", "300x250", "300x600")
    expect(page.locator("#estimate strong")).to_have_text("2")
    submit(page)
    running = page.locator(".tile.is-running")
    expect(running.first).to_be_visible(timeout=MADE)
    expect(page.locator(".tile .preview").first).to_be_visible(timeout=MADE)
    expect(page.locator('#state[data-waiting="0"]')).to_be_attached(timeout=MADE)
    assert [t.get_attribute("data-status") for t in page.locator(".tile").all()] == ["finished", "finished"]
    tile = page.locator('[data-format="300x600"] .frame').bounding_box()
    assert tile and abs(tile["height"] / tile["width"] - 2) < 0.02

    with page.expect_download() as download:
        page.click("#download-all")
    with zipfile.ZipFile(download.value.path()) as archive:
        assert len(json.loads(archive.read("manifest.json"))["assets"]) == 2

    page.click('[data-format="300x600"] a')
    page.wait_for_selector("#picture img")
    page.hover("[data-shows=f1]")
    expect(page.locator("[data-mark=f1]")).to_have_class("mark warn is-shown")
    with page.expect_download() as download:
        page.click("#download")
    assert Image.open(io.BytesIO(Path(download.value.path()).read_bytes())).size == (300, 600)


def test_cancel_undo_and_retry(page: Page) -> None:
    write_brief(page, "取消再来", "640x480", "641x480", "642x480", "643x480")
    submit(page)
    page.click("#cancel-all")
    expect(page.locator("#undo-cancel")).to_be_visible()
    cancelled = page.locator(".tile.is-cancelled").count()
    assert cancelled >= 2
    page.locator(".tile.is-cancelled").first.locator("button").click()
    expect(page.locator(".tile.is-cancelled")).to_have_count(cancelled - 1)
    page.click("#undo-cancel")
    expect(page.locator("#undo-cancel")).to_have_count(0)
    expect(page.locator('#state[data-waiting="0"]')).to_be_attached(timeout=MADE)
    expect(page.locator(".tile.is-finished")).to_have_count(4)


def test_problems_stand_beside_the_field_and_nothing_is_lost_on_reload(page: Page) -> None:
    write_brief(page, "长" * 80, "300x250")
    told = page.locator("#problems-copy-headline")
    expect(told).to_contain_text("Shorten it")
    expect(told).to_be_visible()
    page.fill("[name=headline]", "会员日")
    expect(told).to_be_empty()
    page.fill("[name=subline]", "只在今天")
    page.reload()
    expect(page.locator("[name=headline]")).to_have_value("会员日")
    expect(page.locator("[name=subline]")).to_have_value("只在今天")
    submit(page)
    page.goto("/briefs/new")
    expect(page.locator("[name=headline]")).to_have_value("")


def test_going_back_to_a_sent_form_finds_what_was_sent_and_makes_nothing_twice(page: Page) -> None:
    write_brief(page, "回到上一页", "200x200")
    submit(page)
    wall = page.url
    page.go_back()
    expect(page.locator("[name=headline]")).to_have_value("回到上一页")
    submit(page)
    assert page.url == f"{wall}?again"


def test_a_form_whose_sending_was_cut_off_is_still_there(
    page: Page, studio: RunningStudio, errors: list[str], tmp_path: Path
) -> None:
    Image.effect_noise((900, 900), 90).convert("RGB").save(tmp_path / "mug.png")
    write_brief(page, "半路断开", "200x200")
    page.set_input_files("[name=product]", tmp_path / "mug.png")
    cut_off(page, studio, (tmp_path / "mug.png").read_bytes())
    page.route("**/briefs/new", lambda r: r.abort("connectionreset") if r.request.method == "POST" else r.continue_())
    with page.expect_event("framenavigated"):  # to the browser's own page of errors
        page.click("#submit", no_wait_after=True)
    page.unroute("**/briefs/new")
    page.goto("/briefs/new")
    expect(page.locator("[name=headline]")).to_have_value("半路断开")
    submit(page)
    page.goto("/briefs")
    expect(page.locator("h2 a", has_text="半路断开")).to_have_count(1)
    errors.clear()  # the browser itself reports the connection that was reset


def cut_off(page: Page, studio: RunningStudio, picture: bytes) -> None:
    """The same form, sent to the web process by a machine that leaves in the middle of the picture."""
    cookies = "; ".join(f"{c.get('name')}={c.get('value')}" for c in page.context.cookies())
    token = page.locator("#brief [name=csrfmiddlewaretoken]").get_attribute("value")
    words = {"csrfmiddlewaretoken": token, "headline": "半路断开", "formats": "300x250"}
    parts = [f'--cut\r\nContent-Disposition: form-data; name="{k}"\r\n\r\n{v}\r\n' for k, v in words.items()]
    parts += ['--cut\r\nContent-Disposition: form-data; name="product"; filename="mug.png"\r\n\r\n']
    body = "".join(parts).encode() + picture
    head = f"POST /briefs/new HTTP/1.1\r\nHost: 127.0.0.1:{studio.port}\r\nCookie: {cookies}\r\n"
    head += f"Content-Type: multipart/form-data; boundary=cut\r\nContent-Length: {len(body)}\r\n\r\n"
    with socket.create_connection(("127.0.0.1", studio.port)) as connection:
        connection.sendall(head.encode() + body[: len(body) // 2])


def test_a_browser_whose_clock_is_years_behind_misses_nothing(page: Page) -> None:
    page.clock.set_fixed_time("2019-01-01T00:00:00Z")
    write_brief(page, "慢钟", "660x480")
    submit(page)
    expect(page.locator('#state[data-waiting="0"]')).to_be_attached(timeout=MADE)
    page.locator(".tile .star").first.click()
    expect(page.locator("#said")).to_contain_text("starred")
    page.locator("#said form button").click()
    expect(page.locator(".tile.is-starred")).to_have_count(0)


def test_the_wall_goes_on_after_a_dropped_connection(page: Page, errors: list[str]) -> None:
    write_brief(page, "断线重连", "650x480", "651x480")
    submit(page)
    page.context.set_offline(True)
    expect(page.locator("#offline")).to_be_visible()
    page.context.set_offline(False)
    expect(page.locator('#state[data-waiting="0"]')).to_be_attached(timeout=MADE)
    expect(page.locator("#offline")).to_be_hidden()
    errors.clear()  # the browser itself reports the requests that failed


@pytest.mark.parametrize(("locale", "heading"), [("en-GB", "Briefs"), ("zh-CN", "简报")])
@pytest.mark.parametrize("scheme", SCHEMES)
def test_every_page_fits_a_phone_in_both_languages(
    locale: str,
    heading: str,
    scheme: Literal["light", "dark"],
    browser: Browser,
    studio: RunningStudio,
    errors: list[str],
) -> None:
    context = browser.new_context(
        base_url=studio.address, viewport={"width": 390, "height": 844}, locale=locale, color_scheme=scheme
    )
    page = signed_in(context, studio, errors)
    page.goto("/briefs")
    expect(page.locator("h1")).to_have_text(heading)
    wall = page.locator(".brief-row h2 a").first.get_attribute("href") or ""
    asset = wait_for(lambda: _first_asset(page))
    for url in ("/", "/briefs", "/briefs/new", wall, asset):
        page.goto(url)
        assert page.evaluate("document.documentElement.scrollWidth") == 390, url
    context.close()
    assert not errors


def _first_asset(page: Page) -> str:
    page.goto("/")
    return page.locator(".print").first.get_attribute("href") or ""


def test_the_keyboard_reaches_everything_and_shows_where_it_is(page: Page) -> None:
    page.goto("/briefs")
    page.keyboard.press("Tab")
    expect(page.locator(".skip")).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
    assert outline == "solid"
