"""What is made together: a variant's formats on a processor, pictures of one size where the engine gains by it."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest

from brand_styles.sample import demo
from generation import jobs, rendering
from generation.engines.base import OnStep, Picture, PictureRequest
from generation.engines.batching import LARGEST_BATCH, gathered, model_size
from generation.models import Asset, Job, Status
from generation.planning.brief import Brief, load_brief
from generation.producing import Production, prepare, produce
from generation.services import submit_brief
from studio.models import User

FORMATS = ["1080x1920", "1080x1080", "1200x628", "1080x1350", "1920x1080"]
FORMATS += ["1242x1660", "800x800", "750x1334", "1280x720", "640x960"]


class Listening:
    """An engine that leaves the scenes as they were rendered and remembers what it was asked for together."""

    name, weights_hash = "rendered", "0" * 16

    def __init__(self, gathers: bool) -> None:
        self.gathers = gathers
        self.calls: list[list[tuple[int, int]]] = []
        self.meanwhile: Callable[[int], object] = lambda asked: None

    def diffuse(self, requests: Sequence[PictureRequest], on_step: OnStep | None = None) -> list[Picture]:
        self.calls.append([(r.blockout.width, r.blockout.height) for r in requests])
        self.meanwhile(len(requests))
        if on_step:
            on_step(1, 1, None)
        return [Picture(r.blockout.rgb, "rendered", self.name, 0.0) for r in requests]


def small(formats: list[str], variants: int) -> Production:
    brief = {"brand": "demo", "copy": {"headline": "会员日"}, "formats": formats, "variants": variants, "seed": 5}
    return prepare(Brief.model_validate(brief), demo())


def test_one_brief_in_ten_formats_and_four_variants_makes_full_batches() -> None:
    sizes = [(int(w), int(h)) for _ in range(4) for w, h in (f.split("x") for f in FORMATS)]
    calls = gathered(sizes)
    assert sorted(i for call in calls for i in call) == list(range(40))
    assert all(len(call) <= 2 * LARGEST_BATCH for call in calls)
    batches = 0
    for call in calls:
        seen = [model_size(*sizes[i], 1024 * 1024) for i in call]
        batches += sum(-(-seen.count(size) // LARGEST_BATCH) for size in set(seen))
    assert batches == 10  # forty pictures, four at a time: nothing is made alone


def test_one_variant_in_many_sizes_is_still_asked_for_together() -> None:
    assert [len(call) for call in gathered([(128 * i, 1280) for i in range(4, 14)])] == [8, 2]


def test_the_manifest_keeps_the_briefs_order_however_it_was_made(tmp_path: Path) -> None:
    production = small(["160x160", "240x160"], variants=2)
    made = {}
    for gathers in (False, True):
        engine = Listening(gathers)
        produce(production, engine, tmp_path / str(gathers), lambda *_: None)
        made[gathers] = [a["id"] for a in json.loads((tmp_path / str(gathers) / "manifest.json").read_text())["assets"]]
        expected = [[(160, 160), (240, 160)]] * 2
        assert engine.calls == ([[(160, 160)] * 2 + [(240, 160)] * 2] if gathers else expected)
    assert made[True] == made[False] == ["160x160-v1", "240x160-v1", "160x160-v2", "240x160-v2"]


@pytest.fixture
def gathering(monkeypatch: pytest.MonkeyPatch) -> Listening:
    """A worker's engine that gains by batches."""
    engine = Listening(gathers=True)
    monkeypatch.setattr("generation.engines.loading.default_engine", lambda: engine)
    return engine


@pytest.fixture
def four_jobs(owner: User) -> list[int]:
    """Three squares, which the model sees at one size, and a wide one."""
    text = "brand: demo\ncopy: {headline: 会员日}\nformats: [160x160, 240x160, 200x200, 176x176]\nseed: 5\n"
    brief = submit_brief(owner_id=owner.pk, data=load_brief(text), source=text)
    return list(Job.objects.filter(variant__brief=brief).order_by("id").values_list("id", flat=True))


def statuses(ids: list[int]) -> list[str]:
    found = dict(Job.objects.values_list("id", "status"))
    return [found[job_id] for job_id in ids]


def test_a_worker_makes_jobs_of_one_size_together(gathering: Listening, four_jobs: list[int]) -> None:
    assert rendering.make_next()
    assert gathering.calls == [[(160, 160), (200, 200), (176, 176)]]
    assert statuses(four_jobs)[1] == Status.QUEUED and Asset.objects.count() == 3
    assert rendering.make_next() and not rendering.make_next()
    assert [(a.width, a.job.width) for a in Asset.objects.order_by("job")] == [(w, w) for w in (160, 240, 200, 176)]


def test_a_spoiled_batch_is_made_one_by_one(gathering: Listening, four_jobs: list[int]) -> None:
    def spoil(asked: int) -> None:
        if asked > 1:
            raise MemoryError

    gathering.meanwhile = spoil
    while rendering.make_next():
        pass
    assert [len(call) for call in gathering.calls] == [3, 1, 1, 1, 1] and Asset.objects.count() == 4


def test_a_job_cancelled_in_a_batch_leaves_the_others(gathering: Listening, four_jobs: list[int]) -> None:
    gathering.meanwhile = lambda asked: jobs.cancel(Job.objects.filter(id=four_jobs[2]))
    assert rendering.make_next()
    assert statuses(four_jobs)[2] == Status.CANCELLED and Asset.objects.count() == 2
    gathering.meanwhile = lambda asked: jobs.cancel(Job.objects.filter(status=Status.RUNNING))
    assert rendering.make_next() and Asset.objects.count() == 2 and not jobs.waiting_now()


def test_a_batch_keeps_within_what_one_person_may_have_running(
    gathering: Listening, four_jobs: list[int], settings: Any
) -> None:
    settings.JOBS_PER_PERSON = 2
    assert rendering.make_next()
    assert gathering.calls == [[(160, 160), (200, 200)]]
