"""A worker's warm-up: a job that comes too early waits and says so, can be cancelled, and is not timed for it."""

import threading
from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.utils import timezone

from generation import jobs, rendering, warming
from generation.models import Brief, Job
from generation.selectors import wall


@pytest.fixture
def gate(monkeypatch: pytest.MonkeyPatch) -> Iterator[threading.Event]:
    """A warm-up that lasts until the gate is opened."""
    gate = threading.Event()
    monkeypatch.setattr(warming, "warm_up", lambda: gate.wait(30))
    monkeypatch.setattr(warming, "PAUSE", 0.01)
    yield gate
    gate.set()
    warming._ended.wait(5)


def test_nothing_is_waited_for_where_no_warm_up_was_begun() -> None:
    assert not warming.wait(lambda: pytest.fail("called though there is nothing to wait for"))


def test_a_job_waits_tells_its_wall_and_starts_its_clock_after(
    gate: threading.Event, brief: Brief, quick_pipeline: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[bool] = []
    Job.objects.update(created_at=timezone.now())
    report = jobs.progress

    def watched(claim: jobs.Claim, stage: str, step: int, steps: int, preview: bytes | None = None) -> bool:
        told = report(claim, stage, step, steps, preview)
        if stage == "prepare":
            seen.append(wall(brief).preparing)
            Job.objects.filter(id=claim.job_id).update(started_at=timezone.now() - timedelta(minutes=2))
            gate.set()
        return told

    monkeypatch.setattr(jobs, "progress", watched)
    warming.begin()
    assert rendering.make_next()
    made = Job.objects.order_by("id")[0]
    assert seen and all(seen) and made.status == "finished"
    assert made.started_at and made.ended_at and made.ended_at - made.started_at < timedelta(minutes=1)


def test_a_job_can_be_cancelled_while_it_waits(
    gate: threading.Event, brief: Brief, quick_pipeline: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    wait = warming.wait

    def cancelled_meanwhile(meanwhile: object) -> bool:
        jobs.cancel(Job.objects.all())
        return wait(meanwhile)  # type: ignore[arg-type]

    monkeypatch.setattr(warming, "wait", cancelled_meanwhile)
    warming.begin()
    assert rendering.make_next()
    assert set(Job.objects.values_list("status", flat=True)) == {"cancelled"}
    assert not gate.is_set(), "the job did not wait for the warm-up's end"


def test_a_warm_up_that_fails_lets_the_job_find_out(brief: Brief, monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[float | None] = []
    done = threading.Event()

    def broken() -> None:
        raise FileNotFoundError("weights")

    def after(seconds: float | None) -> None:
        told.append(seconds)
        done.set()

    monkeypatch.setattr(warming, "warm_up", broken)
    warming.begin(after)
    assert done.wait(5) and told == [None]
    assert not warming.wait(lambda: None)


@pytest.mark.slow
@pytest.mark.timeout(900)
def test_the_real_warm_up_makes_a_whole_asset_and_keeps_nothing() -> None:
    warming.warm_up()
