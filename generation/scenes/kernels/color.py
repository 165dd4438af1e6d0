"""Radiance towards the camera: exact at every second pixel, in between the mean where neighbours agree."""

# An element of a table has no static type; numba gives it one.
# mypy: disable-error-code="no-any-return"

from __future__ import annotations

import math

from generation.scenes import columns as f
from generation.scenes.kernels import sdf
from generation.scenes.kernels.frame import ray
from generation.scenes.kernels.jit import Array, kernel
from generation.scenes.kernels.light import fresh_light, normal_of
from generation.scenes.kernels.scene import Light, Scene, Seen, Vector, Work
from generation.scenes.kernels.shade import body, fresnel, ground_light, pool, shine, studio
from generation.scenes.kernels.trace import along_ray, ground_hit, ground_normal, march
from generation.scenes.kernels.visible import point


@kernel
def gather(seen: Seen, light: Light, m: int, n: Vector, px: float, py: float, out: Array) -> bool:
    """Light at a canvas point from the four nearest half-size samples of the same surface (out: shadow, occlusion, mirror rgb, weight)."""
    hx = (px - 0.5) * 0.5
    hy = (py - 0.5) * 0.5
    i0 = int(math.floor(hx))  # noqa: RUF046 (a float on CUDA)
    j0 = int(math.floor(hy))  # noqa: RUF046 (a float on CUDA)
    total = 0.0
    for q in range(6):
        out[q] = 0.0
    for dj in range(2):
        for di in range(2):
            i = min(max(i0 + di, 0), light.lit.shape[1] - 1)
            j = min(max(j0 + dj, 0), light.lit.shape[0] - 1)
            if seen.parts[2 * j, 2 * i] != m:
                continue
            there = normal_of(seen, 2 * i, 2 * j)
            c = n[0] * there[0] + n[1] * there[1] + n[2] * there[2]
            if c < 0.8:
                continue
            share = (1.0 - abs(hx - i0 - di)) * (1.0 - abs(hy - j0 - dj)) * (c * c) ** 4 + 1e-5
            total += share
            out[0] += share * light.lit[j, i, 0]
            out[1] += share * light.lit[j, i, 1]
            u = share * light.mirror[j, i, 3]
            if u > 0.0:
                for q in range(3):
                    out[2 + q] += u * light.mirror[j, i, q]
                out[5] += u
    return weighed(out, total)


@kernel
def weighed(out: Array, total: float) -> bool:
    """Turn the sums of `gather` into means; False where nothing was summed."""
    if total <= 0.0:
        return False
    if out[5] > 0.0:
        for q in range(2, 5):
            out[q] /= out[5]
    out[0] /= total
    out[1] /= total
    out[5] /= total
    return True


@kernel
def seen_by_mirror(s: Scene, w: Work, at: Vector, way: Vector, rough: float, skip: int) -> Vector:
    """Colour met by one bounced ray."""
    (x, y, z), (dx, dy, dz) = at, way
    end = min(ground_hit(s.F, x, y, z, dx, dy, dz), 40.0)
    n = along_ray(s.P, s.casters, s.casters.shape[0], x, y, z, dx, dy, dz, 0.01, 0.0, skip, w.own, w.own_spans)
    t, m = end, -1
    if n > 0:
        t, m = march(s.P, s.V, w.own, w.own_spans, n, x, y, z, dx, dy, dz, 0.02, end, 36, 0.004)
    hx, hy, hz = x + dx * t, y + dy * t, z + dz * t
    if m >= 0:
        return mirrored_part(s, m, (hx, hy, hz), way)
    if t >= 40.0:
        return studio(s.F, s.S, dx, dy, dz, rough)
    _, ny, _ = ground_normal(s.F, hy, hz)
    r, g, b = ground_light(s.F, s.K, hx, hy, hz, ny, 0.9, 0.9)
    if dz < 0.0:  # the floor in front of the set darkens towards the camera: mirrors need the contrast
        k = 0.35 + 0.65 * math.exp(-0.15 * t)
        r, g, b = r * k, g * k, b * k
    return r, g, b


