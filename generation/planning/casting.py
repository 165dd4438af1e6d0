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
from generation.planning.drawables import kinds
from generation.planning.plan import Mood
from generation.scenes.graph import ColorRole, MaterialSlug, ObjectRole, SceneGraph, SceneLight, SceneObject
from generation.types import ScenePalette

if TYPE_CHECKING:
    from generation.scenes.primitives import Kind


def _words(*lines: str) -> frozenset[str]:
    return frozenset(word for line in lines for word in line.split())


# Too small, too plain or too soft to carry a poster alone.
_NEVER_HERO = _words(
    "confetti ribbon ribbon-bow cloud auspicious-cloud leaf maple-leaf petal star heart coin token-coin holed-coin",
    "snowflake water-drop firework firecrackers balloon plus-sign percent-sign arrow-up loop-arrow lightning-bolt smile-curve",
    "full-moon crescent sun branch willow candlesticks receipt couplets papercut skyline hourglass",
)
# What hangs far behind: as large as the set allows, never in front.
_BACKDROPS = _words("full-moon crescent sun firework skyline")


@dataclass(frozen=True)
class Look:
    """How a mood dresses a stage. Sets, compositions and props are drawn from these by the variant's seed."""

    sets: tuple[str, ...]
    compositions: tuple[str, ...]
    hero: tuple[str, ...]  # where nothing in the brief says what to show
    companions: tuple[str, ...]
    floating: tuple[str, ...]
    foreground: tuple[str, ...]
    materials: tuple[MaterialSlug, ...]  # hero's, by variant
    light: tuple[float, float, float]  # elevation in degrees, softness, warmth
    floats: int


def _look(
    sets: str, compositions: str, hero: str, companions: str, floating: str, foreground: str, materials: str,
    light: tuple[float, float, float], floats: int,
) -> Look:  # fmt: skip
    stuffs: tuple[MaterialSlug, ...] = tuple(materials.split())  # type: ignore[arg-type]
    return Look(
        tuple(sets.split()), tuple(compositions.split()), tuple(hero.split()), tuple(companions.split()),
        tuple(floating.split()), tuple(foreground.split()), stuffs, light, floats,
    )  # fmt: skip


LOOKS: dict[Mood, Look] = {
    "lively": _look(
        "curtain arch disc rays", "center pedestal-row low", "gift-box shopping-bag megaphone",
        "shopping-bag coin-stack balloon gift-box drum", "coin star confetti balloon coupon", "ribbon coin confetti",
        "gloss satin", (52, 0.35, 0.35), 6,
    ),
    "elegant": _look(
        "disc arch window waves", "third-right center third-left", "vase teapot perfume-bottle gift-box",
        "candle vase folding-fan lotus", "petal flower", "branch willow petal", "satin matte", (40, 0.7, 0.15), 3,
    ),
    "fresh": _look(
        "hills window arch clouds", "third-right low center", "sprout plant watering-can", "plant watering-can pebble round-tree",
        "leaf petal water-drop cloud", "leaf branch", "satin clay matte", (55, 0.6, 0.05), 4,
    ),
    "luxury": _look(
        "curtain steps disc night", "center third-right still-life", "crown perfume-bottle credit-card ingot",
        "candle coin-stack perfume-bottle gift-box", "coin star ribbon", "ribbon coin", "metal gloss", (34, 0.5, 0.3), 3,
    ),
    "calm": _look(
        "window sweep hills waves", "still-life third-left third-right", "umbrella pebble coin-jar shield", "pebble plant cup booklet",
        "leaf cloud", "leaf willow", "matte satin clay", (45, 0.85, 0.1), 2,
    ),
    "playful": _look(
        "disc clouds tunnel steps", "floating center pedestal-row", "blind-box piggy-bank backpack", "balloon candy pencil gift-box",
        "star heart candy confetti", "cloud confetti candy", "clay gloss", (58, 0.5, 0.15), 6,
    ),
    "tech": _look(
        "tunnel steps night disc", "floating third-right center", "phone laptop headphones credit-card",
        "credit-card linked-blocks shield lock", "credit-card token-coin lightning-bolt linked-blocks", "token-coin",
        "gloss glass metal", (48, 0.4, -0.3), 5,
    ),
    "warm": _look(
        "arch window disc clouds", "center third-left low", "lantern gift-box teapot cup", "persimmon teapot candle cup flower",
        "petal star cloud", "branch petal", "satin clay paper", (42, 0.65, 0.5), 4,
    ),
}  # fmt: skip

_ANYWAY = ("star", "leaf", "cloud", "petal", "coin")
_METALLIC = _words("coin token-coin coin-stack holed-coin ingot gold-bar crown trophy bell ring medal key")
_PAPERY = _words(
    "red-envelope coupon price-tag calendar love-letter papercut booklet firecrackers fu-diamond receipt couplets kite confetti"
)


_LEAFY = _words("leaf sprout plant round-tree pine-tree christmas-tree willow watering-can kite zongzi sprouting-coins")
_GLOWING = _words(
    "lantern red-envelope fu-diamond firecrackers chinese-knot drum maple-leaf pumpkin persimmon peach sun sunrise rose couplets"
)
_GREEN, _RED = 150.0, 35.0  # degrees of hue


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
        k for k in (*wanted, *LOOKS[mood].hero, *_ANYWAY) if k in known and k not in _NEVER_HERO and known[k].stands
    )
    return asked or next(worthy, None) or sorted(known)[0]


