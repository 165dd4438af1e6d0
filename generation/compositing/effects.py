"""Type treatments: how the outlines of a line of type become metal, neon, cut paper …

Each treatment is a function of outlines, type size and light; lengths are in em and so scale with the type. Light comes
from the Design: `light` points from a lit thing to its shadow, so bevels shine on the other side. Drawn in this order:
what lies behind (shadows, sides, swash), the rim, the fill, the light on it.
"""

from __future__ import annotations

import math
import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from generation.compositing.design import Shadow, Treatment
from generation.compositing.tints import argb, darker, deepened, lighter, lightness, mix


@dataclass(frozen=True)
class TypeJob:
    """What a treatment draws. `lines`: one skia.Path a line; `path`: all of them; `size`: the em in pixels.

    `ground`: the mean colour under the box, as "#RRGGBB". `seed`: of ragged edges.
    """

    canvas: Any
    lines: Sequence[Any]
    path: Any
    size: float
    color: str
    treatment: Treatment
    light: tuple[float, float]
    ground: str
    seed: int = 0

    def stop(self, index: int, default: str) -> str:
        colors = self.treatment.colors
        return colors[index] if index < len(colors) else default

    @property
    def reach(self) -> float:
        """The treatment's depth in pixels."""
        return self.treatment.depth * self.size

    @property
    def shade(self) -> str:
        """A shadow's colour here: the ground's own hue, dark."""
        return mix(self.ground, "#000000", 0.66 if lightness(self.ground) > 0.7 else 0.55)


def paint_type(job: TypeJob, shadow: Shadow | None = None) -> None:
    """Draws type in its treatment over what the canvas holds."""
    if shadow is not None:
        soft_shadow(job.canvas, job.path, shadow)
    TREATMENTS[job.treatment.name](job)


def fill_of(color: str, alpha: float = 1.0) -> Any:
    """A skia.Paint that fills with one colour."""
    import skia

    return skia.Paint(AntiAlias=True, Color=argb(color, alpha))


def vertical(top: float, bottom: float, stops: Sequence[tuple[float, str]], alpha: float = 1.0) -> Any:
    """A skia.Paint with a vertical gradient, dithered so that it does not band."""
    return sloped((0.0, top), (0.0, bottom), stops, alpha)


def sloped(
    start: tuple[float, float], end: tuple[float, float], stops: Sequence[tuple[float, str]], alpha: float = 1.0
) -> Any:
    """A skia.Paint with a gradient from one point to another."""
    import skia

    shader = skia.GradientShader.MakeLinear(
        points=[skia.Point(*start), skia.Point(*end)],
        colors=[argb(color, alpha) for _, color in stops],
        positions=[position for position, _ in stops],
    )
    return skia.Paint(AntiAlias=True, Dither=True, Shader=shader)


def stroke_of(color: str, width: float, alpha: float = 1.0) -> Any:
    """A skia.Paint that strokes with round joins."""
    import skia

    return skia.Paint(
        AntiAlias=True,
        Color=argb(color, alpha),
        Style=skia.Paint.kStroke_Style,
        StrokeWidth=width,
        StrokeJoin=skia.Paint.kRound_Join,
    )


def blurred(paint: Any, sigma: float) -> Any:
    """The same paint with a soft edge; unchanged where the blur is too small to see."""
    import skia

    if sigma > 0.2:
        paint.setMaskFilter(skia.MaskFilter.MakeBlur(skia.kNormal_BlurStyle, sigma))
    return paint


def soft_shadow(canvas: Any, path: Any, shadow: Shadow) -> None:
    """A shape's drop shadow. `blur` is the radius designers speak of, twice the Gaussian's sigma."""
    paint = blurred(fill_of(shadow.color, shadow.alpha), shadow.blur / 2)
    _moved(canvas, path, shadow.dx, shadow.dy, paint)


def _moved(canvas: Any, path: Any, dx: float, dy: float, paint: Any) -> None:
    canvas.save()
    canvas.translate(dx, dy)
    canvas.drawPath(path, paint)
    canvas.restore()


def inner_edge(canvas: Any, path: Any, dx: float, dy: float, sigma: float, paint: Any) -> None:
    """Paints the part of a shape that the same shape moved by (dx, dy) leaves bare: a lit or shaded inner edge."""
    import skia

    box = path.getBounds().makeOutset(2, 2)
    canvas.saveLayer(box, None)
    canvas.drawPath(path, paint)
    cut = blurred(skia.Paint(AntiAlias=True, BlendMode=skia.BlendMode.kDstOut), sigma)
    _moved(canvas, path, dx, dy, cut)
    canvas.restore()


