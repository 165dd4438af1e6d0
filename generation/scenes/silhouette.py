"""How large objects really look: their boxes measured by tracing them, not from the corners that hold them."""

from __future__ import annotations

import numpy as np

from generation.layout.geometry import Rect
from generation.scenes import columns
from generation.scenes.camera import Camera
from generation.scenes.kernels import sdf
from generation.scenes.looking import look, scene_of
from generation.scenes.table import Array, Tables

_GRID = 144  # rays across the longer side: boxes are good to 1 in 144


def silhouettes(tables: Tables, camera: Camera) -> dict[int, Rect]:
    """The box of each object id in the camera's unit plane (y up: y0 is the lowest)."""
    frame, origin, pitch, (width, height) = _probe(tables.parts, camera)
    parts = look(scene_of(tables, frame), width, height).parts
    ids = np.where(parts >= 0, tables.parts[np.maximum(parts, 0), sdf.ID], 0).astype(np.int64)
    found = {}
    for number in np.unique(ids[ids > 0]):
        rows, cols = np.nonzero(ids == number)
        found[int(number)] = Rect(
            origin[0] + cols.min() * pitch,
            origin[1] - (rows.max() + 1) * pitch,
            origin[0] + (cols.max() + 1) * pitch,
            origin[1] - rows.min() * pitch,
        )
    return found


def _probe(parts: Array, camera: Camera) -> tuple[Array, tuple[float, float], float, tuple[int, int]]:
    """A small canvas that just holds all parts' spheres."""
    uv, w = camera.plane(parts[:, sdf.CENTER : sdf.CENTER + 3])
    r = parts[:, sdf.REACH] / np.maximum(w - parts[:, sdf.REACH], 0.5) * 1.02
    x0, x1 = float((uv[:, 0] - r).min()), float((uv[:, 0] + r).max())
    y0, y1 = float((uv[:, 1] - r).min()), float((uv[:, 1] + r).max())
    pitch = max(x1 - x0, y1 - y0) / _GRID
    width, height = int(np.ceil((x1 - x0) / pitch)), int(np.ceil((y1 - y0) / pitch))
    frame = np.zeros(columns.FRAME_SIZE)
    frame[columns.FOCAL] = 1 / pitch
    frame[columns.CX], frame[columns.CY] = -x0 / pitch, y1 / pitch
    frame[columns.EYE_Y], frame[columns.EYE_Z] = camera.eye_y, camera.eye_z
    frame[columns.COS], frame[columns.SIN] = np.cos(camera.pitch), np.sin(camera.pitch)
    frame[columns.WALL], frame[columns.FILLET] = 1.0e4, 0.01
    return frame, (x0, y1), pitch, (width, height)
