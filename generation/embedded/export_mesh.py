"""Meshes of a stage's parts, for renderers that want triangles: surface nets over the same signed distances.

Every melted group of parts becomes quads in a grid of its own, turned with its first part and fine enough for the canvas; corners
are then moved onto the surface itself, so that silhouettes agree with the traced ones within a pixel.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from generation.scenes import columns as f
from generation.scenes.kernels import sdf
from generation.scenes.kernels.jit import Array, kernel
from generation.scenes.primitives import Shape
from generation.scenes.table import Tables

_BLOCK = 8  # cells along a side of a block that is passed over when the surface is far
_CELLS = 220  # cells along an axis at most
_FEWEST = 6
_MARGIN = 1.37
_PIXELS = 1.4  # width of a cell in pixels, where nothing finer is needed
_OUTSIDE = np.float32(1e9)


@dataclass(frozen=True)
class Mesh:
    """One melted group: points and normals float32 (n, 3) in the world, local float32 (n, 3) in its own frame at world scale.

    quads int32 (m, 4), counter-clockwise seen from outside in a right-handed (x, z, y) world. part: row of its first part.
    """

    points: NDArray[np.float32]
    normals: NDArray[np.float32]
    local: NDArray[np.float32]
    quads: NDArray[np.int32]
    part: int


def meshes(tables: Tables, frame: Array) -> list[Mesh]:
    """A mesh for every melted group of the tables, as fine as a canvas with this frame row needs."""
    found = []
    for first in np.unique(tables.parts[:, sdf.FIRST]).astype(int).tolist():
        mesh = _mesh(tables, first, frame)
        if len(mesh.quads):
            found.append(mesh)
    return found


def _mesh(tables: Tables, first: int, frame: Array) -> Mesh:
    P, V = tables.parts, tables.corners
    rows = P[first : int(P[first, sdf.LAST])]
    if len(rows) == 1 and int(rows[0, sdf.SHAPE]) == Shape.TORUS:
        return _ring(rows[0], first, frame)
    low, high = _box(rows, frame)
    counts, cell = _grid(rows, low, high, frame)
    low = (
        low - _MARGIN * cell
    )  # empty cells around, so that the surface closes; flat sides fall between two planes of corners
    counts = counts + 3
    slack = 0.3 * float(rows[:, sdf.BLEND].max())
    distances = np.full(tuple(counts + 1), _OUTSIDE, np.float32)
    sample(P, V, first, low, cell, slack, distances)
    for side in (
        distances[0],
        distances[-1],
        distances[:, 0],
        distances[:, -1],
        distances[:, :, 0],
        distances[:, :, -1],
    ):
        np.abs(side, out=side)  # ribs may reach out of their box, where tracing does not see them either
    cells = np.full(tuple(counts), -1, np.int32)
    points = np.empty((number(distances, cells), 3))
    corners_of(distances, cells, points)
    quads = np.empty((3 * len(points), 4), np.int32)
    quads = quads[: quads_of(distances, cells, quads)]
    points = low + points * cell
    world, normals = np.empty(points.shape, np.float32), np.empty(points.shape, np.float32)
    settle(P, V, first, points, cell, world, normals)
    local = (points * P[first, sdf.SCALE]).astype(np.float32)
    return Mesh(world, normals, local, quads, first)


def _ring(row: Array, part: int, frame: Array) -> Mesh:
    """A torus by its two angles: gold lines are far thinner than a cell."""
    pixel = _pixel(row[sdf.CENTER : sdf.CENTER + 3], frame) / row[sdf.SCALE]
    around = int(np.clip(2 * math.pi * row[sdf.A] / (_PIXELS * pixel), 24, 360))
    across = int(np.clip(2 * math.pi * row[sdf.B] / (_PIXELS * pixel), 10, 64))
    u = np.arange(around)[:, None] * (2 * math.pi / around)
    v = np.arange(across)[None, :] * (2 * math.pi / across)
    out = np.stack(np.broadcast_arrays(np.cos(v) * np.cos(u), np.sin(v), np.cos(v) * np.sin(u)), axis=-1).reshape(-1, 3)
    middle = np.stack(np.broadcast_arrays(np.cos(u), 0 * (u + v), np.sin(u)), axis=-1).reshape(-1, 3)
    points = row[sdf.A] * middle + row[sdf.B] * out
    i, j = np.divmod(np.arange(around * across), across)
    i2, j2 = (i + 1) % around, (j + 1) % across
    quads = np.stack([i * across + j, i2 * across + j, i2 * across + j2, i * across + j2], axis=1)
    turn = row[sdf.ROT : sdf.ROT + 9].reshape(3, 3)
    world = points @ turn * row[sdf.SCALE] + row[sdf.POS : sdf.POS + 3]
    return Mesh(
        world.astype(np.float32),
        (out @ turn).astype(np.float32),
        (points * row[sdf.SCALE]).astype(np.float32),
        quads.astype(np.int32),
        part,
    )


def _pixel(center: Array, frame: Array) -> float:
    """Width of a pixel in the world there."""
    away = -(center[1] - frame[f.EYE_Y]) * frame[f.SIN] + (center[2] - frame[f.EYE_Z]) * frame[f.COS]
    return float(max(away, 1.0) / frame[f.FOCAL])


def _box(rows: Array, frame: Array) -> tuple[Array, Array]:
    """The group's box in the frame of its first part, in that frame's units."""
    head = rows[0]
    if int(head[sdf.SHAPE]) == Shape.HILLS:
        return _hills_box(head, frame)
    turn, scale = head[sdf.ROT : sdf.ROT + 9].reshape(3, 3), head[sdf.SCALE]
    low, high = np.full(3, np.inf), np.full(3, -np.inf)
    for row in rows:
        ends = np.stack([row[sdf.LOW : sdf.LOW + 3], row[sdf.HIGH : sdf.HIGH + 3]])
        box = np.stack(np.meshgrid(*ends.T, indexing="ij"), axis=-1).reshape(-1, 3) * row[sdf.SCALE]
        world = box @ row[sdf.ROT : sdf.ROT + 9].reshape(3, 3) + row[sdf.POS : sdf.POS + 3]
        mine = (world - head[sdf.POS : sdf.POS + 3]) @ turn.T / scale
        low, high = np.minimum(low, mine.min(axis=0)), np.maximum(high, mine.max(axis=0))
    return low, high


def _hills_box(row: Array, frame: Array) -> tuple[Array, Array]:
    """Of an endless ridge, what the canvas shows above the floor."""
    away = row[sdf.POS + 2] - frame[f.EYE_Z]
    half = 0.75 * max(frame[f.CX], frame[f.WIDTH] - frame[f.CX]) / frame[f.FOCAL] * away * 1.4 / row[sdf.SCALE]
    low, high = row[sdf.LOW : sdf.LOW + 3].copy(), row[sdf.HIGH : sdf.HIGH + 3].copy()
    low[0], high[0] = -half - row[sdf.POS], half - row[sdf.POS]
    low[1] = -row[sdf.POS + 1] / row[sdf.SCALE] - 0.1
    return low, np.maximum(high, low + 0.05)


def _grid(rows: Array, low: Array, high: Array, frame: Array) -> tuple[NDArray[np.int64], Array]:
    """(cells along each axis, their edges): a pixel or so wide, finer where walls and tubes are thin."""
    head = rows[0]
    center = rows[:, sdf.CENTER : sdf.CENTER + 3].mean(axis=0)
    wanted = np.full(3, _PIXELS * _pixel(center, frame) / head[sdf.SCALE])
    for row in rows:
        wanted = np.minimum(wanted, _feature(row) * row[sdf.SCALE] / head[sdf.SCALE])
    size = np.maximum(high - low, 1e-6)
    counts = np.clip(np.ceil(size / wanted), _FEWEST, _CELLS).astype(np.int64)
    return counts, size / counts


def _feature(row: Array) -> Array:
    """Cell edges (3,) that still find the thinnest wall of a part: about three cells across it."""
    a, b, c, detail = (float(row[q]) for q in (sdf.A, sdf.B, sdf.C, sdf.DETAIL))
    shape = Shape(int(row[sdf.SHAPE]))
    thin = {
        Shape.CUP: c * 0.5, Shape.DOME: c, Shape.BOWL: c, Shape.HELIX: c, Shape.STROKE: a, Shape.ARC_TUBE: b, Shape.TORUS: b,
        Shape.HOLED_COIN: 0.08 * a, Shape.ARCH: detail, Shape.RING_SEGMENT: 0.5 * (a - b), Shape.ARROW: 0.3 * a,
        Shape.CRESCENT: 0.25 * (a - b + detail), Shape.ELLIPSOID: min(a, b, c),
        Shape.POLYGON: 0.12 * float(np.min(row[sdf.HIGH : sdf.HIGH + 2] - row[sdf.LOW : sdf.LOW + 2])),
    }.get(shape, math.inf)  # fmt: skip
    if shape in (Shape.DOME, Shape.BOWL) and detail > 0:
        thin = min(thin, a * math.pi / detail / 4)
    if shape is Shape.ELLIPSOID and detail > 0:
        thin = min(thin, a * math.pi / detail / 3)
    flat = shape in (Shape.STROKE, Shape.ARC_TUBE) and c > 0
    return np.array([thin * 0.7, thin * 0.7, (c if flat else thin) * 0.7]).clip(1e-5)


@kernel
def fill(out: Array, bi: int, bj: int, bk: int) -> None:
    """Mark a block that lies inside; what is known of its corners stays."""
    for i in range(bi, min(bi + _BLOCK + 1, out.shape[0])):
        for j in range(bj, min(bj + _BLOCK + 1, out.shape[1])):
            for k in range(bk, min(bk + _BLOCK + 1, out.shape[2])):
                if out[i, j, k] > 1e8:
                    out[i, j, k] = -1e9


@kernel
def to_world(P: Array, m: int, x: float, y: float, z: float) -> tuple[float, float, float]:
    s = P[m, sdf.SCALE]
    r = sdf.ROT
    return (
        P[m, sdf.POS] + s * (P[m, r] * x + P[m, r + 3] * y + P[m, r + 6] * z),
        P[m, sdf.POS + 1] + s * (P[m, r + 1] * x + P[m, r + 4] * y + P[m, r + 7] * z),
        P[m, sdf.POS + 2] + s * (P[m, r + 2] * x + P[m, r + 5] * y + P[m, r + 8] * z),
    )


@kernel
def sample(P: Array, V: Array, m: int, low: Array, cell: Array, slack: float, out: Array) -> None:
    """Signed distances (world) of group m at the grid's corners, only in blocks that its surface may cross."""
    s = P[m, sdf.SCALE]
    nx, ny, nz = out.shape[0], out.shape[1], out.shape[2]
    reach = 0.5 * _BLOCK * s * math.sqrt(cell[0] ** 2 + cell[1] ** 2 + cell[2] ** 2) * 1.35 + slack
    for bi in range(0, nx, _BLOCK):
        for bj in range(0, ny, _BLOCK):
            for bk in range(0, nz, _BLOCK):
                x, y, z = to_world(
                    P,
                    m,
                    low[0] + (bi + 0.5 * _BLOCK) * cell[0],
                    low[1] + (bj + 0.5 * _BLOCK) * cell[1],
                    low[2] + (bk + 0.5 * _BLOCK) * cell[2],
                )
                d = sdf.group(P, V, m, x, y, z)
                if abs(d) > reach:
                    if d < 0.0:
                        fill(out, bi, bj, bk)
                    continue
                for i in range(bi, min(bi + _BLOCK + 1, nx)):
                    for j in range(bj, min(bj + _BLOCK + 1, ny)):
                        for k in range(bk, min(bk + _BLOCK + 1, nz)):
                            if abs(out[i, j, k]) < 1e8:
                                continue
                            x, y, z = to_world(P, m, low[0] + i * cell[0], low[1] + j * cell[1], low[2] + k * cell[2])
                            out[i, j, k] = sdf.group(P, V, m, x, y, z)


