"""The second witness: are the strokes on the picture those of the glyphs promised?

Each line is drawn again from the outlines of its face, plain and black, with no treatment and none of the compositor's
painting, and laid over the picture where it fits best. What the picture shows there is turned into coverage, 0 ground to 1 ink:
for plain type by projecting each pixel on the way from ground to ink colour, for treated type by a least-squares fit of the
line's pixels (colour and difference from the ground, in bands of rows, because treatments run vertically). Each glyph is then
scored in its own cell: the normalised correlation of coverage and outline, and how much of its ink each of its sides shows.
Nothing is known but pixels and words, so a fault in the pixels shows; what this witness cannot see, a face that is hard to read,
is what OCR is for.
"""

from __future__ import annotations

import itertools
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PIL import Image
from scipy import signal

from generation.layout.geometry import Rect
from generation.preflight.ground import Plane, Rgb, window
from generation.preflight.outlines import Outline, TypeLayer, outline_of, outline_of_text, raster
from generation.preflight.strokes import GlyphScore, correlation, score_glyph, share_shown

WORKING_EM = 56.0  # pixels of an em at which large type is compared
BANDS = 8
SETTLED = 0.9  # a fit beyond which no other place is tried


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
        drawing = raster(outline.path, cover.shape, at, factor)
    else:
        at, drawing, cover = _match_treated(outline, seen, under, start, factor, reach)
    origin = (cols.start, rows.start)
    left, top = at[0] + origin[0], at[1] + origin[1]
    return LineMatch(
        text=text,
        box=box,
        found=Rect(left, top, left + outline.width, top + outline.height),
        glyphs=_scores(outline, drawing, cover, at, factor, origin, max(1.0, 0.05 * size * factor)),
        fit=correlation(drawing, cover),
        corner=origin,
        drawing=drawing,
        cover=cover,
        seen=seen,
        under=under,
    )


def _scores(
    outline: Outline,
    drawing: Plane,
    cover: Plane,
    at: tuple[float, float],
    factor: float,
    origin: tuple[int, int],
    pad: float,
) -> tuple[GlyphScore, ...]:
    shown = share_shown(drawing, cover)
    places = ((cell.char, cell.box.moved(*at)) for cell in outline.cells)
    return tuple(
        score_glyph(char, place.scaled(factor), pad, drawing, cover, shown, place.moved(*origin))
        for char, place in places
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
            drawing = raster(outline.path, seen.shape, at, factor)
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
    drawn = raster(theirs.path, (height, width), (0.5 / scale, 0.5 / scale), scale)
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
    """The pixels as float32, area-averaged to `factor` of their size; what is left over at the right and bottom is cut off,
    so that the scale is exact over a long line."""
    if factor >= 1:
        return pixels.astype(np.float32)
    height, width = (max(int(n * factor), 2) for n in pixels.shape[:2])
    part = (0, 0, min(width / factor, pixels.shape[1]), min(height / factor, pixels.shape[0]))
    small = Image.fromarray(np.ascontiguousarray(pixels)).resize((width, height), Image.Resampling.BOX, part)
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
    drawing = raster(outline.path, cover.shape, start, factor)
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
