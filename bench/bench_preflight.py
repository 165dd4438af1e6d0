"""Measures preflight: how many assets pass first, how many stay blocked, how many planted glyph faults are caught.

    python bench/bench_preflight.py [--quick] [--assets 500] [--faults 200] [--no-second] [--records FILE [--seconds 300]]

A pass is the whole report; a fault counts as caught when the report blocks. What counts as a fault is said in `preflight_faults`:
one that cannot be seen beyond antialiasing is not planted. The second engine is tesseract on lines of 24 px and more of every
asset, prepared as said in `second_engine`; the goal is that it reads 97 % of their characters as promised.

Each asset and each fault is judged by itself, from its number alone. With `--records` what was measured is kept in that file, a
line of JSON each, and a later run goes on from there, so that a long measurement can be made in pieces.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import numpy as np
from numpy.typing import NDArray

from bench import second_engine
from bench.preflight_assets import Sample, make_sample
from bench.preflight_faults import KINDS, plant
from brand_styles.rules.pixels import pixel_rules_for
from generation.preflight.ground import without_type
from generation.preflight.runner import check
from generation.preflight.shown import Drawn, Known
from generation.repair import preflight_and_repair
from generation.types import Report

FIRST_FAULTY = 10_000  # number of the asset that bears the first fault
SOUGHT = 2  # assets looked at, at most, for each fault asked
Record = dict[str, Any]


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--assets", type=int, default=500)
    options.add_argument("--faults", type=int, default=200)
    options.add_argument("--first", type=int, default=0, help="number of the first asset")
    options.add_argument("--quick", action="store_true", help="60 assets, 40 faults")
    options.add_argument("--no-second", action="store_true", help="leave tesseract out")
    options.add_argument("--records", type=Path, help="keep what is measured here, and go on from what is")
    options.add_argument(
        "--seconds", type=float, help="stop after so many seconds of this process's time; needs --records"
    )
    options.add_argument("--verbose", action="store_true")
    options.add_argument("--json", action="store_true", help="the figures once more as one line of JSON")
    args = options.parse_args()
    if args.seconds and not args.records:
        options.error("--seconds needs --records, or what was measured would be lost")
    if args.quick:
        args.assets, args.faults = 60, 40
    second = second_engine.available() and not args.no_second
    records = _kept(args.records)
    for record in measured(range(args.first, args.first + args.assets), args.faults, records, second=second):
        records.append(record)
        _keep(args.records, record)
        if args.verbose:
            print(json.dumps(record, ensure_ascii=False), flush=True)
        if args.seconds and time.process_time() > args.seconds:
            print(f"stopped after {len(records)} records; run it again to go on")
            return
    figures = figures_of(records)
    for name, value in figures.items():
        print(f"{name:34s} {value}")
    if args.json:
        print(json.dumps(figures, ensure_ascii=False))


def _kept(path: Path | None) -> list[Record]:
    """Records of an earlier run; a last line that was cut off is measured again."""
    if path is None or not path.exists():
        return []
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    return [json.loads(line) for line in lines if line.endswith("\n")]


def _keep(path: Path | None, record: Record) -> None:
    if path is not None:
        with path.open("a", encoding="utf-8") as file:
            file.write(json.dumps(record, ensure_ascii=False) + "\n")


def measured(assets: Sequence[int], faults: int, done: Sequence[Record], *, second: bool) -> Iterator[Record]:
    """Records of the assets and of the first `faults` faults that are not among those `done`."""
    have = {(record["what"], record["number"]) for record in done}
    yield from (judge_asset(n, second=second) for n in assets if ("asset", n) not in have)
    planted = sum(record["what"] == "fault" and record["caught"] is not None for record in done)
    for number in range(SOUGHT * faults):
        if planted >= faults:
            return
        if ("fault", number) not in have:
            record = judge_fault(number)
            planted += record["caught"] is not None
            yield record


def judge_asset(number: int, *, second: bool = False) -> Record:
    """Judge one asset, mend it if need be, and on request read it with the second engine."""
    sample = make_sample(number)
    rgb = sample.compose(sample.design)
    ground = sample.compose(without_type(sample.design))
    begun = time.process_time()
    report = _judged(sample, rgb, ground)
    record: Record = {"what": "asset", "number": number, "name": sample.name, "seconds": time.process_time() - begun}
    record["first"] = _blocking(report)
    if report.verdict == "blocked":
        _, _, mended = preflight_and_repair(
            sample.design,
            sample.layout,
            sample.brand,
            palette=sample.palette,
            compose=sample.compose,
            known=_known(sample),
        )
        record["left"] = _blocking(mended)
        record["mended_by"] = [step.action for step in mended.repairs if step.mended]
    if second:
        record["second"] = [
            {"text": r.text, "read": r.read, "looks": r.looks, "agrees": r.agrees, "alike": r.alike, "of": r.characters,
             "face": line.face, "treatment": line.treatment}
            for line, r in second_engine.read_again(sample.design, rgb)
        ]  # fmt: skip
    return record


def judge_fault(number: int) -> Record:
    """Plant one fault, the kinds in turn, and see whether the report blocks; `caught` is None where none could be planted.

    Nor is one planted in a picture that is blocked without it: it would be caught for another reason.
    """
    sample = make_sample(FIRST_FAULTY + number)
    record: Record = {"what": "fault", "number": number, "name": sample.name, "caught": None}
    fault = plant(sample, KINDS[number % len(KINDS)], random.Random(f"fault/{number}"))
    if fault is None:
        return record
    ground = sample.compose(without_type(sample.design))
    if _judged(sample, sample.compose(sample.design), ground).verdict == "blocked":
        return record
    caught = _judged(sample, fault.rgb, ground).verdict == "blocked"
    where = f"{fault.detail} in {fault.layer} at {fault.size:.0f} px"
    return {**record, "caught": caught, "kind": fault.kind, "where": where}


def _judged(sample: Sample, rgb: NDArray[np.uint8], ground: NDArray[np.uint8]) -> Report:
    return check(sample.design, rgb, sample.layout, sample.brand, ground=ground, known=_known(sample))


def _known(sample: Sample) -> Known:
    """The scenes are drawn here, and nobody writes on them."""
    return Known(pixel_rules_for(sample.brand), Drawn(all=True))


def _blocking(report: Report) -> list[str]:
    return sorted({f.code for f in report.findings if f.severity == "block"})


def figures_of(records: Sequence[Record]) -> dict[str, Any]:
    """The table, shares as fractions of 1."""
    assets = [r for r in records if r["what"] == "asset"]
    faults = [r for r in records if r["what"] == "fault" and r["caught"] is not None]
    seconds = sorted(r["seconds"] for r in assets)
    return {
        "assets": len(assets),
        "pass first": _share(sum(not r["first"] for r in assets), len(assets)),
        "blocked after repair": _share(sum(bool(r.get("left")) for r in assets), len(assets)),
        "first findings": dict(Counter(code for r in assets for code in r["first"]).most_common()),
        "left after repair": dict(Counter(code for r in assets for code in r.get("left", ())).most_common()),
        "mended by": dict(Counter(action for r in assets for action in r.get("mended_by", ())).most_common()),
        "planted faults": len(faults),
        "faults caught": _share(sum(r["caught"] for r in faults), len(faults)),
        "by kind": dict(
            sorted(Counter(f"{r['kind']} {'caught' if r['caught'] else 'missed'}" for r in faults).items())
        ),
        "missed": [f"{r['name']} {r['kind']}: {r['where']}" for r in faults if not r["caught"]],
        **_second_figures([line for r in assets for line in r.get("second", ())]),
        "CPU s per report, median": round(seconds[len(seconds) // 2], 3) if seconds else 0,
        "CPU s per report, worst": round(seconds[-1], 3) if seconds else 0,
    }


def _second_figures(lines: Sequence[Record]) -> dict[str, Any]:
    plain = [line for line in lines if line["treatment"] == "plain"]
    return {
        "lines read by tesseract": len(lines),
        "its characters as promised": _share(sum(r["alike"] for r in lines), sum(r["of"] for r in lines)),
        "its lines as promised": _share(sum(r["agrees"] for r in lines), len(lines)),
        "at its first look": _share(sum(r["agrees"] and r["looks"] == 1 for r in lines), len(lines)),
        "lines of plain type": _share(sum(r["agrees"] for r in plain), len(plain)),
        "read otherwise, by face": dict(Counter(r["face"] for r in lines if not r["agrees"]).most_common()),
    }


def _share(part: int, whole: int) -> float:
    return round(part / max(whole, 1), 4)


if __name__ == "__main__":
    main()
