# SPDX-License-Identifier: GPL-3.0-or-later
# Blender's modules carry no types, and live in this folder's own environment.
# mypy: ignore-errors
"""Which object Cycles sees at every pixel's centre, to be held against the product's own id map.

python silhouettes.py NAME.scene.npz OUT.npy
"""

from __future__ import annotations

import sys
from pathlib import Path

import bpy
import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parent))

import frame
import picture
import scenefile

import studio


def ids(path: Path) -> np.ndarray:
    """Object ids, uint8 (H, W): 0 where ground or nothing is seen."""
    file = scenefile.read(path)
    quality = frame.Quality(samples=1, denoise=False)
    picture.build(file, quality, lens_radius=0.0)
    studio.add_ground(file, np.full((8, 8, 3), 0.5, np.float32))
    scene = bpy.context.scene
    scene.cycles.pixel_filter_type, scene.render.filter_size, scene.cycles.filter_width = "BOX", 0.01, 0.01
    scene.cycles.max_bounces = 0
    width, height = file.size
    return np.round(frame.render(width, height, samples=1, aov=False, index=True)["index"]).astype(np.uint8)


if __name__ == "__main__":
    np.save(sys.argv[2], ids(Path(sys.argv[1])))
