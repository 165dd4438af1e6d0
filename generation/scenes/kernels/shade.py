"""Light on surfaces: the studio's soft-boxes, the painted ground, and the look of each material.

The ground is lit as a stage designer lights it: its colour where nothing stands between it and the light is exactly
the palette's, so that every format of a campaign shows the same colours; shadows move it towards its own deeper hue.
"""

# An element of a table has no static type; numba gives it one.
# mypy: disable-error-code="no-any-return"

from __future__ import annotations

import math

from generation.scenes import columns as f
from generation.scenes.kernels.frame import project
from generation.scenes.kernels.jit import Array, kernel


@kernel
def smooth(low: float, high: float, x: float) -> float:
    t = min(max((x - low) / (high - low), 0.0), 1.0)
    return t * t * (3.0 - 2.0 * t)


@kernel
def dome(F: Array, y: float) -> tuple[float, float, float]:
    """The studio without its lamps, by the height of the direction."""
    if y > 0.0:
        w = math.sqrt(y)
        return (
            F[f.MIDDLE] + (F[f.SKY] - F[f.MIDDLE]) * w,
            F[f.MIDDLE + 1] + (F[f.SKY + 1] - F[f.MIDDLE + 1]) * w,
            F[f.MIDDLE + 2] + (F[f.SKY + 2] - F[f.MIDDLE + 2]) * w,
        )
    w = min(-y * 1.4, 1.0)
    return (
        F[f.MIDDLE] + (F[f.BELOW] - F[f.MIDDLE]) * w,
        F[f.MIDDLE + 1] + (F[f.BELOW + 1] - F[f.MIDDLE + 1]) * w,
        F[f.MIDDLE + 2] + (F[f.BELOW + 2] - F[f.MIDDLE + 2]) * w,
    )


@kernel
def studio(F: Array, S: Array, x: float, y: float, z: float, rough: float) -> tuple[float, float, float]:
    """What a mirror of that roughness sees in a direction: dome and soft-boxes, their edges softened."""
    r, g, b = dome(F, y)
    for i in range(S.shape[0]):
        w = x * S[i, 0] + y * S[i, 1] + z * S[i, 2]
        if w < 0.08:
            continue
        u = abs(x * S[i, 3] + y * S[i, 4] + z * S[i, 5]) / w
        v = abs(x * S[i, 6] + y * S[i, 7] + z * S[i, 8]) / w
        hw = S[i, f.BOX_W]
        hh = S[i, f.BOX_H]
        soft = S[i, f.BOX_SOFT] + rough * rough * 1.2
        m = (1.0 - smooth(hw - soft, hw + soft, u)) * (1.0 - smooth(hh - soft, hh + soft, v))
        if m > 0.0:
            m *= hw * hh / ((hw + 0.6 * soft) * (hh + 0.6 * soft))
            r += m * S[i, f.BOX_COLOR]
            g += m * S[i, f.BOX_COLOR + 1]
            b += m * S[i, f.BOX_COLOR + 2]
    return r, g, b


@kernel
def gobo(F: Array, x: float, y: float, z: float) -> float:
    """Light through a tall window of panes: 0 in the shade of wall and bars, 1 in the light."""
    lx, ly, lz = F[f.SUN], F[f.SUN + 1], F[f.SUN + 2]
    q = 1.0 / math.sqrt(lx * lx + lz * lz)
    u = (x * lz - z * lx) * q - F[f.PATTERN_B]
    v = y / max(math.sqrt(1.0 - ly * ly), 0.3) - (x * lx + z * lz) * q * ly - F[f.PATTERN_C]
    s = F[f.PATTERN_A]
    u = u / s
    v = v / s
    inside = (1.0 - smooth(0.94, 1.06, abs(u))) * (1.0 - smooth(1.5, 1.66, abs(v)))
    pane_u = abs(u - math.floor(u * 1.0 + 0.5))
    pane_v = abs(v - math.floor(v * 1.0 + 0.5))
    return inside * smooth(0.03, 0.1, pane_u) * smooth(0.03, 0.1, pane_v)


