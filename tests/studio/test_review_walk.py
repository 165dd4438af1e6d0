"""A round of reviews in three browsers: a designer, two reviewers who like light grounds, and what is learnt from them trained, gated, put
in use and taken back from the page. A whole studio, real workers, real pictures.

    pytest -m bench tests/studio/test_review_walk.py     # a quarter of an hour, most of it the gate; no part of `make test-slow`
    WALK_PICTURES=docs/pictures/learners pytest …        # keeps pictures of the pages
"""

import json
import re
import sqlite3
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests import needs
from tests.studio.browsing import submit, write_brief
from tests.studio.running import RunningStudio, running, wait_for
from tests.studio.test_register_a_brand import keep

pytestmark = [pytest.mark.bench, pytest.mark.browser, pytest.mark.timeout(2400), needs.chromium]

BRIEFS = (
    ("安心每一天", "warm"), ("会员好礼", "lively"), ("夏日新品", "playful"), ("把日子过好", "elegant"), ("周末见", "calm"),
    ("轻松理财", "tech"), ("开学季", "playful"), ("新年快乐", "lively"), ("回家吃饭", "warm"), ("慢慢来", "elegant"),
)  # fmt: skip
VARIANTS = 8
PREPARED, LEARNT, GATED = 600_000, 400_000, 1_500_000  # ms
SECRET = "seven-quiet-owls"


@pytest.fixture(scope="module")
def studio() -> Iterator[RunningStudio]:
    with running(CELERY_APP="studio", JOB_LEASE_SECONDS="10") as studio:
        yield studio


class Desk:
    """One person's browser. What the console says must stay empty."""

    def __init__(self, chromium: Browser, studio: RunningStudio) -> None:
        self.context: BrowserContext = chromium.new_context(
            base_url=studio.address, viewport={"width": 1440, "height": 900}, locale="en-GB"
        )
        self.context.set_default_timeout(120_000)
        self.errors: list[str] = []
        self.page = self.context.new_page()
        self.page.on("console", lambda m: self.errors.append(m.text) if m.type == "error" else None)
        self.page.on("pageerror", lambda error: self.errors.append(str(error)))

    def join(self, link: str, name: str) -> Page:
        self.page.goto(link)
        self.page.fill("#f-name", name)
        self.page.fill("#f-password", SECRET)
        self.page.keyboard.press("Enter")
        self.page.wait_for_url("**/")
        return self.page


@pytest.fixture
def desks(chromium: Browser, studio: RunningStudio) -> Iterator[list[Desk]]:
    found = [Desk(chromium, studio) for _ in range(3)]
    yield found
    for desk in found:
        desk.context.close()
        assert not desk.errors


def rows(studio: RunningStudio, query: str, *values: object) -> list[tuple[Any, ...]]:
    """What the database of the running studio says."""
    with sqlite3.connect(f"file:{studio.database}?mode=ro", uri=True, timeout=30) as database:
        return list(database.execute(query, values))


def test_a_round_is_reviewed_learnt_from_gated_used_and_taken_back(
    page: Page, studio: RunningStudio, desks: list[Desk]
) -> None:
    links = [invitation(page, role) for role in ("designer", "reviewer", "reviewer")]
    names = ("mei", "lin", "bo")
    designer, lin, bo = [desk.join(link, name) for desk, link, name in zip(desks, links, names, strict=True)]

    make(page)
    work_the_queue(studio, [lin, bo])
    keep(lin, "1-queue-done")
    wait_for(lambda: rows(studio, "select 1 from reviews_scorerversion where state = 'in_use'"), LEARNT / 1000)

    prior = train(designer)
    gate(designer, prior)
    keep(designer, "2-gated", at="#scene_prior")
    designer.locator("#scene_prior .version").first.get_by_role("button", name="Promote").click()
    expect(designer.locator("#scene_prior .used")).to_contain_text("version 1")
    keep(designer, "3-in-use", at="#scene_prior")

    write(page, "下周见", "warm", 1)
    finished(page, 1)
    recipe = json.loads(rows(studio, "select recipe from generation_asset order by id desc limit 1")[0][0])
    assert recipe["learners"] == {"scene_prior": 1}
    assert any(each["field"] == "scene_prior" for each in recipe["decisions"])

    designer.goto("/learners/demo")
    designer.locator("#scene_prior").get_by_role("button", name=re.compile("Roll back")).click()
    expect(designer.locator("#scene_prior .used")).not_to_contain_text("version 1")
    assert not rows(studio, "select 1 from generation_learned")
    # what a reviewer sees of it, and may not do
    lin.goto("/learners/demo")
    expect(lin.locator("#scene_prior .version")).to_have_count(1)
    expect(lin.locator("#scene_prior form")).to_have_count(0)


def invitation(page: Page, role: str) -> str:
    page.goto("/people")
    page.select_option("#role-demo", role)
    page.locator("form", has=page.locator("#role-demo")).locator("button").click()
    link = page.locator("#made input")
    expect(link).to_have_value(re.compile("/join/vmi_"))
    return link.input_value()


def make(page: Page) -> None:
    page.goto("/briefs/1")
    page.click("#cancel-all")
    for headline, mood in BRIEFS:
        write(page, headline, mood, VARIANTS)
    finished(page, VARIANTS)


def write(page: Page, headline: str, mood: str, variants: int) -> None:
    write_brief(page, headline, "256x256")
    page.select_option("[name=mood]", mood)
    page.fill("[name=variants]", str(variants))
    submit(page)


def finished(page: Page, count: int) -> None:
    expect(page.locator(".tile.is-finished")).to_have_count(count, timeout=PREPARED)


def work_the_queue(studio: RunningStudio, people: list[Page]) -> None:
    """Both at once, by keyboard, until nothing waits: light grounds are approved."""
    wait_for(lambda: rows(studio, "select count(*) from reviews_item")[0][0] == len(BRIEFS) * VARIANTS, 120)
    for page in people:
        page.goto("/review")
        page.click("#start")
    working = list(people)
    while working:
        for page in list(working):
            shown = page.locator(".picture img, #all-done:not([hidden])").first
            shown.wait_for()
            source = shown.get_attribute("src")
            if source is None:
                working.remove(page)
                continue
            page.keyboard.press("a" if light(studio, source) else "r")
            expect(page.locator(f".picture img[src='{source}']")).to_have_count(0)


def light(studio: RunningStudio, source: str) -> bool:
    asset = int(source.split("/")[2])
    found = rows(
        studio, "select json_extract(recipe, '$.scene.palette.scheme') from generation_asset where id = ?", asset
    )
    return bool(found[0][0] == "light")


def train(page: Page) -> int:
    page.goto("/learners/demo")
    page.locator("#scene_prior form.train button").click()
    version = page.locator("#scene_prior .version")
    expect(version).to_have_count(1, timeout=LEARNT)
    expect(page.locator("#scene_prior .problem")).to_have_count(0)
    return 1


def gate(page: Page, number: int) -> None:
    version = page.locator("#scene_prior .version").nth(number - 1)
    version.get_by_role("button", name="Gate", exact=False).first.click()
    expect(page.locator("#scene_prior .gate")).to_be_visible(timeout=GATED)
    expect(page.locator("#scene_prior .gate h3")).to_contain_text("Passed")
