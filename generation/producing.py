"""A brief becomes a folder of assets, in this process, without a broker or a database.

Each asset is four files (PNG, Design, recipe, preflight report); `manifest.json` is written last, so a folder with a manifest
is whole. A file appears under its name only when it is complete.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from brand_styles.style import BrandStyle
from generation.engines import batching
from generation.errors import CopyDoesNotFit, PermanentError
from generation.laying import lay_out
from generation.pipeline import NO_FILES, MadeAsset, OnProgress, Preview, StyleFiles, Task, make_assets
from generation.planning.brief import Brief
from generation.planning.evidence import Proof
from generation.planning.planner import plan
from generation.rewriting import with_lawful_copy
from generation.types import Json, Layout

if TYPE_CHECKING:
    from generation.engines.base import Engine
    from generation.planning.llm import ChatModel

# asset done so far, assets in all, what is being done now, its share done 0..1
Watch = Callable[[int, int, str, float], None]
STAGE_SHARES = {"layout": 0.02, "blockout": 0.33, "diffusion": 0.35, "composite": 0.15, "preflight": 0.15}


@dataclass(frozen=True)
class Production:
    """Everything decided before the first picture: tasks and their layouts, variant by variant."""

    brief: Brief
    tasks: tuple[Task, ...]
    layouts: tuple[Layout, ...]
    evidence: tuple[Proof, ...] = ()

    def batches(self, gathered: bool = False) -> list[list[int]]:
        """Which tasks are made together, by their places in `tasks`. Fixed by the brief, so that the bytes are too.

        One batch a variant, its formats in the brief's order; or, `gathered`, canvases that the model sees at one size.
        """
        if gathered:
            return batching.gathered([(task.format.width, task.format.height) for task in self.tasks])
        batches: dict[int, list[int]] = {}
        for i, task in enumerate(self.tasks):
            batches.setdefault(task.plan.variant, []).append(i)
        return [batches[v] for v in sorted(batches)]


def prepare(
    brief: Brief,
    brand: BrandStyle,
    product: NDArray[np.uint8] | None = None,
    llm: ChatModel | None = None,
    evidence: tuple[Proof, ...] = (),
    files: StyleFiles = NO_FILES,
) -> Production:
    """Plan every variant and lay out every canvas. DoesNotFit lists all lines that can't be set, before any picture is made."""
    plans = [plan(brief, brand, variant=v, llm=llm, product=product) for v in range(1, brief.variants + 1)]
    tasks = [with_lawful_copy(Task(p, fmt, brand, product, files)) for p in plans for fmt in brief.canvases]
    layouts, misfits = [], []
    for task in tasks:
        try:
            layouts.append(lay_out(task))
        except CopyDoesNotFit as misfit:
            misfits.append(misfit)
    if misfits:
        raise DoesNotFit(misfits)
    return Production(brief, tuple(tasks), tuple(layouts), evidence)


class DoesNotFit(PermanentError):
    """Some lines can't be set in some formats; one sentence each."""

    def __init__(self, misfits: Sequence[CopyDoesNotFit]) -> None:
        told = {m.words.en: m for m in misfits}  # variants repeat the same sentence
        self.misfits = tuple(told.values())
        super().__init__(
            "\n".join(m.words.en for m in self.misfits), "\n".join(m.words.zh for m in self.misfits), field="copy"
        )


def produce(production: Production, engine: Engine, out: Path, watch: Watch) -> Json:
    """Make every asset and write the folder. Returns the manifest. OSError (disk full …) passes through, nothing half-named."""
    out.mkdir(parents=True, exist_ok=True)
    (out / "manifest.json").unlink(missing_ok=True)
    entries: dict[int, Json] = {}
    total = len(production.tasks)
    for batch in production.batches(gathered=getattr(engine, "gathers", False)):
        tasks, layouts = [production.tasks[i] for i in batch], [production.layouts[i] for i in batch]
        made = make_assets(tasks, engine, _watcher(len(entries), total, len(batch), watch), layouts)
        entries |= {i: write_asset(asset, out) for i, asset in zip(batch, made, strict=True)}
        watch(len(entries), total, "written", 1.0)
    manifest = {
        "brief": production.brief.model_dump(mode="json", by_alias=True, exclude_none=True),
        "assets": [entries[i] for i in range(total)],
    }
    if production.evidence:
        manifest["evidence"] = [proof.entry() for proof in production.evidence]
    write_whole(out / "manifest.json", as_json(manifest))
    return manifest


def _watcher(before: int, total: int, batch: int, watch: Watch) -> OnProgress:
    """Stage progress of one batch as a share of the whole production."""
    stages = list(STAGE_SHARES)

    def on_progress(stage: str, done: int, of: int, preview: Preview) -> None:
        share = sum(STAGE_SHARES[s] for s in stages[: stages.index(stage)]) + STAGE_SHARES[stage] * done / max(of, 1)
        watch(before, total, stage, (before + batch * share) / max(total, 1))

    return on_progress


def write_asset(asset: MadeAsset, out: Path) -> Json:
    """Write one asset's four files; its entry in the manifest, paths relative to the folder."""
    id = asset.task.id
    files = {
        "file": (f"{id}.png", asset.png),
        "design": (f"{id}.design.json", asset.design.model_dump_json(indent=1).encode()),
        "recipe": (f"{id}.recipe.json", as_json(asset.recipe)),
        "preflight": (f"{id}.preflight.json", asset.report.model_dump_json(indent=1).encode()),
    }
    for name, content in files.values():
        write_whole(out / name, content)
    return {
        "id": id,
        "format": asset.task.format.name,
        "width": asset.task.format.width,
        "height": asset.task.format.height,
        "variant": asset.task.plan.variant,
        "seed": asset.task.plan.seed,
        **{key: name for key, (name, _) in files.items()},
        "verdict": asset.report.verdict,
        "made": asset.made,
        "timings": {stage: round(seconds, 3) for stage, seconds in asset.timings.items()},
    }


def as_json(value: Json) -> bytes:
    return json.dumps(value, ensure_ascii=False, indent=1, default=str).encode()


def write_whole(path: Path, content: bytes) -> None:
    """Write to a neighbour and rename, so that the name never shows half a file."""
    partial = path.with_name(f".{path.name}.{os.getpid()}.partial")
    try:
        with partial.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        partial.replace(path)
    finally:
        partial.unlink(missing_ok=True)
