"""Formats as people write them: "1080x1920", in pixels."""

from __future__ import annotations

import re

from generation.errors import BriefProblem
from generation.types import Format

MIN_SIDE = 50
MAX_SIDE = 8192
MAX_AREA = 16_777_216  # 16 megapixels: 4096 × 4096
MAX_FORMATS = 40

_SIZE = re.compile(r"\s*(\d{1,9})\s*[xX×*]\s*(\d{1,9})\s*(?:px)?\s*")


def parse_format(text: str, *, field: str = "formats") -> Format:
    """The canvas that "1080x1920" names. BriefProblem where it is not a size, or not one that can be made."""
    match = _SIZE.fullmatch(text)
    if match is None:
        raise BriefProblem(
            f"“{text[:40]}” is not a size. Write width x height in pixels, such as 1080x1920.",
            f"“{text[:40]}”不是尺寸。请写成“宽x高”（像素），例如 1080x1920。",
            field=field,
            expected="WIDTHxHEIGHT",
        )
    width, height = int(match[1]), int(match[2])
    if min(width, height) < MIN_SIDE or max(width, height) > MAX_SIDE:
        raise _unmakeable(width, height, field)
    if width * height > MAX_AREA:
        raise _unmakeable(width, height, field)
    return Format(width=width, height=height)


def _unmakeable(width: int, height: int, field: str) -> BriefProblem:
    limits = f"{MIN_SIDE}-{MAX_SIDE} px, ≤ {MAX_AREA // 1_048_576} MP"
    return BriefProblem(
        f"{width}x{height} cannot be made: each side must be {MIN_SIDE} to {MAX_SIDE} pixels and the whole at most "
        f"{MAX_AREA // 1_048_576} megapixels. Choose another size.",
        f"{width}x{height} 无法制作：每边须为 {MIN_SIDE} 至 {MAX_SIDE} 像素，总面积不超过 "
        f"{MAX_AREA // 1_048_576} 兆像素。请换一个尺寸。",
        field=field,
        expected=limits,
    )
