"""Short memory: the same picture with less of it, and a plain sentence at the end; never a smaller picture."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

torch = pytest.importorskip("torch")

from generation.engines.diffusers_engine import DiffusersEngine  # noqa: E402
from generation.errors import PermanentError  # noqa: E402
from tests.generation.engines.families.cast import SIDE, folder, pixels, request  # noqa: E402


def starve(monkeypatch: pytest.MonkeyPatch, made_by: Any, enough: Any) -> list[int]:
    """Let the denoiser run out of memory until `enough(batch)`; the list fills with the batches tried."""
    denoiser = getattr(made_by.sampler.pipe, made_by.family.denoiser)
    forward, tried = denoiser.forward, []

    def hungry(hidden: Any = None, *args: Any, **kwargs: Any) -> Any:
        batch = len(kwargs.get("hidden_states", hidden))
        tried.append(batch)
        if not enough(batch):
            raise torch.OutOfMemoryError("CUDA out of memory. Tried to allocate 40.00 GiB")
        return forward(hidden, *args, **kwargs) if hidden is not None else forward(*args, **kwargs)

    monkeypatch.setattr(denoiser, "forward", hungry)
    return tried


@pytest.mark.parametrize("slug", ["sd15", "flux1"])
def test_a_batch_too_large_is_made_one_by_one_and_that_is_told(slug: str, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = [request(seed=s, guidance_scale=1.0) for s in (1, 2, 3)]
    whole = DiffusersEngine(folder(slug), device="cpu").diffuse(asked)
    short = DiffusersEngine(folder(slug), device="cpu")
    tried = starve(monkeypatch, short, lambda batch: batch == 1)
    steps: list[int] = []
    made = short.diffuse(asked, lambda i, n, p: steps.append(i))
    assert tried[:2] == [3, 1]
    assert [p.rgb.shape for p in made] == [(SIDE, SIDE, 3)] * 3
    assert all(np.abs(pixels(a) - pixels(b)).max() <= 3 for a, b in zip(whole, made, strict=True))
    assert all(p.notes["memory"] == "slicing" for p in made)
    assert steps == sorted(steps) and steps[-1] == 3


def test_when_nothing_helps_a_sentence_says_what_was_tried(monkeypatch: pytest.MonkeyPatch) -> None:
    short = DiffusersEngine(folder("sd15"), device="cpu")
    starve(monkeypatch, short, lambda batch: False)
    with pytest.raises(PermanentError) as fault:
        short.diffuse([request()])
    words = fault.value.words
    assert "Not enough memory" in words.en and f"{SIDE}×{SIDE}" in words.en and "slicing, tiling" in words.en
    assert "内存不足" in words.zh and "slicing" in words.zh
    monkeypatch.undo()
    assert short.diffuse([request()])[0].rgb.shape == (SIDE, SIDE, 3)  # and the engine is good for the next


def test_on_a_gpu_offloading_comes_before_the_sentence() -> None:
    thrift = DiffusersEngine(folder("sd15"), device="cpu").sampler.thrift
    thrift.device = "cuda"
    assert [name for name, _ in thrift._measures()] == ["slicing", "tiling", "offload", "offload by layer"]


def test_weights_that_do_not_fit_the_gpu_wait_in_main_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    thrift = DiffusersEngine(folder("sd15"), device="cpu").sampler.thrift
    asked: list[str] = []

    def to(device: str) -> None:
        asked.append(device)
        if device == "cuda":
            raise torch.OutOfMemoryError("CUDA out of memory. Tried to allocate 40.00 GiB")

    monkeypatch.setattr(thrift.pipe, "to", to)
    monkeypatch.setattr(thrift.pipe, "enable_model_cpu_offload", lambda device: asked.append(f"offload to {device}"))
    thrift.device = "cuda"
    thrift.place(compiled=False)
    assert asked == ["cuda", "cpu", "offload to cuda"]
    assert thrift.taken == ["slicing", "tiling", "offload"]
    assert thrift.one_by_one and thrift.space.one_by_one and thrift.pipe.vae.use_tiling


def test_another_fault_is_not_taken_for_short_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    made_by = DiffusersEngine(folder("sd15"), device="cpu")

    def broken(*args: Any, **kwargs: Any) -> None:
        raise RuntimeError("mat1 and mat2 shapes cannot be multiplied")

    monkeypatch.setattr(made_by.sampler.pipe.unet, "forward", broken)
    with pytest.raises(RuntimeError, match="mat1"):
        made_by.diffuse([request()])
    assert made_by.sampler.thrift.taken == []
