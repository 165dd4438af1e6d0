"""The colours of a variant: the brand's, turned to a mood and checked for reading.

Each mood has several schemes (light, dark, vivid). A scheme says which lightness and colourfulness the ground wants and which
hues suit it; the brand's grounds compete for it, so a brand with one colour stays that colour in every mood, and one with ten
shows ten faces. 60 : 30 : 10 is ground : second : accent. What must hold is held by construction: see `_finish`.
"""

from __future__ import annotations

import random
from dataclasses import dataclass
from typing import Literal

from brand_styles.colors import contrast, difference, from_oklch, hue_distance, luminance, mix, oklch
from brand_styles.style import BrandStyle, Hex
from generation.planning.plan import Mood
from generation.types import ScenePalette

SchemeName = Literal["light", "dark", "vivid"]

SUBJECT_RATIO = 2.4  # asked of subject : ground; the scene's light eats some of it, 2.0 must remain
TEXT_RATIO = 4.7  # asked of text : ground; 4.5 must remain
LABEL_RATIO = 4.7


@dataclass(frozen=True)
class Scheme:
    """What a mood wants of its ground: OKLCH lightness and chroma, and hues in degrees, best first."""

    name: SchemeName
    lightness: float
    chroma: float
    hues: tuple[float, ...]
    subject: Literal["contrast", "accent", "metal", "pale"] = "contrast"


RED, CORAL, ORANGE, AMBER, LIME, GREEN, TEAL, SKY, BLUE, VIOLET, PINK = 28, 40, 58, 85, 125, 155, 180, 235, 262, 290, 10

SCHEMES: dict[Mood, tuple[Scheme, ...]] = {
    "lively": (
        Scheme("vivid", 0.55, 0.20, (RED, CORAL, VIOLET), "pale"),
        Scheme("light", 0.93, 0.05, (AMBER, CORAL, PINK), "accent"),
        Scheme("vivid", 0.86, 0.15, (AMBER, ORANGE), "accent"),
        Scheme("dark", 0.34, 0.13, (RED, VIOLET), "metal"),
    ),
    "elegant": (
        Scheme("dark", 0.29, 0.07, (BLUE, GREEN, VIOLET), "metal"),
        Scheme("light", 0.92, 0.03, (PINK, AMBER, TEAL), "contrast"),
        Scheme("dark", 0.34, 0.06, (GREEN, TEAL), "pale"),
    ),
    "fresh": (
        Scheme("light", 0.90, 0.07, (GREEN, LIME, TEAL), "contrast"),
        Scheme("light", 0.91, 0.05, (SKY, TEAL), "contrast"),
        Scheme("vivid", 0.50, 0.11, (GREEN, TEAL), "pale"),
    ),
    "luxury": (
        Scheme("dark", 0.22, 0.015, (AMBER, RED), "metal"),
        Scheme("dark", 0.29, 0.06, (GREEN, TEAL, BLUE), "metal"),
        Scheme("dark", 0.29, 0.09, (RED, PINK), "metal"),
    ),
    "calm": (
        Scheme("light", 0.91, 0.035, (SKY, BLUE, TEAL), "contrast"),
        Scheme("light", 0.94, 0.03, (AMBER, ORANGE), "contrast"),
        Scheme("dark", 0.36, 0.06, (TEAL, BLUE), "pale"),
    ),
    "playful": (
        Scheme("light", 0.88, 0.08, (PINK, CORAL, VIOLET), "accent"),
        Scheme("vivid", 0.87, 0.15, (AMBER, LIME), "accent"),
        Scheme("light", 0.89, 0.07, (SKY, TEAL, VIOLET), "accent"),
        Scheme("vivid", 0.52, 0.19, (VIOLET, PINK, BLUE), "pale"),
    ),
    "tech": (
        Scheme("vivid", 0.44, 0.19, (VIOLET, BLUE), "pale"),
        Scheme("dark", 0.25, 0.08, (BLUE, VIOLET), "accent"),
        Scheme("light", 0.93, 0.035, (BLUE, SKY, VIOLET), "contrast"),
    ),
    "warm": (
        Scheme("light", 0.95, 0.04, (AMBER, ORANGE, CORAL), "accent"),
        Scheme("vivid", 0.52, 0.18, (RED, CORAL), "metal"),
        Scheme("light", 0.88, 0.07, (CORAL, PINK), "accent"),
    ),
}  # fmt: skip


def scheme_of(mood: Mood, turn: int, *, warm: bool = False) -> Scheme:
    """The scheme of a variant: `turn` walks the mood's schemes; `warm` passes over the cold ones."""
    schemes = SCHEMES[mood]
    if warm:
        schemes = tuple(s for s in schemes if hue_distance(s.hues[0], ORANGE) <= 60) or schemes
    return schemes[turn % len(schemes)]


