"""The GPU bench on the CPU: every cell runs at tiny sizes, in pieces, and its full-size models have the published sizes."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

torch = pytest.importorskip("torch")

from bench import bench_gpu  # noqa: E402
from bench.random_models import FULL  # noqa: E402
from generation.engines.families import BY_SLUG  # noqa: E402

ROOT = Path(__file__).resolve().parents[3]


def run(out: Path, *more: str) -> int:
    return bench_gpu.main(["--tiny", "--models", "flux1", "--steps", "2", "--out", str(out), *more])


def test_it_stops_when_the_time_is_up_and_goes_on_where_it_stopped(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "told.json"
    assert run(out, "--minutes", "0") == bench_gpu.MORE and not out.exists()
    assert run(out, "--only", "mixed/ours") == 0
    first = json.loads(out.read_text())["cells"]
    assert len(first) == 3 and all(n.startswith("flux1/mixed/ours/") for n in first)
    assert all(c["seconds"] > 0 and c["memory"] > 0 for c in first.values())
    assert run(out, "--only", "equal") == 0
    told = json.loads(out.read_text())["cells"]
    assert {n: told[n] for n in first} == first  # nothing is measured twice
    assert told["flux1/equal"]["max"] <= 1.0  # bytes against floats: rounding only
    shown = capsys.readouterr().out
    assert "| flux1 | 1 brief × 10 formats × 4 variants |" in shown and "CPU, tiny models: no measurement" in shown


def test_what_was_measured_otherwise_is_not_mixed_in(tmp_path: Path) -> None:
    out = tmp_path / "told.json"
    out.write_text(
        json.dumps({"device": "another", "dtype": "bf16", "steps": 30, "models": [], "cells": {"flux1/equal": {}}})
    )
    assert run(out, "--only", "equal") == 0
    assert json.loads(out.read_text())["cells"]["flux1/equal"]["mean"] >= 0


def test_named_rows_stand_by_themselves_with_their_error(tmp_path: Path) -> None:
    out = tmp_path / "told.json"
    assert run(out, "--only", "attention") == run(out, "--only", "cache") == 0
    cells = json.loads(out.read_text())["cells"]
    assert "note" in cells["flux1/attention/xformers"] or cells["flux1/attention/xformers"]["seconds"] > 0
    assert "note" in cells["flux1/cache/first block"] or cells["flux1/cache/first block"]["error"] >= 0


@pytest.mark.slow
@pytest.mark.timeout(1800)
def test_every_cell_runs(tmp_path: Path) -> None:
    out = tmp_path / "told.json"
    assert bench_gpu.main(["--tiny", "--steps", "2", "--out", str(out)]) == 0
    cells = json.loads(out.read_text())["cells"]
    assert cells["sdxl/brief/ten formats"]["pictures"] == 2 and len(cells) > 40


def test_without_a_gpu_nothing_is_claimed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(torch.cuda, "is_available", lambda: False)
    assert bench_gpu.main(["--out", str(tmp_path / "told.json")]) == 0
    assert not (tmp_path / "told.json").exists()


@pytest.mark.parametrize("slug", sorted(FULL))
def test_the_full_size_models_have_the_published_numbers_of_weights(slug: str) -> None:
    """Built on the meta device, where weights take no memory."""
    pipe = FULL[slug]("meta", torch.bfloat16)
    for part, billions in BY_SLUG[slug].parameters.items():
        count = sum(w.numel() for w in getattr(pipe, part).parameters())
        assert count / 1e9 == pytest.approx(billions, rel=0.02), part


def test_the_docs_say_what_is_not_yet_measured() -> None:
    text = (ROOT / "docs" / "benchmarks.md").read_text(encoding="utf-8")
    assert "bench_gpu.py" in text and ("not yet measured" in text or "Device: NVIDIA" in text)
