# SPDX-License-Identifier: GPL-3.0-or-later
# Blender's modules carry no types, and live in this folder's own environment.
# mypy: ignore-errors
"""What each material slug is made of: principled shaders with the surface that the blockout leaves out."""

from __future__ import annotations

import bpy
from nodes import Tree

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
    shader = LOOKS.get(recipe["slug"], satin)(t, color, recipe)
    t.add("ShaderNodeOutputMaterial", Surface=shader)
    if shown_as:
        t.add("ShaderNodeOutputAOV", {"aov_name": shown_as}, Value=1.0)
    return made


def _place(t: Tree):
    """Position in the part's own frame, world scale: textures lie along the thing."""
    return t.add("ShaderNodeAttribute", {"attribute_name": "local"}).outputs["Vector"]


def _noise(t: Tree, scale: float, detail: float = 2.0, stretch: tuple[float, float, float] | None = None):
    place = _place(t)
    if stretch:
        place = t.add("ShaderNodeVectorMath", {"operation": "MULTIPLY"}, i0=place, i1=stretch).outputs[0]
    return t.add("ShaderNodeTexNoise", Vector=place, Scale=scale, Detail=detail).outputs[0]


def _bump(t: Tree, height, strength: float, distance: float):
    return t.add("ShaderNodeBump", Strength=strength, Distance=distance, Height=height).outputs[0]


def _principled(t: Tree, **inputs):
    return t.add("ShaderNodeBsdfPrincipled", **inputs).outputs[0]


def gloss(t, color, r):
    """Lacquered plastic: a clear coat over a coloured body."""
    wave = _bump(t, _noise(t, 2.5, 1.0), 0.10, 0.02)
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
    tooth = _bump(t, _noise(t, 45.0, 2.0), 0.12, 0.005)
    return _principled(
        t, Base_Color=color, Roughness=0.36, Specular_IOR_Level=0.55, Normal=tooth, Coat_Weight=0.12, Coat_Roughness=0.2
    )


def matte(t, color, r):
    """Chalky paint: no shine, a little fuzz at grazing angles."""
    tooth = _bump(t, _noise(t, 40.0, 4.0), 0.3, 0.008)
    return _principled(
        t, Base_Color=color, Roughness=0.8, Specular_IOR_Level=0.3, Sheen_Weight=0.2, Sheen_Roughness=0.5, Normal=tooth
    )


def metal(t, color, r):
    """Polished metal with a breath of hammering and finger-worn gloss."""
    wave = _bump(t, _noise(t, 7.0, 1.0), 0.08, 0.02)
    rough = t.math("MULTIPLY_ADD", _noise(t, 18.0, 3.0), 0.14, 0.09)
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
    frost = _bump(t, _noise(t, 30.0, 4.0), 0.25, 0.01)
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
    fibre = t.math("ADD", _noise(t, 26.0, 5.0), t.math("MULTIPLY", _noise(t, 90.0, 2.0, (1.0, 0.2, 1.0)), 0.6))
    bump = _bump(t, fibre, 0.5, 0.008)
    body = _principled(
        t, Base_Color=_varied(t, color, fibre, 0.06), Roughness=0.92, Specular_IOR_Level=0.2, Normal=bump
    )
    through = t.add("ShaderNodeBsdfTranslucent", Color=color, Normal=bump).outputs[0]
    return t.blend(0.16, body, through)


def lantern(t, color, r):
    """Silk or oiled paper with a lamp behind it."""
    weave = _weave(t, 34.0)
    bump = _bump(t, weave, 0.25, 0.006)
    facing = t.add("ShaderNodeLayerWeight", Blend=0.5).outputs["Facing"]
    body = t.add("ShaderNodeBsdfPrincipled", Base_Color=color, Roughness=0.55, Sheen_Weight=0.4, Normal=bump)
    t.put(body, "Emission_Color", t.mix(0.25, color, (1.0, 0.75, 0.4)))
    t.put(body, "Emission_Strength", t.math("MULTIPLY", t.math("SUBTRACT", 1.0, facing), 0.55))
    return body.outputs[0]


def clay(t, color, r):
    """Soft clay: thumb dents, a waxy body."""
    dents = _bump(t, _noise(t, 6.0, 2.0), 0.35, 0.03)
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
    fuzz = _bump(t, _noise(t, 75.0, 3.0), 0.7, 0.012)
    return _principled(
        t,
        Base_Color=_varied(t, color, _noise(t, 9.0, 2.0), 0.10),
        Roughness=0.95,
        Specular_IOR_Level=0.05,
        Normal=fuzz,
        Sheen_Weight=0.9,
        Sheen_Roughness=0.35,
        Sheen_Tint=(1.0, 0.97, 0.94),
    )


