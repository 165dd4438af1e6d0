"""Rays through the scene: candidates, sphere tracing, the analytic ground, soft shadow and occlusion."""

# An element of a table has no static type; numba gives it one.
# mypy: disable-error-code="no-any-return"

from __future__ import annotations

import math

from generation.scenes.columns import FILLET, WALL
from generation.scenes.kernels import sdf
from generation.scenes.kernels.jit import Array, kernel

CENTER, REACH, BLEND, CASTS = sdf.CENTER, sdf.REACH, sdf.BLEND, sdf.CASTS
FAR = 1.0e9


@kernel
def ground_hit(F: Array, ox: float, oy: float, oz: float, dx: float, dy: float, dz: float) -> float:
    """Distance to floor, wall or the round fillet between them; FAR where the ray leaves towards the studio."""
    floor = -oy / dy if dy < -1e-7 else FAR
    wall = (F[WALL] - oz) / dz if dz > 1e-7 else FAR
    t = min(floor, wall)
    if t >= FAR:
        return FAR
    k = F[FILLET]
    y = oy + dy * t
    z = oz + dz * t
    if y < k and z > F[WALL] - k:
        py = oy - k
        pz = oz - (F[WALL] - k)
        a = dy * dy + dz * dz
        b = py * dy + pz * dz
        disc = b * b - a * (py * py + pz * pz - k * k)
        if disc > 0.0:
            t = (-b + math.sqrt(disc)) / a
    return t


@kernel
def ground_normal(F: Array, y: float, z: float) -> tuple[float, float, float]:
    k = F[FILLET]
    if y < k and z > F[WALL] - k:
        ny = k - y
        nz = F[WALL] - k - z
        q = 1.0 / math.sqrt(ny * ny + nz * nz + 1e-12)
        return 0.0, ny * q, nz * q
    if y < F[WALL] - z:
        return 0.0, 1.0, 0.0
    return 0.0, 0.0, -1.0


@kernel
def ground_distance(F: Array, y: float, z: float) -> float:
    k = F[FILLET]
    w = F[WALL] - z
    if y < k and w < k:
        return k - math.sqrt((k - y) ** 2 + (k - w) ** 2)
    return min(y, w)


@kernel
def through_box(
    P: Array, i: int, ox: float, oy: float, oz: float, dx: float, dy: float, dz: float, grow: float
) -> tuple[float, float]:
    """Where a ray enters and leaves the part's own box, grown by `grow` (world units): (in, out), in > out when it misses."""
    inv = 1.0 / P[i, sdf.SCALE]
    ox -= P[i, sdf.POS]
    oy -= P[i, sdf.POS + 1]
    oz -= P[i, sdf.POS + 2]
    near = -FAR
    far = FAR
    for q in range(3):
        a = P[i, sdf.ROT + 3 * q]
        b = P[i, sdf.ROT + 3 * q + 1]
        c = P[i, sdf.ROT + 3 * q + 2]
        o = (a * ox + b * oy + c * oz) * inv
        d = (a * dx + b * dy + c * dz) * inv
        low = P[i, sdf.LOW + q] - grow * inv - o
        high = P[i, sdf.HIGH + q] + grow * inv - o
        if abs(d) < 1e-9:
            if low > 0.0 or high < 0.0:
                return FAR, -FAR
            continue
        r = 1.0 / d
        near = max(near, min(low * r, high * r))
        far = min(far, max(low * r, high * r))
    return near, far


@kernel
def along_ray(
    P: Array,
    among: Array,
    count: int,
    ox: float,
    oy: float,
    oz: float,
    dx: float,
    dy: float,
    dz: float,
    grow: float,
    spread: float,
    skip: int,
    out: Array,
    spans: Array,
) -> int:
    """Parts whose box, grown by `grow` and by `spread` per unit of distance, the ray meets before it; `skip` is an id left out.

    out: their rows, spans (n, 2): where the ray is in their boxes. Returns how many.
    """
    n = 0
    for j in range(count):
        i = among[j]
        px = P[i, CENTER] - ox
        py = P[i, CENTER + 1] - oy
        pz = P[i, CENTER + 2] - oz
        b = px * dx + py * dy + pz * dz
        r = P[i, REACH] + grow
        if b < -r:
            continue
        wide = spread * max(b + r, 0.0)
        r += wide
        if px * px + py * py + pz * pz - b * b > r * r or int(P[i, sdf.ID]) == skip:
            continue
        near, far = through_box(P, i, ox, oy, oz, dx, dy, dz, grow + min(wide, 6.0))
        if near < far and far > 0.0:
            out[n] = i
            spans[n, 0] = near
            spans[n, 1] = far
            n += 1
    return n


