"""The compositor to a PNG on disk, against warm headless Chromium loading and drawing the same Design as HTML.

    python bench/bench_compose.py [--runs 50] [--only 1080x1080] [--json]

Runs alternate between the two, so that other load on the machine meets both alike. Prints medians, the ratio of times
(limit: at least 6) and of file sizes (limit: at most 1.15) for each Design, and both ratios' medians over all. Processor seconds
of both, Chromium's processes together, stand beside: they say more than the clock on a busy machine.
"""

from __future__ import annotations

import argparse
import json
import shutil
import statistics
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import numpy as np
import psutil  # type: ignore[import-untyped]
from numpy.typing import NDArray

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from brand_styles.style import BrandStyle, Logo  # noqa: E402
from brand_styles.words import Words  # noqa: E402
from generation.compositing.compose import compose, png_bytes  # noqa: E402
from generation.compositing.design import (  # noqa: E402
    AnyLayer,
    Design,
    LogoLayer,
    PanelLayer,
    PictureLayer,
    PriceLayer,
    ScrimLayer,
    Shadow,
    TextLayer,
    Treatment,
)
from generation.compositing.html import html_page  # noqa: E402
from generation.layout.geometry import Rect  # noqa: E402
from generation.types import Role, TypeStyle  # noqa: E402
from generation.typography.fitting import line_sets, price_box_em  # noqa: E402

SPEED, SIZE = 6.0, 1.15
SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 200 60"><circle cx="30" cy="30" r="26" fill="#FFF"/>'
    '<rect x="70" y="18" width="120" height="24" rx="4" fill="#FFF"/></svg>'
)
CASES = (
    (1080, 1920, "metal", "#E5322B", "#A80F1B"),
    (1080, 1080, "extruded", "#F29A3C", "#C2410C"),
    (1200, 628, "outline", "#2456E6", "#0A1C6B"),
    (1242, 2208, "neon", "#3B1670", "#12052E"),
    (300, 250, "plain", "#0E7C66", "#064236"),
    (728, 90, "gradient", "#5B0F1C", "#23060C"),
)
DEEP = "#3A0508"


def brand() -> BrandStyle:
    """A brand with one white logo."""
    logo = Logo(ground="dark", svg=SVG, aspect=200 / 60)
    return BrandStyle(slug="bench", version=1, name=Words(en="Bench", zh="测试"), palette=(), logos=(logo,))


def scene(width: int, height: int, ground: str, deep: str) -> NDArray[np.uint8]:
    """A lit ground with soft lights and the fine grain of a rendered picture, uint8 (H, W, 3)."""
    numbers = np.random.default_rng(7)
    near, far = (np.array([int(c[i : i + 2], 16) for i in (1, 3, 5)], np.float32) for c in (ground, deep))
    y, x = np.mgrid[0:height, 0:width].astype(np.float32)
    short = min(width, height)
    fall = np.clip(np.hypot(x - width * 0.5, y - height * 0.4) / (0.75 * max(width, height)), 0, 1)[..., None]
    picture = near * (1 - fall) + far * fall
    for _ in range(24):
        cx, cy, radius = numbers.uniform(0, width), numbers.uniform(0, height), numbers.uniform(0.01, 0.09) * short
        picture += np.clip(1 - np.hypot(x - cx, y - cy) / radius, 0, 1)[..., None] * np.array([90, 60, 40], np.float32)
    picture += numbers.normal(0, 1.2, (height, width, 1))
    return np.asarray(np.clip(picture, 0, 255).astype(np.uint8))


def cutout(size: int = 640) -> NDArray[np.uint8]:
    """A shaded ball with alpha, uint8 (size, size, 4)."""
    y, x = np.mgrid[-1 : 1 : size * 1j, -1 : 1 : size * 1j]
    z = np.sqrt(np.clip(1 - x**2 - y**2, 0, 1))
    light = np.clip(-0.5 * x - 0.6 * y + 0.62 * z, 0, 1)
    color = np.array([250, 190, 60]) * (0.35 + 0.65 * light[..., None]) + 180 * light[..., None] ** 40
    alpha = np.clip((0.99 - np.hypot(x, y)) * size / 2, 0, 1)[..., None] * 255
    return np.asarray(np.clip(np.concatenate([color, alpha], axis=2), 0, 255).astype(np.uint8))


