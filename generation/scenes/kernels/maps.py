"""What is not light: base colours, materials, camera-space normals, ids, and the boxes of what is seen."""

from __future__ import annotations

from generation.scenes import columns as f
from generation.scenes.kernels.curve import to_byte
from generation.scenes.kernels.jit import Array, kernel
from generation.scenes.kernels.scene import Scene, Seen
from generation.scenes.kernels.sdf import ID, MATERIAL
from generation.scenes.kernels.shade import ground_color
from generation.scenes.kernels.visible import point


@kernel
def surface_maps(
    s: Scene, rows: Array, seen: Seen, albedo: Array, material: Array, facing: Array, ids: Array, ground: bool
) -> None:
    """Base colour and (metalness, roughness) in bytes, camera-space normals, ids; without `ground`, of objects only.

    rows (materials, 5): sRGB colour, metalness and roughness of each material in bytes.
    """
    for odd in range(2):
        for j in range(seen.parts.shape[0]):
            for i in range(seen.parts.shape[1]):
                m = seen.parts[j, i]
                if ((i & 1) | (j & 1)) != odd or (m < 0 and not ground):
                    continue
                nx, ny, nz = float(seen.normals[j, i, 0]), float(seen.normals[j, i, 1]), float(seen.normals[j, i, 2])
                facing[j, i, 0] = nx
                facing[j, i, 1] = ny * s.F[f.COS] + nz * s.F[f.SIN]
                facing[j, i, 2] = ny * s.F[f.SIN] - nz * s.F[f.COS]
                if m < 0:
                    paint(s, seen, albedo, i, j)
                    material[j, i, 0] = 0
                    material[j, i, 1] = 190
                    ids[j, i] = 0
                    continue
                k = int(s.P[m, MATERIAL])
                for q in range(3):
                    albedo[j, i, q] = rows[k, q]
                material[j, i, 0] = rows[k, 3]
                material[j, i, 1] = rows[k, 4]
                ids[j, i] = int(s.P[m, ID])


@kernel
def paint(s: Scene, seen: Seen, albedo: Array, i: int, j: int) -> None:
    """The ground's own colour at a pixel: that of its even neighbours where they agree."""
    i0, j0 = i & ~1, j & ~1
    i1, j1 = i0 + 2 * (i & 1), j0 + 2 * (j & 1)
    if (i1 > i or j1 > j) and i1 < albedo.shape[1] and j1 < albedo.shape[0]:
        same = seen.parts[j0, i0] < 0 and seen.parts[j0, i1] < 0 and seen.parts[j1, i0] < 0 and seen.parts[j1, i1] < 0
        for q in range(3):
            a, b, c, d = int(albedo[j0, i0, q]), int(albedo[j0, i1, q]), int(albedo[j1, i0, q]), int(albedo[j1, i1, q])
            same = same and max(max(a, b), max(c, d)) - min(min(a, b), min(c, d)) <= 2
            albedo[j, i, q] = (a + b + c + d + 2) // 4
        if same:
            return
    x, y, z = point(s.F, i + 0.5, j + 0.5, float(seen.depth[j, i]))
    red, green, blue = ground_color(s.F, s.K, i + 0.5, j + 0.5, x, y, z, float(seen.normals[j, i, 1]))
    albedo[j, i, 0] = int(to_byte(red) + 0.5)
    albedo[j, i, 1] = int(to_byte(green) + 0.5)
    albedo[j, i, 2] = int(to_byte(blue) + 0.5)


@kernel
def extents(ids: Array, found: Array) -> None:
    """The box of each id: columns of found (256, 4) are x0, y0, x1, y1 in whole pixels; x1 = 0 where it is not seen."""
    for number in range(found.shape[0]):
        found[number, 0] = ids.shape[1]
        found[number, 1] = ids.shape[0]
        found[number, 2] = 0
        found[number, 3] = 0
    for j in range(ids.shape[0]):
        for i in range(ids.shape[1]):
            n = ids[j, i]
            if n > 0:
                found[n, 0] = min(found[n, 0], i)
                found[n, 1] = min(found[n, 1], j)
                found[n, 2] = max(found[n, 2], i + 1)
                found[n, 3] = max(found[n, 3], j + 1)