@kernel
def mirrored_part(s: Scene, m: int, at: Vector, way: Vector) -> Vector:
    """A part as another surface mirrors it: body and, on metal, the studio once more."""
    dx, dy, dz = way
    nx, ny, nz = sdf.normal(s.P, s.V, m, at[0], at[1], at[2], 0.003)
    k = int(s.P[m, sdf.MATERIAL])
    r, g, b = body(s.F, s.M, k, nx, ny, nz, dx, dy, dz, 0.85, 0.8)
    metal = s.M[k, f.METAL]
    if metal > 0.0:
        facing = -(dx * nx + dy * ny + dz * nz)
        er, eg, eb = studio(s.F, s.S, dx + 2 * facing * nx, dy + 2 * facing * ny, dz + 2 * facing * nz, 0.4)
        r, g, b = r + metal * er * s.M[k, 0], g + metal * eg * s.M[k, 1], b + metal * eb * s.M[k, 2]
    return r, g, b


@kernel
def through_glass(s: Scene, w: Work, m: int, at: Vector, n: Vector, way: Vector) -> Vector:
    """What is seen through clear glass: the ray bent a little at the front, tinted more where the wall is seen along."""
    (nx, ny, nz), (dx, dy, dz) = n, way
    facing = -(dx * nx + dy * ny + dz * nz)
    bend = 0.22 * (1.0 - facing)
    bx, by, bz = dx - bend * nx, dy - bend * ny, dz - bend * nz
    q = 1.0 / math.sqrt(bx * bx + by * by + bz * bz)
    r, g, b = seen_by_mirror(s, w, at, (bx * q, by * q, bz * q), 0.1, int(s.P[m, sdf.ID]))
    k = int(s.P[m, sdf.MATERIAL])
    u = 0.25 + 0.6 * (1.0 - facing)
    return r * (1.0 - u + u * s.M[k, 0]), g * (1.0 - u + u * s.M[k, 1]), b * (1.0 - u + u * s.M[k, 2])


@kernel
def in_metal(s: Scene, w: Work, k: int, at: Vector, n: Vector, way: Vector, lit: float, open_: float) -> Vector:
    """Light that a metal surface mirrors, tinted by it."""
    (nx, ny, nz), (dx, dy, dz) = n, way
    facing = -(dx * nx + dy * ny + dz * nz)
    away = (dx + 2.0 * facing * nx, dy + 2.0 * facing * ny, dz + 2.0 * facing * nz)
    lift = 0.012
    off = (at[0] + nx * lift, at[1] + ny * lift, at[2] + nz * lift)
    r, g, b = seen_by_mirror(s, w, off, away, s.M[k, f.ROUGH], -1)
    u = fresnel(facing, s.M[k, f.ROUGH])
    shade = s.M[k, f.METAL] * (0.35 + 0.65 * open_) * (0.75 + 0.25 * lit)
    return (
        shade * r * (s.M[k, 0] + (1.0 - s.M[k, 0]) * u),
        shade * g * (s.M[k, 1] + (1.0 - s.M[k, 1]) * u),
        shade * b * (s.M[k, 2] + (1.0 - s.M[k, 2]) * u),
    )


