# SPDX-License-Identifier: GPL-3.0-or-later
# Blender's modules carry no types, and live in this folder's own environment.
# mypy: ignore-errors
"""Principled shaders with the surface that the blockout leaves out: of a tree, a colour and a recipe, the shader."""

from __future__ import annotations

from nodes import Tree
from textures import bump, noise, place, varied, weave


def _principled(t: Tree, **inputs):
    return t.add("ShaderNodeBsdfPrincipled", **inputs).outputs[0]


def gloss(t, color, r):
    """Lacquered plastic: a clear coat over a coloured body."""
    wave = bump(t, noise(t, 2.5, 1.0), 0.10, 0.02)
    return _principled(
        t,
        Base_Color=color,
        Roughness=0.3,
        Specular_IOR_Level=0.5,
        Coat_Weight=0.9,
        Coat_Roughness=0.04,
        Coat_Normal=wave,
    )


def satin(t, color, r):
    """Painted wood or fine plastic: a broad soft sheen, a tooth that only shows in the highlight."""
    tooth = bump(t, noise(t, 45.0, 2.0), 0.12, 0.005)
    return _principled(
        t, Base_Color=color, Roughness=0.36, Specular_IOR_Level=0.55, Normal=tooth, Coat_Weight=0.12, Coat_Roughness=0.2
    )


def matte(t, color, r):
    """Chalky paint: no shine, a little fuzz at grazing angles."""
    tooth = bump(t, noise(t, 40.0, 4.0), 0.3, 0.008)
    return _principled(
        t, Base_Color=color, Roughness=0.8, Specular_IOR_Level=0.3, Sheen_Weight=0.2, Sheen_Roughness=0.5, Normal=tooth
    )


def metal(t, color, r):
    """Polished metal with a breath of hammering and finger-worn gloss."""
    wave = bump(t, noise(t, 7.0, 1.0), 0.08, 0.02)
    rough = t.math("MULTIPLY_ADD", noise(t, 18.0, 3.0), 0.14, 0.09)
    return _principled(t, Base_Color=color, Metallic=1.0, Roughness=rough, Normal=wave)


def glass(t, color, r):
    """Tinted glass; its shadow is light that came through."""
    tint = t.mix(0.55, color, (1.0, 1.0, 1.0))
    body = _principled(
        t, Base_Color=tint, Roughness=0.02, IOR=1.42, Transmission_Weight=1.0, Coat_Weight=0.3, Coat_Roughness=0.02
    )
    return _lets_light_through(t, body, color)


def ice(t, color, r):
    """Frosted glass."""
    frost = bump(t, noise(t, 30.0, 4.0), 0.25, 0.01)
    body = _principled(
        t,
        Base_Color=t.mix(0.35, color, (1.0, 1.0, 1.0)),
        Roughness=0.22,
        IOR=1.35,
        Transmission_Weight=0.75,
        Normal=frost,
        Coat_Weight=0.4,
    )
    return _lets_light_through(t, body, color)


def _lets_light_through(t, body, color):
    clear = t.add("ShaderNodeBsdfTransparent", Color=t.mix(0.45, color, (1.0, 1.0, 1.0))).outputs[0]
    return t.blend(t.math("MULTIPLY", t.add("ShaderNodeLightPath").outputs["Is Shadow Ray"], 0.85), body, clear)


def paper(t, color, r):
    """Heavy paper: fibres, and light that shows through."""
    fibre = t.math("ADD", noise(t, 26.0, 5.0), t.math("MULTIPLY", noise(t, 90.0, 2.0, (1.0, 0.2, 1.0)), 0.6))
    normal = bump(t, fibre, 0.5, 0.008)
    body = _principled(
        t, Base_Color=varied(t, color, fibre, 0.06), Roughness=0.92, Specular_IOR_Level=0.2, Normal=normal
    )
    through = t.add("ShaderNodeBsdfTranslucent", Color=color, Normal=normal).outputs[0]
    return t.blend(0.16, body, through)


def lantern(t, color, r):
    """Silk or oiled paper with a lamp behind it."""
    threads = weave(t, 34.0)
    normal = bump(t, threads, 0.25, 0.006)
    facing = t.add("ShaderNodeLayerWeight", Blend=0.5).outputs["Facing"]
    body = t.add("ShaderNodeBsdfPrincipled", Base_Color=color, Roughness=0.55, Sheen_Weight=0.4, Normal=normal)
    t.put(body, "Emission_Color", t.mix(0.25, color, (1.0, 0.75, 0.4)))
    t.put(body, "Emission_Strength", t.math("MULTIPLY", t.math("SUBTRACT", 1.0, facing), 0.55))
    return body.outputs[0]


