"""What the type should be: each line's outlines as its face draws them, with no treatment and none of the compositor's painting."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

from generation.compositing.compose import text_lines
from generation.compositing.design import PriceLayer, TextLayer
from generation.compositing.price import price_place
from generation.layout.geometry import Rect
from generation.preflight.ground import Plane
from generation.typography.paragraphs import Line as Shaped
from generation.typography.paragraphs import line_path, shape
from generation.typography.price import price_path

TypeLayer = TextLayer | PriceLayer


@dataclass(frozen=True)
class Cell:
    """One glyph's ink box in pixels, from the left top of the line's ink."""

    char: str
    box: Rect


@dataclass(frozen=True)
class Outline:
    """A line as its face draws it. `path`: a skia.Path with its ink's left top at (0, 0), in pixels of the canvas."""

    path: Any
    cells: tuple[Cell, ...]
    width: float
    height: float


def outline_of(layer: TypeLayer, text: str) -> Outline:
    """The outlines of one line of a layer."""
    if isinstance(layer, PriceLayer):
        lockup, size, _, _ = price_place(layer)
        path = price_path(lockup, size, 0.0, 0.0)
        cells = tuple(
            cell
            for part in lockup.parts
            for cell in _cells(part.line, size * part.scale, part.x * size, (part.baseline - lockup.ink.top) * size)
        )
        return Outline(path, cells, lockup.width * size, lockup.height * size)
    return outline_of_text(layer, text)


def outline_of_text(layer: TypeLayer, text: str) -> Outline:
    """The outlines of any text in a layer's own style, at its size."""
    style, size = layer.style, layer.style.size
    line = shape(text, language=layer.language, face=style.face, weight=style.weight, tracking=style.tracking)
    baseline = -line.ink.top * size
    path = line_path(line, size, 0.0, baseline)
    height = (line.ink.bottom - line.ink.top) * size
    return Outline(path, tuple(_cells(line, size, 0.0, baseline)), line.width * size, height)


def _cells(line: Shaped, size: float, x: float, baseline: float) -> Iterator[Cell]:
    for placed in line.glyphs:
        ink = placed.glyph.ink
        if ink is None:
            continue
        scale = size * placed.scale
        left = x + (placed.x - line.ink.left) * size
        yield Cell(
            placed.character,
            Rect(
                left + ink.left * scale,
                baseline + ink.top * scale,
                left + ink.right * scale,
                baseline + ink.bottom * scale,
            ),
        )


def lines_of(layer: TypeLayer) -> tuple[tuple[str, Rect], ...]:
    """The words and ink box (canvas pixels) of each line of a layer, as the Design places it."""
    if isinstance(layer, PriceLayer):
        return ((f"{layer.text} {layer.old}".strip(), layer.box),)
    bounds = [path.computeTightBounds() for path in text_lines(layer)]
    return tuple(
        (text, Rect(b.left(), b.top(), b.right(), b.bottom()))
        for text, b in zip(layer.lines, bounds, strict=True)
        if not b.isEmpty()
    )


def raster(path: Any, shape_: tuple[int, ...], at: tuple[float, float], factor: float) -> Plane:
    """Coverage 0 to 1 of an outline whose left top is `at` (canvas pixels) in a crop shrunk by `factor`."""
    import skia

    height, width = shape_[:2]
    surface = skia.Surface.MakeRaster(skia.ImageInfo.MakeA8(width, height))
    canvas = surface.getCanvas()
    canvas.scale(factor, factor)
    canvas.translate(*at)
    canvas.drawPath(path, skia.Paint(AntiAlias=True, Color=0xFF000000))
    pixels = np.zeros((height, width, 1), np.uint8)
    surface.readPixels(skia.ImageInfo.MakeA8(width, height), pixels, width, 0, 0)
    return pixels[..., 0].astype(np.float32) / np.float32(255)
