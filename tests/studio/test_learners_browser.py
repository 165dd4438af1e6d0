"""A designer promotes what passed and rolls it back in a real browser; the page follows a trial without a reload; no page is too wide."""

from __future__ import annotations

import io
import os
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.test import Client
from PIL import Image
from playwright.sync_api import Browser, Page, expect

from brand_styles.models import Brand
from generation import learners
from reviews.gating import gates
from reviews.models import Gate, GatePair, Kind, TrainingOrder
from studio.models import User
from tests import needs
from tests.studio.browsing import at_desk, opened
from tests.studio.test_learners import judged, trained

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True), needs.chromium]
SHOTS = os.environ.get("SHOTS", "")  # a folder where pictures of the page are kept, for looking at


def jpeg(color: tuple[int, int, int]) -> str:
    out = io.BytesIO()
    Image.new("RGB", (256, 256), color).save(out, "JPEG")
    return default_storage.save(f"gates/{color[0]}.jpg", ContentFile(out.getvalue()))


@pytest.fixture
def page_of(chromium: Browser, live_server: Any, owner: User, as_person: Callable[[User], Client]) -> Iterator[Page]:
    for page in opened(at_desk(chromium, live_server, as_person(owner))):
        page.goto("/learners")
        yield page


def test_promoted_and_rolled_back(page_of: Page, owner: User) -> None:
    demo = Brand.objects.get(slug="demo")
    worse = {
        name: {"value": 0.2 * margin, "low": -0.4 * margin, "high": 0.8 * margin, "margin": margin}
        for name, margin in {
            "blocked": 0.03,
            "warnings": 0.15,
            "misread": 0.02,
            "palette": 1.0,
            "outlines": 0.03,
        }.items()
    }
    old, version = trained(demo, state="refused"), trained(demo)
    judged(old, passed=False, worse=worse | {"palette": worse["palette"] | {"high": 1.7}}, failures=["palette"])
    gate = judged(version, worse=worse)
    GatePair.objects.filter(gate=gate).update(shown={"against": jpeg((180, 60, 50)), "candidate": jpeg((120, 60, 150))})
    sample = jpeg((60, 120, 90))
    version.samples = [{"step": step, "file": sample} for step in (100, 200, 300)]
    version.save()
    TrainingOrder.objects.create(
        brand=demo,
        kind=Kind.SCENE_PRIOR,
        status="failed",
        error_en="12 pictures can teach it; 40 are wanted.",
        error_zh="仅有 12 张可学，至少需要 40 张。",
    )
    page = page_of
    for language in ("zh-hans", "en"):
        page.context.add_cookies(
            [{"name": "django_language", "value": language, "url": page.url.partition("/learners")[0]}]
        )
        for width in (1440, 390):
            page.set_viewport_size({"width": width, "height": 900})
            page.goto("/learners/demo")
            assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
            if SHOTS:
                page.screenshot(path=f"{SHOTS}/learners-{language}-{width}.png", full_page=True)
    page.set_viewport_size({"width": 1440, "height": 900})
    page.get_by_role("button", name="Promote").click()
    expect(page.get_by_text("In use: version 2")).to_be_visible()
    assert [pin.number for pin in learners.in_use(demo.pk)] == [2]
    page.get_by_role("button", name="Roll back").click()
    expect(page.get_by_text("Nothing learnt is in use").first).to_be_visible()
    assert learners.in_use(demo.pk) == ()


def test_a_trial_is_followed_without_a_reload(page_of: Page, owner: User) -> None:
    demo = Brand.objects.get(slug="demo")
    trained(demo)
    page_of.goto("/learners/demo")
    page_of.get_by_role("button", name="Gate", exact=True).click()
    expect(page_of.get_by_text("The pack of past briefs is being read.")).to_be_visible()
    Gate.objects.update(done=50, pairs=200)
    expect(page_of.get_by_text("50 of 200 pairs")).to_be_visible(timeout=15_000)
    gates.cancel(Gate.objects.all())
    expect(page_of.get_by_role("button", name="Gate", exact=True)).to_be_visible(timeout=15_000)
