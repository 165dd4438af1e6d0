"""Signed distances of all primitives, alone and as melted groups. Distances of plates and ribs are lower bounds.

Rows of the part table P (float64): see the column numbers below; V holds the corners of all outlines, (M, 2).
The formulas of exact 2D distances follow from their geometry (nearest point on segment, arc or ellipse).
"""

# An element of a table has no static type; numba gives it one.
# mypy: disable-error-code="no-any-return"

from __future__ import annotations

import math

from generation.scenes.kernels.jit import Array, kernel

SHAPE, A, B, C, ROUND, DETAIL = 0, 1, 2, 3, 4, 5
POS, ROT, SCALE = 6, 9, 18  # position (3), world-to-local matrix by rows (9), uniform scale
CENTER, REACH = 19, 22  # sphere that holds the part, in the world
MATERIAL, ID, BLEND, FIRST, LAST = 23, 24, 25, 26, 27  # FIRST, LAST: the melted group it belongs to
CORNERS, CORNER_COUNT, CASTS = 28, 29, 30
LOW, HIGH = 31, 34  # box in the part's own frame, before scaling
COLUMNS = 37
AXIS, NARROW, WIDE = 37, 38, 39  # further columns of casters.py
CAST_COLUMNS = 40
FAR = 1.0e9


@kernel
def extrude(flat: float, z: float, half: float, rounding: float) -> float:
    """A plate: the 2D distance `flat` pulled `half` deep both ways, its edges rounded."""
    u = flat + rounding
    w = abs(z) - half + rounding
    return min(max(u, w), 0.0) + math.sqrt(max(u, 0.0) ** 2 + max(w, 0.0) ** 2) - rounding


@kernel
def polygon(V: Array, first: int, count: int, x: float, y: float) -> float:
    """Signed distance to a closed outline of `count` corners."""
    best = FAR
    sign = 1.0
    j = first + count - 1
    for i in range(first, first + count):
        ex = V[j, 0] - V[i, 0]
        ey = V[j, 1] - V[i, 1]
        wx = x - V[i, 0]
        wy = y - V[i, 1]
        h = min(max((wx * ex + wy * ey) / (ex * ex + ey * ey), 0.0), 1.0)
        best = min(best, (wx - ex * h) ** 2 + (wy - ey * h) ** 2)
        above = y >= V[i, 1]
        below = y < V[j, 1]
        left = ex * wy > ey * wx
        if (above and below and left) or (not above and not below and not left):
            sign = -sign
        j = i
    return sign * math.sqrt(best)


@kernel
def polyline(V: Array, first: int, count: int, x: float, y: float) -> float:
    """Distance to an open line through `count` corners."""
    best = FAR
    for i in range(first, first + count - 1):
        ex = V[i + 1, 0] - V[i, 0]
        ey = V[i + 1, 1] - V[i, 1]
        wx = x - V[i, 0]
        wy = y - V[i, 1]
        h = min(max((wx * ex + wy * ey) / (ex * ex + ey * ey), 0.0), 1.0)
        best = min(best, (wx - ex * h) ** 2 + (wy - ey * h) ** 2)
    return math.sqrt(best)


@kernel
def star(x: float, y: float, outer: float, inner: float, points: float) -> float:
    step = math.pi / points
    angle = math.atan2(x, y)
    angle = abs((angle + 200.0 * step + step) % (2.0 * step) - step)
    q = math.sqrt(x * x + y * y)
    px = q * math.cos(angle) - outer
    py = q * math.sin(angle)
    ex = inner * math.cos(step) - outer
    ey = inner * math.sin(step)
    h = min(max((px * ex + py * ey) / (ex * ex + ey * ey), 0.0), 1.0)
    d = math.sqrt((px - ex * h) ** 2 + (py - ey * h) ** 2)
    return d if py * ex - px * ey < 0.0 else -d


@kernel
def heart(x: float, y: float, half_width: float) -> float:
    """A heart as wide as two circles of radius half its width side by side over a point."""
    s = half_width / 0.6036
    x = abs(x) / s
    y = y / s + 0.55
    if x + y > 1.0:
        return s * (math.sqrt((x - 0.25) ** 2 + (y - 0.75) ** 2) - 0.35355)
    h = 0.5 * max(x + y, 0.0)
    d2 = min(x * x + (y - 1.0) ** 2, (x - h) ** 2 + (y - h) ** 2)
    return s * math.sqrt(d2) * (1.0 if x > y else -1.0)


