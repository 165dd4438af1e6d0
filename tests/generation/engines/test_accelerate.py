"""What makes a picture quicker must not change it: not its pixels, not what is told of it, not how it is stopped."""

from __future__ import annotations

import threading
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from generation.engines.base import Picture
from generation.errors import Cancelled
from generation.recipe import digest
from tests.generation.engines.tiny import CARD, request, save_tiny

torch = pytest.importorskip("torch")

from generation.engines import diffusers_engine  # noqa: E402
from generation.engines.accelerate import Begun, Once, accelerate, batches_at_once, make_all  # noqa: E402
from generation.engines.diffusers_engine import DiffusersEngine  # noqa: E402
from generation.engines.sampling import on_threads  # noqa: E402

SIZES = ((192, 320), (320, 192), (256, 256))


@pytest.fixture(scope="module")
def folder(tmp_path_factory: Any) -> Path:
    return save_tiny(tmp_path_factory.mktemp("tiny"), {**CARD, "threads": 1})


def requests() -> list[Any]:
    return [request(*size, seed=i, strength=0.5) for i, size in enumerate(SIZES)]


def digests(pictures: Sequence[Picture]) -> list[str]:
    return [digest(picture.rgb) for picture in pictures]


def counted(module: Any, monkeypatch: pytest.MonkeyPatch) -> list[int]:
    calls: list[int] = []
    whole = module.forward

    def forward(*args: Any, **kwargs: Any) -> Any:
        calls.append(1)
        return whole(*args, **kwargs)

    monkeypatch.setattr(module, "forward", forward)
    return calls


def test_the_control_image_is_read_once_a_batch(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    engine = DiffusersEngine(folder, device="cpu")
    calls = counted(engine.sampler.pipe.controlnet.controlnet_cond_embedding.conv_in, monkeypatch)
    engine.diffuse(requests()[:1])
    assert len(calls) == 1
    engine.diffuse(requests()[1:2])
    assert len(calls) == 2


def test_a_checkpoint_in_another_layout_draws_the_same_picture(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    quick = DiffusersEngine(folder, device="cpu").diffuse(requests()[:1])[0]
    monkeypatch.setattr(diffusers_engine, "accelerate", lambda pipe, device: None)
    plain = DiffusersEngine(folder, device="cpu").diffuse(requests()[:1])[0]
    far = np.abs(quick.rgb.astype(int) - plain.rgb) > 2
    assert far.any(axis=2).mean() <= 0.001


def test_batches_at_once_give_the_bytes_of_one_after_the_other(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    engine = DiffusersEngine(folder, device="cpu")
    monkeypatch.setattr(diffusers_engine, "batches_at_once", lambda threads, device: 1)
    alone = engine.diffuse(requests())
    monkeypatch.setattr(diffusers_engine, "batches_at_once", lambda threads, device: 3)
    for _ in range(3):
        told: list[tuple[int, int]] = []
        caller = threading.get_ident()

        def step(taken: int, of: int, preview: Any, told: Any = told, caller: int = caller) -> None:
            assert threading.get_ident() == caller
            told.append((taken, of))

        together = engine.diffuse(requests(), step)
        assert digests(together) == digests(alone)
        assert told == [(i + 1, 3 * 4) for i in range(3 * 4)]
    assert len(engine.twins) == 2


def test_a_picture_on_one_thread_does_not_depend_on_its_neighbours(folder: Path) -> None:
    engine = DiffusersEngine(folder, device="cpu")
    alike = [request(seed=seed, strength=0.5) for seed in (1, 2, 3)]
    together = engine.diffuse(alike)
    assert digests(together) == digests([engine.diffuse([r])[0] for r in alike])


def test_cancelling_stops_every_batch(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(diffusers_engine, "batches_at_once", lambda threads, device: 2)
    engine = DiffusersEngine(folder, device="cpu")
    calls = counted(engine.sampler.pipe.unet, monkeypatch)

    def step(taken: int, of: int, preview: Any) -> None:
        raise Cancelled

    with pytest.raises(Cancelled):
        engine.diffuse([request(*size, num_inference_steps=30) for size in SIZES], step)
    assert len(calls) < 30
    assert [p.made for p in engine.diffuse(requests())] == ["diffused"] * 3


def test_a_fault_in_one_batch_is_raised_and_stops_the_others() -> None:
    stopped = []

    def make(group: str, sampler: Any, told: Any) -> str:
        if group == "bad":
            raise ValueError("this one")
        try:
            for i in range(500):
                told(i, 500, None)
                time.sleep(0.01)
        except BaseException:
            stopped.append(group)
            raise
        return group

    with pytest.raises(ValueError, match="this one"):
        make_all(make, ["good", "bad"], [object(), object()], lambda *_: None, 2)  # type: ignore[list-item]
    assert stopped == ["good"]


def test_a_model_that_takes_every_core_makes_one_batch_at_a_time() -> None:
    assert batches_at_once(None, "cpu") == 1
    assert batches_at_once(1, "cuda") == 1
    assert 1 <= batches_at_once(1, "cpu") <= 4


def test_once_computes_again_for_another_tensor_and_lets_go_of_the_old() -> None:
    seen: list[float] = []

    def double(x: Any) -> Any:
        seen.append(float(x[0]))
        return x * 2

    once = Once(double)
    first = torch.ones(1)
    assert once(first) == 2 and once(first) == 2
    assert once(torch.full((1,), 5.0)) == 10
    assert seen == [1.0, 5.0]
    assert not hasattr(once.latest, "result"), "the last tensor is gone, and with it the result"


def test_begun_is_asked_twice_for_one_batch_and_computes_once() -> None:
    class AJob:
        pass

    begun, jobs, made = Begun(), [AJob(), AJob()], []

    def encode() -> Any:
        made.append(1)
        return torch.zeros(1)

    begun.latents(jobs, encode)
    begun.latents(list(jobs), encode)
    assert len(made) == 1
    begun.latents(jobs[:1], encode)
    begun.latents(jobs[::-1], encode)
    assert len(made) == 3


def test_accelerating_twice_wraps_once(folder: Path) -> None:
    pipe = DiffusersEngine(folder, device="cpu").sampler.pipe
    before = pipe.controlnet.controlnet_cond_embedding.forward
    accelerate(pipe, "cpu")
    assert pipe.controlnet.controlnet_cond_embedding.forward is before
    assert pipe.unet.conv_in.weight.is_contiguous(memory_format=torch.channels_last)


def test_the_last_of_several_batches_puts_the_threads_back() -> None:
    usual = torch.get_num_threads()
    torch.set_num_threads(2)
    try:
        first, second = on_threads(1), on_threads(1)
        first.__enter__()
        second.__enter__()
        first.__exit__(None, None, None)
        assert torch.get_num_threads() == 1  # the second is still in the middle of its picture
        second.__exit__(None, None, None)
        assert torch.get_num_threads() == 2
    finally:
        torch.set_num_threads(usual)
