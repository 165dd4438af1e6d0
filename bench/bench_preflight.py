"""Measures preflight: how many assets pass first, how many stay blocked, how many planted glyph faults are caught.

    python bench/bench_preflight.py [--quick] [--assets 500] [--faults 200] [--json]

A pass is the whole report; a fault counts as caught when the report blocks. The second engine is tesseract (chi_sim+eng, one line at
a time, psm 7) on lines of 24 px and more, as a plain Debian package reads them.
"""

from __future__ import annotations

import argparse
import json
import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from bench.preflight_assets import Sample, make_sample
from bench.preflight_faults import KINDS, plant
from generation.preflight.folding import differences, fold, looks_like
from generation.preflight.ground import without_type
from generation.preflight.outlines import lines_of
from generation.preflight.reading import Line, crop_line
from generation.preflight.runner import check
from generation.repair import preflight_and_repair

TESSERACT_FROM = 24.0  # pixels of type


@dataclass
class Tally:
    """Counts as the bench goes."""

    assets: int = 0
    passed_first: int = 0
    blocked: int = 0
    seconds: list[float] = field(default_factory=list)
    reasons: Counter[str] = field(default_factory=Counter)
    left: Counter[str] = field(default_factory=Counter)
    mended_by: Counter[str] = field(default_factory=Counter)
    lines: int = 0
    second_agrees: int = 0
    faults: int = 0
    caught: int = 0
    missed: list[str] = field(default_factory=list)
    by_kind: Counter[str] = field(default_factory=Counter)


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--assets", type=int, default=500)
    options.add_argument("--faults", type=int, default=200)
    options.add_argument("--first", type=int, default=0, help="number of the first asset")
    options.add_argument("--quick", action="store_true", help="60 assets, 40 faults")
    options.add_argument("--no-second", action="store_true", help="leave tesseract out")
    options.add_argument("--verbose", action="store_true")
    options.add_argument("--json", action="store_true", help="the figures once more as one line of JSON")
    args = options.parse_args()
    if args.quick:
        args.assets, args.faults = 60, 40
    tally = Tally()
    second = shutil.which("tesseract") is not None and not args.no_second
    for index in range(args.first, args.first + args.assets):
        measure(make_sample(index), tally, second=second and index % 5 == 0, verbose=args.verbose)
    plant_all(args.faults, tally, verbose=args.verbose)
    figures = figures_of(tally)
    for name, value in figures.items():
        print(f"{name:34s} {value}")
    if args.json:
        print(json.dumps(figures, ensure_ascii=False))


def measure(sample: Sample, tally: Tally, *, second: bool, verbose: bool) -> None:
    """Judge one asset, mend it if need be, and read it with the second engine."""
    rgb = sample.compose(sample.design)
    ground = sample.compose(without_type(sample.design))
    begun = time.process_time()
    report = check(sample.design, rgb, sample.layout, sample.brand, ground=ground)
    tally.seconds.append(time.process_time() - begun)
    tally.assets += 1
    tally.passed_first += report.verdict == "pass"
    if report.verdict == "blocked":
        tally.reasons.update({f.code for f in report.findings if f.severity == "block"})
        _, _, mended = preflight_and_repair(
            sample.design, sample.layout, sample.brand, palette=sample.palette, compose=sample.compose
        )
        tally.blocked += mended.verdict == "blocked"
        tally.left.update({f.code for f in mended.findings if f.severity == "block"})
        tally.mended_by.update(step.action for step in mended.repairs if step.mended)
        if verbose:
            found = [(f.code, f.layer, f.measured, f.limit) for f in report.findings if f.severity == "block"]
            print(sample.name, found, "→", mended.verdict, [(s.action, s.mended) for s in mended.repairs], flush=True)
    if second:
        _second_engine(sample, rgb, tally, verbose=verbose)


