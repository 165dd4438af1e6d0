"""The brand's logo, drawn from its own vector: never stretched, never redrawn."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any

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
    import skia

    logo = logo_for(brand, layer.ground)
    box = logo_box(layer.box, logo.aspect)
    drawing = _drawing(logo.svg)
    if drawing is None:
        raise PermanentError(
            f"The {logo.ground} logo of brand {brand.slug} is not a readable SVG.",
            f"品牌 {brand.slug} 的标志（{logo.ground}）不是可读的 SVG。",
            field="brand",
        )
    canvas.saveLayerAlpha(None, round(layer.opacity * 255)) if layer.opacity < 1 else canvas.save()
    canvas.clipRect(skia.Rect.MakeLTRB(box.x0 - 1, box.y0 - 1, box.x1 + 1, box.y1 + 1))
    canvas.translate(box.x0, box.y0)
    drawing.setContainerSize(skia.Size(box.width, box.height))
    drawing.render(canvas)
    canvas.restore()


@lru_cache(maxsize=32)
def _drawing(svg: str) -> Any:
    """The parsed drawing, its root sized by the container instead of by fixed lengths."""
    import skia

    return skia.SVGDOM.MakeFromStream(skia.MemoryStream(scalable(svg).encode(), True))


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