@kernel
def drop(x: float, y: float, radius: float, half: float) -> float:
    """A circle of `radius` at the foot and the two tangents from the point above."""
    x = abs(x)
    y = y + half - radius
    reach = 2.0 * half - radius
    s = min(radius / reach, 0.999)
    c = math.sqrt(1.0 - s * s)
    along = x * (-s) + y * c
    if along < 0.0:
        return math.sqrt(x * x + y * y) - radius
    if along > reach * c:
        return math.sqrt(x * x + (y - reach) ** 2)
    return x * c + y * s - radius


@kernel
def leaf(x: float, y: float, half_width: float, half: float) -> float:
    """The common part of two circles: a pointed oval."""
    offset = (half * half - half_width * half_width) / (2.0 * half_width)
    x = abs(x)
    y = abs(y)
    if (y - half) * offset > x * half:
        return math.sqrt(x * x + (y - half) ** 2)
    return math.sqrt((x + offset) ** 2 + y * y) - (offset + half_width)


@kernel
def ring_segment(x: float, y: float, outer: float, inner: float, sweep: float) -> float:
    q = math.sqrt(x * x + y * y)
    band = max(q - outer, inner - q)
    half = math.radians(sweep) * 0.5
    if half >= math.pi - 1e-4:
        return band
    s, c = math.sin(half), math.cos(half)
    x = abs(x)
    side = x * c - y * s
    if half > 0.5 * math.pi:
        return max(band, side) if side < 0.0 or y < 0.0 else band
    return max(band, side)


@kernel
def arc(x: float, y: float, z: float, ring: float, tube: float, flat: float, sweep: float) -> float:
    half = math.radians(sweep) * 0.5
    x = abs(x)
    angle = math.atan2(x, y)
    if angle <= half:
        q = math.sqrt(x * x + y * y) - ring
        if flat > 0.0:
            return (
                math.sqrt(max(abs(q) - tube * 0.6, 0.0) ** 2 + max(abs(z) - flat + tube * 0.4, 0.0) ** 2) - tube * 0.4
            )
        return math.sqrt(q * q + z * z) - tube
    dx = x - ring * math.sin(half)
    dy = y - ring * math.cos(half)
    if flat > 0.0:
        q = math.sqrt(dx * dx + dy * dy)
        return math.sqrt(max(q - tube * 0.6, 0.0) ** 2 + max(abs(z) - flat + tube * 0.4, 0.0) ** 2) - tube * 0.4
    return math.sqrt(dx * dx + dy * dy + z * z) - tube


@kernel
def shell(x: float, y: float, z: float, radius: float, height: float, wall: float, ribs: float) -> float:
    """Half an ellipsoid's skin over the rim at y = 0."""
    q = math.sqrt(x * x + z * z)
    if ribs > 0.0:
        scallop = abs(math.cos(0.5 * ribs * math.atan2(z, x)))
        q = q * (1.0 + 0.07 * (1.0 - scallop) * min(q / radius, 1.0))
        y = y + 0.06 * height * (1.0 - scallop) * q / radius
    a = radius - wall
    b = height - wall
    k0 = math.sqrt((q / a) ** 2 + (y / b) ** 2)
    k1 = math.sqrt((q / (a * a)) ** 2 + (y / (b * b)) ** 2)
    skin = abs(k0 * (k0 - 1.0) / max(k1, 1e-9)) - wall
    rim = -y
    d = min(max(skin, rim), 0.0) + math.sqrt(max(skin, 0.0) ** 2 + max(rim, 0.0) ** 2)
    return d * (0.8 if ribs > 0.0 else 0.9)


@kernel
def ellipsoid(x: float, y: float, z: float, a: float, b: float, c: float, ribs: float) -> float:
    if ribs > 0.0:
        m = 1.0 - 0.05 * abs(math.sin(0.5 * ribs * math.atan2(z, x)))
        x = x / m
        z = z / m
    k0 = math.sqrt((x / a) ** 2 + (y / b) ** 2 + (z / c) ** 2)
    k1 = math.sqrt((x / (a * a)) ** 2 + (y / (b * b)) ** 2 + (z / (c * c)) ** 2)
    if k1 < 1e-6:
        return -min(a, min(b, c))
    return k0 * (k0 - 1.0) / k1 * (0.85 if ribs > 0.0 else 0.95)


