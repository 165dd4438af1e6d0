# SPDX-License-Identifier: GPL-3.0-or-later
# Blender's modules carry no types, and live in this folder's own environment.
# mypy: ignore-errors
"""Fields over a thing, in the frame of its part: noise, weave, and what is made of them."""

from __future__ import annotations

from nodes import Tree


def place(t: Tree):
    """Position in the part's own frame, world scale: textures lie along the thing."""
    return t.add("ShaderNodeAttribute", {"attribute_name": "local"}).outputs["Vector"]


def noise(t: Tree, scale: float, detail: float = 2.0, stretch: tuple[float, float, float] | None = None):
    where = place(t)
    if stretch:
        where = t.add("ShaderNodeVectorMath", {"operation": "MULTIPLY"}, i0=where, i1=stretch).outputs[0]
    return t.add("ShaderNodeTexNoise", Vector=where, Scale=scale, Detail=detail).outputs[0]


def bump(t: Tree, height, strength: float, distance: float):
    return t.add("ShaderNodeBump", Strength=strength, Distance=distance, Height=height).outputs[0]


def varied(t: Tree, color, field, amount: float):
    """The colour moved in value by a field about its middle."""
    factor = t.math("MULTIPLY_ADD", field, 2 * amount, 1.0 - amount)
    return t.mix(
        1.0, color, t.add("ShaderNodeCombineColor", Red=factor, Green=factor, Blue=factor).outputs[0], "MULTIPLY"
    )


def weave(t: Tree, threads: float):
    """Over and under: the larger of two waves, from three axes of the part's frame."""
    x, y, z = t.add("ShaderNodeSeparateXYZ", Vector=place(t)).outputs
    turn = threads * 6.2832
    across = t.math("SINE", t.math("MULTIPLY", t.math("ADD", x, z), turn))
    along = t.math("SINE", t.math("MULTIPLY", y, turn))
    return t.math("MULTIPLY_ADD", t.math("MAXIMUM", across, along), 0.5, 0.5)
