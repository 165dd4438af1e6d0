"""Facts about a logo that follow from its drawing."""

from __future__ import annotations

from defusedxml.ElementTree import fromstring


def aspect_of(svg: str) -> float:
    """Width over height of a drawing's viewBox (or of its width and height). ValueError where it states neither."""
    root = fromstring(svg)
    numbers = [float(n) for n in root.get("viewBox", "").replace(",", " ").split()]
    if len(numbers) != 4:
        numbers = [0.0, 0.0, _length(root.get("width")), _length(root.get("height"))]
    if numbers[2] <= 0 or numbers[3] <= 0:
        raise ValueError("the drawing states no size: give it a viewBox")
    return numbers[2] / numbers[3]


def _length(text: str | None) -> float:
    digits = (text or "0").removesuffix("px")
    return float(digits) if digits.replace(".", "", 1).isdigit() else 0.0
