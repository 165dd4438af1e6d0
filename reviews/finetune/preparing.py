"""From a frozen dataset to what a run looks at: each picture beside its scene's maps, drawn again from the recipe, at training size."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from django.core.files.storage import default_storage
from numpy.typing import NDArray

from generation.control.blockout import Blockout
from generation.control.maps import blockout
from generation.engines.batching import job_for
from generation.engines.conditioning import crop, shrink, shrunken
from generation.errors import PermanentError
from generation.keeping import load
from generation.models import Asset
from generation.scenes.graph import SceneGraph
from generation.types import Layout
from reviews.finetune.checkpoints import full_disk
from reviews.finetune.config import Method
from reviews.finetune.datasets import Manifest
from reviews.finetune.sets import Example, Item, Pair, TrainingSet

MAPS = ("rgb", "depth", "normals", "edges", "ids", "albedo", "material")
# pictures done, pictures in all. Raises Cancelled to stop.
OnPicture = Callable[[int, int], None]


@dataclass(frozen=True)
class Prepared:
    """target: uint8 (h, w, 3); maps: the scene's at that size; prompt, negative_prompt: what it was asked for with."""

    target: NDArray[np.uint8]
    maps: Blockout
    prompt: str
    negative_prompt: str


def prepare(manifest: Manifest, name: str, area: int, work: Path, on_picture: OnPicture | None = None) -> TrainingSet:
    """The training and validation items of a manifest; what was drawn before lies in `work` and isn't drawn again.

    area: pixels of a training picture. PermanentError where a picture or its recipe isn't what was frozen.
    """
    folder = work / "examples"
    folder.mkdir(parents=True, exist_ok=True)
    wanted = _pictures(manifest)
    shown: dict[int, Prepared] = {}
    for done, row in enumerate(wanted.values(), start=1):
        shown[row["asset"]] = _prepared(row, area, folder)
        if on_picture is not None:
            on_picture(done, len(wanted))
    items: dict[str, list[Item]] = {"train": [], "validation": [], "holdout": []}
    pairs = manifest["method"] == Method.DPO
    for row in manifest["pairs"] if pairs else manifest["examples"]:
        if row["split"] != "holdout":
            items[row["split"]].append(_pair(row, shown) if pairs else _example(row, shown, row["desirable"]))
    return TrainingSet(name, tuple(items["train"]), tuple(items["validation"]))


def _pictures(manifest: Manifest) -> dict[int, dict[str, Any]]:
    """The pictures that are looked at, each once; those kept to judge are not even read."""
    rows = [row for row in manifest["examples"] if row["split"] != "holdout"]
    rows += [row[side] for row in manifest["pairs"] if row["split"] != "holdout" for side in ("winner", "loser")]
    return {row["asset"]: row for row in rows}


def _example(row: dict[str, Any], shown: dict[int, Prepared], desirable: bool) -> Example:
    found = shown[row["asset"]]
    return Example(str(row["asset"]), found.target, found.maps, found.prompt, found.negative_prompt, desirable)


def _pair(row: dict[str, Any], shown: dict[int, Prepared]) -> Pair:
    return Pair(_example(row["winner"], shown, True), _example(row["loser"], shown, False))


def _prepared(row: dict[str, Any], area: int, folder: Path) -> Prepared:
    path = folder / f"{row['asset']}-{row['sha256'][:10]}-{area}.npz"
    if not path.is_file():
        _write(path, **_drawn(row, area))
    with np.load(path) as kept:
        maps = Blockout(**{name: kept[name] for name in MAPS}, boxes={}, subject_id=None, light=(0.0, 1.0))
        prompts = json.loads(str(kept["prompts"]))
        return Prepared(kept["target"], maps, *prompts)


def _drawn(row: dict[str, Any], area: int) -> dict[str, Any]:
    """The arrays of one picture: its scene cut to what the model sees of the canvas, and the maps beneath."""
    asset = Asset.objects.get(pk=row["asset"])
    _check(row, asset)
    scene = load({"scene": row["scene"]})[0]["scene"]
    recipe = asset.recipe
    whole = blockout(SceneGraph.model_validate(recipe["scene"]), Layout.model_validate(recipe["layout"]))
    model = recipe["model"]
    prompts = (model["prompt"], model.get("negative_prompt", ""))
    job = job_for(0, _request(whole, prompts), area)
    small = shrunken(whole, job.region, job.size)
    target = np.clip(shrink(crop(scene[..., :3], job.region), job.size) + 0.5, 0, 255).astype(np.uint8)
    return {"target": target, "prompts": json.dumps(prompts)} | {name: getattr(small, name) for name in MAPS}


def _request(whole: Blockout, prompts: tuple[str, str]) -> Any:
    from generation.engines.base import PictureRequest

    return PictureRequest(whole, *prompts, seed=0, strength=1.0)


def _check(row: dict[str, Any], asset: Asset) -> None:
    recipe = json.dumps(asset.recipe, sort_keys=True, ensure_ascii=False).encode()
    try:
        with default_storage.open(row["scene"]) as file:
            content = hashlib.sha256(file.read()).hexdigest()
    except FileNotFoundError:
        content = ""
    if content != row["sha256"] or hashlib.sha256(recipe).hexdigest() != row["recipe"]:
        raise PermanentError(
            f"Picture {asset.pk} is not what was frozen: its scene's file is gone or was changed. Ask for the training anew.",
            f"图片 {asset.pk} 与冻结时不一致：画面文件已丢失或被改动，请重新发起训练。",
        )


def _write(path: Path, **arrays: Any) -> None:
    partial = path.with_name(f"{path.name}.partial")
    try:
        with partial.open("wb") as file:
            np.savez(file, **arrays)
            file.flush()
            os.fsync(file.fileno())
        partial.replace(path)
    except OSError as fault:
        raise full_disk(fault) from fault
    finally:
        partial.unlink(missing_ok=True)
