"""Edges: which pixels lie on one, and their four or eight further samples."""

from __future__ import annotations

import math

from generation.scenes.kernels import sdf
from generation.scenes.kernels.color import lit_color
from generation.scenes.kernels.cones import TILE, through_tile
from generation.scenes.kernels.jit import Array, kernel
from generation.scenes.kernels.scene import Light, Scene, Seen, Vector, Work
from generation.scenes.kernels.visible import first_hit, normal_at

_GLINT = 0.075  # step of brightness (see bright) inside one surface that is an edge
_STRONG = 0.2  # range of brightness among four samples that asks for four more
# In sixteenths of a pixel from its centre: two rotated grids, eight rooks together.
_SHIFT_X = (-3.0, 7.0, 3.0, -7.0, 1.0, 5.0, -1.0, -5.0)
_SHIFT_Y = (-7.0, -3.0, 7.0, 3.0, -5.0, 1.0, 5.0, -1.0)


@kernel
def edge_mask(P: Array, seen: Seen, mask: Array) -> None:
    """Mark pixels beside a change of object, material, depth or crease: 1 for shading only, 2 for an edge worth drawing."""
    height, width = seen.parts.shape
    for j in range(height):
        for i in range(width):
            if i + 1 < width:
                mark(P, seen, mask, i, j, i + 1, j)
            if j + 1 < height:
                mark(P, seen, mask, i, j, i, j + 1)


@kernel
def mark(P: Array, seen: Seen, mask: Array, i: int, j: int, i2: int, j2: int) -> None:
    """Compare a pixel with a neighbour and mark both where an edge runs between them."""
    m, m2 = seen.parts[j, i], seen.parts[j2, i2]
    c = 0.0
    for a in range(3):
        c += seen.normals[j, i, a] * seen.normals[j2, i2, a]
    t, t2 = seen.depth[j, i], seen.depth[j2, i2]
    jump = abs(t - t2) > 0.04 * min(t, t2)
    if m == m2 and c >= 0.85 and not (jump and m >= 0):
        return
    strong = m < 0 or m2 < 0 or jump or c < 0.7
    if m >= 0 and m2 >= 0 and P[m, sdf.MATERIAL] != P[m2, sdf.MATERIAL]:
        strong = True
    mask[j2, i2] = max(mask[j2, i2], 1)
    mask[j, i] = max(mask[j, i], 2 if strong else 1)


@kernel
def mark_glints(parts: Array, image: Array, mask: Array) -> None:
    """Mark pixels of objects whose brightness jumps inside one surface: mirrored edges and small lights."""
    for j in range(parts.shape[0] - 1):
        for i in range(parts.shape[1] - 1):
            if parts[j, i] < 0:
                continue
            a = brightness(image, i, j)
            b = brightness(image, i + 1, j)
            c = brightness(image, i, j + 1)
            if abs(a - b) > _GLINT:
                mask[j, i] = max(mask[j, i], 1)
                mask[j, i + 1] = max(mask[j, i + 1], 1)
            if abs(a - c) > _GLINT:
                mask[j, i] = max(mask[j, i], 1)
                mask[j + 1, i] = max(mask[j + 1, i], 1)


@kernel
def brightness(image: Array, i: int, j: int) -> float:
    return bright(float(image[j, i, 0]), float(image[j, i, 1]), float(image[j, i, 2]))


@kernel
def bright(r: float, g: float, b: float) -> float:
    """About what the eye makes of a radiance: 0 black, 1 white."""
    return math.sqrt(min(max(r + g + b, 0.0), 4.0) / 3.0)


@kernel
def refine(
    s: Scene, everything: Array, seen: Seen, light: Light, mask: Array, limit: float, image: Array, w: Work
) -> None:
    """Replace marked pixels by the mean of four or eight samples (rotated grids), each clipped so that one glint cannot fray an edge."""
    height, width = mask.shape
    for top in range(0, height, TILE):
        for left in range(0, width, TILE):
            count = -1
            for j in range(top, min(top + TILE, height)):
                for i in range(left, min(left + TILE, width)):
                    if mask[j, i] == 0:
                        continue
                    if count < 0:
                        count = through_tile(s, everything, left, top, TILE, False, w)
                    r, g, b = several(s, seen, light, w, count, i, j, limit)
                    image[j, i, 0] = r
                    image[j, i, 1] = g
                    image[j, i, 2] = b


@kernel
def several(s: Scene, seen: Seen, light: Light, w: Work, count: int, i: int, j: int, limit: float) -> Vector:
    """Mean of four clipped samples of one pixel, or of eight where the four differ in brightness."""
    start = 0.97 * nearest_seen(seen.depth, i, j)
    sr = sg = sb = 0.0
    low, high = 2.0, 0.0
    for q in range(8):
        if q == 4 and high - low < _STRONG:
            return 0.25 * sr, 0.25 * sg, 0.25 * sb
        px, py = i + 0.5 + _SHIFT_X[q] / 16.0, j + 0.5 + _SHIFT_Y[q] / 16.0
        t, m = first_hit(s, w, count, px, py, start)
        n = normal_at(s, m, px, py, t)
        r, g, b = lit_color(s, seen, light, w, m, t, n, px, py)
        r, g, b = min(r, limit), min(g, limit), min(b, limit)
        sr, sg, sb = sr + r, sg + g, sb + b
        k = bright(r, g, b)
        low, high = min(low, k), max(high, k)
    return 0.125 * sr, 0.125 * sg, 0.125 * sb


@kernel
def nearest_seen(depth: Array, i: int, j: int) -> float:
    """The least distance among a pixel and its neighbours: nothing that matters here lies before it."""
    t = float(depth[j, i])
    for y in range(max(j - 1, 0), min(j + 2, depth.shape[0])):
        for x in range(max(i - 1, 0), min(i + 2, depth.shape[1])):
            t = min(t, float(depth[y, x]))
    return t