@kernel
def pattern(F: Array, K: Array, px: float, py: float, x: float, y: float, z: float, upright: float) -> float:
    """Factor on the ground's colour: 1 where nothing is painted."""
    kind = int(F[f.PATTERN])
    gain = F[f.PATTERN_GAIN]
    if kind == f.RAYS:
        ux = px - F[f.GLOW_X]
        uy = py - F[f.GLOW_Y]
        q = math.sqrt(ux * ux + uy * uy) / F[f.GLOW_R]
        wave = math.sin(F[f.PATTERN_A] * math.atan2(uy, ux) + F[f.PATTERN_B])
        edge = 0.16 / (0.3 + q)
        return 1.0 + gain * upright * smooth(0.25, 1.1, q) * (2.0 * smooth(-edge, edge, wave) - 1.0)
    if kind == f.WINDOW:
        return 1.0 + gain * (1.6 * gobo(F, x, y, z) - 0.55)
    if kind == f.FOLDS:
        w = F[f.PATTERN_A]
        t = x * w + F[f.PATTERN_B] + 0.5 * math.sin(0.37 * x * w + 1.3) + 0.12 * math.sin(0.8 * y + 0.6 * x)
        slope = math.cos(t) + 0.35 * math.cos(2.0 * t + 0.7) + 0.2 * math.cos(0.5 * t + 2.0)
        hollow = math.sin(t) * 0.5 - 0.5
        side = 1.0 if F[f.SUN] > 0.0 else -1.0
        return 1.0 + gain * upright * (0.42 * slope * side + 0.5 * hollow + 0.12)
    if kind == f.RIPPLES:
        w = F[f.PATTERN_A]
        a = math.sin(x * w + 1.7 * math.sin(0.7 * y * w + 0.4) + F[f.PATTERN_B]) + math.sin(
            0.8 * (y + z) * w + 1.9 * math.sin(0.6 * x * w)
        )
        line = math.exp(-5.0 * abs(a) ** 1.2)
        return 1.0 + gain * (line * 1.6 - 0.25)
    if kind == f.RINGS:
        ux = px - F[f.GLOW_X]
        uy = py - F[f.GLOW_Y]
        q = math.sqrt(ux * ux + uy * uy) / F[f.GLOW_R] * F[f.PATTERN_A]
        step = q - math.floor(q)
        soft = smooth(0.0, 0.03, step) * (1.0 - smooth(0.55, 1.0, step) * 0.7)
        return 1.0 + gain * upright * (soft - 0.55) * math.exp(-0.25 * q)
    return 1.0


@kernel
def bokeh(F: Array, K: Array, px: float, py: float) -> tuple[float, float, float]:
    """Light of the discs on the wall; rows of K: x, y, radius (pixels), colour (3), rim."""
    r = g = b = 0.0
    for i in range(K.shape[0]):
        ux = px - K[i, 0]
        uy = py - K[i, 1]
        q2 = ux * ux + uy * uy
        radius = K[i, 2]
        if q2 > radius * radius * 1.4:
            continue
        q = math.sqrt(q2) / radius
        m = (1.0 - smooth(0.86, 1.08, q)) * (0.55 + K[i, 6] * smooth(0.5, 0.95, q))
        r += m * K[i, 3]
        g += m * K[i, 4]
        b += m * K[i, 5]
    return r, g, b


@kernel
def pool(F: Array, px: float, py: float) -> float:
    """Factor of the light behind the hero: raised or lowered there so that the hero stands out."""
    u = (px - F[f.POOL_X]) / F[f.POOL_W]
    v = (py - F[f.POOL_Y]) / F[f.POOL_H]
    q = u * u + v * v
    if q > 6.0:
        return 1.0
    return 1.0 + (F[f.POOL_GAIN] - 1.0) * math.exp(-q * math.sqrt(q) * 0.6)


@kernel
def ground_color(
    F: Array, K: Array, px: float, py: float, x: float, y: float, z: float, ny: float
) -> tuple[float, float, float]:
    """The painted ground at a point seen at (px, py): gradient, pool, pattern."""
    u = (px - F[f.FADE_X]) / F[f.FADE_W]
    v = (py - F[f.FADE_Y]) / F[f.FADE_H]
    w = math.exp(-(u * u + v * v))
    k = pool(F, px, py)
    k *= pattern(F, K, px, py, x, y, z, 1.0 - ny)
    return (
        (F[f.DEEP] + (F[f.GROUND] - F[f.DEEP]) * w) * k,
        (F[f.DEEP + 1] + (F[f.GROUND + 1] - F[f.DEEP + 1]) * w) * k,
        (F[f.DEEP + 2] + (F[f.GROUND + 2] - F[f.DEEP + 2]) * w) * k,
    )


@kernel
def ground_glow(F: Array, K: Array, px: float, py: float, ny: float) -> tuple[float, float, float]:
    """Light that the wall gives by itself: the halo behind the hero and the bokeh."""
    ux = (px - F[f.GLOW_X]) / F[f.GLOW_R]
    uy = (py - F[f.GLOW_Y]) / F[f.GLOW_R]
    m = F[f.GLOW_GAIN] * math.exp(-(ux * ux + uy * uy)) * (1.0 - 0.75 * ny) * min(pool(F, px, py), 1.2)
    r, g, b = m * F[f.GLOW], m * F[f.GLOW + 1], m * F[f.GLOW + 2]
    if K.shape[0] > 0:
        kr, kg, kb = bokeh(F, K, px, py)
        k = 1.0 - ny
        r += kr * k
        g += kg * k
        b += kb * k
    return r, g, b


