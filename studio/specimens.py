"""A brand's style as a specimen shows it: colours with what can be read on them, faces, logos on grounds, rules in plain words."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from brand_styles.colors import contrast, luminance
from brand_styles.licences import keyed
from brand_styles.logos import near
from brand_styles.rules.loader import load_for
from brand_styles.rules.types import Rule
from brand_styles.style import BrandStyle, Swatch
from brand_styles.words import Words
from generation.errors import PermanentError
from generation.layout.ai_label import AiLabel, label_for
from generation.planning.concepts import by_name
from generation.typography.faces import FACES, companion_of, face_of, file_of, nearest_weight
from studio.pixel_specimen import PixelGroups, pixel_groups

READABLE, LARGE = 4.5, 3.0  # WCAG 2.2, 1.4.3: text, and text of 24 px and more
ROLES = ("ground", "second", "accent", "ink", "paper", "metal")
# The opening of the Thousand Character Classic, and a line with every Latin letter.
SAMPLE_ZH, SAMPLE_EN = "天地玄黄，宇宙洪荒。日月盈昃，辰宿列张。", "Sphinx of black quartz, judge my vow."
FIGURES = "0123456789 ¥ £ $ % ."
SAMPLES = {"zh": SAMPLE_ZH, "en": SAMPLE_EN, "figures": FIGURES}


@dataclass(frozen=True)
class On:
    """A text colour on a ground, with its contrast."""

    swatch: Swatch
    ratio: float

    @property
    def grade(self) -> str:
        return "text" if self.ratio >= READABLE else "large" if self.ratio >= LARGE else "none"


@dataclass(frozen=True)
class Tile:
    """A colour, and the text colours of the brand that stand on it, the most readable first."""

    swatch: Swatch
    on: tuple[On, ...]
    logo: int | None = None  # the place of the logo that is drawn for such a ground


@dataclass(frozen=True)
class Face:
    key: str
    name: Words
    use: str  # "text", "display_zh", "display_latin"
    weights: tuple[int, ...]
    companion: str


@dataclass(frozen=True)
class RuleGroups:
    """Rules on copy by what they ask: never said, said with care, must be there."""

    never: tuple[Rule, ...]
    care: tuple[Rule, ...]
    needed: tuple[Rule, ...]
    version: str


@dataclass(frozen=True)
class Specimen:
    style: BrandStyle
    palette: tuple[tuple[str, tuple[Tile, ...]], ...]
    grounds: tuple[Tile, ...]
    faces: tuple[Face, ...]
    glossary: tuple[tuple[str, Words], ...]
    rules: RuleGroups
    pixels: PixelGroups
    label: AiLabel

    @property
    def label_language(self) -> str:
        """The language in which the market's label is written first."""
        return "zh" if self.style.market == "cn" else "en"

    @property
    def label_percent(self) -> int:
        return round(self.label.ink_share * 100)


def specimen_of(style: BrandStyle) -> Specimen:
    tiles = [_tile(style, swatch) for swatch in style.palette]
    roles = tuple((role, found) for role in ROLES if (found := tuple(t for t in tiles if t.swatch.role == role)))
    return Specimen(
        style=style,
        palette=roles,
        grounds=tuple(t for t in tiles if t.swatch.role in ("ground", "paper") and t.logo is not None),
        faces=faces_of(style),
        glossary=tuple((term.term, _meaning(term.concept)) for term in style.glossary),
        rules=rules_of(style),
        pixels=pixel_groups(style),
        label=label_for(style.market),
    )


def _tile(style: BrandStyle, swatch: Swatch) -> Tile:
    texts = [other for other in style.palette if other.role in ("ink", "paper") and other != swatch]
    on = sorted((On(other, contrast(swatch.hex, other.hex)) for other in texts), key=lambda each: -each.ratio)
    return Tile(swatch, tuple(on[:3]), _logo_for(style, swatch.hex))


def _logo_for(style: BrandStyle, ground: str) -> int | None:
    """The logo that was drawn for a ground of that lightness, or another that may stand on it; None where none may."""
    wanted = "light" if luminance(ground) > 0.18 else "dark"  # 0.18: halfway to the eye
    allowed = [
        place for place, logo in enumerate(style.logos) if not any(near(ground, colour) for colour in logo.forbidden)
    ]
    return min(allowed, key=lambda place: (style.logos[place].ground != wanted, place), default=None)


def faces_of(style: BrandStyle) -> tuple[Face, ...]:
    """The brand's faces in the order of their size on a poster; one that serves twice is shown once."""
    uses = (
        ("display_zh", style.typefaces.display_zh),
        ("display_latin", style.typefaces.display_latin),
        ("text", style.typefaces.text),
    )
    own = keyed(style.fonts)
    shown: dict[str, Face] = {}
    for use, key in uses:
        if (key in FACES or key in own) and key not in shown:
            try:
                face = face_of(key)
            except PermanentError:  # an uploaded file is gone: the draft's page says so, where it is chosen
                continue
            shown[key] = Face(key, face.name, use, tuple(sorted(face.files)), face.companion)
    return tuple(shown.values())


