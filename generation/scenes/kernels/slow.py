"""The slow tier: many samples a pixel, a lamp with an area, real bounces, a lens with an aperture, surfaces with a grain.

The same tables, camera and paint as the fast tier, so both show the same shapes in the same places; only light and texture differ.
"""

from __future__ import annotations

import math

from generation.scenes import columns as f
from generation.scenes.kernels import sdf
from generation.scenes.kernels.cones import SLOW_TILE
from generation.scenes.kernels.frame import project, ray
from generation.scenes.kernels.jit import Array, kernel
from generation.scenes.kernels.shade import body, dome, fresnel, ground_color, ground_glow, ground_light, pool, studio
from generation.scenes.kernels.trace import along_ray, ground_hit, ground_normal, march

# fmt: off


@kernel
def chance(key: int, salt: int) -> float:
    """A number in [0, 1) from two integers (PCG's output permutation as a hash)."""
    a = ((key * 747796405 + salt * 2891336453 + 1013904223) & 0xFFFFFFFF)
    a = (a * 747796405 + 2891336453) & 0xFFFFFFFF
    w = (((a >> ((a >> 28) + 4)) ^ a) * 277803737) & 0xFFFFFFFF
    w = (w >> 22) ^ w
    return w / 4294967296.0


@kernel
def around_axis(nx: float, ny: float, nz: float, u: float, v: float, cosine_power: float) -> tuple[float, float, float]:
    """A direction about a unit axis with density ~ cos^power."""
    c = (1.0 - u) ** (1.0 / (cosine_power + 1.0))
    s = math.sqrt(max(1.0 - c * c, 0.0))
    a = 2.0 * math.pi * v
    sign = 1.0 if nz >= 0.0 else -1.0
    p = -1.0 / (sign + nz)
    q = nx * ny * p
    tx, ty, tz = 1.0 + sign * nx * nx * p, sign * q, -sign * nx
    bx, by, bz = q, sign + ny * ny * p, -ny
    ca, sa = s * math.cos(a), s * math.sin(a)
    return tx * ca + bx * sa + nx * c, ty * ca + by * sa + ny * c, tz * ca + bz * sa + nz * c


@kernel
def grain(x: float, y: float, z: float) -> float:
    """Smooth value noise of one octave, -1 to 1."""
    i, j, k = math.floor(x), math.floor(y), math.floor(z)
    u, v, w = x - i, y - j, z - k
    u, v, w = u * u * (3 - 2 * u), v * v * (3 - 2 * v), w * w * (3 - 2 * w)
    total = 0.0
    for a in range(2):
        for b in range(2):
            for c in range(2):
                weight = (u if a else 1 - u) * (v if b else 1 - v) * (w if c else 1 - w)
                total += weight * chance(int(i + a) * 73856093 + int(j + b) * 19349663, int(k + c) + 1000)
    return 2.0 * total - 1.0


@kernel
def roughened(M: Array, k: int, x: float, y: float, z: float, nx: float, ny: float, nz: float) -> tuple[float, float, float, float]:
    """(normal, albedo factor): paper's fibres, clay's dents, the hammering of matte paint, a breath of waviness on metal."""
    g = M[k, f.GRAIN]
    amount = 0.012 + 0.10 * g + 0.02 * M[k, f.ROUGH]
    scale = 26.0 + 50.0 * g
    a = grain(x * scale, y * scale, z * scale)
    b = grain(x * scale + 31.0, y * scale + 17.0, z * scale)
    nx += amount * a
    ny += amount * b
    nz += amount * (a - b) * 0.5
    q = 1.0 / math.sqrt(nx * nx + ny * ny + nz * nz)
    return nx * q, ny * q, nz * q, 1.0 + (0.02 + 0.08 * g) * a