@kernel
def color_at(s: Scene, w: Work, m: int, t: float, n: Vector, px: float, py: float) -> Vector:
    """Radiance towards the camera of a seen point whose light is in w.sums (see gather)."""
    at = point(s.F, px, py, t)
    lit, open_ = w.sums[0], w.sums[1]
    if m < 0:
        r, g, b = ground_light(s.F, s.K, at[0], at[1], at[2], n[1], lit, open_)
        u = w.sums[5]
        return r + u * (w.sums[2] - r * 0.6), g + u * (w.sums[3] - g * 0.6), b + u * (w.sums[4] - b * 0.6)
    way = ray(s.F, px, py)
    k = int(s.P[m, sdf.MATERIAL])
    r, g, b = body(s.F, s.M, k, n[0], n[1], n[2], way[0], way[1], way[2], lit, open_)
    glass = s.M[k, f.GLASS]
    if glass > 0.0:
        gr, gg, gb = through_glass(s, w, m, at, n, way)
        r, g, b = r * (1.0 - glass) + glass * gr, g * (1.0 - glass) + glass * gg, b * (1.0 - glass) + glass * gb
    if s.M[k, f.COAT] > 0.0:
        er, eg, eb = shine(s.F, s.S, s.M, k, n[0], n[1], n[2], way[0], way[1], way[2], lit, open_)
        r, g, b = r + er, g + eg, b + eb
    if s.M[k, f.METAL] > 0.0:
        er, eg, eb = in_metal(s, w, k, at, n, way, lit, open_)
        r, g, b = r + er, g + eg, b + eb
    gain = 1.0
    if s.P[m, sdf.ID] == 0.0:
        gain = pool(s.F, px, py)
    elif s.P[m, sdf.ID] == s.F[f.HERO]:
        gain = s.F[f.HERO_GAIN]
    return r * gain, g * gain, b * gain


@kernel
def shading(s: Scene, seen: Seen, light: Light, image: Array, w: Work, ground: bool) -> None:
    """Radiance of every pixel's centre into `image` (H, W, 3); without `ground`, of objects only."""
    for odd in range(2):
        for j in range(seen.parts.shape[0]):
            for i in range(seen.parts.shape[1]):
                m = seen.parts[j, i]
                if ((i & 1) | (j & 1)) != odd or (m < 0 and not ground):
                    continue
                if odd and blended(seen, image, i, j):
                    continue
                r, g, b = lit_color(
                    s, seen, light, w, m, float(seen.depth[j, i]), normal_of(seen, i, j), i + 0.5, j + 0.5
                )
                image[j, i, 0] = r
                image[j, i, 1] = g
                image[j, i, 2] = b


@kernel
def lit_color(s: Scene, seen: Seen, light: Light, w: Work, m: int, t: float, n: Vector, px: float, py: float) -> Vector:
    """Radiance of a seen point, its light taken from the half-size samples or, where none fits, traced."""
    if not gather(seen, light, m, n, px, py, w.sums):
        fresh_light(s, w, m, t, n, px, py)
    return color_at(s, w, m, t, n, px, py)


@kernel
def blended(seen: Seen, image: Array, i: int, j: int) -> bool:
    """Fill a pixel with the mean of its even neighbours where they are one surface of nearly one colour."""
    i0, j0 = i & ~1, j & ~1
    i1, j1 = i0 + 2 * (i & 1), j0 + 2 * (j & 1)
    m = seen.parts[j, i]
    if i1 >= seen.parts.shape[1] or j1 >= seen.parts.shape[0]:
        return False
    if seen.parts[j0, i0] != m or seen.parts[j0, i1] != m or seen.parts[j1, i0] != m or seen.parts[j1, i1] != m:
        return False
    if m >= 0 and bent(
        normal_of(seen, i0, j0), normal_of(seen, i1, j1), normal_of(seen, i1, j0), normal_of(seen, i0, j1)
    ):
        return False
    for q in range(3):
        a, b, c, d = image[j0, i0, q], image[j0, i1, q], image[j1, i0, q], image[j1, i1, q]
        low, high = min(min(a, b), min(c, d)), max(max(a, b), max(c, d))
        if high - low > 0.004 + 0.05 * low:
            return False
        image[j, i, q] = 0.25 * (a + b + c + d)
    return True


@kernel
def bent(a: Vector, b: Vector, c: Vector, d: Vector) -> bool:
    """Whether normals across from each other, a and b, c and d, differ so much that a glint may lie between them."""
    return a[0] * b[0] + a[1] * b[1] + a[2] * b[2] < 0.99 or c[0] * d[0] + c[1] * d[1] + c[2] * d[2] < 0.99
