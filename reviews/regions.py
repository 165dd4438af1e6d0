"""Where on a picture a defect lies: in shares of its width and height, origin top left, or a stretch of a film in seconds."""

from __future__ import annotations

import math
from typing import Annotated, Literal

from pydantic import Field, TypeAdapter, ValidationError, model_validator

from brand_styles.frozen import Frozen

Share = Annotated[float, Field(ge=0.0, le=1.0)]
LEAST_SIDE = 0.002  # of a box: a slip of the finger is no region
LEAST_AREA = 4e-6  # of a polygon


class Box(Frozen):
    kind: Literal["box"] = "box"
    x: Share
    y: Share
    w: Annotated[float, Field(ge=LEAST_SIDE, le=1.0)]
    h: Annotated[float, Field(ge=LEAST_SIDE, le=1.0)]

    @model_validator(mode="after")
    def _within(self) -> Box:
        if self.x + self.w > 1 + 1e-6 or self.y + self.h > 1 + 1e-6:
            raise ValueError("reaches outside the picture")
        return self


class Polygon(Frozen):
    kind: Literal["polygon"] = "polygon"
    points: Annotated[tuple[tuple[Share, Share], ...], Field(min_length=3, max_length=64)]

    @model_validator(mode="after")
    def _has_area(self) -> Polygon:
        turned = (*self.points[1:], self.points[0])
        pairs = zip(self.points, turned, strict=True)
        area = abs(math.fsum(x0 * y1 - x1 * y0 for (x0, y0), (x1, y1) in pairs)) / 2
        if area < LEAST_AREA:
            raise ValueError("has no area")
        return self


class Span(Frozen):
    kind: Literal["time"] = "time"
    start: Annotated[float, Field(ge=0.0)]
    end: Annotated[float, Field(gt=0.0, le=3600.0)]

    @model_validator(mode="after")
    def _forwards(self) -> Span:
        if self.end <= self.start:
            raise ValueError("ends before it starts")
        return self


Region = Annotated[Box | Polygon | Span, Field(discriminator="kind")]
_reader: TypeAdapter[Box | Polygon | Span] = TypeAdapter(Region)


def read_region(data: object) -> Box | Polygon | Span:
    """A region from what a page sent. ValueError where it is none, or lies outside the picture."""
    try:
        return _reader.validate_python(data)
    except ValidationError as error:
        raise ValueError(error.errors()[0]["msg"]) from error
