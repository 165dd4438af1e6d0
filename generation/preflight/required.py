"""Text that a brand's rules require, as it stands on the picture: as tall and as clear as the rule asks, in every format."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from brand_styles.own_rules import OwnRule
from brand_styles.rules.loader import load_for
from generation.preflight.contrast import worst_contrast
from generation.preflight.findings import finding_on
from generation.preflight.folding import fold
from generation.preflight.legal import glyph_heights
from generation.preflight.outlines import TypeLayer
from generation.preflight.proof import Proof, text_of
from generation.types import Finding

Severity = Literal["block", "warn"]


def check_required_text(proof: Proof) -> Iterator[Finding]:
    """Each layer that holds what a rule requires is as tall, in ink, and stands off its ground as much as that rule asks.

    That the words are there at all is a matter of the copy (preflight/copy.py).
    """
    for rule, severity in _asked(proof):
        wanted = [fold(words) for words in (rule.adds, *rule.unless_said) if words]
        for layer in proof.type_layers:
            said = fold(text_of(layer))
            if any(words in said for words in wanted) and proof.inks[layer.id].mask.any():
                yield from _height(proof, layer, rule, severity)
                yield from _contrast(proof, layer, rule, severity)


def _asked(proof: Proof) -> Iterator[tuple[OwnRule, Severity]]:
    """The brand's rules on required text that hold for this market, industry and product. One that holds only if the product is of its
    kind, which nobody told, warns."""
    kept = load_for(proof.brand, proof.design.market, proof.industry, product_type=proof.product_type)
    holding = {rule.id for rule in kept.rules}
    for rule in proof.brand.rules:
        if rule.kind == "required" and rule.id in holding:
            yield rule, "warn" if rule.id in kept.assumed else rule.severity


def _height(proof: Proof, layer: TypeLayer, rule: OwnRule, severity: Severity) -> Iterator[Finding]:
    if rule.least_height is None:
        return
    need, height = rule.least_height * proof.short, max(glyph_heights(proof.inks[layer.id]))
    if height < need - 0.5:
        yield finding_on(
            layer,
            "legal.height",
            f"“{text_of(layer)}” is {height:.1f} px high in ink; {rule.id} asks for {need:.1f} px ({rule.least_height:.1%} of the "
            "short side). Set it larger.",
            f"「{text_of(layer)}」的笔迹高 {height:.1f} 像素，{rule.id} 要求 {need:.1f} 像素（短边的 {rule.least_height:.1%}）。请放大。",
            ("resize",),
            measured=round(height, 1),
            limit=round(need, 1),
            severity=severity,
        )


def _contrast(proof: Proof, layer: TypeLayer, rule: OwnRule, severity: Severity) -> Iterator[Finding]:
    if rule.least_contrast is None:
        return
    measured = worst_contrast(proof, layer)
    if measured is not None and measured < rule.least_contrast:
        yield finding_on(
            layer,
            "legal.contrast",
            f"“{text_of(layer)}” has a contrast of {measured:.1f}:1 at its worst tenth; {rule.id} asks for "
            f"{rule.least_contrast:g}:1. Recolour it, or put an underlay behind it.",
            f"「{text_of(layer)}」最差一成像素的对比度为 {measured:.1f}:1，{rule.id} 要求 {rule.least_contrast:g}:1。请更换颜色或加衬底。",
            ("recolour", "underlay"),
            measured=round(measured, 2),
            limit=rule.least_contrast,
            severity=severity,
        )
