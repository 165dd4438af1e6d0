"""From tables to what the camera sees: the first step of both tiers and of measuring."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from generation.scenes import columns
from generation.scenes.casters import casters
from generation.scenes.kernels import sdf
from generation.scenes.kernels.cones import SLOW_TILE, tile_lists
from generation.scenes.kernels.scene import Scene, Seen, work
from generation.scenes.kernels.visible import visibility
from generation.scenes.table import Array, Tables


def scene_of(tables: Tables, frame: Array, boxes_of_light: Array | None = None, bokeh: Array | None = None) -> Scene:
    """The tables as the kernels take them; without light and bokeh, for looking only."""
    parts = tables.parts
    return Scene(
        parts,
        tables.corners,
        tables.materials,
        frame,
        np.zeros((0, columns.BOX_COLUMNS)) if boxes_of_light is None else boxes_of_light,
        np.zeros((0, 7)) if bokeh is None else bokeh,
        np.flatnonzero(parts[:, sdf.CASTS] > 0).astype(np.int32),
        casters(parts, frame[columns.SUN : columns.SUN + 3]),
    )


def rows(scene: Scene) -> NDArray[np.int32]:
    """The numbers of all parts."""
    return np.arange(len(scene.P), dtype=np.int32)


def look(scene: Scene, width: int, height: int) -> Seen:
    """Trace every pixel's centre."""
    seen = Seen(
        np.empty((height, width), np.int32),
        np.empty((height, width), np.float32),
        np.empty((height, width, 3), np.float32),
    )
    visibility(scene, rows(scene), seen, work(len(scene.P)), True)
    return seen


def tiles(
    parts: Array, frame: Array, width: int, height: int, margin: float
) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
    """Candidate lists of all tiles of the slow tier: rows (tiles, parts) and how many of each are used."""
    count = -(-width // SLOW_TILE) * -(-height // SLOW_TILE)
    lists = np.zeros((count, max(len(parts), 1)), np.int32)
    counts = np.zeros(count, np.int32)
    if len(parts):
        everything = np.arange(len(parts), dtype=np.int32)
        tile_lists(parts, frame, everything, width, 0.01 + margin, lists, counts, np.empty((len(parts) + 1, 2)))
    return lists, counts
