"""Objects in the world as rows of numbers: the part table that both tiers trace."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from generation.scenes.materials import Paint
from generation.scenes.primitives import Part, Shape, Vector, extent, outline, turn

COLUMNS, _MATERIAL, _FIRST, _LAST, _CORNERS, _CASTS = 37, 23, 26, 27, 28, 30  # kernels/sdf.py names them all
# These are polygons to the kernels.
_OUTLINES = (Shape.POLYGON, Shape.WEDGE, Shape.BOLT, Shape.SHIELD, Shape.ARROW)

Array = NDArray[np.float64]


@dataclass(frozen=True)
class Pose:
    """Where an object stands in the world: turned by a matrix about its origin, scaled, moved."""

    position: Vector = (0.0, 0.0, 0.0)
    scale: float = 1.0
    matrix: Array = field(default_factory=lambda: np.eye(3))


@dataclass(frozen=True)
class Tables:
    """parts (N, 37), corners (M, 2), materials (K, 9): float64, C-contiguous."""

    parts: Array
    corners: Array
    materials: Array


class Bench:
    """Collects parts and paints; `tables()` hands them over."""

    def __init__(self) -> None:
        self._rows: list[list[float]] = []
        self._corners: list[tuple[float, float]] = []
        self._paints: dict[Paint, int] = {}

    def __len__(self) -> int:
        return len(self._rows)

    def add(self, parts: tuple[Part, ...], paints: list[Paint], id: int, pose: Pose, *, casts: bool = True) -> None:
        """Put an object in the world; `paints` has one per part."""
        first = len(self._rows)
        for part, paint in zip(parts, paints, strict=True):
            if part.blend <= 0.0:
                first = len(self._rows)
            row = self._row(part, self._material(paint), id, pose)
            row[_CASTS] = float(casts)
            self._rows.append(row)
            for member in self._rows[first:]:
                member[_FIRST], member[_LAST] = float(first), float(len(self._rows))

    def _material(self, paint: Paint) -> int:
        return self._paints.setdefault(paint, len(self._paints))

    def _row(self, part: Part, material: int, id: int, pose: Pose) -> list[float]:
        matrix = pose.matrix @ turn(part.rotation)
        position = np.asarray(pose.position) + pose.scale * (pose.matrix @ np.asarray(part.position))
        low, high = (np.asarray(corner) for corner in extent(part))
        center = position + pose.scale * (matrix @ ((low + high) / 2))
        reach = float(np.linalg.norm(high - low)) / 2 * pose.scale + part.blend * pose.scale
        if part.shape is Shape.HILLS:
            reach = 1.0e4
        points = outline(part)
        shape = Shape.POLYGON if part.shape in _OUTLINES else part.shape
        row = [
            float(shape),
            *part.size,
            part.radius,
            part.detail,
            *position,
            *matrix.T.ravel(),
            pose.scale,
            *center,
            reach,
        ]
        row += [
            float(material),
            float(id),
            part.blend * pose.scale,
            0.0,
            0.0,
            float(len(self._corners)),
            float(len(points)),
            1.0,
        ]
        if part.shape is Shape.HILLS:  # endless to the sides and downwards
            low, high = np.array([-1e3, -1e3, low[2]]), np.array([1e3, 1.05 * part.size[0], high[2]])
        row += [*(low - part.blend), *(high + part.blend)]
        self._corners.extend(points)
        return row

    def tables(self) -> Tables:
        rows = np.array(self._rows, dtype=np.float64).reshape(-1, COLUMNS)
        corners = np.array(self._corners or [(0.0, 0.0)], dtype=np.float64)
        materials = np.array([paint.row() for paint in self._paints] or [[0.0] * 9], dtype=np.float64)
        return Tables(rows, corners, materials)


def joined(one: Tables, two: Tables) -> Tables:
    """Both tables as one, the second's row numbers moved behind the first's."""
    rows = two.parts.copy()
    rows[:, _MATERIAL] += len(one.materials)
    rows[:, _FIRST] += len(one.parts)
    rows[:, _LAST] += len(one.parts)
    rows[:, _CORNERS] += len(one.corners)
    return Tables(
        np.concatenate([one.parts, rows]),
        np.concatenate([one.corners, two.corners]),
        np.concatenate([one.materials, two.materials]),
    )
