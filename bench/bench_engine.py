"""What diffusion costs on this machine, warm: seconds and peak memory for each format of the sample brief.

    python bench/bench_engine.py [--model embedded] [--controlnet FOLDER] [--steps 6] [--runs 3] [--threads 2]
    python bench/bench_engine.py --plain [--pictures 4] [--runs 3] [--sizes 384x672] [--only finished]

The scene is drawn by the fast tier outside the clock; a picture's time is the engine's own, finishing at full size included.
--plain: the embedded checkpoint at 512×512 and 384×672, against the stock pipeline called picture by picture, each way in a
process of its own, with torch's own number of threads for the stock pipeline.
"""

from __future__ import annotations

import argparse
import json
import pickle
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

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
    parser.add_argument("--plain", action="store_true", help="compare with the stock pipeline")
    parser.add_argument("--pictures", type=int, default=4)
    parser.add_argument("--sizes", default="512x512,384x672", help="with --plain, comma-separated")
    parser.add_argument("--only", choices=("raw", "finished"), help="with --plain, one kind of row")
    options = parser.parse_args()
    if options.plain:
        sizes = [tuple(map(int, size.split("x"))) for size in options.sizes.split(",")]
        kinds = (options.only,) if options.only else ("raw", "finished")
        against_plain(options.pictures, options.runs, sizes, kinds)
        return
    import torch

    from generation.engines.loading import asked_for, load_engine

    torch.set_num_threads(options.threads)
    begun = time.perf_counter()
    engine = load_engine(options.model, options.controlnet, options=asked_for(options.model))
    print(f"{engine.name} {engine.weights_hash[:10]} on {engine.device}, loaded in {time.perf_counter() - begun:.1f} s")
    print("| format | made | seconds | CPU seconds | why rendered |\n| --- | --- | --- | --- | --- |")
    for width, height in FORMATS:
        request = replace(staged(width, height), num_inference_steps=options.steps)
        engine.diffuse([request])
        picture, wall, cpu = measured(engine, request, options.runs)
        verdict = f" ({'within' if wall <= LIMIT else 'over'} {LIMIT} s)" if (width, height) == FORMATS[0] else ""
        print(f"| {width}x{height} | {picture.made} | {wall:.2f}{verdict} | {cpu:.2f} | {picture.why_rendered} |")
    print(f"Peak memory of this process: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20:.2f} GiB")


def against_plain(pictures: int, runs: int, sizes: Sequence[tuple[int, ...]], kinds: Sequence[str]) -> None:
    """Our way and the plain way on the same inputs. `one` asks for one picture, the other columns for several at a time."""
    print(f"{pictures} pictures, least of {runs} runs; seconds a picture (CPU seconds in brackets)")
    print(
        "| size | finished | way | one | each of several | plain / ours | GiB | within 2 of 255 |\n"
        + "| --- " * 8
        + "|"
    )
    for width, height in sizes:
        with tempfile.TemporaryDirectory() as folder:
            asked = [replace(staged(width, height, seed), text_zones=()) for seed in range(7, 7 + pictures)]
            (Path(folder) / "requests.pickle").write_bytes(pickle.dumps(asked))
            for finished in kinds:
                _compare(folder, f"{width}x{height}", finished, runs)


def _compare(folder: str, size: str, finished: str, runs: int) -> None:
    mine = _told(folder, "ours", 1.0, finished, runs)
    print(_row(size, finished, "ours", mine, mine, ""))
    doubled = [("plain, its own guidance of 7.5", 7.5)] if finished == "raw" else []
    for label, guidance in [*doubled, ("plain", 1.0)]:
        theirs = _told(folder, "plain", guidance, finished, runs)
        alike = f"{_alike(folder):.4%}" if guidance == 1 else "another picture"
        print(_row(size, finished, label, theirs, mine, alike), flush=True)


def _told(folder: str, way: str, guidance: float, finished: str, runs: int) -> dict[str, Any]:
    script = str(ROOT / "bench" / "one_way.py")
    command = [sys.executable, script, folder, way, str(guidance), finished, str(runs)]
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)
    told: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return told


def _row(size: str, finished: str, label: str, told: dict[str, Any], mine: dict[str, Any], alike: str) -> str:
    one, each = (f"{told[key][0]:.2f} ({told[key][1]:.2f})" for key in ("one", "each"))
    wall, cpu = (told["each"][i] / mine["each"][i] for i in (0, 1))
    return f"| {size} | {finished} | {label} | {one} | {each} | {wall:.2f} ({cpu:.2f}) | {told['gib']:.2f} | {alike} |"


def _alike(folder: str) -> float:
    """Share of pixels in which no channel differs by more than 2 of 255."""
    a, b = (np.load(Path(folder) / f"{way}.npz") for way in ("ours", "plain"))
    return float(np.mean([np.abs(a[k].astype(int) - b[k]).max(axis=2) <= 2 for k in a]))


def staged(width: int, height: int, seed: int = 7) -> PictureRequest:
    """A request for one seeded scene on this canvas."""
    from generation.control.maps import blockout
    from generation.engines.base import PictureRequest
    from generation.planning.prompts import prompt_for
    from generation.scenes.sampling import random_graph, random_layout

    graph = random_graph(seed)
    layout = random_layout(seed, width, height)
    prompt = prompt_for(graph, graph.palette, "lively")
    return PictureRequest(blockout(graph, layout), prompt, "", seed, text_zones=layout.text_zones)


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