def ceramic(t, color, r):
    """Glazed ceramic: a thick wavy glaze with a pool of depth under it."""
    wave = _bump(t, _noise(t, 3.2, 1.0), 0.18, 0.03)
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
    pores = _bump(t, _noise(t, 38.0, 3.0), 0.22, 0.006)
    return _principled(
        t,
        Base_Color=_varied(t, color, _noise(t, 4.0, 2.0), 0.14),
        Roughness=0.4,
        Normal=pores,
        Coat_Weight=0.25,
        Coat_Roughness=0.15,
        Subsurface_Weight=0.45,
        Subsurface_Radius=(0.16, 0.08, 0.05),
    )


def foliage(t, color, r):
    """Leaves and petals: thin, veined, lit from behind as well."""
    veins = _noise(t, 20.0, 3.0, (1.0, 0.3, 1.0))
    bump = _bump(t, veins, 0.35, 0.01)
    body = _principled(t, Base_Color=_varied(t, color, veins, 0.22), Roughness=0.42, Normal=bump, Sheen_Weight=0.2)
    through = t.add("ShaderNodeBsdfTranslucent", Color=color, Normal=bump).outputs[0]
    return t.blend(0.28, body, through)


def cloth(t, color, r):
    """Woven cloth: threads, and the light fuzz of them."""
    weave = _weave(t, 26.0)
    return _principled(
        t,
        Base_Color=_varied(t, color, weave, 0.12),
        Roughness=0.85,
        Specular_IOR_Level=0.2,
        Normal=_bump(t, weave, 0.55, 0.012),
        Sheen_Weight=0.5,
        Sheen_Roughness=0.4,
    )


def silk(t, color, r):
    """Ribbon: a sheen that runs across the threads."""
    threads = _noise(t, 60.0, 1.0, (0.15, 1.0, 1.0))
    return _principled(
        t,
        Base_Color=_varied(t, color, threads, 0.10),
        Roughness=0.3,
        Specular_IOR_Level=0.6,
        Anisotropic=0.75,
        Normal=_bump(t, threads, 0.3, 0.008),
        Sheen_Weight=0.6,
        Sheen_Roughness=0.25,
    )


def leather(t, color, r):
    """Grained leather."""
    cells = t.add("ShaderNodeTexVoronoi", {"feature": "DISTANCE_TO_EDGE"}, Vector=_place(t), Scale=26.0).outputs[0]
    grain = t.math("MINIMUM", t.math("MULTIPLY", cells, 3.0), 1.0)
    return _principled(
        t,
        Base_Color=_varied(t, color, grain, 0.18),
        Roughness=0.45,
        Normal=_bump(t, grain, 0.5, 0.012),
        Coat_Weight=0.15,
        Coat_Roughness=0.3,
    )


def wrapping(t, color, r):
    """Gift paper: pearly, with a pattern tone on tone."""
    dots = t.add("ShaderNodeTexVoronoi", Vector=_place(t), Scale=9.0, Randomness=0.0).outputs[0]
    mark = t.math("LESS_THAN", dots, 0.17)
    toned = t.mix(t.math("MULTIPLY", mark, 0.45), color, t.mix(0.55, color, (1.0, 0.96, 0.88)))
    shine = t.math("MULTIPLY_ADD", mark, -0.22, 0.42)
    crease = _bump(t, _noise(t, 3.0, 3.0), 0.18, 0.02)
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
    clouds = _noise(t, 3.0, 5.0)
    return _principled(
        t,
        Base_Color=_varied(t, color, clouds, 0.15),
        Roughness=0.7,
        Specular_IOR_Level=0.35,
        Normal=_bump(t, _noise(t, 14.0, 4.0), 0.22, 0.01),
    )


def marble(t, color, r):
    """Polished marble: veins a tone deeper than the stone."""
    bend = _noise(t, 2.2, 5.0)
    vein = t.math(
        "POWER", t.math("SUBTRACT", 1.0, t.math("ABSOLUTE", t.math("SINE", t.math("MULTIPLY", bend, 22.0)))), 5.0
    )
    toned = t.mix(t.math("MULTIPLY", vein, 0.6), color, t.mix(1.0, color, tuple(r["deep"]), "MULTIPLY"))
    return _principled(
        t, Base_Color=toned, Roughness=0.16, Specular_IOR_Level=0.5, Coat_Weight=0.5, Coat_Roughness=0.05
    )


