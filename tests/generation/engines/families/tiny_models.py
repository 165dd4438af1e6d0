"""One tiny pipeline of every family: stock classes, random weights drawn from a seed, a second to build each.

Dimensions are the smallest that each class accepts; nothing is fetched and nothing is mocked.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import torch

from generation.engines.families import BY_SLUG, resolve
from tests.generation.engines.families.tiny_transformers import flux1, flux2, qwen_image, sana, sd3, z_image
from tests.generation.engines.families.tiny_unets import kolors, sd15, sdxl

AREA = 128 * 128

BUILDERS: dict[str, Callable[[], dict[str, Any]]] = {
    "sd15": sd15,
    "sdxl": sdxl,
    "sd3": sd3,
    "flux1": flux1,
    "flux2": flux2,
    "qwen-image": qwen_image,
    "z-image": z_image,
    "sana": sana,
    "kolors": kolors,
}


def build(slug: str, seed: int = 0, control: bool = True) -> Any:
    """The family's pipeline, with its ControlNet where it has one and `control` is true."""
    family = BY_SLUG[slug]
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(seed)
        parts = BUILDERS[slug]()
    for part in parts.values():
        if isinstance(part, torch.nn.Module):
            part.eval()  # T5 drops some of its states while it trains
    steered = control and bool(family.control)
    if not steered:
        parts.pop("controlnet", None)
    pipe = resolve(family.control if steered else family.pipelines[-1])(**parts)
    pipe.set_progress_bar_config(disable=True)
    return pipe


def save(slug: str, folder: Path, seed: int = 0, control: bool = True) -> Path:
    """As a diffusers folder; its card only says that it is small."""
    build(slug, seed, control).save_pretrained(folder, safe_serialization=True)
    (folder / "vermilion.json").write_text(json.dumps({"name": f"tiny-{slug}", "area": AREA, "least_area": AREA}))
    return folder
