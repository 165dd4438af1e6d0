"""A version's life: asked for once, claimed by one, trained on real pictures, killed and resumed, cancelled, failed in words."""

from __future__ import annotations

import errno
import io
import json
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from django.core.files.storage import default_storage
from django.core.management import call_command
from django.utils import timezone

torch = pytest.importorskip("torch")

from brand_styles.models import Brand  # noqa: E402
from generation.claims import MOST_ATTEMPTS  # noqa: E402
from generation.engines.base import Lora  # noqa: E402
from generation.engines.diffusers_engine import DiffusersEngine  # noqa: E402
from generation.engines.loading import Options  # noqa: E402
from generation.errors import PermanentError  # noqa: E402
from generation.models import Asset  # noqa: E402
from reviews import tasks  # noqa: E402
from reviews.finetune import running, versions  # noqa: E402
from reviews.finetune.checkpoints import FILE  # noqa: E402
from reviews.models import LearnerVersion, Review  # noqa: E402
from tests.generation.engines import tiny  # noqa: E402
from tests.reviews.finetune import cast  # noqa: E402

State = LearnerVersion.State
Pictures = Callable[..., list[Asset]]
Judge = Callable[..., Review]


@pytest.fixture
def judged(pictures: Pictures, judge: Judge, settings: Any, tmp_path: Path) -> list[Asset]:
    """Four judged pictures of two briefs, and a tiny model to train."""
    settings.ENGINE, settings.ENGINE_STRENGTH, settings.VAR_DIR = str(cast.folder()), 0.5, tmp_path / "var"
    made = [asset for _ in range(2) for asset in pictures(2, drawn=True)]
    for asset, verdict in zip(made, ("approve", "reject", "approve", "reject"), strict=True):
        judge(asset, verdict)
    return made


def _stopping(monkeypatch: pytest.MonkeyPatch, at: int, act: Callable[[], object]) -> None:
    honest = versions.stepped

    def stepped(mine: versions.Mine, step: int) -> bool:
        if step == at:
            act()
        return honest(mine, step)

    monkeypatch.setattr(versions, "stepped", stepped)


def test_a_training_from_the_queue_to_an_adapter_that_the_engine_wears(
    judged: list[Asset], demo: Brand, tmp_path: Path
) -> None:
    asked = versions.ask(brand=demo, config=cast.config("kto", sample_every=3))
    assert asked.state == State.QUEUED and asked.number == 1
    tasks.train()
    version = LearnerVersion.objects.get()
    assert version.state == State.TRAINED, version.error_en
    assert (version.step, version.claim, version.lease_until) == (6, None, None)
    assert len(version.metrics["curve"]) == 6 and version.metrics["validation"]
    assert {s["step"] for s in version.samples} == {3, 6}
    assert all(default_storage.exists(s["file"]) for s in version.samples)
    card = json.loads(default_storage.open(version.files["card"]).read())
    assert card["dataset"] == version.dataset.sha256 and card["sha256"] == version.sha256
    assert card["base"]["weights"] == version.base and card["config"]["seed"] == 0 and len(card["losses"]) == 6
    engine = DiffusersEngine(cast.folder(), device="cpu", options=Options(strength=0.5))
    worn = Lora(default_storage.path(version.files["weights"]))
    plain, dressed = (engine.diffuse([tiny.request(128, 128, loras=loras)])[0] for loras in ((), (worn,)))
    assert not np.array_equal(plain.rgb, dressed.rgb)
    assert not running.work_of(version).exists()


def test_the_same_training_is_asked_for_once_and_another_gets_the_next_number(judged: list[Asset], demo: Brand) -> None:
    first = versions.ask(brand=demo, config=cast.config())
    assert versions.ask(brand=demo, config=cast.config()).pk == first.pk
    assert versions.ask(brand=demo, config=cast.config(seed=1)).number == 2


def test_one_worker_gets_it(judged: list[Asset], demo: Brand) -> None:
    versions.ask(brand=demo, config=cast.config())
    assert versions.take(versions.waiting()) is not None
    assert versions.take(versions.waiting()) is None
    assert not running.make_next()


def test_what_a_killed_worker_left_is_queued_again_and_given_up_after_three_tries_that_got_no_farther(
    judged: list[Asset], demo: Brand
) -> None:
    version = versions.ask(brand=demo, config=cast.config())
    for attempt in range(1, MOST_ATTEMPTS + 1):
        mine = versions.take(versions.waiting())
        assert mine is not None and versions.release_expired() == 0
        mine.update(lease_until=timezone.now() - timedelta(seconds=1))
        assert versions.release_expired() == (attempt < MOST_ATTEMPTS)
    version.refresh_from_db()
    assert version.state == State.FAILED and "three times" in version.error_en and version.error_zh


def test_whoever_gets_farther_is_tried_again(judged: list[Asset], demo: Brand) -> None:
    versions.ask(brand=demo, config=cast.config())
    for step in range(1, MOST_ATTEMPTS + 2):
        mine = versions.take(versions.waiting())
        assert mine is not None and versions.stepped(mine, step)
        mine.update(lease_until=timezone.now() - timedelta(seconds=1))
        assert versions.release_expired() == 1


