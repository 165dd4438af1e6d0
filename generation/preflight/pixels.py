"""Checks on where the ink lies: inside box and canvas, off other type, logo and subject; and least sizes."""

from __future__ import annotations

from collections.abc import Iterator
from functools import reduce
from itertools import combinations
from typing import Literal

from brand_styles.words import Words
from generation.compositing.design import LogoLayer, PanelLayer
from generation.layout.geometry import Rect
from generation.preflight.findings import finding_on
from generation.preflight.names import named
from generation.preflight.outlines import TypeLayer
from generation.preflight.proof import Proof, reach_of, text_of
from generation.types import Finding

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
    return finding_on(
        layer,
        "text.missing",
        f"{name.en} left no ink in its box: it may have the ground's own colour. Recolour it or put an underlay behind it.",
        f"{name.zh}在其区域内没有可见笔迹，可能与底色相同。请更换颜色或加衬底。",
        ("recolour", "underlay"),
    )


def _leaves_canvas(layer: TypeLayer, name: Words) -> Finding:
    return finding_on(
        layer,
        "text.outside_canvas",
        f"{name.en} is cut by the edge of the canvas. Move it inwards or set it smaller.",
        f"{name.zh}被画布边缘截断。请向内移动或缩小字号。",
        ("move", "resize"),
    )


def _leaves_box(layer: TypeLayer, ink: Rect, name: Words) -> Finding:
    box = layer.box
    excess = max(box.x0 - ink.x0, box.y0 - ink.y0, ink.x1 - box.x1, ink.y1 - box.y1)
    return finding_on(
        layer,
        "text.outside_box",
        f"{name.en} runs {excess:.0f} px out of its box. Set it smaller or give it more room.",
        f"{name.zh}超出其区域 {excess:.0f} 像素。请缩小字号或扩大区域。",
        ("resize", "move"),
        box=ink,
        measured=round(excess, 1),
        limit=round(_slack(layer), 1),
    )


def check_overlap(proof: Proof) -> Iterator[Finding]:
    """No type on type, no type on the logo, no glyph on the subject."""
    boxes: list[tuple[TypeLayer | LogoLayer, Rect]] = [(layer, _shown_box(proof, layer)) for layer in proof.type_layers]
    boxes += [(logo, logo.box) for logo in proof.logos]
    for (one, box), (other, other_box) in combinations(boxes, 2):
        common = box.grown(-1).intersection(other_box.grown(-1))
        if common is not None:
            yield _overlap(one, other, common)
    yield from _on_subject(proof)


def _shown_box(proof: Proof, layer: TypeLayer) -> Rect:
    """The box a line takes up: its promised box, less where its ink does not reach."""
    ink = proof.inks[layer.id].box
    return (ink.intersection(layer.box) if ink else None) or layer.box


def _overlap(one: TypeLayer | LogoLayer, other: TypeLayer | LogoLayer, common: Rect) -> Finding:
    a, b = named(one.role), named(other.role)
    size = f"{common.width:.0f} × {common.height:.0f}"
    return finding_on(
        one if isinstance(other, LogoLayer) else other,
        "overlap.logo" if "logo" in (one.role, other.role) else "overlap.text",
        f"{a.en} ({one.id}) and {b.en.lower()} ({other.id}) overlap by {size} px. Move one of them.",
        f"{a.zh}（{one.id}）与{b.zh}（{other.id}）重叠 {size} 像素。请移开其中之一。",
        ("move", "resize"),
        box=common,
        measured=round(common.area),
        limit=0,
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


def _subject_finding(layer: TypeLayer, share: float, severity: Literal["block", "warn"]) -> Finding:
    name = named(layer.role, text_of(layer))
    return finding_on(
        layer,
        "overlap.subject",
        f"{share:.0%} of {name.en[0].lower()}{name.en[1:]} lies on the subject. Move it off, or back it with a panel.",
        f"{name.zh}有 {share:.0%} 压在主体上。请移开，或加面板衬底。",
        ("move", "underlay"),
        measured=round(share, 3),
        limit=0.02,
        severity=severity,
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
    return finding_on(
        layer,
        "size.legal" if layer.role == "legal" else "size.text",
        f"{name.en} is set at {size:.1f} px; the least here is {limit:.1f} px. Set it larger or shorten it.",
        f"{name.zh}字号为 {size:.1f} 像素，此处最小为 {limit:.1f} 像素。请放大或精简文字。",
        ("resize",),
        measured=round(size, 1),
        limit=round(limit, 1),
    )


def _small_cta(panel: PanelLayer, limit: float) -> Finding:
    return finding_on(
        panel,
        "size.cta",
        f"The call to action is {panel.box.height:.0f} px high; {limit:.0f} px is the least on this canvas. Make it taller.",
        f"行动按钮高 {panel.box.height:.0f} 像素，此画布最小为 {limit:.0f} 像素。请增高。",
        ("resize",),
        measured=round(panel.box.height, 1),
        limit=round(limit, 1),
    )


def _small_headline(layer: TypeLayer, limit: float) -> Finding:
    return finding_on(
        layer,
        "size.headline",
        f"The headline is set at {layer.style.size:.0f} px, under the {limit:.0f} px that lets it lead. Shorten it.",
        f"主标题字号 {layer.style.size:.0f} 像素，低于建议的 {limit:.0f} 像素。可考虑更短的标题。",
        measured=round(layer.style.size, 1),
        limit=round(limit, 1),
        severity="warn",
    )
