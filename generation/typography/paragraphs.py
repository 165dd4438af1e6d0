"""Shaping of one line: which glyph, from which file, where. Chinese and Latin stand on one baseline.

We place glyphs ourselves because the spacing between scripts, the half-width marks and the larger Latin are decided pair
by pair. A line's measures come from the very outlines that are drawn, so measured and drawn agree at every size.
Lengths are in em of the line's type size; x to the right, y down, the baseline at 0.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from generation.typography.characters import CLOSING, FULL_WIDTH, OPENING, SHARED, STOPS, UNITS_AFTER_FIGURE, kind
from generation.typography.faces import SIGNS, face_of, file_of, glyph_id, pair
from generation.typography.glyphs import UNITS, Glyph, Ink, glyph, kerning, outline

HAN_LATIN = 0.2  # em between Han and Latin letters (a quarter em less the side bearings)
HAN_DIGIT = 0.125
DIGIT_UNIT = 0.05  # 18日, 5折: figure and unit are one word
CENTRED = 0.2  # white left of a stop from which it stands in the middle of its square
MARK_REST = 0.04  # white left of a full-width mark that was halved


@dataclass(frozen=True, slots=True)
class PlacedGlyph:
    """A glyph, its pen position and its scale against the line's em."""

    glyph: Glyph
    x: float
    scale: float
    character: str


@dataclass(frozen=True, slots=True)
class Line:
    """A shaped line. `ink` bounds all of it; `body` is its left and right without marks that may hang at the edges."""

    text: str
    glyphs: tuple[PlacedGlyph, ...]
    ink: Ink
    body: tuple[float, float]

    @property
    def width(self) -> float:
        return self.ink.right - self.ink.left

    @property
    def hang(self) -> tuple[float, float]:
        """How far marks stick out beyond the body at the left and at the right."""
        return self.body[0] - self.ink.left, self.ink.right - self.body[1]


@lru_cache(maxsize=20_000)
def route(character: str, face: str, weight: int, language: str) -> tuple[Path, float]:
    """The file and scale that draw a character in a line set in `face`.

    The other script's companion helps out; a sign (not a letter) that both lack comes from the text face.
    """
    files = pair(face, weight)
    han, latin = files["han"], files["latin"]
    square = kind(character) in ("han", "punctuation") and not (character in SHARED and language == "en")
    order = (han, latin) if square else (latin, han)
    for file, scale in order:
        if glyph_id(file, character):
            return file, scale
    spare = file_of(SIGNS, weight)
    if kind(character) == "sign" and glyph_id(spare, character):
        return spare, 1.0
    return order[0]


@lru_cache(maxsize=8_192)
def shape(text: str, *, language: str, face: str, weight: int, tracking: float = 0.0) -> Line:
    """One line, set. A character that no file has draws its face's empty box (callers check `missing_characters` first).

    Raises PermanentError for an unknown face. `tracking` in em is added between characters.
    """
    placed = tuple(_place(text, language, face, weight, tracking))
    inked = [(p, _ink(p)) for p in placed if p.glyph.ink]
    if not inked:
        return Line(text, placed, Ink(0.0, 0.0, 0.0, 0.0), (0.0, 0.0))
    boxes = [box for _, box in inked]
    ink = Ink(
        min(b.left for b in boxes), min(b.top for b in boxes), max(b.right for b in boxes), max(b.bottom for b in boxes)
    )
    return Line(text, placed, ink, _body(inked, ink))


def _place(text: str, language: str, face: str, weight: int, tracking: float) -> Iterator[PlacedGlyph]:
    tight = weight >= 700 or face_of(face).display
    x, before = 0.0, None
    for character in text:
        file, scale = route(character, face, weight, language)
        here = PlacedGlyph(glyph(file, character), 0.0, scale, character)
        if before is not None:
            x += _gap(before, here, tight) + tracking
        here = PlacedGlyph(here.glyph, x, scale, character)
        yield here
        x += here.glyph.advance * scale
        before = here


