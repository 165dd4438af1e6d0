"""A real asset to edit, made in seconds: planner, solver, dressing and preflight are the real ones, the scene is a gradient."""

import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from generation import jobs, rendering, services
from generation.compositing.design import Design
from generation.laying import lay_out
from generation.models import Asset, Job
from generation.pipeline import MadeAsset, OnProgress, Task, copy_findings
from generation.recipe import origin_of
from generation.tasking import task_of
from generation.types import Layout, Reason, Report

BRIEF = """\
version: 1
brand: demo
prompt: 会员日营销，红包金币，热闹喜庆
campaign: autumn
copy:
  headline: 会员狂欢日
  subline: 好礼相送
  price: ¥50
  cta: 立即参与
  legal: [活动时间：6月18日至6月20日，详见活动页面。]
formats: [600x600, 728x90]
seed: 7
"""


def scene(width: int, height: int) -> NDArray[np.uint8]:
    """Red, deeper towards the bottom, with a pale disc at the right."""
    y, x = np.mgrid[0:height, 0:width]
    ground = np.array([196, 40, 30]) * (1 - 0.35 * y / height)[..., None]
    disc = np.hypot(x - width * 0.76, y - height * 0.55) < min(width, height) * 0.18
    ground[disc] = (240, 205, 140)
    painted: NDArray[np.uint8] = ground.astype(np.uint8)
    return painted


@dataclass(frozen=True)
class Drawn:
    """What takes the time of an asset."""

    layout: Layout
    picture: NDArray[np.uint8]
    design: Design
    reasons: Sequence[Reason]
    rgb: NDArray[np.uint8]
    png: bytes
    report: Report


KEPT = 16
_DRAWN: dict[str, Drawn] = {}  # by all that it follows from: most tests begin with the same two pictures


def drawn(task: Task, layout: Layout | None) -> Drawn:
    if task.base is not None or task.product is not None:
        return _drawn(task, layout)
    parts = (task.plan, task.format, task.brand, layout)
    key = "\n".join(part.model_dump_json() if part else "" for part in parts) + repr(task.mended)
    if key not in _DRAWN:
        if len(_DRAWN) == KEPT:
            _DRAWN.clear()
        _DRAWN[key] = _drawn(task, layout)
    return _DRAWN[key]


def _drawn(task: Task, layout: Layout | None) -> Drawn:
    from generation.compositing.compose import compose, png_bytes
    from generation.compositing.dress import dress
    from generation.preflight.runner import check

    placed = layout or lay_out(task)
    picture = scene(task.format.width, task.format.height)
    design, reasons = dress(task.plan, placed, picture, task.brand, light=(0.6, 0.8))
    rgb = compose(design, {"scene": picture}, task.brand)
    report = check(design, rgb, placed, task.brand, copy_findings=copy_findings(task))
    for shared in (picture, rgb):
        shared.setflags(write=False)
    return Drawn(placed, picture, design, reasons, rgb, png_bytes(rgb), report)


def make_asset(task: Task, engine: object, on_progress: OnProgress, layout: Layout | None = None) -> MadeAsset:
    found = drawn(task, layout)
    recipe = {
        "brand": found.design.brand,
        "seed": task.plan.seed,
        "layout": found.layout.model_dump(mode="json"),
        "model": {"name": "gradient", "weights": "0" * 16, "prompt": task.plan.prompt},
        "planned_by": task.plan.planned_by,
        "rules": "none",
        "decisions": [r.model_dump() for r in found.reasons],
        **origin_of(task),
    }
    return MadeAsset(
        task,
        found.png,
        found.rgb,
        found.design,
        found.layout,
        recipe,
        found.report,
        "rendered",
        {"composite": 0.1},
        sources={"scene": found.picture},
        subject_mask=np.zeros(found.picture.shape[:2], np.bool_),
    )


def make_all() -> list[Asset]:
    """Every waiting job made with the gradient, as a worker makes it; the assets in the wall's order."""
    while claim := jobs.claim_next():
        task = task_of(Job.objects.select_related("variant__brief__library").get(id=claim.job_id))
        made = make_asset(task, None, lambda *_: None)
        services.save_asset(claim, made, rendering.as_jpeg(made.rgb, 400))
    return list(Asset.objects.order_by("job_id"))


@contextmanager
def bench_at(settings: Any, folder: Path) -> Iterator[None]:
    """The bench's server in a thread, at a socket of the test's."""
    from generation.editing import asking, serving

    settings.RUN_DIR = folder
    server = serving.listening(asking.socket_path())
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield
    finally:
        server.shutdown()
        server.server_close()


def pixels(asset: Asset) -> NDArray[np.uint8]:
    from django.core.files.storage import default_storage

    with default_storage.open(asset.file) as file, Image.open(file) as image:
        return np.asarray(image.convert("RGB"))
