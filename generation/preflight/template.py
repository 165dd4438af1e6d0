"""The second witness: are the strokes on the picture those of the glyphs promised?

Each line is drawn again from the outlines of its face, plain and black, with no treatment and none of the compositor's
painting, and laid over the picture where it fits best. What the picture shows there is turned into coverage, 0 ground to 1 ink: for
plain type by projecting each pixel on the way from ground to ink colour, for treated type by a least-squares fit of the line's pixels
(colour and difference from the ground, in bands of rows, because treatments run vertically). Each glyph is then scored
by the normalised correlation of coverage and outline in its own cell. Nothing is known but pixels and words, so a fault in the
pixels shows; what this witness cannot see, a face that is hard to read, is what OCR is for.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import signal

from generation.compositing.compose import text_lines
from generation.compositing.design import PriceLayer, TextLayer
from generation.compositing.price import price_place
from generation.layout.geometry import Rect
from generation.preflight.ground import Plane, Rgb, window
from generation.typography.paragraphs import Line as Shaped
from generation.typography.paragraphs import line_path, shape
from generation.typography.price import price_path

TypeLayer = TextLayer | PriceLayer

WORKING_EM = 56.0  # pixels of an em at which large type is compared
BANDS = 8
SETTLED = 0.9  # a fit beyond which no other place is tried
LEAST_INK = 1.5  # pixels of ink under which a glyph (a full stop at 9 px) cannot be judged


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


@dataclass(frozen=True)
class GlyphScore:
    """How well one glyph's strokes fit: -1 to 1, None where there is too little ink to tell; and `residue`, the share of its
    ink that is missing or too much, whichever is more."""

    char: str
    score: float | None
    residue: float
    box: Rect  # on the canvas


@dataclass(frozen=True)
class LineMatch:
    """Where a line was found on the picture and how well it fits.

    box, found: its ink box as promised and as found, canvas pixels. fit: correlation over the whole line. corner: left
    top of the crop on the canvas. The planes are crops at the working scale, (h, w) or (h, w, 3) float32: drawing is the
    outline's coverage where it was found, cover the coverage that the picture shows, seen and under the picture and the
    ground, 0 to 255.
    """

    text: str
    box: Rect
    found: Rect
    glyphs: tuple[GlyphScore, ...]
    fit: float
    corner: tuple[int, int]
    drawing: Plane
    cover: Plane
    seen: Plane
    under: Plane


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


def match_line(rgb: Rgb, ground: Rgb, layer: TypeLayer, text: str, box: Rect) -> LineMatch | None:
    """Find one line, promised in `box`, on the picture and score each of its glyphs; None where the box is off the canvas."""
    outline = outline_of(layer, text)
    size = layer.style.size
    factor = min(1.0, WORKING_EM / size)
    rows, cols = window(box, rgb.shape, max(3.0, 0.12 * size))
    if not outline.cells or rows.stop - rows.start < 3 or cols.stop - cols.start < 3:
        return None
    seen, under = _shrunk(rgb[rows, cols], factor), _shrunk(ground[rows, cols], factor)
    start = (box.x0 - cols.start, box.y0 - rows.start)
    reach = 0.16 * size + 3
    if layer.treatment.name == "plain":
        cover = _projection(seen, under, layer.color)
        at = _align(outline, cover, start, factor, reach)
        drawing = _raster(outline.path, cover.shape, at, factor)
    else:
        at, drawing, cover = _match_treated(outline, seen, under, start, factor, reach)
    origin = (cols.start, rows.start)
    left, top = at[0] + origin[0], at[1] + origin[1]
    return LineMatch(
        text=text,
        box=box,
        found=Rect(left, top, left + outline.width, top + outline.height),
        glyphs=tuple(_score(cell, drawing, cover, at, factor, size, origin) for cell in outline.cells),
        fit=correlation(drawing, cover),
        corner=origin,
        drawing=drawing,
        cover=cover,
        seen=seen,
        under=under,
    )


def _match_treated(
    outline: Outline, seen: Plane, under: Plane, start: tuple[float, float], factor: float, reach: float
) -> tuple[tuple[float, float], Plane, Plane]:
    """Where treated type lies, its outline there and the coverage the picture shows.

    Rims, sides and swashes pull a plain comparison aside, so the fit starts where the line was promised, looks again with the
    coverage fitted there, and takes the plain comparison's place only where that fits better.
    """
    best: tuple[float, tuple[float, float], Plane, Plane] | None = None
    guess = _align(outline, _difference(seen, under), start, factor, reach)
    for at in (start, guess):
        for _ in range(2):
            drawing = _raster(outline.path, seen.shape, at, factor)
            cover = _fitted(seen, under, drawing)
            fit = correlation(drawing, cover)
            if best is None or fit > best[0]:
                best = fit, at, drawing, cover
            at = _align(outline, cover, at, factor, reach)
        if best is not None and best[0] > SETTLED:
            break
    assert best is not None  # noqa: S101 - the loop ran
    return best[1], best[2], best[3]


def fits_as(layer: TypeLayer, match: LineMatch, index: int, other: str) -> tuple[float, float]:
    """How well another character fits where glyph `index` is, and how alike the two are as drawn (correlations).

    The other is drawn in the line's own face, scaled as the glyph is, and slid over the place: it gets every chance.
    """
    glyph = match.glyphs[index]
    factor = min(1.0, WORKING_EM / layer.style.size)
    rows, cols = window(glyph.box.moved(-match.corner[0], -match.corner[1]).scaled(factor).grown(3), match.cover.shape)
    own = outline_of_text(layer, glyph.char)
    scale = factor * glyph.box.height / max(own.height, 1e-6)
    theirs = outline_of_text(layer, other)
    if not theirs.cells:
        return 0.0, 0.0
    height, width = max(int(theirs.height * scale) + 2, 3), max(int(theirs.width * scale) + 2, 3)
    drawn = _raster(theirs.path, (height, width), (0.5 / scale, 0.5 / scale), scale)
    return _slid(drawn, match.cover[rows, cols]), _slid(drawn, match.drawing[rows, cols])


def _slid(drawn: Plane, shown: Plane) -> float:
    """The best correlation of a drawing with a patch, centred on it and moved by up to three pixels each way."""
    high, wide = (max(d, s) + 8 for d, s in zip(drawn.shape, shown.shape, strict=True))
    patch = _centred(shown, high, wide)
    base = _centred(drawn, high, wide)
    moves = ((dy, dx) for dy in range(-3, 4) for dx in range(-3, 4))
    return max(correlation(np.roll(base, move, axis=(0, 1)), patch) for move in moves)


def _centred(plane: Plane, high: int, wide: int) -> Plane:
    out = np.zeros((high, wide), np.float32)
    y, x = (high - plane.shape[0]) // 2, (wide - plane.shape[1]) // 2
    out[y : y + plane.shape[0], x : x + plane.shape[1]] = plane
    return out


def _difference(seen: Plane, ground: Plane) -> Plane:
    drawn: Plane = np.abs(seen - ground).max(axis=2)
    scaled: Plane = drawn / max(float(drawn.max()), 1.0)
    return scaled


def _shrunk(pixels: NDArray[np.uint8], factor: float) -> Plane:
    """The pixels as float32, area-averaged to `factor` of their size."""
    if factor >= 1:
        return pixels.astype(np.float32)
    from PIL import Image

    height, width = max(round(pixels.shape[0] * factor), 2), max(round(pixels.shape[1] * factor), 2)
    small = Image.fromarray(np.ascontiguousarray(pixels)).resize((width, height), Image.Resampling.BOX)
    return np.asarray(small).astype(np.float32)


def _projection(seen: Plane, ground: Plane, color: str) -> Plane:
    """How far each pixel has gone from its ground to the ink's colour, 0 to 1."""
    ink = np.frombuffer(bytes.fromhex(color[1:]), np.uint8).astype(np.float32)
    way = ink - ground
    length = np.maximum((way * way).sum(axis=2), 300.0)
    cover: Plane = np.clip(((seen - ground) * way).sum(axis=2) / length, 0, 1)
    return cover


