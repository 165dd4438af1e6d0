"""The colours of a variant: the brand's, turned to a scheme and checked for reading.

The brand's colours compete for each role of the scheme; the winner keeps its hue and takes most of the lightness and part of the
colourfulness that the scheme wishes for. So a brand with one colour stays that colour in every mood, and one with ten shows ten
faces. What must hold (contrast, distance) is then held by moving lightness, never hue: see `_finish`.
"""

from __future__ import annotations

from brand_styles.colors import contrast, difference, from_oklch, hue_distance, luminance, mix, oklch, warmth_of
from brand_styles.manners import Warmth
from brand_styles.style import BrandStyle, Hex
from generation.planning.schemes import Scheme, SchemeName
from generation.types import ScenePalette

SUBJECT_RATIO = 2.4  # asked of subject : ground; the scene's light eats some of it, 2.0 must remain
TEXT_RATIO = 4.8  # asked of text : ground; 4.5 must remain
LABEL_RATIO = 4.8
ACCENT_APART, SECOND_APART = 20.0, 9.0  # ΔE2000

_POOLS = {
    "ground": ("ground",),
    "second": ("second", "ground", "accent", "metal"),
    "subject": ("accent", "second", "ground", "metal", "paper"),
    "accent": ("accent", "second", "metal", "ground", "paper"),
}


def palette_for(
    brand: BrandStyle, scheme: Scheme, *, subject_hue: float | None = None, warmth: Warmth = "any"
) -> ScenePalette:
    """The brand's colours in a scheme. `subject_hue`: the hue in degrees of an uploaded product, which the hero then has. `warmth`: what
    the ground should be, where the brand has such a ground."""
    under = _nearest(brand, "ground", scheme.ground, warmth)
    ground = _towards(under, scheme.ground)
    subject = _answer(brand, "subject", scheme.subject)
    if subject_hue is not None:
        lightness, chroma, _ = oklch(subject)
        subject = from_oklch(lightness, max(chroma, 0.09), subject_hue)
    second = _answer(brand, "second", scheme.second)
    pill = _nearest(brand, "accent", scheme.accent)
    accent = _towards(pill, scheme.accent)
    texts = _texts(brand, under), _texts(brand, pill)
    return _finish(brand, scheme.name, ground, subject, second, accent, *texts)


def _answer(brand: BrandStyle, role: str, wish: Hex) -> Hex:
    """The brand colour nearest to a wish, moved towards it."""
    return _towards(_nearest(brand, role, wish), wish)


def _nearest(brand: BrandStyle, role: str, wish: Hex, warmth: Warmth = "any") -> Hex:
    """The brand's own colour nearest to a wish."""
    pool = [(color, rank) for rank, name in enumerate(_POOLS[role]) for color in brand.colors(name)]
    pool = pool or [(swatch.hex, 0) for swatch in brand.palette]
    pool = [entry for entry in pool if warmth_of(entry[0]) == warmth] or pool
    return min(pool, key=lambda entry: (_cost(entry[0], wish) + 0.04 * (entry[1] > 0), entry[0]))[0]


def _towards(color: Hex, wish: Hex) -> Hex:
    """`color` moved towards a wish in lightness and chroma but not in hue."""
    lightness, chroma, hue = oklch(color)
    wished_lightness, wished_chroma, _ = oklch(wish)
    return from_oklch(lightness + 0.85 * (wished_lightness - lightness), chroma + 0.6 * (wished_chroma - chroma), hue)


def _cost(color: Hex, wish: Hex) -> float:
    """How far a colour is from a wish when its lightness can be changed: hue counts most, unless the wish is near grey."""
    lightness, chroma, hue = oklch(color)
    wished_lightness, wished_chroma, wished_hue = oklch(wish)
    vivid = min(1.0, wished_chroma / 0.07) * min(1.0, chroma / 0.04 + 0.3)
    return (
        0.6 * abs(lightness - wished_lightness)
        + 1.6 * abs(chroma - wished_chroma)
        + vivid * hue_distance(hue, wished_hue) / 70
    )


Texts = tuple[tuple[Hex, ...], tuple[Hex, ...]]  # inks, papers; one of them may be empty


def _texts(brand: BrandStyle, swatch: Hex) -> Texts:
    """The brand's inks and papers that it allows on a swatch."""
    inks, papers = brand.colors("ink") or ("#241A18",), brand.colors("paper") or ("#FFF9F2",)
    allowed = brand.manners.texts_on(swatch)
    kept = tuple(c for c in inks if c in allowed), tuple(c for c in papers if c in allowed)
    return kept if any(kept) else (inks, papers)


