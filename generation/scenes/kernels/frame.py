"""The camera's two maps: from a pixel to a ray, from a point of the world to a pixel."""

from __future__ import annotations

import math

from generation.scenes.columns import COS, CX, CY, EYE_Y, EYE_Z, FOCAL, SIN
from generation.scenes.kernels.jit import Array, kernel


@kernel
def ray(F: Array, px: float, py: float) -> tuple[float, float, float]:
    """Unit direction through a point of the canvas (pixels; pixel centres are at .5)."""
    u = (px - F[CX]) / F[FOCAL]
    v = (F[CY] - py) / F[FOCAL]
    q = 1.0 / math.sqrt(u * u + v * v + 1.0)
    return u * q, (v * F[COS] - F[SIN]) * q, (v * F[SIN] + F[COS]) * q


@kernel
def project(F: Array, x: float, y: float, z: float) -> tuple[float, float, float]:
    """Pixel position and distance along the axis of a point of the world (behind the camera: distance 0.05)."""
    dy = y - F[EYE_Y]
    dz = z - F[EYE_Z]
    w = max(-dy * F[SIN] + dz * F[COS], 0.05)
    return F[CX] + F[FOCAL] * x / w, F[CY] - F[FOCAL] * (dy * F[COS] + dz * F[SIN]) / w, w
