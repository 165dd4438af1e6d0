"""The review loop, whole, with simulated reviewers: does the usable rate rise, by which learner, and not by luck?

    make loop-experiment                       # or: python bench/loop_experiment.py [--seconds 28800] [--seeds 5] [--workers 2]
    python bench/loop_experiment.py --seconds 0     # the table and the plots of what is there

Three reviewers whose taste is stated in bench/loop_reviewers.py (one of them about colour), five seeds. Rounds of 64 reviews of pictures of
new briefs; after each, everything learns at the product's default strength, and fresh pictures of briefs that nobody reviews are judged:
each by itself, and the one of four that the scorer would show first. Arms: pictures chosen for review as the queue does; chosen at
random; and with shuffled answers, which must not improve. 256 × 256, the whole pipeline, the real scorer. What the 200-pair gate would
add is not in it: each learner is used as soon as its own check on unseen briefs lets it.

Resumable: pictures are kept by what made them and each run by reviewer, seed and arm. Exit code 3 while runs are missing, 1 where a goal
is missed, else 0.
"""

from __future__ import annotations

import argparse
import sys
import time
from concurrent.futures import ProcessPoolExecutor, as_completed
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import numpy as np

from bench import loop_report
from bench.loop_pictures import FOLDER, Learners, pictures
from bench.loop_reviewers import REVIEWERS
from bench.loop_run import ALONE, ARMS, alone, run

SECONDS = 8 * 3600
LIMITS_FROM, LIMITS_OF = 9_000_000, 40  # briefs that no run uses


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seconds", type=float, default=SECONDS, help="no run is begun after this long")
    parser.add_argument("--seeds", type=int, default=5)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument(
        "--limits", action="store_true", help="only tell what each reviewer finds usable without learners"
    )
    options = parser.parse_args()
    if options.limits:
        limits(options.workers)
        return 0
    seeds = range(1, options.seeds + 1)
    wanted = [(r.name, seed, arm) for arm in (*ARMS, *ALONE) for seed in seeds for r in REVIEWERS]
    work(wanted, time.monotonic() + options.seconds, options.workers)
    found = loop_report.read(FOLDER, options.seeds)
    print(loop_report.table(found))
    print(f"Plots: {', '.join(map(str, loop_report.draw(found, FOLDER)))}")
    if len(found.runs) < len(REVIEWERS) * options.seeds * len(ARMS):
        print("Runs are missing: start it again.")
        return 3
    return 0 if loop_report.met(found) else 1


def work(wanted: list[tuple[str, int, str]], until: float, workers: int) -> None:
    """One run after the other in each worker, in this order, as long as there is time."""
    with ProcessPoolExecutor(workers, max_tasks_per_child=1) as pool:
        for done in as_completed([pool.submit(one, each, until) for each in wanted]):
            done.result()


def one(which: tuple[str, int, str], until: float) -> None:
    """A run, or a learner alone; nothing when the time is over."""
    if time.monotonic() < until:
        (alone if which[2] in ALONE else run)(*which)


def limits(workers: int) -> None:
    """How much of what is made without learners each reviewer finds usable, part by part, and where the limits would lie."""
    numbers = [each.numbers for each in pictures(range(LIMITS_FROM, LIMITS_FROM + LIMITS_OF), Learners(), workers)]
    for reviewer in REVIEWERS:
        good = float(np.mean([reviewer.usable(n) for n in numbers]))
        print(f"{reviewer.name}: {good:.0%} of {len(numbers)} usable")
        for part in reviewer.parts:
            worth = np.array([part.worth(n) for n in numbers])
            told = ", ".join(f"{q:.0%}: {np.quantile(worth, q):.3f}" for q in (0.3, 0.4, 0.5, 0.6, 0.7))
            print(f"  {part.dimension}: {np.mean(worth >= part.least):.0%} meet {part.least}; quantiles {told}")


if __name__ == "__main__":
    sys.exit(main())
