"""Bundles of rays: which parts a whole tile of pixels can meet, so that each of its rays looks at those alone."""

# An element of a table has no static type; numba gives it one.
# mypy: disable-error-code="no-any-return"

from __future__ import annotations

from generation.scenes import columns as f
from generation.scenes.kernels import sdf
from generation.scenes.kernels.frame import ray
from generation.scenes.kernels.jit import Array, kernel
from generation.scenes.kernels.scene import Scene, Vector, Work
from generation.scenes.kernels.trace import FAR, along_ray, through_box

TILE = 8  # pixels
SLOW_TILE = 16


@kernel
def melting(P: Array, i: int) -> float:
    """How far from a part's own surface the melted group's surface may depend on it."""
    widest = 0.0
    for q in range(int(P[i, sdf.FIRST]), int(P[i, sdf.LAST])):
        widest = max(widest, P[q, sdf.BLEND])
    return 1.25 * widest


@kernel
def enters(
    P: Array, V: Array, i: int, at: Vector, way: Vector, near: float, far: float, grow: float, spread: float
) -> float:
    """Distance at which a cone (radius `grow` plus `spread` per unit) first touches a part between near and far; FAR: never."""
    margin = melting(P, i)
    t = max(near, 0.0)
    for _ in range(24):
        if t > far:
            return FAR
        free = sdf.part(P, V, i, at[0] + way[0] * t, at[1] + way[1] * t, at[2] + way[2] * t)
        free -= margin + grow + spread * t
        if free <= 0.0:
            break
        t += 0.9 * free / (1.0 + spread) + 1e-4
    return t


@kernel
def bundle(s: Scene, among: Array, count: int, at: Vector, way: Vector, grow: float, spread: float, w: Work) -> int:
    """Fill w.rows and w.spans with the parts that a cone of rays can meet, and where; return how many."""
    n = along_ray(s.P, among, count, at[0], at[1], at[2], way[0], way[1], way[2], grow, spread, -1, w.rows, w.spans)
    kept = 0
    for j in range(n):
        i, far = w.rows[j], w.spans[j, 1]
        t = enters(s.P, s.V, i, at, way, w.spans[j, 0], far, grow, spread)
        if t < FAR:
            w.rows[kept] = i
            w.spans[kept, 0] = t
            w.spans[kept, 1] = far
            kept += 1
    return kept


@kernel
def through_tile(s: Scene, among: Array, i: int, j: int, size: int, mirrored: bool, w: Work) -> int:
    """The bundle through the tile of `size` pixels whose corner is (i, j); mirrored: as seen in the floor."""
    dx, dy, dz = ray(s.F, i + 0.5 * size, j + 0.5 * size)
    eye = s.F[f.EYE_Y]
    if mirrored:
        eye, dy = -eye, -dy
    spread = 0.75 * size / s.F[f.FOCAL]
    return bundle(s, among, among.shape[0], (0.0, eye, s.F[f.EYE_Z]), (dx, dy, dz), 0.01, spread, w)


@kernel
def single(P: Array, w: Work, count: int, at: Vector, way: Vector, grow: float, spread: float) -> int:
    """The part of a tile's bundle that one of its rays meets: fills w.own and w.own_spans."""
    n = 0
    for j in range(count):
        i = w.rows[j]
        wide = grow + min(spread * max(w.spans[j, 1], 0.0), 6.0)
        near, far = through_box(P, i, at[0], at[1], at[2], way[0], way[1], way[2], wide)
        if near < far and far > 0.0:
            w.own[n] = i
            w.own_spans[n, 0] = max(near, w.spans[j, 0])
            w.own_spans[n, 1] = far
            n += 1
    return n


@kernel
def tile_lists(
    P: Array, F: Array, everything: Array, width: int, grow: float, lists: Array, counts: Array, spans: Array
) -> None:
    """For each tile of SLOW_TILE pixels, the parts whose box any of its rays may meet."""
    across = (width + SLOW_TILE - 1) // SLOW_TILE
    spread = 0.75 * SLOW_TILE / F[f.FOCAL]
    for tile in range(counts.shape[0]):
        px = (tile % across + 0.5) * SLOW_TILE
        py = (tile // across + 0.5) * SLOW_TILE
        dx, dy, dz = ray(F, px, py)
        counts[tile] = along_ray(
            P, everything, P.shape[0], 0.0, F[f.EYE_Y], F[f.EYE_Z], dx, dy, dz, grow, spread, -1, lists[tile], spans
        )
