"""What diffusion costs on this machine, warm: seconds and peak memory for each format of the sample brief.

    python bench/bench_engine.py [--model embedded] [--controlnet FOLDER] [--steps 6] [--runs 3] [--threads 2]

The scene is drawn by the fast tier outside the clock; a picture's time is the engine's own, finishing at full size included.
"""

from __future__ import annotations

import argparse
import resource
import statistics
import sys
import time
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from generation.engines.base import Engine, Picture, PictureRequest

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

FORMATS = ((1080, 1920), (1080, 1080), (1200, 628), (300, 250), (970, 250), (728, 90))
LIMIT = 2.5  # seconds for the story format, so that one poster stays under 8 in all stages


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--model", default="embedded")
    parser.add_argument("--controlnet")
    parser.add_argument("--steps", type=int, default=6)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--threads", type=int, default=2)
    options = parser.parse_args()
    import torch

    from generation.engines.loading import load_engine

    torch.set_num_threads(options.threads)
    begun = time.perf_counter()
    engine = load_engine(options.model, options.controlnet)
    print(f"{engine.name} {engine.weights_hash[:10]} on {engine.device}, loaded in {time.perf_counter() - begun:.1f} s")
    print("| format | made | seconds | CPU seconds | why rendered |\n| --- | --- | --- | --- | --- |")
    for width, height in FORMATS:
        request = replace(staged(width, height), num_inference_steps=options.steps)
        engine.diffuse([request])
        picture, wall, cpu = measured(engine, request, options.runs)
        verdict = f" ({'within' if wall <= LIMIT else 'over'} {LIMIT} s)" if (width, height) == FORMATS[0] else ""
        print(f"| {width}x{height} | {picture.made} | {wall:.2f}{verdict} | {cpu:.2f} | {picture.why_rendered} |")
    print(f"Peak memory of this process: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20:.2f} GiB")


def staged(width: int, height: int) -> PictureRequest:
    """A request for one seeded scene on this canvas."""
    from generation.control.maps import blockout
    from generation.engines.base import PictureRequest
    from generation.planning.prompts import prompt_for
    from generation.scenes.sampling import random_graph, random_layout

    graph = random_graph(7)
    layout = random_layout(7, width, height)
    prompt = prompt_for(graph, graph.palette, "lively")
    return PictureRequest(blockout(graph, layout), prompt, "", 7, text_zones=layout.text_zones)


def measured(engine: Engine, request: PictureRequest, runs: int) -> tuple[Picture, float, float]:
    """The picture, and medians of wall and CPU seconds."""
    walls, cpus = [], []
    for _ in range(runs):
        wall, cpu = time.perf_counter(), time.process_time()
        picture = engine.diffuse([request])[0]
        walls.append(time.perf_counter() - wall)
        cpus.append(time.process_time() - cpu)
    return picture, statistics.median(walls), statistics.median(cpus)


if __name__ == "__main__":
    main()
