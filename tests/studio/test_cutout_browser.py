"""The cut-out page in a real browser: rectangle, brushes, undo, keys, reload, confirm, and the brief that uses what came of it."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests import needs
from tests.brand_styles.intake.test_photos import RECTANGLE, SIZE, photo
from tests.studio.browsing import signed_in
from tests.studio.running import RunningStudio, running

pytestmark = [pytest.mark.browser, needs.chromium]
CUT = 60_000  # ms for a cut on a busy machine


@pytest.fixture(scope="module")
def studio() -> Iterator[RunningStudio]:
    with running(QUICK_PAUSE="0.05") as studio:
        yield studio


@pytest.fixture
def jug(tmp_path: Path) -> Path:
    path = tmp_path / "jug.jpg"
    path.write_bytes(photo()[0])
    return path


def open_cut_out(page: Page, file: Path, name: str) -> None:
    page.goto("/elements")
    shelf = page.locator("#demo .from-photo")
    shelf.locator("[name=photo]").set_input_files(file)
    shelf.locator("[name=name]").fill(name)
    shelf.locator("button").click()
    page.wait_for_selector("[data-ready]", timeout=CUT)


def spot(canvas: Locator, x: float, y: float) -> tuple[float, float]:
    """A point of the photo on the screen."""
    box = canvas.bounding_box()
    assert box is not None
    return box["x"] + x * box["width"] / SIZE[1], box["y"] + y * box["height"] / SIZE[0]


def drag(page: Page, *points: tuple[float, float]) -> None:
    canvas = page.locator("#canvas")
    page.mouse.move(*spot(canvas, *points[0]))
    page.mouse.down()
    for point in points[1:]:
        page.mouse.move(*spot(canvas, *point), steps=6)
    with page.expect_response("**/cut", timeout=CUT):
        page.mouse.up()
    expect(page.locator("#stage.is-working")).to_have_count(0, timeout=CUT)


def clear_at(page: Page, x: int, y: int) -> bool:
    """Whether the cut-out, as drawn, is clear at a point of the photo."""
    page.check("[name=view][value=result]")
    alpha = page.evaluate(
        "([x, y]) => document.getElementById('canvas').getContext('2d').getImageData(x, y, 1, 1).data[3]", [x, y]
    )
    page.check("[name=view][value=work]")
    return int(alpha) < 128


def test_draw_a_rectangle_brush_undo_confirm_and_use_it(page: Page, jug: Path) -> None:
    open_cut_out(page, jug, "Blue jug")
    drag(page, RECTANGLE[:2], RECTANGLE[2:])
    assert not clear_at(page, 180, 250) and clear_at(page, 30, 30)
    page.check("[name=tool][value=remove]")
    drag(page, (180, 200), (190, 260))
    assert clear_at(page, 185, 230)
    with page.expect_response("**/cut", timeout=CUT):
        page.keyboard.press("Control+z")
    expect(page.locator("#redo")).to_be_enabled()
    expect(page.locator("#stage.is-working")).to_have_count(0, timeout=CUT)
    assert not clear_at(page, 185, 230)
    with page.expect_response("**/cut", timeout=CUT):
        page.click("#redo")
    expect(page.locator("#stage.is-working")).to_have_count(0, timeout=CUT)
    page.reload()
    page.wait_for_selector("[data-ready]")
    assert clear_at(page, 185, 230)
    strokes = json.loads(page.locator("script#state").text_content() or "")["strokes"]
    assert len(strokes) == 1 and strokes[0]["keep"] is False
    page.fill("#name", "Jug with a hole")
    page.click("#confirm")
    expect(page.locator(".passed code")).to_have_text("jug-with-a-hole")
    page.goto("/elements")
    expect(page.locator('[data-element="jug-with-a-hole"] img')).to_be_visible()
    page.goto("/briefs/new")
    page.fill("[name=headline]", "会员日")
    page.select_option("#f-element", "jug-with-a-hole")
    page.click("#submit")
    page.wait_for_selector("#wall")


def test_everything_by_keys(page: Page, jug: Path) -> None:
    open_cut_out(page, jug, "By keys")
    for name, value in zip(("x0", "y0", "x1", "y1"), RECTANGLE, strict=True):
        page.fill(f"[name={name}]", str(value))
    with page.expect_response("**/cut", timeout=CUT):
        page.press("[name=y1]", "Tab")
    expect(page.locator("#stage.is-working")).to_have_count(0, timeout=CUT)
    page.focus("#canvas")
    page.keyboard.press("d")
    expect(page.locator("[name=tool][value=remove]")).to_be_checked()
    size = int(page.input_value("#size"))
    page.keyboard.press("]")
    assert int(page.input_value("#size")) > size
    page.keyboard.press("Space")
    page.keyboard.press("ArrowDown")
    with page.expect_response("**/cut", timeout=CUT):
        page.keyboard.press("Enter")
    expect(page.locator("#stage.is-working")).to_have_count(0, timeout=CUT)
    assert clear_at(page, SIZE[1] // 2, SIZE[0] // 2)
    for key, view in (("2", "result"), ("3", "photo"), ("1", "work")):
        page.keyboard.press(key)
        expect(page.locator("#stage")).to_have_attribute("data-view", view)


def test_a_photo_in_a_brief_leads_to_its_page_and_nothing_is_lost(page: Page, jug: Path, errors: list[str]) -> None:
    page.goto("/briefs/new")
    page.fill("[name=headline]", "蓝罐上新")
    page.set_input_files("[name=product]", jug)
    page.click("#submit")
    expect(page.locator("#problems-subject-image")).to_contain_text("cut the product out", timeout=CUT)
    errors.clear()  # the browser itself reports the 422
    page.click("#open-cut-out")
    page.wait_for_selector("[data-ready]", timeout=CUT)
    page.goto("/briefs/new")
    expect(page.locator("[name=headline]")).to_have_value("蓝罐上新")


def test_a_dropped_connection_keeps_the_strokes(page: Page, jug: Path, errors: list[str]) -> None:
    open_cut_out(page, jug, "Offline")
    page.context.set_offline(True)
    canvas = page.locator("#canvas")
    page.mouse.move(*spot(canvas, *RECTANGLE[:2]))
    page.mouse.down()
    page.mouse.move(*spot(canvas, *RECTANGLE[2:]), steps=4)
    page.mouse.up()
    expect(page.locator("#problem")).to_contain_text("did not answer")
    page.context.set_offline(False)
    page.check("[name=tool][value=keep]")
    drag(page, (180, 200), (182, 240))
    expect(page.locator("#problem")).to_be_hidden()
    assert [int(v) for v in (page.input_value("[name=x0]"), page.input_value("[name=y0]"))] == list(RECTANGLE[:2])
    errors.clear()  # the browser itself reports the request that failed


@pytest.mark.parametrize(("locale", "word"), [("en-GB", "Elements"), ("zh-CN", "元素")])
def test_both_pages_fit_a_phone(locale: str, word: str, browser: Browser, studio: RunningStudio, jug: Path) -> None:
    errors: list[str] = []
    context = browser.new_context(base_url=studio.address, viewport={"width": 390, "height": 844}, locale=locale)
    page = signed_in(context, studio, errors)
    open_cut_out(page, jug, "Phone")
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    page.goto("/elements")
    expect(page.locator("h1")).to_have_text(word)
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    context.close()
    assert not errors