def text(id: str, role: Role, copy: str, center: tuple[float, float], size: float, **style: Any) -> TextLayer:
    """A text layer centred on a point, broken into `lines`."""
    treatment, weight, lines = style.get("treatment", "plain"), style.get("weight", 900), style.get("lines", 1)
    found = line_sets(copy, language="zh", face="noto-sans-sc", weight=weight, max_lines=lines)[-1]
    width, height = found.width_em * size, found.height_em(1.25) * size
    x, y = center[0] - width / 2, center[1] - height / 2
    colors = {"metal": ("#FFF3CC", "#C9962E"), "extruded": ("#7A1E06",), "outline": ("#0A1C6B", "#FF5CA8")}
    return TextLayer(
        id=id,
        role=role,
        box=Rect(x, y, x + width, y + height),
        lines=found.lines,
        language="zh",
        style=TypeStyle(face="noto-sans-sc", weight=weight, size=size, leading=1.25),
        color=style.get("color", "#FFF6E0"),
        align="center",
        treatment=Treatment(name=treatment, colors=colors.get(treatment, ())),
    )


def price(copy: str, center: tuple[float, float], size: float) -> PriceLayer:
    width, height = (v * size for v in price_box_em(copy, "zh", "noto-sans-sc", 900))
    box = Rect(center[0] - width / 2, center[1] - height / 2, center[0] + width / 2, center[1] + height / 2)
    style = TypeStyle(face="noto-sans-sc", weight=900, size=size)
    return PriceLayer(id="price", role="price", box=box, text=copy, language="zh", style=style, color="#FFE9B0")


def design(width: int, height: int, treatment: str) -> Design:
    """A whole asset: scene, scrim, product, logo, headline, subline, price, badge, call to action, legal line."""
    short, wide = min(width, height), width > 1.5 * height
    strip = width > 3 * height
    layers: list[AnyLayer] = [
        PictureLayer(id="scene", role="ground", box=Rect(0, 0, width, height), source="scene"),
        ScrimLayer(id="scrim", role="decor", box=Rect(0, 0, width, height * 0.5), edge="top", color=DEEP, alpha=0.3),
        LogoLayer(
            id="logo", role="logo", box=Rect(0.06 * short, 0.05 * short, 0.3 * short, 0.12 * short), ground="dark"
        ),
    ]
    x, y = (width * 0.35, height * 0.35) if wide else (width / 2, height * 0.24 if width == height else height * 0.2)
    size = 0.36 * short if strip else (0.1 if wide else 0.115) * short
    layers.append(
        text(
            "headline", "headline", "18日会员权益日全场好礼", (x, y), size, lines=1 if strip else 2, treatment=treatment
        )
    )
    if not strip:
        layers += product(width, height, short, wide)
        layers.append(
            text("subline", "subline", "邀好友一起拆，人人有份", (x, y + 0.2 * short), 0.045 * short, weight=700)
        )
        layers.append(price("¥50", (x, y + 0.3 * short), 0.1 * short))
        note = "活动时间12月18日至20日，详情见活动页面"
        layers.append(
            text("legal", "legal", note, (width / 2, height - 0.04 * short), max(10, 0.02 * short), weight=400)
        )
    layers += button(
        (width * 0.87 if strip else x, height * (0.5 if strip else 0.87)), 0.3 * short if strip else 0.05 * short
    )
    return Design(width=width, height=height, brand="bench@1", market="cn", language="zh", layers=tuple(layers))


def product(width: int, height: int, short: int, wide: bool) -> list[AnyLayer]:
    """A cut-out with its shadows, and a badge beside it."""
    side = 0.42 * short
    x, y = (width * 0.72, height * 0.3) if wide else (width / 2 - side / 2, height * 0.56)
    cast = Shadow(dx=0.03 * short, dy=0.04 * short, blur=0.07 * short, color=DEEP, alpha=0.5)
    badge = Rect(x + side * 0.8, y - side * 0.1, x + side * 1.15, y + side * 0.25)
    return [
        PictureLayer(
            id="product",
            role="subject",
            box=Rect(x, y, x + side, y + side),
            source="product",
            shadow=cast,
            contact_shadow=Shadow(dx=0.03 * short, dy=0, blur=0.04 * short, color=DEEP),
        ),
        PanelLayer(id="burst", role="badge", box=badge, shape="burst", color="#FFD84D", shadow=cast),
        text("badge", "badge", "限时", badge.center, side * 0.11, color="#8A0A12"),
    ]


def button(center: tuple[float, float], size: float) -> list[AnyLayer]:
    label = text("cta", "cta", "立即领取", center, size, color="#8A0A12")
    shadow = Shadow(dx=0, dy=0.2 * size, blur=0.6 * size, color=DEEP, alpha=0.5)
    box = label.box.grown(1.1 * size, 0.45 * size)
    return [
        PanelLayer(id="pill", role="cta", box=box, shape="pill", color="#FFE38A", color_to="#FFB52E", shadow=shadow),
        label,
    ]


