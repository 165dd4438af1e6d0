"""The seen surfaces of a scene as places in the world, and the cut-out that stands among them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from generation.control.blockout import Blockout
from generation.scenes import columns as c

Floats = NDArray[np.float32]


@dataclass(frozen=True)
class Footing:
    """The cut-out as it stands: alpha (h, w) at its placed size, its top left corner on the canvas, the scene's frame row."""

    alpha: NDArray[np.uint8]
    left: int
    top: int
    frame: NDArray[np.float64]

    @property
    def bottom(self) -> int:
        return self.top + int(self.alpha.shape[0])

    @property
    def middle(self) -> float:
        return self.left + float(self.alpha.shape[1]) / 2

    def foot(self) -> tuple[float, float]:
        """Height in the world of its lowest point, in its own plane z = 0, and pixels per unit of the world there."""
        frame = self.frame
        v = (frame[c.CY] - self.bottom) / frame[c.FOCAL]
        down, along = v * frame[c.COS] - frame[c.SIN], v * frame[c.SIN] + frame[c.COS]
        y = frame[c.EYE_Y] - down * frame[c.EYE_Z] / along
        far = -frame[c.EYE_Z] * frame[c.COS] - (y - frame[c.EYE_Y]) * frame[c.SIN]
        return float(y), float(frame[c.FOCAL] / far)


@dataclass(frozen=True)
class Surface:
    """Places (h, w, 3) of the seen surfaces in the world and their normals; `step`: canvas pixels to one of these."""

    place: Floats
    normal: Floats
    step: int


def surface_of(b: Blockout, frame: NDArray[np.float64], step: int) -> Surface:
    """Depth and normals of every `step`th pixel, in the world's axes."""
    depth, seen = b.depth[step // 2 :: step, step // 2 :: step], b.normals[step // 2 :: step, step // 2 :: step]
    rows = np.arange(step // 2, b.height, step, dtype=np.float32) + 0.5
    cols = np.arange(step // 2, b.width, step, dtype=np.float32) + 0.5
    sin, cos = np.float32(frame[c.SIN]), np.float32(frame[c.COS])
    u = ((cols - frame[c.CX]) / frame[c.FOCAL]).astype(np.float32)[None, :]
    v = ((frame[c.CY] - rows) / frame[c.FOCAL]).astype(np.float32)[:, None]
    far = depth / np.sqrt(u * u + v * v + 1)
    place = np.stack([far * u, frame[c.EYE_Y] + far * (v * cos - sin), frame[c.EYE_Z] + far * (v * sin + cos)], axis=-1)
    normal = np.stack(
        [seen[..., 0], seen[..., 1] * cos + seen[..., 2] * sin, seen[..., 1] * sin - seen[..., 2] * cos], axis=-1
    )
    return Surface(place.astype(np.float32), normal.astype(np.float32), step)


def projected(place: Floats, frame: NDArray[np.float64]) -> tuple[Floats, Floats, Floats]:
    """Canvas x and y of places in the world, and pixels per unit of the world there."""
    dy, dz = place[..., 1] - frame[c.EYE_Y], place[..., 2] - frame[c.EYE_Z]
    along = np.maximum(dz * frame[c.COS] - dy * frame[c.SIN], 0.05)
    x = frame[c.CX] + frame[c.FOCAL] * place[..., 0] / along
    y = frame[c.CY] - frame[c.FOCAL] * (dy * frame[c.COS] + dz * frame[c.SIN]) / along
    return x.astype(np.float32), y.astype(np.float32), (frame[c.FOCAL] / along).astype(np.float32)
