"""Who stands on the stage: the hero, its company, what floats, the set, the composition and the light.

Kinds come from the subject asked for, the concepts named, the occasion's motifs and the mood's own props, in that order. What
the renderer lacks is passed over here and named by the planner.
"""

from __future__ import annotations

import random
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from brand_styles.colors import hue_distance, oklch
from brand_styles.manners import Rising
from generation.planning.drawables import kinds
from generation.planning.looks import (
    ANYWAY,
    BACKDROPS,
    BAKED,
    CRUST,
    GLOWING,
    GREEN,
    LEAFY,
    LOOKS,
    METALLIC,
    NEVER_HERO,
    RED,
    STAGES,
    Look,
)
from generation.planning.plan import Mood
from generation.scenes.graph import ColorRole, MaterialSlug, ObjectRole, SceneGraph, SceneLight, SceneObject
from generation.scenes.objects.stuffs import SUITED, suited
from generation.types import ScenePalette

if TYPE_CHECKING:
    from generation.scenes.primitives import Kind


CHARTS = frozenset({"candlesticks"})  # kinds whose main colour rises and whose second falls


@dataclass(frozen=True)
class Cast:
    """The scene graph and which kinds it shows for the brief's own words."""

    scene: SceneGraph
    hero: str | None


def choose_hero(subject: Sequence[str], wanted: Sequence[str], mood: Mood, refused: Sequence[str] = ()) -> str:
    """The kind that carries the poster: the one asked for, else the first worthy one of the concepts, else the mood's."""
    known = kinds()
    asked = next((kind for kind in subject if kind in known), None)
    worthy = (
        k
        for k in (*wanted, *LOOKS[mood].hero, *ANYWAY)
        if k in known and k not in NEVER_HERO and k not in refused and known[k].stands
    )
    return asked or next(worthy, None) or sorted(known)[0]


