"""Mending what preflight blocks: recolour, move, underlay, resize, or the logo's other variant; one layer at a time, at most four times.

    worst finding ─▶ its first remedy not yet tried ─▶ a new Design ─▶ composed and judged again

A remedy is kept only when the picture got better: fewer blocking findings, or the same with one of them nearer its limit.
Nothing is ever set under its least size, and no remedy here touches words or product; a logo is only exchanged for the brand's other
drawing. Words are mended before they are laid out (rewriting.py).
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from brand_styles.rules.pixels import pixel_rules_for
from brand_styles.style import BrandStyle
from generation.compositing.design import Design
from generation.preflight import remedies
from generation.preflight.ground import Mask, without_type
from generation.preflight.ocr import Reader
from generation.preflight.runner import check
from generation.preflight.shown import Known
from generation.types import Finding, Layout, RepairStep, Report, ScenePalette

MOST = 4  # attempts
SECONDS = 60.0  # after which no attempt is begun
PLACING = frozenset({"move", "resize"})  # remedies that change where things stand
Rgb = NDArray[np.uint8]
Tried = frozenset[tuple[str, str]]  # layer id and remedy

# Worst first: what is lost, what can't be read, what is in the way, what is small.
_ORDER = (
    "text.missing",
    "text.outside_canvas",
    "overlap.text",
    "overlap.treatment",
    "overlap.logo",
    "overlap.subject",
    "logo.ground",
    "contrast.low",
    "legal.contrast",
    "ai_label.height",
    "legal.height",
    "size.legal",
    "size.text",
    "size.cta",
    "text.outside_box",
    "logo.clear_space",
    "ai_label.place",
    "ocr.disagrees",
    "glyph.malformed",
)


def repair(
    design: Design,
    layout: Layout,
    report: Report,
    *,
    palette: ScenePalette,
    ground: Rgb,
    brand: BrandStyle,
    attempt: int,
    tried: Tried = frozenset(),
    without: frozenset[str] = frozenset(),
) -> tuple[Design, RepairStep] | None:
    """One attempt at the worst blocking finding that has an untried remedy; None when nothing is left to try.

    ground: uint8 (H, W, 3), the picture without type and logo. attempt: 1-based, goes into the step, whose `mended` is
    False until the new picture was judged. without: remedies that may not be used.
    """
    for finding in _worst_first(report.findings):
        for action in finding.repairs:
            if finding.layer is None or action in without or (finding.layer, action) in tried:
                continue
            done = remedies.apply(action, design, layout, finding, palette, ground, brand)
            if done is None:
                continue
            mended, detail = done
            step = RepairStep(
                attempt=attempt, finding=finding.code, layer=finding.layer, action=action, detail=detail, mended=False
            )
            return mended, step
    return None


def _worst_first(findings: Sequence[Finding]) -> list[Finding]:
    blocking = [f for f in findings if f.severity == "block" and f.repairs]
    rank = {code: i for i, code in enumerate(_ORDER)}
    return sorted(blocking, key=lambda f: rank.get(f.code, len(_ORDER)))


def preflight_and_repair(
    design: Design,
    layout: Layout,
    brand: BrandStyle,
    *,
    palette: ScenePalette,
    compose: Callable[[Design], Rgb],
    copy_findings: Sequence[Finding] = (),
    subject_mask: Mask | None = None,
    reader: Reader | None = None,
    without: frozenset[str] = frozenset(),
    before: Sequence[RepairStep] = (),
    costs: list[float] | None = None,
    known: Known | None = None,
) -> tuple[Design, Rgb, Report]:
    """Compose, judge, mend: the Design that passed (or got nearest to it), its picture and its report.

    compose: Design to uint8 (H, W, 3). without: remedies that may not be used. before: steps that were taken already; they count among
    the four. costs: the seconds of each attempt are appended. known: the rules on pixels and what our renderer drew.
    The report says whether the first picture passed and logs each attempt.
    """

    def judged(candidate: Design) -> tuple[Rgb, Rgb, Report]:
        ground = compose(without_type(candidate))
        rgb = compose(candidate)
        report = check(
            candidate,
            rgb,
            layout,
            brand,
            copy_findings=copy_findings,
            ground=ground,
            subject_mask=subject_mask,
            reader=reader,
            known=known,
        )
        return rgb, ground, report

    known = (known or Known(pixel_rules_for(brand))).on(compose(without_type(design)))
    rgb, ground, report = judged(design)
    first_pass = report.verdict == "pass" and not before
    steps: list[RepairStep] = list(before)
    tried: Tried = frozenset()
    began = time.perf_counter()
    while report.verdict == "blocked" and len(steps) < MOST and time.perf_counter() - began < SECONDS:
        begun = time.perf_counter()
        attempt = repair(
            design,
            layout,
            report,
            palette=palette,
            ground=ground,
            brand=brand,
            attempt=len(steps) + 1,
            tried=tried,
            without=without,
        )
        if attempt is None:
            break
        candidate, step = attempt
        new_rgb, new_ground, new_report = judged(candidate)
        better = badness(new_report) < badness(report)
        if costs is not None:
            costs.append(time.perf_counter() - begun)
        steps.append(step.model_copy(update={"mended": better}))
        if not better or step.action == "move":
            tried |= {(step.layer, step.action)}  # what helped a little may go further: a scrim becomes a panel
        if better:
            design, rgb, ground, report = candidate, new_rgb, new_ground, new_report
    return design, rgb, report.model_copy(update={"first_pass": first_pass, "repairs": tuple(steps)})


def badness(report: Report) -> tuple[int, float]:
    """How far a picture is from passing: blocking findings, then the sum of how far each measure misses its limit."""
    blocking = [f for f in report.findings if f.severity == "block"]
    return len(blocking), sum(_miss(f) for f in blocking)


def _miss(finding: Finding) -> float:
    if isinstance(finding.measured, float | int) and isinstance(finding.limit, float | int):
        return abs(finding.measured - finding.limit) / max(abs(finding.limit), 1.0)
    return 1.0