def _second_engine(sample: Sample, rgb: Any, tally: Tally, *, verbose: bool) -> None:
    for layer in (each for each in sample.design.layers if each.kind == "text"):
        if layer.style.size < TESSERACT_FROM:
            continue
        for text, box in lines_of(layer):
            crop = crop_line(rgb, Line(layer, text, box))
            tally.lines += 1
            reads = []
            for height, two_tone in ((64, False), (40, True), (40, False)):
                reads.append(tesseract(crop, height, two_tone))
                if same_to_an_eye(text, reads[-1]):
                    tally.second_agrees += 1
                    break
            else:
                if verbose:
                    print(
                        "  tesseract", repr(text), "read as", reads, layer.style.face, layer.treatment.name, flush=True
                    )


def same_to_an_eye(expected: str, read: str) -> bool:
    """Alike but for look-alikes (I and l) and stray or lost marks, which tesseract scatters at a line's ends."""
    a, b = fold(expected), fold(read)
    return all(looks_like(a[i], b[j]) or not any(c.isalnum() for c in a[i] + b[j]) for i, j in differences(a, b))


def tesseract(crop: NDArray[np.uint8], height: int, two_tone: bool) -> str:
    """One line as tesseract reads it, brought to `height` pixels, dark on light, on request in pure black and white."""
    grey = Image.fromarray(crop).convert("L")
    grey = grey.resize((max(round(grey.width * height / grey.height), 1), height), Image.Resampling.LANCZOS)
    pixels = np.asarray(grey)
    rim = np.concatenate([pixels[:2].ravel(), pixels[-2:].ravel()])
    if np.median(rim) < 128:
        pixels, rim = 255 - pixels, 255 - rim
    if two_tone:
        pixels = np.where(pixels > (float(pixels.min()) + float(np.median(rim))) / 2, 255, 0).astype(np.uint8)
    paper = 255 if two_tone else int(np.median(rim))
    framed = Image.fromarray(np.pad(pixels, height // 3, constant_values=paper))
    with tempfile.NamedTemporaryFile(suffix=".png") as file:
        framed.save(file.name)
        done = subprocess.run(
            ["tesseract", file.name, "-", "--psm", "7", "-l", "chi_sim+eng"],
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
    return done.stdout.strip()


def plant_all(count: int, tally: Tally, *, verbose: bool) -> None:
    """Plant `count` faults, the kinds in turn, each in another asset, and see whether the report blocks."""
    index = 0
    while tally.faults < count:
        rng = random.Random(f"fault/{index}")
        sample = make_sample(10_000 + index)
        fault = plant(sample, KINDS[index % len(KINDS)], rng)
        index += 1
        if fault is None:
            continue
        ground = sample.compose(without_type(sample.design))
        if (
            check(sample.design, sample.compose(sample.design), sample.layout, sample.brand, ground=ground).verdict
            == "blocked"
        ):
            continue  # a fault in a blocked picture would be caught for another reason
        report = check(sample.design, fault.rgb, sample.layout, sample.brand, ground=ground)
        caught = report.verdict == "blocked"
        tally.faults += 1
        tally.caught += caught
        tally.by_kind[f"{fault.kind} {'caught' if caught else 'missed'}"] += 1
        if not caught:
            told = f"{sample.name} {fault.kind}: {fault.detail} in {fault.layer} at {fault.size:.0f} px"
            tally.missed.append(told)
            if verbose:
                print("missed", told, flush=True)


def figures_of(tally: Tally) -> dict[str, Any]:
    """The table, shares as fractions of 1."""
    seconds = sorted(tally.seconds)
    return {
        "assets": tally.assets,
        "pass first": round(tally.passed_first / max(tally.assets, 1), 4),
        "blocked after repair": round(tally.blocked / max(tally.assets, 1), 4),
        "first findings": dict(tally.reasons.most_common()),
        "left after repair": dict(tally.left.most_common()),
        "mended by": dict(tally.mended_by.most_common()),
        "planted faults": tally.faults,
        "faults caught": round(tally.caught / max(tally.faults, 1), 4),
        "by kind": dict(sorted(tally.by_kind.items())),
        "missed": tally.missed,
        "lines read by tesseract": tally.lines,
        "tesseract agrees": round(tally.second_agrees / max(tally.lines, 1), 4),
        "CPU s per report, median": round(seconds[len(seconds) // 2], 3) if seconds else 0,
        "CPU s per report, worst": round(seconds[-1], 3) if seconds else 0,
    }


if __name__ == "__main__":
    main()
