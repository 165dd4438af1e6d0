"""Design → pixels. Every layer is drawn here and nowhere else."""

from __future__ import annotations

import zlib
from collections.abc import Mapping
from typing import Any, assert_never

import numpy as np
from numpy.typing import NDArray

from brand_styles.style import BrandStyle
from generation.compositing.design import (
    AnyLayer,
    Design,
    LogoLayer,
    PanelLayer,
    PictureLayer,
    PriceLayer,
    ScrimLayer,
    TextLayer,
)
from generation.compositing.effects import TypeJob, paint_type
from generation.compositing.kernels import to_rgb, to_rgba
from generation.compositing.logos import draw_logo
from generation.compositing.panels import draw_panel, draw_scrim
from generation.compositing.pictures import covers, draw_picture, source_of
from generation.compositing.png import png_bytes
from generation.compositing.price import draw_price
from generation.compositing.tints import argb
from generation.layout.geometry import Rect
from generation.typography.fitting import LineSet, measured
from generation.typography.paragraphs import line_path, shape

__all__ = ["baselines", "compose", "png_bytes", "text_lines"]

Pixels = NDArray[np.uint8]


def compose(design: Design, sources: Mapping[str, Pixels], brand: BrandStyle) -> Pixels:
    """Draws a Design. Returns uint8 (height, width, 3), sRGB.

    `sources` holds the pictures that picture layers name: uint8 (H, W, 3) or (H, W, 4) with straight alpha. The same
    arguments give the same pixels. Raises KeyError for a source that is not there, ValueError for one that is no picture,
    PermanentError for an unknown face or a logo that cannot be read.
    """
    import skia

    pixels = np.empty((design.height, design.width, 4), np.uint8)
    surface = skia.Surface(pixels, colorType=skia.kRGBA_8888_ColorType)
    surface.getCanvas().clear(argb(design.background))
    for layer in design.layers:
        _draw(surface, pixels, design, layer, sources, brand)
    surface.flushAndSubmit()
    picture = np.empty((design.height, design.width, 3), np.uint8)
    to_rgb(pixels, picture)
    return picture


def _draw(
    surface: Any, pixels: Pixels, design: Design, layer: AnyLayer, sources: Mapping[str, Pixels], brand: BrandStyle
) -> None:
    if isinstance(layer, PictureLayer):
        source = source_of(layer, sources)
        if covers(layer, source, design.width, design.height):
            to_rgba(source, pixels)
        else:
            draw_picture(surface.getCanvas(), layer, source)
    elif isinstance(layer, LogoLayer):
        draw_logo(surface.getCanvas(), layer, brand)
    elif isinstance(layer, ScrimLayer):
        draw_scrim(pixels, layer)
    else:
        faded = layer.opacity < 1.0
        if faded:
            surface.getCanvas().saveLayerAlpha(None, round(layer.opacity * 255))
        _draw_vector(surface, pixels, design, layer)
        if faded:
            surface.getCanvas().restore()


def _draw_vector(surface: Any, pixels: Pixels, design: Design, layer: PanelLayer | TextLayer | PriceLayer) -> None:
    if isinstance(layer, PanelLayer):
        draw_panel(surface, layer)
    elif isinstance(layer, TextLayer):
        paths = text_lines(layer)
        job = _job(surface.getCanvas(), pixels, design, layer, paths)
        paint_type(job, layer.shadow)
    elif isinstance(layer, PriceLayer):
        draw_price(_job(surface.getCanvas(), pixels, design, layer, []), layer)
    else:
        assert_never(layer)


def _job(canvas: Any, pixels: Pixels, design: Design, layer: TextLayer | PriceLayer, paths: list[Any]) -> TypeJob:
    import skia

    whole = skia.Path()
    for path in paths:
        whole.addPath(path)
    return TypeJob(
        canvas=canvas,
        lines=paths,
        path=whole,
        size=layer.style.size,
        color=layer.color,
        treatment=layer.treatment,
        light=design.light,
        ground=_ground(pixels, layer.box),
        seed=zlib.crc32(layer.id.encode()),
    )


def _ground(pixels: Pixels, box: Rect) -> str:
    """The mean colour that lies under a box, as "#RRGGBB"."""
    height, width = pixels.shape[:2]
    x0, y0, x1, y1 = box.clamped(width, height).rounded()
    under = pixels[y0 : max(y1, y0 + 1) : 4, x0 : max(x1, x0 + 1) : 4, :3]
    if under.size == 0:
        return "#808080"
    red, green, blue = (int(v) for v in under.reshape(-1, 3).mean(axis=0))
    return f"#{red:02X}{green:02X}{blue:02X}"


def _measured(layer: TextLayer) -> LineSet:
    style = layer.style
    return measured(layer.lines, language=layer.language, face=style.face, weight=style.weight, tracking=style.tracking)


def baselines(layer: TextLayer) -> tuple[float, ...]:
    """The y of each line's baseline in pixels: the block's ink is centred in the box's height (equal to it, usually)."""
    style, block = layer.style, _measured(layer)
    slack = layer.box.height - style.size * block.height_em(style.leading)
    first = layer.box.y0 + slack / 2 + block.ink_top_em * style.size
    return tuple(first + i * style.leading * style.size for i in range(len(layer.lines)))


def text_lines(layer: TextLayer) -> list[Any]:
    """One skia.Path a line, in canvas pixels, its ink inside the layer's box where the box is as large as measured.

    Lines align by their bodies; opening quotes and closing marks at the edges hang out into the block's margin.
    """
    style, (hang_left, hang_right) = layer.style, _measured(layer).hang_em
    left, right = layer.box.x0 + hang_left * style.size, layer.box.x1 - hang_right * style.size
    paths = []
    for text, baseline in zip(layer.lines, baselines(layer), strict=True):
        line = shape(text, language=layer.language, face=style.face, weight=style.weight, tracking=style.tracking)
        body = (line.body[1] - line.body[0]) if len(layer.lines) > 1 else line.width
        lead = line.hang[0] if len(layer.lines) > 1 else 0.0
        slack = {"left": 0.0, "center": 0.5, "right": 1.0}[layer.align]
        x = left + slack * (right - left - body * style.size) - lead * style.size
        paths.append(line_path(line, style.size, x, baseline))
    return paths