def _gap(left: PlacedGlyph, right: PlacedGlyph, tight: bool) -> float:
    """What is added between two neighbours beyond their advances, in em."""
    if left.glyph.file == right.glyph.file and left.scale == right.scale and kind(left.character) != "han":
        kerned = kerning(left.glyph.file, left.glyph.id, right.glyph.id) * left.scale
    else:
        kerned = 0.0
    return kerned + _between_scripts(left, right) + _marks(left, right, tight)


def _between_scripts(left: PlacedGlyph, right: PlacedGlyph) -> float:
    kinds = kind(left.character), kind(right.character)
    if "han" not in kinds or kinds[0] == kinds[1] or not {"latin", "digit", "sign"} & {*kinds}:
        return 0.0
    if "digit" in kinds or "sign" in kinds:
        unit = kinds[1] == "han" and right.character in UNITS_AFTER_FIGURE
        return DIGIT_UNIT if unit or left.character == "第" else HAN_DIGIT
    return HAN_LATIN


def _marks(left: PlacedGlyph, right: PlacedGlyph, tight: bool) -> float:
    """Full-width marks give up their empty half between each other, and part of it beside Han in display type."""
    if left.character == right.character == "—":
        return -(_blank_right(left) + _blank_left(right)) - 0.01
    full = left.glyph.advance > 0.9, right.glyph.advance > 0.9
    cut = 0.0
    if left.character in CLOSING | STOPS and full[0]:
        share = 1.0 if right.character in FULL_WIDTH else (0.6 if tight else 0.0)
        cut += share * max(0.0, _blank_right(left) - _rest(left))
    if right.character in OPENING and full[1]:
        share = 1.0 if left.character in FULL_WIDTH else (0.6 if tight else 0.0)
        cut += share * max(0.0, _blank_left(right) - _rest(right))
    if right.character in STOPS and full[1] and _blank_left(right) > CENTRED:
        cut += _blank_left(right) - 2 * MARK_REST  # a face that centres its marks, as ZCOOL XiaoWei does
    if kind(left.character) == "space" or kind(right.character) == "space":
        return 0.0
    return -cut


def _rest(placed: PlacedGlyph) -> float:
    """The white a halved mark keeps: as much as it has on its other side, within reason."""
    other = _blank_left(placed) if placed.character not in OPENING else _blank_right(placed)
    return min(max(other, MARK_REST), 0.16)


def _blank_left(placed: PlacedGlyph) -> float:
    return placed.glyph.ink.left * placed.scale if placed.glyph.ink else 0.0


def _blank_right(placed: PlacedGlyph) -> float:
    return (placed.glyph.advance - placed.glyph.ink.right) * placed.scale if placed.glyph.ink else 0.0


def _ink(placed: PlacedGlyph) -> Ink:
    ink = placed.glyph.ink
    assert ink is not None  # noqa: S101 - callers pass inked glyphs only
    scale = placed.scale
    return Ink(placed.x + ink.left * scale, ink.top * scale, placed.x + ink.right * scale, ink.bottom * scale)


HANG_LEFT = OPENING | frozenset("\"'")
HANG_RIGHT = CLOSING | frozenset("，。、．,.") - frozenset("）》】〕］｝)")


def _body(inked: list[tuple[PlacedGlyph, Ink]], ink: Ink) -> tuple[float, float]:
    """Left and right of the line without one hanging mark at each edge."""
    left, right = ink.left, ink.right
    if len(inked) > 2 and inked[0][0].character in HANG_LEFT:
        left = inked[1][1].left
    if len(inked) > 2 and inked[-1][0].character in HANG_RIGHT:
        right = inked[-2][1].right
    return left, right


def line_path(line: Line, size: float, x: float, baseline: float) -> Any:
    """The skia.Path of a line: `x` is the left of its ink, `size` the em in pixels."""
    import skia

    path = skia.Path()
    for placed in line.glyphs:
        if placed.glyph.ink is None:
            continue
        scale = size * placed.scale / UNITS
        matrix = skia.Matrix.Scale(scale, scale).postTranslate(x + (placed.x - line.ink.left) * size, baseline)
        path.addPath(outline(placed.glyph.file, placed.glyph.id), matrix)
    return path
