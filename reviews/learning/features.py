"""One vector for each asset: everything that is known of it in a fixed order with names, then how it looks."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from pydantic import ValidationError

from generation.layout.facts import layout_facts
from generation.scenes.facts import scene_facts
from generation.types import Format, Layout
from reviews.learning.coloring import NAMES as COLOURS
from reviews.learning.coloring import color_facts
from reviews.learning.embedding import Embedder
from reviews.learning.facts import fact_names, format_facts, preflight_facts

EMBEDDED = "look."  # what names of an embedding's numbers begin with


def feature_names(dimension: int) -> tuple[str, ...]:
    """The names of a vector's numbers, in order, where the embedding has that many."""
    colours = tuple(f"colour.{name}" for name in COLOURS)
    return (*fact_names(), *colours, *(f"{EMBEDDED}{i}" for i in range(dimension)))


def names_hash(names: Sequence[str]) -> str:
    """SHA-256 over the names in order, first 16 hex digits: vectors under another are of no use together."""
    return hashlib.sha256("\n".join(names).encode()).hexdigest()[:16]


def features_of(
    rgb: NDArray[np.uint8],
    recipe: dict[str, Any],
    report: dict[str, Any],
    made: str,
    palette: Sequence[str],
    embedder: Embedder,
) -> NDArray[np.float32]:
    """float32 (names,) of one picture, uint8 RGB (h, w, 3), with its recipe and report as an asset keeps them.

    palette: the brand's colours, "#RRGGBB". What a recipe of an older version doesn't say counts as absent; nothing is ever NaN.
    """
    height, width = rgb.shape[:2]
    facts = layout_facts(_layout(recipe, width, height)) | preflight_facts(report)
    facts |= scene_facts(recipe.get("scene", {})) | format_facts(width, height, made)
    facts |= {f"colour.{name}": value for name, value in color_facts(rgb, palette).items()}
    known = np.array([facts[name] for name in feature_names(0)], np.float32)
    vector = np.concatenate([known, embedder.embed(rgb)])
    return np.where(np.isfinite(vector), vector, np.float32(0))


def _layout(recipe: dict[str, Any], width: int, height: int) -> Layout:
    try:
        return Layout.model_validate(recipe["layout"])
    except (KeyError, ValidationError):
        return Layout(format=Format(width=width, height=height), items=())
