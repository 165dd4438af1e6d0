"""Rectangles as small immutable values. Pixels; x to the right, y down; x1 and y1 are exclusive edges."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from pydantic import GetCoreSchemaHandler
from pydantic_core import CoreSchema, core_schema


@dataclass(frozen=True, slots=True)
class Rect:
    """An axis-aligned box [x0, y0, x1, y1] in pixels. In JSON it is a list of four numbers."""

    x0: float
    y0: float
    x1: float
    y1: float

    @property
    def width(self) -> float:
        return self.x1 - self.x0

    @property
    def height(self) -> float:
        return self.y1 - self.y0

    @property
    def area(self) -> float:
        return max(self.width, 0.0) * max(self.height, 0.0)

    @property
    def center(self) -> tuple[float, float]:
        return (self.x0 + self.x1) / 2, (self.y0 + self.y1) / 2

    def as_list(self) -> list[float]:
        return [self.x0, self.y0, self.x1, self.y1]

    def rounded(self) -> tuple[int, int, int, int]:
        """The nearest whole-pixel box."""
        return round(self.x0), round(self.y0), round(self.x1), round(self.y1)

    def moved(self, dx: float, dy: float) -> Rect:
        return Rect(self.x0 + dx, self.y0 + dy, self.x1 + dx, self.y1 + dy)

    def scaled(self, factor: float) -> Rect:
        """All four coordinates multiplied by `factor` (a change of canvas size, not a growth about the centre)."""
        return Rect(self.x0 * factor, self.y0 * factor, self.x1 * factor, self.y1 * factor)

    def grown(self, dx: float, dy: float | None = None) -> Rect:
        """Each side pushed out by dx (left, right) and dy (top, bottom); negative values shrink."""
        dy = dx if dy is None else dy
        return Rect(self.x0 - dx, self.y0 - dy, self.x1 + dx, self.y1 + dy)

    def intersection(self, other: Rect) -> Rect | None:
        """The common box, or None where the two share no area."""
        x0, y0 = max(self.x0, other.x0), max(self.y0, other.y0)
        x1, y1 = min(self.x1, other.x1), min(self.y1, other.y1)
        return Rect(x0, y0, x1, y1) if x1 > x0 and y1 > y0 else None

    def union(self, other: Rect) -> Rect:
        """The smallest box that holds both."""
        return Rect(min(self.x0, other.x0), min(self.y0, other.y0), max(self.x1, other.x1), max(self.y1, other.y1))

    def contains(self, other: Rect, slack: float = 0.0) -> bool:
        return (
            self.x0 <= other.x0 + slack
            and self.y0 <= other.y0 + slack
            and self.x1 >= other.x1 - slack
            and self.y1 >= other.y1 - slack
        )

    def iou(self, other: Rect) -> float:
        """Intersection over union, 0 to 1."""
        common = self.intersection(other)
        if common is None:
            return 0.0
        return common.area / (self.area + other.area - common.area)

    def clamped(self, width: float, height: float) -> Rect:
        """Cut to the canvas [0, 0, width, height]."""
        return Rect(
            min(max(self.x0, 0.0), width),
            min(max(self.y0, 0.0), height),
            min(max(self.x1, 0.0), width),
            min(max(self.y1, 0.0), height),
        )

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        numbers = core_schema.list_schema(core_schema.float_schema(allow_inf_nan=False), min_length=4, max_length=4)
        return core_schema.no_info_before_validator_function(
            lambda value: value.as_list() if isinstance(value, cls) else value,
            core_schema.no_info_after_validator_function(lambda v: cls(*v), numbers),
            serialization=core_schema.plain_serializer_function_ser_schema(cls.as_list),
        )
