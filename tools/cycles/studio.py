# SPDX-License-Identifier: GPL-3.0-or-later
# Blender's modules carry no types, and live in this folder's own environment.
# mypy: ignore-errors
"""Light and ground: the same key, soft-boxes and painted backdrop as the product's own renderer."""

from __future__ import annotations

import math

import bpy
import numpy as np
from mathutils import Matrix, Vector
from nodes import Tree
from scenefile import float_image, quad_mesh, swapped

KEY_DISTANCE = 14.0
LAMP_DISTANCE = 7.0
KEY, AMBIENT = 1.65, 0.52  # against the product's: light that falls, shade that stays
LAMP_SHARE = 0.6  # of the lamps' radiance in the product
_RIM = 2
# The strip behind on the key's side draws rims, the low card in front fills. The others only show in reflections.
_ALSO_DIFFUSE = (_RIM, 4)
REACH = 60.0


def add_world(scene_file) -> None:
    """The studio around the scene: a gradient by height, dimmer for what it lights than for what mirrors it."""
    light = scene_file.light
    world = bpy.data.worlds.new("studio")
    bpy.context.scene.world = world
    world.use_nodes = True
    world.cycles.sampling_method = "NONE"
    t = Tree(world.node_tree)
    height = t.add("ShaderNodeSeparateXYZ", Vector=t.add("ShaderNodeTexCoord").outputs["Generated"]).outputs[2]
    up = t.math("SQRT", t.math("MAXIMUM", height, 0.0))
    down = t.math("MINIMUM", t.math("MULTIPLY", t.math("MAXIMUM", t.math("MULTIPLY", height, -1.0), 0.0), 1.4), 1.0)
    color = t.mix(down, t.mix(up, tuple(light["middle"]), tuple(light["sky"])), tuple(light["below"]))
    seen = t.math("MAXIMUM", t.add("ShaderNodeLightPath").outputs["Is Glossy Ray"], AMBIENT * light["ambient"])
    background = t.add("ShaderNodeBackground", Color=color, Strength=seen)
    t.add("ShaderNodeOutputWorld", Surface=background.outputs[0])


def key_place(scene_file):
    """Where the key light hangs."""
    return Vector(swapped(scene_file.light["sun"])).normalized() * KEY_DISTANCE + Vector((0.0, 0.0, 1.0))


def _area(name: str, direction, distance: float, width: float, height: float, color, radiance: float, up):
    data = bpy.data.lights.new(name, "AREA")
    data.shape, data.size, data.size_y = "RECTANGLE", width, height
    top = max(*color, 1e-6)
    data.color = tuple(c / top for c in color)
    data.energy = radiance * top * math.pi * width * height
    thing = bpy.data.objects.new(name, data)
    face = Vector(swapped(direction)).normalized()
    right = Vector(swapped(up)).cross(face).normalized()
    matrix = np.eye(4)
    matrix[:3, 0], matrix[:3, 1], matrix[:3, 2] = right, face.cross(right), face
    matrix[:3, 3] = face * distance + Vector((0.0, 0.0, 1.0))
    thing.matrix_world = Matrix(matrix.tolist())
    thing.visible_camera = False
    bpy.context.scene.collection.objects.link(thing)
    return thing


def add_lamps(scene_file, things) -> None:
    """The key, which everything sees, and the studio's soft-boxes, which light the things only."""
    light = scene_file.light
    half = KEY_DISTANCE * max(light["soft"] * 0.85, 0.07)
    size = 2 * half
    radiance = KEY * light["key"] * math.pi * KEY_DISTANCE**2 / size**2
    _area("key", light["sun"], KEY_DISTANCE, size, size, light["key_color"], radiance, (0, 1, 0))
    for n, row in enumerate(scene_file.meta["lamps"][1:]):
        face, up, half_w, half_h, color = row[0:3], row[6:9], row[9], row[10], row[12:15]
        lamp = _area(
            f"lamp{n}",
            face,
            LAMP_DISTANCE,
            2 * LAMP_DISTANCE * half_w,
            2 * LAMP_DISTANCE * half_h,
            color,
            LAMP_SHARE,
            up,
        )
        lamp.light_linking.receiver_collection = things
        lamp.visible_diffuse = n in _ALSO_DIFFUSE
        lamp.data.energy *= 1.7 if n == _RIM else 1.0


def add_ground(scene_file, paint: np.ndarray):
    """Floor, fillet and wall in one sweep, painted from the camera. Returns its two images: paint, and glow of its own."""
    light = scene_file.light
    wall, fillet = light["wall"], light["fillet"]
    turn = np.linspace(0, math.pi / 2, 25)
    profile = [
        (-REACH, 0.0),
        *((wall - fillet + fillet * math.sin(a), fillet - fillet * math.cos(a)) for a in turn),
        (wall, REACH),
    ]
    across = np.linspace(-REACH, REACH, 3)
    points = np.array([(x, y, z) for y, z in profile for x in across], np.float32)
    n = len(across)
    quads = np.array(
        [
            (r * n + c, r * n + c + 1, (r + 1) * n + c + 1, (r + 1) * n + c)
            for r in range(len(profile) - 1)
            for c in range(n - 1)
        ],
        np.int32,
    )
    image, glow = float_image("ground", paint), float_image("ground glow", np.zeros_like(paint))
    thing = bpy.data.objects.new("ground", quad_mesh("ground", points, quads))
    thing.data.materials.append(_ground_look(image, glow, light["floor_mirror"]))
    bpy.context.scene.collection.objects.link(thing)
    return image, glow


def repaint(image, paint: np.ndarray) -> None:
    full = np.ones((*paint.shape[:2], 4), np.float32)
    full[..., :3] = paint[::-1]
    image.pixels.foreach_set(full.ravel())
    image.update()


def _ground_look(image, glow, mirror: float):
    made = bpy.data.materials.new("ground")
    made.use_nodes = True
    t = Tree(made.node_tree)
    window = t.add("ShaderNodeTexCoord").outputs["Window"]
    color = t.add("ShaderNodeTexImage", {"image": image, "extension": "EXTEND"}, Vector=window).outputs[0]
    own = t.add("ShaderNodeTexImage", {"image": glow, "extension": "EXTEND"}, Vector=window).outputs[0]
    made.cycles.emission_sampling = "NONE"
    flat = t.add("ShaderNodeSeparateXYZ", Vector=t.add("ShaderNodeNewGeometry").outputs["Normal"]).outputs[2]
    shine = t.math("MULTIPLY", t.math("POWER", t.math("ABSOLUTE", flat), 4.0), min(2.4 * mirror, 1.0))
    body = t.add(
        "ShaderNodeBsdfPrincipled",
        Base_Color=color,
        Roughness=0.11,
        IOR=1.7,
        Specular_IOR_Level=shine,
        Emission_Color=own,
        Emission_Strength=1.0,
    )
    t.add("ShaderNodeOutputMaterial", Surface=body.outputs[0])
    return made
