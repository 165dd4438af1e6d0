"""Preflight: every check on one finished picture, and the verdict.

    copy rules ─▶ inside ─▶ overlap ─▶ sizes ─▶ contrast ─▶ pairs ─▶ logo ─▶ AI label ─▶ required lines and text ─▶ OCR round trip
    ─▶ rules on pixels

A check is a function from a Proof to findings. The codes of findings are stable: pages, reports and repair go by them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from brand_styles.rules.pixels import pixel_rules_for
from brand_styles.style import BrandStyle
from generation.compositing.design import Design, PictureLayer
from generation.preflight import brand as brand_checks
from generation.preflight import contrast, legal, logo_ground, pairs, pixels, required
from generation.preflight.ground import Mask, Rgb, estimate_ground, window
from generation.preflight.ocr import Reader, shared_reader
from generation.preflight.proof import Proof, reach_of
from generation.preflight.reading import check_reading
from generation.preflight.shown import Known, Shown, as_rules_say, judge
from generation.preflight.sight.table import Seen
from generation.products.standing import PRODUCT
from generation.types import Finding, Layout, Report

Check = Callable[[Proof], Iterable[Finding]]

CHECKS: tuple[tuple[str, Check], ...] = (
    ("inside", pixels.check_inside),
    ("overlap", pixels.check_overlap),
    ("sizes", pixels.check_sizes),
    ("contrast", contrast.check_contrast),
    ("pairs", pairs.check_pairs),
    ("logo", brand_checks.check_logo),
    ("logo_ground", logo_ground.check_logo_ground),
    ("ai_label", legal.check_ai_label),
    ("required_lines", legal.check_required_lines),
    ("required_text", required.check_required_text),
)


def check(
    design: Design,
    rgb: Rgb,
    layout: Layout,
    brand: BrandStyle,
    *,
    copy_findings: Sequence[Finding] = (),
    ground: NDArray[np.uint8] | None = None,
    subject_mask: Mask | None = None,
    reader: Reader | None = None,
    known: Known | None = None,
) -> Report:
    """Judge one flattened picture against the Design that it was drawn from.

    rgb: uint8 (H, W, 3), sRGB. ground: the same picture without type and logo (compose `ground.without_type(design)`);
    without one it is estimated from what surrounds each box, and the logo comparison is left out. subject_mask: True where the
    subject is seen, (H, W). known: the rules on pixels and what is known already of what the picture shows; without it the
    brand's in its own market. The verdict is "blocked" when any finding blocks. ValueError when rgb isn't the Design's size.
    """
    if rgb.shape != (design.height, design.width, 3):
        raise ValueError(f"picture is {rgb.shape}, the design {design.width}x{design.height}")
    estimated = ground is None
    under = estimate_ground(rgb, design) if ground is None else ground
    asked = known.rules if known else pixel_rules_for(brand)
    proof = Proof(design, rgb, under, layout, brand, estimated, subject_mask, asked.industry, asked.product_type)
    findings = list(copy_findings)
    for _, run in CHECKS:
        findings += run(proof)
    misread, backs = check_reading(proof, reader or shared_reader())
    known = (known or Known(asked)).on(bare(proof)) if known is None or known.seen is None else known
    findings = as_rules_say([*findings, *misread], known.rules)
    found, unchecked = judge(shown_of(proof, known), known.rules)
    findings += found
    return Report(
        verdict="blocked" if any(f.severity == "block" for f in findings) else "pass",
        findings=tuple(findings),
        checks=("copy", *(name for name, _ in CHECKS), "ocr", "shown"),
        read_back=backs,
        unchecked=tuple(unchecked),
    )


def shown_of(proof: Proof, known: Known) -> Shown:
    """The picture as rules on pixels look at it."""
    return Shown(proof.rgb, proof.brand, known.seen or Seen(), known.drawn, product_mask(proof))


def bare(proof: Proof) -> Rgb:
    """The picture with the ground in the place of its type and logo, so that neither is taken for something else."""
    out = proof.rgb.copy()
    for box in [
        *(layer.box.grown(reach_of(layer) + 3) for layer in proof.type_layers),
        *(logo.box.grown(2) for logo in proof.logos),
    ]:
        rows, columns = window(box, out.shape)
        out[rows, columns] = proof.ground[rows, columns]
    return out


def product_mask(proof: Proof) -> Mask | None:
    """True (H, W) in the box of a product that was handed in; None without one."""
    boxes = [layer.box for layer in proof.design.layers if isinstance(layer, PictureLayer) and layer.source == PRODUCT]
    if not boxes:
        return None
    mask = np.zeros(proof.rgb.shape[:2], np.bool_)
    for box in boxes:
        mask[window(box, mask.shape)] = True
    return mask
