"""The engines of the tests: one warm tiny engine of each family, made once in a run."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from generation.engines.base import PictureRequest
from generation.engines.diffusers_engine import DiffusersEngine
from generation.engines.families import FAMILIES
from generation.engines.loading import Options
from tests.generation.engines import tiny
from tests.generation.engines.families.tiny_models import save
from tests.generation.engines.families.tiny_parts import room

SLUGS = [family.slug for family in FAMILIES]
STEERED = [family.slug for family in FAMILIES if family.control]
SIDE = 128

_FAST = ("sd15", "flux1")  # one of each kind; `make test-slow` runs the others through the longer tests


def some_fast(slugs: Sequence[str]) -> list[Any]:
    """The families as parameters, all but two marked slow."""
    return [pytest.param(s, marks=() if s in _FAST else pytest.mark.slow) for s in slugs]


@cache
def folder(slug: str) -> Path:
    return save(slug, room() / slug)


@cache
def engine(slug: str) -> DiffusersEngine:
    return DiffusersEngine(folder(slug), device="cpu")


def unsteered(slug: str) -> DiffusersEngine:
    """The same weights with the blockout leading in place of a ControlNet."""
    return DiffusersEngine(folder(slug), "none", device="cpu", options=Options(refine=0.0))


def request(width: int = SIDE, height: int = SIDE, **changes: object) -> PictureRequest:
    return tiny.request(width, height, **({"num_inference_steps": 3, "strength": 1.0} | changes))


def pixels(picture: Any) -> np.ndarray:
    return np.asarray(picture.rgb, dtype=np.int32)


def apart(a: Any, b: Any) -> float:
    """Mean difference of two pictures, of 255."""
    return float(np.abs(pixels(a) - pixels(b)).mean())