def _bevel(job: TypeJob, width: float, light: str, light_alpha: float, dark: str, dark_alpha: float) -> None:
    """Light on the edges towards the lamp, shade on those away from it."""
    dx, dy = job.light[0] * width, job.light[1] * width
    inner_edge(job.canvas, job.path, dx, dy, width * 0.35, fill_of(light, light_alpha))
    inner_edge(job.canvas, job.path, -dx, -dy, width * 0.45, fill_of(dark, dark_alpha))


def _span(path: Any) -> tuple[float, float]:
    bounds = path.getBounds()
    return bounds.top(), bounds.bottom()


SMALL = 16.0  # pixels of type below which thin strokes would fade into the ground


def _plain(job: TypeJob) -> None:
    """The letters as they are; small ones a trace bolder, as print and hinted screens make them."""
    paint = fill_of(job.color)
    if job.size < SMALL:
        paint = _with_fill(stroke_of(job.color, (SMALL - job.size) * 0.035))
    job.canvas.drawPath(job.path, paint)


def _gradient(job: TypeJob) -> None:
    """Along the line, falling a little, so that the two ends differ and every glyph is shaded alike."""
    first, last = job.stop(0, job.color), job.stop(1, darker(job.color, 0.18))
    bounds = job.path.getBounds()
    stops = [(0.0, first), (0.5, mix(first, last, 0.5)), (1.0, last)]
    paint = sloped((bounds.left(), bounds.top()), (bounds.right(), bounds.bottom()), stops)
    job.canvas.drawPath(job.path, paint)
    inner_edge(job.canvas, job.path, 0, 0.014 * job.size, 0.008 * job.size, fill_of("#FFFFFF", 0.28))


def _metal(job: TypeJob) -> None:
    """Two-stop metal: sky above, horizon, ground below, with a specular band over the horizon and a dark rim."""
    light, dark = job.stop(0, lighter(job.color, 0.14)), job.stop(1, darker(job.color, 0.26))
    band = job.stop(2, mix(light, "#FFFFFF", 0.75))
    rim = mix(deepened(dark, 0.72), job.shade, 0.25)
    size = job.size
    _moved(
        job.canvas,
        job.path,
        job.light[0] * 0.05 * size,
        job.light[1] * 0.05 * size,
        blurred(fill_of(job.shade, 0.5), 0.045 * size),
    )
    _moved(job.canvas, job.path, job.light[0] * 0.016 * size, job.light[1] * 0.022 * size, stroke_of(rim, 0.05 * size))
    job.canvas.drawPath(job.path, stroke_of(rim, 0.036 * size))
    for line in job.lines:
        top, bottom = _span(line)
        job.canvas.drawPath(line, vertical(top, bottom, _metal_stops(light, dark, band)))
    _glint(job, band)
    _bevel(job, 0.024 * size, mix(band, "#FFFFFF", 0.45), 1.0, deepened(dark, 0.4), 0.8)


def _metal_stops(light: str, dark: str, band: str) -> list[tuple[float, str]]:
    horizon = deepened(dark, 0.22)
    return [
        (0.0, mix(light, band, 0.5)),
        (0.2, light),
        (0.42, mix(light, dark, 0.75)),
        (0.5, mix(dark, horizon, 0.6)),
        (0.512, band),
        (0.62, mix(light, band, 0.4)),
        (0.8, mix(light, dark, 0.55)),
        (1.0, mix(dark, horizon, 0.5)),
    ]


def _glint(job: TypeJob, band: str) -> None:
    """A slanting streak or two of light across the line, as polished metal shows."""
    import skia

    bounds = job.path.getBounds()
    slant = bounds.height() * 0.5 * (1 if job.light[0] >= 0 else -1)
    clear = [argb(band, a) for a in (0, 0, 0.5, 0.5, 0, 0, 0.28, 0, 0)]
    where = [0.0, 0.2, 0.245, 0.275, 0.33, 0.66, 0.71, 0.76, 1.0]
    shader = skia.GradientShader.MakeLinear(
        points=[skia.Point(bounds.left(), bounds.top()), skia.Point(bounds.right(), bounds.top() + slant)],
        colors=clear,
        positions=where,
    )
    job.canvas.drawPath(job.path, skia.Paint(AntiAlias=True, Shader=shader, Dither=True))


