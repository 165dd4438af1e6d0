"""Pictures of a running studio's pages, as the docs show them.

    python scripts/screenshots.py docs/pictures/studio --address http://127.0.0.1:8000 --name owner --password … --brief 1

Each page becomes one sheet: a desk of 1440 px and a phone of 390 px, by day in English and by night in Chinese. Needs Chromium
and the tests' Playwright. A page that is missing, or that writes an error into the console, is named and ends the run with 1.
"""

from __future__ import annotations

import argparse
import io
import shutil
import sys
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

DESK, PHONE = (1440, 900), (390, 844)
SEEN = "[...document.images].every(i => i.complete || i.getBoundingClientRect().top > innerHeight)"
SCALE = 0.6  # of a screen in its sheet
GREY, GAP = (128, 128, 128), 16
WAYS = (("en-GB", "en", "light"), ("zh-CN", "zh-hans", "dark"))


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--address", default="http://127.0.0.1:8000")
    parser.add_argument("--name", default="owner")
    parser.add_argument("--password", required=True)
    parser.add_argument("--brief", type=int, required=True, help="a brief whose pictures are made")
    parser.add_argument("--only", default="", help="these pages, comma-separated")
    options = parser.parse_args()
    options.folder.mkdir(parents=True, exist_ok=True)
    troubles: list[str] = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        state = signed_in(browser, options)
        for name, path in pages(browser, options, state).items():
            if not options.only or name in options.only.split(","):
                shots = [
                    shot(browser, options, state, path, way, size, troubles) for size in (DESK, PHONE) for way in WAYS
                ]
                beside(shots).save(options.folder / f"{name}.webp", quality=80, method=6)
    print("\n".join(troubles) or f"{options.folder}: every page, in both widths and themes")
    return 1 if troubles else 0


def signed_in(browser: Browser, options: argparse.Namespace) -> str:
    """The session's cookie."""
    page = browser.new_page(base_url=options.address)
    page.goto("/sign-in")
    page.fill("[name=username]", options.name)
    page.fill("[name=password]", options.password)
    page.press("[name=password]", "Enter")
    page.wait_for_url(lambda url: "sign-in" not in url)
    cookies = {str(c.get("name")): str(c.get("value")) for c in page.context.cookies()}
    page.close()
    return cookies["sessionid"]


def pages(browser: Browser, options: argparse.Namespace, session: str) -> dict[str, str]:
    """Names and addresses; what has no fixed address is followed from the brief's wall."""
    page = opened(browser, options, session, WAYS[0], DESK)
    page.goto(f"/briefs/{options.brief}")
    assets = page.locator("a[href^='/assets/']").evaluate_all("links => [...new Set(links.map(a => a.pathname))]")
    page.context.close()
    wall, ids = f"/briefs/{options.brief}", [str(a).split("/")[2] for a in assets]
    compared = "&".join(f"a={i}" for i in ids[:3])
    return {
        "home": "/",
        "briefs": "/briefs",
        "brief-form": "/briefs/new",
        "wall": wall,
        "compare": f"{wall}/compare?{compared}",
        "bench": f"/assets/{ids[0]}",
        "downloads": f"{wall}/download",
        "late-change": f"{wall}/changes",
        "share": f"{wall}/share",
        "elements": "/elements",
        "brands": "/brands",
        "brand": "/brands/demo",
        "models": "/models",
        "people": "/people",
        "account": "/account",
        "settings": "/settings",
        "sign-in": "/sign-in",
    }


def opened(
    browser: Browser, options: argparse.Namespace, session: str, way: tuple[str, str, str], size: tuple[int, int]
) -> Page:
    locale, language, theme = way
    context = browser.new_context(
        base_url=options.address, viewport={"width": size[0], "height": size[1]}, locale=locale, reduced_motion="reduce"
    )
    kept = {"django_language": language, "theme": theme} | ({"sessionid": session} if session else {})
    context.add_cookies([{"name": name, "value": value, "url": options.address} for name, value in kept.items()])
    context.set_default_timeout(120_000)
    return context.new_page()


def shot(
    browser: Browser,
    options: argparse.Namespace,
    session: str,
    path: str,
    way: tuple[str, str, str],
    size: tuple[int, int],
    troubles: list[str],
) -> Image.Image:
    """The first screen of a page."""
    page = opened(browser, options, "" if path == "/sign-in" else session, way, size)
    page.on("console", lambda m: troubles.append(f"{path}: {m.text}") if m.type == "error" else None)
    answer = page.goto(path)
    if answer is None or not answer.ok:
        troubles.append(f"{path}: {answer.status if answer else 'no answer'}")
    page.wait_for_function(SEEN)
    page.evaluate("document.fonts.ready.then(() => true)")
    page.wait_for_timeout(600)  # live parts draw themselves
    image = Image.open(io.BytesIO(page.screenshot())).convert("RGB")
    page.context.close()
    return image.resize((round(image.width * SCALE), round(image.height * SCALE)), Image.Resampling.LANCZOS)


def beside(shots: list[Image.Image]) -> Image.Image:
    """Desks above one another, phones to their right."""
    *desks, first, second = shots
    height = sum(d.height for d in desks) + GAP * (len(desks) + 1)
    width = desks[0].width + first.width + second.width + 4 * GAP
    sheet = Image.new("RGB", (width, height), GREY)
    for row, desk in enumerate(desks):
        sheet.paste(desk, (GAP, GAP + row * (desk.height + GAP)))
    for column, phone in enumerate((first, second)):
        sheet.paste(phone, (2 * GAP + desks[0].width + column * (phone.width + GAP), GAP))
    return sheet


if __name__ == "__main__":
    sys.exit(main())
