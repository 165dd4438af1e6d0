"""Draws price lock-ups; what they are made of is typography.price."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from generation.compositing.design import PriceLayer
from generation.compositing.effects import TypeJob, fill_of, paint_type
from generation.typography.price import PriceShape, even_below, price_path, price_shape

OLD_ALPHA = 0.6
STRIKE = 0.03  # thickness of the line through an old price, of the price's em


def price_place(layer: PriceLayer) -> tuple[PriceShape, float, float, float]:
    """The lock-up of a layer, its em in pixels and the left top corner of its ink.

    A lock-up that is larger than its box (an old price came later) is set smaller, all its parts alike; one whose small
    parts couldn't be read is set in one size.
    """
    style, box = layer.style, layer.box
    even = style.size < even_below(layer.text, layer.language)
    shaped = price_shape(
        layer.text, language=layer.language, face=style.face, weight=style.weight, old=layer.old, even=even
    )
    size = style.size
    if shaped.width * size > box.width + 1 or shaped.height * size > box.height + 1:
        size = min(box.width / shaped.width, box.height / shaped.height)
    slack = {"left": 0.0, "center": 0.5, "right": 1.0}[layer.align]
    x = box.x0 + slack * (box.width - shaped.width * size)
    return shaped, size, x, box.y0 + (box.height - shaped.height * size) / 2


def draw_price(job: TypeJob, layer: PriceLayer) -> None:
    """Draws the lock-up with its treatment, the old price plainly beside it. `job` brings canvas, light and ground."""
    shaped, size, x, top = price_place(layer)
    kinds = ("prefix", "currency", "figure", "decimals", "unit")
    path = price_path(shaped, size, x, top, kinds=kinds)  # type: ignore[arg-type]
    paint_type(replace(job, lines=(path,), path=path, size=size))
    if layer.old:
        _draw_old(job.canvas, layer, shaped, size, x, top)


def _draw_old(canvas: Any, layer: PriceLayer, shaped: PriceShape, size: float, x: float, top: float) -> None:
    """The old price, and a stroke through its middle that stays within its ink's width."""
    import skia

    path = price_path(shaped, size, x, top, kinds=("old",))
    bounds = path.getBounds()
    middle, half = bounds.centerY(), max(0.5, STRIKE * size / 2)
    rule = skia.Rect.MakeLTRB(bounds.left(), middle - half, bounds.right(), middle + half)
    path.addRect(rule)
    canvas.drawPath(path, fill_of(layer.color, OLD_ALPHA))
