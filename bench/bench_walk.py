"""From the sign-in page to the sample brief's six pictures, as a newcomer goes: clicks and seconds, in Chromium against a whole studio.

    python bench/bench_walk.py [--languages en,zh-hans] [--gradient] [--pictures FOLDER] [--json]

Starts `manage.py run_studio` in a folder of its own, twice looked at: by its first person, whose sample brief was queued as the studio
started and whose renderer may still be getting ready; then by a person of another brand that has no brief yet, who presses the
button on the empty home page. Seconds count from the press on "Sign in" until all six pictures hang on the wall, each passed by preflight.
`--gradient` puts gradients in place of the scenes, which leaves the studio's own seconds; `--pictures` keeps a screenshot of each wall.
Exit 1 where a picture did not pass or a walk took more than 4 clicks.
"""

from __future__ import annotations

import argparse
import json
import re
import shutil
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

PICTURES, CLICKS = 6, 4
PATIENCE = 600_000  # ms, for a machine that compiles the renderer first
LANGUAGES = {"en": "en-GB", "zh-hans": "zh-CN"}
NEWCOMER = "a-password-for-the-walk"  # of people who live as long as this run


@dataclass
class Walk:
    """A person with a browser, who counts what they do."""

    page: Any
    clicks: int = 0
    fields: int = 0
    began: float = 0.0
    marks: dict[str, float] = field(default_factory=dict)

    def write(self, selector: str, words: str) -> None:
        self.page.fill(selector, words)
        self.fields += 1

    def click(self, selector: str) -> None:
        self.began = self.began or time.monotonic()
        self.page.click(selector)
        self.clicks += 1

    def mark(self, what: str) -> None:
        self.marks[what] = round(time.monotonic() - self.began, 1)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--languages", default="en,zh-hans")
    parser.add_argument("--gradient", action="store_true")
    parser.add_argument("--pictures", type=Path, help="keep a screenshot of each wall in this folder")
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    rows = measured(options.languages.split(","), options.pictures, gradient=options.gradient)
    print(json.dumps(rows, ensure_ascii=False) if options.json else table(rows))
    return 0 if all(row["passed"] == PICTURES and row["clicks"] <= CLICKS for row in rows) else 1


def measured(languages: list[str], pictures: Path | None, *, gradient: bool) -> list[dict[str, Any]]:
    from playwright.sync_api import sync_playwright

    from tests.studio.browsing import ARGUMENTS
    from tests.studio.running import RunningStudio

    studio = RunningStudio(
        CELERY_APP="tests.studio.editable_app" if gradient else "studio", JOB_LEASE_SECONDS="30", OMP_NUM_THREADS=""
    )
    started = time.monotonic()
    try:
        studio.start()
        studio.wait_until_ready()
        ready = round(time.monotonic() - started, 1)
        people = {language: newcomer(studio.var, language) for language in languages}
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=ARGUMENTS.split())
            walks = [(f"first start (up after {ready} s)", languages[0], "owner", studio.password)]
            walks += [("running studio", language, name, NEWCOMER) for language, name in people.items()]
            rows = [walked(browser, studio.address, pictures, *walk) for walk in walks]
            browser.close()
        studio.stop()
    finally:
        studio.remove()
    return rows


def newcomer(var: Path, language: str) -> str:
    """The name of a new person who owns a new brand with the sample brand's style, and has no brief."""
    import os
    import subprocess

    name = f"newcomer-{language}"
    code = f"""
from brand_styles import sample
from brand_styles.services import publish_style
from studio.models import Membership, Role, User
brand = publish_style(style=sample.demo().model_copy(update={{"slug": {name!r}, "version": 1}})).brand
Membership.objects.create(user=User.objects.create_user({name!r}, password={NEWCOMER!r}), brand=brand, role=Role.OWNER)
"""
    environment = os.environ | {"VAR_DIR": str(var)}
    root = Path(__file__).resolve().parent.parent
    subprocess.run(
        [sys.executable, "manage.py", "shell", "--verbosity", "0", "--command", code],
        cwd=root,
        env=environment,
        check=True,
    )
    return name


def walked(
    browser: Any, address: str, pictures: Path | None, what: str, language: str, name: str, password: str
) -> dict[str, Any]:
    viewport = {"width": 1440, "height": 900}
    context = browser.new_context(base_url=address, viewport=viewport, locale=LANGUAGES[language])
    context.set_default_timeout(60_000)
    walk = Walk(context.new_page())
    walk.page.goto("/")
    walk.write("[name=username]", name)
    walk.write("[name=password]", password)
    walk.click("form:has([name=password]) button")
    walk.page.wait_for_selector("h1")
    walk.mark("home")
    empty = walk.page.locator("#sample").count()
    walk.click("#sample" if empty else ".need h3 a, .fresh h3 a")  # the sample's button, or the sample at work
    walk.page.wait_for_selector("#wall")
    walk.mark("wall")
    walk.page.locator('.tile[data-status="finished"]').first.wait_for(timeout=PATIENCE)
    walk.mark("first")
    walk.page.locator('#state[data-waiting="0"]').wait_for(state="attached", timeout=PATIENCE)
    walk.mark("all")
    passed = walk.page.locator('.tile[data-status="finished"]').count()
    if pictures:
        pictures.mkdir(parents=True, exist_ok=True)
        stem = re.sub(r"\W+", "-", f"{name}-{language}")
        walk.page.wait_for_load_state("networkidle")
        walk.page.screenshot(path=str(pictures / f"walk-{stem}.png"), full_page=True)
    context.close()
    return {
        "walk": what,
        "language": language,
        "clicks": walk.clicks,
        "fields": walk.fields,
        "passed": passed,
    } | walk.marks


def table(rows: list[dict[str, Any]]) -> str:
    lines = [
        "| walk | language | clicks | fields | home | wall | first picture | all six | passed |",
        "| --- " * 9 + "|",
    ]
    lines += [
        f"| {r['walk']} | {r['language']} | {r['clicks']} | {r['fields']} | {r['home']} s | {r['wall']} s | {r['first']} s "
        f"| {r['all']} s | {r['passed']} of {PICTURES} |"
        for r in rows
    ]
    return "\n".join(lines)


if __name__ == "__main__":
    sys.exit(main())
