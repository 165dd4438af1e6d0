"""Control maps of a blockout, in the encodings that public ControlNets and our own one expect."""

from __future__ import annotations

from collections.abc import Generator, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import numpy as np
from numpy.typing import NDArray

from generation.control.blockout import Blockout
from generation.scenes.graph import SceneGraph
from generation.types import Layout

Image = NDArray[np.uint8]

DENSE_CHANNELS = (
    "albedo_r",
    "albedo_g",
    "albedo_b",
    "depth",
    "normal_x",
    "normal_y",
    "normal_z",
    "metal",
    "rough",
    "edges",
)


def blockout(graph: SceneGraph, layout: Layout) -> Blockout:
    """Stage the graph on the layout's canvas and draw it: the fast tier with all its maps."""
    from generation.scenes.render_fast import render
    from generation.scenes.staging import stage

    return render(stage(graph, layout), layout.format.width, layout.format.height)


def blockouts(scenes: Sequence[tuple[SceneGraph, Layout]], threads: int | None = None) -> Generator[Blockout]:
    """The blockouts of several canvases in the order given, drawn in `threads` threads at once; the bytes are those of `blockout`.

    By default as many as numba may use (NUMBA_NUM_THREADS, else the processor's cores). Each canvas in work takes about
    60 bytes a pixel. Closing the iterator drops canvases that were not begun.
    """
    from numba import config

    count = min(threads or int(config.NUMBA_NUM_THREADS), len(scenes))
    if count < 2:
        yield from (blockout(graph, layout) for graph, layout in scenes)
        return
    pool = ThreadPoolExecutor(count, thread_name_prefix="blockout")
    try:
        yield from pool.map(blockout, *zip(*scenes, strict=True))
    finally:
        pool.shutdown(cancel_futures=True)


def edge_map(b: Blockout) -> Image:
    """White lines on black, (H, W, 3), like a Canny map: object edges and creases."""
    return np.repeat(b.edges[..., None], 3, axis=2)


def depth_map(b: Blockout) -> Image:
    """Near is white, (H, W, 3), as MiDaS-trained ControlNets expect: inverse depth stretched over the 2nd to 98th percentile."""
    return np.repeat(_to_byte(nearness(b))[..., None], 3, axis=2)


def normal_map(b: Blockout) -> Image:
    """Camera-space normals as colours, (H, W, 3): x to red rightwards, y to green upwards, z to blue towards the camera (BAE's way)."""
    return _to_byte(b.normals * 0.5 + 0.5)


def segmentation_map(b: Blockout) -> Image:
    """Each object id in a colour of its own, (H, W, 3); ground is black."""
    numbers = np.arange(256)
    palette = np.stack(
        [(numbers * 97 + 60) % 256, (numbers * 57 + 130) % 256, (numbers * 151 + 200) % 256], axis=1
    ).astype(np.uint8)
    palette[0] = 0
    return palette[b.ids]


def nearness(b: Blockout) -> NDArray[np.float32]:
    """Inverse depth from 0 (far) to 1 (near), (H, W)."""
    inverse = 1.0 / np.maximum(b.depth, 1e-3)
    low, high = np.percentile(inverse, (2, 98))
    return np.asarray(np.clip((inverse - low) / max(float(high - low), 1e-6), 0, 1), dtype=np.float32)


def dense(b: Blockout) -> NDArray[np.float32]:
    """All maps as one stack for our ControlNet, float32 (10, H, W), channels as in DENSE_CHANNELS; normals -1 to 1, the rest 0 to 1."""
    planes: list[NDArray[Any]] = [
        np.moveaxis(b.albedo, 2, 0) / np.float32(255),
        nearness(b)[None],
        np.moveaxis(b.normals, 2, 0),
        np.moveaxis(b.material, 2, 0) / np.float32(255),
        b.edges[None] / np.float32(255),
    ]
    return np.ascontiguousarray(np.concatenate(planes), dtype=np.float32)


def _to_byte(x: NDArray[np.floating]) -> Image:
    return np.asarray(np.clip(x, 0, 1) * 255 + 0.5, dtype=np.uint8)
