"""The slow tier: the training target. The same stage as the fast tier, the same shapes, light that the fast tier can't afford."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from generation.scenes import columns as c
from generation.scenes import finishing
from generation.scenes.kernels import sdf, slow
from generation.scenes.looking import look, scene_of, tiles
from generation.scenes.stage import Stage
from generation.scenes.table import Tables, joined

_CLIP = 3.5  # radiance at which one path is cut off: no fireflies


def render(stage: Stage, width: int, height: int, samples: int = 6) -> NDArray[np.uint8]:
    """sRGB (height, width, 3), `samples` paths a pixel. Deterministic."""
    stage = stage.at(width, height)
    tables: Tables = joined(stage.main, stage.near)
    P, F = tables.parts, stage.frame
    lists, counts = tiles(P, F, width, height, margin=float(2 * F[c.APERTURE]))
    casters = np.flatnonzero(P[:, sdf.CASTS] > 0).astype(np.int32)
    image = np.empty((height, width, 3), np.float32)
    slow.paint(
        P, tables.corners, tables.materials, F, stage.boxes_of_light, stage.bokeh, casters, lists, counts,
        samples, stage.grain_seed, _CLIP, image, np.empty(len(P) + 1, np.int32), np.empty((len(P) + 1, 2)),
    )  # fmt: skip
    parts, ids, normals = _guides(stage, width, height)
    for step in (1, 2):
        smoother = np.empty_like(image)
        slow.soothe(image, parts, normals, step, smoother)
        image = smoother
    return finishing.finish(stage, image, ids)


def _guides(stage: Stage, width: int, height: int) -> tuple[NDArray[np.int32], NDArray[np.uint8], NDArray[np.float32]]:
    """Part rows, ids and normals at every pixel's centre: what noise must not be smoothed across."""
    tables = joined(stage.main, stage.near)
    seen, P = look(scene_of(tables, stage.frame), width, height), tables.parts
    numbers = P[:, sdf.ID].astype(np.uint8) if len(P) else np.zeros(1, np.uint8)
    ids = np.where(seen.parts >= 0, numbers[np.maximum(seen.parts, 0)], np.uint8(0))
    return seen.parts, ids, seen.normals
