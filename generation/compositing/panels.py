"""Panels, badges and scrims: the shapes under type."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
from numpy.typing import NDArray

from generation.compositing.design import PanelLayer, ScrimLayer
from generation.compositing.effects import fill_of, inner_edge, soft_shadow, stroke_of, vertical
from generation.compositing.kernels import tint
from generation.compositing.tints import darker, lighter
from generation.layout.geometry import Rect

FALL = 4096  # steps of a scrim's alpha


def panel_path(shape: str, box: Rect, radius: float) -> Any:
    """The outline of a panel in its box, a skia.Path. `radius` in pixels rounds panels, coupons and ribbons."""
    import skia

    rect = skia.Rect.MakeLTRB(box.x0, box.y0, box.x1, box.y1)
    path = skia.Path()
    if shape == "coupon":
        return _coupon(rect, radius)
    if shape == "ribbon":
        return _ribbon(box)
    if shape in ("seal", "burst"):
        return _star(
            box, spikes=28 if shape == "seal" else 18, depth=0.06 if shape == "seal" else 0.17, soft=shape == "seal"
        )
    if shape == "circle":
        path.addOval(rect)
        return path
    corner = min(box.width, box.height) / 2 if shape == "pill" else min(radius, box.width / 2, box.height / 2)
    path.addRRect(skia.RRect.MakeRectXY(rect, corner, corner))
    return path


def _coupon(rect: Any, radius: float) -> Any:
    """A ticket: rounded corners, half-round notches where it is torn, at a quarter from the right or in the middle."""
    import skia

    ticket, holes = skia.Path(), skia.Path()
    ticket.addRRect(skia.RRect.MakeRectXY(rect, radius, radius))
    notch = min(rect.height() * 0.1, rect.width() * 0.06)
    tear = coupon_tear(rect)
    if tear is None:
        holes.addCircle(rect.left(), rect.centerY(), notch * 1.2)
        holes.addCircle(rect.right(), rect.centerY(), notch * 1.2)
    else:
        holes.addCircle(tear, rect.top(), notch)
        holes.addCircle(tear, rect.bottom(), notch)
    return skia.Op(ticket, holes, skia.PathOp.kDifference_PathOp)


def coupon_tear(rect: Any) -> float | None:
    """The x of a wide coupon's torn line; None for one too narrow to have a stub."""
    return float(rect.left() + rect.width() * 0.76) if rect.width() > 2.6 * rect.height() else None


def _ribbon(box: Rect) -> Any:
    """A band with a swallow tail at each end."""
    import skia

    path, tail = skia.Path(), min(box.height * 0.38, box.width * 0.12)
    middle = (box.y0 + box.y1) / 2
    corners = [
        (box.x0, box.y0),
        (box.x1, box.y0),
        (box.x1 - tail, middle),
        (box.x1, box.y1),
        (box.x0, box.y1),
        (box.x0 + tail, middle),
    ]
    path.addPoly([skia.Point(*c) for c in corners], True)
    return path


def _star(box: Rect, *, spikes: int, depth: float, soft: bool) -> Any:
    """A round with scallops (a seal) or points (a burst) about its rim."""
    import skia

    (cx, cy), rx, ry = box.center, box.width / 2, box.height / 2
    path = skia.Path()
    for step in range(spikes):
        angle, half = 2 * math.pi * step / spikes - math.pi / 2, math.pi / spikes
        inner, outer = 1 - depth, 1.0
        valley = (cx + rx * inner * math.cos(angle - half), cy + ry * inner * math.sin(angle - half))
        tip = (cx + rx * outer * math.cos(angle), cy + ry * outer * math.sin(angle))
        following = (cx + rx * inner * math.cos(angle + half), cy + ry * inner * math.sin(angle + half))
        if step == 0:
            path.moveTo(*valley)
        if soft:
            bulge = 1 + depth
            path.quadTo(cx + rx * bulge * math.cos(angle), cy + ry * bulge * math.sin(angle), *following)
        else:
            path.lineTo(*tip)
            path.lineTo(*following)
    path.close()
    return path


def draw_panel(surface: Any, layer: PanelLayer) -> None:
    """Draws a panel with its shadow, frost, fill, inner light and border. Its box bounds the shape, not the shadow."""
    canvas = surface.getCanvas()
    path = panel_path(layer.shape, layer.box, layer.radius)
    if layer.shadow is not None:
        _outside(canvas, path, lambda: soft_shadow(canvas, path, layer.shadow))
    if layer.blur > 0:
        _frost(surface, path, layer)
    canvas.drawPath(path, _fill(layer))
    _finish(canvas, path, layer)


def _outside(canvas: Any, path: Any, draw: Any) -> None:
    """Draws only outside a shape, so that a see-through panel is not darkened by its own shadow."""
    import skia

    canvas.save()
    canvas.clipPath(path, skia.ClipOp.kDifference, True)
    draw()
    canvas.restore()


