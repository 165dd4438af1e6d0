"""What surrounds the logo and what lies over it: a busy ground, too faint a ground, other layers' pixels."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from brand_styles.colors import cielab_of_rgb
from generation.compositing.design import LogoLayer
from generation.layout.geometry import Rect
from generation.preflight.findings import finding_on
from generation.preflight.ground import Mask, Rgb, luminance, window
from generation.preflight.proof import Proof
from generation.types import Finding

BUSY = 14.0  # spread of lightness (CIELAB L, 0..100) over the logo's box and clear space from which a ground is busy
FAINT = 1.7  # WCAG contrast of the logo's ink with its ground under which it is lost; WCAG exempts logos, people still look for them
CHANGED = 24  # of 255: what no rounding of edges explains
OVER_INK, BESIDE_INK = 0.01, 0.03  # share of the logo's ink, and of the rest of its box, that may be so


def check_logo_ground(proof: Proof) -> Iterator[Finding]:
    """Every logo layer as drawn: nothing over it, calm enough a ground, ink that stands off it."""
    for layer in proof.logos:
        if not any(logo.ground == layer.ground for logo in proof.brand.logos):
            continue
        yield from _busy(proof, layer)
        if not proof.estimated:
            yield from _covered(proof, layer)


def _busy(proof: Proof, layer: LogoLayer) -> Iterator[Finding]:
    rows, columns = window(layer.box.grown(layer.clear_space * layer.box.height), proof.ground.shape)
    step = max((rows.stop - rows.start) // 48, 1)
    lab = cielab_of_rgb(proof.ground[rows, columns][::step, ::step] / 255)
    spread = float(np.std(lab[..., 0])) if lab.size else 0.0
    if spread > BUSY:
        yield finding_on(
            layer,
            "logo.busy",
            f"The logo stands on a busy ground: its lightness varies by {spread:.0f}, {BUSY:.0f} is the most. Choose a calmer place.",
            f"品牌标识所在的底面过于杂乱：明度起伏 {spread:.0f}，最多 {BUSY:.0f}。请换到更平整的位置。",
            measured=round(spread, 1),
            limit=BUSY,
            severity="warn",
        )


def _covered(proof: Proof, layer: LogoLayer) -> Iterator[Finding]:
    rows, columns = window(layer.box, proof.rgb.shape)
    under = proof.ground[rows, columns]
    drawn, ink = drawn_over(proof, layer, rows, columns)
    apart = np.abs(proof.rgb[rows, columns].astype(np.int16) - drawn).max(axis=2, initial=0) > CHANGED
    yield from _faint(layer, drawn, under, ink)
    over, beside = (float(apart[part].mean()) if part.any() else 0.0 for part in (ink, ~ink))
    if over > OVER_INK or beside > BESIDE_INK:
        share = max(over, beside)
        yield finding_on(
            layer,
            "logo.covered",
            f"{share:.0%} of the logo's box is not as the brand's own drawing leaves it: something stands over it. Move that away.",
            f"品牌标识区域有 {share:.0%} 与品牌原图不符，可能有内容覆盖。请移开。",
            box=_where(layer.box, apart, rows, columns),
            measured=round(share, 3),
            limit=OVER_INK,
        )


def _where(box: Rect, apart: Mask, rows: slice, columns: slice) -> Rect:
    ys, xs = np.flatnonzero(apart.any(axis=1)), np.flatnonzero(apart.any(axis=0))
    if not len(ys):
        return box
    return Rect(columns.start + xs[0], rows.start + ys[0], columns.start + xs[-1] + 1, rows.start + ys[-1] + 1)


def _faint(layer: LogoLayer, drawn: Rgb, under: Rgb, ink: Mask) -> Iterator[Finding]:
    """By the median of its ink: a logo of several colours may have one that is near the ground."""
    own, ground = luminance(drawn), luminance(under)
    ratio = (np.maximum(own, ground) + 0.05) / (np.minimum(own, ground) + 0.05)
    stands_off = float(np.median(ratio[ink])) if ink.any() else 1.0
    if stands_off < FAINT:
        yield finding_on(
            layer,
            "logo.faint",
            f"The logo has a contrast of {stands_off:.1f}:1 with its ground and is lost on it. Use the variant for the other ground.",
            f"品牌标识与底面的对比度仅 {stands_off:.1f}:1，难以辨认。请换用另一种底色的版本。",
            measured=round(stands_off, 2),
            limit=FAINT,
            severity="warn",
        )


def drawn_over(proof: Proof, layer: LogoLayer, rows: slice, columns: slice) -> tuple[Rgb, Mask]:
    """The ground at these rows and columns with the brand's own logo on it, uint8 (h, w, 3), and where its ink is, (h, w)."""
    whole = np.zeros((*proof.ground.shape[:2], 4), np.uint8)
    ink = _painted(whole, proof, layer)[rows, columns, 3] > 127
    whole[rows, columns, :3], whole[rows, columns, 3] = proof.ground[rows, columns], 255
    return _painted(whole, proof, layer)[rows, columns, :3], ink


def _painted(pixels: NDArray[np.uint8], proof: Proof, layer: LogoLayer) -> NDArray[np.uint8]:
    """The logo on a canvas (H, W, 4) of the picture's own size: an edge is rounded otherwise where the canvas begins elsewhere."""
    import skia

    from generation.compositing.logos import draw_logo

    draw_logo(skia.Canvas(pixels, colorType=skia.kRGBA_8888_ColorType), layer, proof.brand)
    return pixels
