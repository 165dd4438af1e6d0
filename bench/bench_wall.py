"""How a wall of 500 pictures scrolls in Chromium, and what its page weighs: `uvicorn studio.asgi:application`, a signed-in person.

    python bench/bench_wall.py [--pictures 500] [--seconds 8] [--keep FOLDER] [--json]

The pictures are painted here (noise, shapes, gradients) in eight sizes, with thumbnails as heavy as real ones. The page is opened
with an empty cache, then scrolled by a wheel gesture three times while Chromium traces itself: the frames that it drew, those in which
the page's own thread took part (scrolling does not wait for it), and the processor's milliseconds a drawn frame of its busiest
thread, which say what frames the page would allow on a machine with nothing else to do. The first run loads the pictures.
Exit 1 under 50 drawn frames a second (median), or where the page weighs more than 300 KB beside its pictures.
"""

from __future__ import annotations

import argparse
import io
import json
import shutil
import statistics
import sys
import tempfile
from collections import defaultdict
from itertools import pairwise
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from bench.own_studio import free_port, furnish, running, wait_for, web_process

FRAMES, KILOBYTES = 50.0, 300.0
SPEED = 2500  # px a second: three screens, as fast as anybody looks for a picture
SIZES = ((1080, 1080), (1080, 1920), (1200, 628), (728, 90), (1080, 1350), (300, 600), (1920, 1080), (640, 960))
BRIEF = "version: 1\nbrand: demo\nprompt: 红包\ncopy: {headline: 会员狂欢日}\nformats: [200x200]\nseed: 7\n"
TRACED = ("devtools.timeline", "toplevel", "viz", "cc", "benchmark")  # Chromium's own names
TASKS = ("RunTask", "ThreadControllerImpl::RunTask", "ThreadPool_RunTask")
DRAWN, OWN = "DirectRenderer::DrawFrame", "ProxyMain::BeginMainFrame"


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--pictures", type=int, default=500)
    options.add_argument("--seconds", type=float, default=8.0)
    options.add_argument("--keep", type=Path, help="furnish this folder and leave it there")
    options.add_argument("--json", action="store_true")
    asked = options.parse_args()
    with tempfile.TemporaryDirectory(prefix="wall-") as folder:
        told = measured(asked.keep or Path(folder), asked.pictures, asked.seconds)
    print(json.dumps(told) if asked.json else "\n".join(f"{name:36} {value}" for name, value in told.items()))
    sys.exit(0 if told["within it"] else 1)


def measured(var: Path, pictures: int, seconds: float) -> dict[str, Any]:
    var.mkdir(exist_ok=True)
    brief = furnish(var, BRIEF)
    hang(brief, pictures)
    from django.test import Client

    client = Client()
    client.force_login(brief.owner, backend="django.contrib.auth.backends.ModelBackend")
    (var / "run").mkdir(exist_ok=True)
    port = free_port()
    with running(web_process(port)):
        wait_for(f"http://127.0.0.1:{port}/health")
        return watched(f"http://127.0.0.1:{port}", f"/briefs/{brief.pk}", client.cookies["sessionid"].value, seconds)


