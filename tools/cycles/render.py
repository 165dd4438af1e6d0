# SPDX-License-Identifier: GPL-3.0-or-later
# Blender's modules carry no types, and live in this folder's own environment.
# mypy: ignore-errors
"""Render every scene file of a folder that has no picture yet: NAME.scene.npz becomes NAME.light.npz, whole or not at all.

    python render.py FOLDER [--samples 12] [--device CPU|CUDA|OPTIX] [--threads 1] [--stop FILE]

It ends when nothing is left to do or the stop file appears. Killed, it loses one picture; started again, it goes on.
"""

from __future__ import annotations

import argparse
import os
import sys
import time
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parent))


def main() -> None:
    options = _options()
    import frame
    import picture

    quality = frame.Quality(options.samples, options.threads, options.device)
    parent, drawn = os.getppid(), 0
    while not (options.stop and options.stop.exists()) and drawn < options.limit:
        path = _next(options.folder)
        if path is not None:
            _draw(path, picture.draw, quality)
            drawn += 1
        elif options.watch and os.getppid() == parent:
            time.sleep(0.1)
        else:
            break


def _next(folder: Path) -> Path | None:
    return next((p for p in sorted(folder.glob("*.scene.npz")) if not _target(p).exists()), None)


def _target(path: Path) -> Path:
    return path.with_name(path.name.replace(".scene.npz", ".light.npz"))


def _draw(path: Path, draw, quality) -> None:
    begun = time.time()
    found = draw(path, quality)
    partial = _target(path).with_suffix(".partial")
    with partial.open("wb") as out:
        np.savez(out, **found)
    partial.replace(_target(path))
    if sys.stdout.isatty():
        took = time.time() - begun
        sys.stdout.write(f"{path.name}: {float(found['seconds']):.1f} s of processor, {took:.1f} s by the clock\n")


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Render scene files with Blender Cycles.")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--samples", type=int, default=4, help="paths a pixel at most")
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--device", default="CPU", choices=("CPU", "CUDA", "OPTIX", "HIP", "METAL"))
    parser.add_argument(
        "--watch", action="store_true", help="wait for more scene files until the program that started this one ends"
    )
    parser.add_argument(
        "--limit", type=int, default=300, help="end after so many pictures: Blender keeps some memory of each"
    )
    parser.add_argument("--stop", type=Path, help="stop before the next picture once this file is there")
    return parser.parse_args()


if __name__ == "__main__":
    main()
