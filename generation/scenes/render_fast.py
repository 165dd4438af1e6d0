"""The fast tier: a stage becomes a Blockout, picture and maps, in seconds on one core."""

from __future__ import annotations

import time

import numpy as np
from numpy.typing import NDArray

from generation.control.blockout import Blockout
from generation.layout.geometry import Rect
from generation.scenes import columns, finishing
from generation.scenes.group import PRODUCT_ID
from generation.scenes.kernels import edges, maps
from generation.scenes.kernels.color import shading
from generation.scenes.kernels.light import half_light
from generation.scenes.kernels.scene import Light, Seen, work
from generation.scenes.kernels.visible import visibility
from generation.scenes.looking import rows, scene_of
from generation.scenes.materials import encode
from generation.scenes.stage import Stage
from generation.scenes.table import Tables

_CLIP = 2.5  # radiance at which a sample on an edge is cut off
Floats = NDArray[np.float32]


class _Canvas:
    """What one pass over a table of parts leaves behind, H by W."""

    def __init__(self, stage: Stage) -> None:
        shape = (stage.height, stage.width)
        self.seen = Seen(np.full(shape, -1, np.int32), np.zeros(shape, np.float32), np.zeros((*shape, 3), np.float32))
        self.image = np.zeros((*shape, 3), np.float32)
        self.mask = np.zeros(shape, np.uint8)
        self.ids = np.zeros(shape, np.uint8)
        self.albedo = np.empty((*shape, 3), np.uint8)
        self.material = np.empty((*shape, 2), np.uint8)
        self.facing = np.empty((*shape, 3), np.float32)

    @property
    def rows(self) -> slice:
        """The rows in which a part is seen."""
        found = np.flatnonzero(self.seen.parts.max(axis=1) >= 0)
        return slice(int(found[0]), int(found[-1]) + 1) if len(found) else slice(0, 0)


def render(stage: Stage, width: int, height: int, *, preview: bool = False) -> Blockout:
    """Draw the stage at this size. `preview` leaves out edge samples, bloom and the pieces near the lens."""
    stage = stage.at(width, height)
    clock = _Clock()
    canvas = _trace(stage, stage.main, clock, refine=not preview)
    near = None
    if len(stage.near.parts) and not preview:
        near = _trace(stage, stage.near, clock, refine=False, ground=False)
    rgb = finishing.finish(stage, canvas.image, canvas.ids, near=_layer(near) if near else None, quick=preview)
    clock.mark("finish")
    return _blockout(stage, canvas, near, rgb, clock)


def radiance(stage: Stage) -> tuple[Floats, NDArray[np.uint8]]:
    """Linear light of the stage at its own size, (H, W, 3), before any finishing, and its ids (H, W)."""
    canvas = _trace(stage, stage.main, _Clock(), refine=True)
    return canvas.image, canvas.ids


class _Clock:
    """CPU seconds of this thread by step."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}
        self._last = time.thread_time()

    def mark(self, name: str) -> None:
        now = time.thread_time()
        self.seconds[name] = self.seconds.get(name, 0.0) + now - self._last
        self._last = now


def _trace(stage: Stage, tables: Tables, clock: _Clock, *, refine: bool, ground: bool = True) -> _Canvas:
    """Draw one table of parts; without `ground`, nothing is drawn where no part is seen."""
    canvas = _Canvas(stage)
    scene, notes = scene_of(tables, stage.frame, stage.boxes_of_light, stage.bokeh), work(len(tables.parts))
    seen, everything = canvas.seen, rows(scene)
    visibility(scene, everything, seen, notes, ground)
    clock.mark("visibility")
    half = ((stage.height + 1) // 2, (stage.width + 1) // 2)
    light = Light(np.empty((*half, 2), np.float32), np.zeros((*half, 4), np.float32))
    half_light(scene, seen, light, notes, ground)
    clock.mark("light")
    shading(scene, seen, light, canvas.image, notes, ground)
    clock.mark("shading")
    edges.edge_mask(scene.P, seen, canvas.mask)
    if refine:
        edges.mark_glints(seen.parts, canvas.image, canvas.mask)
        edges.refine(scene, everything, seen, light, canvas.mask, _CLIP, canvas.image, notes)
    clock.mark("edges")
    maps.surface_maps(
        scene, _bytes(tables.materials), seen, canvas.albedo, canvas.material, canvas.facing, canvas.ids, ground
    )
    clock.mark("maps")
    return canvas


def _bytes(materials: NDArray[np.float64]) -> NDArray[np.uint8]:
    """sRGB colour, metalness and roughness of each material, (n, 5)."""
    numbers = materials[:, [columns.METAL, columns.ROUGH]] * 255 + 0.5
    return np.concatenate([encode(materials[:, :3]), numbers.astype(np.uint8)], axis=1)


def _layer(near: _Canvas) -> tuple[Floats, Floats]:
    """Foreground picture and its cover (0 or 1)."""
    return near.image, (near.seen.parts >= 0).astype(np.float32)


def _blockout(stage: Stage, canvas: _Canvas, near: _Canvas | None, rgb: NDArray[np.uint8], clock: _Clock) -> Blockout:
    seen = canvas if near is None else _over(near, canvas)
    boxes = boxes_of(seen.ids) | ({PRODUCT_ID: stage.empty_box} if stage.empty_box else {})
    clock.mark("maps")
    return Blockout(
        rgb=rgb,
        depth=seen.seen.depth,
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
    rows = near.rows
    over = near.seen.parts[rows] >= 0
    for name in ("ids", "facing", "albedo", "material", "mask"):
        getattr(far, name)[rows][over] = getattr(near, name)[rows][over]
    far.seen.depth[rows][over] = near.seen.depth[rows][over]
    return far


def boxes_of(ids: NDArray[np.uint8]) -> dict[int, Rect]:
    """The exact box of every id that is seen, ground left out."""
    found = np.empty((256, 4), np.int64)
    maps.extents(ids, found)
    return {n: Rect(*(float(v) for v in found[n])) for n in range(1, 256) if found[n, 2] > 0}
