"""The brand's logo, drawn from its own vector or its own pixels: never stretched, never redrawn."""

from __future__ import annotations

import base64
import re
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from brand_styles.colors import cielab_of_rgb, delta_e_2000, rgb_of
from brand_styles.logos import SAME, near
from brand_styles.style import BrandStyle, Logo
from generation.compositing.design import LogoLayer
from generation.errors import PermanentError
from generation.layout.geometry import Rect

_ROOT = re.compile(r"<svg\b[^>]*>", re.S)
_LENGTH = re.compile(r"\s(width|height)\s*=\s*[\"']\s*([\d.]+)\s*(?:px)?\s*[\"']")


def logo_for(brand: BrandStyle, ground: str) -> Logo:
    """The variant for a light or dark ground; a brand with a single variant has only that one.

    Raises PermanentError when the brand has no logo at all.
    """
    if not brand.logos:
        raise PermanentError(
            f"Brand {brand.slug} has no logo. Upload one.", f"品牌 {brand.slug} 没有标志，请上传。", field="brand"
        )
    return next((logo for logo in brand.logos if logo.ground == ground), brand.logos[0])


def logo_box(box: Rect, aspect: float) -> Rect:
    """The largest box of the logo's own aspect inside `box`, centred."""
    width = min(box.width, box.height * aspect)
    height = width / aspect
    (cx, cy) = box.center
    return Rect(cx - width / 2, cy - height / 2, cx + width / 2, cy + height / 2)


def draw_logo(canvas: Any, layer: LogoLayer, brand: BrandStyle) -> None:
    """Draws the right variant inside its layer's box. Raises PermanentError when its drawing cannot be read."""
    logo = logo_for(brand, layer.ground)
    canvas.saveLayerAlpha(None, round(layer.opacity * 255)) if layer.opacity < 1 else canvas.save()
    try:
        paint_logo(canvas, logo, logo_box(layer.box, logo.aspect))
    except ValueError:
        raise PermanentError(
            f"The {logo.ground} logo of brand {brand.slug} is not a readable {'PNG' if logo.png else 'SVG'}.",
            f"品牌 {brand.slug} 的标志（{logo.ground}）不是可读的 {'PNG' if logo.png else 'SVG'}。",
            field="brand",
        ) from None
    finally:
        canvas.restore()


def paint_logo(canvas: Any, logo: Logo, box: Rect) -> None:
    """The logo's own vector or pixels over `box`; a PNG at its own size lands pixel on pixel. ValueError when it cannot be read."""
    import skia

    if logo.png:
        picture, place = _picture(logo.png), _snapped(box, logo)
        sampling = skia.SamplingOptions(skia.FilterMode.kLinear, skia.MipmapMode.kLinear)
        canvas.drawImageRect(picture, skia.Rect.MakeLTRB(place.x0, place.y0, place.x1, place.y1), sampling)
        return
    drawing = _drawing(logo.svg)
    if drawing is None:
        raise ValueError("no drawing")
    canvas.save()
    canvas.clipRect(skia.Rect.MakeLTRB(box.x0 - 1, box.y0 - 1, box.x1 + 1, box.y1 + 1))
    canvas.translate(box.x0, box.y0)
    drawing.setContainerSize(skia.Size(box.width, box.height))
    drawing.render(canvas)
    canvas.restore()


def _snapped(box: Rect, logo: Logo) -> Rect:
    """A box of the PNG's own size on whole pixels, so that nothing is resampled; any other box as it is."""
    width, height = logo.pixels or (0, 0)
    if abs(box.height - height) >= 0.5:
        return box
    x, y = round(box.x0), round(box.y0)
    return Rect(x, y, x + width, y + height)


@lru_cache(maxsize=32)
def _drawing(svg: str) -> Any:
    """The parsed drawing, its root sized by the container instead of by fixed lengths."""
    import skia

    return skia.SVGDOM.MakeFromStream(skia.MemoryStream(scalable(svg).encode(), True))


@lru_cache(maxsize=16)
def _picture(png: str) -> Any:
    """The decoded pixels. We wrote the PNG ourselves at intake. ValueError where it is none."""
    import skia

    image = skia.Image.MakeFromEncoded(skia.Data.MakeWithCopy(base64.b64decode(png)))
    if image is None:
        raise ValueError("no picture")
    return image.makeRasterImage()


def held_down(box: Rect, logo: Logo, width: float, height: float) -> Rect:
    """The box in the logo's own shape and no higher than a PNG's own pixels; the corner nearest to the canvas's (width x height) stays."""
    if abs(box.width / box.height / logo.aspect - 1) > 0.01:  # the layout measured with another variant
        box = logo_box(box, logo.aspect)
    if box.height <= logo.most_height:
        return box
    factor = logo.most_height / box.height
    x = box.x0 if box.center[0] < width / 2 else box.x1
    y = box.y0 if box.center[1] < height / 2 else box.y1
    return box.moved(-x, -y).scaled(factor).moved(x, y)


def may_stand(logo: Logo, colour: str) -> bool:
    """Whether the brand lets it stand on a ground of that colour."""
    return not any(near(colour, forbidden) for forbidden in logo.forbidden)


def near_forbidden(logo: Logo, pixels: NDArray[np.uint8]) -> tuple[float, str]:
    """The forbidden colour that most of the pixels (n, 3) come near, and their share, 0..1."""
    lab = cielab_of_rgb(pixels / 255)
    shares = [
        (float((delta_e_2000(lab, cielab_of_rgb(rgb_of(colour))) < SAME).mean()), colour) for colour in logo.forbidden
    ]
    return max(shares, default=(0.0, ""))


def scalable(svg: str) -> str:
    """The SVG with a viewBox and no width and height on its root, so that it fills whatever it is put into."""
    found = _ROOT.search(svg)
    if found is None:
        return svg
    root = found.group()
    lengths = dict(_LENGTH.findall(root))
    bare = re.sub(r"\s(?:width|height)\s*=\s*(?:\"[^\"]*\"|'[^']*')", "", root)
    if "viewBox" not in bare and {"width", "height"} <= lengths.keys():
        bare = f'{bare[:-1]} viewBox="0 0 {lengths["width"]} {lengths["height"]}">'
    return svg[: found.start()] + bare + svg[found.end() :]