@kernel
def ground_light(
    F: Array, K: Array, x: float, y: float, z: float, ny: float, lit: float, open_: float
) -> tuple[float, float, float]:
    """Radiance of the ground; `lit` and `open_` are shadow and occlusion, 1 = none."""
    px, py, _ = project(F, x, y, z)
    r, g, b = ground_color(F, K, px, py, x, y, z, ny)
    er, eg, eb = ground_glow(F, K, px, py, ny)
    sr, sg, sb = F[f.SHADE], F[f.SHADE + 1], F[f.SHADE + 2]
    return (
        (r + er) * (sr + (1.0 - sr) * lit) * (open_ + (1.0 - open_) * sr * 0.6),
        (g + eg) * (sg + (1.0 - sg) * lit) * (open_ + (1.0 - open_) * sg * 0.6),
        (b + eb) * (sb + (1.0 - sb) * lit) * (open_ + (1.0 - open_) * sb * 0.6),
    )


@kernel
def fresnel(facing: float, rough: float) -> float:
    """Schlick's rise of reflection at grazing angles, less on rough surfaces."""
    q = 1.0 - min(max(facing, 0.0), 1.0)
    return q * q * q * q * q * (1.0 - 0.8 * rough)


@kernel
def body(
    F: Array,
    M: Array,
    m: int,
    nx: float,
    ny: float,
    nz: float,
    dx: float,
    dy: float,
    dz: float,
    lit: float,
    open_: float,
) -> tuple[float, float, float]:
    """Light scattered by an object: key, ambient tinted by what surrounds it, rim, own glow."""
    cr, cg, cb = M[m, 0], M[m, 1], M[m, 2]
    rough = M[m, f.ROUGH]
    ndl = nx * F[f.SUN] + ny * F[f.SUN + 1] + nz * F[f.SUN + 2]
    wrap = 0.12 + 0.13 * rough
    key = max((ndl + wrap) / (1.0 + wrap), 0.0) * F[f.KEY] * lit
    ar, ag, ab = dome(F, ny * 0.9 + 0.1)
    amb = F[f.AMBIENT]
    edge = 1.0 - min(max(-(dx * nx + dy * ny + dz * nz), 0.0), 1.0)
    rim = (
        F[f.RIM]
        * edge
        * edge
        * edge
        * max(0.35 + 0.65 * ny - 0.5 * nx * (1.0 if F[f.SUN] > 0.0 else -1.0), 0.0)
        * open_
    )
    glow = M[m, f.EMIT]
    diffuse = 1.0 - M[m, f.METAL]
    # Occlusion between bright walls is brighter and more saturated: the colour bleeds (fit of Jimenez et al. 2016).
    tr = open_ / (1.0 - min(cr, 0.9) * (1.0 - open_))
    tg = open_ / (1.0 - min(cg, 0.9) * (1.0 - open_))
    tb = open_ / (1.0 - min(cb, 0.9) * (1.0 - open_))
    return (
        diffuse * (cr * (key * F[f.KEY_COLOR] + amb * ar * tr) + rim * F[f.RIM_COLOR]) + glow * cr,
        diffuse * (cg * (key * F[f.KEY_COLOR + 1] + amb * ag * tg) + rim * F[f.RIM_COLOR + 1]) + glow * cg,
        diffuse * (cb * (key * F[f.KEY_COLOR + 2] + amb * ab * tb) + rim * F[f.RIM_COLOR + 2]) + glow * cb,
    )


@kernel
def shine(
    F: Array,
    S: Array,
    M: Array,
    m: int,
    nx: float,
    ny: float,
    nz: float,
    dx: float,
    dy: float,
    dz: float,
    lit: float,
    open_: float,
) -> tuple[float, float, float]:
    """Light of the studio mirrored by a coated surface."""
    rough = M[m, f.ROUGH]
    facing = -(dx * nx + dy * ny + dz * nz)
    r, g, b = studio(F, S, dx + 2.0 * facing * nx, dy + 2.0 * facing * ny, dz + 2.0 * facing * nz, rough)
    k = M[m, f.COAT] * (0.045 + 0.6 * fresnel(facing, rough)) * (1.0 - 0.7 * rough) * (0.4 + 0.6 * lit) * open_
    return r * k, g * k, b * k
