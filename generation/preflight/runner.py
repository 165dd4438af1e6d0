"""Preflight: every check on one finished picture, and the verdict.

    copy rules ─▶ inside ─▶ overlap ─▶ sizes ─▶ contrast ─▶ logo ─▶ AI label ─▶ required lines ─▶ OCR round trip

A check is a function from a Proof to findings. The codes of findings are stable: pages, reports and repair go by them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from brand_styles.style import BrandStyle
from generation.compositing.design import Design
from generation.preflight import brand as brand_checks
from generation.preflight import contrast, legal, pixels
from generation.preflight.ground import Mask, Rgb, estimate_ground
from generation.preflight.ocr import Reader, shared_reader
from generation.preflight.proof import Proof
from generation.preflight.reading import check_reading
from generation.types import Finding, Layout, Report

Check = Callable[[Proof], Iterable[Finding]]

CHECKS: tuple[tuple[str, Check], ...] = (
    ("inside", pixels.check_inside),
    ("overlap", pixels.check_overlap),
    ("sizes", pixels.check_sizes),
    ("contrast", contrast.check_contrast),
    ("logo", brand_checks.check_logo),
    ("ai_label", legal.check_ai_label),
    ("required_lines", legal.check_required_lines),
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
) -> Report:
    """Judge one flattened picture against the Design that it was drawn from.

    rgb: uint8 (H, W, 3), sRGB. ground: the same picture without type and logo (compose `ground.without_type(design)`);
    without one it is estimated from what surrounds each box, and the logo comparison is left out. subject_mask: True where the
    subject is seen, (H, W). The verdict is "blocked" when any finding blocks. ValueError when rgb isn't the Design's size.
    """
    if rgb.shape != (design.height, design.width, 3):
        raise ValueError(f"picture is {rgb.shape}, the design {design.width}x{design.height}")
    estimated = ground is None
    under = estimate_ground(rgb, design) if ground is None else ground
    proof = Proof(design, rgb, under, layout, brand, estimated, subject_mask)
    findings = list(copy_findings)
    for _, run in CHECKS:
        findings += run(proof)
    misread, backs = check_reading(proof, reader or shared_reader())
    findings += misread
    return Report(
        verdict="blocked" if any(f.severity == "block" for f in findings) else "pass",
        findings=tuple(findings),
        checks=("copy", *(name for name, _ in CHECKS), "ocr"),
        read_back=backs,
    )