@kernel
def lamp_seen(
    P: Array, V: Array, F: Array, casters: Array, x: float, y: float, z: float, key: int, scratch: Array, spans: Array,
) -> float:
    """1 where a random point of the key lamp is seen, else 0."""
    spread = F[f.SOFT] * 0.9
    r = spread * math.sqrt(chance(key, 11))
    a = 2.0 * math.pi * chance(key, 12)
    lx, ly, lz = F[f.SUN], F[f.SUN + 1], F[f.SUN + 2]
    q = 1.0 / math.sqrt(lx * lx + lz * lz)
    rx, rz = lz * q, -lx * q
    ux, uy, uz = ly * rz, lz * rx - lx * rz, -ly * rx
    ca, sa = r * math.cos(a), r * math.sin(a)
    dx, dy, dz = lx + rx * ca + ux * sa, ly + uy * sa, lz + rz * ca + uz * sa
    q = 1.0 / math.sqrt(dx * dx + dy * dy + dz * dz)
    dx, dy, dz = dx * q, dy * q, dz * q
    n = along_ray(P, casters, casters.shape[0], x, y, z, dx, dy, dz, 0.005, 0.0, -1, scratch, spans)
    if n == 0:
        return 1.0
    _, m = march(P, V, scratch, spans, n, x, y, z, dx, dy, dz, 0.015, 12.0, 48, 0.01)
    return 1.0 if m < 0 else 0.0


@kernel
def bounced(
    P: Array, V: Array, M: Array, F: Array, S: Array, K: Array, casters: Array,
    x: float, y: float, z: float, dx: float, dy: float, dz: float, rough: float, skip: int, key: int, diffuse: bool,
    scratch: Array, spans: Array,
) -> tuple[float, float, float, float]:
    """Light arriving along a second ray, and the distance it came (200: from the studio). A diffuse ray does not see the lamps."""
    end = min(ground_hit(F, x, y, z, dx, dy, dz), 200.0)
    n = along_ray(P, casters, casters.shape[0], x, y, z, dx, dy, dz, 0.005, 0.0, skip, scratch, spans)
    t, m = end, -1
    if n > 0:
        t, m = march(P, V, scratch, spans, n, x, y, z, dx, dy, dz, 0.015, end, 44, 0.006)
    hx, hy, hz = x + dx * t, y + dy * t, z + dz * t
    if m >= 0:
        nx, ny, nz = sdf.normal(P, V, m, hx, hy, hz, 0.003)
        k = int(P[m, sdf.MATERIAL])
        lit = 0.0
        if nx * F[f.SUN] + ny * F[f.SUN + 1] + nz * F[f.SUN + 2] > 0.0:
            lit = 0.8 if diffuse else lamp_seen(P, V, F, casters, hx + nx * 0.01, hy + ny * 0.01, hz + nz * 0.01, key + 7, scratch, spans)
        r, g, b = body(F, M, k, nx, ny, nz, dx, dy, dz, lit, 0.75)
        metal = M[k, f.METAL]
        if metal > 0.0:
            c = -(dx * nx + dy * ny + dz * nz)
            er, eg, eb = studio(F, S, dx + 2 * c * nx, dy + 2 * c * ny, dz + 2 * c * nz, 0.9 if diffuse else M[k, f.ROUGH])
            r, g, b = r + metal * er * M[k, 0], g + metal * eg * M[k, 1], b + metal * eb * M[k, 2]
        return r, g, b, t
    if t < 60.0:
        _, ny, _ = ground_normal(F, hy, hz)
        lit = 0.9
        if not diffuse:
            lit = 0.1 + 0.9 * lamp_seen(P, V, F, casters, hx, hy + 0.01 * ny, hz - 0.01 * (1 - ny), key + 9, scratch, spans)
        r, g, b = ground_light(F, K, hx, hy, hz, ny, lit, 0.9)
        if dz < 0.0:
            w = 0.35 + 0.65 * math.exp(-0.15 * t)
            r, g, b = r * w, g * w, b * w
        return r, g, b, t
    if diffuse:
        r, g, b = dome(F, dy)
        return r, g, b, 200.0
    r, g, b = studio(F, S, dx, dy, dz, rough)
    return r, g, b, 200.0


