"""Shadow, occlusion and the floor's mirror image at half size, tile by tile."""

# An element of a table has no static type; numba gives it one.
# mypy: disable-error-code="no-any-return"

from __future__ import annotations

import math

from generation.scenes import columns as f
from generation.scenes.kernels import sdf
from generation.scenes.kernels.cones import bundle, single, through_tile
from generation.scenes.kernels.frame import ray
from generation.scenes.kernels.jit import Array, kernel
from generation.scenes.kernels.scene import Light, Scene, Seen, Vector, Work
from generation.scenes.kernels.shade import body, studio
from generation.scenes.kernels.shadow import lamp_light
from generation.scenes.kernels.trace import along_ray, around, march, occlusion
from generation.scenes.kernels.visible import point

_CELL = 8  # half-size samples on a tile's side
_REACH = 1.1  # occluders further off count for nothing
_LIKE = 0.06  # shadow and occlusion that differ by less are filled in
_DUSK = 0.1  # cosine from the lamp within which a surface turned away still counts as in its own shadow


@kernel
def normal_of(seen: Seen, i: int, j: int) -> Vector:
    return float(seen.normals[j, i, 0]), float(seen.normals[j, i, 1]), float(seen.normals[j, i, 2])


@kernel
def lifted(s: Scene, t: float, n: Vector, px: float, py: float) -> Vector:
    """A seen point moved off its surface by more than tracing errs."""
    x, y, z = point(s.F, px, py, t)
    lift = 0.004 + 0.8 * t / s.F[f.FOCAL]
    return x + n[0] * lift, y + n[1] * lift, z + n[2] * lift


@kernel
def sun(s: Scene) -> Vector:
    return s.F[f.SUN], s.F[f.SUN + 1], s.F[f.SUN + 2]


@kernel
def sunward(s: Scene, n: Vector) -> float:
    """1 on surfaces that face the lamp, 0 on those turned away, where shadow shows no more."""
    c = n[0] * s.F[f.SUN] + n[1] * s.F[f.SUN + 1] + n[2] * s.F[f.SUN + 2]
    return min(max(1.0 + c / _DUSK, 0.0), 1.0)


@kernel
def shadow(s: Scene, w: Work, count: int, at: Vector, n: Vector) -> float:
    """Light past the `count` parts in w.own, 1 = all of it."""
    return 1.0 - sunward(s, n) * (1.0 - lamp_light(s, w, count, at, sun(s))) if count > 0 else 1.0


@kernel
def openness(s: Scene, w: Work, among: Array, count: int, at: Vector, n: Vector, on_ground: bool) -> float:
    """Occlusion by these parts and, for objects, by the ground; 1 = none."""
    found = around(s.P, among, count, at[0], at[1], at[2], _REACH, w.own, w.own_spans)
    if found == 0 and on_ground:
        return 1.0
    return occlusion(s.P, s.V, w.own, w.own_spans, found, s.F, at[0], at[1], at[2], n[0], n[1], n[2], on_ground)


@kernel
def fresh_light(s: Scene, w: Work, m: int, t: float, n: Vector, px: float, py: float) -> None:
    """Shadow and occlusion of a point that no half-size sample knows, into w.sums (see gather)."""
    at = lifted(s, t, n, px, py)
    count = s.casters.shape[0]
    w.sums[0] = 1.0
    if sunward(s, n) > 0.0:
        x, y, z = sun(s)
        met = along_ray(s.P, s.casters, count, at[0], at[1], at[2], x, y, z, 0.02, s.F[f.SOFT], -1, w.own, w.own_spans)
        w.sums[0] = shadow(s, w, met, at, n)
    w.sums[1] = openness(s, w, s.casters, count, at, n, m < 0)
    for q in range(2, 6):
        w.sums[q] = 0.0


