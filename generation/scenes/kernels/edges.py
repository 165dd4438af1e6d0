"""Edges: which pixels lie on one, and their four further samples."""

from __future__ import annotations

from generation.scenes.kernels import sdf
from generation.scenes.kernels.color import lit_color
from generation.scenes.kernels.cones import TILE, through_tile
from generation.scenes.kernels.jit import Array, kernel
from generation.scenes.kernels.scene import Light, Scene, Seen, Vector, Work
from generation.scenes.kernels.visible import first_hit, normal_at


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
            if abs(a - b) > 0.12 + 0.25 * min(a, b):
                mask[j, i] = max(mask[j, i], 1)
                mask[j, i + 1] = max(mask[j, i + 1], 1)
            if abs(a - c) > 0.12 + 0.25 * min(a, c):
                mask[j, i] = max(mask[j, i], 1)
                mask[j + 1, i] = max(mask[j + 1, i], 1)


@kernel
def brightness(image: Array, i: int, j: int) -> float:
    return min(float(image[j, i, 0] + image[j, i, 1] + image[j, i, 2]), 4.0)


@kernel
def refine(
    s: Scene, everything: Array, seen: Seen, light: Light, mask: Array, limit: float, image: Array, w: Work
) -> None:
    """Replace marked pixels by the mean of four samples (rotated grid), each clipped so that one glint cannot fray an edge."""
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
                    r, g, b = four(s, seen, light, w, count, i, j, limit)
                    image[j, i, 0] = r
                    image[j, i, 1] = g
                    image[j, i, 2] = b


@kernel
def four(s: Scene, seen: Seen, light: Light, w: Work, count: int, i: int, j: int, limit: float) -> Vector:
    """Mean of four clipped samples of one pixel."""
    shift_x = (0.375, 0.875, 0.125, 0.625)
    shift_y = (0.125, 0.375, 0.625, 0.875)
    start = 0.97 * nearest_seen(seen.depth, i, j)
    sr = sg = sb = 0.0
    for q in range(4):
        px, py = i + shift_x[q], j + shift_y[q]
        t, m = first_hit(s, w, count, px, py, start)
        n = normal_at(s, m, px, py, t)
        r, g, b = lit_color(s, seen, light, w, m, t, n, px, py)
        sr += min(r, limit)
        sg += min(g, limit)
        sb += min(b, limit)
    return 0.25 * sr, 0.25 * sg, 0.25 * sb


@kernel
def nearest_seen(depth: Array, i: int, j: int) -> float:
    """The least distance among a pixel and its neighbours: nothing that matters here lies before it."""
    t = float(depth[j, i])
    for y in range(max(j - 1, 0), min(j + 2, depth.shape[0])):
        for x in range(max(i - 1, 0), min(i + 2, depth.shape[1])):
            t = min(t, float(depth[y, x]))
    return t
