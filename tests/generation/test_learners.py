"""What was learnt goes into pictures as it was in use when they were planned, and the recipe names it."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from generation import learners, rendering
from generation.engines.base import OnStep, Picture, PictureRequest
from generation.models import Asset, Brief, Job, Variant
from generation.planning.brief import load_brief
from generation.planning.plan import CreativePlan, Pin
from generation.remaking import reroll
from generation.services import submit_brief
from generation.tasking import task_of
from studio.models import User

BRIEF = """\
version: 1
brand: demo
prompt: 会员日营销，红包金币，热闹喜庆
copy: {headline: 会员狂欢日}
formats: [240x240]
seed: 7
"""
WEIGHTS = "a" * 64


class Plain:
    """An engine that leaves the scenes as they were rendered, and remembers what it was asked to wear."""

    name, weights_hash = "rendered", WEIGHTS

    def __init__(self) -> None:
        self.worn: list[list[bytes]] = []

    def diffuse(self, requests: Sequence[PictureRequest], on_step: OnStep | None = None) -> list[Picture]:
        self.worn += [[Path(lora.path).read_bytes() for lora in request.loras] for request in requests]
        return [Picture(r.blockout.rgb, "rendered", self.name, 0.0) for r in requests]


@pytest.fixture
def engine(monkeypatch: pytest.MonkeyPatch, settings: Any, tmp_path: Path) -> Plain:
    settings.VAR_DIR = tmp_path / "var"
    engine = Plain()
    monkeypatch.setattr("generation.engines.loading.default_engine", lambda: engine)
    monkeypatch.setattr("generation.warming.wait", lambda tell: False)
    return engine


@pytest.fixture
def brief(owner: User, engine: Plain) -> Brief:
    return submit_brief(owner_id=owner.pk, data=load_brief(BRIEF), source=BRIEF)


def pin(kind: str = "adapter", number: int = 1, content: bytes = b"one", base: str = WEIGHTS) -> Pin:
    name = default_storage.save(f"learners/{kind}-{number}.safetensors", ContentFile(content))
    return Pin(kind=kind, number=number, file=name, sha256=hashlib.sha256(content).hexdigest(), base=base)


def test_a_variant_wears_what_was_in_use_when_it_was_planned(brief: Brief, engine: Plain) -> None:
    brand_id = brief.library.brand_id
    learners.use(brand_id=brand_id, pin=pin())
    task_of(Job.objects.get())  # plans it
    learners.use(brand_id=brand_id, pin=pin(number=2, content=b"two"))
    rendering.make_next()
    recipe = Asset.objects.get().recipe
    assert engine.worn == [[b"one"]]
    assert recipe["learners"] == {"adapter": 1}
    assert recipe["learner_files"]["adapter"]["sha256"] == hashlib.sha256(b"one").hexdigest()


def test_a_newer_version_takes_the_place_of_the_one_before_and_both_can_be_let_go(brief: Brief, engine: Plain) -> None:
    brand_id = brief.library.brand_id
    learners.use(brand_id=brand_id, pin=pin())
    learners.use(brand_id=brand_id, pin=pin(number=2, content=b"two"))
    assert [p.number for p in learners.in_use(brand_id)] == [2]
    assert learners.drop(brand_id=brand_id, kind="adapter")
    assert not learners.drop(brand_id=brand_id, kind="adapter")
    rendering.make_next()
    assert engine.worn == [[]]
    assert "learners" not in Asset.objects.get().recipe


def test_another_brands_learners_are_not_worn(brief: Brief, stranger: User, engine: Plain) -> None:
    learners.use(brand_id=stranger.memberships.get().brand_id, pin=pin())
    rendering.make_next()
    assert engine.worn == [[]]


def test_an_adapter_of_other_weights_is_not_worn_and_the_recipe_says_so(brief: Brief, engine: Plain) -> None:
    learners.use(brand_id=brief.library.brand_id, pin=pin(base="b" * 64))
    learners.use(brand_id=brief.library.brand_id, pin=pin("scene_prior", 4, b"{}", base=""))
    rendering.make_next()
    recipe = Asset.objects.get().recipe
    assert engine.worn == [[]]
    assert recipe["learners"] == {"scene_prior": 4}
    assert [d["value"] for d in recipe["decisions"] if d["field"] == "learners"] == ["adapter not worn"]


@pytest.mark.parametrize("harm", ["gone", "changed"])
def test_a_pinned_file_that_is_not_the_promoted_one_fails_the_job_in_words(brief: Brief, harm: str) -> None:
    adapter = pin()
    learners.use(brand_id=brief.library.brand_id, pin=adapter)
    default_storage.delete(adapter.file)
    if harm == "changed":
        default_storage.save(adapter.file, ContentFile(b"other"))
    rendering.make_next()
    job = Job.objects.get()
    assert (job.status, "adapter 1" in job.error_en, "adapter 1" in job.error_zh) == ("failed", True, True)


def test_the_local_copy_is_mended_where_it_was_harmed(brief: Brief) -> None:
    adapter = pin()
    path = learners.local_file(adapter)
    path.write_bytes(b"half")
    assert learners.local_file(adapter).read_bytes() == b"one"


@pytest.mark.parametrize(
    ("kept", "worn", "taste"), [(("scene",), b"one", 2), (("copy",), b"two", 2), (("layout",), b"two", 1)]
)
def test_a_reroll_keeps_the_learners_of_what_it_holds(
    brief: Brief, owner: User, engine: Plain, kept: tuple[str, ...], worn: bytes, taste: int
) -> None:
    brand_id = brief.library.brand_id
    for one in (pin(), pin("scene_prior", 1, b"{}", ""), pin("layout_taste", 1, b"{}", "")):
        learners.use(brand_id=brand_id, pin=one)
    rendering.make_next()
    for two in (pin(number=2, content=b"two"), pin("scene_prior", 2, b"{ }", ""), pin("layout_taste", 2, b"{ }", "")):
        learners.use(brand_id=brand_id, pin=two)
    reroll(assets=[Asset.objects.get()], kept=kept, asked_by=owner.pk)
    rendering.make_next()
    recipe = Asset.objects.order_by("-pk")[0].recipe
    assert engine.worn[-1] == [worn]
    assert recipe["learners"]["layout_taste"] == taste
    assert recipe["learners"]["scene_prior"] == (1 if "scene" in kept else 2)


def test_a_plan_from_before_there_were_learners_can_still_be_read(brief: Brief) -> None:
    task_of(Job.objects.get())
    old = Variant.objects.get().plan or {}
    assert (
        CreativePlan.model_validate({name: value for name, value in old.items() if name != "learners"}).learners == ()
    )
