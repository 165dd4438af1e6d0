"""The camera: a long lens whose shift and focal length are free, so that what stands at the origin fills any box exactly.

Shift and focal length move and scale the picture without changing what is seen, so a silhouette measured once, in the plane one unit
before the eye, can be put anywhere.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from generation.layout.geometry import Rect

Points = NDArray[np.float64]


@dataclass(frozen=True)
class Camera:
    """Looks along +z from (0, eye_y, eye_z), `pitch` radians down. focal, cx, cy in pixels."""

    eye_y: float
    eye_z: float
    pitch: float
    focal: float = 1.0
    cx: float = 0.0
    cy: float = 0.0

    @classmethod
    def facing(cls, height: float, distance: float, pitch_degrees: float) -> Camera:
        """Looks at (0, height, 0) from `distance` away."""
        pitch = math.radians(pitch_degrees)
        return cls(height + distance * math.sin(pitch), -distance * math.cos(pitch), pitch)

    def plane(self, points: Points) -> tuple[Points, Points]:
        """Positions (n, 2), y up, in the plane one unit before the eye, and distances (n,) along the axis."""
        y, z = points[:, 1] - self.eye_y, points[:, 2] - self.eye_z
        s, c = math.sin(self.pitch), math.cos(self.pitch)
        w = np.maximum(z * c - y * s, 0.05)
        return np.stack([points[:, 0] / w, (y * c + z * s) / w], axis=1), w

    def pixels(self, points: Points) -> Points:
        """Canvas positions (n, 2), y down."""
        uv, _ = self.plane(points)
        return np.stack([self.cx + self.focal * uv[:, 0], self.cy - self.focal * uv[:, 1]], axis=1)

    def rect(self, points: Points) -> Rect:
        """The canvas box around points of the world."""
        p = self.pixels(points)
        return Rect(float(p[:, 0].min()), float(p[:, 1].min()), float(p[:, 0].max()), float(p[:, 1].max()))

    def direction(self, px: float, py: float) -> tuple[float, float, float]:
        """Direction (not unit) of the ray through a canvas point."""
        u, v = (px - self.cx) / self.focal, (self.cy - py) / self.focal
        s, c = math.sin(self.pitch), math.cos(self.pitch)
        return u, v * c - s, v * s + c

    def at_depth(self, px: float, py: float, z: float) -> tuple[float, float, float]:
        """The point of the world seen at a canvas point in the plane of that z."""
        dx, dy, dz = self.direction(px, py)
        t = (z - self.eye_z) / dz
        return dx * t, self.eye_y + dy * t, z

    def scale_at(self, y: float, z: float) -> float:
        """Pixels per unit of the world there."""
        return self.focal / max((z - self.eye_z) * math.cos(self.pitch) - (y - self.eye_y) * math.sin(self.pitch), 0.05)

    def fitted(self, seen: Rect, box: Rect) -> Camera:
        """Put what is seen in `seen` (plane units, y up: y0 lowest) into `box` (pixels), centred, standing on its lower edge."""
        focal = min(box.width / seen.width, box.height / seen.height)
        return replace(self, focal=focal, cx=box.center[0] - focal * seen.center[0], cy=box.y1 + focal * seen.y0)
