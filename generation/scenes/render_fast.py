"""The fast tier: a stage becomes a Blockout, picture and maps, in seconds on one core."""

from __future__ import annotations

import time

import numpy as np
from numpy.typing import NDArray

from generation.control.blockout import Blockout
from generation.layout.geometry import Rect
from generation.scenes import columns as c
from generation.scenes import finishing
from generation.scenes.group import PRODUCT_ID
from generation.scenes.kernels import fast, sdf
from generation.scenes.kernels.shade import ground_image
from generation.scenes.materials import encode
from generation.scenes.silhouette import tiles
from generation.scenes.stage import Stage
from generation.scenes.table import Array, Tables

_CLIP = 2.5  # radiance at which a sample on an edge is cut off
Floats = NDArray[np.float32]


class _Canvas:
    """What one pass over a table of parts leaves behind, H by W."""

    def __init__(self, tables: Tables, stage: Stage) -> None:
        shape = (stage.height, stage.width)
        self.tables = tables
        self.parts = np.empty(shape, np.int32)
        self.depth = np.empty(shape, np.float32)
        self.normals = np.empty((*shape, 3), np.float32)
        self.image = np.empty((*shape, 3), np.float32)
        self.mask = np.zeros(shape, np.uint8)


def render(stage: Stage, width: int, height: int, *, preview: bool = False) -> Blockout:
    """Draw the stage at this size. `preview` leaves out edge samples, bloom and the pieces near the lens."""
    stage = stage.at(width, height)
    clock = _Clock()
    canvas = _trace(stage, stage.main, clock, refine=not preview)
    near = _trace(stage, stage.near, clock, refine=False) if len(stage.near.parts) and not preview else None
    ids = _ids(canvas)
    rgb = finishing.finish(stage, canvas.image, ids, near=_layer(near, stage) if near else None, quick=preview)
    clock.mark("finish")
    return _blockout(stage, canvas, near, ids, rgb, clock)


