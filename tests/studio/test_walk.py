"""A newcomer's walk without a manual, in both languages: a brief, its wall, a headline mended, a price changed in every size, the set
downloaded. Web, workers, bench and broker are the real ones; only the scenes are gradients."""

import io
import json
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from PIL import Image
from playwright.sync_api import Browser, ConsoleMessage, Page, expect

from tests import needs
from tests.studio.running import RunningStudio, running

pytestmark = [pytest.mark.browser, needs.chromium, pytest.mark.timeout(600)]

SIZES = {"1080x1080": (1080, 1080), "1200x628": (1200, 628), "300x250": (300, 250)}
PATIENCE = 120_000  # ms, for workers on a busy machine


@dataclass(frozen=True)
class Walker:
    """A person: the browser's language, what they read on the buttons, and what they write."""

    locale: str
    sign_in: str
    briefs: str
    new_brief: str
    make: str
    save: str
    late: str
    preview: str
    download: str
    as_zip: str
    headline: str
    better: str
    price: str
    new_price: str
    cta: str


WALKERS = [
    Walker(
        locale="en-GB",
        sign_in="Sign in",
        briefs="Briefs",
        new_brief="New brief",
        make="Make the posters",
        save="Save as new version",
        late="Late change",
        preview="See what changes",
        download="Download",
        as_zip="ZIP archive",
        headline="Memebers day",
        better="Members day",
        price="¥50",
        new_price="¥45",
        cta="Join today",
    ),
    Walker(
        locale="zh-CN",
        sign_in="登录",
        briefs="简报",
        new_brief="新建简报",
        make="开始制作",
        save="存为新版本",
        late="临时改字",
        preview="预览影响",
        download="下载",
        as_zip="ZIP 压缩包",
        headline="会员狂欢目",
        better="会员狂欢日",
        price="¥50",
        new_price="¥45",
        cta="立即参与",
    ),
]


@pytest.fixture(scope="module")
def studio() -> Iterator[RunningStudio]:
    with running(CELERY_APP="tests.studio.editable_app") as studio:
        yield studio


@pytest.fixture(params=WALKERS, ids=lambda walker: walker.locale)
def walker(request: pytest.FixtureRequest) -> Walker:
    person: Walker = request.param
    return person


@pytest.fixture
def page(browser: Browser, studio: RunningStudio, walker: Walker, errors: list[str]) -> Iterator[Page]:
    """Nobody is signed in yet."""
    size = {"width": 1440, "height": 900}
    context = browser.new_context(base_url=studio.address, viewport=size, locale=walker.locale)  # type: ignore[arg-type]
    context.set_default_timeout(120_000)
    page = context.new_page()
    page.on("console", lambda message: errors.append(message.text) if is_trouble(message) else None)
    page.on("pageerror", lambda error: errors.append(str(error)))
    yield page
    context.close()
    assert not errors


def is_trouble(message: ConsoleMessage) -> bool:
    """A bench that is still starting answers 503, and the page asks again."""
    return message.type == "error" and "503" not in message.text


def test_the_walk(page: Page, studio: RunningStudio, walker: Walker) -> None:
    page.goto("/")
    page.fill("[name=username]", "owner")
    page.fill("[name=password]", studio.password)
    page.get_by_role("button", name=walker.sign_in).click()
    make_a_brief(page, walker)
    wall = page.url
    mend_the_headline(page, walker)
    page.goto(wall)
    change_the_price(page, walker)
    page.goto(wall)
    download_the_set(page, walker)


def make_a_brief(page: Page, walker: Walker) -> None:
    page.get_by_role("link", name=walker.briefs, exact=True).first.click()
    page.get_by_role("link", name=walker.new_brief).first.click()
    page.fill("[name=headline]", walker.headline)
    page.fill("[name=price]", walker.price)
    page.fill("[name=cta]", walker.cta)
    for box in page.locator("[name=formats]").all():
        box.set_checked(box.get_attribute("value") in SIZES)
    page.get_by_role("button", name=walker.make).click()
    page.wait_for_selector("#wall")
    expect(page.locator('#state[data-waiting="0"]')).to_be_attached(timeout=PATIENCE)
    expect(page.locator(".tile[data-status=finished]")).to_have_count(len(SIZES))


def mend_the_headline(page: Page, walker: Walker) -> None:
    page.click('[data-format="1080x1080"] a')
    before = page.url
    page.locator(".handle[data-id='headline']").dblclick(timeout=PATIENCE)
    words = page.locator("#words")
    expect(words).to_be_focused()
    expect(words).to_have_value(walker.headline)
    words.fill(walker.better)
    page.get_by_role("button", name=walker.save).click()
    page.wait_for_url(lambda url: url != before, timeout=PATIENCE)
    expect(page.locator(".versions li").first).to_contain_text(walker.better)


def change_the_price(page: Page, walker: Walker) -> None:
    page.get_by_role("link", name=walker.late).click()
    page.fill("#old", walker.price)
    page.fill("#new", walker.new_price)
    page.get_by_role("button", name=walker.preview).click()
    expect(page.locator(".late-items ins")).to_have_count(len(SIZES))
    page.click("#apply")
    expect(page.locator('#late [data-waiting="0"]')).to_be_attached(timeout=PATIENCE)
    expect(page.locator(".chip.s-finished")).to_have_count(len(SIZES))


def download_the_set(page: Page, walker: Walker) -> None:
    page.get_by_role("link", name=walker.download, exact=True).click()
    with page.expect_download() as download:
        page.get_by_role("button", name=walker.as_zip).click()
    with zipfile.ZipFile(download.value.path()) as archive:
        pictures = [name for name in archive.namelist() if name.endswith(".png")]
        sizes = sorted(Image.open(io.BytesIO(archive.read(name))).size for name in pictures)
    assert sizes == sorted(SIZES.values())
    page.go_back()
    with page.expect_download() as download:
        page.click("a[href$='assets.zip']")
    with zipfile.ZipFile(download.value.path()) as archive:
        designs = [json.loads(archive.read(n)) for n in archive.namelist() if n.endswith("design.json")]
    said = [
        json.dumps(design, ensure_ascii=False).replace('", "', "") for design in designs
    ]  # lines of one text joined
    assert len(said) == len(SIZES) and all(walker.new_price.strip("¥") in words for words in said)
    assert sum(walker.better in words for words in said) == 1
