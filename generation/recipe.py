"""The recipe of an asset: what an auditor needs to make the same pixels again, and why they are what they are."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from brand_styles.rules.loader import load_for
from brand_styles.rules.pixels import pixel_rules_for
from generation.types import Json, Layout, Reason
from generation.wearing import learners_of

if TYPE_CHECKING:
    from generation.control.blockout import Blockout
    from generation.engines.base import Engine, Picture
    from generation.pipeline import Task

VERSION = 1


def digest(array: NDArray[np.generic]) -> str:
    """SHA-256 of an array's shape, type and bytes, first 16 hex digits."""
    head = f"{array.shape}{array.dtype}".encode()
    return hashlib.sha256(head + np.ascontiguousarray(array).tobytes()).hexdigest()[:16]


def recipe_of(
    task: Task,
    layout: Layout,
    blockout: Blockout,
    picture: Picture,
    engine: Engine,
    reasons: Sequence[Reason],
    batch: Sequence[str],
) -> Json:
    """Everything that decided the pixels. Times are left out: the same recipe must compare equal."""
    plan = task.plan
    references = [reference.model_dump(include={"file", "sha256"}) for reference in task.brand.look_references]
    return (
        ({"references": references} if references else {})
        | origin_of(task)
        | learners_of(task)
        | {
            "version": VERSION,
            "brief": plan.brief_hash,
            "brand": f"{task.brand.slug}@{task.brand.version}",
            "market": plan.market,
            "industry": plan.industry,
            "format": task.format.name,
            "variant": plan.variant,
            "seed": plan.seed,
            "batch": list(batch),
            "planned_by": plan.planned_by,
            "concepts": [c.model_dump() for c in plan.concepts],
            "scene": plan.scene.model_dump(),
            "layout": layout.model_dump(mode="json"),
            "control": {
                name: digest(getattr(blockout, name))
                for name in ("rgb", "depth", "normals", "edges", "ids", "albedo", "material")
            },
            "model": {
                "name": engine.name,
                "weights": engine.weights_hash,
                "prompt": plan.prompt,
                "negative_prompt": plan.negative_prompt,
                "made": picture.made,
                "why_rendered": picture.why_rendered.model_dump() if picture.why_rendered else None,
                "seam": picture.seam,
                "notes": picture.notes,
            },
            "pixel_rules": pixel_rules_for(
                task.brand, plan.market, plan.industry, product_type=plan.product_type
            ).version,
            "rules": load_for(task.brand, plan.market, plan.industry, product_type=plan.product_type).version,
            "decisions": [r.model_dump() for r in (*plan.reasons, *reasons, *task.unworn, *picture.reasons)],
        }
    )


def origin_of(task: Task) -> Json:
    """Which picture this one was made from and what of it was kept, with the words it took over; nothing for a first one."""
    origin, base = task.plan.origin, task.base
    if origin is None:
        return {}
    found: Json = {
        "kept": list(origin.kept),
        "made_from": {"way": origin.way, "variant": origin.variant, "turn": origin.turn}
        | ({"asset": base.sha256} if base else {}),
    }
    return found | ({"copy": [line.model_dump(mode="json") for line in task.plan.copy_lines]} if base else {})
