"""Proof that a product's pixels are its own: the finished picture against the source after the one known resample."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from brand_styles.words import Words
from generation.compositing.design import Design, PictureLayer
from generation.layout.geometry import Rect
from generation.products.pixels import Mask, Rgba, eroded, resampled
from generation.products.standing import PRODUCT
from generation.types import Finding, Report

INWARD = 2  # px of the alpha's edge that the resample may mix
MOST = 1  # of 255: how far a channel may be off
COVERED = 0.2  # share of the product that other layers may hide before it is told
ENLARGED = 1.25  # times: beyond this a photo looks soft
CHECK = "product_pixels"


def check_product(design: Design, rgb: NDArray[np.uint8], source: Rgba) -> list[Finding]:
    """What the finished picture (H, W, 3) did to the product (uint8 RGBA, as it was handed in); nothing where the design shows none."""
    layer = next((each for each in design.layers if isinstance(each, PictureLayer) and each.source == PRODUCT), None)
    if layer is None:
        return []
    left, top, right, bottom = layer.box.rounded()
    expected = resampled(source, right - left, bottom - top)
    inside = _on_canvas(eroded(expected[..., 3], INWARD), left, top, rgb.shape)
    bare = inside & ~_covered(design, layer, rgb.shape)
    return [*_fidelity(layer, rgb, expected, bare, left, top), *_hidden(layer, inside, bare), *_soft(layer, source)]


def with_product(report: Report, design: Design, rgb: NDArray[np.uint8], source: Rgba) -> Report:
    """The report with what the product's check found."""
    found = check_product(design, rgb, source)
    blocked = report.verdict == "blocked" or any(f.severity == "block" for f in found)
    return report.model_copy(
        update={
            "verdict": "blocked" if blocked else "pass",
            "first_pass": report.first_pass and not any(f.severity == "block" for f in found),
            "findings": (*report.findings, *found),
            "checks": (*report.checks, CHECK),
        }
    )


def _on_canvas(mask: Mask, left: int, top: int, shape: tuple[int, ...]) -> Mask:
    """A mask of the product's box as one of the canvas; what lies outside is cut."""
    out = np.zeros(shape[:2], np.bool_)
    x0, y0 = max(left, 0), max(top, 0)
    x1, y1 = min(left + mask.shape[1], shape[1]), min(top + mask.shape[0], shape[0])
    if x1 > x0 and y1 > y0:
        out[y0:y1, x0:x1] = mask[y0 - top : y1 - top, x0 - left : x1 - left]
    return out


def _covered(design: Design, product: PictureLayer, shape: tuple[int, ...]) -> Mask:
    """Where layers above the product are drawn: type, logo, panels, with the reach of their shadows. A gradient over the whole
    canvas hides nothing and is not excused."""
    out = np.zeros(shape[:2], np.bool_)
    above = design.layers[design.layers.index(product) + 1 :]
    for layer in above:
        if layer.kind == "scrim":
            continue
        x0, y0, x1, y1 = layer.box.grown(0.15 * layer.box.height + 2).clamped(shape[1], shape[0]).rounded()
        out[y0:y1, x0:x1] = True
    return out


def _fidelity(
    layer: PictureLayer, rgb: NDArray[np.uint8], expected: Rgba, bare: Mask, left: int, top: int
) -> list[Finding]:
    rows, columns = np.nonzero(bare)
    if not len(rows):
        words = Words(
            en="The product shows no solid pixels to compare with its picture. Look at it before use.",
            zh="产品没有可供比对的实色像素，请人工查看。",
        )
        return [Finding(code="product.unproved", severity="warn", layer=layer.id, box=layer.box, words=words)]
    apart = np.abs(rgb[rows, columns].astype(np.int16) - expected[rows - top, columns - left, :3])
    most, where = int(apart.max()), int(apart.max(axis=1).argmax())
    if most <= MOST:
        words = Words(
            en=f"The product's pixels are its picture's own: {len(rows):,} compared, at most {most} of 255 apart.",
            zh=f"产品像素与原图一致：比对 {len(rows):,} 个像素，最大偏差 {most}/255。",
        )
        return [_finding("product.kept", "info", layer.box, words, most)]
    x, y = int(columns[where]), int(rows[where])
    words = Words(
        en=f"The product's pixels were changed, by up to {most} of 255 at ({x}, {y}). Nothing may be laid over it; make it again.",
        zh=f"产品像素被改动，({x}, {y}) 处最大偏差 {most}/255。产品上不得叠加其他图层，请重新制作。",
    )
    return [_finding("product.changed", "block", Rect(x - 8, y - 8, x + 8, y + 8), words, most)]


def _finding(code: str, severity: str, box: Rect, words: Words, measured: int) -> Finding:
    return Finding.model_validate(
        {
            "code": code,
            "severity": severity,
            "layer": PRODUCT,
            "box": box,
            "words": words,
            "measured": measured,
            "limit": MOST,
        }
    )


def _hidden(layer: PictureLayer, inside: Mask, bare: Mask) -> list[Finding]:
    share = 1 - float(bare.sum()) / max(float(inside.sum()), 1.0)
    if share <= COVERED:
        return []
    words = Words(
        en=f"Type, logo or panels stand over {share:.0%} of the product. Choose another layout.",
        zh=f"文字、标识或面板遮挡了产品的 {share:.0%}，请换一个版式。",
    )
    return [
        Finding(
            code="product.hidden",
            severity="warn",
            layer=layer.id,
            box=layer.box,
            words=words,
            measured=share,
            limit=COVERED,
        )
    ]


def _soft(layer: PictureLayer, source: Rgba) -> list[Finding]:
    scale = layer.box.height / source.shape[0]
    if scale <= ENLARGED:
        return []
    needed = round(source.shape[1] * scale), round(source.shape[0] * scale)
    words = Words(
        en=f"The product picture is enlarged {scale:.1f} times and looks soft here. Send one of at least {needed[0]}x{needed[1]} px.",
        zh=f"产品图放大了 {scale:.1f} 倍，会显得模糊。请提供至少 {needed[0]}x{needed[1]} 像素的图。",
    )
    return [
        Finding(
            code="product.enlarged",
            severity="warn",
            layer=layer.id,
            box=layer.box,
            words=words,
            measured=scale,
            limit=ENLARGED,
        )
    ]