@kernel
def on_ground(
    P: Array, V: Array, M: Array, F: Array, S: Array, K: Array, casters: Array,
    x: float, y: float, z: float, ny: float, nz: float, dx: float, dy: float, dz: float, key: int, scratch: Array, spans: Array,
) -> tuple[float, float, float]:
    """Radiance of the ground: area shadow, gathered occlusion with the colour of what stands there, a glossy floor."""
    ux, uy, uz = x, y + ny * 0.012, z + nz * 0.012
    lit = lamp_seen(P, V, F, casters, ux, uy, uz, key, scratch, spans)
    wx, wy, wz = around_axis(0.0, ny, nz, chance(key, 21), chance(key, 22), 1.0)
    open_ = 1.0
    br = bg = bb = 0.0
    n = along_ray(P, casters, casters.shape[0], ux, uy, uz, wx, wy, wz, 0.0, 0.0, -1, scratch, spans)
    if n > 0:
        t, m = march(P, V, scratch, spans, n, ux, uy, uz, wx, wy, wz, 0.01, 2.2, 30, 0.01)
        if m >= 0:
            near = 1.0 - t / 2.2
            open_ = 1.0 - 0.85 * near
            k = int(P[m, sdf.MATERIAL])
            w = near * (0.28 + 0.5 * M[k, f.METAL]) + 1.2 * M[k, f.EMIT] * near
            br, bg, bb = w * M[k, 0], w * M[k, 1], w * M[k, 2]
    px, py, _ = project(F, x, y, z)
    cr, cg, cb = ground_color(F, K, px, py, x, y, z, ny)
    er, eg, eb = ground_glow(F, K, px, py, ny)
    tooth = 1.0 + 0.012 * grain(x * 60.0, y * 60.0, z * 60.0)
    sr, sg, sb = F[f.SHADE], F[f.SHADE + 1], F[f.SHADE + 2]
    r = (cr * tooth + er) * (sr + (1.0 - sr) * lit) * (open_ + (1.0 - open_) * sr * 0.6) + br * (0.25 + 0.75 * cr)
    g = (cg * tooth + eg) * (sg + (1.0 - sg) * lit) * (open_ + (1.0 - open_) * sg * 0.6) + bg * (0.25 + 0.75 * cg)
    b = (cb * tooth + eb) * (sb + (1.0 - sb) * lit) * (open_ + (1.0 - open_) * sb * 0.6) + bb * (0.25 + 0.75 * cb)
    if ny > 0.9 and F[f.FLOOR_MIRROR] > 0.0:
        wx, wy, wz = around_axis(dx, -dy, dz, chance(key, 31), chance(key, 32), 900.0)
        n = along_ray(P, casters, casters.shape[0], ux, uy, uz, wx, wy, wz, 0.0, 0.0, -1, scratch, spans)
        if n > 0:
            t, m = march(P, V, scratch, spans, n, ux, uy, uz, wx, wy, wz, 0.01, 6.0, 36, 0.006)
            if m >= 0:
                hx, hy, hz = ux + wx * t, uy + wy * t, uz + wz * t
                ax, ay, az = sdf.normal(P, V, m, hx, hy, hz, 0.003)
                k = int(P[m, sdf.MATERIAL])
                mr, mg, mb = body(F, M, k, ax, ay, az, wx, wy, wz, 0.8, 0.8)
                if M[k, f.METAL] > 0.0:
                    qr, qg, qb = studio(F, S, ax, ay, az, 0.5)
                    mr, mg, mb = mr + qr * M[k, 0], mg + qg * M[k, 1], mb + qb * M[k, 2]
                w = F[f.FLOOR_MIRROR] * (0.35 + 0.65 * (1.0 + dy) ** 3) * math.exp(-0.9 * t)
                r, g, b = r + w * (mr - 0.6 * r), g + w * (mg - 0.6 * g), b + w * (mb - 0.6 * b)
    return r, g, b


