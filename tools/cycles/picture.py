# SPDX-License-Identifier: GPL-3.0-or-later
# Blender's modules carry no types, and live in this folder's own environment.
# mypy: ignore-errors
"""One scene file to one picture in linear light."""

from __future__ import annotations

import time
from pathlib import Path

import bpy
import dressing
import frame
import numpy as np
import scenefile
from looks import Looks

import studio

LENS_RADIUS = 0.04  # world units: stage and hero are sharp, the wall is soft, what hangs before the lens a blur
_EXPOSED = 1.1  # light that reaches the bare ground, about
_BRIGHTEST = (
    0.85  # of a paint; what the palette asks beyond it, the ground gives by itself, so that no channel is cut off
)


def draw(path: Path, quality: frame.Quality) -> dict[str, np.ndarray]:
    """Linear "image" float16 (H, W, 3); "hero" and "dressing": cover, uint8 (H, W) in 1/255; "seconds" of processor time."""
    begun = time.process_time()
    file = scenefile.read(path)
    things = build(file, quality, lens_radius=LENS_RADIUS)
    dressing.scatter(file, things)
    width, height = file.size
    light_ground(file, things)
    found = frame.render(width, height, samples=quality.samples)
    return {
        "image": np.clip(found["image"], 0, 60000).astype(np.float16),
        "hero": _cover(found, "hero", (height, width)),
        "dressing": _cover(found, "dressing", (height, width)),
        "seconds": np.array(time.process_time() - begun),
    }


def _cover(found: dict[str, np.ndarray], name: str, shape: tuple[int, int]) -> np.ndarray:
    return (np.clip(found.get(name, np.zeros(shape)), 0, 1) * 255 + 0.5).astype(np.uint8)


def build(file: scenefile.SceneFile, quality: frame.Quality, *, lens_radius: float):
    """Everything but the ground, in an empty file. Returns the collection of things."""
    frame.prepare(quality)
    things = bpy.data.collections.new("things")
    bpy.context.scene.collection.children.link(things)
    pool = scenefile.float_image("pool", file.arrays["pool"].astype(np.float32))
    scenefile.add_meshes(file, things, Looks(file, pool).for_solid)
    scenefile.add_camera(file, lens_radius=lens_radius)
    studio.add_world(file)
    studio.add_lamps(file, things)
    return things


def light_ground(file: scenefile.SceneFile, things) -> None:
    """Paint the ground so that, bare, it shows exactly the colours that the product painted: measured on a small trial."""
    wanted = file.arrays["ground"].astype(np.float32)
    width, height = file.size
    paint = np.clip(wanted / _EXPOSED, 0.0, _BRIGHTEST)
    image, glow = studio.add_ground(file, paint)
    things.hide_render = True
    scale = max(min(width, height) / 72, 1.0)
    shown = frame.render(round(width / scale), round(height / scale), samples=24, aov=False)["image"]
    things.hide_render = False
    light = shown.sum(axis=2) / np.maximum(_resized(paint, shown.shape[:2]).sum(axis=2), 1e-4)
    light = _resized(_smoothed(np.clip(light, 0.3, 4.0))[..., None], (height, width))
    needed = wanted / light
    share = np.minimum(_BRIGHTEST / np.maximum(needed.max(axis=2, keepdims=True), 1e-4), 1.0)
    studio.repaint(image, needed * share)
    studio.repaint(glow, wanted * (1.0 - share))


def _resized(picture: np.ndarray, shape: tuple[int, int]) -> np.ndarray:
    """Bilinear, (H, W, C)."""
    height, width = picture.shape[:2]
    y = np.clip((np.arange(shape[0]) + 0.5) * height / shape[0] - 0.5, 0, height - 1)
    x = np.clip((np.arange(shape[1]) + 0.5) * width / shape[1] - 0.5, 0, width - 1)
    j, i = np.minimum(y.astype(int), height - 2), np.minimum(x.astype(int), width - 2)
    v, u = (y - j)[:, None, None], (x - i)[None, :, None]
    top = picture[j][:, i] * (1 - u) + picture[j][:, i + 1] * u
    low = picture[j + 1][:, i] * (1 - u) + picture[j + 1][:, i + 1] * u
    return top * (1 - v) + low * v


def _smoothed(field: np.ndarray) -> np.ndarray:
    """Three passes of a 3 × 3 mean."""
    for _ in range(3):
        padded = np.pad(field, 1, mode="edge")
        field = sum(padded[a : a + field.shape[0], b : b + field.shape[1]] for a in range(3) for b in range(3)) / 9
    return field
