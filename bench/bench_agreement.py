"""Krippendorff's alpha of raters whose alpha was planted: how near it comes, and how often its interval holds the truth.

    python bench/bench_agreement.py [--seeds 200] [--items 400] [--raters 3] [--missing 0.2] [--json]

Each row is a scale and a planted alpha over `--seeds` studies: the mean of what was found, the farthest of the studies, the mean interval,
and its coverage (95 % is promised). Exit 1 where a mean is over 0.05 away or an interval covers under 90 %.
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import Any

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from bench.planted_raters import copying, measuring
from reviews.agreement import Estimate, Level, alpha

NEAR, COVERED = 0.05, 0.90
PLANTED = (0.0, 0.3, 0.5, 0.667, 0.8, 0.95)
LEVELS: tuple[Level, ...] = ("nominal", "ordinal", "interval")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seeds", type=int, default=200)
    parser.add_argument("--items", type=int, default=400)
    parser.add_argument("--raters", type=int, default=3)
    parser.add_argument("--missing", type=float, default=0.2)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    size = {"items": options.items, "raters": options.raters, "missing": options.missing}
    rows = [row_of(level, planted, options.seeds, size) for level in LEVELS for planted in PLANTED]
    print(json.dumps(rows) if options.json else table(rows))
    return 0 if all(abs(row["found"] - row["planted"]) <= NEAR and row["covered"] >= COVERED for row in rows) else 1


def row_of(level: Level, planted: float, seeds: int, size: dict[str, Any]) -> dict[str, Any]:
    told = [(e.value, e.low, e.high) for e in (study(level, planted, seed, size) for seed in range(seeds)) if e.known]
    found, low, high = np.array(told, np.float64).T
    return {
        "level": level,
        "planted": planted,
        "studies": len(told),
        "found": float(found.mean()),
        "farthest": float(np.abs(found - planted).max()),
        "low": float(low.mean()),
        "high": float(high.mean()),
        "covered": float(((low <= planted) & (planted <= high)).mean()),
    }


def study(level: Level, planted: float, seed: int, size: dict[str, Any]) -> Estimate:
    """One study: 5-point answers, for the interval scale continuous scores."""
    planter = measuring if level == "interval" else copying
    return alpha(planter(planted, seed=seed, **size), level, draws=1000, seed=seed)


def table(rows: list[dict[str, Any]]) -> str:
    head = f"{'scale':<9}{'planted':>8}{'found':>8}{'farthest':>10}{'interval':>17}{'covered':>9}"
    return "\n".join(
        [head]
        + [
            f"{r['level']:<9}{r['planted']:>8.3f}{r['found']:>8.3f}{r['farthest']:>10.3f}"
            f"{r['low']:>9.3f} .. {r['high']:.3f}{r['covered']:>8.1%}"
            for r in rows
        ]
    )


if __name__ == "__main__":
    sys.exit(main())
