"""How long the whole path takes, warm, on this machine: one poster, and the sample brief in its six formats.

    python bench/bench_produce.py [--brief docs/briefs/demo.yaml] [--runs 3]

Prints seconds a stage, the share outside diffusion, and each figure against its limit.
"""

from __future__ import annotations

import argparse
import os
import statistics
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

if TYPE_CHECKING:
    from generation.planning.brief import Brief

POSTER_LIMIT, BRIEF_LIMIT = 8.0, 45.0
Run = tuple[float, dict[str, Any]]  # seconds, manifest


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--brief", type=Path, default=ROOT / "docs/briefs/demo.yaml")
    parser.add_argument("--runs", type=int, default=3)
    options = parser.parse_args()
    from brand_styles.sample import demo
    from generation.engines.loading import load_engine
    from generation.planning.brief import load_brief
    from generation.producing import prepare, produce

    engine = load_engine()
    poster = load_brief(options.brief, overrides={"formats": "1080x1920"})
    brief = load_brief(options.brief)
    with tempfile.TemporaryDirectory() as folder:

        def run(which: Brief) -> Run:
            begun = time.perf_counter()
            manifest = produce(prepare(which, demo()), engine, Path(folder), lambda *_: None)
            return time.perf_counter() - begun, manifest

        run(poster)  # warm: weights, compiled kernels, OCR
        posters = [run(poster) for _ in range(options.runs)]
        briefs = [run(brief) for _ in range(options.runs)]
    report("one poster, 1080x1920", posters, POSTER_LIMIT)
    report(f"{options.brief.stem}, {len(brief.formats)} formats", briefs, BRIEF_LIMIT)


def report(name: str, runs: list[Run], limit: float) -> None:
    """Median of the runs against a limit, and where the time goes."""
    seconds = statistics.median(r[0] for r in runs)
    stages: dict[str, float] = {}
    for asset in runs[-1][1]["assets"]:
        for stage, value in asset["timings"].items():
            stages[stage] = stages.get(stage, 0.0) + value
    total = sum(stages.values())
    print(f"\n{name}: {seconds:.1f} s (limit {limit:g} s, ratio {seconds / limit:.2f}) on {os.cpu_count()} cores")
    for stage, value in stages.items():
        print(f"  {stage:<10} {value:6.2f} s  {value / total:5.0%}")
    print(f"  outside diffusion: {1 - stages.get('diffusion', 0.0) / total:.0%}")


if __name__ == "__main__":
    main()