@kernel
def on_object(
    P: Array, V: Array, M: Array, F: Array, S: Array, K: Array, casters: Array,
    m: int, x: float, y: float, z: float, dx: float, dy: float, dz: float, t: float, key: int, scratch: Array, spans: Array,
) -> tuple[float, float, float]:
    """Radiance of an object: key lamp with area, one gathered bounce, one mirrored ray."""
    nx, ny, nz = sdf.normal(P, V, m, x, y, z, max(0.6 * t / F[f.FOCAL], 0.0008))
    gx, gy, gz = nx, ny, nz
    k = int(P[m, sdf.MATERIAL])
    nx, ny, nz, tooth = roughened(M, k, x, y, z, nx, ny, nz)
    ux, uy, uz = x + gx * 0.012, y + gy * 0.012, z + gz * 0.012
    metal, glass, rough = M[k, f.METAL], M[k, f.GLASS], M[k, f.ROUGH]
    facing = -(dx * nx + dy * ny + dz * nz)
    rx, ry, rz = dx + 2.0 * facing * nx, dy + 2.0 * facing * ny, dz + 2.0 * facing * nz
    r = g = b = 0.0
    lit = 0.0
    if metal < 1.0:
        if gx * F[f.SUN] + gy * F[f.SUN + 1] + gz * F[f.SUN + 2] > -0.05:
            lit = lamp_seen(P, V, F, casters, ux, uy, uz, key, scratch, spans)
        lr, lg, lb = body(F, M, k, nx, ny, nz, dx, dy, dz, lit, 0.0)
        wx, wy, wz = around_axis(nx, ny, nz, chance(key, 41), chance(key, 42), 1.0)
        ar, ag, ab, far = bounced(P, V, M, F, S, K, casters, ux, uy, uz, wx, wy, wz, 1.0, -1, key, True, scratch, spans)
        amb = F[f.AMBIENT] * (1.0 - metal) * (1.25 if far < 100.0 else 1.0)
        keep = (1.0 - glass) * tooth
        r = (lr + amb * min(ar, 2.0) * M[k, 0]) * keep
        g = (lg + amb * min(ag, 2.0) * M[k, 1]) * keep
        b = (lb + amb * min(ab, 2.0) * M[k, 2]) * keep
    if glass > 0.0:
        qx, qy, qz = dx - 0.22 * nx * (1.0 - facing), dy - 0.22 * ny * (1.0 - facing), dz - 0.22 * nz * (1.0 - facing)
        q = 1.0 / math.sqrt(qx * qx + qy * qy + qz * qz)
        ar, ag, ab, _ = bounced(
            P, V, M, F, S, K, casters, x, y, z, qx * q, qy * q, qz * q, 0.1, int(P[m, sdf.ID]), key, False, scratch, spans
        )
        w = 0.25 + 0.6 * (1.0 - facing)
        r += glass * ar * (1.0 - w + w * M[k, 0])
        g += glass * ag * (1.0 - w + w * M[k, 1])
        b += glass * ab * (1.0 - w + w * M[k, 2])
    coat = M[k, f.COAT] * (0.045 + 0.6 * fresnel(facing, rough)) * (1.0 - 0.7 * rough)
    if metal > 0.0 or coat > 0.012:
        power = 2.0 / max(rough * rough * rough * rough, 1e-4)
        wx, wy, wz = around_axis(rx, ry, rz, chance(key, 51), chance(key, 52), power)
        if wx * gx + wy * gy + wz * gz > 0.0:
            ar, ag, ab, _ = bounced(P, V, M, F, S, K, casters, ux, uy, uz, wx, wy, wz, 0.1, -1, key, False, scratch, spans)
            w = fresnel(facing, rough) * metal
            r += ar * (coat + metal * M[k, 0] + (1.0 - M[k, 0]) * w)
            g += ag * (coat + metal * M[k, 1] + (1.0 - M[k, 1]) * w)
            b += ab * (coat + metal * M[k, 2] + (1.0 - M[k, 2]) * w)
    return r, g, b


