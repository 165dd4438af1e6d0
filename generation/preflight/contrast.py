"""Contrast of the type as drawn with the pixels right around it (WCAG 2.2, 1.4.3)."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from scipy import ndimage

from generation.compositing.legibility import needed_ratio
from generation.preflight.findings import finding_on
from generation.preflight.ground import Mask, Plane, linear_luminance, luminance
from generation.preflight.names import named
from generation.preflight.outlines import TypeLayer
from generation.preflight.proof import Proof, text_of
from generation.preflight.template import WORKING_EM, LineMatch
from generation.types import Finding

AS_PROMISED = 0.85  # share of the promised coverage at which type is drawn in its own colour
RIMMED = (
    "metal",
    "outline",
    "extruded",
    "paper_cut",
    "inset",
    "neon",
)  # treatments whose rim or glow belongs to the glyph
BARE = 8.0  # of 255: a ring that differs less than this from the ground is bare ground


def check_contrast(proof: Proof) -> Iterator[Finding]:
    """WCAG contrast between the type as drawn and the pixels right around it, the worst decile of them."""
    for layer in proof.type_layers:
        measured = worst_contrast(proof, layer)
        limit = needed_contrast(layer, proof.short)
        if measured is not None and measured < limit - 0.05:
            yield _low_contrast(layer, measured, limit)


def needed_contrast(layer: TypeLayer, short: int) -> float:
    """4.5:1, or 3:1 for large type: WCAG's 24 px, or 18.66 px in bold, and as large on this canvas too."""
    bold = layer.style.weight >= 700 and layer.style.size >= max(18.66, 0.035 * short)
    return 3.0 if bold else needed_ratio(layer.style.size, short)


def worst_contrast(proof: Proof, layer: TypeLayer) -> float | None:
    """The 10th percentile of contrast over the pixels right around the glyphs; None without ink.

    Each line is cut into cells of half an em. In each, the type's luminance is set against every pixel of a ring around
    the strokes as the picture shows it, and where that is bare ground also, at equal weight, against the ground under the strokes. A
    treatment may have a rim there: type, rim and ground are three tones, and the best step between two of them carries the glyph.
    """
    parts = [ratios for match in proof.matches[layer.id] for ratios in _line_ratios(match, layer)]
    return float(np.percentile(np.concatenate(parts), 10)) if parts else None


def _line_ratios(match: LineMatch, layer: TypeLayer) -> Iterator[Plane]:
    em = layer.style.size * min(1.0, WORKING_EM / layer.style.size)
    fill, ring = _fill_and_ring(match.drawing, em)
    seen, under = linear_luminance(match.seen), linear_luminance(match.under)
    step = max(round(em / 2), 4)
    for y in range(0, fill.shape[0], step):
        for x in range(0, fill.shape[1], step):
            part = (slice(y, y + step), slice(x, x + step))
            if fill[part].sum() >= 3 and ring[part].sum() >= 3:
                yield from _cell_ratios(match, layer, part, fill[part], ring[part], seen[part], under[part])


def _cell_ratios(
    match: LineMatch, layer: TypeLayer, part: tuple[slice, slice], fill: Mask, ring: Mask, seen: Plane, under: Plane
) -> Iterator[Plane]:
    ink = _ink_luminance(match, layer, part, fill, seen[fill])
    around = _ratio(ink, seen[ring])
    bare = np.abs(match.seen[part][ring] - match.under[part][ring]).mean() < BARE
    if bare:
        yield around
        yield _ratio(ink, np.resize(under[fill], around.size))
    elif layer.treatment.name not in RIMMED:
        yield around
    else:
        rim = np.float32(np.median(seen[ring]))
        yield np.maximum(around, np.maximum(_ratio(ink, under[ring]), _ratio(rim, under[ring])))


def _fill_and_ring(drawing: Plane, em: float) -> tuple[Mask, Mask]:
    """Pixels well inside the strokes, and those a little outside of them."""
    strokes = drawing > 0.04
    wide = max(1, round(0.06 * em)) + 1
    near: Mask = ndimage.maximum_filter(strokes, size=3)
    far: Mask = ndimage.maximum_filter(strokes, size=2 * wide + 1)
    solid = drawing > 0.95
    fill: Mask = solid if solid.sum() > 0.1 * strokes.sum() else drawing > 0.6 * drawing.max()
    return fill, far & ~near


def _ink_luminance(
    match: LineMatch, layer: TypeLayer, part: tuple[slice, slice], inside: Mask, drawn: Plane
) -> np.float32:
    """The type's luminance here. Thin strokes never reach their full colour: as WCAG asks, anti-aliasing is left out and the
    colour itself counts, once the picture shows as much of it as the outlines promise."""
    if layer.treatment.name == "plain":
        shown = np.median(match.cover[part][inside] / match.drawing[part][inside])
        if shown > AS_PROMISED:
            color = np.frombuffer(bytes.fromhex(layer.color[1:]), np.uint8)
            own, around = np.float32(luminance(color)), np.float32(np.median(drawn))
            return np.float32(own * layer.opacity + around * (1 - layer.opacity))
    return np.float32(np.median(drawn))


def _ratio(a: np.float32, b: Plane) -> Plane:
    ratio: Plane = ((np.maximum(a, b) + 0.05) / (np.minimum(a, b) + 0.05)).astype(np.float32)
    return ratio


def _low_contrast(layer: TypeLayer, measured: float, limit: float) -> Finding:
    name = named(layer.role, text_of(layer))
    return finding_on(
        layer,
        "contrast.low",
        f"{name.en} has a contrast of {measured:.1f}:1 at its worst tenth; {limit:g}:1 is needed. "
        "Recolour it, move it to calmer ground, or put an underlay behind it.",
        f"{name.zh}最差一成像素的对比度为 {measured:.1f}:1，要求 {limit:g}:1。请更换颜色、移到更平整的位置或加衬底。",
        ("recolour", "move", "underlay"),
        measured=round(measured, 2),
        limit=limit,
    )
