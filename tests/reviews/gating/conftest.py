"""Versions of learners with files, as a training leaves them; past briefs; an engine that wears an adapter as a tint; a scorer of red."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from brand_styles.models import Brand
from generation.engines.base import OnStep, Picture, PictureRequest
from generation.models import Brief
from generation.planning.brief import load_brief
from generation.services import submit_brief
from reviews.models import ScorerVersion
from studio.models import User
from tests.reviews.conftest import WEIGHTS

MakeBriefs = Callable[[int], list[Brief]]

BRIEF = """\
version: 1
brand: demo
prompt: 会员日营销，红包金币，热闹喜庆
copy: {{headline: 第{number}场会员日}}
formats: [240x240]
seed: {number}
"""


class Tinting:
    """An engine that leaves scenes as they were rendered, but tinted as the adapter's file says: "r g b" factors."""

    name, weights_hash = "tinting", WEIGHTS

    def diffuse(self, requests: Sequence[PictureRequest], on_step: OnStep | None = None) -> list[Picture]:
        return [
            Picture(tinted(r.blockout.rgb, [Path(x.path).read_text() for x in r.loras]), "diffused", "t", 0.0)
            for r in requests
        ]


def tinted(rgb: Any, tints: Sequence[str]) -> Any:
    for tint in tints:
        rgb = np.clip(rgb * np.array([float(x) for x in tint.split()]), 0, 255).astype(np.uint8)
    return rgb


@pytest.fixture
def briefs(owner: User) -> MakeBriefs:
    def made(count: int) -> list[Brief]:
        sources = [BRIEF.format(number=number) for number in range(1, count + 1)]
        return [submit_brief(owner_id=owner.pk, data=load_brief(source), source=source) for source in sources]

    return made


@pytest.fixture
def engine(monkeypatch: pytest.MonkeyPatch, settings: Any, tmp_path: Path) -> Tinting:
    settings.VAR_DIR, settings.REVIEW_EMBEDDER = tmp_path / "var", "none"
    engine = Tinting()
    monkeypatch.setattr("generation.engines.loading.default_engine", lambda: engine)
    return engine


@pytest.fixture
def scorer(brand: Brand, engine: Tinting, briefs: MakeBriefs) -> ScorerVersion:
    """In use: trained on tinted pictures of the real pipeline, of which the reddish ones were called usable."""
    from generation.pipeline import make_asset
    from generation.tasking import trial_of
    from generation.types import Format
    from reviews.learning.embedding import default_embedder
    from reviews.learning.features import feature_names, features_of, names_hash
    from reviews.learning.scorer import Labels, fit, sha256_of, to_bytes
    from reviews.learning.spaces import fit_space

    rng, embedder = np.random.default_rng(5), default_embedder()
    made = [make_asset(trial_of(b, variant=1, fmt=Format(width=240, height=240), pins=()), engine) for b in briefs(3)]
    tints = rng.uniform(0.6, 1.1, (120, 3))
    palette = [s.hex for s in made[0].task.brand.palette]
    vectors = np.stack(
        [
            features_of(
                np.clip(m.rgb * t, 0, 255).astype(np.uint8),
                m.recipe,
                m.report.model_dump(mode="json"),
                m.made,
                palette,
                embedder,
            )
            for m, t in zip(made * 40, tints, strict=True)
        ]
    )
    names = names_hash(feature_names(embedder.dimension))
    labels = Labels(vectors, tints[:, 0] > tints[:, 2], np.arange(120) // 6)
    space = fit_space(vectors, len(feature_names(0)))
    data = to_bytes(fit(labels, space, names_hash=names, embedder_hash=embedder.sha256, dimensions=False))
    return ScorerVersion.objects.create(
        brand=brand,
        number=1,
        file=default_storage.save("scorers/red.safetensors", ContentFile(data)),
        sha256=sha256_of(data),
        names_hash=names,
        embedder=embedder.name,
        embedder_hash=embedder.sha256,
        rubric="r",
        labels=120,
        usable=60,
        briefs=20,
        state=ScorerVersion.State.IN_USE,
    )