def clay(t, color, r):
    """Soft clay: thumb dents, a waxy body."""
    dents = bump(t, noise(t, 6.0, 2.0), 0.35, 0.03)
    return _principled(
        t,
        Base_Color=color,
        Roughness=0.5,
        Specular_IOR_Level=0.45,
        Normal=dents,
        Subsurface_Weight=0.25,
        Subsurface_Radius=(0.10, 0.06, 0.04),
    )


def plush(t, color, r):
    """Flocked toy: short velvet, bright at the rim."""
    fuzz = bump(t, noise(t, 75.0, 3.0), 0.7, 0.012)
    return _principled(
        t,
        Base_Color=varied(t, color, noise(t, 9.0, 2.0), 0.10),
        Roughness=0.95,
        Specular_IOR_Level=0.05,
        Normal=fuzz,
        Sheen_Weight=0.9,
        Sheen_Roughness=0.35,
        Sheen_Tint=(1.0, 0.97, 0.94),
    )


def ceramic(t, color, r):
    """Glazed ceramic: a thick wavy glaze with a pool of depth under it."""
    wave = bump(t, noise(t, 3.2, 1.0), 0.18, 0.03)
    return _principled(
        t,
        Base_Color=color,
        Roughness=0.5,
        Specular_IOR_Level=0.4,
        Coat_Weight=1.0,
        Coat_Roughness=0.025,
        Coat_IOR=1.6,
        Coat_Normal=wave,
        Subsurface_Weight=0.15,
        Subsurface_Radius=(0.08, 0.06, 0.05),
    )


def porcelain_wax(t, color, r):
    """Fruit skin, dough, wax: light goes in and comes out softer."""
    pores = bump(t, noise(t, 38.0, 3.0), 0.22, 0.006)
    return _principled(
        t,
        Base_Color=varied(t, color, noise(t, 4.0, 2.0), 0.14),
        Roughness=0.4,
        Normal=pores,
        Coat_Weight=0.25,
        Coat_Roughness=0.15,
        Subsurface_Weight=0.45,
        Subsurface_Radius=(0.16, 0.08, 0.05),
    )


def foliage(t, color, r):
    """Leaves and petals: thin, veined, lit from behind as well."""
    veins = noise(t, 20.0, 3.0, (1.0, 0.3, 1.0))
    normal = bump(t, veins, 0.35, 0.01)
    body = _principled(t, Base_Color=varied(t, color, veins, 0.22), Roughness=0.42, Normal=normal, Sheen_Weight=0.2)
    through = t.add("ShaderNodeBsdfTranslucent", Color=color, Normal=normal).outputs[0]
    return t.blend(0.28, body, through)


def cloth(t, color, r):
    """Woven cloth: threads, and the light fuzz of them."""
    threads = weave(t, 26.0)
    return _principled(
        t,
        Base_Color=varied(t, color, threads, 0.12),
        Roughness=0.85,
        Specular_IOR_Level=0.2,
        Normal=bump(t, threads, 0.55, 0.012),
        Sheen_Weight=0.5,
        Sheen_Roughness=0.4,
    )


def silk(t, color, r):
    """Ribbon: a sheen that runs across the threads."""
    threads = noise(t, 60.0, 1.0, (0.15, 1.0, 1.0))
    return _principled(
        t,
        Base_Color=varied(t, color, threads, 0.10),
        Roughness=0.3,
        Specular_IOR_Level=0.6,
        Anisotropic=0.75,
        Normal=bump(t, threads, 0.3, 0.008),
        Sheen_Weight=0.6,
        Sheen_Roughness=0.25,
    )


def leather(t, color, r):
    """Grained leather."""
    cells = t.add("ShaderNodeTexVoronoi", {"feature": "DISTANCE_TO_EDGE"}, Vector=place(t), Scale=26.0).outputs[0]
    grain = t.math("MINIMUM", t.math("MULTIPLY", cells, 3.0), 1.0)
    return _principled(
        t,
        Base_Color=varied(t, color, grain, 0.18),
        Roughness=0.45,
        Normal=bump(t, grain, 0.5, 0.012),
        Coat_Weight=0.15,
        Coat_Roughness=0.3,
    )