def cast(
    *, hero: str | None, wanted: Sequence[str], refused: Sequence[str] = (), mood: Mood, palette: ScenePalette, seed: int,
    variant: int, product_aspect: float | None = None,
    rising: Rising = "red",
) -> Cast:  # fmt: skip
    """A scene of 5 to 14 objects. `hero` None with `product_aspect`: an uploaded cut-out stands where the hero would.

    `rising`: the colour of what rises in a chart."""
    rng = random.Random(seed * 7919 + variant)
    look = LOOKS[mood]
    objects = [*_hero(hero, look, palette, rng), _stage(mood, rng), *_company(hero, wanted, set(refused), look, rng)]
    objects = [_natural(item, palette) for item in objects]
    objects = [objects[0], *(_unlike(item, objects[0]) for item in objects[1:])] if hero else objects
    objects = [_by_convention(item, palette, rising) for item in objects]
    scene = SceneGraph(
        seed=seed,
        composition=look.compositions[(seed + variant) % len(look.compositions)],
        set=look.sets[(seed // 3 + variant) % len(look.sets)],
        palette=palette,
        light=_light(look, rng),
        objects=tuple(objects),
        subject_id=1 if hero is not None else None,
        product_aspect=product_aspect,
        mood=mood,
    )
    return Cast(scene, hero)


def _light(look: Look, rng: random.Random) -> SceneLight:
    elevation, softness, warmth = look.light
    return SceneLight(
        side="left" if rng.random() < 0.6 else "right",
        elevation=elevation + rng.uniform(-6, 6),
        softness=softness,
        warmth=warmth,
    )


def _hero(hero: str | None, look: Look, palette: ScenePalette, rng: random.Random) -> list[SceneObject]:
    if hero is None:
        return []
    material = _material(hero, rng.choice(look.materials), rng.randrange(12))
    color: ColorRole = "metal" if hero in METALLIC else "subject"
    second: ColorRole = "metal" if palette.scheme == "dark" or rng.random() < 0.4 else "accent"
    return [
        SceneObject(
            id=1,
            kind=hero,
            role="subject",
            material=material,
            color=color,
            second_color=second,
            seed=rng.randrange(1 << 16),
        )
    ]


def _natural(item: SceneObject, palette: ScenePalette) -> SceneObject:
    """Leaves in the greenest colour there is, their pots in the warmest; crusts golden; lanterns and autumn leaves never
    blue."""
    if item.kind in LEAFY:
        leaf = _nearest_role(palette, GREEN, 75, ("subject", "second", "accent"))
        pot = _nearest_role(palette, 55, 60, ("accent", "second", "subject"))
        second: ColorRole = pot if pot is not None and pot != leaf else "metal"
        return item if leaf is None else item.model_copy(update={"color": leaf, "second_color": second})
    if item.kind in BAKED:
        crust = _nearest_role(palette, CRUST, 32, ("accent", "metal", "subject", "second"))
        return item if crust is None else item.model_copy(update={"color": crust, "second_color": "accent"})
    if item.kind in GLOWING:
        warm = _nearest_role(palette, RED, 60, (item.color, "subject", "accent", "second"))
        return item if warm is None else item.model_copy(update={"color": warm})
    return item


def _by_convention(item: SceneObject, palette: ScenePalette, rising: Rising) -> SceneObject:
    """A chart whose rises and falls have the market's colours as far as the palette has them, and never each other's."""
    if item.kind not in CHARTS:
        return item
    up, down = (RED, GREEN) if rising == "red" else (GREEN, RED)
    roles: tuple[ColorRole, ...] = ("subject", "accent", "second", "metal")
    rises = _nearest_role(palette, up, 40, roles) or _far_from(palette, down, roles)
    falls = _nearest_role(palette, down, 55, roles) or _far_from(palette, up, tuple(r for r in roles if r != rises))
    return item.model_copy(update={"color": rises, "second_color": falls})


def _far_from(palette: ScenePalette, hue: float, roles: tuple[ColorRole, ...]) -> ColorRole:
    """The first role whose colour nobody takes for one of that hue."""
    return next((role for role in roles if _nearest_role(palette, hue, 70, (role,)) is None), "paper")


def _unlike(item: SceneObject, hero: SceneObject) -> SceneObject:
    """What stands beside the hero in another colour than the hero's, so that one thing carries the picture."""
    if item.role != "companion" or item.color != hero.color or item.kind in METALLIC:
        return item
    return item.model_copy(update={"color": "subject" if hero.color == "second" else "second"})


def _nearest_role(palette: ScenePalette, hue: float, reach: float, roles: tuple[ColorRole, ...]) -> ColorRole | None:
    """The first role whose colour is colourful and within `reach` degrees of a hue."""

    def fits(role: ColorRole) -> bool:
        _, chroma, own = oklch(getattr(palette, role))
        return chroma > 0.04 and hue_distance(own, hue) <= reach

    return next((role for role in roles if fits(role)), None)


def _stage(mood: Mood, rng: random.Random) -> SceneObject:
    kind = rng.choice(STAGES[mood])
    return SceneObject(
        id=2,
        kind=kind,
        role="stage",
        material="satin",
        color="second",
        second_color="metal",
        seed=rng.randrange(1 << 16),
    )


def _material(kind: str, preferred: MaterialSlug, turn: int) -> MaterialSlug:
    if kind in METALLIC:
        return "metal"
    chosen = suited(kind, preferred, turn)
    if kind in SUITED:
        return chosen
    return _PLAIN.get(chosen, chosen)


# What needs a shape made for it becomes the nearest that suits any.
_PLAIN: dict[MaterialSlug, MaterialSlug] = {
    "metal": "satin", "glass": "gloss", "frosted": "satin", "foil": "gloss", "cloth": "matte", "paper": "matte",
}  # fmt: skip


def _company(
    hero: str | None, wanted: Sequence[str], refused: set[str], look: Look, rng: random.Random
) -> list[SceneObject]:
    known = {slug: kind for slug, kind in kinds().items() if slug not in refused}
    others = [kind for kind in dict.fromkeys(wanted) if kind in known and kind != hero]
    far = [kind for kind in others if kind in BACKDROPS][:1]
    near = [kind for kind in others if kind not in BACKDROPS]
    standing = _some(_that("stands", near), _that("stands", look.companions, known), 3, hero, rng)
    left = [kind for kind in near if kind not in standing]
    hanging = _some(_that("floats", left), _that("floats", look.floating, known), 3, hero, rng)
    soft = _some([], [kind for kind in look.foreground if kind in known], 2, hero, rng)
    cast = [_prop(10 + i, kind, "companion", look, rng) for i, kind in enumerate(standing)]
    cast += [_prop(19, kind, "floating", look, rng) for kind in far]
    cast += [_prop(20 + i, kind, "floating", look, rng) for i, kind in enumerate(_repeated(hanging, look.floats))]
    cast += [_prop(40 + i, kind, "foreground", look, rng) for i, kind in enumerate(soft)]
    return _at_least(cast, look, rng)[:12]


def _that(can: str, names: Sequence[str], known: Mapping[str, Kind] | None = None) -> list[str]:
    """Those of the kinds that stand, or float."""
    table = kinds() if known is None else known
    return [name for name in names if name in table and getattr(table[name], can)]


def _some(first: list[str], then: list[str], count: int, hero: str | None, rng: random.Random) -> list[str]:
    """The brief's own kinds first, filled up with a seeded choice of the mood's."""
    chosen = first[:count]
    pool = [kind for kind in then if kind not in chosen and kind != hero]
    rng.shuffle(pool)
    return (chosen + pool)[:count]


def _repeated(kinds_: list[str], count: int) -> list[str]:
    return [kinds_[i % len(kinds_)] for i in range(count)] if kinds_ else []


def _at_least(cast: list[SceneObject], look: Look, rng: random.Random) -> list[SceneObject]:
    """At least four beside the hero, so that no stage is bare."""
    known = kinds()
    fallback = [k for k in ANYWAY if k in known] or sorted(known)[:3]
    for i in range(max(0, 4 - len(cast))):
        kind = fallback[i % len(fallback)]
        cast.append(_prop(60 + i, kind, "floating" if known[kind].floats else "companion", look, rng))
    return cast


_SIZES: dict[str, tuple[float, float]] = {
    "companion": (0.75, 1.1),
    "floating": (0.7, 1.2),
    "foreground": (0.9, 1.3),
    "backdrop": (1.1, 1.3),
}


def _prop(id: int, kind: str, role: ObjectRole, look: Look, rng: random.Random) -> SceneObject:
    low, high = _SIZES[role]
    colors: Iterable[ColorRole] = (
        ("second", "accent", "second", "subject") if role != "floating" else ("accent", "second", "subject")
    )
    color: ColorRole = "metal" if kind in METALLIC else rng.choice(tuple(colors))
    return SceneObject(
        id=id,
        kind=kind,
        role=role,
        material=_material(kind, rng.choice(look.materials), rng.randrange(12)),
        color=color,
        second_color="metal" if color != "metal" else "second",
        size=round(rng.uniform(low, high), 2),
        seed=rng.randrange(1 << 16),
    )
