"""How soon each page is seen, and what it weighs beside pictures, in Chromium against a studio with real pictures.

    python bench/bench_pages.py [--var FOLDER] [--rounds 3] [--gradient] [--json]

The web process is warm (each page was asked for once), the browser's cache is empty each time. "Seen" is the largest contentful paint,
in milliseconds since the address was asked for; weight is what came over the wire without pictures. Han slices are what a browser
fetches besides where its machine has no Chinese face. `--var` keeps the studio's folder, so that a second run needs not draw its
pictures again; `--gradient` puts gradients in place of their scenes. Exit 1 where a page takes over 1 s (median) or weighs over 300 KB.
"""

from __future__ import annotations

import argparse
import json
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from statistics import median
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from bench.own_studio import NAME, PASSWORD, free_port, furnish, wait_for, web_process

LIMIT_MS, LIMIT_KB = 1000, 300
LANGUAGES = {"en": "en-GB", "zh-hans": "zh-CN"}
PAGES = (
    "/",
    "/briefs",
    "/briefs/new",
    "{wall}",
    "{asset}",
    "/brands",
    "/brands/demo",
    "/elements",
    "/models",
    "/people",
    "/settings",
)
SEEN = """() => new Promise(done => {
  let last = 0;
  new PerformanceObserver(list => { for (const each of list.getEntries()) last = Math.max(last, each.startTime); })
    .observe({type: 'largest-contentful-paint', buffered: true});
  setTimeout(() => done(last), 400);
})"""


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--var", type=Path)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--gradient", action="store_true")
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="pages-") as folder:
        rows = measured(options.var or Path(folder), options.rounds, gradient=options.gradient)
    print(json.dumps(rows) if options.json else table(rows))
    return 0 if all(row["ms"] <= LIMIT_MS and row["kb"] <= LIMIT_KB for row in rows) else 1


def measured(var: Path, rounds: int, *, gradient: bool) -> list[dict[str, Any]]:
    var.mkdir(parents=True, exist_ok=True)
    wall, asset = prepared(var, gradient=gradient)
    port = free_port()
    web = subprocess.Popen(web_process(port), cwd=Path(__file__).resolve().parent.parent, stdout=sys.stderr)
    try:
        wait_for(f"http://127.0.0.1:{port}/health")
        return watched(f"http://127.0.0.1:{port}", [page.format(wall=wall, asset=asset) for page in PAGES], rounds)
    finally:
        web.terminate()
        web.wait(10)


def prepared(var: Path, *, gradient: bool) -> tuple[str, str]:
    """A studio in `var` with the sample brief's pictures, as the real pipeline draws them; the addresses of its wall and of one."""
    import os

    os.environ |= {"VAR_DIR": str(var), "DJANGO_SETTINGS_MODULE": "studio.settings"}
    source = (Path(__file__).resolve().parent.parent / "docs" / "briefs" / "demo.yaml").read_text(encoding="utf-8")
    if not (var / "vermilion.sqlite3").exists():
        furnish(var, source)
    else:
        import django
        from django.core.management import call_command

        django.setup()
        call_command("migrate", verbosity=0)
        call_command("collectstatic", interactive=False, verbosity=0)
    from generation import rendering, reporting
    from generation.models import Asset

    reporting.begin()
    if gradient:
        from tests.studio import editable

        editable.make_all()
    while rendering.make_next():
        pass
    reporting.warmed()
    asset = Asset.objects.filter(is_head=True).earliest("id")
    return f"/briefs/{asset.job.variant.brief_id}", f"/assets/{asset.pk}"


def watched(address: str, pages: list[str], rounds: int) -> list[dict[str, Any]]:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox", "--disable-gpu"]
        )
        cookie = signed_in(browser, address)
        rows = []
        for language, locale in LANGUAGES.items():
            for page in pages:
                found = [seen(browser, address, page, language, locale, cookie) for _ in range(rounds + 1)][1:]
                ms = median(each["ms"] for each in found)
                rows.append(
                    {"page": page, "language": language, "ms": round(ms)}
                    | {k: found[-1][k] for k in ("kb", "requests", "han_kb")}
                )
        browser.close()
        return rows


def signed_in(browser: Any, address: str) -> str:
    page = browser.new_page(base_url=address)
    page.goto("/sign-in")
    page.fill("[name=username]", NAME)
    page.fill("[name=password]", PASSWORD)
    page.press("[name=password]", "Enter")
    page.wait_for_url(lambda url: "sign-in" not in url)
    kept = {str(each["name"]): str(each["value"]) for each in page.context.cookies()}
    page.close()
    return kept["sessionid"]


def seen(browser: Any, address: str, path: str, language: str, locale: str, cookie: str) -> dict[str, float]:
    """One visit with an empty cache."""
    context = browser.new_context(base_url=address, viewport={"width": 1440, "height": 900}, locale=locale)
    kept = {"sessionid": cookie, "django_language": language}
    context.add_cookies([{"name": name, "value": value, "url": address} for name, value in kept.items()])
    page = context.new_page()
    wire = context.new_cdp_session(page)
    kinds: dict[str, str] = {}
    weight: dict[str, float] = {}
    wire.on("Network.responseReceived", lambda e: kinds.__setitem__(e["requestId"], kind_of(e)))
    wire.on("Network.loadingFinished", lambda e: weight.__setitem__(e["requestId"], e["encodedDataLength"]))
    wire.send("Network.enable")
    page.goto(path, wait_until="load")
    ms = float(page.evaluate(SEEN))
    page.evaluate("document.fonts.ready.then(() => true)")  # slices that are still on their way weigh, too
    context.close()
    han = [size for key, size in weight.items() if kinds.get(key) == "Han"]
    heavy = [size for key, size in weight.items() if kinds.get(key) not in ("Image", "Han", None)]
    return {"ms": ms, "kb": round(sum(heavy) / 1000), "requests": len(heavy), "han_kb": round(sum(han) / 1000)}


def kind_of(response: dict[str, Any]) -> str:
    return "Han" if "/faces/han-" in response["response"]["url"] else str(response["type"])


def table(rows: list[dict[str, Any]]) -> str:
    lines = ["| page | language | seen after | beside pictures | requests | Han slices |", "|" + " --- |" * 6]
    lines += [
        f"| `{r['page']}` | {r['language']} | {r['ms']} ms | {r['kb']} KB | {r['requests']} | {r['han_kb']} KB |"
        for r in rows
    ]
    return "\n".join(lines)


if __name__ == "__main__":
    sys.exit(main())