def _outline(job: TypeJob) -> None:
    """A stout stroke around the type, and the whole of it once more behind, offset."""
    stroke, offset = job.stop(0, darker(job.color, 0.4)), job.stop(1, mix(job.shade, job.color, 0.25))
    width = 2 * job.reach
    shift = max(0.055 * job.size, job.reach * 0.9)
    step = max(1.0, shift / 12)
    at = shift
    while at > 0:
        _moved(job.canvas, job.path, at * _sign(job.light[0]) * 0.8, at, _with_fill(stroke_of(offset, width)))
        at -= step
    job.canvas.drawPath(job.path, _with_fill(stroke_of(stroke, width)))
    for line in job.lines:
        top, bottom = _span(line)
        job.canvas.drawPath(
            line,
            vertical(top, bottom, [(0, lighter(job.color, 0.03)), (0.5, job.color), (1, darker(job.color, 0.035))]),
        )


def _with_fill(paint: Any) -> Any:
    import skia

    paint.setStyle(skia.Paint.kStrokeAndFill_Style)
    return paint


def _sign(value: float) -> float:
    return 1.0 if value >= 0 else -1.0


def _extruded(job: TypeJob) -> None:
    """A solid block of letters: sides that darken with depth, a lit face with a bevel, a shadow on the ground."""
    side, edge = job.stop(0, darker(job.color, 0.3)), job.stop(1, lighter(job.color, 0.2))
    deep = max(job.reach, 2.0)
    dx, dy = _sign(job.light[0]) * 0.55 * deep, deep
    _moved(job.canvas, job.path, dx * 1.5, dy * 1.5, blurred(fill_of(job.shade, 0.55), 0.06 * job.size))
    steps = max(2, min(40, math.ceil(deep)))
    for step in range(steps, 0, -1):
        share = step / steps
        _moved(job.canvas, job.path, dx * share, dy * share, fill_of(mix(side, darker(side, 0.16), share)))
    job.canvas.drawPath(job.path, stroke_of(mix(side, edge, 0.25), max(1.0, 0.014 * job.size)))
    bright = lightness(job.color) > 0.55  # a dark face shines at its edges only, or it turns grey
    lit = mix(job.color, edge, 0.45) if bright else lighter(job.color, 0.07)
    for line in job.lines:
        top, bottom = _span(line)
        job.canvas.drawPath(line, vertical(top, bottom, [(0, lit), (0.5, job.color), (1, darker(job.color, 0.07))]))
    _bevel(job, 0.018 * job.size, edge, 0.95 if bright else 0.5, side, 0.35)


def _neon(job: TypeJob) -> None:
    """A lit tube: wide and near glow around it, a bright core within. On a light ground the glow is a coloured halo."""
    import skia

    glow = job.stop(0, job.color)
    dark = lightness(job.ground) < 0.6
    mode = skia.BlendMode.kScreen if dark else skia.BlendMode.kMultiply
    for sigma, alpha in ((0.34, 0.5), (0.14, 0.6), (0.05, 0.9)):
        paint = blurred(fill_of(glow if dark else mix(glow, "#FFFFFF", 0.35), alpha), sigma * job.size)
        paint.setBlendMode(mode)
        job.canvas.drawPath(job.path, paint)
    if dark:
        job.canvas.drawPath(job.path, stroke_of(mix(glow, "#FFFFFF", 0.12), 0.035 * job.size))
    core = mix(job.color, "#FFFFFF", 0.86) if dark else _readable(job.color, glow)
    job.canvas.drawPath(job.path, fill_of(core))
    wall = mix(glow, job.color, 0.25)
    inner_edge(job.canvas, job.path, 0, 0, 0.026 * job.size, fill_of(wall, 1.0))


def _readable(color: str, glow: str) -> str:
    """A pale tube cannot be seen on a pale wall: there it takes its glow's colour, deep."""
    return darker(glow, 0.1) if lightness(color) > 0.75 else color


def _paper_cut(job: TypeJob) -> None:
    """Letters cut from card, glued on a second sheet cut wider, above the page: each with a tight and a soft shadow."""
    far, near = job.stop(0, job.shade), job.stop(1, darker(job.ground, 0.3))
    pale = lightness(job.ground) > 0.7
    sheet = job.stop(2, mix(job.ground, "#FFFFFF", 0.8) if pale else lighter(job.ground, 0.14))
    size, wide = job.size, _with_fill(stroke_of(sheet, 0.11 * job.size))
    _sheet_shadows(job, _with_fill(stroke_of(far, 0.11 * size)), far, 0.10)
    job.canvas.drawPath(job.path, wide)
    _sheet_shadows(job, fill_of(near), near, 0.055)
    for line in job.lines:
        top, bottom = _span(line)
        job.canvas.drawPath(line, vertical(top, bottom, [(0, lighter(job.color, 0.025)), (1, darker(job.color, 0.05))]))
    _bevel(job, 0.010 * size, lighter(job.color, 0.12), 0.9, darker(job.color, 0.2), 0.35)


