# SPDX-License-Identifier: GPL-3.0-or-later
# Blender's modules carry no types, and live in this folder's own environment.
# mypy: ignore-errors
"""Blender's materials of one scene."""

from __future__ import annotations

import bpy
from nodes import Tree
from shaders import SHADERS, satin
from stuffs import stuff_of

HERO, DRESSING = "hero", "dressing"  # passes that tell where either is seen


class Looks:
    """Materials of one scene, made once for each (row, hero or not, ground or not)."""

    def __init__(self, scene_file, pool_image) -> None:
        self.file = scene_file
        self.pool = pool_image
        self.made: dict[tuple, object] = {}

    def for_solid(self, solid):
        owner, row = int(solid[4]), int(solid[5])
        hero = owner == self.file.meta["hero"]
        recipe = dict(self.file.meta["materials"][row])
        recipe["slug"] = stuff_of(self.file.meta, owner, recipe["slug"])
        recipe["deep"], recipe["accent"] = self.file.meta["palette"]["ground_deep"], self.file.meta["palette"]["accent"]
        key = (row, recipe["slug"], hero, owner == 0)
        if key not in self.made:
            self.made[key] = material(recipe, shown_as=HERO if hero else None, pool=self.pool if owner == 0 else None)
        return self.made[key]


def material(recipe: dict, *, shown_as: str | None = None, pool=None, name: str = "look"):
    """A Blender material of a recipe: slug, color (linear), rough, metal, emit, glass, grain, coat. shown_as: HERO or DRESSING."""
    made = bpy.data.materials.new(name)
    made.use_nodes = True
    t = Tree(made.node_tree)
    color = tuple(min(max(c, 0.0), 0.96) for c in recipe["color"])
    if pool is not None:
        window = t.add("ShaderNodeTexCoord").outputs["Window"]
        texture = t.add("ShaderNodeTexImage", {"image": pool, "extension": "EXTEND"}, Vector=window)
        color = t.mix(1.0, color, texture.outputs[0], "MULTIPLY")
    shader = SHADERS.get(recipe["slug"], satin)(t, color, recipe)
    t.add("ShaderNodeOutputMaterial", Surface=shader)
    if shown_as:
        t.add("ShaderNodeOutputAOV", {"aov_name": shown_as}, Value=1.0)
    return made