def test_cancelled_it_stops_at_its_next_step(judged: list[Asset], demo: Brand, monkeypatch: pytest.MonkeyPatch) -> None:
    version = versions.ask(brand=demo, config=cast.config())
    _stopping(monkeypatch, 3, lambda: versions.cancel(LearnerVersion.objects.all()))
    assert running.make_next()
    version.refresh_from_db()
    assert (version.state, version.step, version.files) == (State.CANCELLED, 2, {})


def test_a_worker_that_lost_its_lease_writes_nothing_and_the_next_goes_on_from_the_checkpoint(
    judged: list[Asset], demo: Brand, monkeypatch: pytest.MonkeyPatch
) -> None:
    version = versions.ask(brand=demo, config=cast.config())

    def expire() -> None:
        LearnerVersion.objects.update(lease_until=timezone.now() - timedelta(seconds=1))
        versions.release_expired()

    with monkeypatch.context() as patched:
        _stopping(patched, 4, expire)
        running.make_next()
    version.refresh_from_db()
    assert (version.state, version.files) == (State.QUEUED, {})
    assert running.make_next()
    version.refresh_from_db()
    assert version.state == State.TRAINED and version.metrics["resumed_at"] == 4


def test_a_full_disk_while_the_adapter_is_kept_leaves_nothing_half_written(
    judged: list[Asset], demo: Brand, monkeypatch: pytest.MonkeyPatch, settings: Any
) -> None:
    version = versions.ask(brand=demo, config=cast.config())

    def full(fd: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("generation.storage.os.fsync", lambda fd: full(fd) if _is_ours() else None)

    def _is_ours() -> bool:
        import inspect

        return any(frame.function == "keep_adapter" for frame in inspect.stack())

    running.make_next()
    version.refresh_from_db()
    assert version.state == State.FAILED and "disk is full" in version.error_en and version.files == {}
    left = [p.name for p in (settings.MEDIA_ROOT / "learners").rglob("*") if p.suffix in (".safetensors", ".part")]
    assert left == []
    assert (running.work_of(version) / FILE).is_file()  # nothing learned is lost


def test_a_picture_that_was_changed_since_is_told(judged: list[Asset], demo: Brand, settings: Any) -> None:
    version = versions.ask(brand=demo, config=cast.config())
    for asset in judged:
        (settings.MEDIA_ROOT / asset.sources["scene"]).write_bytes(b"other")
    running.make_next()
    version.refresh_from_db()
    assert version.state == State.FAILED and "not what was frozen" in version.error_en


def test_a_broken_training_keeps_the_last_good_weights(
    judged: list[Asset], demo: Brand, monkeypatch: pytest.MonkeyPatch
) -> None:
    from reviews.finetune.measuring import Measurer

    version = versions.ask(brand=demo, config=cast.config(validate_every=0))
    honest, calls = Measurer.error, iter(range(1000))
    monkeypatch.setattr(
        Measurer, "error", lambda self, *args: honest(self, *args) * (float("nan") if next(calls) >= 6 else 1.0)
    )
    running.make_next()
    version.refresh_from_db()
    assert version.state == State.FAILED and "no number" in version.error_en
    engine = DiffusersEngine(cast.folder(), device="cpu", options=Options(strength=0.5))
    worn = Lora(default_storage.path(version.files["weights"]))
    assert engine.diffuse([tiny.request(128, 128, loras=(worn,))])[0].made == "diffused"


def test_the_examples_are_the_scene_and_its_maps_at_training_size(judged: list[Asset], demo: Brand) -> None:
    from reviews.finetune.datasets import read_manifest
    from reviews.finetune.preparing import prepare

    version = versions.ask(brand=demo, config=cast.config("kto"))
    work = running.work_of(version)
    given = prepare(read_manifest(version.dataset), "name", 128 * 128, work)
    shown: list[Any] = [*given.train, *given.validation]
    assert {int(e.key) for e in shown} <= {a.pk for a in judged} and len(given.train) >= 1
    for each in shown:
        assert each.target.shape[:2] == each.blockout.depth.shape
        assert abs(each.target.astype(int) - each.blockout.rgb).mean() < 2  # these scenes are the renderer's own


def test_the_command_trains_and_says_where_it_lies(judged: list[Asset], demo: Brand) -> None:
    said, told = io.StringIO(), io.StringIO()
    small = ["--steps", "4", "--batch", "1", "--rank", "2", "--area", "16384"]
    with pytest.raises(SystemExit) as ended:
        call_command("finetune", "--brand", "demo", "--method", "sft", *small, stdout=said, stderr=told)
    assert ended.value.code == 0, told.getvalue()
    version = LearnerVersion.objects.get()
    assert version.files["weights"] in said.getvalue() and "2 left out: rejected" in told.getvalue()


def test_the_command_refuses_in_words(judged: list[Asset], demo: Brand) -> None:
    for arguments, sentence in (
        (["--brand", "nobody", "--method", "sft"], "There is no brand nobody"),
        (["--brand", "demo", "--method", "dpo"], "no pair was judged"),
        (["--brand", "demo", "--method", "sft", "--steps", "0"], "--steps"),
    ):
        told = io.StringIO()
        with pytest.raises(SystemExit) as ended:
            call_command("finetune", *arguments, stderr=told)
        assert ended.value.code == 2 and sentence in told.getvalue()
    assert LearnerVersion.objects.count() == 0


def test_a_dataset_that_does_not_suffice_asks_for_nothing(demo: Brand) -> None:
    with pytest.raises(PermanentError):
        versions.ask(brand=demo, config=cast.config())
    assert LearnerVersion.objects.count() == 0