def _sheet_shadows(job: TypeJob, paint: Any, color: str, height: float) -> None:
    """The shadows of a sheet `height` em above the next one: contact and penumbra."""
    size, (dx, dy) = job.size, job.light
    paint.setColor(argb(color, 0.45))
    _moved(job.canvas, job.path, dx * height * size, dy * height * size, blurred(paint, 0.5 * height * size))
    paint.setColor(argb(color, 0.6))
    reach = 0.3 * height * size
    _moved(job.canvas, job.path, dx * reach, dy * reach, blurred(paint, 0.12 * height * size))


def _inset(job: TypeJob) -> None:
    """Pressed into the page: shade inside on the lamp's side, a lit lip outside on the other."""
    size, (dx, dy) = job.size, job.light
    lip = max(1.0, 0.018 * size)
    shade = mix(job.color, job.shade, 0.62) if lightness(job.color) > 0.6 else darker(job.color, 0.25)
    _moved(job.canvas, job.path, dx * lip, dy * lip, blurred(fill_of(lighter(job.ground, 0.16), 0.95), lip * 0.3))
    job.canvas.drawPath(job.path, fill_of(job.color))
    inner_edge(job.canvas, job.path, dx * 0.05 * size, dy * 0.055 * size, 0.03 * size, fill_of(shade, 0.6))
    inner_edge(job.canvas, job.path, dx * 0.014 * size, dy * 0.016 * size, 0.005 * size, fill_of(shade, 0.8))


def _brush(job: TypeJob) -> None:
    """A loaded brush drawn once behind each line, dry at its end."""
    swash = job.stop(0, mix(job.color, job.ground, 0.8))
    for index, line in enumerate(job.lines):
        job.canvas.drawPath(
            swash_path(line.getBounds(), job.size, random.Random(job.seed * 31 + index)), fill_of(swash)
        )
    job.canvas.drawPath(job.path, fill_of(job.color))


BRISTLES = 30


def swash_path(bounds: Any, size: float, numbers: random.Random) -> Any:
    """One brush stroke behind `bounds`: solid under the type, bristles of uneven length before and after it."""
    import skia

    path = skia.Path()
    top, bottom = bounds.top() - 0.15 * size, bounds.bottom() + 0.15 * size
    left, right = bounds.left() - 0.12 * size, bounds.right() + 0.12 * size
    sway = 0.03 * size
    path.moveTo(left, top + sway)
    path.quadTo((left + right) / 2, top - sway, right, top)
    path.lineTo(right, bottom - sway)
    path.quadTo((left + right) / 2, bottom + sway, left, bottom)
    path.close()
    height = (bottom - top - sway) / BRISTLES
    for index in range(BRISTLES):
        edge = abs(index / (BRISTLES - 1) - 0.5) * 2
        y = top + sway / 2 + (index + 0.5) * height
        _bristle(path, left + height, left - size * (0.16 * (1 - edge**3) + numbers.uniform(0, 0.10)), y, height * 0.62)
        dry = numbers.uniform(0.02, 0.62) ** 1.4 + 0.16 * (1 - edge**2)
        _bristle(path, right - height, right + size * dry, y, height * numbers.uniform(0.34, 0.6))
    return path


def _bristle(path: Any, root: float, tip: float, y: float, half: float) -> None:
    """One bristle's mark, from its root to a tip drawn out thin; wound like the stroke it joins."""
    thin = root + (tip - root) * 0.55
    low, high = (y + half, y - half) if tip > root else (y - half, y + half)
    path.moveTo(root, high)
    path.quadTo(thin, high, tip, y)
    path.quadTo(thin, low, root, low)
    path.close()


TREATMENTS: Mapping[str, Callable[[TypeJob], None]] = {
    "plain": _plain,
    "metal": _metal,
    "outline": _outline,
    "extruded": _extruded,
    "neon": _neon,
    "paper_cut": _paper_cut,
    "inset": _inset,
    "brush": _brush,
    "gradient": _gradient,
}
