"""The logo: present, unaltered, in its own proportions, with its clear space."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from brand_styles.style import Logo
from brand_styles.words import Words
from generation.compositing.design import LogoLayer
from generation.compositing.legibility import pixels_under
from generation.compositing.logos import near_forbidden, paint_logo
from generation.layout.geometry import Rect
from generation.preflight.ground import window
from generation.preflight.names import named
from generation.preflight.proof import Proof, text_of
from generation.types import Finding, Remedy

ASPECT_TOLERANCE = 0.03
FORBIDDEN_SHARE = 0.25
_REPAIRS: dict[str, tuple[Remedy, ...]] = {"logo.clear_space": ("move",), "logo.ground": ("swap_logo", "underlay")}
ALTERED = 24.0  # mean difference (of 255) over the logo's ink beyond which it is not the logo


def check_logo(proof: Proof) -> Iterator[Finding]:
    """Each logo layer against the brand's own drawing; a brand with a logo must show it wherever the layout kept it."""
    if proof.brand.logos and not proof.logos and proof.layout.first("logo") is not None:
        yield _finding(
            "logo.missing",
            None,
            None,
            None,
            None,
            "The layout holds a logo, but the picture has none. Draw it.",
            "版面含有品牌标识，但画面上没有。请绘制。",
        )
    for layer in proof.logos:
        drawing = _variant(proof, layer)
        if drawing is None:
            continue
        yield from _proportions(layer, drawing)
        yield from _ground(proof, layer, drawing)
        yield from _unaltered(proof, layer, drawing)
        yield from _clear_space(proof, layer)


def _variant(proof: Proof, layer: LogoLayer) -> Logo | None:
    return next((logo for logo in proof.brand.logos if logo.ground == layer.ground), None)


def _proportions(layer: LogoLayer, drawing: Logo) -> Iterator[Finding]:
    aspect = layer.box.width / max(layer.box.height, 1e-6)
    if abs(aspect / drawing.aspect - 1) > ASPECT_TOLERANCE:
        yield _finding(
            "logo.aspect",
            layer.id,
            layer.box,
            round(aspect, 3),
            round(drawing.aspect, 3),
            f"The logo is drawn {aspect:.2f} times as wide as high; its own shape is {drawing.aspect:.2f}. Give its box that shape.",
            f"品牌标识宽高比为 {aspect:.2f}，原比例为 {drawing.aspect:.2f}。请按原比例设置。",
        )
    if layer.box.height < drawing.min_height - 0.5:
        yield _finding(
            "logo.small",
            layer.id,
            layer.box,
            round(layer.box.height, 1),
            drawing.min_height,
            f"The logo is {layer.box.height:.0f} px high; the brand's least is {drawing.min_height:.0f} px. Make it larger.",
            f"品牌标识高 {layer.box.height:.0f} 像素，品牌规定最小 {drawing.min_height:.0f} 像素。请放大。",
        )
    if layer.box.height > drawing.most_height + 0.5:
        yield _finding(
            "logo.upscaled",
            layer.id,
            layer.box,
            round(layer.box.height, 1),
            drawing.most_height,
            f"The logo is {layer.box.height:.0f} px high, its PNG only {drawing.most_height:.0f}. Make it smaller or publish a larger one.",
            f"品牌标识高 {layer.box.height:.0f} 像素，而其 PNG 只有 {drawing.most_height:.0f} 像素。请缩小，或发布更大的标识文件。",
        )


def _ground(proof: Proof, layer: LogoLayer, drawing: Logo) -> Iterator[Finding]:
    """A logo does not stand on a colour that the brand forbids it: at most a quarter of what it covers may come near one."""
    if not drawing.forbidden:
        return
    share, colour = near_forbidden(drawing, pixels_under(proof.ground, layer.box))
    if share > FORBIDDEN_SHARE:
        yield _finding(
            "logo.ground",
            layer.id,
            layer.box,
            round(share, 2),
            FORBIDDEN_SHARE,
            f"{share:.0%} of the ground under the logo is {colour} or near it, on which the brand's logo must not stand. "
            "Move it, change the ground or put a plate under it.",
            f"标识下方有 {share:.0%} 的区域为 {colour} 或相近颜色，属于品牌标识的禁用底色。请移动标识、更换底色或加底板。",
        )


def _unaltered(proof: Proof, layer: LogoLayer, drawing: Logo) -> Iterator[Finding]:
    """The pixels in the logo's box against the brand's drawing laid over the same ground."""
    if proof.estimated:
        return
    rows, cols = window(layer.box, proof.rgb.shape)
    rgba = render_logo(drawing, layer.box, rows, cols)
    alpha = rgba[..., 3:] * layer.opacity
    expected = rgba[..., :3] * 255 * alpha + proof.ground[rows, cols] * (1 - alpha)
    seen = proof.rgb[rows, cols].astype(np.float32)
    inked = alpha[..., 0] > 0.1
    difference = np.abs(seen - expected).max(axis=2)
    worst = max(_mean(difference[inked]), _mean(difference[~inked]))
    if not inked.any() or worst > ALTERED:
        yield _finding(
            "logo.altered",
            layer.id,
            layer.box,
            round(worst, 1),
            ALTERED,
            "The logo on the picture differs from the brand's own drawing. Draw it again, with nothing over it.",
            "画面上的品牌标识与品牌原图不一致。请重新绘制，且不得有遮挡。",
        )


def _mean(values: NDArray[np.float32]) -> float:
    return float(values.mean()) if values.size else 0.0


def render_logo(logo: Logo, box: Rect, rows: slice, cols: slice) -> NDArray[np.float32]:
    """The logo's own vector or pixels drawn at its box: (h, w, 4) float32, colour and alpha 0 to 1, not premultiplied."""
    import skia

    width, height = cols.stop - cols.start, rows.stop - rows.start
    surface = skia.Surface.MakeRaster(skia.ImageInfo.MakeN32Premul(max(width, 1), max(height, 1)))
    canvas = surface.getCanvas()
    canvas.clear(skia.ColorTRANSPARENT)
    paint_logo(canvas, logo, box.moved(-cols.start, -rows.start))
    pixels = surface.makeImageSnapshot().toarray(colorType=skia.kRGBA_8888_ColorType)
    scaled: NDArray[np.float32] = pixels.astype(np.float32) / np.float32(255)
    return scaled


def _clear_space(proof: Proof, layer: LogoLayer) -> Iterator[Finding]:
    """No type inside the logo's clear space."""
    margin = layer.clear_space * layer.box.height
    free = layer.box.grown(margin - 1)
    for other in proof.type_layers:
        common = free.intersection(other.box)
        if common is not None:
            name = named(other.role, text_of(other))
            yield _finding(
                "logo.clear_space",
                other.id,
                common,
                round(common.area),
                0,
                f"{name.en} stands inside the logo's clear space. Move it at least {margin:.0f} px away from the logo.",
                f"{name.zh}进入了品牌标识的留白区。请与标识保持至少 {margin:.0f} 像素。",
            )


def _finding(
    code: str, layer: str | None, box: Rect | None, measured: float | None, limit: float | None, en: str, zh: str
) -> Finding:
    return Finding(
        code=code,
        severity="block",
        layer=layer,
        box=box,
        measured=measured,
        limit=limit,
        words=Words(en=en, zh=zh),
        repairs=_REPAIRS.get(code, ()),
    )
