"""Raster layers: the scene, and cut-outs that stand in it with a shadow."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from generation.compositing.design import PictureLayer, Shadow
from generation.compositing.effects import blurred, fill_of
from generation.compositing.kernels import to_rgba
from generation.compositing.tints import argb
from generation.layout.geometry import Rect

Pixels = NDArray[np.uint8]


def source_of(layer: PictureLayer, sources: Mapping[str, Pixels]) -> Pixels:
    """The pixels a layer names, uint8 (H, W, 3 or 4). KeyError when they were not handed in, ValueError when malformed."""
    if layer.source not in sources:
        raise KeyError(f"layer {layer.id!r} draws source {layer.source!r}; handed in: {sorted(sources)}")
    pixels = sources[layer.source]
    if pixels.dtype != np.uint8 or pixels.ndim != 3 or pixels.shape[2] not in (3, 4) or 0 in pixels.shape:
        raise ValueError(f"source {layer.source!r} is {pixels.dtype} {pixels.shape}; uint8 (H, W, 3 or 4) is needed")
    return pixels


def rgba(pixels: Pixels) -> Pixels:
    """The pixels with an alpha channel, C-contiguous; a copy unless they have one."""
    if pixels.shape[2] == 4:
        return np.ascontiguousarray(pixels)
    out = np.empty((*pixels.shape[:2], 4), np.uint8)
    to_rgba(pixels, out)
    return out


def covers(layer: PictureLayer, pixels: Pixels, width: int, height: int) -> bool:
    """Whether a picture is the canvas itself: opaque, the same size, nothing to resample."""
    same = pixels.shape == (height, width, 3) and layer.box == Rect(0, 0, width, height)
    return same and layer.opacity == 1.0


def draw_picture(canvas: Any, layer: PictureLayer, pixels: Pixels) -> None:
    """Stretches a picture over its box; shadows take its alpha."""
    import skia

    image = skia.Image.fromarray(rgba(pixels), colorType=skia.kRGBA_8888_ColorType, copy=False)
    box = skia.Rect.MakeLTRB(layer.box.x0, layer.box.y0, layer.box.x1, layer.box.y1)
    if layer.contact_shadow is not None:
        _contact(canvas, _visible(layer.box, pixels), layer.contact_shadow)
    if layer.shadow is not None:
        _drop(canvas, image, layer.box, layer.shadow)
    paint = skia.Paint(AntiAlias=True, Alphaf=layer.opacity)
    canvas.drawImageRect(image, box, _sampling(pixels, layer.box), paint)


def _drop(canvas: Any, image: Any, box: Rect, shadow: Shadow) -> None:
    """The shadow of a picture's alpha. A soft one has no detail, so it is blurred small and enlarged."""
    import skia

    sigma = shadow.blur / 2
    shrink = max(1.0, sigma / 5)
    reach = 3 * sigma
    cast = box.moved(shadow.dx, shadow.dy).grown(reach)
    width, height = math.ceil(cast.width / shrink), math.ceil(cast.height / shrink)
    small = skia.Surface(width, height)
    margin, place = reach / shrink, skia.Rect
    dark = skia.ColorFilters.Blend(argb(shadow.color, shadow.alpha), skia.BlendMode.kSrcIn)
    paint = skia.Paint(AntiAlias=True, ColorFilter=dark)
    if sigma > 0:
        paint.setImageFilter(skia.ImageFilters.Blur(sigma / shrink, sigma / shrink))
    linear = skia.SamplingOptions(skia.FilterMode.kLinear)
    inner = place.MakeXYWH(margin, margin, box.width / shrink, box.height / shrink)
    small.getCanvas().drawImageRect(image, inner, linear, paint)
    target = place.MakeXYWH(cast.x0, cast.y0, width * shrink, height * shrink)
    canvas.drawImageRect(
        small.makeImageSnapshot(), target, skia.SamplingOptions(skia.CubicResampler.Mitchell()), skia.Paint()
    )


def _sampling(pixels: Pixels, box: Rect) -> Any:
    """Cubic when enlarging or near life size, mipmaps when shrinking, so that fine detail does not shimmer."""
    import skia

    if pixels.shape[1] > 1.5 * box.width or pixels.shape[0] > 1.5 * box.height:
        return skia.SamplingOptions(skia.FilterMode.kLinear, skia.MipmapMode.kLinear)
    return skia.SamplingOptions(skia.CubicResampler.CatmullRom())


def _visible(box: Rect, pixels: Pixels) -> Rect:
    """The part of the box in which the picture is not clear."""
    if pixels.shape[2] == 3:
        return box
    solid = pixels[..., 3] > 32
    rows, columns = np.flatnonzero(solid.any(axis=1)), np.flatnonzero(solid.any(axis=0))
    if rows.size == 0:
        return box
    sx, sy = box.width / pixels.shape[1], box.height / pixels.shape[0]
    return Rect(
        box.x0 + float(columns[0]) * sx,
        box.y0 + float(rows[0]) * sy,
        box.x0 + float(columns[-1] + 1) * sx,
        box.y0 + float(rows[-1] + 1) * sy,
    )


def _contact(canvas: Any, box: Rect, shadow: Shadow) -> None:
    """Where the foot meets the ground: a soft wide pool cast along the light, and a dark narrow core under the foot."""
    import skia

    (cx, _), half = box.center, box.width / 2
    for reach, squash, softness, alpha in ((1.05, 0.13, 1.0, 0.6), (0.82, 0.05, 0.35, 1.0)):
        flat = half * squash
        x, y = cx + shadow.dx * reach, box.y1 - flat * 0.55 + shadow.dy * squash
        oval = skia.Rect.MakeLTRB(x - half * reach, y - flat, x + half * reach, y + flat)
        canvas.drawOval(
            oval, blurred(fill_of(shadow.color, shadow.alpha * alpha), max(shadow.blur / 2 * softness, 0.5))
        )
