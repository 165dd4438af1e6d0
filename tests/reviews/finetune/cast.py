"""A tiny engine to train on, and pictures that differ from their blockouts by a tint."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

from generation.engines.diffusers_engine import DiffusersEngine
from reviews.finetune.config import Config
from reviews.finetune.measuring import Measurer
from reviews.finetune.sets import Example, Pair, TrainingSet
from tests.generation.engines import tiny
from tests.generation.engines.families.tiny_parts import room

SIDE = 64


@cache
def folder() -> Path:
    return tiny.save_tiny(room() / "finetune", {"name": "tiny", "control": "dense", "strength": 0.5, "threads": 1})


def measurer(config: Config, source: Path | None = None) -> Measurer:
    return Measurer(DiffusersEngine(source or folder(), device="cpu"), config)


def config(method: str = "sft", **changes: Any) -> Config:
    small: dict[str, Any] = {
        "steps": 6,
        "batch": 2,
        "rank": 2,
        "lr": 1e-2,
        "warmup": 2,
        "area": SIDE * SIDE,
        "beta": 50.0,
    }
    every = {"checkpoint_every": 2, "validate_every": 3, "sample_every": 0, "validation": 2}
    return Config(method=method, **(small | every | changes))


def example(number: int, tint: tuple[float, float, float] = (1.0, 0.6, 0.6), desirable: bool = True) -> Example:
    scene = tiny.scene(SIDE, SIDE)
    target = np.clip(scene.rgb * np.array(tint), 0, 255).astype(np.uint8)
    return Example(f"{number:04d}", target, scene, "gift box, gold", desirable=desirable)


def some(method: str = "sft", count: int = 4) -> TrainingSet:
    if method == "dpo":
        pairs = [Pair(example(i), example(i + 50, (0.6, 0.6, 1.0))) for i in range(count)]
        return TrainingSet("set", pairs[1:], pairs[:1])
    if method == "kto":
        liked = [example(i) for i in range(count)]
        disliked = [example(i + 50, (0.6, 0.6, 1.0), False) for i in range(count)]
        return TrainingSet("set", [*liked[1:], *disliked[1:]], [liked[0], disliked[0]])
    singles = [example(i) for i in range(count)]
    return TrainingSet("set", singles[1:], singles[:1])