def terrazzo(t, color, r):
    """Stone chips in plaster, ground smooth."""
    chip = t.add("ShaderNodeTexVoronoi", Vector=_place(t), Scale=13.0)
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
    creases = t.add("ShaderNodeTexVoronoi", {"feature": "F1"}, Vector=_place(t), Scale=9.0).outputs[0]
    bump = _bump(t, t.math("ADD", creases, t.math("MULTIPLY", _noise(t, 14.0, 3.0), 0.6)), 0.6, 0.03)
    return _principled(t, Base_Color=color, Metallic=0.95, Roughness=0.16, Anisotropic=0.4, Normal=bump)


def glow(t, color, r):
    """A lamp: shines by itself, whiter in the middle."""
    facing = t.add("ShaderNodeLayerWeight", Blend=0.35).outputs["Facing"]
    light = t.mix(facing, t.mix(0.5, color, (1.0, 1.0, 1.0)), color)
    return _principled(
        t, Base_Color=color, Roughness=0.4, Emission_Color=light, Emission_Strength=1.15 * max(r["emit"], 1.0)
    )


def _varied(t: Tree, color, field, amount: float):
    """The colour moved in value by a field about its middle."""
    factor = t.math("MULTIPLY_ADD", field, 2 * amount, 1.0 - amount)
    return t.mix(
        1.0, color, t.add("ShaderNodeCombineColor", Red=factor, Green=factor, Blue=factor).outputs[0], "MULTIPLY"
    )


def _weave(t: Tree, threads: float):
    """Over and under: the larger of two waves, from three axes of the part's frame."""
    x, y, z = t.add("ShaderNodeSeparateXYZ", Vector=_place(t)).outputs
    turn = threads * 6.2832
    across = t.math("SINE", t.math("MULTIPLY", t.math("ADD", x, z), turn))
    along = t.math("SINE", t.math("MULTIPLY", y, turn))
    return t.math("MULTIPLY_ADD", t.math("MAXIMUM", across, along), 0.5, 0.5)


LOOKS = {
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

_DRY = ("satin", "gloss", "matte", "clay", "paper")
# Kinds whose body is of a stuff of its own, whatever dry material the graph names: words in the kind's slug.
_STUFF = (
    ("wrapping", "gift-box gift-rack blind-box"),
    ("silk", "ribbon knot confetti couplets papercut"),
    ("lantern", "lantern fanous"),
    (
        "paper",
        "parcel shopping-bag envelope fan kite letter receipt "
        "certificate passbook booklet calendar price-tag coupon ticket",
    ),
    ("leather", "wallet suitcase backpack folder"),
    ("cloth", "umbrella hat tote"),
    ("plush", "rabbit sheep goat bull snowman"),
    ("ceramic", "cup vase bowl teapot soup-jar jar piggy lucky-cat drum pebble"),
    (
        "wax",
        "candle peach persimmon pumpkin mooncake zongzi dumplings cake bun pastry meatballs candy cloud",
    ),
    ("foliage", "leaf petal sprout plant tree branch flower rose bouquet lotus willow"),
    ("glass", "perfume water-drop hourglass"),
    ("ice", "snowflake"),
    ("pearl", "pearl full-moon ring-light"),
    ("lacquer", "phone laptop chip camera car truck headphones chat cursor lock shield"),
)
_STAGES = {"luxury": "marble", "elegant": "marble", "tech": "lacquer", "lively": "ceramic", "playful": "terrazzo", "fresh": "terrazzo",
           "calm": "plaster", "warm": "plaster"}  # fmt: skip
_SETS = {"hills": "paper", "clouds": "wax", "curtain": "plaster"}


def stuff_of(meta: dict, owner: int, slug: str) -> str:
    """Which look a solid gets: from its slug, and where that leaves it open from the kind of thing it belongs to."""
    if slug not in _DRY:
        return slug
    if owner == 0:
        return _SETS.get(meta["set"], "plaster" if slug in ("satin", "matte") else slug)
    kind = meta["kinds"].get(str(owner), "")
    if kind.startswith("podium"):
        return _STAGES.get(meta["mood"], "plaster")
    return next((look for look, words in _STUFF if {kind, *kind.split("-")} & set(words.split())), slug)
