"""What the engine gains on a GPU over the plain loop of pipeline calls, for full-size models of random weights.

    python bench/bench_gpu.py [--models sdxl,flux1] [--minutes 7.5] [--out var/bench-gpu.json] [--only WORD] [--tiny] [--fresh]

Nothing is fetched: the models are built on the device (random_models.py). Each figure is a cell of its own, written to `--out` as soon
as it is measured, so the bench runs in pieces: call it again until it exits with 0 (3: more to do). A table in Markdown is printed
each time. `--tiny` runs every cell on the CPU with the tests' tiny models, to show that the script works; its figures say nothing.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from bench.gpu_cells import Bench, cells_of  # noqa: E402
from bench.gpu_table import table  # noqa: E402

MORE = 3  # exit code: cells are left


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--models", default="sdxl,flux1")
    parser.add_argument("--minutes", type=float, default=7.5, help="begin no figure after so long")
    parser.add_argument("--out", type=Path, default=ROOT / "var" / "bench-gpu.json")
    parser.add_argument("--only", default="", help="measure the cells whose name holds this word")
    parser.add_argument("--steps", type=int, default=30)
    parser.add_argument("--tiny", action="store_true")
    parser.add_argument("--fresh", action="store_true", help="forget what was measured before")
    options = parser.parse_args(arguments)
    import torch

    if not options.tiny and not torch.cuda.is_available():
        print("No CUDA device here: nothing is measured. `--tiny` shows on the CPU that the script works.")
        return 0
    device = "CPU, tiny models: no measurement" if options.tiny else torch.cuda.get_device_name()
    told = _kept(options, device)
    left = _measure(options, told)
    print(table(told))
    if left:
        print(f"\n{left} figures are left: run the same command again.")
    return MORE if left else 0


def _kept(options: argparse.Namespace, device: str) -> dict[str, Any]:
    """What earlier pieces measured on this device at these settings, or nothing yet."""
    head = {
        "device": device,
        "dtype": "fp32" if options.tiny else "bf16",
        "steps": options.steps,
        "models": options.models.split(","),
    }
    if options.out.is_file() and not options.fresh:
        kept: dict[str, Any] = json.loads(options.out.read_text(encoding="utf-8"))
        if all(kept.get(k) == v for k, v in head.items() if k != "models"):
            return kept | {"models": head["models"]}
        print(f"{options.out} was measured elsewhere or otherwise; it is begun anew.")
    return head | {"cells": {}}


def _measure(options: argparse.Namespace, told: dict[str, Any]) -> int:
    """Measure until the time is up; how many cells are left. One model is on the device at a time."""
    begun, left = time.monotonic(), 0
    for slug in told["models"]:
        bench = Bench(slug, options.tiny, options.steps)
        for name, cell in cells_of(bench).items():
            if name in told["cells"] or options.only not in name:
                continue
            if time.monotonic() - begun > options.minutes * 60:
                left += 1
                continue
            told["cells"][name] = cell()
            _keep(options.out, told)
            print(f"{name}: {json.dumps(told['cells'][name])}", flush=True)
        _forget(bench)
    return left


def _keep(path: Path, told: dict[str, Any]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    half = path.with_suffix(".part")
    half.write_text(json.dumps(told, indent=1), encoding="utf-8")
    half.replace(path)


def _forget(bench: Bench) -> None:
    import gc

    import torch

    bench.engines.clear()
    bench.__dict__.pop("pipe", None)
    gc.collect()
    if torch.cuda.is_available():
        torch.cuda.empty_cache()


if __name__ == "__main__":
    sys.exit(main())
