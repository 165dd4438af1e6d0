"""Freezing what a scene prior or a layout's taste is learnt from: verdicts, and the facts of each picture that this learner can change.

scene prior     scenes.facts.staged_facts of the recipe's scene
layout's taste  layout.facts.layout_facts of the recipe's layout, and the type treatment it was set in
"""

from __future__ import annotations

from typing import Any

from pydantic import ValidationError

from brand_styles.models import Brand
from generation.errors import PermanentError
from generation.layout.facts import layout_facts
from generation.scenes.facts import staged_facts
from generation.types import Layout
from reviews.feeding import Fed
from reviews.finetune.candidates import Candidate, gather_singles
from reviews.finetune.datasets import Manifest, keep
from reviews.models import Dataset, Kind
from reviews.splits import splits_of

VERSION = 1
METHOD = "liking"
LEAST, LEAST_OF_EACH = 40, 8  # pictures to learn from, and usable or not among them
LETTERING = "lettering."
USABLE = ("approved", "minor_fix")
FED = {Kind.SCENE_PRIOR: Fed.SCENE_PRIOR, Kind.LAYOUT_TASTE: Fed.LAYOUT_TASTE}


def freeze(*, brand: Brand, kind: Kind) -> Dataset:
    """The brand's verdicts as they are now. The same ones give the same row. PermanentError, in words, where they don't suffice."""
    manifest = manifest_for(brand, kind)
    _refuse_thin(manifest)
    return keep(brand, kind, METHOD, manifest)


def manifest_for(brand: Brand, kind: Kind) -> Manifest:
    """Everything that is learnt from; the same reviews give the same bytes."""
    found = gather_singles(brand.pk, FED[kind])
    splits = splits_of({c.brief for c in found.singles})
    return {
        "version": VERSION,
        "brand": brand.slug,
        "kind": str(kind),
        "method": METHOD,
        "rubrics": sorted(found.rubrics),
        "examples": [_example(c, kind) | {"split": splits[c.brief]} for c in found.singles],
        "pairs": [],
        "exclusions": dict(sorted((+found.left_out).items())),
    }


def _example(candidate: Candidate, kind: Kind) -> dict[str, Any]:
    facts = facts_of(candidate.asset.recipe, kind)
    return {
        "asset": candidate.asset.pk,
        "brief": candidate.brief,
        "desirable": candidate.verdict in USABLE,
        "reviews": list(candidate.reviews),
        "facts": {name: round(value, 6) for name, value in sorted(facts.items()) if value},
    }


def facts_of(recipe: dict[str, Any], kind: Kind) -> dict[str, float]:
    """What of a recipe this learner can change; empty where an older recipe doesn't say."""
    if kind == Kind.SCENE_PRIOR:
        return staged_facts(recipe.get("scene", {}))
    try:
        facts = layout_facts(Layout.model_validate(recipe["layout"]))
    except (KeyError, ValidationError):
        return {}
    return facts | {f"{LETTERING}{treatment_of(recipe)}": 1.0}


def treatment_of(recipe: dict[str, Any]) -> str:
    """The type treatment that was planned, from the recipe's decisions."""
    told = [each["value"] for each in recipe.get("decisions", ()) if each.get("field") == "treatment"]
    return told[0] if told else "plain"


def _refuse_thin(manifest: Manifest) -> None:
    taught = [row for row in manifest["examples"] if row["split"] != "holdout"]
    usable = sum(row["desirable"] for row in taught)
    if len(taught) < LEAST or min(usable, len(taught) - usable) < LEAST_OF_EACH:
        left_out = sum(manifest["exclusions"].values())
        raise PermanentError(
            f"{len(taught)} pictures can be learnt from, {usable} of them usable ({left_out} left out): this needs {LEAST}, and at least "
            f"{LEAST_OF_EACH} usable and as many that aren't. Review more pictures first.",
            f"可学习的图片有 {len(taught)} 张，其中可用 {usable} 张（排除 {left_out} 项）：至少需要 {LEAST} 张，且可用与不可用各不少于 "
            f"{LEAST_OF_EACH} 张。请先评审更多图片。",
        )
