"""What is learned from and what is left out, frozen: the same reviews give the same bytes, and brands never mix."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.utils import timezone

from brand_styles.models import Brand
from generation.errors import PermanentError
from generation.models import Asset
from reviews import chain
from reviews.finetune.config import Method
from reviews.finetune.datasets import freeze, manifest_for, read_manifest
from reviews.finetune.margins import Margin, widest
from reviews.models import Dataset, Item, Review
from reviews.splits import splits_of

Pictures = Callable[..., list[Asset]]
Judge = Callable[..., Review]


def _defect(code: str) -> dict[str, Any]:
    return {"code": code, "severity": "major", "region": None}


def _assets(manifest: dict[str, Any]) -> dict[int, bool]:
    return {row["asset"]: row["desirable"] for row in manifest["examples"]}


def test_sft_learns_from_approved_pictures_only_and_lists_the_rest(
    pictures: Pictures, judge: Judge, demo: Brand
) -> None:
    a, b, c = (pictures()[0] for _ in range(3))
    for asset, verdict in ((a, "approve"), (b, "minor_fix"), (c, "reject")):
        judge(asset, verdict)
    manifest = manifest_for(demo, Method.SFT)
    assert _assets(manifest) == {a.pk: True}
    assert manifest["exclusions"] == {"minor_fix": 1, "rejected": 1}


def test_kto_sets_approved_against_the_others(pictures: Pictures, judge: Judge, demo: Brand) -> None:
    a, b, c = (pictures()[0] for _ in range(3))
    for asset, verdict in ((a, "approve"), (b, "minor_fix"), (c, "reject")):
        judge(asset, verdict)
    assert _assets(manifest_for(demo, Method.KTO)) == {a.pk: True, b.pk: False, c.pk: False}


def test_complaints_of_type_and_layout_never_train_the_adapter(pictures: Pictures, judge: Judge, demo: Brand) -> None:
    a, b, c, d = pictures(4)
    judge(a, "reject", defects=[_defect("TXT_GARBLED"), _defect("TEC_SPEC")])
    judge(b, "reject", scores={"layout": 1, "hue": 4})
    judge(c, "reject", defects=[_defect("TXT_GARBLED"), _defect("ANA_HAND")])
    judge(d, "minor_fix", defects=[_defect("TXT_OVERLAP")])
    manifest = manifest_for(demo, Method.KTO)
    assert _assets(manifest) == {c.pk: False}
    assert manifest["exclusions"] == {"not_for_it": 3}


def test_gold_repeats_gates_and_what_was_taken_back_do_not_count(pictures: Pictures, judge: Judge, demo: Brand) -> None:
    a, b, c, d = pictures(4)
    for asset, purpose in ((a, "gold"), (b, "repeat"), (c, "gate")):
        judge(asset, "approve", purpose=purpose)
    wrong = judge(d, "approve")
    undo = Review(
        brand=demo,
        kind="undo",
        item=wrong.item,
        reviewer=wrong.reviewer,
        rubric=wrong.rubric,
        undoes=wrong,
        created_at=timezone.now(),
    )
    chain.append(undo)
    manifest = manifest_for(demo, Method.KTO)
    assert manifest["examples"] == [] and manifest["exclusions"] == {}


def test_reviewers_who_are_not_done_decide_nothing(pictures: Pictures, judge: Judge, demo: Brand) -> None:
    asset = pictures()[0]
    judge(asset, "approve")
    Item.objects.update(overlap=2)
    assert manifest_for(demo, Method.KTO)["exclusions"] == {"undecided": 1}


def test_pictures_without_their_scene_are_told(pictures: Pictures, judge: Judge, demo: Brand) -> None:
    asset = pictures()[0]
    Asset.objects.filter(pk=asset.pk).update(sources={})
    judge(asset, "approve")
    assert manifest_for(demo, Method.SFT)["exclusions"] == {"no_scene": 1}


def test_a_brand_never_learns_from_anothers_pictures(pictures: Pictures, judge: Judge, demo: Brand) -> None:
    ours, theirs = pictures()[0], pictures(brand="larkmoor")[0]
    judge(ours, "approve")
    judge(theirs, "approve")
    assert set(_assets(manifest_for(demo, Method.SFT))) == {ours.pk}
    named = [Margin(ours.pk, theirs.pk, 0.9)]
    manifest = manifest_for(demo, Method.DPO, lambda brand_id: named)
    assert manifest["pairs"] == [] and manifest["exclusions"] == {"no_scene": 1}


def test_the_pictures_of_a_brief_stay_together(pictures: Pictures, judge: Judge, demo: Brand) -> None:
    for _ in range(8):
        for asset in pictures(2):
            judge(asset, "approve")
    rows = manifest_for(demo, Method.SFT)["examples"]
    by_brief = {(row["brief"], row["split"]) for row in rows}
    assert len(rows) == 16 and len(by_brief) == 8
    assert dict(by_brief) == splits_of({row["brief"] for row in rows})


def test_freezing_the_same_reviews_twice_gives_one_row_and_a_new_one_once_more_was_said(
    pictures: Pictures, judge: Judge, demo: Brand
) -> None:
    judge(pictures()[0], "approve")
    first, again = freeze(brand=demo, method=Method.SFT), freeze(brand=demo, method=Method.SFT)
    assert first.pk == again.pk
    content = default_storage.open(first.manifest).read()
    assert hashlib.sha256(content).hexdigest() == first.sha256
    assert read_manifest(first) == json.loads(content)
    row = read_manifest(first)["examples"][0]
    scene = default_storage.open(row["scene"]).read()
    assert row["sha256"] == hashlib.sha256(scene).hexdigest()
    judge(pictures()[0], "approve")
    assert freeze(brand=demo, method=Method.SFT).pk != first.pk
    assert Dataset.objects.count() == 2


def test_a_manifest_that_was_changed_is_told(pictures: Pictures, judge: Judge, demo: Brand, settings: Any) -> None:
    judge(pictures()[0], "approve")
    dataset = freeze(brand=demo, method=Method.SFT)
    (settings.MEDIA_ROOT / dataset.manifest).write_text("{}")
    with pytest.raises(PermanentError, match="not what was frozen"):
        read_manifest(dataset)


def test_nothing_or_one_kind_of_verdict_is_refused_in_words(pictures: Pictures, judge: Judge, demo: Brand) -> None:
    for method, said in ((Method.SFT, "approved"), (Method.KTO, "judged"), (Method.DPO, "pair")):
        with pytest.raises(PermanentError) as empty:
            freeze(brand=demo, method=method)
        assert said in empty.value.words.en and empty.value.words.zh
    judge(pictures()[0], "approve")
    with pytest.raises(PermanentError, match="All pictures to learn from were approved"):
        freeze(brand=demo, method=Method.KTO)
    assert Dataset.objects.count() == 0


def test_pairs_go_by_the_majority(pictures: Pictures, judge: Judge, demo: Brand) -> None:
    a, b, c, d = pictures(4)
    judge(a, "b", other=b)
    judge(c, "tie", other=d)
    manifest = manifest_for(demo, Method.DPO)
    (pair,) = manifest["pairs"]
    assert (pair["winner"]["asset"], pair["loser"]["asset"], pair["margin"]) == (b.pk, a.pk, None)
    assert manifest["exclusions"] == {"tie": 1}


def test_a_sure_scorer_adds_pairs_that_people_did_not_judge(pictures: Pictures, judge: Judge, demo: Brand) -> None:
    a, b, c, d = pictures(4)
    stray = pictures()[0]
    judge(a, "a", other=b)
    named = [Margin(b.pk, a.pk, 0.95), Margin(c.pk, d.pk, 0.6), Margin(a.pk, d.pk, 0.1), Margin(c.pk, stray.pk, 0.5)]
    manifest = manifest_for(demo, Method.DPO, lambda brand_id: named)
    found = [(p["winner"]["asset"], p["loser"]["asset"], p["margin"]) for p in manifest["pairs"]]
    assert found == [(a.pk, b.pk, None), (c.pk, d.pk, 0.6)]
    assert manifest["exclusions"] == {"narrow": 2, "two_briefs": 1}


def test_the_widest_margins_are_taken_and_no_picture_often() -> None:
    margins = [Margin(1, 2, 0.9), Margin(1, 3, 0.8), Margin(1, 4, 0.7), Margin(5, 4, 0.5), Margin(6, 7, 0.2)]
    assert [m.value for m in widest(margins, least=0.3, most=10, each=2)] == [0.9, 0.8, 0.5]
    assert [m.value for m in widest(margins, least=0.3, most=1, each=2)] == [0.9]