@kernel
def half_light(s: Scene, seen: Seen, light: Light, w: Work, ground: bool) -> None:
    """Fill `light` for every second pixel; `ground`: also where nothing but the ground is seen."""
    for odd in range(2):
        for j in range(0, light.lit.shape[0], _CELL):
            for i in range(0, light.lit.shape[1], _CELL):
                light_tile(s, seen, light, w, i, j, odd, False)
                if ground:
                    light_tile(s, seen, light, w, i, j, odd, True)
                    if odd:
                        mirror_tile(s, seen, light, w, i, j)


@kernel
def light_tile(s: Scene, seen: Seen, light: Light, w: Work, left: int, top: int, odd: int, on_ground: bool) -> None:
    """Light of a tile's samples on objects or on the ground, with the parts that any of them can see towards the lamp.

    The even samples are traced; when odd, the others are filled in or traced.
    """
    right, bottom = min(left + _CELL, light.lit.shape[1]), min(top + _CELL, light.lit.shape[0])
    if odd and not any_left(seen, light, left, top, right, bottom, on_ground):
        return
    center, radius = ball(s, seen, left, top, right, bottom, on_ground)
    if radius < 0.0:
        return
    near = around(s.P, s.casters, s.casters.shape[0], center[0], center[1], center[2], _REACH + radius, w.near, w.spans)
    shades = bundle(s, s.casters, s.casters.shape[0], center, sun(s), 0.02 + radius, s.F[f.SOFT], w)
    for j in range(top, bottom):
        for i in range(left, right):
            m = seen.parts[2 * j, 2 * i]
            if (m < 0) != on_ground or ((i & 1) | (j & 1)) != odd or (odd and light.lit[j, i, 0] >= 0.0):
                continue
            n = normal_of(seen, 2 * i, 2 * j)
            at = lifted(s, float(seen.depth[2 * j, 2 * i]), n, 2 * i + 0.5, 2 * j + 0.5)
            lit = 1.0
            if shades > 0 and sunward(s, n) > 0.0:
                lit = shadow(s, w, single(s.P, w, shades, at, sun(s), 0.02, s.F[f.SOFT]), at, n)
            light.lit[j, i, 0] = lit
            light.lit[j, i, 1] = openness(s, w, w.near, near, at, n, on_ground)


@kernel
def any_left(seen: Seen, light: Light, left: int, top: int, right: int, bottom: int, on_ground: bool) -> bool:
    """Fill in the odd samples of a tile that lie between like ones; whether any is left to trace (its light is then -1)."""
    found = False
    for j in range(top, bottom):
        for i in range(left, right):
            if ((i & 1) | (j & 1)) == 0 or (seen.parts[2 * j, 2 * i] < 0) != on_ground:
                continue
            if not alike(seen, light, i, j):
                light.lit[j, i, 0] = -1.0
                found = True
    return found


@kernel
def alike(seen: Seen, light: Light, i: int, j: int) -> bool:
    """Fill in a sample with the mean of its even neighbours where they are one surface under nearly the same light."""
    i0, j0 = i & ~1, j & ~1
    i1, j1 = i0 + 2 * (i & 1), j0 + 2 * (j & 1)
    if i1 >= light.lit.shape[1] or j1 >= light.lit.shape[0]:
        return False
    m, n = seen.parts[2 * j, 2 * i], normal_of(seen, 2 * i, 2 * j)
    for q in range(4):
        x, y = (i0 if q % 2 == 0 else i1), (j0 if q < 2 else j1)
        if seen.parts[2 * y, 2 * x] != m:
            return False
        there = normal_of(seen, 2 * x, 2 * y)
        if n[0] * there[0] + n[1] * there[1] + n[2] * there[2] < 0.98:
            return False
    for q in range(2):
        a, b, c, d = light.lit[j0, i0, q], light.lit[j0, i1, q], light.lit[j1, i0, q], light.lit[j1, i1, q]
        if max(max(a, b), max(c, d)) - min(min(a, b), min(c, d)) > _LIKE:
            return False
        light.lit[j, i, q] = 0.25 * (a + b + c + d)
    return True


