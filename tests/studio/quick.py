"""A quick pipeline for tests of the studio around it: every stage reports, the picture is two gradients and the copy's boxes.

What the real stages draw is tested in tests/generation. Here only the signature is theirs: frozen task in, MadeAsset out.
"""

import io
import os
import time

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from brand_styles.words import Words
from generation.compositing.design import Design, PanelLayer, PictureLayer
from generation.layout.geometry import Rect
from generation.pipeline import STAGES, MadeAsset, OnProgress, Task
from generation.recipe import origin_of
from generation.types import Finding, Format, Layout, Report

PAUSE = float(os.environ.get("QUICK_PAUSE", "0"))  # seconds each step takes
STEPS = 4


class NoEngine:
    name = "quick"
    weights_hash = "0" * 16


def make_asset(task: Task, engine: object, on_progress: OnProgress, layout: Layout | None = None) -> MadeAsset:
    rgb = picture(task.format, task.plan.seed + task.plan.variant)
    for stage in STAGES:
        steps = STEPS if stage == "diffusion" else 1
        for step in range(steps):
            time.sleep(PAUSE)
            on_progress(stage, step + 1, steps, rgb[::4, ::4] if stage == "diffusion" else None)
    out = io.BytesIO()
    Image.fromarray(rgb).save(out, "PNG")
    design = design_of(task)
    recipe = {
        "brand": design.brand,
        "seed": task.plan.seed,
        "model": {"name": "quick", "weights": "0" * 16, "prompt": task.plan.prompt},
    }
    recipe |= {
        "planned_by": task.plan.planned_by,
        "rules": "none",
        "decisions": [r.model_dump() for r in task.plan.reasons],
        "layout": lay_out(task).model_dump(mode="json"),
        **origin_of(task),
    }
    return MadeAsset(
        task, out.getvalue(), rgb, design, lay_out(task), recipe, report_of(design), "rendered", {"blockout": 0.1}
    )


def lay_out(task: Task) -> Layout:
    return Layout(format=task.format, items=())


def picture(fmt: Format, seed: int) -> NDArray[np.uint8]:
    """A gradient between two colours of the seed, with a disc where a subject would stand."""
    a, b = np.random.default_rng(seed).integers(60, 256, (2, 3))
    y, x = np.mgrid[0 : fmt.height, 0 : fmt.width]
    t = ((x / fmt.width + y / fmt.height) / 2)[..., None]
    ground = a * (1 - t) + b * t
    disc = np.hypot(x - fmt.width * 0.6, y - fmt.height * 0.6) < fmt.short * 0.3
    ground[disc] = 255 - ground[disc] * 0.4
    painted: NDArray[np.uint8] = ground.astype(np.uint8)
    return painted


def design_of(task: Task) -> Design:
    fmt = task.format
    line = Rect(fmt.width * 0.08, fmt.height * 0.1, fmt.width * 0.6, fmt.height * 0.22)
    whole = Rect(0, 0, fmt.width, fmt.height)
    return Design(
        width=fmt.width,
        height=fmt.height,
        brand=f"{task.brand.slug}@{task.brand.version}",
        market=task.plan.market,
        language=task.plan.language,
        layers=(
            PictureLayer(id="scene", role="ground", box=whole, source="scene"),
            PanelLayer(id="panel", role="underlay", box=line, color="#FFFFFF"),
        ),
    )


def report_of(design: Design) -> Report:
    panel = design.layer("panel")
    words = Words(en="The panel is paler than its picture.", zh="底板比画面更浅。")
    finding = Finding(
        code="contrast", severity="warn", words=words, layer=panel.id, box=panel.box, measured=4.2, limit=4.5
    )
    return Report(verdict="pass", findings=(finding,), checks=("contrast", "boxes"))


def install() -> None:
    """Put the quick pipeline in the real one's place, in this process."""
    from generation import laying, pipeline, warming
    from generation.engines import loading

    pipeline.make_asset = make_asset  # type: ignore[assignment]
    laying.lay_out = lay_out
    loading.default_engine = NoEngine  # type: ignore[assignment]
    warming.warm_up = lambda: time.sleep(PAUSE)