def _finish(
    brand: BrandStyle,
    name: SchemeName,
    ground: Hex,
    subject: Hex,
    second: Hex,
    accent: Hex,
    on_ground: Texts,
    on_pill: Texts,
) -> ScenePalette:
    """Make what was chosen legible and distinct."""
    inks, papers = on_ground
    dark_type = not papers or (bool(inks) and contrast(ground, inks[0]) >= contrast(ground, papers[0]))
    text = _nearest_hue(inks, ground) if dark_type else papers[0]
    ground, deep = _legible_ground(ground, text, dark_type)
    subject = _apart(subject, ground, SUBJECT_RATIO)
    second = _distinct(second, (ground,), SECOND_APART)
    accent, on_accent = _accent(accent, ground, subject, tuple(colors[0] for colors in on_pill if colors))
    return ScenePalette(
        ground=ground, ground_deep=deep, subject=subject, second=second, accent=accent, metal=_metal(brand, ground),
        text=text, text_soft=_softened(text, ground, deep), on_accent=on_accent, scheme=name,
    )  # fmt: skip


def _metal(brand: BrandStyle, ground: Hex) -> Hex:
    """The brand's first metal, unless the ground is a cool or pink pale one that another suits; gold where it has none."""
    metals = brand.colors("metal") or ("#D9AE52",)
    return max(metals[:2], key=lambda c: (round(contrast(c, ground)), metals.index(c) == 0))


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
        deep = _fall_off(lightness, chroma, hue)
        if _least(text, ground, deep) >= TEXT_RATIO:
            break
        lightness += 0.01 if dark_type else -0.01
    return ground, deep


def _fall_off(lightness: float, chroma: float, hue: float) -> Hex:
    """Where the ground turns from the light: deeper and richer, never greyer."""
    if lightness > 0.7:
        return from_oklch(lightness - 0.09, max(chroma * 1.35, chroma + 0.012), hue)
    return from_oklch(max(lightness - (0.13 if lightness > 0.4 else 0.08), 0.1), chroma, hue)


def _apart(color: Hex, ground: Hex, ratio: float) -> Hex:
    """`color`, its lightness moved until it stands `ratio` off the ground: the shorter of the two ways that gets there."""
    if contrast(color, ground) >= ratio:
        return color
    ways = [_first_clear(color, ground, ratio, step) for step in (0.01, -0.01)]
    found = [c for c in ways if c is not None]
    lightness = oklch(color)[0]
    return min(found, key=lambda c: (abs(oklch(c)[0] - lightness), c)) if found else color


def _first_clear(color: Hex, ground: Hex, ratio: float, step: float) -> Hex | None:
    lightness, chroma, hue = oklch(color)
    for _ in range(90):
        lightness += step
        if not 0.18 <= lightness <= 0.97:
            return None
        moved = from_oklch(lightness, chroma, hue)
        if contrast(moved, ground) >= ratio and (luminance(moved) > luminance(ground)) == (step > 0):
            return moved
    return None


def _distinct(color: Hex, others: tuple[Hex, ...], least: float) -> Hex:
    """`color`, lightness moved by the smallest step that sets it `least` (ΔE2000) apart from all the others."""
    lightness, chroma, hue = oklch(color)
    for step in range(60):
        for way in (-1, 1):
            level = lightness + way * step * 0.01
            moved = from_oklch(level, chroma, hue)
            if 0.2 <= level <= 0.96 and all(difference(moved, other) >= least for other in others):
                return moved
    return color


def _accent(accent: Hex, ground: Hex, subject: Hex, labels: tuple[Hex, ...]) -> tuple[Hex, Hex]:
    """The accent and the type on it: the smallest change of lightness at which it stands apart and its label reads."""
    lightness, chroma, hue = oklch(accent)
    for step in range(70):
        for way in (1, -1):
            level = lightness + way * step * 0.01
            moved = from_oklch(level, chroma, hue)
            label = max(labels, key=lambda c: contrast(c, moved))
            apart = difference(moved, ground) >= ACCENT_APART and difference(moved, subject) >= ACCENT_APART * 0.75
            if 0.25 <= level <= 0.96 and apart and contrast(label, moved) >= LABEL_RATIO:
                return moved, label
    return accent, max(labels, key=lambda c: contrast(c, accent))


def _softened(text: Hex, ground: Hex, deep: Hex) -> Hex:
    """Type a little quieter than the headline's, still at the ratio on both grounds."""
    for amount in (0.22, 0.16, 0.1, 0.05):
        soft = mix(text, ground, amount)
        if _least(soft, ground, deep) >= TEXT_RATIO:
            return soft
    return text
