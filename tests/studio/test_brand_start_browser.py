"""A draft begun in Chromium from a logo and a style sheet, and many pictures taken in while it is open."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from playwright.sync_api import Browser, Page, expect

from brand_styles.models import StyleDraft
from tests import needs
from tests.brand_styles.papers import CSS, SVG
from tests.brand_styles.typefaces import font_file
from tests.studio.test_accessible import troubles_of
from tests.studio.test_brand_drafts import NEW
from tests.studio.test_brand_references import picture

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True), needs.chromium]


@pytest.fixture
def page(live_server: Any, client_of_owner: Client, chromium: Browser, settings: Any, tmp_path: Path) -> Iterator[Page]:
    settings.MEDIA_ROOT, settings.VAR_DIR = tmp_path / "files", tmp_path / "var"
    assert client_of_owner.post("/new-brand", NEW).status_code == 302
    context = chromium.new_context(base_url=live_server.url, viewport={"width": 1440, "height": 900}, locale="en-GB")
    session = client_of_owner.cookies["sessionid"].value
    context.add_cookies([{"name": "sessionid", "value": session, "url": live_server.url}])
    context.set_default_timeout(120_000)
    page = context.new_page()
    errors: list[str] = []
    page.on("console", lambda message: errors.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: errors.append(str(error)))
    yield page
    context.close()
    assert not errors


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
