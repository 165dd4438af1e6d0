"""Freezing what an adapter is trained on: one brand's reviews become a manifest, hashed and never changed.

    SFT  approved pictures                                                       (a minor fix is no example)
    KTO  approved pictures against rejected ones and those that wanted a fix
    DPO  pairs that people judged, and pairs of which a scorer is sure

Type and layout never train the adapter: see reviews.feeding. The picture learned from is the scene without type, from the file storage.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Callable, Iterable
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import IntegrityError, transaction

from brand_styles.models import Brand
from generation.errors import PermanentError
from generation.models import Asset
from reviews.finetune.candidates import Candidate, Gathered, Preferred, brief_of, gather_pairs, gather_singles, kept
from reviews.finetune.config import Method
from reviews.finetune.margins import Margin, widest
from reviews.models import Dataset, Kind
from reviews.splits import splits_of

VERSION = 1
Manifest = dict[str, Any]
# The pairs of a brand that a scorer would name, by the brand's id; narrow ones are left out here.
ScoredPairs = Callable[[int], Iterable[Margin]]


def freeze(*, brand: Brand, method: Method, scored_pairs: ScoredPairs | None = None) -> Dataset:
    """The brand's reviews as they are now, frozen for a method. The same reviews give the same row.

    PermanentError, in words, where there is nothing to learn from, or only one kind of verdict.
    """
    manifest = manifest_for(brand, method, scored_pairs)
    _refuse_thin(manifest, method)
    return keep(brand, Kind.ADAPTER, str(method), manifest)


def keep(brand: Brand, kind: Kind, method: str, manifest: Manifest) -> Dataset:
    """A manifest in the file storage under its hash, and its row. The same manifest gives the same row."""
    content = json.dumps(manifest, indent=1, sort_keys=True, ensure_ascii=False).encode()
    sha256 = hashlib.sha256(content).hexdigest()
    there = Dataset.objects.filter(brand=brand, sha256=sha256).first()
    if there is not None:
        return there
    name = f"learners/{brand.slug}/datasets/{sha256}.json"
    if not default_storage.exists(name):
        name = default_storage.save(name, ContentFile(content))
    row = Dataset(
        brand=brand,
        kind=kind,
        method=method,
        manifest=name,
        sha256=sha256,
        counts=counts_of(manifest),
        exclusions=manifest["exclusions"],
    )
    row.full_clean()
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError:  # frozen twice at the same moment
        row = Dataset.objects.get(brand=brand, sha256=sha256)
    return row


def read_manifest(dataset: Dataset) -> Manifest:
    """What was frozen. PermanentError where the file is gone or is not what was hashed."""
    try:
        with default_storage.open(dataset.manifest) as file:
            content = file.read()
    except FileNotFoundError:
        content = b""
    if hashlib.sha256(content).hexdigest() != dataset.sha256:
        raise PermanentError(
            f"The dataset {dataset.sha256[:10]} is not what was frozen: its file is gone or was changed. Ask for the training anew.",
            f"数据集 {dataset.sha256[:10]} 与冻结时不一致：文件已丢失或被改动，请重新发起训练。",
        )
    manifest: Manifest = json.loads(content)
    return manifest


def manifest_for(brand: Brand, method: Method, scored_pairs: ScoredPairs | None = None) -> Manifest:
    """Everything a training is made from, without times or places: the same reviews give the same bytes."""
    if method is Method.DPO:
        found = gather_pairs(brand.pk)
        found.pairs += _sure_pairs(brand.pk, found, scored_pairs)
    else:
        found = gather_singles(brand.pk)
    usable = [c for c in found.singles if _wanted(c, method, found.left_out)]
    splits = splits_of({c.brief for c in usable} | {p.brief for p in found.pairs})
    return {
        "version": VERSION,
        "brand": brand.slug,
        "kind": str(Kind.ADAPTER),
        "method": str(method),
        "rubrics": sorted(found.rubrics),
        "examples": [_example(c) | {"split": splits[c.brief]} for c in usable],
        "pairs": [_pair(p) | {"split": splits[p.brief]} for p in found.pairs],
        "exclusions": dict(sorted((+found.left_out).items())),
    }


def counts_of(manifest: Manifest) -> dict[str, dict[str, int]]:
    """How many of each kind stand in each split."""
    counts: dict[str, Counter[str]] = {split: Counter() for split in ("train", "validation", "holdout")}
    for row in manifest["examples"]:
        counts[row["split"]]["desirable" if row["desirable"] else "undesirable"] += 1
    for row in manifest["pairs"]:
        counts[row["split"]]["pairs"] += 1
    return {split: dict(count) for split, count in counts.items()}


def _wanted(candidate: Candidate, method: Method, left_out: Counter[str]) -> bool:
    if method is Method.KTO or candidate.verdict == "approved":
        return True
    left_out[candidate.verdict] += 1
    return False


def _sure_pairs(brand_id: int, found: Gathered, scored_pairs: ScoredPairs | None) -> list[Preferred]:
    """The scorer's wide pairs of this brand that people did not judge themselves."""
    if scored_pairs is None:
        return []
    named = list(scored_pairs(brand_id))
    judged = {frozenset((p.winner.pk, p.loser.pk)) for p in found.pairs}
    chosen = [m for m in widest(named) if frozenset((m.winner, m.loser)) not in judged]
    found.left_out["narrow"] += len(named) - len(chosen)
    ids = {asset for m in chosen for asset in (m.winner, m.loser)}
    rows = Asset.objects.filter(job__variant__brief__library__brand=brand_id).select_related("job__variant__brief")
    assets = rows.in_bulk(ids)
    pairs = []
    for margin in chosen:
        both = [assets.get(margin.winner), assets.get(margin.loser)]
        why = _why_unpaired(both)
        if why:
            found.left_out[why] += 1
        else:
            pairs.append(Preferred(both[0], both[1], margin=round(margin.value, 4)))  # type: ignore[arg-type]
    return pairs


