"""Checks on the pixels themselves: ink inside box and canvas, overlap, contrast, least sizes."""

from __future__ import annotations

from collections.abc import Iterator
from functools import reduce
from itertools import combinations

import numpy as np
from scipy import ndimage

from brand_styles.words import Words
from generation.compositing.design import PanelLayer
from generation.compositing.legibility import needed_ratio
from generation.layout.geometry import Rect
from generation.preflight.ground import Mask, Plane, linear_luminance, luminance
from generation.preflight.outlines import TypeLayer
from generation.preflight.proof import Proof, named, reach_of, text_of
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
LEGAL_OF_SHORT = 0.018
CTA_OF_SHORT = 0.07
HEADLINE_OF_SHORT = 0.09
FLOOR_PX = {"zh": 10.0, "en": 9.0}
SLACK_EM = 0.09  # ink may leave its box by this much: overshoot of round glyphs, hung punctuation


def check_inside(proof: Proof) -> Iterator[Finding]:
    """Ink of each line lies in its box and on the canvas; a line that left no ink is told too."""
    for layer in proof.type_layers:
        ink = _ink_box(proof, layer)
        name = named(layer.role, text_of(layer))
        if ink is None:
            yield _missing(layer, name)
        elif _cut_by_canvas(layer, ink, proof.canvas):
            yield _leaves_canvas(layer, name)
        elif not layer.box.grown(_slack(layer)).contains(ink):
            yield _leaves_box(layer, ink, name)


def _ink_box(proof: Proof, layer: TypeLayer) -> Rect | None:
    """The glyphs' ink: measured for plain type; for treated type, whose rims and swashes are ink too, where the outlines fit."""
    ink = proof.inks[layer.id].box
    if ink is None or reach_of(layer) == 0:
        return ink
    found = [match.found for match in proof.matches[layer.id]]
    return reduce(Rect.union, found) if found else ink


def _slack(layer: TypeLayer) -> float:
    """Pixels that ink may stand out of its box: overshoot and rounding."""
    return 2.0 + SLACK_EM * layer.style.size


def _cut_by_canvas(layer: TypeLayer, ink: Rect, canvas: Rect) -> bool:
    touches = ink.x0 <= 0 or ink.y0 <= 0 or ink.x1 >= canvas.x1 or ink.y1 >= canvas.y1
    return touches or not canvas.contains(layer.box, slack=0.5)


def _missing(layer: TypeLayer, name: Words) -> Finding:
    return Finding(
        code="text.missing",
        severity="block",
        layer=layer.id,
        box=layer.box,
        words=Words(
            en=f"{name.en} left no ink in its box: it may have the ground's own colour. Recolour it or put an underlay behind it.",
            zh=f"{name.zh}在其区域内没有可见笔迹，可能与底色相同。请更换颜色或加衬底。",
        ),
        repairs=("recolour", "underlay"),
    )


def _leaves_canvas(layer: TypeLayer, name: Words) -> Finding:
    return Finding(
        code="text.outside_canvas",
        severity="block",
        layer=layer.id,
        box=layer.box,
        words=Words(
            en=f"{name.en} is cut by the edge of the canvas. Move it inwards or set it smaller.",
            zh=f"{name.zh}被画布边缘截断。请向内移动或缩小字号。",
        ),
        repairs=("move", "resize"),
    )


def _leaves_box(layer: TypeLayer, ink: Rect, name: Words) -> Finding:
    box = layer.box
    excess = max(box.x0 - ink.x0, box.y0 - ink.y0, ink.x1 - box.x1, ink.y1 - box.y1)
    return Finding(
        code="text.outside_box",
        severity="block",
        layer=layer.id,
        box=ink,
        measured=round(excess, 1),
        limit=round(_slack(layer), 1),
        words=Words(
            en=f"{name.en} runs {excess:.0f} px out of its box. Set it smaller or give it more room.",
            zh=f"{name.zh}超出其区域 {excess:.0f} 像素。请缩小字号或扩大区域。",
        ),
        repairs=("resize", "move"),
    )


def check_overlap(proof: Proof) -> Iterator[Finding]:
    """No type on type, no type on the logo, no glyph on the subject."""
    boxes = [(layer.id, layer.role, _shown_box(proof, layer)) for layer in proof.type_layers]
    boxes += [(logo.id, logo.role, logo.box) for logo in proof.logos]
    for (id_a, role_a, a), (id_b, role_b, b) in combinations(boxes, 2):
        common = a.grown(-1).intersection(b.grown(-1))
        if common is not None:
            yield _overlap(id_a, role_a, id_b, role_b, common)
    yield from _on_subject(proof)


def _shown_box(proof: Proof, layer: TypeLayer) -> Rect:
    """The box a line takes up: its promised box, less where its ink does not reach."""
    ink = proof.inks[layer.id].box
    return (ink.intersection(layer.box) if ink else None) or layer.box


def _overlap(id_a: str, role_a: str, id_b: str, role_b: str, common: Rect) -> Finding:
    a, b = named(role_a), named(role_b)
    logo = "logo" in (role_a, role_b)
    return Finding(
        code="overlap.logo" if logo else "overlap.text",
        severity="block",
        layer=id_b if role_b != "logo" else id_a,
        box=common,
        measured=round(common.area),
        limit=0,
        words=Words(
            en=f"{a.en} ({id_a}) and {b.en.lower()} ({id_b}) overlap by {common.width:.0f} × {common.height:.0f} px. Move one of them.",
            zh=f"{a.zh}（{id_a}）与{b.zh}（{id_b}）重叠 {common.width:.0f} × {common.height:.0f} 像素。请移开其中之一。",
        ),
        repairs=("move", "resize"),
    )


