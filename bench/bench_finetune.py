"""What a step of fine-tuning costs on this machine: seconds a step and peak memory, for each method and size.

    python bench/bench_finetune.py [--model embedded] [--sides 256] [--steps 8] [--batch 4] [--rank 8]

Each row in a process of its own, warm by two steps, on scenes that our renderer draws. Validation, samples and checkpoints are off.
"""

from __future__ import annotations

import argparse
import json
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

if TYPE_CHECKING:
    from reviews.finetune.sets import Example, TrainingSet

WARM = 2
METHODS = ("sft", "kto", "dpo")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--model", default="embedded")
    parser.add_argument("--sides", default="256", help="comma-separated")
    parser.add_argument("--steps", type=int, default=8)
    parser.add_argument("--batch", type=int, default=4)
    parser.add_argument("--rank", type=int, default=8)
    parser.add_argument("--one", choices=METHODS, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.one:
        print(json.dumps(measured(options.one, int(options.sides), options)))
        return
    print(
        "| method | side | seconds a step | CPU seconds | peak GiB | weights trained |\n| --- | --- | --- | --- | --- | --- |"
    )
    for side in options.sides.split(","):
        for method in METHODS:
            command = [sys.executable, __file__, *sys.argv[1:], "--one", method, "--sides", side]
            done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)
            told = json.loads(done.stdout.splitlines()[-1])
            print(
                f"| {method} | {side} | {told['wall']:.2f} | {told['cpu']:.2f} | {told['gib']:.2f} | {told['weights']:,} |",
                flush=True,
            )


def measured(method: str, side: int, options: argparse.Namespace) -> dict[str, float]:
    """Medians of wall and CPU seconds of a step, the process's peak memory, and how many numbers are trained."""
    from generation.engines.diffusers_engine import DiffusersEngine
    from reviews.finetune.config import Config
    from reviews.finetune.measuring import Measurer
    from reviews.finetune.training import Watch, train

    config = Config(
        method=method,
        steps=WARM + options.steps,
        batch=options.batch,
        rank=options.rank,
        area=side * side,
        checkpoint_every=0,
        validate_every=0,
        sample_every=0,
    )
    measurer = Measurer(DiffusersEngine(options.model), config)
    ends: list[tuple[float, float]] = []
    watch = Watch(lambda done, steps, loss: ends.append((time.perf_counter(), time.process_time())))
    with tempfile.TemporaryDirectory() as work:
        train(measurer, some(method, side), Path(work), watch)
    wall, cpu = ([b[i] - a[i] for a, b in zip(ends[WARM - 1 :], ends[WARM:], strict=False)] for i in (0, 1))
    gib = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20
    weights = sum(w.numel() for w in measurer.adapter.weights)
    return {"wall": statistics.median(wall), "cpu": statistics.median(cpu), "gib": gib, "weights": weights}


def some(method: str, side: int) -> TrainingSet:
    """Four drawn scenes, or pairs of them, with verdicts by turns."""
    from reviews.finetune.sets import Pair, TrainingSet

    examples = [drawn(seed, side, liked=seed % 2 == 0) for seed in range(4)]
    pairs = [Pair(a, b) for a, b in zip(examples[::2], examples[1::2], strict=True)]
    return TrainingSet("bench", pairs if method == "dpo" else examples)


def drawn(seed: int, side: int, liked: bool) -> Example:
    from generation.control.maps import blockout
    from generation.planning.prompts import prompt_for
    from generation.scenes.sampling import random_graph, random_layout
    from reviews.finetune.sets import Example

    graph = random_graph(seed)
    scene = blockout(graph, random_layout(seed, side, side))
    target = scene.rgb[:, ::-1].copy() if liked else scene.rgb
    return Example(f"{seed:04d}", target, scene, prompt_for(graph, graph.palette, "lively"), desirable=liked)


if __name__ == "__main__":
    main()
