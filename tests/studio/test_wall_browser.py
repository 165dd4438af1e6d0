"""The wall in a real browser: told by the stream, filling without one, selecting and comparing."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests import needs
from tests.studio.browsing import submit, write_brief
from tests.studio.running import RunningStudio, running

pytestmark = [pytest.mark.browser, needs.chromium]

MADE = 180_000  # ms for a wall to fill on a busy machine


@pytest.fixture(scope="module")
def studio() -> Iterator[RunningStudio]:
    with running(QUICK_PAUSE="0.25") as studio:
        yield studio


def test_a_wall_fills_by_the_stream_alone(page: Page) -> None:
    page.add_init_script(
        "const real = setTimeout; window.setTimeout = (f, ms, ...a) => ms === 1000 ? 0 : real(f, ms, ...a)"
    )
    write_brief(page, "会员狂欢日", "300x250", "300x600", "728x90")
    with page.expect_response("**/events") as stream:
        submit(page)
    assert stream.value.status == 200 and stream.value.headers["content-type"] == "text/event-stream"
    expect(page.locator('#state[data-waiting="0"]')).to_be_attached(timeout=MADE)
    expect(page.locator(".tile.is-finished")).to_have_count(3)


def test_pictures_are_selected_by_click_shift_and_key_and_compared(page: Page) -> None:
    page.goto("/briefs")
    page.locator("h2 a").first.click()
    boxes = page.locator(".pick input")
    expect(page.locator("#compare")).to_be_disabled()
    boxes.nth(0).click()
    boxes.nth(2).click(modifiers=["Shift"])
    expect(page.locator("#chosen-bar output")).to_have_text("3")
    page.keyboard.press("Escape")
    expect(page.locator("#chosen-bar output")).to_have_text("0")
    boxes.nth(0).focus()
    page.keyboard.press("Space")
    boxes.nth(1).click()
    page.evaluate("document.getElementById('live').dispatchEvent(new CustomEvent('tick'))")
    expect(boxes.nth(1)).to_be_checked()
    page.keyboard.press("s")
    expect(page.locator("#said")).to_contain_text("2 starred")
    expect(page.locator(".tile.is-starred")).to_have_count(2)
    page.locator("#compare").click()
    expect(page.locator(".compared image")).to_have_count(2)
    expect(page.locator(".star-this[aria-pressed=true]")).to_have_count(2)
    page.wait_for_load_state()  # its keys are heard now
    page.keyboard.press("2")
    page.keyboard.press("s")
    expect(page.locator(".compared-names li:has(:checked) .star-this")).to_have_attribute("aria-pressed", "false")
    widths = [image.bounding_box() for image in page.locator(".compared image").all()]
    assert widths[0] and widths[1] and abs(widths[0]["width"] - widths[1]["width"]) < 1  # both are 300 wide

    page.go_back()  # the wall is shown as it is now
    expect(page.locator(".tile.is-starred")).to_have_count(1)


def test_two_people_on_one_wall_see_what_the_other_does(page: Page, browser: Browser, studio: RunningStudio) -> None:
    page.goto("/people")
    page.fill("#note-demo", "Lin")
    page.locator("#demo .strip-form .button").click()
    link = page.locator("#made input").input_value()
    context = browser.new_context(base_url=studio.address, locale="zh-CN")
    context.set_default_timeout(MADE)
    other = context.new_page()
    other.goto(link)
    other.fill("#f-name", "lin")
    other.fill("#f-password", "seven-quiet-owls")
    other.press("#f-password", "Enter")
    other.wait_for_url("**/")

    write_brief(page, "两人同看", "640x480", "641x480", "642x480", "643x480")
    submit(page)
    other.goto(page.url)
    page.click("#cancel-all")
    expect(other.locator(".tile.is-cancelled").first).to_be_visible(timeout=MADE)
    other.locator("#retry-all, #undo-cancel").first.click()
    expect(page.locator('#state[data-waiting="0"]')).to_be_attached(timeout=MADE)
    expect(page.locator(".tile.is-finished")).to_have_count(4, timeout=MADE)
    other.locator(".tile .star").first.click()
    expect(other.locator(".tile.is-starred")).to_have_count(1)
    page.reload()
    expect(page.locator(".tile .others")).to_have_text(re.compile("^1"))
    context.close()


def test_a_wall_without_a_stream_polls(page: Page) -> None:
    page.route("**/events", lambda route: route.fulfill(status=204))
    write_brief(page, "轮询", "200x200")
    submit(page)
    expect(page.locator('#state[data-waiting="0"]')).to_be_attached(timeout=MADE)