def wrapping(t, color, r):
    """Gift paper: pearly, with a pattern tone on tone."""
    dots = t.add("ShaderNodeTexVoronoi", Vector=place(t), Scale=9.0, Randomness=0.0).outputs[0]
    mark = t.math("LESS_THAN", dots, 0.17)
    toned = t.mix(t.math("MULTIPLY", mark, 0.45), color, t.mix(0.55, color, (1.0, 0.96, 0.88)))
    shine = t.math("MULTIPLY_ADD", mark, -0.22, 0.42)
    crease = bump(t, noise(t, 3.0, 3.0), 0.18, 0.02)
    return _principled(
        t,
        Base_Color=toned,
        Roughness=shine,
        Specular_IOR_Level=0.6,
        Normal=crease,
        Sheen_Weight=0.15,
        Coat_Weight=0.15,
        Coat_Roughness=0.25,
    )


def plaster(t, color, r):
    """Lime plaster of built sets: clouded, softly trowelled."""
    clouds = noise(t, 3.0, 5.0)
    return _principled(
        t,
        Base_Color=varied(t, color, clouds, 0.15),
        Roughness=0.7,
        Specular_IOR_Level=0.35,
        Normal=bump(t, noise(t, 14.0, 4.0), 0.22, 0.01),
    )


def marble(t, color, r):
    """Polished marble: veins a tone deeper than the stone."""
    bend = noise(t, 2.2, 5.0)
    vein = t.math(
        "POWER", t.math("SUBTRACT", 1.0, t.math("ABSOLUTE", t.math("SINE", t.math("MULTIPLY", bend, 22.0)))), 5.0
    )
    toned = t.mix(t.math("MULTIPLY", vein, 0.6), color, t.mix(1.0, color, tuple(r["deep"]), "MULTIPLY"))
    return _principled(
        t, Base_Color=toned, Roughness=0.16, Specular_IOR_Level=0.5, Coat_Weight=0.5, Coat_Roughness=0.05
    )


def terrazzo(t, color, r):
    """Stone chips in plaster, ground smooth."""
    chip = t.add("ShaderNodeTexVoronoi", Vector=place(t), Scale=13.0)
    keep = t.math("LESS_THAN", chip.outputs[0], 0.30)
    tone = t.add("ShaderNodeSeparateColor", Color=chip.outputs[1]).outputs[0]
    chips = t.mix(tone, t.mix(0.5, color, tuple(r["accent"])), t.mix(0.6, color, (1.0, 1.0, 1.0)))
    toned = t.mix(t.math("MULTIPLY", keep, 0.8), color, chips)
    return _principled(
        t, Base_Color=toned, Roughness=0.28, Specular_IOR_Level=0.5, Coat_Weight=0.25, Coat_Roughness=0.08
    )


def lacquer(t, color, r):
    """Deep piano lacquer."""
    return _principled(
        t, Base_Color=color, Roughness=0.3, Coat_Weight=1.0, Coat_Roughness=0.015, Coat_IOR=1.65, Specular_IOR_Level=0.5
    )


def pearl(t, color, r):
    """Nacre."""
    return _principled(
        t,
        Base_Color=color,
        Roughness=0.22,
        Coat_Weight=0.8,
        Coat_Roughness=0.06,
        Thin_Film_Thickness=420.0,
        Thin_Film_IOR=1.5,
        Sheen_Weight=0.3,
        Subsurface_Weight=0.2,
        Subsurface_Radius=(0.1, 0.09, 0.08),
    )


def foil(t, color, r):
    """Crumpled metal foil."""
    creases = t.add("ShaderNodeTexVoronoi", {"feature": "F1"}, Vector=place(t), Scale=9.0).outputs[0]
    normal = bump(t, t.math("ADD", creases, t.math("MULTIPLY", noise(t, 14.0, 3.0), 0.6)), 0.6, 0.03)
    return _principled(t, Base_Color=color, Metallic=0.95, Roughness=0.16, Anisotropic=0.4, Normal=normal)


def glow(t, color, r):
    """A lamp: shines by itself, whiter in the middle."""
    facing = t.add("ShaderNodeLayerWeight", Blend=0.35).outputs["Facing"]
    light = t.mix(facing, t.mix(0.5, color, (1.0, 1.0, 1.0)), color)
    return _principled(
        t, Base_Color=color, Roughness=0.4, Emission_Color=light, Emission_Strength=1.15 * max(r["emit"], 1.0)
    )


SHADERS = {
    f.__name__: f
    for f in (
        gloss,
        satin,
        matte,
        metal,
        glass,
        ice,
        paper,
        lantern,
        clay,
        plush,
        ceramic,
        foliage,
        cloth,
        silk,
        leather,
        wrapping,
        plaster,
        marble,
        terrazzo,
        lacquer,
        pearl,
        foil,
        glow,
    )
} | {"wax": porcelain_wax, "frosted": ice}