@kernel
def helix(x: float, y: float, z: float, radius: float, half: float, tube: float, turns: float) -> float:
    pitch = 2.0 * half / turns
    angle = math.atan2(z, x) / (2.0 * math.pi)
    turn = math.floor(y / pitch - angle + 0.5)
    height = min(max((turn + angle) * pitch, -half), half)
    q = math.sqrt(x * x + z * z) - radius
    return (math.sqrt(q * q + (y - height) ** 2) - tube) * 0.8


@kernel
def ridge(x: float, amplitude: float, wavelength: float, phase: float) -> float:
    w = 2.0 * math.pi / wavelength
    return amplitude * (0.65 * math.sin(w * x + phase) + 0.35 * math.sin(1.9 * w * x + 2.3 * phase + 1.0))


@kernel
def coin(x: float, y: float, z: float, radius: float, hole: float, half: float, rounding: float) -> float:
    """A disc with a square hole; its two rims stand proud of the field."""
    q = math.sqrt(x * x + y * y)
    square = max(abs(x), abs(y))
    field = (
        max(extrude(q - radius, z, half * 0.72, rounding), hole - square)
        if hole > 0.0
        else extrude(q - radius, z, half * 0.72, rounding)
    )
    band = radius * 0.085
    rim = extrude(abs(q - radius + band) - band, z, half, min(rounding, band * 0.8))
    field = min(field, rim)
    if hole > 0.0:
        field = min(field, extrude(abs(square - hole - band * 0.6) - band * 0.6, z, half * 0.95, band * 0.4))
    return field


@kernel
def plate(t: int, P: Array, V: Array, i: int, x: float, y: float, z: float) -> float:
    """The shapes that are pulled out of a 2D outline."""
    a, b, c, r, detail = P[i, A], P[i, B], P[i, C], P[i, ROUND], P[i, DETAIL]
    if t == 23:  # every outline from points
        return extrude(polygon(V, int(P[i, CORNERS]), int(P[i, CORNER_COUNT]), x, y), z, c, r)
    if t == 26:
        d = polyline(V, int(P[i, CORNERS]), int(P[i, CORNER_COUNT]), x, y)
        if c > 0.0:
            return extrude(d - a, z, c, r)
        return math.sqrt(d * d + z * z) - a
    if t == 12:
        return extrude(star(x, y, a, b, detail if detail > 0.0 else 5.0), z, c, r)
    if t == 13:
        return extrude(heart(x, y, a), z, c, r)
    if t == 14:
        if c > 0.0:
            return extrude(drop(x, y, a, b), z, c, r)
        return drop(math.sqrt(x * x + z * z), y, a, b)
    if t == 15:
        q = math.sqrt(x * x + y * y) - a
        inner = b - math.sqrt((x - detail) ** 2 + y * y)
        return extrude(max(q, inner), z, c, r)
    if t == 19:
        bend = detail * (1.0 - (y / b) ** 2)
        return extrude(leaf(x, y, a, b), z - bend, c, r) * 0.85
    if t == 21:
        q = max(abs(x) - a, abs(y) - b)
        notch = detail - math.sqrt((abs(x) - a) ** 2 + y * y)
        return extrude(max(q, notch), z, c, r)
    if t == 22:
        return extrude(ring_segment(x, y, a, b, detail), z, c, r)
    if t == 24:
        band = abs(math.sqrt(x * x + (y - b) ** 2) - a) - detail if y > b else max(abs(abs(x) - a) - detail, -y)
        return extrude(band, z, c, r)
    if t == 11:
        return coin(x, y, z, a, b, c, r)
    return FAR