@kernel
def number(D: Array, cells: Array) -> int:
    """Number the cells that the surface crosses; returns how many."""
    n = 0
    for i in range(cells.shape[0]):
        for j in range(cells.shape[1]):
            for k in range(cells.shape[2]):
                if abs(D[i, j, k]) > 1e8 and abs(D[i + 1, j + 1, k + 1]) > 1e8:
                    continue
                inside = 0
                for q in range(8):
                    if D[i + (q & 1), j + ((q >> 1) & 1), k + (q >> 2)] < 0.0:
                        inside += 1
                if 0 < inside < 8:
                    cells[i, j, k] = n
                    n += 1
    return n


@kernel
def corners_of(D: Array, cells: Array, found: Array) -> None:
    """The point (grid units) of every numbered cell: the mean of where the surface cuts the cell's edges."""
    for i in range(cells.shape[0]):
        for j in range(cells.shape[1]):
            for k in range(cells.shape[2]):
                n = cells[i, j, k]
                if n < 0:
                    continue
                sx = sy = sz = 0.0
                cuts = 0
                for q in range(8):
                    for axis in range(3):
                        if (q >> axis) & 1:
                            continue
                        p = q | (1 << axis)
                        a = D[i + (q & 1), j + ((q >> 1) & 1), k + (q >> 2)]
                        b = D[i + (p & 1), j + ((p >> 1) & 1), k + (p >> 2)]
                        if (a < 0.0) == (b < 0.0):
                            continue
                        t = a / (a - b)
                        sx += (q & 1) + (t if axis == 0 else 0.0)
                        sy += ((q >> 1) & 1) + (t if axis == 1 else 0.0)
                        sz += (q >> 2) + (t if axis == 2 else 0.0)
                        cuts += 1
                found[n, 0] = i + sx / cuts
                found[n, 1] = j + sy / cuts
                found[n, 2] = k + sz / cuts


