"""Logos from people: SVG rewritten from an allow-list, or PNG kept pixel for pixel; and what follows from a drawing."""

from __future__ import annotations

import base64
from typing import Any

from defusedxml.ElementTree import fromstring

from brand_styles.colors import difference
from brand_styles.intake.drawings import sanitise_svg
from brand_styles.intake.guard import Refused, ask_child
from brand_styles.words import Words

PNG = b"\x89PNG\r\n\x1a\n"
MOST_SIDE = 4096  # px of a PNG logo
MOST_BYTES = 900_000  # of a PNG logo as we write it: two of them stand in a style of 4 MB
SAME = 10.0  # CIEDE2000
NO_SIZE = Words(
    en="The SVG states no size. Export it with a viewBox.", zh="SVG 没有标明尺寸。请导出带 viewBox 的文件。"
)
TOO_LARGE = Words(
    en=f"The PNG is larger than {MOST_BYTES // 1000} kB even without what a logo does not need. Export it smaller, or as SVG.",
    zh=f"去除多余信息后，PNG 仍超过 {MOST_BYTES // 1000} kB。请导出较小的文件，或改用 SVG。",
)


def logo_of(content: bytes) -> dict[str, Any]:
    """The fields of a Logo that its drawing decides: svg and aspect, or png, pixels and aspect. Refused with a sentence.

    A PNG is decoded in the child process and written anew with the very same pixels: nothing traces, scales or redraws it.
    """
    if is_png(content):
        header, payload = ask_child("logo", content, MOST_SIDE)
        if len(payload) > MOST_BYTES:
            raise Refused("logo-size", TOO_LARGE)
        width, height = int(header["width"]), int(header["height"])
        return {"png": base64.b64encode(payload).decode(), "pixels": [width, height], "aspect": width / height}
    svg = sanitise_svg(content)
    try:
        return {"svg": svg, "aspect": aspect_of(svg)}
    except ValueError:
        raise Refused("svg-no-size", NO_SIZE) from None


def is_png(content: bytes) -> bool:
    return content.startswith(PNG)


def near(colour: str, other: str) -> bool:
    """Whether a ground counts as a forbidden one: what the eye calls the same colour on a large area."""
    return difference(colour, other) < SAME


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
