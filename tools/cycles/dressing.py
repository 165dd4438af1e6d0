# SPDX-License-Identifier: GPL-3.0-or-later
# Blender's modules carry no types, and live in this folder's own environment.
# mypy: ignore-errors
"""Set dressing: small things strewn where neither text nor an object is seen, so that the picture holds more than its blockout."""

from __future__ import annotations

import math

import bpy
import numpy as np
from looks import DRESSING, material
from mathutils import Euler
from pieces import SHAPES, Stuff, leaf
from places import Places
from scenefile import SceneFile, quad_mesh

from studio import key_place

DRESSINGS: dict[str, tuple[Stuff, ...]] = {
    "confetti": (
        Stuff("strip", "metal", ("metal", "accent"), (0.9, 1.7), 0.75, 1.6),
        Stuff("strip", "satin", ("accent", "second", "subject"), (0.9, 1.8), 0.7, 1.6),
        Stuff("curl", "silk", ("second", "metal"), (1.8, 3.0), 0.6, 0.5),
    ),
    "petals": (
        Stuff("petal", "foliage", ("accent", "second", "subject"), (1.9, 3.6), 0.45, 1.0),
        Stuff("bead", "pearl", ("white",), (0.4, 0.9), 0.0, 0.5),
    ),
    "leaves": (
        Stuff("leaf", "foliage", ("leaf", "second", "leaf"), (2.2, 4.0), 0.45, 1.0),
        Stuff("dew", "glass", ("white",), (0.5, 1.2), 0.0, 0.8),
    ),
    "gold flakes": (
        Stuff("flake", "metal", ("metal",), (0.5, 1.4), 0.65, 2.2),
        Stuff("bead", "pearl", ("white", "metal"), (0.6, 1.3), 0.0, 0.5),
    ),
    "pearls": (
        Stuff("bead", "pearl", ("white", "second"), (0.6, 1.7), 0.1, 1.0),
        Stuff("bead", "metal", ("metal",), (0.4, 0.9), 0.1, 0.5),
    ),
    "pebbles": (
        Stuff("pebble", "plaster", ("stone", "second", "white"), (1.0, 2.4), 0.0, 1.0),
        Stuff("leaf", "foliage", ("leaf",), (1.2, 2.0), 0.1, 0.25),
    ),
    "beads": (
        Stuff("bead", "gloss", ("accent", "second", "subject"), (0.7, 2.1), 0.25, 1.0),
        Stuff("star", "satin", ("accent", "metal"), (0.9, 1.6), 0.5, 0.5),
        Stuff("bead", "glass", ("second", "accent"), (0.8, 1.8), 0.2, 0.4),
    ),
    "glass beads": (
        Stuff("bead", "glass", ("second", "accent", "white"), (0.7, 2.0), 0.45, 1.0),
        Stuff("bead", "glow", ("accent",), (0.25, 0.5), 0.6, 0.7),
    ),
    "snow": (Stuff("bead", "wax", ("white",), (0.25, 0.7), 0.7, 2.4),),
    "none": (),
}
_FIXED = {"white": (0.86, 0.85, 0.83), "leaf": (0.07, 0.22, 0.05), "stone": (0.45, 0.42, 0.39)}
_SHADED = ("fresh", "elegant", "warm", "calm", "playful", "lively")