@kernel
def quads_of(D: Array, cells: Array, found: Array) -> int:
    """The quad around every grid edge that the surface cuts into `found` (m, 4); returns how many."""
    n = 0
    for i in range(cells.shape[0]):
        for j in range(cells.shape[1]):
            for k in range(cells.shape[2]):
                if cells[i, j, k] < 0:
                    continue
                here = D[i, j, k] < 0.0
                for axis in range(3):
                    di, dj, dk = 1 if axis == 0 else 0, 1 if axis == 1 else 0, 1 if axis == 2 else 0
                    if (D[i + di, j + dj, k + dk] < 0.0) == here:
                        continue
                    ui, uj, uk = 1 if axis == 2 else 0, 1 if axis == 0 else 0, 1 if axis == 1 else 0
                    vi, vj, vk = 1 if axis == 1 else 0, 1 if axis == 2 else 0, 1 if axis == 0 else 0
                    if i < ui + vi or j < uj + vj or k < uk + vk:
                        continue
                    b = cells[i - ui, j - uj, k - uk]
                    c = cells[i - ui - vi, j - uj - vj, k - uk - vk]
                    d = cells[i - vi, j - vj, k - vk]
                    if b < 0 or c < 0 or d < 0:
                        continue
                    found[n, 0] = cells[i, j, k]
                    found[n, 1] = d if here else b
                    found[n, 2] = c
                    found[n, 3] = b if here else d
                    n += 1
    return n


