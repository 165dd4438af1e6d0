"""The fast tier: visibility by tiles, light at half size, shading at full size, four more samples on edges."""

from __future__ import annotations

import math

import numpy as np

from generation.scenes import columns as f
from generation.scenes.kernels import sdf
from generation.scenes.kernels.frame import ray
from generation.scenes.kernels.jit import Array, kernel
from generation.scenes.kernels.shade import body, fresnel, ground_light, pool, shine, studio
from generation.scenes.kernels.trace import along_ray, around, ground_hit, ground_normal, march, occlusion, soft_shadow

TILE = 16
FAR = 1.0e9


@kernel
def tile_lists(P: Array, F: Array, width: int, height: int, grow: float, lists: Array, counts: Array) -> None:
    """For each tile of the canvas, the parts whose box any of its rays may meet."""
    across = (width + TILE - 1) // TILE
    spread = 1.5 * TILE * 0.5 / F[f.FOCAL]
    everything = np.arange(P.shape[0]).astype(np.int32)
    spans = np.empty((P.shape[0] + 1, 2))
    for tile in range(counts.shape[0]):
        px = (tile % across + 0.5) * TILE
        py = (tile // across + 0.5) * TILE
        dx, dy, dz = ray(F, px, py)
        counts[tile] = along_ray(
            P, everything, P.shape[0], 0.0, F[f.EYE_Y], F[f.EYE_Z], dx, dy, dz, grow, spread, -1, lists[tile], spans
        )


@kernel
def first_hit(
    P: Array, V: Array, F: Array, among: Array, count: int, px: float, py: float, scratch: Array, spans: Array
) -> tuple[float, int]:
    """(distance, part row) seen through a canvas point; row -1 is the ground."""
    dx, dy, dz = ray(F, px, py)
    oy, oz = F[f.EYE_Y], F[f.EYE_Z]
    end = min(ground_hit(F, 0.0, oy, oz, dx, dy, dz), 200.0)
    if count == 0:
        return end, -1
    n = along_ray(P, among, count, 0.0, oy, oz, dx, dy, dz, 0.005, 0.0, -1, scratch, spans)
    if n == 0:
        return end, -1
    return march(P, V, scratch, spans, n, 0.0, oy, oz, dx, dy, dz, 0.1, end, 110, 1.0 / F[f.FOCAL])


@kernel
def normal_at(
    P: Array, V: Array, F: Array, m: int, x: float, y: float, z: float, t: float
) -> tuple[float, float, float]:
    if m < 0:
        return ground_normal(F, y, z)
    return sdf.normal(P, V, m, x, y, z, max(0.6 * t / F[f.FOCAL], 0.0008))


@kernel
def visibility(
    P: Array,
    V: Array,
    F: Array,
    lists: Array,
    counts: Array,
    parts: Array,
    depth: Array,
    normals: Array,
) -> None:
    """Fill part rows, distances and world normals of every pixel's centre: every second one traced, the rest where it is needed."""
    height, width = parts.shape
    across = (width + TILE - 1) // TILE
    scratch = np.empty(P.shape[0] + 1, np.int32)
    spans = np.empty((P.shape[0] + 1, 2))
    for odd in range(2):
        for j in range(height):
            for i in range(width):
                if ((i & 1) | (j & 1)) != odd:
                    continue
                if odd and between(parts, depth, normals, i, j):
                    continue
                tile = (j // TILE) * across + i // TILE
                px, py = i + 0.5, j + 0.5
                t, m = first_hit(P, V, F, lists[tile], counts[tile], px, py, scratch, spans)
                dx, dy, dz = ray(F, px, py)
                nx, ny, nz = normal_at(P, V, F, m, dx * t, F[f.EYE_Y] + dy * t, F[f.EYE_Z] + dz * t, t)
                parts[j, i] = m
                depth[j, i] = t
                normals[j, i, 0] = nx
                normals[j, i, 1] = ny
                normals[j, i, 2] = nz


@kernel
def between(parts: Array, depth: Array, normals: Array, i: int, j: int) -> bool:
    """Fill a pixel from its even neighbours where all lie on one smooth piece of one part; False where it must be traced."""
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
        if c < 0.985 or abs(depth[y, x] - t) > 0.006 * t:
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


@kernel
def light_here(
    P: Array,
    V: Array,
    F: Array,
    casters: Array,
    x: float,
    y: float,
    z: float,
    nx: float,
    ny: float,
    nz: float,
    m: int,
    t: float,
    scratch: Array,
    spans: Array,
) -> tuple[float, float]:
    """(shadow, occlusion) of a point, 1 = none of either."""
    lx, ly, lz = F[f.SUN], F[f.SUN + 1], F[f.SUN + 2]
    lift = 0.004 + 0.8 * t / F[f.FOCAL]
    x, y, z = x + nx * lift, y + ny * lift, z + nz * lift
    lit = 1.0
    if nx * lx + ny * ly + nz * lz > -0.1:
        n = along_ray(P, casters, casters.shape[0], x, y, z, lx, ly, lz, 0.02, F[f.SOFT], -1, scratch, spans)
        if n > 0:
            lit = soft_shadow(P, V, scratch, spans, n, x, y, z, lx, ly, lz, F[f.SOFT])
    n = around(P, casters, casters.shape[0], x, y, z, 1.1, scratch)
    if n == 0 and m < 0:
        return lit, 1.0
    return lit, occlusion(P, V, scratch, n, F, x, y, z, nx, ny, nz, m < 0)


@kernel
def seen_by_mirror(
    P: Array,
    V: Array,
    M: Array,
    F: Array,
    S: Array,
    K: Array,
    casters: Array,
    x: float,
    y: float,
    z: float,
    dx: float,
    dy: float,
    dz: float,
    rough: float,
    skip: int,
    scratch: Array,
    spans: Array,
) -> tuple[float, float, float, float]:
    """Colour met by one bounced ray and its distance (FAR: it left for the studio)."""
    end = min(ground_hit(F, x, y, z, dx, dy, dz), 40.0)
    n = along_ray(P, casters, casters.shape[0], x, y, z, dx, dy, dz, 0.01, 0.0, skip, scratch, spans)
    t, m = end, -1
    if n > 0:
        t, m = march(P, V, scratch, spans, n, x, y, z, dx, dy, dz, 0.02, end, 36, 0.004)
    hx, hy, hz = x + dx * t, y + dy * t, z + dz * t
    if m >= 0:
        nx, ny, nz = sdf.normal(P, V, m, hx, hy, hz, 0.003)
        k = int(P[m, sdf.MATERIAL])
        r, g, b = body(F, M, k, nx, ny, nz, dx, dy, dz, 0.85, 0.8)
        if M[k, f.METAL] > 0.0:
            facing = -(dx * nx + dy * ny + dz * nz)
            er, eg, eb = studio(F, S, dx + 2 * facing * nx, dy + 2 * facing * ny, dz + 2 * facing * nz, 0.4)
            w = M[k, f.METAL]
            r, g, b = r + w * er * M[k, 0], g + w * eg * M[k, 1], b + w * eb * M[k, 2]
        return r, g, b, t
    if t < 40.0:
        _, ny, _ = ground_normal(F, hy, hz)
        r, g, b = ground_light(F, K, hx, hy, hz, ny, 0.9, 0.9)
        if dz < 0.0:  # the floor in front of the set darkens towards the camera: mirrors need the contrast
            w = 0.35 + 0.65 * math.exp(-0.15 * t)
            r, g, b = r * w, g * w, b * w
        return r, g, b, t
    er, eg, eb = studio(F, S, dx, dy, dz, rough)
    return er, eg, eb, FAR


@kernel
def half_light(
    P: Array,
    V: Array,
    M: Array,
    F: Array,
    S: Array,
    K: Array,
    casters: Array,
    parts: Array,
    depth: Array,
    normals: Array,
    lit: Array,
    mirror: Array,
) -> None:
    """Shadow and occlusion (lit: h, w, 2) and what the floor mirrors (mirror: h, w, 4, weight last), for every second pixel."""
    scratch = np.empty(P.shape[0] + 1, np.int32)
    spans = np.empty((P.shape[0] + 1, 2))
    for j in range(lit.shape[0]):
        for i in range(lit.shape[1]):
            m = parts[2 * j, 2 * i]
            t = float(depth[2 * j, 2 * i])
            nx, ny, nz = (
                float(normals[2 * j, 2 * i, 0]),
                float(normals[2 * j, 2 * i, 1]),
                float(normals[2 * j, 2 * i, 2]),
            )
            dx, dy, dz = ray(F, 2 * i + 0.5, 2 * j + 0.5)
            x, y, z = dx * t, F[f.EYE_Y] + dy * t, F[f.EYE_Z] + dz * t
            a, b = light_here(P, V, F, casters, x, y, z, nx, ny, nz, m, t, scratch, spans)
            lit[j, i, 0] = a
            lit[j, i, 1] = b
            mirror[j, i, 3] = 0.0
            if m >= 0 or ny < 0.9 or F[f.FLOOR_MIRROR] <= 0.0:
                continue
            facing = -dy
            n = along_ray(P, casters, casters.shape[0], x, y, z, dx, -dy, dz, 0.02, 0.0, -1, scratch, spans)
            if n == 0:
                continue
            t2, m2 = march(P, V, scratch, spans, n, x, y + 0.01, z, dx, -dy, dz, 0.02, 6.0, 36, 0.004)
            if m2 < 0:
                continue
            hx, hy, hz = x + dx * t2, y - dy * t2, z + dz * t2
            ax, ay, az = sdf.normal(P, V, m2, hx, hy, hz, 0.003)
            k = int(P[m2, sdf.MATERIAL])
            r, g, bl = body(F, M, k, ax, ay, az, dx, -dy, dz, 0.8, 0.8)
            if M[k, f.METAL] > 0.0:
                er, eg, eb = studio(F, S, ax, ay, az, 0.5)
                r, g, bl = r + er * M[k, 0], g + eg * M[k, 1], bl + eb * M[k, 2]
            mirror[j, i, 0] = r
            mirror[j, i, 1] = g
            mirror[j, i, 2] = bl
            mirror[j, i, 3] = F[f.FLOOR_MIRROR] * (0.35 + 0.65 * (1.0 - facing) ** 3) * math.exp(-0.9 * t2)


@kernel
def gather(
    parts: Array,
    normals: Array,
    lit: Array,
    mirror: Array,
    m: int,
    nx: float,
    ny: float,
    nz: float,
    px: float,
    py: float,
    out: Array,
) -> bool:
    """Light at a canvas point from the four nearest half-size samples of the same surface (out: shadow, occlusion, mirror rgb, weight)."""
    hx = (px - 0.5) * 0.5
    hy = (py - 0.5) * 0.5
    i0 = math.floor(hx)
    j0 = math.floor(hy)
    total = 0.0
    for q in range(6):
        out[q] = 0.0
    for dj in range(2):
        for di in range(2):
            i = min(max(i0 + di, 0), lit.shape[1] - 1)
            j = min(max(j0 + dj, 0), lit.shape[0] - 1)
            if parts[2 * j, 2 * i] != m:
                continue
            c = nx * normals[2 * j, 2 * i, 0] + ny * normals[2 * j, 2 * i, 1] + nz * normals[2 * j, 2 * i, 2]
            if c < 0.8:
                continue
            w = (1.0 - abs(hx - i0 - di)) * (1.0 - abs(hy - j0 - dj)) * (c * c) ** 4 + 1e-5
            total += w
            out[0] += w * lit[j, i, 0]
            out[1] += w * lit[j, i, 1]
            u = w * mirror[j, i, 3]
            if u > 0.0:
                out[2] += u * mirror[j, i, 0]
                out[3] += u * mirror[j, i, 1]
                out[4] += u * mirror[j, i, 2]
                out[5] += u
    if total <= 0.0:
        return False
    if out[5] > 0.0:
        out[2] /= out[5]
        out[3] /= out[5]
        out[4] /= out[5]
    out[0] /= total
    out[1] /= total
    out[5] /= total
    return True


@kernel
def through_glass(
    P: Array,
    V: Array,
    M: Array,
    F: Array,
    S: Array,
    K: Array,
    casters: Array,
    m: int,
    x: float,
    y: float,
    z: float,
    nx: float,
    ny: float,
    nz: float,
    dx: float,
    dy: float,
    dz: float,
    scratch: Array,
    spans: Array,
) -> tuple[float, float, float]:
    """What is seen through clear glass: the ray bent a little at the front, tinted more where the wall is seen along."""
    facing = -(dx * nx + dy * ny + dz * nz)
    bx, by, bz = dx - 0.22 * nx * (1.0 - facing), dy - 0.22 * ny * (1.0 - facing), dz - 0.22 * nz * (1.0 - facing)
    q = 1.0 / math.sqrt(bx * bx + by * by + bz * bz)
    r, g, b, _ = seen_by_mirror(
        P, V, M, F, S, K, casters, x, y, z, bx * q, by * q, bz * q, 0.1, int(P[m, sdf.ID]), scratch, spans
    )
    k = int(P[m, sdf.MATERIAL])
    w = 0.25 + 0.6 * (1.0 - facing)
    return r * (1.0 - w + w * M[k, 0]), g * (1.0 - w + w * M[k, 1]), b * (1.0 - w + w * M[k, 2])


@kernel
def color_at(
    P: Array,
    V: Array,
    M: Array,
    F: Array,
    S: Array,
    K: Array,
    casters: Array,
    m: int,
    t: float,
    nx: float,
    ny: float,
    nz: float,
    px: float,
    py: float,
    light: Array,
    scratch: Array,
    spans: Array,
) -> tuple[float, float, float]:
    """Radiance towards the camera of a seen point whose light is already known (see gather)."""
    dx, dy, dz = ray(F, px, py)
    x, y, z = dx * t, F[f.EYE_Y] + dy * t, F[f.EYE_Z] + dz * t
    lit, open_ = light[0], light[1]
    if m < 0:
        r, g, b = ground_light(F, K, x, y, z, ny, lit, open_)
        w = light[5]
        return r + w * (light[2] - r * 0.6), g + w * (light[3] - g * 0.6), b + w * (light[4] - b * 0.6)
    k = int(P[m, sdf.MATERIAL])
    r, g, b = body(F, M, k, nx, ny, nz, dx, dy, dz, lit, open_)
    facing = -(dx * nx + dy * ny + dz * nz)
    glass = M[k, f.GLASS]
    if glass > 0.0:
        gr, gg, gb = through_glass(P, V, M, F, S, K, casters, m, x, y, z, nx, ny, nz, dx, dy, dz, scratch, spans)
        r, g, b = r * (1.0 - glass) + glass * gr, g * (1.0 - glass) + glass * gg, b * (1.0 - glass) + glass * gb
    if M[k, f.COAT] > 0.0:
        sr, sg, sb = shine(F, S, M, k, nx, ny, nz, dx, dy, dz, lit, open_)
        r, g, b = r + sr, g + sg, b + sb
    metal = M[k, f.METAL]
    if metal > 0.0:
        rx, ry, rz = dx + 2.0 * facing * nx, dy + 2.0 * facing * ny, dz + 2.0 * facing * nz
        lift = 0.012
        er, eg, eb, _ = seen_by_mirror(
            P,
            V,
            M,
            F,
            S,
            K,
            casters,
            x + nx * lift,
            y + ny * lift,
            z + nz * lift,
            rx,
            ry,
            rz,
            M[k, f.ROUGH],
            -1,
            scratch,
            spans,
        )
        w = fresnel(facing, M[k, f.ROUGH])
        shade = metal * (0.35 + 0.65 * open_) * (0.75 + 0.25 * lit)
        r += shade * er * (M[k, 0] + (1.0 - M[k, 0]) * w)
        g += shade * eg * (M[k, 1] + (1.0 - M[k, 1]) * w)
        b += shade * eb * (M[k, 2] + (1.0 - M[k, 2]) * w)
    w = 1.0
    if P[m, sdf.ID] == 0.0:
        w = pool(F, px, py)
    elif P[m, sdf.ID] == F[f.HERO]:
        w = F[f.HERO_GAIN]
    return r * w, g * w, b * w


@kernel
def shading(
    P: Array,
    V: Array,
    M: Array,
    F: Array,
    S: Array,
    K: Array,
    casters: Array,
    parts: Array,
    depth: Array,
    normals: Array,
    lit: Array,
    mirror: Array,
    image: Array,
) -> None:
    """Radiance of every pixel's centre into `image` (H, W, 3)."""
    scratch = np.empty(P.shape[0] + 1, np.int32)
    spans = np.empty((P.shape[0] + 1, 2))
    light = np.zeros(6)
    for j in range(parts.shape[0]):
        for i in range(parts.shape[1]):
            m = parts[j, i]
            t = float(depth[j, i])
            nx, ny, nz = float(normals[j, i, 0]), float(normals[j, i, 1]), float(normals[j, i, 2])
            px, py = i + 0.5, j + 0.5
            if not gather(parts, normals, lit, mirror, m, nx, ny, nz, px, py, light):
                fresh_light(P, V, F, casters, m, t, nx, ny, nz, px, py, light, scratch, spans)
            r, g, b = color_at(P, V, M, F, S, K, casters, m, t, nx, ny, nz, px, py, light, scratch, spans)
            image[j, i, 0] = r
            image[j, i, 1] = g
            image[j, i, 2] = b


@kernel
def fresh_light(
    P: Array,
    V: Array,
    F: Array,
    casters: Array,
    m: int,
    t: float,
    nx: float,
    ny: float,
    nz: float,
    px: float,
    py: float,
    light: Array,
    scratch: Array,
    spans: Array,
) -> None:
    """Shadow and occlusion of a point that no half-size sample knows."""
    dx, dy, dz = ray(F, px, py)
    a, b = light_here(
        P, V, F, casters, dx * t, F[f.EYE_Y] + dy * t, F[f.EYE_Z] + dz * t, nx, ny, nz, m, t, scratch, spans
    )
    light[0] = a
    light[1] = b
    for q in range(2, 6):
        light[q] = 0.0


@kernel
def edge_mask(P: Array, parts: Array, depth: Array, normals: Array, mask: Array) -> int:
    """Mark pixels beside a change of object, material, depth or crease: 1 for shading only, 2 for an edge worth drawing."""
    height, width = parts.shape
    n = 0
    for j in range(height):
        for i in range(width):
            level = 0
            m = parts[j, i]
            for q in range(2):
                i2 = i + 1 if q == 0 else i
                j2 = j if q == 0 else j + 1
                if i2 >= width or j2 >= height:
                    continue
                m2 = parts[j2, i2]
                c = 0.0
                for a in range(3):
                    c += normals[j, i, a] * normals[j2, i2, a]
                jump = abs(depth[j, i] - depth[j2, i2]) > 0.04 * min(depth[j, i], depth[j2, i2])
                if m != m2 or c < 0.85 or (jump and (m >= 0 or m2 >= 0)):
                    strong = m < 0 or m2 < 0 or jump or c < 0.7
                    if m >= 0 and m2 >= 0 and P[m, sdf.MATERIAL] != P[m2, sdf.MATERIAL]:
                        strong = True
                    level = 2 if strong else 1
                    mask[j2, i2] = max(mask[j2, i2], 1)
                    mask[j, i] = max(mask[j, i], level)
            if mask[j, i] > 0:
                n += 1
    return n


@kernel
def refine(
    P: Array,
    V: Array,
    M: Array,
    F: Array,
    S: Array,
    K: Array,
    casters: Array,
    lists: Array,
    counts: Array,
    parts: Array,
    normals: Array,
    lit: Array,
    mirror: Array,
    mask: Array,
    limit: float,
    image: Array,
) -> None:
    """Replace marked pixels by the mean of four samples (rotated grid), each clipped so that one glint cannot fray an edge."""
    across = (parts.shape[1] + TILE - 1) // TILE
    scratch = np.empty(P.shape[0] + 1, np.int32)
    spans = np.empty((P.shape[0] + 1, 2))
    light = np.zeros(6)
    shift_x = (0.375, 0.875, 0.125, 0.625)
    shift_y = (0.125, 0.375, 0.625, 0.875)
    for j in range(parts.shape[0]):
        for i in range(parts.shape[1]):
            if mask[j, i] == 0:
                continue
            tile = (j // TILE) * across + i // TILE
            sr = sg = sb = 0.0
            for s in range(4):
                px, py = i + shift_x[s], j + shift_y[s]
                t, m = first_hit(P, V, F, lists[tile], counts[tile], px, py, scratch, spans)
                dx, dy, dz = ray(F, px, py)
                nx, ny, nz = normal_at(P, V, F, m, dx * t, F[f.EYE_Y] + dy * t, F[f.EYE_Z] + dz * t, t)
                if not gather(parts, normals, lit, mirror, m, nx, ny, nz, px, py, light):
                    fresh_light(P, V, F, casters, m, t, nx, ny, nz, px, py, light, scratch, spans)
                r, g, b = color_at(P, V, M, F, S, K, casters, m, t, nx, ny, nz, px, py, light, scratch, spans)
                sr += min(r, limit)
                sg += min(g, limit)
                sb += min(b, limit)
            image[j, i, 0] = sr * 0.25
            image[j, i, 1] = sg * 0.25
            image[j, i, 2] = sb * 0.25


@kernel
def mark_glints(parts: Array, image: Array, mask: Array) -> None:
    """Mark pixels of objects whose brightness jumps inside one surface: mirrored edges and small lights."""
    for j in range(parts.shape[0] - 1):
        for i in range(parts.shape[1] - 1):
            if parts[j, i] < 0:
                continue
            a = min(image[j, i, 0] + image[j, i, 1] + image[j, i, 2], 4.0)
            b = min(image[j, i + 1, 0] + image[j, i + 1, 1] + image[j, i + 1, 2], 4.0)
            c = min(image[j + 1, i, 0] + image[j + 1, i, 1] + image[j + 1, i, 2], 4.0)
            if abs(a - b) > 0.12 + 0.25 * min(a, b):
                mask[j, i] = max(mask[j, i], 1)
                mask[j, i + 1] = max(mask[j, i + 1], 1)
            if abs(a - c) > 0.12 + 0.25 * min(a, c):
                mask[j, i] = max(mask[j, i], 1)
                mask[j + 1, i] = max(mask[j + 1, i], 1)
