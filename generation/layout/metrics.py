"""Metrics of finished layouts, in two profiles that are never mixed in one table.

`pku_v1`: as published with PKU PosterLayout (Hsu et al., CVPR 2023) and its evaluation script, faults included, so that figures
can stand beside the paper's. `strict`: corrected (RALF, CVPR 2024; alignment of LayoutGAN++). Boxes are in pixels of the canvas.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import log10
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from generation.layout.geometry import Rect

Kind = Literal["text", "logo", "underlay", "subject"]
Profile = Literal["pku_v1", "strict"]
KINDS: tuple[Kind, ...] = ("text", "logo", "underlay", "subject")
LEAST_SHARE = 0.001  # a smaller box isn't an element


@dataclass(frozen=True, slots=True)
class Item:
    """One box of a layout and its class."""

    kind: Kind
    box: Rect


@dataclass(frozen=True)
class Canvas:
    width: float
    height: float

    @property
    def area(self) -> float:
        return self.width * self.height


@dataclass(frozen=True)
class Scores:
    """The metrics of a set of layouts. Und_l and Und_s are None where no layout has an underlay. `empty`: layouts without
    a valid element, left out of the means of `strict`."""

    profile: Profile
    val: float
    ove: float
    ali: float
    und_l: float | None
    und_s: float | None
    empty: int = 0

    def as_json(self) -> dict[str, float | None]:
        return {"val": self.val, "ove": self.ove, "ali": self.ali, "und_l": self.und_l, "und_s": self.und_s}


def evaluate(canvas: Canvas, layouts: Sequence[Sequence[Item]], profile: Profile) -> Scores:
    """Val, Ove, Ali, Und_l and Und_s of layouts on one canvas size."""
    kept, val = valid(canvas, layouts, clamp=profile == "strict")
    if profile == "pku_v1":
        ove = _mean([pku_overlap(items) for items in kept])
        ali = _mean([pku_alignment(canvas, items) for items in kept])
    else:
        ove = _mean([strict_overlap(items) for items in kept if len(_bodies(items)) >= 2])
        ali = _mean([strict_alignment(canvas, items) for items in kept if items])
    backed = [items for items in kept if any(i.kind == "underlay" for i in items)]
    return Scores(
        profile,
        val,
        ove,
        ali,
        _mean([loose_underlay(items) for items in backed]) if backed else None,
        _mean([tight_underlay(items, profile) for items in backed]) if backed else None,
        sum(not items for items in kept),
    )


def valid(canvas: Canvas, layouts: Sequence[Sequence[Item]], *, clamp: bool) -> tuple[list[list[Item]], float]:
    """The layouts without boxes under 0.1 % of the canvas, and Val: the share of boxes kept, over all layouts together.

    The area is measured after clamping to the canvas; what is kept is clamped too only if `clamp`. No boxes at all count 1.
    """
    kept, total, good = [], 0, 0
    for layout in layouts:
        items = []
        for item in layout:
            inside = item.box.clamped(canvas.width, canvas.height)
            total += 1
            if inside.area >= LEAST_SHARE * canvas.area:
                good += 1
                items.append(Item(item.kind, inside if clamp else item.box))
        kept.append(items)
    return kept, good / total if total else 1.0


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values) if values else 0.0


def _bodies(items: Sequence[Item]) -> list[Rect]:
    return [i.box for i in items if i.kind != "underlay"]


def _panels(items: Sequence[Item]) -> list[Rect]:
    return [i.box for i in items if i.kind == "underlay"]


def pku_overlap(items: Sequence[Item]) -> float:
    """Sum of IoU over pairs, divided by the number of elements (not of pairs), underlays left out."""
    boxes = _bodies(items)
    total = sum(a.iou(b) for i, a in enumerate(boxes) for b in boxes[i + 1 :])
    return total / len(boxes) if boxes else 0.0


def strict_overlap(items: Sequence[Item]) -> float:
    """Mean IoU over ordered pairs of different elements, underlays left out; 0 for fewer than two."""
    boxes = _bodies(items)
    n = len(boxes)
    if n < 2:
        return 0.0
    return 2 * sum(a.iou(b) for i, a in enumerate(boxes) for b in boxes[i + 1 :]) / (n * (n - 1))


def _coordinates(canvas: Canvas, items: Sequence[Item]) -> NDArray[np.float64]:
    """(n, 6): left, top, centre x, centre y, right, bottom, as shares of the canvas."""
    w, h = canvas.width, canvas.height
    rows = [(b.x0 / w, b.y0 / h, b.center[0] / w, b.center[1] / h, b.x1 / w, b.y1 / h) for b in (i.box for i in items)]
    return np.array(rows, dtype=np.float64).reshape(-1, 6)


def _cost(gap: float) -> float:
    return -log10(max(1.0 - gap, 1e-12)) + 0.0  # no negative zero


def pku_alignment(canvas: Canvas, items: Sequence[Item]) -> float:
    """n times the least cost over the six coordinates, each with the smallest gap between any two elements."""
    n = len(items)
    if n < 2:
        return 0.0
    columns = np.sort(_coordinates(canvas, items), axis=0)
    gaps = np.diff(columns, axis=0).min(axis=0)
    return n * min(_cost(float(gap)) for gap in gaps)


def strict_alignment(canvas: Canvas, items: Sequence[Item]) -> float:
    """Mean over elements of −log10(1 − δ), δ the smallest gap to any other element on any of the six coordinates."""
    n = len(items)
    if n < 2:
        return 0.0
    table = _coordinates(canvas, items)
    gaps = np.abs(table[:, None, :] - table[None, :, :])
    gaps[np.arange(n), np.arange(n), :] = np.inf
    return sum(_cost(float(gap)) for gap in gaps.min(axis=(1, 2))) / n


def loose_underlay(items: Sequence[Item]) -> float:
    """Mean over underlays of the largest share of an element that lies on the underlay."""
    bodies = [b for b in _bodies(items) if b.area > 0]
    return _mean([max((_on(panel, b) for b in bodies), default=0.0) for panel in _panels(items)])


def _on(panel: Rect, body: Rect) -> float:
    common = panel.intersection(body)
    return common.area / body.area if common else 0.0


def tight_underlay(items: Sequence[Item], profile: Profile) -> float:
    """Share of underlays that hold an element wholly. `pku_v1` doesn't test the right edge, as its script doesn't."""
    held = [any(_holds(panel, b, profile) for b in _bodies(items)) for panel in _panels(items)]
    return _mean([float(h) for h in held])


def _holds(panel: Rect, body: Rect, profile: Profile) -> bool:
    three = panel.x0 <= body.x0 and panel.y0 <= body.y0 and panel.y1 >= body.y1
    return three and (profile == "pku_v1" or panel.x1 >= body.x1)


def covered(canvas: Canvas, boxes: Sequence[Rect]) -> NDArray[np.bool_]:
    """(H, W): True where a box covers the pixel, boxes rounded to whole pixels and cut to the canvas."""
    mask = np.zeros((round(canvas.height), round(canvas.width)), dtype=np.bool_)
    for box in boxes:
        x0, y0, x1, y1 = box.clamped(canvas.width, canvas.height).rounded()
        mask[y0:y1, x0:x1] = True
    return mask


def utility(saliency: NDArray[np.float64], mask: NDArray[np.bool_]) -> float:
    """Share of the unsalient area that elements use: Σ (1−S)·M / Σ (1−S). Saliency in [0, 1]."""
    calm = 1.0 - saliency
    total = float(calm.sum())
    return float(calm[mask].sum()) / total if total > 0 else 0.0


def occlusion(saliency: NDArray[np.float64], mask: NDArray[np.bool_]) -> float:
    """Mean saliency under elements: Σ S·M / Σ M; 0 without elements."""
    return float(saliency[mask].mean()) if mask.any() else 0.0


def unreadability(grey: NDArray[np.float64], mask: NDArray[np.bool_]) -> float:
    """Mean gradient magnitude under text, 0 to 1. grey in [0, 1]; mask: text boxes less underlays; 0 when it is empty."""
    if not mask.any():
        return 0.0
    p = np.pad(grey, 1, mode="edge")
    # Sobel 3×3; its largest answer on [0, 1] is 4
    gx = (p[:-2, 2:] + 2 * p[1:-1, 2:] + p[2:, 2:] - p[:-2, :-2] - 2 * p[1:-1, :-2] - p[2:, :-2]) / 4
    gy = (p[2:, :-2] + 2 * p[2:, 1:-1] + p[2:, 2:] - p[:-2, :-2] - 2 * p[:-2, 1:-1] - p[:-2, 2:]) / 4
    return float(np.sqrt((gx**2 + gy**2) / 2)[mask].mean())


def element_mask(canvas: Canvas, items: Sequence[Item]) -> NDArray[np.bool_]:
    """Where elements are, the subject left out: it is what must stay visible."""
    return covered(canvas, [i.box for i in items if i.kind != "subject"])


def text_mask(canvas: Canvas, items: Sequence[Item]) -> NDArray[np.bool_]:
    """Where text is and no underlay."""
    text = covered(canvas, [i.box for i in items if i.kind == "text"])
    return text & ~covered(canvas, _panels(items))