def scatter(file: SceneFile, things) -> int:
    """Strew the file's dressing; returns how many pieces found a place."""
    sorts = DRESSINGS.get(file.meta["dressing"], ())
    rng = file.rng(101)
    if file.meta["mood"] in _SHADED and rng.random() < 0.75:
        places = Places(file, rng)
        for _ in range(int(rng.integers(1, 4))):
            _shade(file, places, things)
    if not sorts:
        return 0
    chosen = Places(file, rng)
    looks: dict[tuple[str, str], object] = {}
    shares = np.array([s.share for s in sorts])
    placed = 0
    wanted = int(rng.integers(22, 48))
    clusters = chosen.anchors(2)
    for n in range(3 * wanted):
        if placed >= wanted:
            break
        sort = sorts[int(rng.choice(len(sorts), p=shares / shares.sum()))]
        near = n % 10 == 9  # now and then one out of focus before the lens
        spot = chosen.find(sort, near, clusters[n % 4] if n % 4 < len(clusters) else None)
        if spot is None:
            continue
        place, radius = spot
        role = sort.roles[int(rng.integers(len(sort.roles)))]
        if (sort.look, role) not in looks:
            looks[sort.look, role] = _look(file, sort.look, role)
        _piece(sort, place, radius, looks[sort.look, role], rng, things, lies=place[2] < 1e-6)
        placed += 1
    return placed


def _shade(file: SceneFile, places: Places, things) -> None:
    """The shadow of a branch that nobody sees, on wall or floor where nothing else is."""
    rng = places.rng
    spot = places.open(0.1 * min(file.size))
    if spot is None:
        return
    ground = np.array(places.ground(*spot))
    sun = np.array(key_place(file)) - ground
    sun /= np.linalg.norm(sun)
    target = ground + sun * float(rng.uniform(1.3, 2.6))
    side = np.cross(sun, (0.0, 0.0, 1.0))
    side /= np.linalg.norm(side)
    rise = np.cross(side, sun)
    along = float(rng.uniform(0.4, 2.4))
    stem = math.cos(along) * side + math.sin(along) * rise
    across = math.cos(along + 1.571) * side + math.sin(along + 1.571) * rise
    pixel = float(np.linalg.norm(target - (0, file.meta["camera"]["eye_z"], 1.0))) / file.meta["camera"]["focal"]
    length = float(rng.uniform(0.4, 0.62)) * min(file.size) * pixel
    look = material({"slug": "matte", "color": [0.1, 0.1, 0.1]}, name="unseen leaf")
    for n in range(11):
        step = n / 10 - 0.5
        way = 1.0 if n % 2 else -1.0
        points, quads = leaf(rng)
        radius = length * float(rng.uniform(0.11, 0.17))
        turned = across * way * 0.8 + stem * 0.6
        turned /= np.linalg.norm(turned)
        frame_ = np.stack([np.cross(turned, sun), turned, sun])
        mesh = quad_mesh("shade", (points * radius) @ frame_ + target + stem * step * length + turned * radius, quads)
        mesh.materials.append(look)
        thing = bpy.data.objects.new("shade", mesh)
        thing.visible_camera = thing.visible_glossy = thing.visible_diffuse = thing.visible_transmission = False
        things.objects.link(thing)


def _look(file: SceneFile, look: str, role: str):
    palette = file.meta["palette"]
    color = _FIXED.get(role) or palette[role]
    if look == "metal":
        color = tuple(c * 0.92 / max(*palette["metal"], 1e-3) for c in palette["metal"]) if role == "metal" else color
    recipe = {
        "slug": look,
        "color": list(color),
        "emit": 2.5,
        "deep": palette["ground_deep"],
        "accent": palette["accent"],
    }
    return material(recipe, shown_as=DRESSING, name=f"dressing {look}")


def _piece(sort: Stuff, place, radius: float, look, rng, things, *, lies: bool) -> None:
    points, quads = SHAPES[sort.shape](rng)
    mesh = quad_mesh(sort.shape, points * radius, quads, local=points * radius)
    mesh.materials.append(look)
    thing = bpy.data.objects.new(sort.shape, mesh)
    turn = Euler(
        (rng.uniform(-0.25, 0.25), rng.uniform(-0.25, 0.25), rng.uniform(0, 6.28))
        if lies
        else tuple(rng.uniform(-2.2, 2.2, 3))
    )
    thing.rotation_euler = turn
    low = 0.0
    if lies:
        low = float((points * radius @ np.array(turn.to_matrix())[2]).min()) - 0.002 * radius
    thing.location = (place[0], place[1], place[2] - low)
    things.objects.link(thing)