def weights_shown(style: BrandStyle) -> tuple[tuple[str, int], ...]:
    """(face, weight) of every font file that a specimen is set in, companions included."""
    pairs = {(face.key, weight) for face in faces_of(style) for weight in face.weights}
    pairs |= {companion_of(key, weight)[:2] for key, weight in pairs}
    return tuple(sorted(pairs))


def _meaning(concept: str) -> Words:
    found = by_name(concept)
    return Words(en=found.en, zh=found.zh) if found else Words(en=concept, zh=concept)


def rules_of(style: BrandStyle) -> RuleGroups:
    """The rules that hold for this brand's market and trade. A rule that is harsher in the trade counts as it does there."""
    rules = load_for(style)
    needed = [rule for rule in rules.rules if rule.kind == "required"]
    others = [rule for rule in rules.rules if rule.kind != "required"]
    never = [
        rule
        for rule in others
        if rule.id not in rules.assumed and (rule.severity == "block" or rules.tags & set(rule.raised))
    ]
    care = [rule for rule in others if rule not in never]
    return RuleGroups(tuple(never), tuple(care), tuple(needed), rules.version)


def characters(style: BrandStyle) -> str:
    """Every character that a specimen is set in."""
    said = (*SAMPLES.values(), style.name.en, style.name.zh)
    return "".join(sorted(set("".join(said))))


def specimen_face(style: BrandStyle, key: str, weight: int) -> bytes:
    """A face cut to what the style's specimen says, as WOFF. KeyError for a face or weight that is neither shipped nor the brand's, and for
    one whose maker lets nobody cut it or show it on a page (fsType)."""
    own = keyed(style.fonts).get(key)
    if own is None:
        return face_bytes(key, weight, characters(style))
    if any(font.embedding == "preview" or not font.subset for font in own):
        raise KeyError(key)
    try:
        if nearest_weight(key, weight) != weight:
            raise KeyError(key)
        return _cut(file_of(key, weight), characters(style))
    except PermanentError:  # the file is gone
        raise KeyError(key) from None


def face_bytes(key: str, weight: int, text: str) -> bytes:
    """A shipped face's font file cut to the characters of `text`, as WOFF. KeyError for a face or weight that is not ours."""
    if key not in FACES or nearest_weight(key, weight) != weight:
        raise KeyError(key)
    return _cut(file_of(key, weight), text)


@lru_cache(maxsize=512)  # of some 10 kB
def _cut(file: Path, text: str) -> bytes:
    from fontTools import subset

    options = subset.Options()
    options.flavor, options.hinting, options.layout_features = "woff", False, []
    font = subset.load_font(str(file), options)
    cutter = subset.Subsetter(options)
    cutter.populate(text=text)
    cutter.subset(font)
    out = io.BytesIO()
    subset.save_font(font, out, options)
    return out.getvalue()


def stylesheet(style: BrandStyle, address: str) -> str:
    """The specimen's own CSS: its faces, colours and corner. `address` of a face holds KEY and WEIGHT. Nothing in it is free text."""
    faces = [
        f'@font-face {{ font-family: "brand-{key}"; font-weight: {weight}; font-display: swap; '
        f'src: url("{address.replace("KEY", key).replace("WEIGHT", str(weight))}") format("woff"); }}'
        for key, weight in weights_shown(style)
    ]
    families = [
        f'.face-{face.key} {{ font-family: "brand-{face.key}", "brand-{face.companion}", sans-serif; }}'
        for face in faces_of(style)
    ]
    colours = [
        f".bg-{s.hex[1:]} {{ background: {s.hex}; }} .fg-{s.hex[1:]} {{ color: {s.hex}; }}" for s in style.palette
    ]
    corner = f".brand-corner {{ border-radius: {style.corner_radius * 100:g}cqmin; }}"
    heavy = sorted({weight for face in faces_of(style) for weight in face.weights})
    weights = [f".face-lines .w{weight} {{ font-weight: {weight}; }}" for weight in heavy]
    return "\n".join(["@layer brand {", *faces, *families, *weights, *dict.fromkeys(colours), corner, "}"])


def lead_colours(style: BrandStyle, count: int = 6) -> Sequence[str]:
    """The colours that tell the brand at a glance: heaviest first, grounds before the others."""
    order = sorted(style.palette, key=lambda s: (ROLES.index(s.role), -s.weight))
    return [swatch.hex for swatch in order][:count]