def measure(page: Any, case: tuple[int, int, str, str, str], runs: int, folder: Path) -> dict[str, Any]:
    """Seconds and bytes of both ways for one Design; medians over `runs`, after one that is not counted."""
    width, height, treatment, ground, deep = case
    drawn, sources = (
        design(width, height, treatment),
        {"scene": scene(width, height, ground, deep), "product": cutout()},
    )
    addresses = {}
    for name, pixels in sources.items():
        addresses[name] = _saved(pixels, folder / f"{width}x{height}-{name}.png")
    twin, ours, theirs = (
        folder / "twin.html",
        folder / f"{width}x{height}.png",
        folder / f"{width}x{height}-chromium.png",
    )
    twin.write_text(html_page(drawn, brand(), addresses), encoding="utf-8")
    page.set_viewport_size({"width": width, "height": height})
    times: dict[str, list[float]] = {"ours": [], "chromium": []}
    ours_spent, theirs_before = 0.0, _processor_seconds()
    for turn in range(runs + 1):
        if turn == 1:  # the first is not counted
            ours_spent, theirs_before = 0.0, _processor_seconds()
        begun, used = time.perf_counter(), time.process_time()
        ours.write_bytes(png_bytes(compose(drawn, sources, brand())))
        half = time.perf_counter()
        ours_spent += time.process_time() - used
        page.goto(twin.as_uri())
        page.evaluate("document.fonts.ready")
        page.screenshot(path=str(theirs))
        times["ours"].append(half - begun)
        times["chromium"].append(time.perf_counter() - half)
    theirs_spent = _processor_seconds() - theirs_before
    medians = {name: statistics.median(values[1:]) for name, values in times.items()}
    sizes = ours.stat().st_size, theirs.stat().st_size
    return {
        "design": f"{width}x{height} {treatment}",
        "ours_ms": medians["ours"] * 1e3,
        "chromium_ms": medians["chromium"] * 1e3,
        "speed": medians["chromium"] / medians["ours"],
        "processor": theirs_spent / ours_spent,
        "ours_bytes": sizes[0],
        "chromium_bytes": sizes[1],
        "size": sizes[0] / sizes[1],
    }


def _processor_seconds() -> float:
    """What the browser's processes have used so far, its driver's included."""
    times = (child.cpu_times() for child in psutil.Process().children(recursive=True))
    return float(sum(t.user + t.system for t in times))


def _saved(pixels: NDArray[np.uint8], path: Path) -> str:
    from PIL import Image

    Image.fromarray(pixels).save(path, compress_level=6)
    return path.as_uri()


def run(runs: int = 50, keep: Path | None = None, only: str = "") -> dict[str, Any]:
    """All cases, or the one whose size is `only`. Raises RuntimeError when this machine has no Chromium."""
    from playwright.sync_api import sync_playwright

    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    if chromium is None:
        raise RuntimeError("Chromium is not installed; install Debian's package chromium")
    with tempfile.TemporaryDirectory() as scratch, sync_playwright() as playwright:
        folder = keep or Path(scratch)
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        page = browser.new_page()
        cases = [case for case in CASES if only in ("", f"{case[0]}x{case[1]}")]
        rows = [measure(page, case, runs, folder) for case in cases]
        browser.close()
    return {
        "cases": rows,
        "speed": statistics.median(r["speed"] for r in rows),
        "size": statistics.median(r["size"] for r in rows),
        "limits": {"speed": SPEED, "size": SIZE},
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=50)
    parser.add_argument("--only", default="", help="one Design by its size: 1080x1080")
    parser.add_argument("--keep", type=Path, help="keep the pictures of both in this folder")
    parser.add_argument("--json", action="store_true", help="one line of JSON at the end")
    options = parser.parse_args()
    result = run(options.runs, options.keep, options.only)
    print(f"{'design':<22}{'ours ms':>9}{'chromium ms':>13}{'speed':>8}{'processor':>11}{'size':>7}")
    for row in result["cases"]:
        print(
            f"{row['design']:<22}{row['ours_ms']:>9.1f}{row['chromium_ms']:>13.1f}{row['speed']:>8.1f}"
            f"{row['processor']:>11.1f}{row['size']:>7.2f}"
        )
    print(
        f"median: {result['speed']:.1f} times as fast (limit {SPEED:g}), file {result['size']:.2f} of Chromium's (limit {SIZE:g})"
    )
    if options.json:
        print(json.dumps(result))


if __name__ == "__main__":
    main()