def cast(
    *, hero: str | None, wanted: Sequence[str], refused: Sequence[str] = (), mood: Mood, palette: ScenePalette, seed: int,
    variant: int, product_aspect: float | None = None,
) -> Cast:  # fmt: skip
    """A scene of 5 to 14 objects. `hero` None with `product_aspect`: an uploaded cut-out stands where the hero would."""
    rng = random.Random(seed * 7919 + variant)
    look = LOOKS[mood]
    objects = [*_hero(hero, look, palette, rng), _stage(mood, rng), *_company(hero, wanted, set(refused), look, rng)]
    objects = [_natural(item, palette) for item in objects]
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
    material = _material(hero, rng.choice(look.materials))
    color: ColorRole = "metal" if hero in _METALLIC else "subject"
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
    """Leaves in the greenest colour there is, their pots in the warmest; lanterns and autumn leaves never blue."""
    if item.kind in _LEAFY:
        leaf = _nearest_role(palette, _GREEN, 75, ("subject", "second", "accent"))
        pot = _nearest_role(palette, 55, 60, ("accent", "second", "subject"))
        second: ColorRole = pot if pot is not None and pot != leaf else "metal"
        return item if leaf is None else item.model_copy(update={"color": leaf, "second_color": second})
    if item.kind in _GLOWING:
        warm = _nearest_role(palette, _RED, 60, (item.color, "subject", "accent", "second"))
        return item if warm is None else item.model_copy(update={"color": warm})
    return item


def _nearest_role(palette: ScenePalette, hue: float, reach: float, roles: tuple[ColorRole, ...]) -> ColorRole | None:
    """The first role whose colour is colourful and within `reach` degrees of a hue."""

    def fits(role: ColorRole) -> bool:
        _, chroma, own = oklch(getattr(palette, role))
        return chroma > 0.04 and hue_distance(own, hue) <= reach

    return next((role for role in roles if fits(role)), None)


_STAGES: dict[Mood, tuple[str, ...]] = {
    "lively": ("podium",),
    "elegant": ("podium", "podium-drum"),
    "fresh": ("podium", "podium-block"),
    "luxury": ("podium-drum", "podium-block"),
    "calm": ("podium-block", "podium"),
    "playful": ("podium", "podium-drum"),
    "tech": ("podium-block", "podium"),
    "warm": ("podium", "podium-drum"),
}


def _stage(mood: Mood, rng: random.Random) -> SceneObject:
    kind = rng.choice(_STAGES[mood])
    return SceneObject(
        id=2,
        kind=kind,
        role="stage",
        material="satin",
        color="second",
        second_color="metal",
        seed=rng.randrange(1 << 16),
    )


def _material(kind: str, preferred: MaterialSlug) -> MaterialSlug:
    if kind in _METALLIC:
        return "metal"
    if kind in _PAPERY:
        return "paper" if preferred in ("paper", "clay", "matte") else "satin"
    return "satin" if preferred == "metal" else preferred


def _company(
    hero: str | None, wanted: Sequence[str], refused: set[str], look: Look, rng: random.Random
) -> list[SceneObject]:
    known = {slug: kind for slug, kind in kinds().items() if slug not in refused}
    others = [kind for kind in dict.fromkeys(wanted) if kind in known and kind != hero]
    far = [kind for kind in others if kind in _BACKDROPS][:1]
    near = [kind for kind in others if kind not in _BACKDROPS]
    standing = _some(_that("stands", near), _that("stands", look.companions, known), 3, hero, rng)
    left = [kind for kind in near if kind not in standing]
    hanging = _some(_that("floats", left), _that("floats", look.floating, known), 3, hero, rng)
    soft = _some([], [kind for kind in look.foreground if kind in known], 2, hero, rng)
    cast = [_prop(10 + i, kind, "companion", look, rng) for i, kind in enumerate(standing)]
    cast += [_prop(20 + i, kind, "floating", look, rng) for i, kind in enumerate(_repeated(hanging, look.floats))]
    cast += [_prop(40 + i, kind, "foreground", look, rng) for i, kind in enumerate(soft)]
    cast += [_prop(50, kind, "backdrop", look, rng) for kind in far]
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
    fallback = [k for k in _ANYWAY if k in known] or sorted(known)[:3]
    for i in range(max(0, 4 - len(cast))):
        kind = fallback[i % len(fallback)]
        cast.append(_prop(60 + i, kind, "floating" if known[kind].floats else "companion", look, rng))
    return cast


_SIZES: dict[str, tuple[float, float]] = {
    "companion": (0.75, 1.1),
    "floating": (0.7, 1.2),
    "foreground": (0.9, 1.3),
    "backdrop": (1.3, 1.6),
}


def _prop(id: int, kind: str, role: ObjectRole, look: Look, rng: random.Random) -> SceneObject:
    low, high = _SIZES[role]
    colors: Iterable[ColorRole] = (
        ("second", "accent", "second") if role != "floating" else ("accent", "second", "subject")
    )
    color: ColorRole = "metal" if kind in _METALLIC else rng.choice(tuple(colors))
    return SceneObject(
        id=id,
        kind=kind,
        role=role,
        material=_material(kind, rng.choice(look.materials)),
        color=color,
        second_color="metal" if color != "metal" else "second",
        size=round(rng.uniform(low, high), 2),
        seed=rng.randrange(1 << 16),
    )
