"""How checks tell what they found on a layer."""

from __future__ import annotations

from typing import Literal

from brand_styles.words import Words
from generation.compositing.design import AnyLayer
from generation.layout.geometry import Rect
from generation.types import Finding, Remedy


def finding_on(
    layer: AnyLayer,
    code: str,
    en: str,
    zh: str,
    repairs: tuple[Remedy, ...] = (),
    *,
    box: Rect | None = None,
    measured: float | str | None = None,
    limit: float | str | None = None,
    severity: Literal["block", "warn"] = "block",
) -> Finding:
    """A finding on one layer, at its box unless another is given (canvas pixels)."""
    return Finding(
        code=code,
        severity=severity,
        layer=layer.id,
        box=layer.box if box is None else box,
        measured=measured,
        limit=limit,
        words=Words(en=en, zh=zh),
        repairs=repairs,
    )
