"""How each mood dresses a stage, and what the object kinds are good for: the tables that casting draws from."""

from __future__ import annotations

from dataclasses import dataclass

from generation.planning.plan import Mood
from generation.scenes.graph import MaterialSlug
from generation.scenes.objects.stuffs import SUITED


def _words(*lines: str) -> frozenset[str]:
    return frozenset(word for line in lines for word in line.split())


# Too small, too plain or too soft to carry a poster alone.
NEVER_HERO = _words(
    "confetti ribbon ribbon-bow cloud auspicious-cloud leaf maple-leaf petal star heart coin token-coin holed-coin",
    "snowflake water-drop firework firecrackers balloon plus-sign percent-sign arrow-up loop-arrow lightning-bolt smile-curve",
    "full-moon crescent sun branch willow candlesticks receipt couplets papercut skyline hourglass",
    "strip-board capsule-strip section-ribbon corner-ribbon pattern-tile number-plate slider skin-frame starburst fine-rings",
)
# Large and single: at most one a scene, placed before the small floating things.
BACKDROPS = _words("full-moon crescent sun firework skyline")


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
        "curtain arch disc rays ribbons round-steps balls", "center pedestal-row low", "gift-box shopping-bag megaphone",
        "shopping-bag coin-stack balloon gift-box drum", "coin star confetti balloon coupon", "ribbon coin confetti",
        "gloss satin", (52, 0.35, 0.35), 6,
    ),
    "elegant": _look(
        "disc arch window waves moon slats leaves", "third-right center third-left", "vase teapot perfume-bottle gift-box",
        "candle vase folding-fan lotus", "petal flower", "branch willow petal", "satin matte", (40, 0.7, 0.15), 3,
    ),
    "fresh": _look(
        "hills window arch clouds leaves panels balls", "third-right low center",
        "sprout plant watering-can", "plant watering-can pebble round-tree",
        "leaf petal water-drop cloud", "leaf branch", "satin clay matte", (55, 0.6, 0.05), 4,
    ),
    "luxury": _look(
        "curtain steps disc night slats round-steps colonnade", "center third-right still-life", "crown perfume-bottle credit-card ingot",
        "candle coin-stack perfume-bottle gift-box", "coin star ribbon", "ribbon coin", "metal gloss", (34, 0.5, 0.3), 3,
    ),
    "calm": _look(
        "window sweep hills waves slats moon panels", "still-life third-left third-right",
        "umbrella pebble coin-jar shield", "pebble plant cup booklet",
        "leaf cloud", "leaf willow", "matte satin clay", (45, 0.85, 0.1), 2,
    ),
    "playful": _look(
        "disc clouds tunnel steps balls ribbons frames", "floating center pedestal-row",
        "blind-box piggy-bank backpack", "balloon candy pencil gift-box",
        "star heart candy confetti", "cloud confetti candy", "clay gloss", (58, 0.5, 0.15), 6,
    ),
    "tech": _look(
        "tunnel steps night disc panels frames round-steps", "floating third-right center", "phone laptop headphones credit-card",
        "credit-card linked-blocks shield lock", "credit-card token-coin lightning-bolt linked-blocks", "token-coin",
        "gloss glass metal", (48, 0.4, -0.3), 5,
    ),
    "warm": _look(
        "arch window disc clouds moon round-steps leaves", "center third-left low",
        "lantern gift-box teapot cup", "persimmon teapot candle cup flower",
        "petal star cloud", "branch petal", "satin clay paper", (42, 0.65, 0.5), 4,
    ),
}  # fmt: skip

ANYWAY = ("star", "leaf", "cloud", "petal", "coin")
METALLIC = _words("fine-rings coin token-coin coin-stack holed-coin ingot gold-bar crown trophy bell ring medal key")


PAPERY = frozenset(kind for kind, own in SUITED.items() if own[0] == "paper")


LEAFY = _words("leaf sprout plant round-tree pine-tree christmas-tree willow watering-can kite zongzi sprouting-coins")
GLOWING = _words(
    "official-hat",
    "lantern red-envelope fu-diamond firecrackers chinese-knot drum maple-leaf pumpkin persimmon peach sun sunrise rose couplets",
)
BAKED = _words("mooncake bun flaky-pastry cake")
GREEN, RED, CRUST = 150.0, 35.0, 72.0  # degrees of hue


STAGES: dict[Mood, tuple[str, ...]] = {
    "lively": ("podium",),
    "elegant": ("podium", "podium-drum"),
    "fresh": ("podium", "podium-block"),
    "luxury": ("podium-drum", "podium-block"),
    "calm": ("podium-block", "podium"),
    "playful": ("podium", "podium-drum"),
    "tech": ("podium-block", "podium"),
    "warm": ("podium", "podium-drum"),
}