@kernel
def local(P: Array, V: Array, i: int, x: float, y: float, z: float) -> float:
    """Distance in the part's own frame."""
    t = int(P[i, SHAPE])
    a, b, c, r, detail = P[i, A], P[i, B], P[i, C], P[i, ROUND], P[i, DETAIL]
    if t == 0:
        dx = math.sqrt(x * x + z * z) - a + r
        dy = abs(y) - b + r
        return min(max(dx, dy), 0.0) + math.sqrt(max(dx, 0.0) ** 2 + max(dy, 0.0) ** 2) - r
    if t == 1:
        dx = abs(x) - a + r
        dy = abs(y) - b + r
        dz = abs(z) - c + r
        return math.sqrt(max(dx, 0.0) ** 2 + max(dy, 0.0) ** 2 + max(dz, 0.0) ** 2) + min(max(dx, max(dy, dz)), 0.0) - r
    if t == 2:
        return math.sqrt(x * x + y * y + z * z) - a
    if t == 3:
        return math.sqrt((math.sqrt(x * x + z * z) - a) ** 2 + y * y) - b
    if t == 4:
        f = min(max((y + b) / (2.0 * b), 0.0), 1.0)
        slope = 2.0 * b / math.sqrt(4.0 * b * b + (a - c) ** 2)
        dx = (math.sqrt(x * x + z * z) - a * (1.0 - f) - c * f) * slope + r
        dy = abs(y) - b + r
        return min(max(dx, dy), 0.0) + math.sqrt(max(dx, 0.0) ** 2 + max(dy, 0.0) ** 2) - r
    if t == 5:
        return ellipsoid(x, y, z, a, b, c, detail)
    if t == 6:
        dy = y - min(max(y, -b), b)
        return math.sqrt(x * x + dy * dy + z * z) - a
    if t == 7:
        return shell(x, y, z, a, b, c, detail)
    if t == 8:
        return shell(x, b - y, z, a, b, c, 0.0)
    if t == 9:
        q = math.sqrt(x * x + z * z)
        body = max(q - a, abs(y) - b)
        hollow = max(q - a + c, -(y + b - c))
        return max(body, -hollow)
    if t == 10:
        return helix(x, y, z, a, b, c, detail if detail > 0.0 else 3.0)
    if t == 25:
        return arc(x, y, z, a, b, c, detail if detail > 0.0 else 360.0)
    if t == 27:
        return extrude((y - ridge(x, a, b, detail)) * 0.75, z, c, r)
    return plate(t, P, V, i, x, y, z)


@kernel
def part(P: Array, V: Array, i: int, x: float, y: float, z: float) -> float:
    """Distance of one part in the world."""
    s = P[i, SCALE]
    x = (x - P[i, POS]) / s
    y = (y - P[i, POS + 1]) / s
    z = (z - P[i, POS + 2]) / s
    lx = P[i, ROT] * x + P[i, ROT + 1] * y + P[i, ROT + 2] * z
    ly = P[i, ROT + 3] * x + P[i, ROT + 4] * y + P[i, ROT + 5] * z
    lz = P[i, ROT + 6] * x + P[i, ROT + 7] * y + P[i, ROT + 8] * z
    return local(P, V, i, lx, ly, lz) * s


@kernel
def melt(d: float, other: float, reach: float) -> float:
    """Smooth union by a polynomial: never further out than the plain union."""
    h = max(reach - abs(d - other), 0.0) / reach
    return min(d, other) - h * h * reach * 0.25


@kernel
def group(P: Array, V: Array, m: int, x: float, y: float, z: float) -> float:
    """Distance of the melted group that part m belongs to."""
    d = FAR
    for i in range(int(P[m, FIRST]), int(P[m, LAST])):
        e = part(P, V, i, x, y, z)
        d = melt(e, d, P[i, BLEND]) if P[i, BLEND] > 0.0 else e
    return d


@kernel
def normal(P: Array, V: Array, m: int, x: float, y: float, z: float, e: float) -> tuple[float, float, float]:
    """Outward unit normal from four distances at the corners of a tetrahedron (edge e)."""
    d0 = group(P, V, m, x + e, y - e, z - e)
    d1 = group(P, V, m, x - e, y - e, z + e)
    d2 = group(P, V, m, x - e, y + e, z - e)
    d3 = group(P, V, m, x + e, y + e, z + e)
    nx = d0 - d1 - d2 + d3
    ny = -d0 - d1 + d2 + d3
    nz = -d0 + d1 - d2 + d3
    q = 1.0 / math.sqrt(nx * nx + ny * ny + nz * nz + 1e-18)
    return nx * q, ny * q, nz * q