class _Clock:
    """CPU seconds by step."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}
        self._last = time.process_time()

    def mark(self, name: str) -> None:
        now = time.process_time()
        self.seconds[name] = self.seconds.get(name, 0.0) + now - self._last
        self._last = now


def _trace(stage: Stage, tables: Tables, clock: _Clock, *, refine: bool) -> _Canvas:
    canvas = _Canvas(tables, stage)
    P, V, M, F, S, K = tables.parts, tables.corners, tables.materials, stage.frame, stage.boxes_of_light, stage.bokeh
    lists, counts = tiles(P, F, stage.width, stage.height)
    fast.visibility(P, V, F, lists, counts, canvas.parts, canvas.depth, canvas.normals)
    clock.mark("visibility")
    casters = np.flatnonzero(P[:, sdf.CASTS] > 0).astype(np.int32)
    half = ((stage.height + 1) // 2, (stage.width + 1) // 2)
    lit, mirror = np.empty((*half, 2), np.float32), np.zeros((*half, 4), np.float32)
    fast.half_light(P, V, M, F, S, K, casters, canvas.parts, canvas.depth, canvas.normals, lit, mirror)
    clock.mark("light")
    fast.shading(P, V, M, F, S, K, casters, canvas.parts, canvas.depth, canvas.normals, lit, mirror, canvas.image)
    clock.mark("shading")
    fast.edge_mask(P, canvas.parts, canvas.depth, canvas.normals, canvas.mask)
    if refine:
        fast.refine(P, V, M, F, S, K, casters, lists, counts, canvas.parts, canvas.normals, lit, mirror, canvas.mask, _CLIP, canvas.image)
    clock.mark("edges")
    return canvas


def _ids(canvas: _Canvas) -> NDArray[np.uint8]:
    if not len(canvas.tables.parts):
        return np.zeros(canvas.parts.shape, np.uint8)
    table = canvas.tables.parts[:, sdf.ID].astype(np.uint8)
    return np.where(canvas.parts >= 0, table[np.maximum(canvas.parts, 0)], np.uint8(0))


def _layer(near: _Canvas, stage: Stage) -> tuple[Floats, Floats]:
    """Foreground picture and its cover (0 or 1)."""
    return near.image, (near.parts >= 0).astype(np.float32)


def _blockout(stage: Stage, canvas: _Canvas, near: _Canvas | None, ids: NDArray[np.uint8], rgb: NDArray[np.uint8], clock: _Clock) -> Blockout:
    albedo, material = _surface(stage, canvas)
    depth, normals, edges = canvas.depth, _to_camera(canvas.normals, stage.frame), np.where(canvas.mask == 2, np.uint8(255), np.uint8(0))
    if near is not None:
        over = near.parts >= 0
        near_albedo, near_material = _surface(stage, near)
        ids = np.where(over, _ids(near), ids)
        depth = np.where(over, near.depth, depth)
        normals = np.where(over[..., None], _to_camera(near.normals, stage.frame), normals)
        albedo = np.where(over[..., None], near_albedo, albedo)
        material = np.where(over[..., None], near_material, material)
        edges = np.where(over, np.where(near.mask == 2, np.uint8(255), np.uint8(0)), edges)
    clock.mark("maps")
    return Blockout(
        rgb=rgb,
        depth=np.ascontiguousarray(depth, dtype=np.float32),
        normals=np.ascontiguousarray(normals, dtype=np.float32),
        edges=np.ascontiguousarray(edges),
        ids=np.ascontiguousarray(ids),
        albedo=np.ascontiguousarray(albedo),
        material=np.ascontiguousarray(material),
        boxes=boxes_of(ids) | ({PRODUCT_ID: stage.empty_box} if stage.empty_box else {}),
        subject_id=stage.subject_id,
        light=stage.light,
        seconds=clock.seconds,
    )


def boxes_of(ids: NDArray[np.uint8]) -> dict[int, Rect]:
    """The exact box of every id that is seen, ground left out."""
    found = {}
    for number in np.unique(ids):
        if number == 0:
            continue
        mask = ids == number
        rows, cols = np.flatnonzero(mask.any(axis=1)), np.flatnonzero(mask.any(axis=0))
        found[int(number)] = Rect(float(cols[0]), float(rows[0]), float(cols[-1] + 1), float(rows[-1] + 1))
    return found


def _to_camera(normals: Floats, frame: Array) -> Floats:
    """World normals to camera space: x right, y up, z towards the camera."""
    co, s = np.float32(frame[c.COS]), np.float32(frame[c.SIN])
    y, z = normals[..., 1], normals[..., 2]
    return np.stack([normals[..., 0], y * co + z * s, y * s - z * co], axis=-1)


def _surface(stage: Stage, canvas: _Canvas) -> tuple[NDArray[np.uint8], NDArray[np.uint8]]:
    """Base colour without light, and (metalness, roughness), of every pixel."""
    ground = np.empty((*canvas.parts.shape, 3), np.float32)
    ground_image(stage.frame, stage.bokeh, canvas.depth, canvas.parts, ground)
    rows = np.zeros((max(len(canvas.tables.parts), 1), 5), np.float32)
    if len(canvas.tables.parts):
        materials = canvas.tables.materials[canvas.tables.parts[:, sdf.MATERIAL].astype(int)]
        rows = materials[:, [0, 1, 2, c.METAL, c.ROUGH]].astype(np.float32)
    seen = canvas.parts >= 0
    index = np.maximum(canvas.parts, 0)
    albedo = encode(ground)
    albedo[seen] = encode(rows[:, :3])[index[seen]]
    material = np.empty((*canvas.parts.shape, 2), np.uint8)
    material[...] = (0, 190)
    material[seen] = (rows[:, 3:] * 255 + 0.5).astype(np.uint8)[index[seen]]
    return albedo, material