@kernel
def ball(s: Scene, seen: Seen, left: int, top: int, right: int, bottom: int, on_ground: bool) -> tuple[Vector, float]:
    """Centre and radius of a ball around a tile's lifted samples of one kind; radius -1 where there are none."""
    x0 = y0 = z0 = 1e9
    x1 = y1 = z1 = -1e9
    for j in range(top, bottom):
        for i in range(left, right):
            if (seen.parts[2 * j, 2 * i] < 0) != on_ground:
                continue
            n = normal_of(seen, 2 * i, 2 * j)
            x, y, z = lifted(s, float(seen.depth[2 * j, 2 * i]), n, 2 * i + 0.5, 2 * j + 0.5)
            x0, x1 = min(x0, x), max(x1, x)
            y0, y1 = min(y0, y), max(y1, y)
            z0, z1 = min(z0, z), max(z1, z)
    if x1 < x0:
        return (0.0, 0.0, 0.0), -1.0
    x, y, z = 0.5 * (x1 - x0), 0.5 * (y1 - y0), 0.5 * (z1 - z0)
    return (x0 + x, y0 + y, z0 + z), math.sqrt(x * x + y * y + z * z)


@kernel
def mirror_tile(s: Scene, seen: Seen, light: Light, w: Work, left: int, top: int) -> None:
    """What a polished floor mirrors in a tile."""
    if s.F[f.FLOOR_MIRROR] <= 0.0:
        return
    count = -1
    for j in range(top, min(top + _CELL, light.lit.shape[0])):
        for i in range(left, min(left + _CELL, light.lit.shape[1])):
            light.mirror[j, i, 3] = 0.0
            if seen.parts[2 * j, 2 * i] >= 0 or seen.normals[2 * j, 2 * i, 1] < 0.9:
                continue
            if count < 0:
                count = through_tile(s, s.casters, 2 * left, 2 * top, 2 * _CELL, True, w)
            if count > 0:
                in_floor(s, light, w, count, float(seen.depth[2 * j, 2 * i]), i, j)


@kernel
def in_floor(s: Scene, light: Light, w: Work, count: int, t: float, i: int, j: int) -> None:
    """One sample of the floor's mirror image."""
    px, py = 2 * i + 0.5, 2 * j + 0.5
    dx, dy, dz = ray(s.F, px, py)
    x, y, z = point(s.F, px, py, t)
    n = along_ray(s.P, w.rows, count, x, y, z, dx, -dy, dz, 0.02, 0.0, -1, w.own, w.own_spans)
    if n == 0:
        return
    far, m = march(s.P, s.V, w.own, w.own_spans, n, x, y + 0.01, z, dx, -dy, dz, 0.02, 6.0, 36, 0.004)
    if m < 0:
        return
    r, g, b = simple(s, m, (x + dx * far, y - dy * far, z + dz * far), (dx, -dy, dz))
    light.mirror[j, i, 0] = r
    light.mirror[j, i, 1] = g
    light.mirror[j, i, 2] = b
    light.mirror[j, i, 3] = s.F[f.FLOOR_MIRROR] * (0.35 + 0.65 * (1.0 + dy) ** 3) * math.exp(-0.9 * far)


@kernel
def simple(s: Scene, m: int, at: Vector, way: Vector) -> Vector:
    """A part as a floor mirrors it: body and sheen, no shadow of its own."""
    nx, ny, nz = sdf.normal(s.P, s.V, m, at[0], at[1], at[2], 0.003)
    k = int(s.P[m, sdf.MATERIAL])
    r, g, b = body(s.F, s.M, k, nx, ny, nz, way[0], way[1], way[2], 0.8, 0.8)
    if s.M[k, f.METAL] > 0.0:
        er, eg, eb = studio(s.F, s.S, nx, ny, nz, 0.5)
        r, g, b = r + er * s.M[k, 0], g + eg * s.M[k, 1], b + eb * s.M[k, 2]
    return r, g, b
