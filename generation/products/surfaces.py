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
    """The cut-out as it stands: alpha (h, w) at its placed size, its top left corner on the canvas, the scene's frame row.

    stood: the canvas row where what it stands on lies in the world's plane z = 0. A cut-out whose lowest point lies below that row
    stands that much nearer to the camera.
    """

    alpha: NDArray[np.uint8]
    left: int
    top: int
    frame: NDArray[np.float64]
    stood: float

    @property
    def bottom(self) -> int:
        return self.top + int(self.alpha.shape[0])

    @property
    def middle(self) -> float:
        return self.left + float(self.alpha.shape[1]) / 2

    @property
    def level(self) -> float:
        """Height in the world of what it stands on."""
        down, along = self._ray(self.stood)
        return float(self.frame[c.EYE_Y] - down * self.frame[c.EYE_Z] / along)

    @property
    def z(self) -> float:
        """The upright plane that it stands in."""
        down, along = self._ray(self.bottom)
        if abs(down) < 1e-4:  # seen along the floor: no row lies nearer than another
            return 0.0
        z = float(self.frame[c.EYE_Z] + along * (self.level - self.frame[c.EYE_Y]) / down)
        return min(max(z, -1.0), 1.0)

    @property
    def unit(self) -> float:
        """Canvas pixels per unit of the world at its foot."""
        frame = self.frame
        far = (self.z - frame[c.EYE_Z]) * frame[c.COS] - (self.level - frame[c.EYE_Y]) * frame[c.SIN]
        return float(frame[c.FOCAL] / far)

    def _ray(self, row: float) -> tuple[float, float]:
        """How much a ray through a canvas row falls, and goes to the back, in the world."""
        frame = self.frame
        v = (frame[c.CY] - row) / frame[c.FOCAL]
        return float(v * frame[c.COS] - frame[c.SIN]), float(v * frame[c.SIN] + frame[c.COS])


@dataclass(frozen=True)
class Surface:
    """Places (h, w, 3) of the seen surfaces in the world and their normals. step: canvas pixels to one of these; corner: the canvas
    pixel at which they begin."""

    place: Floats
    normal: Floats
    step: int
    corner: tuple[int, int] = (0, 0)


def surface_of(
    b: Blockout, frame: NDArray[np.float64], step: int, box: tuple[int, int, int, int] | None = None
) -> Surface:
    """Depth and normals of every `step`th pixel of the canvas (or of a box: left, top, right, bottom) in the world's axes."""
    x0, y0, x1, y1 = box or (0, 0, b.width, b.height)
    part = slice(y0 + step // 2, y1, step), slice(x0 + step // 2, x1, step)
    depth, seen = b.depth[part], b.normals[part]
    rows = np.arange(y0 + step // 2, y1, step, dtype=np.float32) + 0.5
    cols = np.arange(x0 + step // 2, x1, step, dtype=np.float32) + 0.5
    sin, cos = np.float32(frame[c.SIN]), np.float32(frame[c.COS])
    u = ((cols - frame[c.CX]) / frame[c.FOCAL]).astype(np.float32)[None, :]
    v = ((frame[c.CY] - rows) / frame[c.FOCAL]).astype(np.float32)[:, None]
    far = depth / np.sqrt(u * u + v * v + 1)
    place = np.stack([far * u, frame[c.EYE_Y] + far * (v * cos - sin), frame[c.EYE_Z] + far * (v * sin + cos)], axis=-1)
    normal = np.stack(
        [seen[..., 0], seen[..., 1] * cos + seen[..., 2] * sin, seen[..., 1] * sin - seen[..., 2] * cos], axis=-1
    )
    return Surface(place.astype(np.float32), normal.astype(np.float32), step, (x0, y0))


def projected(place: Floats, frame: NDArray[np.float64]) -> tuple[Floats, Floats, Floats]:
    """Canvas x and y of places in the world, and pixels per unit of the world there."""
    dy, dz = place[..., 1] - frame[c.EYE_Y], place[..., 2] - frame[c.EYE_Z]
    along = np.maximum(dz * frame[c.COS] - dy * frame[c.SIN], 0.05)
    x = frame[c.CX] + frame[c.FOCAL] * place[..., 0] / along
    y = frame[c.CY] - frame[c.FOCAL] * (dy * frame[c.COS] + dz * frame[c.SIN]) / along
    return x.astype(np.float32), y.astype(np.float32), (frame[c.FOCAL] / along).astype(np.float32)