def _on_subject(proof: Proof) -> Iterator[Finding]:
    """Glyph ink on the subject, by its mask where known, else by the middle of its box as a warning."""
    subject = proof.layout.first("subject")
    for layer in proof.type_layers:
        ink = proof.inks[layer.id]
        total = int(ink.mask.sum())
        if not total or _is_backed(proof, layer):
            continue
        if proof.subject_mask is not None:
            share = float((ink.mask & proof.subject_mask[ink.rows, ink.cols]).sum()) / total
            if share > 0.02:
                yield _subject_finding(layer, share, "block")
        elif subject is not None:
            core = subject.box.grown(-subject.box.width * 0.2, -subject.box.height * 0.2)
            common = core.intersection(_shown_box(proof, layer))
            if common is not None:
                yield _subject_finding(layer, common.area / max(layer.box.area, 1), "warn")


def _is_backed(proof: Proof, layer: TypeLayer) -> bool:
    """True when an opaque panel under the line hides the subject from it."""
    panels = [p for p in proof.design.layers if isinstance(p, PanelLayer) and p.alpha * p.opacity >= 0.6]
    return any(p.box.grown(2).contains(layer.box) for p in panels)


def _subject_finding(layer: TypeLayer, share: float, severity: str) -> Finding:
    name = named(layer.role, text_of(layer))
    return Finding(
        code="overlap.subject",
        severity="block" if severity == "block" else "warn",
        layer=layer.id,
        box=layer.box,
        measured=round(share, 3),
        limit=0.02,
        words=Words(
            en=f"{share:.0%} of {name.en[0].lower()}{name.en[1:]} lies on the subject. Move it off, or back it with a panel.",
            zh=f"{name.zh}有 {share:.0%} 压在主体上。请移开，或加面板衬底。",
        ),
        repairs=("move", "underlay"),
    )


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
    return Finding(
        code="contrast.low",
        severity="block",
        layer=layer.id,
        box=layer.box,
        measured=round(measured, 2),
        limit=limit,
        words=Words(
            en=f"{name.en} has a contrast of {measured:.1f}:1 at its worst tenth; {limit:g}:1 is needed. "
            "Recolour it, move it to calmer ground, or put an underlay behind it.",
            zh=f"{name.zh}最差一成像素的对比度为 {measured:.1f}:1，要求 {limit:g}:1。请更换颜色、移到更平整的位置或加衬底。",
        ),
        repairs=("recolour", "move", "underlay"),
    )


def check_sizes(proof: Proof) -> Iterator[Finding]:
    """Least sizes of poster craft: legal and any other type, the call to action's pill; a small headline is a warning."""
    for layer in proof.type_layers:
        limit = least_size(layer, proof.short)
        if layer.style.size < limit - 0.01:
            yield _too_small(layer, layer.style.size, limit)
    for panel in proof.design.layers:
        if isinstance(panel, PanelLayer) and panel.role == "cta":
            limit = CTA_OF_SHORT * proof.short
            if panel.box.height < limit - 0.5:
                yield _small_cta(panel, limit)
    headline = next((layer for layer in proof.type_layers if layer.role == "headline"), None)
    if headline is not None and headline.style.size < HEADLINE_OF_SHORT * proof.short * 0.98:
        yield _small_headline(headline, HEADLINE_OF_SHORT * proof.short)


def least_size(layer: TypeLayer, short: int) -> float:
    """Least type size in pixels: 9 (10 for Chinese), for legal lines also 0.018 of the short side."""
    floor = FLOOR_PX[layer.language]
    return max(floor, LEGAL_OF_SHORT * short) if layer.role == "legal" else floor


def _too_small(layer: TypeLayer, size: float, limit: float) -> Finding:
    name = named(layer.role, text_of(layer))
    return Finding(
        code="size.legal" if layer.role == "legal" else "size.text",
        severity="block",
        layer=layer.id,
        box=layer.box,
        measured=round(size, 1),
        limit=round(limit, 1),
        words=Words(
            en=f"{name.en} is set at {size:.1f} px; the least here is {limit:.1f} px. Set it larger or shorten it.",
            zh=f"{name.zh}字号为 {size:.1f} 像素，此处最小为 {limit:.1f} 像素。请放大或精简文字。",
        ),
        repairs=("resize",),
    )


def _small_cta(panel: PanelLayer, limit: float) -> Finding:
    return Finding(
        code="size.cta",
        severity="block",
        layer=panel.id,
        box=panel.box,
        measured=round(panel.box.height, 1),
        limit=round(limit, 1),
        words=Words(
            en=f"The call to action is {panel.box.height:.0f} px high; {limit:.0f} px is the least on this canvas. Make it taller.",
            zh=f"行动按钮高 {panel.box.height:.0f} 像素，此画布最小为 {limit:.0f} 像素。请增高。",
        ),
        repairs=("resize",),
    )


def _small_headline(layer: TypeLayer, limit: float) -> Finding:
    return Finding(
        code="size.headline",
        severity="warn",
        layer=layer.id,
        box=layer.box,
        measured=round(layer.style.size, 1),
        limit=round(limit, 1),
        words=Words(
            en=f"The headline is set at {layer.style.size:.0f} px, under the {limit:.0f} px that lets it lead. Shorten it.",
            zh=f"主标题字号 {layer.style.size:.0f} 像素，低于建议的 {limit:.0f} 像素。可考虑更短的标题。",
        ),
    )
