"""A staged scene as one file for an offline renderer: meshes, paints, light, camera, the painted ground and what must stay calm.

The file is a plain .npz that needs nothing of ours to read. `meta` is JSON; see docs/slow-tier.md for every key.
"""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import ndimage

from generation.embedded.export_mesh import Mesh, meshes
from generation.scenes import columns as f
from generation.scenes.graph import SceneGraph
from generation.scenes.kernels import sdf
from generation.scenes.kernels.frame import ray
from generation.scenes.kernels.jit import Array, kernel
from generation.scenes.kernels.shade import ground_color, ground_glow, pool
from generation.scenes.kernels.trace import ground_hit, ground_normal
from generation.scenes.materials import FINISHES, linear
from generation.scenes.stage import Stage
from generation.scenes.table import Tables, joined

VERSION = 1


def write_scene(path: Path, stage: Stage, graph: SceneGraph, ids: NDArray[np.uint8], dressing: str = "none") -> None:
    """Everything an offline renderer needs of the stage at its own size. `ids`: the fast tier's, to keep dressing off things."""
    tables = joined(stage.main, stage.near)
    solids = meshes(tables, stage.frame)
    ground, pooled = painted_ground(stage)
    arrays = _joined_meshes(solids, tables) | {
        "meta": np.frombuffer(json.dumps(_meta(stage, graph, tables, dressing)).encode(), np.uint8),
        "ground": ground.astype(np.float16),
        "pool": pooled.astype(np.float16),
        "free": free_room(stage, ids),
    }
    partial = path.with_suffix(".partial")
    with partial.open("wb") as out:
        np.savez(out, allow_pickle=False, **arrays)
    partial.replace(path)


def _joined_meshes(solids: list[Mesh], tables: Tables) -> dict[str, NDArray[Any]]:
    """All meshes end to end; `solid` (n, 7): first point, points, first quad, quads, object id, material row, casts."""
    rows, point, quad = [], 0, 0
    for mesh in solids:
        row = tables.parts[mesh.part]
        n, m = len(mesh.points), len(mesh.quads)
        rows.append([point, n, quad, m, int(row[sdf.ID]), int(row[sdf.MATERIAL]), int(row[sdf.CASTS])])
        point, quad = point + n, quad + m

    def stacked(name: str, width: int, kind: type) -> NDArray[Any]:
        empty: NDArray[Any] = np.zeros((0, width), kind)
        return np.concatenate([empty, *(getattr(mesh, name) for mesh in solids)])

    return {
        "points": stacked("points", 3, np.float32),
        "normals": stacked("normals", 3, np.float32),
        "local": stacked("local", 3, np.float32),
        "quads": stacked("quads", 4, np.int32),
        "solid": np.array(rows, np.int32).reshape(-1, 7),
    }


def _meta(stage: Stage, graph: SceneGraph, tables: Tables, dressing: str) -> dict[str, Any]:
    F = stage.frame
    numbers = {
        name: [float(v) for v in F[first : first + 3]]
        for name, first in (("sun", f.SUN), ("key_color", f.KEY_COLOR), ("sky", f.SKY), ("middle", f.MIDDLE),
                            ("below", f.BELOW), ("rim_color", f.RIM_COLOR), ("shade", f.SHADE), ("halo", f.GLOW))
    }  # fmt: skip
    singles = {
        name: float(F[column])
        for name, column in (("soft", f.SOFT), ("key", f.KEY), ("ambient", f.AMBIENT), ("rim", f.RIM), ("wall", f.WALL),
                             ("fillet", f.FILLET), ("floor_mirror", f.FLOOR_MIRROR), ("aperture", f.APERTURE),
                             ("focus", f.FOCUS), ("hero_gain", f.HERO_GAIN))
    }  # fmt: skip
    pitch = float(np.arctan2(F[f.SIN], F[f.COS]))
    return {
        "version": VERSION,
        "seed": graph.seed,
        "width": stage.width,
        "height": stage.height,
        "camera": {"eye_y": float(F[f.EYE_Y]), "eye_z": float(F[f.EYE_Z]), "pitch": pitch, "focal": float(F[f.FOCAL]),
                   "cx": float(F[f.CX]), "cy": float(F[f.CY])},
        "light": {**numbers, **singles},
        "lamps": [[float(v) for v in row] for row in stage.boxes_of_light],
        "hero": graph.subject_id,
        "materials": [_material(row) for row in tables.materials],
        "palette": {role: [float(v) for v in linear(getattr(graph.palette, role))]
                    for role in ("ground", "ground_deep", "subject", "second", "accent", "metal")},
        "mood": graph.mood,
        "set": graph.set,
        "kinds": {str(o.id): o.kind for o in graph.objects},
        "dressing": dressing,
    }  # fmt: skip


def _material(row: Array) -> dict[str, Any]:
    numbers = [float(v) for v in row[3:9]]
    names = (slug for slug, finish in FINISHES.items() if np.allclose(list(asdict(finish).values()), numbers))
    return {
        "slug": next(names, "satin"),
        "color": [float(v) for v in row[:3]],
        **dict(zip(("rough", "metal", "emit", "glass", "grain", "coat"), numbers, strict=True)),
    }


def painted_ground(stage: Stage) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """(radiance of the bare ground with nothing on it (H, W, 3), factor on the light behind the hero (H, W))."""
    image = np.empty((stage.height, stage.width, 3), np.float32)
    pooled = np.empty((stage.height, stage.width), np.float32)
    bare_ground(stage.frame, stage.bokeh, image, pooled)
    return image, pooled


@kernel
def bare_ground(F: Array, K: Array, image: Array, pooled: Array) -> None:
    for j in range(image.shape[0]):
        for i in range(image.shape[1]):
            px, py = i + 0.5, j + 0.5
            dx, dy, dz = ray(F, px, py)
            t = min(ground_hit(F, 0.0, F[f.EYE_Y], F[f.EYE_Z], dx, dy, dz), 200.0)
            x, y, z = dx * t, F[f.EYE_Y] + dy * t, F[f.EYE_Z] + dz * t
            _, ny, _ = ground_normal(F, y, z)
            r, g, b = ground_color(F, K, px, py, x, y, z, ny)
            er, eg, eb = ground_glow(F, K, px, py, ny)
            image[j, i, 0] = r + er
            image[j, i, 1] = g + eg
            image[j, i, 2] = b + eb
            pooled[j, i] = pool(F, px, py)


def free_room(stage: Stage, ids: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Where dressing may be seen, uint8 (H, W): 0 in and near text zones, 1 on or near an object, 2 nowhere near either."""
    short = min(stage.width, stage.height)
    near = ndimage.binary_dilation(ids > 0, iterations=max(round(0.012 * short), 1))
    room = np.where(near, np.uint8(1), np.uint8(2))
    for zone in stage.calm:
        r = zone.grown(0.045 * short)
        room[max(int(r.y0), 0) : max(int(r.y1) + 1, 0), max(int(r.x0), 0) : max(int(r.x1) + 1, 0)] = 0
    return room
