# SPDX-License-Identifier: GPL-3.0-or-later
# Blender's modules carry no types, and live in this folder's own environment.
# mypy: ignore-errors
"""Reading a scene file and building its meshes and camera in Blender.

The file's world is x right, y up, z away from the camera; Blender's is x right, y away, z up: (x, y, z) becomes (x, z, y).
"""

from __future__ import annotations

import json
import math
from dataclasses import dataclass
from pathlib import Path

import bpy
import numpy as np

SWAP = [0, 2, 1]
_NEARER = 0.35  # than the hero's middle: its face and the stage's edge are what must be sharp


@dataclass
class SceneFile:
    """What the product wrote. `meta` as documented in docs/slow-tier.md; arrays as stored."""

    meta: dict
    arrays: dict[str, np.ndarray]

    @property
    def size(self) -> tuple[int, int]:
        return self.meta["width"], self.meta["height"]

    @property
    def light(self) -> dict:
        return self.meta["light"]

    def rng(self, salt: int) -> np.random.Generator:
        return np.random.default_rng([self.meta["seed"] & 0xFFFFFFFF, salt])


def read(path: Path) -> SceneFile:
    with np.load(path) as kept:
        arrays = {name: kept[name] for name in kept.files}
    meta = json.loads(arrays.pop("meta").tobytes().decode())
    if meta["version"] != 1:
        raise ValueError(f"{path}: scene files of version {meta['version']} are not known; this tool reads version 1.")
    return SceneFile(meta, arrays)


def swapped(vector) -> tuple[float, float, float]:
    x, y, z = (float(v) for v in vector)
    return x, z, y


def add_meshes(scene_file: SceneFile, collection, material_for) -> dict[int, list]:
    """One Blender object for each solid, in `collection`; by object id. material_for(solid row) gives its material."""
    a = scene_file.arrays
    points = a["points"][:, SWAP]
    normals = a["normals"][:, SWAP]
    made: dict[int, list] = {}
    for n, solid in enumerate(a["solid"]):
        first, count, quad, quads, owner, _, casts = (int(v) for v in solid)
        mesh = quad_mesh(
            f"solid{n}",
            points[first : first + count],
            a["quads"][quad : quad + quads],
            normals[first : first + count],
            a["local"][first : first + count],
        )
        mesh.materials.append(material_for(solid))
        thing = bpy.data.objects.new(f"{owner}.{n}", mesh)
        thing.pass_index = owner
        thing.visible_shadow = bool(casts)
        collection.objects.link(thing)
        made.setdefault(owner, []).append(thing)
    return made


def quad_mesh(name: str, points, quads, normals=None, local=None):
    """A smooth mesh from quads (m, 4) or triangles (m, 3)."""
    mesh = bpy.data.meshes.new(name)
    sides = quads.shape[1]
    mesh.vertices.add(len(points))
    mesh.vertices.foreach_set("co", np.ascontiguousarray(points, np.float32).ravel())
    mesh.loops.add(quads.size)
    mesh.loops.foreach_set("vertex_index", np.ascontiguousarray(quads, np.int32).ravel())
    mesh.polygons.add(len(quads))
    mesh.polygons.foreach_set("loop_start", np.arange(0, quads.size, sides, dtype=np.int32))
    mesh.polygons.foreach_set("use_smooth", np.ones(len(quads), bool))
    if local is not None:
        mesh.attributes.new("local", "FLOAT_VECTOR", "POINT").data.foreach_set(
            "vector", np.ascontiguousarray(local).ravel()
        )
    mesh.update(calc_edges=True)
    if normals is not None:
        mesh.normals_split_custom_set_from_vertices(np.ascontiguousarray(normals, np.float32))
    return mesh


def add_camera(scene_file: SceneFile, *, lens_radius: float) -> None:
    """The product's camera: focal length and shift in pixels of the canvas, focused on the hero."""
    camera, light = scene_file.meta["camera"], scene_file.light
    width, height = scene_file.size
    data = bpy.data.cameras.new("camera")
    data.sensor_fit, data.sensor_width = "HORIZONTAL", 36.0
    data.lens = 36.0 * camera["focal"] / width
    data.shift_x = (width / 2 - camera["cx"]) / width
    data.shift_y = (camera["cy"] - height / 2) / width
    data.clip_start, data.clip_end = 0.05, 500.0
    if lens_radius > 0:
        data.dof.use_dof = True
        data.dof.focus_distance = light["focus"] - _NEARER
        data.dof.aperture_fstop = data.lens * 0.001 / (2 * lens_radius)
    thing = bpy.data.objects.new("camera", data)
    thing.location = (0.0, camera["eye_z"], camera["eye_y"])
    thing.rotation_euler = (math.pi / 2 - camera["pitch"], 0.0, 0.0)
    bpy.context.scene.collection.objects.link(thing)
    bpy.context.scene.camera = thing


def float_image(name: str, pixels: np.ndarray):
    """A linear float image in Blender from (H, W) or (H, W, 3), top row first."""
    if pixels.ndim == 2:
        pixels = np.repeat(pixels[..., None], 3, axis=2)
    height, width = pixels.shape[:2]
    image = bpy.data.images.new(name, width, height, alpha=False, float_buffer=True)
    image.colorspace_settings.name = "Linear Rec.709"
    full = np.ones((height, width, 4), np.float32)
    full[..., :3] = pixels[::-1]
    image.pixels.foreach_set(full.ravel())
    image.pack()
    return image
