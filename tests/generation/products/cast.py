"""Things and scenes for tests of products: cut-outs with known alpha, and a staged scene with an empty place."""

from __future__ import annotations

from functools import cache

import numpy as np
from numpy.typing import NDArray

from generation.control.blockout import Blockout
from generation.control.maps import blockout
from generation.layout.geometry import Rect
from generation.scenes.graph import SceneGraph, SceneLight, SceneObject
from generation.scenes.sampling import random_palette
from generation.types import Format, Layout, Placed

Rgba = NDArray[np.uint8]


def ball(
    size: int = 200, light: tuple[float, float] = (-0.7, -0.5), color: tuple[int, int, int] = (200, 60, 40)
) -> Rgba:
    """A matte ball lit from `light` (x, y; y down), its edge antialiased."""
    y, x = (np.mgrid[:size, :size] + 0.5) / size * 2 - 1
    r = np.hypot(x, y)
    z = np.sqrt(np.clip(1 - (r / 0.96) ** 2, 0, 1))
    shade = np.clip((x * light[0] + y * light[1]) / 0.96 + 0.5 * z, 0, 1) * 0.75 + 0.25
    out = np.zeros((size, size, 4), np.uint8)
    out[..., :3] = np.clip(np.array(color) * shade[..., None] + 0.5, 0, 255)
    out[..., 3] = np.clip((0.96 - r) * size / 2 + 0.5, 0, 1) * 255 + 0.5
    return out


def box(width: int = 160, height: int = 240) -> Rgba:
    """An upright grey block with a striped face, clear around."""
    out = np.zeros((height + 8, width + 8, 4), np.uint8)
    out[4:-4, 4:-4] = (186, 184, 180, 255)
    out[24:-24:16, 12:-12, :3] = (60, 90, 160)
    return out


@cache
def scene(
    side: str = "left", composition: str = "center", size: tuple[int, int] = (240, 300)
) -> tuple[Layout, Blockout]:
    """A light scene with an empty place for a product of 160 × 240."""
    width, height = size
    placed = Placed(id="subject", role="subject", box=Rect(0.2 * width, 0.3 * height, 0.8 * width, 0.95 * height))
    layout = Layout(format=Format(width=width, height=height), items=(placed,))
    graph = SceneGraph(
        seed=4,
        composition=composition,
        set="sweep",
        palette=random_palette(np.random.default_rng(3)),
        light=SceneLight.model_validate({"side": side, "elevation": 45}),
        objects=(SceneObject(id=2, kind="podium", role="stage", color="second"),),
        product_aspect=2 / 3,
    )
    return layout, blockout(graph, layout)