def _why_unpaired(both: list[Asset | None]) -> str:
    if any(asset is None or not kept(asset) for asset in both):
        return "no_scene"
    briefs = {brief_of(asset) for asset in both if asset is not None}
    return "" if len(briefs) == 1 else "two_briefs"


def _example(candidate: Candidate) -> dict[str, Any]:
    return _picture(candidate.asset) | {
        "brief": candidate.brief,
        "verdict": candidate.verdict,
        "desirable": candidate.verdict == "approved",
        "reviews": list(candidate.reviews),
    }


def _pair(pair: Preferred) -> dict[str, Any]:
    return {
        "winner": _picture(pair.winner),
        "loser": _picture(pair.loser),
        "brief": pair.brief,
        "reviews": list(pair.reviews),
        "margin": pair.margin,
    }


def _picture(asset: Asset) -> dict[str, Any]:
    """Which picture, and hashes of what it is learned from: the scene's file and the recipe that its maps are made from again."""
    scene = asset.sources["scene"]
    recipe = json.dumps(asset.recipe, sort_keys=True, ensure_ascii=False).encode()
    with default_storage.open(scene) as file:
        content = hashlib.sha256(file.read()).hexdigest()
    return {"asset": asset.pk, "scene": scene, "sha256": content, "recipe": hashlib.sha256(recipe).hexdigest()}


def _refuse_thin(manifest: Manifest, method: Method) -> None:
    counts = counts_of(manifest)["train"]
    left_out = sum(manifest["exclusions"].values())
    if not counts:
        raise PermanentError(
            f"There is nothing to learn from yet: {_LACKING[method][0]} ({left_out} left out, {_others(manifest)} kept to "
            "watch and judge). Review more pictures first.",
            f"暂无可学习的内容：{_LACKING[method][1]}（排除 {left_out} 项，另有 {_others(manifest)} 项留作验证）。请先评审更多图片。",
        )
    if method is Method.KTO and len(counts) == 1:
        kind = ("approved", "通过") if "desirable" in counts else ("rejected", "拒绝")
        raise PermanentError(
            f"All pictures to learn from were {kind[0]}: this method learns from the difference. Review more pictures first, "
            "or train on approved pictures alone (sft).",
            f"可学习的图片全部为“{kind[1]}”，而该方法需要对比。请先评审更多图片，或仅用通过的图片训练（sft）。",
        )


def _others(manifest: Manifest) -> int:
    return sum(row["split"] != "train" for row in (*manifest["examples"], *manifest["pairs"]))


_LACKING = {
    Method.SFT: ("no picture was approved", "没有通过的图片"),
    Method.KTO: ("no picture was judged", "没有已评审的图片"),
    Method.DPO: ("no pair was judged", "没有已评审的成对比较"),
}