def hang(brief: Any, pictures: int) -> None:
    """Give the brief so many finished jobs, each with a painted picture."""
    from django.core.files.base import ContentFile
    from django.core.files.storage import default_storage
    from django.utils import timezone

    from generation.models import Asset, Job, Status, Variant

    Variant.objects.filter(brief=brief).delete()
    now = timezone.now()
    for number in range(1, -(-pictures // len(SIZES)) + 1):
        variant = Variant.objects.create(brief=brief, number=number)
        for width, height in SIZES[: pictures - (number - 1) * len(SIZES)]:
            job = Job.objects.create(
                variant=variant,
                width=width,
                height=height,
                status=Status.FINISHED,
                started_at=now,
                ended_at=now,
                told_at=now,
            )
            name = default_storage.save(f"assets/bench/{job.pk}.jpg", ContentFile(painted(width, height, job.pk)))
            Asset.objects.create(
                job=job, file=f"assets/bench/{job.pk}.png", thumbnail=name, sha256=f"{job.pk:064d}", width=width,
                height=height, seed=1, verdict="pass", made="rendered", design={"layers": []}, recipe={}, report={},
                timings={},
            )  # fmt: skip


def painted(width: int, height: int, seed: int) -> bytes:
    """A thumbnail as a worker writes it: JPEG of at most 1000 px, quality 88; between 40 and 150 KB for a poster."""
    import numpy as np
    from PIL import Image, ImageDraw

    rng = np.random.default_rng(seed)
    scale = min(1.0, 1000 / max(width, height))
    w, h = round(width * scale), round(height * scale)
    a, b = rng.integers(90, 256, (2, 3))
    t = np.linspace(0, 1, h)[:, None, None]
    ground = (a * (1 - t) + b * t + rng.normal(0, 3, (h, w, 3))).clip(0, 255).astype(np.uint8)
    image = Image.fromarray(ground)
    draw = ImageDraw.Draw(image)
    for _ in range(14):
        x, y, r = rng.integers(0, w), rng.integers(0, h), int(rng.integers(5, max(6, min(w, h) // 4)))
        draw.ellipse(
            [float(v) for v in (x - r, y - r, x + r, y + r)], fill=tuple(int(c) for c in rng.integers(0, 256, 3))
        )
    out = io.BytesIO()
    image.save(out, "JPEG", quality=88)
    return out.getvalue()


def watched(address: str, page_path: str, cookie: str, seconds: float) -> dict[str, Any]:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        arguments = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=arguments)
        context = browser.new_context(base_url=address, viewport={"width": 1440, "height": 900})
        context.add_cookies([{"name": "sessionid", "value": cookie, "url": address}])
        page = context.new_page()
        session = context.new_cdp_session(page)
        session.send("Network.enable")
        weights: dict[str, float] = {}
        kinds: dict[str, str] = {}
        session.on("Network.responseReceived", lambda event: kinds.update({event["requestId"]: event["type"]}))

        def arrived(event: dict[str, Any]) -> None:
            kind = kinds.get(event["requestId"], "Other")
            weights[kind] = weights.get(kind, 0.0) + event["encodedDataLength"] / 1000

        session.on("Network.loadingFinished", arrived)
        page.goto(page_path, wait_until="load")
        page.wait_for_timeout(1500)
        beside = sum(kb for kind, kb in weights.items() if kind != "Image")
        by_kind = {kind: round(kb, 1) for kind, kb in sorted(weights.items()) if kind != "Image"}
        paint = page.evaluate("performance.getEntriesByName('first-contentful-paint')[0]?.startTime")
        runs = [scrolled(page, session, browser.new_browser_cdp_session(), seconds) for _ in range(3)]
        tiles = page.locator(".tile").count()
        browser.close()
    return {
        "pictures": tiles,
        "first contentful paint, ms": round(paint or 0),
        "page beside pictures, KB": round(beside, 1),
        "of it": by_kind,
        **{name: [run[name] for run in runs] for name in runs[0]},
        "within it": statistics.median(run["frames a second"] for run in runs) >= FRAMES and beside <= KILOBYTES,
    }


def scrolled(page: Any, session: Any, tracer: Any, seconds: float) -> dict[str, Any]:
    """What Chromium says of itself while the wall is scrolled from its top."""
    page.evaluate("scrollTo(0, 0)")
    page.wait_for_timeout(500)
    height = page.evaluate("document.documentElement.scrollHeight - innerHeight")
    gesture = {
        "x": 700,
        "y": 450,
        "yDistance": -min(height, SPEED * seconds),
        "speed": SPEED,
        "gestureSourceType": "mouse",
    }
    events: list[dict[str, Any]] = []
    over: list[Any] = []
    tracer.on("Tracing.dataCollected", lambda told: events.extend(told["value"]))
    tracer.on("Tracing.tracingComplete", lambda said: over.append(said))
    asked = {"traceConfig": {"includedCategories": list(TRACED)}, "transferMode": "ReportEvents"}
    tracer.send("Tracing.start", asked)
    session.send("Input.synthesizeScrollGesture", gesture)
    tracer.send("Tracing.end")
    while not over:
        page.wait_for_timeout(100)
    return figures(events)


def figures(events: list[dict[str, Any]]) -> dict[str, Any]:
    """Frames and work of a trace (times in microseconds; `tdur` is the processor's)."""
    threads = {(e["pid"], e["tid"]): e["args"]["name"] for e in events if e.get("name") == "thread_name"}
    drawn = sorted(e["ts"] for e in events if e.get("name") == DRAWN and e.get("ph") == "X")
    own = sum(e.get("name") == OWN and e.get("ph") == "X" for e in events)
    work: dict[str, float] = defaultdict(float)
    for each in events:
        if each.get("name") in TASKS and each.get("ph") == "X":
            work[threads.get((each["pid"], each["tid"]), "?")] += each.get("tdur", 0) / 1000
    busiest = max(work, key=lambda name: work[name])
    gaps = sorted(after - before for before, after in pairwise(drawn))
    seconds = (drawn[-1] - drawn[0]) / 1e6
    return {
        "frames a second": round(len(gaps) / seconds, 1),
        "with the page's own thread": round(own / seconds, 1),
        "95th percentile of a frame, ms": round(gaps[int(len(gaps) * 0.95)] / 1000, 1),
        "processor ms a frame, all threads": round(sum(work.values()) / len(drawn), 1),
        "of it the busiest thread": f"{busiest} {work[busiest] / len(drawn):.1f}",
    }


if __name__ == "__main__":
    main()