def _fill(layer: PanelLayer) -> Any:
    if layer.color_to is None and layer.shape not in ("pill", "seal", "burst", "ribbon"):
        return fill_of(layer.color, layer.alpha)
    top = layer.color if layer.color_to else lighter(layer.color, 0.045)
    bottom = layer.color_to or darker(layer.color, 0.035)
    return vertical(layer.box.y0, layer.box.y1, [(0.0, top), (1.0, bottom)], layer.alpha)


def _frost(surface: Any, path: Any, layer: PanelLayer) -> None:
    """Blurs what lies behind the shape; the tint comes over it as the fill."""
    import skia

    canvas = surface.getCanvas()
    sigma, box = layer.blur / 2, layer.box.grown(layer.blur * 1.5).clamped(surface.width(), surface.height())
    region = skia.IRect.MakeLTRB(math.floor(box.x0), math.floor(box.y0), math.ceil(box.x1), math.ceil(box.y1))
    behind = surface.makeImageSnapshot(region)
    canvas.save()
    canvas.clipPath(path, doAntiAlias=True)
    paint = skia.Paint(ImageFilter=skia.ImageFilters.Blur(sigma, sigma, skia.TileMode.kClamp))
    canvas.drawImage(behind, region.left(), region.top(), skia.SamplingOptions(), paint)
    canvas.restore()


def _finish(canvas: Any, path: Any, layer: PanelLayer) -> None:
    """Inner light along the upper edge, and what the shape itself carries: a seal's ring, a coupon's tear, ribbon folds."""
    box = layer.box
    unit = min(box.width, box.height)
    if layer.shape in ("pill", "circle", "seal", "burst") and layer.alpha > 0.5:
        _upper_light(canvas, path, max(1.0, unit * 0.03), 0.32 if layer.shape == "pill" else 0.22)
    if layer.blur > 0:
        _upper_light(canvas, path, max(1.0, unit * 0.006), 0.45)
    if layer.shape == "seal":
        inner = panel_path("circle", box.grown(-0.11 * unit), 0)
        canvas.drawPath(inner, stroke_of(lighter(layer.color, 0.3), max(1.0, unit * 0.012), 0.75))
    if layer.shape == "coupon":
        _tear(canvas, layer)
    if layer.shape == "ribbon":
        _stitches(canvas, layer)
    if layer.border and layer.border_px > 0:
        _border(canvas, path, layer)


def _upper_light(canvas: Any, path: Any, width: float, alpha: float) -> None:
    inner_edge(canvas, path, 0.0, width, width * 0.5, fill_of("#FFFFFF", alpha))


def _border(canvas: Any, path: Any, layer: PanelLayer) -> None:
    """A border inside the shape, so that the box still bounds it."""
    canvas.save()
    canvas.clipPath(path, doAntiAlias=True)
    canvas.drawPath(path, stroke_of(layer.border or layer.color, layer.border_px * 2))
    canvas.restore()


def _tear(canvas: Any, layer: PanelLayer) -> None:
    import skia

    rect = skia.Rect.MakeLTRB(layer.box.x0, layer.box.y0, layer.box.x1, layer.box.y1)
    tear = coupon_tear(rect)
    if tear is None:
        return
    paint = stroke_of(darker(layer.color, 0.16), max(1.0, rect.height() * 0.014), 0.8)
    dash = rect.height() * 0.05
    paint.setPathEffect(skia.DashPathEffect.Make([dash, dash], 0))
    canvas.drawLine(tear, rect.top() + rect.height() * 0.14, tear, rect.bottom() - rect.height() * 0.14, paint)


def _stitches(canvas: Any, layer: PanelLayer) -> None:
    """Fine lines along a ribbon's edges."""
    box, inset = layer.box, layer.box.height * 0.1
    paint = stroke_of(lighter(layer.color, 0.25), max(1.0, box.height * 0.018), 0.6)
    for y in (box.y0 + inset, box.y1 - inset):
        canvas.drawLine(box.x0 + box.height * 0.24, y, box.x1 - box.height * 0.24, y, paint)


def draw_scrim(pixels: NDArray[np.uint8], layer: ScrimLayer) -> None:
    """A gradient of one colour that eases in and out (half a cosine), so that neither of its ends is seen as an edge."""
    box = layer.box.clamped(pixels.shape[1], pixels.shape[0])
    x0, y0, x1, y1 = box.rounded()
    if x1 <= x0 or y1 <= y0:
        return
    across = (np.arange(x0, x1) + 0.5 - layer.box.x0) / layer.box.width
    down = (np.arange(y0, y1) + 0.5 - layer.box.y0) / layer.box.height
    still_x, still_y = np.zeros_like(across), np.zeros_like(down)
    columns, rows = {
        "top": (still_x, down),
        "bottom": (still_x, 1 - down),
        "left": (across, still_y),
        "right": (1 - across, still_y),
        "center": (2 * across - 1, 2 * down - 1),
    }[layer.edge]
    fall = layer.alpha * layer.opacity * (1 + np.cos(np.pi * np.linspace(0, 1, FALL))) / 2
    color = np.array([int(layer.color[i : i + 2], 16) for i in (1, 3, 5)], np.float64)
    tint(pixels, y0, x0, rows, columns, fall, color)
