"""Labels that the scorer needs when the queue chooses what people are asked about, against asking in random order.

    python -m bench acquisition                # makes pictures for 8 minutes at most, then measures what there is
    PYTHONPATH=. python bench/bench_acquisition.py --seconds 0 --measure 400

Real pictures (the whole pipeline at small size) and their real vectors; reviewers whose taste is stated in bench/tastes.py and who
contradict themselves in one answer of twelve. Both arms learn with the product's scorer; AUC is against the taste itself on a third of
the briefs, which neither arm may ask about. Resumable: pictures, vectors and each taste × seed × arm are kept. Exit code 1 where the
goal is missed.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import time
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

GOAL = 2.0  # times fewer labels
SEEDS = 5
FIRST, STEP, MOST = 48, 24, 192  # labels: chosen without a scorer, a batch, in all
ARMS = ("random", "chosen")
Floats = NDArray[np.float64]


def curve(taste: int, seed: int, arm: str) -> list[float]:
    """Holdout AUC at FIRST, FIRST + STEP … labels."""
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "studio.settings")
    django.setup()
    from bench.taste_data import described, split
    from bench.tastes import TASTES, answers
    from reviews.learning.measuring import auc
    from reviews.learning.scorer import Labels, fit
    from reviews.learning.spaces import fit_space

    data = described()
    truth = TASTES[taste].usable(data.columns)
    rng = np.random.default_rng([seed, taste])
    said = answers(truth, rng)
    pool, held = split(data.briefs, seed)
    space = fit_space(data.vectors[pool], data.named)
    places = space.places(data.vectors)
    asked = _first(places, data.briefs, pool, arm, seed)
    found: list[float] = []
    while True:
        scorer = fit(Labels(data.vectors[asked], said[asked], data.briefs[asked]), space, seed=seed, dimensions=False)
        found.append(auc(truth[held].astype(np.float64), scorer(data.vectors[held]).usable) or 0.5)
        if len(asked) >= min(MOST, len(pool) - STEP):
            return found
        left = np.setdiff1d(pool, asked)
        doubt = scorer(data.vectors[left]).doubt if arm == "chosen" else None
        asked = np.concatenate([asked, _next(places, data.briefs, left, asked, doubt, arm, seed + len(asked))])


def _first(places: Floats, briefs: NDArray[np.int64], pool: NDArray[np.intp], arm: str, seed: int) -> NDArray[np.intp]:
    """What is asked before there is a scorer: by coverage in the product, in two batches."""
    asked = np.zeros(0, np.intp)
    for _ in range(FIRST // STEP):
        left = np.setdiff1d(pool, asked)
        asked = np.concatenate([asked, _next(places, briefs, left, asked, None, arm, seed)])
    return asked


def _next(
    places: Floats,
    briefs: NDArray[np.int64],
    left: NDArray[np.intp],
    asked: NDArray[np.intp],
    doubt: Floats | None,
    arm: str,
    seed: int,
) -> NDArray[np.intp]:
    from reviews.learning.acquisition import Pool, choose

    if arm == "random":
        return np.random.default_rng([seed, len(asked)]).permutation(left)[:STEP]
    one = np.zeros(len(left), np.int64)
    pool = Pool(places[left], briefs[left], one, one.astype(np.float64), doubt, places[asked])
    return left[[choice.row for choice in choose(pool, STEP, seed)]]


def labels_to(curve: Floats, target: float) -> float:
    """Labels at which a curve first reaches the target, between two points by a straight line; infinite where it never does."""
    at = FIRST + STEP * np.arange(len(curve))
    for i in range(len(curve)):
        if curve[i] >= target:
            gap = curve[i] - curve[i - 1] if i else 0.0
            return float(at[i] - STEP * (curve[i] - target) / gap) if gap > 0 else float(at[i])
    return float("inf")


def fewer(random: Floats, chosen: Floats) -> tuple[float, float]:
    """The AUC that random order has two batches before its end, and how many times fewer labels the chosen need. (seeds, points)."""
    means = random.mean(axis=0), chosen.mean(axis=0)
    target = float(means[0][-3])
    return target, labels_to(means[0], target) / labels_to(means[1], target)


def interval(random: list[Floats], chosen: list[Floats]) -> tuple[float, float]:
    """Of the mean over tastes of times fewer (geometric), seeds drawn again; 95 %."""
    rng, drawn = np.random.default_rng(0), []
    for _ in range(1000):
        rows = rng.integers(len(random[0]), size=len(random[0]))
        drawn.append(
            np.mean([np.log(max(fewer(r[rows], c[rows])[1], 0.1)) for r, c in zip(random, chosen, strict=True)])
        )
    low, high = np.exp(np.percentile(drawn, [2.5, 97.5]))
    return float(low), float(high)


def measured(folder: Path, seconds: float) -> bool:
    """Work out the curves that are missing while there is time. True when all are there."""
    from bench.tastes import TASTES

    jobs = [(t, s, arm) for s in range(SEEDS) for t in range(len(TASTES)) for arm in ARMS]
    missing = [job for job in jobs if not _page(folder, *job).exists()]
    until = time.monotonic() + seconds
    with ProcessPoolExecutor(2) as workers:
        for at in range(0, len(missing), 2):
            if time.monotonic() > until:
                break
            batch = missing[at : at + 2]
            for job, found in zip(batch, workers.map(curve, *zip(*batch, strict=True)), strict=True):
                _page(folder, *job).write_text(json.dumps(found))
    return all(_page(folder, *job).exists() for job in jobs)


def _page(folder: Path, taste: int, seed: int, arm: str) -> Path:
    return folder / "curves" / f"{taste}-{seed}-{arm}.json"


def _curves(folder: Path, taste: int, arm: str) -> Floats:
    rows = [json.loads(_page(folder, taste, seed, arm).read_text()) for seed in range(SEEDS)]
    return np.array(rows)


def report(folder: Path) -> float:
    from bench.tastes import TASTES

    random, chosen = ([_curves(folder, t, arm) for t in range(len(TASTES))] for arm in ARMS)
    print(
        f"\n| taste | AUC at {FIRST} / {FIRST + 4 * STEP} / {MOST} labels, random | chosen | to reach AUC | times fewer |"
    )
    print("| --- | --- | --- | --- | --- |")
    for taste, r, c in zip(TASTES, random, chosen, strict=True):
        target, times = fewer(r, c)
        shown = [" / ".join(f"{v.mean(axis=0)[i]:.3f}" for i in (0, 4, -1)) for v in (r, c)]
        print(f"| {taste.name}: {taste.says} | {shown[0]} | {shown[1]} | {target:.3f} | {times:.2f} |")
    times = float(np.exp(np.mean([np.log(max(fewer(r, c)[1], 0.1)) for r, c in zip(random, chosen, strict=True)])))
    low, high = interval(random, chosen)
    ahead = np.array([c.mean() - r.mean() for r, c in zip(random, chosen, strict=True)]).mean()
    print(f"\nTimes fewer labels, mean over tastes: {times:.2f} ({low:.2f} to {high:.2f}); goal {GOAL:.1f}.")
    print(f"Mean gain of AUC over the whole curve: {ahead:+.3f}. {SEEDS} seeds; seeds drawn again for the interval.")
    return times


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--seconds", type=float, default=480.0, help="for making pictures")
    parser.add_argument("--measure", type=float, default=480.0, help="for curves")
    asked = parser.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "studio.settings")
    import django

    django.setup()
    from bench.taste_data import FOLDER, data_within

    data = data_within(asked.seconds)
    if data is None:
        print("Too few to measure anything; run it again.")
        return 1
    print(f"{len(data)} pictures of {len(set(data.briefs.tolist()))} briefs, a third of the briefs held out.")
    (FOLDER / "curves").mkdir(exist_ok=True)
    if not measured(FOLDER, asked.measure):
        print("Curves are missing; run it again.")
        return 1
    return 0 if report(FOLDER) >= GOAL else 1


if __name__ == "__main__":
    sys.exit(main())