def palette_for(
    brand: BrandStyle, scheme: Scheme, rng: random.Random, *, subject_hue: float | None = None
) -> ScenePalette:
    """The brand's colours in a scheme. `subject_hue`: a hue in degrees that the subject must have (a product's, a rose's)."""
    ground = _ground(brand, scheme)
    second = _pick(_all(brand, "second"), lambda c: _second_score(c, ground), rng)
    subject = _subject(brand, scheme, ground, second, subject_hue, rng)
    accent = _pick(_all(brand, "accent"), lambda c: _accent_score(c, ground, subject, second), rng)
    metal = _metal(brand, ground)
    return _finish(brand, scheme.name, ground, subject, second, accent, metal)


def _all(brand: BrandStyle, *roles: str) -> tuple[Hex, ...]:
    """The brand's colours of these roles; of any role where it has none of them."""
    chosen = tuple(c for role in roles for c in brand.colors(role))
    return chosen or tuple(swatch.hex for swatch in brand.palette)


def _ground(brand: BrandStyle, scheme: Scheme) -> Hex:
    """The brand's ground nearest to what the scheme wants, pulled the rest of the way in lightness and chroma, not in hue."""

    def cost(color: Hex) -> float:
        lightness, chroma, hue = oklch(color)
        grey = max(0.0, 1 - chroma / 0.02)
        hue_cost = min(hue_distance(hue, h) + 12 * i for i, h in enumerate(scheme.hues)) / 90
        return 2.2 * abs(lightness - scheme.lightness) + 1.5 * abs(chroma - scheme.chroma) + hue_cost * (1 - 0.6 * grey)

    lightness, chroma, hue = oklch(min(_all(brand, "ground"), key=lambda c: (cost(c), c)))
    return from_oklch(lightness + (scheme.lightness - lightness) * 0.75, chroma + (scheme.chroma - chroma) * 0.5, hue)


def _pick(colors: tuple[Hex, ...], score: object, rng: random.Random) -> Hex:
    """One of the two best-scored colours, the best three times in four."""
    assert callable(score)  # noqa: S101
    ranked = sorted(colors, key=lambda c: (-float(score(c)), c))
    close = len(ranked) > 1 and float(score(ranked[0])) - float(score(ranked[1])) < 0.25
    return ranked[1] if close and rng.random() < 0.25 else ranked[0]


def _second_score(color: Hex, ground: Hex) -> float:
    """A stage colour: near the ground in hue, apart in lightness, never the ground again."""
    lightness, chroma, hue = oklch(color)
    base, _, ground_hue = oklch(ground)
    apart = min(abs(lightness - base), 0.3) / 0.3
    kin = 1 - hue_distance(hue, ground_hue) / 180
    return apart + 0.9 * kin + min(chroma, 0.12) * 2


def _accent_score(color: Hex, ground: Hex, subject: Hex, second: Hex) -> float:
    """An accent stands out from all three others and is colourful."""
    least = min(difference(color, ground), 0.8 * difference(color, second) + 8, 0.5 * difference(color, subject) + 20)
    return min(least, 55) / 25 + oklch(color)[1] * 3


def _subject(brand: BrandStyle, scheme: Scheme, ground: Hex, second: Hex, hue: float | None, rng: random.Random) -> Hex:
    """The hero's colour, before its contrast is made sure of."""
    if hue is not None:
        return from_oklch(0.62, 0.17, hue)
    base_hue = oklch(ground)[2]
    if scheme.subject == "metal":
        return _pick(_all(brand, "metal"), lambda c: contrast(c, ground) / 8, rng)
    if scheme.subject == "pale":
        warm = _pick(
            _all(brand, "second", "accent"), lambda c: oklch(c)[0] + hue_distance(oklch(c)[2], base_hue) / 400, rng
        )
        lightness, chroma, pale_hue = oklch(warm)
        return from_oklch(max(lightness, 0.87), min(chroma, 0.10), pale_hue)
    pool = _all(brand, "accent", "second") if scheme.subject == "accent" else _all(brand, "second", "accent", "ground")
    return _pick(pool, lambda c: _hero_score(c, ground), rng)


def _hero_score(color: Hex, ground: Hex) -> float:
    lightness, chroma, hue = oklch(color)
    _, ground_chroma, ground_hue = oklch(ground)
    away = hue_distance(hue, ground_hue) / 180 if ground_chroma > 0.02 else 0.4
    return chroma * 4 + away * 0.5 + min(contrast(color, ground), 4) / 4


def _metal(brand: BrandStyle, ground: Hex) -> Hex:
    """The brand's metal that is nearest in warmth to the ground; gold where it has none."""
    metals = brand.colors("metal") or ("#D9AE52",)
    return max(metals[:2], key=lambda c: (contrast(c, ground), c))