def _fitted(seen: Plane, ground: Plane, drawing: Plane) -> Plane:
    """Coverage predicted from colour and difference, fitted on this line in bands of rows (ridge regression)."""
    height = seen.shape[0]
    cover = np.zeros(drawing.shape, np.float32)
    edges = np.linspace(0, height, min(BANDS, max(1, height // 6)) + 1).round().astype(int)
    for top, bottom in itertools.pairwise(edges):
        band = slice(max(top - 1, 0), min(bottom + 1, height))
        x, y = _features(seen[band], ground[band]), drawing[band].reshape(-1)
        if y.sum() < 4:
            continue
        weights = np.linalg.solve(x.T @ x + 0.05 * np.eye(x.shape[1], dtype=np.float32), x.T @ y)
        cover[top:bottom] = (_features(seen[top:bottom], ground[top:bottom]) @ weights).reshape(bottom - top, -1)
    return np.clip(cover, 0, 1)


def _features(seen: Plane, ground: Plane) -> Plane:
    """A column each: one, colour, difference and their squares; (pixels, 13), about -1 to 1."""
    colour = seen.reshape(-1, 3) / 255
    change = (seen - ground).reshape(-1, 3) / 255
    return np.concatenate([np.ones((len(colour), 1), np.float32), colour, change, colour**2, change**2], axis=1)


def _align(
    outline: Outline, cover: Plane, start: tuple[float, float], factor: float, reach: float
) -> tuple[float, float]:
    """Where the outline's left top lies, in canvas pixels from the crop's corner, to about a tenth of a pixel."""
    drawing = _raster(outline.path, cover.shape, start, factor)
    a = cover - cover.mean()
    b = drawing - drawing.mean()
    match = signal.fftconvolve(a, b[::-1, ::-1], mode="same")
    cy, cx = match.shape[0] // 2, match.shape[1] // 2
    far = max(round(reach * factor), 2)
    y0, x0 = max(cy - far, 1), max(cx - far, 1)
    part = match[y0 : min(cy + far + 1, match.shape[0] - 1), x0 : min(cx + far + 1, match.shape[1] - 1)]
    if part.size == 0:
        return start
    py, px = np.unravel_index(int(part.argmax()), part.shape)
    y, x = int(py) + y0, int(px) + x0
    dy = y - cy + _peak(match[y - 1 : y + 2, x])
    dx = x - cx + _peak(match[y, x - 1 : x + 2])
    return start[0] + dx / factor, start[1] + dy / factor


def _peak(three: Plane) -> float:
    """Where a parabola through three equally spaced values has its top, -0.5 to 0.5 from the middle one."""
    if len(three) < 3:
        return 0.0
    a, b, c = (float(v) for v in three)
    bend = a - 2 * b + c
    return float(np.clip(0.5 * (a - c) / bend, -0.5, 0.5)) if bend < 0 else 0.0


def _raster(path: Any, shape_: tuple[int, ...], at: tuple[float, float], factor: float) -> Plane:
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


def _score(
    cell: Cell,
    drawing: Plane,
    cover: Plane,
    at: tuple[float, float],
    factor: float,
    size: float,
    origin: tuple[int, int],
) -> GlyphScore:
    place = cell.box.moved(*at)
    pad = max(1.0 / factor, 0.05 * size)
    rows, cols = window(place.grown(pad).scaled(factor), drawing.shape)
    promised, shown = drawing[rows, cols], cover[rows, cols]
    on_canvas = place.moved(*origin)
    if promised.sum() < LEAST_INK:
        return GlyphScore(cell.char, None, 0.0, on_canvas)
    return GlyphScore(cell.char, correlation(promised, shown), _residue(promised, shown), on_canvas)


def correlation(a: Plane, b: Plane) -> float:
    """Normalised correlation of two equal patches; 0 where one is flat."""
    a, b = a - a.mean(), b - b.mean()
    power = float((a * a).sum() * (b * b).sum())
    return float((a * b).sum()) / power**0.5 if power > 1e-9 else 0.0


def _residue(promised: Plane, shown: Plane) -> float:
    """The larger of missing and surplus ink as a share of the glyph's, beyond what a slip of half a pixel explains."""
    from scipy import ndimage

    thick = ndimage.maximum_filter(promised, size=3)
    thin = ndimage.minimum_filter(promised, size=3)
    missing = np.maximum(thin - shown - 0.35, 0).sum()
    surplus = np.maximum(shown - thick - 0.35, 0).sum()
    return float(max(missing, surplus) / max(float(promised.sum()), 1.0))
