"""A draft begun in Chromium from a logo and a style sheet, and many pictures taken in while it is open."""

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from brand_styles.models import StyleDraft
from tests import needs
from tests.brand_styles.papers import CSS, SVG
from tests.brand_styles.typefaces import font_file
from tests.studio.brands.test_references import picture
from tests.studio.test_accessible import troubles_of

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("kiln"),
    needs.chromium,
]


def style() -> dict[str, Any]:
    return dict(StyleDraft.objects.get(brand__slug="kiln").style)


def test_a_draft_starts_from_what_there_is_and_pictures_join_it(page: Page, tmp_path: Path) -> None:
    (tmp_path / "logo.svg").write_text(SVG)
    page.goto("/brands/kiln/draft")
    page.get_by_role("link", name="Start from what there is").click()
    page.set_input_files("#f-start-files", tmp_path / "logo.svg")
    page.fill("#f-start-css", CSS)
    page.click("#read")
    page.get_by_label("#C8321F").first.uncheck()
    assert troubles_of(page) == []
    page.click("#take")
    page.wait_for_url("**/brands/kiln/draft?saved")
    expect(page.locator(".seen .bg-FBFAF7").first).to_be_visible()
    assert "#C8321F" not in {swatch["hex"] for swatch in style()["palette"]} and len(style()["logos"]) == 1

    for name in ("1.png", "2.png"):
        (tmp_path / name).write_bytes(picture(int(name[0])))
    (tmp_path / "bad.png").write_bytes(b"no picture")
    (tmp_path / "kiln.ttf").write_bytes(font_file())
    page.set_input_files("#t-references", [tmp_path / "1.png", tmp_path / "bad.png", tmp_path / "2.png"])
    expect(page.locator(".reference-row")).to_have_count(2)
    expect(page.locator("#taking")).to_be_hidden()
    expect(page.locator("#n-references-new")).to_contain_text("bad.png: The file is not a PNG")
    page.locator(".reference-row").nth(1).locator("[value$=':up']").click()
    page.fill("[name='references.1.caption.en']", "The second")
    page.set_input_files("#t-new", tmp_path / "kiln.ttf")
    page.click("#save")
    page.wait_for_url("**/brands/kiln/draft?saved")
    expect(page.locator(".reference-row")).to_have_count(2)
    assert style()["references"][0]["caption"]["en"] == "The second"
    assert style()["fonts"][0]["family"]["en"] == "Kiln Sans"
    assert troubles_of(page) == []