def _finish(
    brand: BrandStyle, name: SchemeName, ground: Hex, subject: Hex, second: Hex, accent: Hex, metal: Hex
) -> ScenePalette:
    """Make what was chosen legible: move lightness, never hue, until each pair reaches its ratio."""
    inks, papers = brand.colors("ink") or ("#241A18",), brand.colors("paper") or ("#FFF9F2",)
    dark_type = contrast(ground, inks[0]) >= contrast(ground, papers[0])
    ground, deep = _legible_ground(ground, inks[0] if dark_type else papers[0], dark_type)
    text = _nearest_hue(inks, ground) if dark_type else papers[0]
    text = text if _least(text, ground, deep) >= TEXT_RATIO else (inks[0] if dark_type else papers[0])
    subject = _apart(subject, ground, SUBJECT_RATIO)
    second = _distinct(second, (ground,), 14)
    accent = _distinct(accent, (ground, subject), 22)
    accent, on_accent = _label(accent, inks[0], papers[0])
    return ScenePalette(
        ground=ground, ground_deep=deep, subject=subject, second=second, accent=accent, metal=metal, text=text,
        text_soft=_softened(text, ground, deep), on_accent=on_accent, scheme=name,
    )  # fmt: skip


def _least(color: Hex, *grounds: Hex) -> float:
    return min(contrast(color, ground) for ground in grounds)


def _nearest_hue(colors: tuple[Hex, ...], ground: Hex) -> Hex:
    hue = oklch(ground)[2]
    return min(colors, key=lambda c: (hue_distance(oklch(c)[2], hue), c))


def _legible_ground(ground: Hex, text: Hex, dark_type: bool) -> tuple[Hex, Hex]:
    """Ground and its fall-off: lighter under dark type, deeper under light type, until both carry it."""
    lightness, chroma, hue = oklch(ground)
    for _ in range(60):
        ground = from_oklch(lightness, chroma, hue)
        deep = from_oklch(lightness - (0.07 if lightness > 0.5 else 0.06), chroma * 1.12, hue)
        if _least(text, ground, deep) >= TEXT_RATIO:
            break
        lightness += 0.01 if dark_type else -0.01
    return ground, deep


def _apart(color: Hex, ground: Hex, ratio: float) -> Hex:
    """`color` with its lightness moved away from the ground's until the contrast is `ratio`; the nearer way that can reach it."""
    if contrast(color, ground) >= ratio:
        return color
    lightness, chroma, hue = oklch(color)
    lighter = next((c for c in _walk(lightness, chroma, hue, 0.01) if _clears(c, ground, ratio, up=True)), None)
    darker = next((c for c in _walk(lightness, chroma, hue, -0.01) if _clears(c, ground, ratio, up=False)), None)
    found = [c for c in (lighter, darker) if c is not None]
    return min(found, key=lambda c: abs(oklch(c)[0] - lightness)) if found else color


def _walk(lightness: float, chroma: float, hue: float, step: float) -> list[Hex]:
    """The colour's ladder in one direction, between near-black and near-white."""
    steps = int((0.97 - lightness) / 0.01 if step > 0 else (lightness - 0.18) / 0.01)
    return [from_oklch(lightness + step * i, chroma, hue) for i in range(max(steps, 0) + 1)]


def _clears(color: Hex, ground: Hex, ratio: float, *, up: bool) -> bool:
    return contrast(color, ground) >= ratio and (luminance(color) > luminance(ground)) == up


def _distinct(color: Hex, others: tuple[Hex, ...], least: float) -> Hex:
    """`color`, lightness moved by the smallest step that sets it `least` (ΔE2000) apart from all the others."""
    lightness, chroma, hue = oklch(color)
    for step in range(0, 50):
        for way in (-1, 1):
            moved = from_oklch(min(max(lightness + way * step * 0.01, 0.2), 0.96), chroma, hue)
            if all(difference(moved, other) >= least for other in others):
                return moved
    return color


def _label(accent: Hex, ink: Hex, paper: Hex) -> tuple[Hex, Hex]:
    """An accent and the type on it: the nearer of ink and paper, the accent nudged until it reads."""
    on_accent = max((ink, paper), key=lambda c: contrast(c, accent))
    lightness, chroma, hue = oklch(accent)
    step = -0.01 if on_accent == paper else 0.01
    while contrast(on_accent, accent) < LABEL_RATIO and 0.2 < lightness < 0.97:
        lightness += step
        accent = from_oklch(lightness, chroma, hue)
    return accent, on_accent


def _softened(text: Hex, ground: Hex, deep: Hex) -> Hex:
    """Type a little quieter than the headline's, still at the ratio on both grounds."""
    for amount in (0.22, 0.16, 0.1, 0.05):
        soft = mix(text, ground, amount)
        if _least(soft, ground, deep) >= TEXT_RATIO:
            return soft
    return text
