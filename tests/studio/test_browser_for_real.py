"""The walk in a real browser with the real picture: renderer, embedded checkpoint and preflight in the workers of a whole studio."""

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Page, expect

from tests import needs
from tests.studio.browsing import submit, write_brief
from tests.studio.running import ROOT, RunningStudio, running

pytestmark = [pytest.mark.slow, pytest.mark.browser, pytest.mark.timeout(900), needs.chromium]

FORMATS = {"300x250": (300, 250), "320x480": (320, 480)}
PREPARED = 400_000  # ms: the renderer may have to be compiled first
MADE = 120_000


@pytest.fixture(scope="module")
def studio() -> Iterator[RunningStudio]:
    with running(CELERY_APP="studio", JOB_LEASE_SECONDS="10") as studio:
        yield studio


def cancel_the_sample(page: Page) -> None:
    """The sample brief that every new studio begins with is cancelled: it is not what is tested here."""
    page.goto("/briefs/1")
    page.click("#cancel-all")
    expect(page.locator('#state[data-waiting="0"]')).to_be_attached(timeout=MADE)


def downloaded(page: Page, selector: str, name: str, folder: Path) -> Path:
    with page.expect_download() as download:
        page.click(selector)
    path = folder / name
    download.value.save_as(path)
    return path


def test_a_brief_becomes_the_very_pictures_that_the_command_line_makes(
    page: Page, studio: RunningStudio, tmp_path: Path
) -> None:
    cancel_the_sample(page)
    write_brief(page, "18日会员权益日", *FORMATS)
    page.fill("[name=cta]", "立即参与")
    page.fill("[name=prompt]", "我需要一个热闹的营销活动页面")
    page.locator("details", has=page.locator("[name=seed]")).locator("summary").click()
    page.fill("[name=seed]", "7")
    submit(page)
    page.locator(".tile.is-finished, .tile.is-failed").first.wait_for(timeout=PREPARED)
    expect(page.locator(".tile.is-failed")).to_have_count(0)
    expect(page.locator('#state[data-waiting="0"]')).to_be_attached(timeout=MADE)
    assert [t.get_attribute("data-status") for t in page.locator(".tile").all()] == ["finished", "finished"]
    brief = downloaded(page, "a[href$='brief.yaml']", "brief.yaml", tmp_path)

    wall = page.url
    for name, size in FORMATS.items():
        page.goto(wall)
        page.click(f'[data-format="{name}"] a')
        page.wait_for_selector("#picture img")
        expect(page.locator(".panel h1")).to_contain_text("passed")
        expect(page.locator(".panel")).to_contain_text("What was found")
        expect(page.locator(".panel dt", has_text="Model")).to_be_visible()
        png = downloaded(page, "#download", f"{name}.png", tmp_path)
        assert Image.open(png).size == size
        assert png.read_bytes() == made_by_command_line(studio, brief, name, tmp_path)


def made_by_command_line(studio: RunningStudio, brief: Path, name: str, folder: Path) -> bytes:
    """The same brief's picture by `manage.py produce`, one format at a time as a worker makes them."""
    out = folder / f"out-{name}"
    command = [sys.executable, "manage.py", "produce", str(brief), "--out", str(out), "--formats", name]
    subprocess.run(command, cwd=ROOT, env=studio.environment, check=True, capture_output=True, timeout=300)
    asset = json.loads((out / "manifest.json").read_text())["assets"][0]
    assert asset["verdict"] == "pass"
    return Path(out / asset["file"]).read_bytes()