@kernel
def paint(
    P: Array, V: Array, M: Array, F: Array, S: Array, K: Array, casters: Array, lists: Array, counts: Array,
    samples: int, seed: int, clip: float, image: Array, scratch: Array, spans: Array,
) -> None:
    """Mean radiance of `samples` paths through every pixel into `image` (H, W, 3)."""
    height, width = image.shape[0], image.shape[1]
    across = (width + SLOW_TILE - 1) // SLOW_TILE
    for j in range(height):
        for i in range(width):
            tile = (j // SLOW_TILE) * across + i // SLOW_TILE
            sr = sg = sb = 0.0
            for s in range(samples):
                key = ((j * width + i) * 64 + s) * 9781 + seed * 6271
                px = i + (s + chance(key, 1)) / samples
                py = j + (((s * 5 + 2) % samples) + chance(key, 2)) / samples
                r, g, b = path(P, V, M, F, S, K, casters, lists[tile], counts[tile], px, py, key, scratch, spans)
                sr += min(r, clip)
                sg += min(g, clip)
                sb += min(b, clip)
            image[j, i, 0] = sr / samples
            image[j, i, 1] = sg / samples
            image[j, i, 2] = sb / samples


@kernel
def path(
    P: Array, V: Array, M: Array, F: Array, S: Array, K: Array, casters: Array, among: Array, count: int,
    px: float, py: float, key: int, scratch: Array, spans: Array,
) -> tuple[float, float, float]:
    """One path from the lens: in focus at the hero's distance."""
    dx, dy, dz = ray(F, px, py)
    a = 2.0 * math.pi * chance(key, 3)
    lens = F[f.APERTURE] * math.sqrt(chance(key, 4))
    ox, oy, oz = lens * math.cos(a), F[f.EYE_Y] + lens * math.sin(a), F[f.EYE_Z]
    focus = F[f.FOCUS] / dz
    dx, dy, dz = dx * focus - ox, dy * focus - (oy - F[f.EYE_Y]), dz * focus
    q = 1.0 / math.sqrt(dx * dx + dy * dy + dz * dz)
    dx, dy, dz = dx * q, dy * q, dz * q
    end = min(ground_hit(F, ox, oy, oz, dx, dy, dz), 200.0)
    t, m = end, -1
    if count > 0:
        n = along_ray(P, among, count, ox, oy, oz, dx, dy, dz, 0.005, 0.0, -1, scratch, spans)
        if n > 0:
            t, m = march(P, V, scratch, spans, n, ox, oy, oz, dx, dy, dz, 0.1, end, 90, 1.0 / F[f.FOCAL])
    x, y, z = ox + dx * t, oy + dy * t, oz + dz * t
    if m < 0:
        _, ny, nz = ground_normal(F, y, z)
        return on_ground(P, V, M, F, S, K, casters, x, y, z, ny, nz, dx, dy, dz, key, scratch, spans)
    r, g, b = on_object(P, V, M, F, S, K, casters, m, x, y, z, dx, dy, dz, t, key, scratch, spans)
    w = 1.0
    if P[m, sdf.ID] == 0.0:
        w = pool(F, px, py)
    elif P[m, sdf.ID] == F[f.HERO]:
        w = F[f.HERO_GAIN]
    return r * w, g * w, b * w


@kernel
def soothe(image: Array, parts: Array, normals: Array, step: int, out: Array) -> None:
    """One pass of an edge-keeping mean over 5 × 5 pixels `step` apart (à-trous): noise goes, edges and glints stay."""
    height, width = parts.shape
    for j in range(height):
        for i in range(width):
            cr, cg, cb = image[j, i, 0], image[j, i, 1], image[j, i, 2]
            level = cr + cg + cb
            inv = 1.0 / (0.02 + 0.05 * level * level)
            total = r = g = b = 0.0
            for dj in range(-2, 3):
                for di in range(-2, 3):
                    y, x = j + dj * step, i + di * step
                    if x < 0 or y < 0 or x >= width or y >= height or parts[y, x] != parts[j, i]:
                        continue
                    c = 0.0
                    for q in range(3):
                        c += normals[j, i, q] * normals[y, x, q]
                    if c < 0.9:
                        continue
                    d = (image[y, x, 0] - cr) ** 2 + (image[y, x, 1] - cg) ** 2 + (image[y, x, 2] - cb) ** 2
                    w = math.exp(-d * inv - 0.25 * (di * di + dj * dj)) * c ** 16
                    total += w
                    r += w * image[y, x, 0]
                    g += w * image[y, x, 1]
                    b += w * image[y, x, 2]
            out[j, i, 0] = r / total if total > 0.0 else cr
            out[j, i, 1] = g / total if total > 0.0 else cg
            out[j, i, 2] = b / total if total > 0.0 else cb
