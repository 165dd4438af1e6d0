"""Pictures for simulated reviewers: planned briefs through the whole pipeline at small size, made once and kept in a folder.

Resumable: each picture is a PNG and a JSON (recipe, report, made) of its own, and what is there isn't made again.
"""

from __future__ import annotations

import json
import random
import time
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image

if TYPE_CHECKING:
    from generation.pipeline import Task

VARIANTS = 4
SIZES = ((256, 256), (208, 288), (320, 200))
MOODS = ("lively", "elegant", "fresh", "luxury", "calm", "playful", "tech", "warm")
COPY = (
    ("夏日新品", "立即参与"), ("会员好礼", "马上领取"), ("安心每一天", ""), ("把日子过成喜欢的样子", "去看看"),
    ("Made for mornings", "Shop now"), ("Save a little more", ""), ("A gift for you", "Join today"),
)  # fmt: skip


@dataclass(frozen=True)
class Made:
    """One picture of the pool. `brief` numbers from 0; `recipe`, `report`: as an asset keeps them."""

    brief: int
    variant: int
    brand: str
    rgb: NDArray[np.uint8]
    recipe: dict[str, Any]
    report: dict[str, Any]
    made: str


def make_pool(folder: Path, briefs: int, until: float) -> int:
    """Make what is missing of `briefs` × VARIANTS pictures before the clock (time.monotonic) says `until`. How many there are then."""
    folder.mkdir(parents=True, exist_ok=True)
    missing = [(n, v) for n in range(briefs) for v in range(1, VARIANTS + 1) if not _page(folder, n, v).exists()]
    engine = None
    for n, variant in missing:
        if time.monotonic() > until:
            break
        if engine is None:
            from generation.engines.loading import default_engine

            engine = default_engine()
        _make(folder, n, variant, engine)
    return briefs * VARIANTS - len([1 for n, v in missing if not _page(folder, n, v).exists()])


def read_pool(folder: Path, but: Collection[str] = ()) -> Iterator[Made]:
    """Everything that is there, in order, but what is named; what could not be made is left out."""
    for page in sorted(page for page in folder.glob("*.json") if page.stem not in but):
        kept = json.loads(page.read_text("utf-8"))
        if kept:
            rgb = np.asarray(Image.open(page.with_suffix(".png")).convert("RGB"))
            yield Made(kept["brief"], kept["variant"], kept["brand"], rgb, kept["recipe"], kept["report"], kept["made"])


def task_for(number: int, variant: int) -> Task:
    """The planned brief of that number; brands, sizes, moods and heroes take turns."""
    from brand_styles import sample
    from generation.embedded.judging.examples import hero_kinds
    from generation.pipeline import Task
    from generation.planning.brief import Brief
    from generation.planning.planner import plan
    from generation.types import Format

    chance = random.Random(f"taste/{number}")
    brand = sample.demo() if number % 3 else sample.larkmoor()
    headline, cta = chance.choice([pair for pair in COPY if pair[0].isascii() == (brand.market != "cn")])
    width, height = SIZES[chance.randrange(len(SIZES))]
    brief = Brief.model_validate(
        {
            "version": 1,
            "brand": brand.slug,
            "subject": {"concept": chance.choice(hero_kinds())},
            "mood": chance.choice(MOODS),
            "copy": {"headline": headline} | ({"cta": cta} if cta else {}),
            "formats": [f"{width}x{height}"],
            "seed": chance.randrange(1 << 20),
        }
    )
    return Task(plan(brief, brand, variant=variant), Format(width=width, height=height), brand)


def _make(folder: Path, number: int, variant: int, engine: Any) -> None:
    from generation.errors import GenerationError
    from generation.pipeline import make_asset

    page = _page(folder, number, variant)
    kept: dict[str, Any] = {}
    try:
        task = task_for(number, variant)
        made = make_asset(task, engine)
        page.with_suffix(".png").write_bytes(made.png)
        kept = {"brief": number, "variant": variant, "brand": task.brand.slug, "made": made.made}
        kept |= {"recipe": made.recipe, "report": made.report.model_dump(mode="json")}
    except GenerationError as error:  # this brief can't be set so small: an empty page, so that it isn't tried again
        print(f"brief {number}, variant {variant}: {error}")
    draft = page.with_suffix(".part")
    draft.write_text(json.dumps(kept), "utf-8")
    draft.replace(page)


def _page(folder: Path, number: int, variant: int) -> Path:
    return folder / f"{number:04d}-{variant}.json"