@kernel
def nearest_ahead(
    P: Array, V: Array, among: Array, spans: Array, count: int, t: float, x: float, y: float, z: float, limit: float
) -> tuple[float, int]:
    """As nearest, for a point at distance t along the ray whose boxes are known."""
    d = limit
    m = -1
    last = FAR
    for j in range(count):
        if t > spans[j, 1]:
            last = FAR
            continue
        if t < spans[j, 0]:
            last = FAR
            if spans[j, 0] - t < d:
                d = spans[j, 0] - t + 1e-4
                m = -1
            continue
        i = among[j]
        e = sdf.part(P, V, i, x, y, z)
        if P[i, BLEND] > 0.0 and last < FAR:
            e = sdf.melt(e, last, P[i, BLEND])
        last = e
        if e < d:
            d = e
            m = i
    return d, m


@kernel
def nearest_of(
    P: Array,
    V: Array,
    among: Array,
    gaps: Array,
    count: int,
    x: float,
    y: float,
    z: float,
    limit: float,
    moved: float,
) -> float:
    """Distance to the nearest part, at most `limit`, for a point that has `moved` since `gaps` were lower bounds; renews them."""
    d = limit
    last = FAR
    for j in range(count):
        i = among[j]
        gaps[j, 0] -= moved
        if gaps[j, 0] - P[i, BLEND] >= d:
            last = FAR
            continue
        e = sdf.part(P, V, i, x, y, z)
        gaps[j, 0] = e
        if P[i, BLEND] > 0.0 and last < FAR:
            e = sdf.melt(e, last, P[i, BLEND])
        last = e
        d = min(d, e)
    return d


@kernel
def march(
    P: Array,
    V: Array,
    among: Array,
    spans: Array,
    count: int,
    ox: float,
    oy: float,
    oz: float,
    dx: float,
    dy: float,
    dz: float,
    start: float,
    end: float,
    steps: int,
    pixel: float,
) -> tuple[float, int]:
    """First part along the ray before `end`: (distance, row), or (end, -1). `pixel`: width of a pixel per unit of distance."""
    low = FAR
    high = 0.0
    for j in range(count):
        low = min(low, spans[j, 0])
        high = max(high, spans[j, 1])
    t = max(start, low + 1e-5)
    end_here = min(end, high)
    for _ in range(steps):
        if t > end_here:
            break
        d, m = nearest_ahead(P, V, among, spans, count, t, ox + dx * t, oy + dy * t, oz + dz * t, FAR)
        if m >= 0 and d < 0.3 * pixel * t:
            return t, m
        t += max(d * 0.96, 0.2 * pixel * t)
    return end, -1


@kernel
def occlusion(
    P: Array,
    V: Array,
    among: Array,
    gaps: Array,
    count: int,
    F: Array,
    x: float,
    y: float,
    z: float,
    nx: float,
    ny: float,
    nz: float,
    on_ground: bool,
) -> float:
    """Openness of a point, 0 to 1, from five distances along its normal. `gaps` (count, 2): see around; changed here."""
    shut = 0.0
    weight = 1.0
    total = 0.0
    before = 0.0
    for s in range(5):
        h = 0.03 + 0.11 * s * (1.0 + 0.3 * s)
        d = nearest_of(P, V, among, gaps, count, x + nx * h, y + ny * h, z + nz * h, h, h - before)
        if not on_ground:
            d = min(d, max(ground_distance(F, y + ny * h, z + nz * h), 0.0))
        shut += weight * max(h - d, 0.0) / h
        total += weight
        weight *= 0.8
        before = h
    return max(1.0 - 1.05 * shut / total, 0.0)


@kernel
def to_box(P: Array, i: int, x: float, y: float, z: float) -> float:
    """Distance of a point from the part's own box."""
    x -= P[i, sdf.POS]
    y -= P[i, sdf.POS + 1]
    z -= P[i, sdf.POS + 2]
    s = P[i, sdf.SCALE]
    total = 0.0
    for q in range(3):
        o = (P[i, sdf.ROT + 3 * q] * x + P[i, sdf.ROT + 3 * q + 1] * y + P[i, sdf.ROT + 3 * q + 2] * z) / s
        out = max(max(P[i, sdf.LOW + q] - o, o - P[i, sdf.HIGH + q]), 0.0)
        total += out * out
    return math.sqrt(total) * s


@kernel
def around(
    P: Array, among: Array, count: int, x: float, y: float, z: float, radius: float, out: Array, gaps: Array
) -> int:
    """Parts whose box comes nearer than `radius` to a point (out), and that they are at least so far from it (gaps, first column)."""
    n = 0
    for j in range(count):
        i = among[j]
        ax = x - P[i, CENTER]
        ay = y - P[i, CENTER + 1]
        az = z - P[i, CENTER + 2]
        r = P[i, REACH] + radius
        if ax * ax + ay * ay + az * az >= r * r:
            continue
        gap = to_box(P, i, x, y, z)
        if gap < radius:
            out[n] = i
            gaps[n, 0] = gap
            n += 1
    return n
