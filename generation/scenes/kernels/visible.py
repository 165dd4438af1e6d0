"""What the camera sees: every second pixel traced, the rest filled in where it lies on one smooth piece of one part."""

# An element of a table has no static type; numba gives it one.
# mypy: disable-error-code="no-any-return"

from __future__ import annotations

import math

from generation.scenes import columns as f
from generation.scenes.kernels import sdf
from generation.scenes.kernels.cones import TILE, single, through_tile
from generation.scenes.kernels.frame import ray
from generation.scenes.kernels.jit import Array, kernel
from generation.scenes.kernels.scene import Scene, Seen, Vector, Work
from generation.scenes.kernels.trace import ground_hit, ground_normal, march


@kernel
def first_hit(s: Scene, w: Work, count: int, px: float, py: float, start: float) -> tuple[float, int]:
    """(distance, part row) seen through a canvas point beyond `start`, among the `count` parts of its tile; row -1 is the ground."""
    F = s.F
    dx, dy, dz = ray(F, px, py)
    oy, oz = F[f.EYE_Y], F[f.EYE_Z]
    end = min(ground_hit(F, 0.0, oy, oz, dx, dy, dz), 200.0)
    n = single(s.P, w, count, (0.0, oy, oz), (dx, dy, dz), 0.005, 0.0)
    if n == 0:
        return end, -1
    return march(s.P, s.V, w.own, w.own_spans, n, 0.0, oy, oz, dx, dy, dz, start, end, 110, 1.0 / F[f.FOCAL])


@kernel
def point(F: Array, px: float, py: float, t: float) -> Vector:
    """The place in the world at distance t through a canvas point."""
    dx, dy, dz = ray(F, px, py)
    return dx * t, F[f.EYE_Y] + dy * t, F[f.EYE_Z] + dz * t


@kernel
def normal_at(s: Scene, m: int, px: float, py: float, t: float) -> Vector:
    x, y, z = point(s.F, px, py, t)
    if m < 0:
        return ground_normal(s.F, y, z)
    return sdf.normal(s.P, s.V, m, x, y, z, max(0.6 * t / s.F[f.FOCAL], 0.0008))


@kernel
def visibility(s: Scene, everything: Array, seen: Seen, w: Work, ground: bool) -> None:
    """Fill part rows, distances and world normals of every pixel's centre. `everything`: the rows that may be seen.

    Without `ground`, tiles that hold no part are left as they are.
    """
    height, width = seen.parts.shape
    for odd in range(2):
        for j in range(0, height, TILE):
            for i in range(0, width, TILE):
                see_tile(s, everything, seen, w, i, j, odd, ground)


@kernel
def see_tile(s: Scene, everything: Array, seen: Seen, w: Work, left: int, top: int, odd: int, ground: bool) -> None:
    """Trace the even pixels of a tile; or, when odd, fill in the others or trace them."""
    count = -1 if ground else through_tile(s, everything, left, top, TILE, False, w)
    if count == 0:
        return
    for j in range(top, min(top + TILE, seen.parts.shape[0])):
        for i in range(left, min(left + TILE, seen.parts.shape[1])):
            if ((i & 1) | (j & 1)) != odd or (odd and between(seen, i, j)):
                continue
            if count < 0:
                count = through_tile(s, everything, left, top, TILE, False, w)
            px, py = i + 0.5, j + 0.5
            t, m = first_hit(s, w, count, px, py, 0.1)
            nx, ny, nz = normal_at(s, m, px, py, t)
            seen.parts[j, i] = m
            seen.depth[j, i] = t
            seen.normals[j, i, 0] = nx
            seen.normals[j, i, 1] = ny
            seen.normals[j, i, 2] = nz


@kernel
def between(seen: Seen, i: int, j: int) -> bool:
    """Fill a pixel from its even neighbours where all lie on one smooth piece of one part; False where it must be traced."""
    parts, depth, normals = seen.parts, seen.depth, seen.normals
    i0, j0 = i & ~1, j & ~1
    i1, j1 = i0 + 2 * (i & 1), j0 + 2 * (j & 1)
    if i1 >= parts.shape[1] or j1 >= parts.shape[0]:
        return False
    m = parts[j0, i0]
    if m < 0 or parts[j0, i1] != m or parts[j1, i0] != m or parts[j1, i1] != m:
        return False
    t = depth[j0, i0]
    mean = 0.0
    ax = ay = az = 0.0
    for q in range(4):
        y = j0 if q < 2 else j1
        x = i0 if q % 2 == 0 else i1
        c = 0.0
        for a in range(3):
            c += normals[j0, i0, a] * normals[y, x, a]
        if c < 0.994 or abs(depth[y, x] - t) > 0.006 * t:
            return False
        mean += 0.25 * depth[y, x]
        ax += normals[y, x, 0]
        ay += normals[y, x, 1]
        az += normals[y, x, 2]
    k = 1.0 / math.sqrt(ax * ax + ay * ay + az * az)
    parts[j, i] = m
    depth[j, i] = mean
    normals[j, i, 0] = ax * k
    normals[j, i, 1] = ay * k
    normals[j, i, 2] = az * k
    return True
