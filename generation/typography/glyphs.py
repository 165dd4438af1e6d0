"""Glyph outlines and their measures, in thousandths of an em: the one source of what is measured and what is drawn."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

from generation.typography.faces import glyph_id, typeface

UNITS = 1000.0  # outlines are kept at this size


class Ink(NamedTuple):
    """Ink bounds relative to the pen on the baseline; y down, so `top` is negative above the baseline. In em."""

    left: float
    top: float
    right: float
    bottom: float


class Glyph(NamedTuple):
    """One glyph in one file: its advance in em and its ink (None for a space)."""

    file: Path
    id: int
    advance: float
    ink: Ink | None


@lru_cache(maxsize=32)
def _font(file: Path) -> Any:
    import skia

    font = skia.Font(typeface(file), UNITS)
    font.setHinting(skia.FontHinting.kNone)
    font.setSubpixel(True)
    font.setLinearMetrics(True)
    return font


@lru_cache(maxsize=20_000)
def glyph(file: Path, character: str) -> Glyph:
    """The glyph that draws `character` in a file. The outline of .notdef when it has none."""
    number = glyph_id(file, character)
    font = _font(file)
    bounds = outline(file, number).computeTightBounds()
    ink = None if bounds.isEmpty() else Ink(*(v / UNITS for v in (*bounds,)))
    return Glyph(file, number, round(font.getWidths([number])[0]) / UNITS, ink)


@lru_cache(maxsize=4_000)
def outline(file: Path, number: int) -> Any:
    """The skia.Path of a glyph at UNITS per em, y down, baseline at 0."""
    import skia

    return _font(file).getPath(number) or skia.Path()


@lru_cache(maxsize=20_000)
def kerning(file: Path, left: int, right: int) -> float:
    """How much closer (negative) or farther two neighbouring glyphs stand, in em."""
    face = typeface(file)
    adjustments = face.getKerningPairAdjustments([left, right])
    return adjustments[0] / face.getUnitsPerEm() if adjustments else 0.0
