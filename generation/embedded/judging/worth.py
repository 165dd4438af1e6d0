"""What the model is worth: planned scenes at full size, shipped picture against blockout, measured and as blind pairs.

The scenes are the planner's own here, since what is asked is what a person would get: a hero of the catalogue in turn, every
mood, three formats. No type is set on them.
"""

from __future__ import annotations

import json
import random
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from generation.embedded.judging import arms, blind
from generation.embedded.judging.figures import mean_figure
from generation.embedded.judging.statistics import Figure, median_of, resampled
from generation.embedded.judging.structure import inside, ms_ssim

if TYPE_CHECKING:
    from generation.embedded.judging.arms import Studio
    from generation.pipeline import Task

SIZES = ((1080, 1080), (1080, 1920), (1200, 628))
MOODS = ("lively", "elegant", "fresh", "luxury", "calm", "playful", "tech", "warm")
HEADLINES = ("夏日新品", "会员好礼", "安心每一天", "Made for mornings", "Save a little more", "A gift for you")


@dataclass(frozen=True)
class Shown:
    """A planned scene: the shipped picture and its blockout, uint8 (H, W, 3), and what measuring needs."""

    shipped: NDArray[np.uint8]
    blockout: NDArray[np.uint8]
    page: dict[str, Any]


def make_pairs(studio: Studio, count: int) -> int:
    """Pairs 1 to count that are not there yet, each measured and laid side by side. Returns how many there are."""
    arms.sign(studio)
    for number in range(1, count + 1):
        if studio.until():
            break
        if _page(studio.work, number).exists():
            continue
        shown = shown_for(studio, number)
        model_side = blind.side_of(studio.first_seed, number)
        sides = (shown.shipped, shown.blockout) if model_side == "left" else (shown.blockout, shown.shipped)
        blind.write_pair(studio.work / "blind" / f"{number:03d}.jpg", *sides)
        arms.write_json(_page(studio.work, number), shown.page | {"model": model_side})
        studio.tell(f"pairs: {number} of {count}")
    arms.keep_seconds(studio)
    done = sorted((studio.work / "worth").glob("*.json"))
    arms.write_json(studio.work / "blind-key.json", {p.stem: json.loads(p.read_text("utf-8"))["model"] for p in done})
    return len(done)


def shown_for(studio: Studio, number: int) -> Shown:
    from generation.control.maps import blockout
    from generation.laying import lay_out
    from generation.pipeline import request_for

    task = task_for(studio.first_seed, number)
    layout = lay_out(task)
    drawn = blockout(task.plan.scene, layout)
    request = request_for(task.plan, layout, drawn)
    pictures = []

    def ship() -> list[NDArray[np.uint8]]:
        pictures.extend(studio.engine.diffuse([request]))
        return [pictures[0].rgb]

    shipped = studio.timed("full size", ship)[0]
    zones = inside(layout.text_zones, drawn.width, drawn.height)
    page = {
        "size": task.format.name,
        "hero": next((o.kind for o in task.plan.scene.objects if o.id == task.plan.scene.subject_id), None),
        "mood": task.plan.mood,
        "made": pictures[0].made,
        "why": str(pictures[0].why_rendered or ""),
        "inside": ms_ssim(shipped, drawn.rgb, zones),
        "outside": ms_ssim(shipped, drawn.rgb, ~zones),
    }
    return Shown(shipped, drawn.rgb, page)


def task_for(seed: int, number: int) -> Task:
    """The planned brief of a pair."""
    from brand_styles import sample
    from generation.embedded.judging.examples import hero_kinds
    from generation.pipeline import Task
    from generation.planning.brief import Brief
    from generation.planning.planner import plan
    from generation.types import Format

    chance = random.Random(f"{seed}/{number}")
    brand = sample.demo()
    brief = Brief.model_validate(
        {
            "version": 1,
            "brand": "demo",
            "subject": {"concept": chance.choice(hero_kinds())},
            "mood": MOODS[number % len(MOODS)],
            "copy": {"headline": chance.choice(HEADLINES)},
            "formats": ["1080x1080"],
            "seed": chance.randrange(1 << 20),
        }
    )
    width, height = SIZES[number % len(SIZES)]
    return Task(plan(brief, brand, variant=1 + number % 4), Format(width=width, height=height), brand)


def worth_rows(work: Path) -> dict[str, Figure]:
    """Structural similarity of shipped picture and blockout, over all pairs made."""
    kept = [json.loads(p.read_text("utf-8")) for p in sorted((work / "worth").glob("*.json"))]
    if not kept:
        return {}
    return {
        "MS-SSIM of shipped picture and blockout outside text zones": resampled(
            np.array([k["outside"] for k in kept]), median_of
        ),
        "MS-SSIM of shipped picture and blockout inside text zones": resampled(
            np.array([k["inside"] for k in kept]), median_of
        ),
        "share of pictures that the engine shipped as diffused": mean_figure(
            [float(k["made"] == "diffused") for k in kept]
        ),
    }


def _page(work: Path, number: int) -> Path:
    return work / "worth" / f"{number:03d}.json"
