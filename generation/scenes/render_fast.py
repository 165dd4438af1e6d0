"""The fast tier: a stage becomes a Blockout, picture and maps, in seconds on one core."""

from __future__ import annotations

import time

import numpy as np
from numpy.typing import NDArray

from generation.control.blockout import Blockout
from generation.layout.geometry import Rect
from generation.scenes import finishing
from generation.scenes.group import PRODUCT_ID
from generation.scenes.kernels import fast, sdf
from generation.scenes.kernels.shade import surface_maps
from generation.scenes.silhouette import tiles
from generation.scenes.stage import Stage
from generation.scenes.table import Tables

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
        self.ids = np.empty(shape, np.uint8)
        self.albedo = np.empty((*shape, 3), np.uint8)
        self.material = np.empty((*shape, 2), np.uint8)
        self.facing = np.empty((*shape, 3), np.float32)


def render(stage: Stage, width: int, height: int, *, preview: bool = False) -> Blockout:
    """Draw the stage at this size. `preview` leaves out edge samples, bloom and the pieces near the lens."""
    stage = stage.at(width, height)
    clock = _Clock()
    canvas = _trace(stage, stage.main, clock, refine=not preview)
    near = _trace(stage, stage.near, clock, refine=False) if len(stage.near.parts) and not preview else None
    rgb = finishing.finish(stage, canvas.image, canvas.ids, near=_layer(near) if near else None, quick=preview)
    clock.mark("finish")
    return _blockout(stage, canvas, near, rgb, clock)


def radiance(stage: Stage) -> tuple[Floats, NDArray[np.uint8]]:
    """Linear light of the stage at its own size, (H, W, 3), before any finishing, and its ids (H, W)."""
    canvas = _trace(stage, stage.main, _Clock(), refine=True)
    return canvas.image, canvas.ids


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
        fast.mark_glints(canvas.parts, canvas.image, canvas.mask)
        fast.refine(
            P,
            V,
            M,
            F,
            S,
            K,
            casters,
            lists,
            counts,
            canvas.parts,
            canvas.normals,
            lit,
            mirror,
            canvas.mask,
            _CLIP,
            canvas.image,
        )
    clock.mark("edges")
    surface_maps(
        P,
        M,
        F,
        K,
        canvas.parts,
        canvas.depth,
        canvas.normals,
        canvas.albedo,
        canvas.material,
        canvas.facing,
        canvas.ids,
    )
    clock.mark("maps")
    return canvas


def _layer(near: _Canvas) -> tuple[Floats, Floats]:
    """Foreground picture and its cover (0 or 1)."""
    return near.image, (near.parts >= 0).astype(np.float32)


def _blockout(stage: Stage, canvas: _Canvas, near: _Canvas | None, rgb: NDArray[np.uint8], clock: _Clock) -> Blockout:
    seen = canvas if near is None else _over(near, canvas)
    boxes = boxes_of(seen.ids) | ({PRODUCT_ID: stage.empty_box} if stage.empty_box else {})
    clock.mark("maps")
    return Blockout(
        rgb=rgb,
        depth=seen.depth,
        normals=seen.facing,
        edges=np.where(seen.mask == 2, np.uint8(255), np.uint8(0)),
        ids=seen.ids,
        albedo=seen.albedo,
        material=seen.material,
        boxes=boxes,
        subject_id=stage.subject_id,
        light=stage.light,
        seconds=clock.seconds,
        frame=stage.frame,
    )


def _over(near: _Canvas, far: _Canvas) -> _Canvas:
    """The maps of `far` with the pieces near the lens laid over, in place."""
    over = near.parts >= 0
    for name in ("ids", "depth", "facing", "albedo", "material", "mask"):
        getattr(far, name)[over] = getattr(near, name)[over]
    return far


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