@kernel
def settle(P: Array, V: Array, m: int, points: Array, cell: Array, world: Array, normals: Array) -> None:
    """Move points (own frame, in place) onto the surface; their places and outward normals in the world."""
    s = P[m, sdf.SCALE]
    r = sdf.ROT
    edge = min(cell[0], min(cell[1], cell[2])) * s
    e = max(0.15 * edge, 2e-5)
    for n in range(points.shape[0]):
        x, y, z = to_world(P, m, points[n, 0], points[n, 1], points[n, 2])
        ox, oy, oz = x, y, z
        nx = ny = nz = 0.0
        for _ in range(3):
            d = sdf.group(P, V, m, x, y, z)
            nx, ny, nz = sdf.normal(P, V, m, x, y, z, e)
            slope = (sdf.group(P, V, m, x + e * nx, y + e * ny, z + e * nz) - d) / e
            step = min(max(d / max(slope, 0.5), -edge), edge)
            x -= step * nx
            y -= step * ny
            z -= step * nz
        if (x - ox) ** 2 + (y - oy) ** 2 + (z - oz) ** 2 > edge * edge:
            x, y, z = ox, oy, oz
        nx, ny, nz = sdf.normal(
            P, V, m, x, y, z, 0.6 * edge
        )  # as wide as a cell: a crease's normals lie between its sides'
        world[n, 0] = x
        world[n, 1] = y
        world[n, 2] = z
        normals[n, 0] = nx
        normals[n, 1] = ny
        normals[n, 2] = nz
        x = (x - P[m, sdf.POS]) / s
        y = (y - P[m, sdf.POS + 1]) / s
        z = (z - P[m, sdf.POS + 2]) / s
        for q in range(3):
            points[n, q] = P[m, r + 3 * q] * x + P[m, r + 3 * q + 1] * y + P[m, r + 3 * q + 2] * z
