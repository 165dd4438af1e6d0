"""A brand registered in Chromium from a logo and three colours: drawn as it is typed, published, and nothing serious for axe."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from brand_styles.selectors import brand_style
from tests import needs
from tests.studio.brands.test_drafts import COLOURS, SVG
from tests.studio.test_accessible import troubles_of

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True), needs.chromium]


def test_a_brand_is_registered_from_a_logo_and_three_colours(page: Page, tmp_path: Path) -> None:
    logo = tmp_path / "kiln.svg"
    logo.write_text(SVG)
    page.goto("/brands")
    page.get_by_role("link", name="New brand").click()
    for name, text in (("name.zh", "窑"), ("name.en", "Kiln"), ("slug", "kiln")):
        page.fill(f"[name='{name}']", text)
    page.click("#start")
    page.wait_for_url("**/brands/kiln/draft")
    expect(page.locator("#h-to-do")).to_contain_text("Before it can be published")
    for place, (_, colour) in enumerate(COLOURS):
        page.fill(f"[name='palette.{place}.hex']", colour)
    expect(page.locator(".seen .bg-E4572E")).to_be_visible()
    assert page.locator("[name='palette.2.picker']").input_value() == "#e4572e"
    painted = "getComputedStyle(document.querySelector('.seen .field-of.bg-F4EFE6')).backgroundColor"
    assert page.evaluate(painted) == "rgb(244, 239, 230)"
    page.set_input_files("[name='logos.light.file']", logo)
    expect(page.locator("[data-logo-of=light]")).to_have_attribute("src", re.compile("^blob:"))
    expect(page.locator(".seen [data-logo=light]")).to_have_attribute("src", re.compile("^blob:"))
    expect(page.locator("#draft .notes li")).to_have_count(0)
    assert troubles_of(page) == []
    page.click("#review")
    page.wait_for_url("**/draft/publish")
    assert troubles_of(page) == []
    page.click("#publish")
    page.wait_for_url("**/brands/kiln")
    expect(page.locator("h1")).to_contain_text("Kiln")
    style = brand_style("kiln")
    assert [(swatch.role, swatch.hex) for swatch in style.palette] == list(COLOURS)
    assert style.version == 1 and [logo.ground for logo in style.logos] == ["light"]


def test_a_change_that_leaves_the_colours_alone_leaves_them_painted(page: Page) -> None:
    page.goto("/brands/demo/draft")
    colour = "getComputedStyle(document.querySelector('.seen .field-of.bg-D7301F')).backgroundColor"
    assert page.evaluate(colour) == "rgb(215, 48, 31)"
    with page.expect_response("**/draft/preview"):
        page.fill("[name='tone.en']", "Plain")
    expect(page.locator(".seen .tone")).to_have_text("Plain")
    assert page.evaluate(colour) == "rgb(215, 48, 31)"
