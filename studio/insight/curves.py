"""A training's curve and a figure with its interval, as SVG. Places are shares of the width, as in drawing.py."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString

WIDE, HIGH, EDGE = 320.0, 96.0, 6.0
Points = Sequence[Sequence[float]]


def curve_of(losses: Points, validation: Points, label: str) -> SafeString:
    """Losses [[step, loss], ...] as a thin line and those on watching briefs as dots. Nothing where there are none."""
    every = [(float(x), float(y)) for x, y in (*losses, *(point[:2] for point in validation))]
    if len(losses) < 2:
        return SafeString("")
    left, right = min(x for x, _ in every), max(x for x, _ in every)
    low, high = min(y for _, y in every), max(y for _, y in every)

    def at(x: float, y: float) -> str:
        across = EDGE + (WIDE - 2 * EDGE) * (x - left) / ((right - left) or 1)
        up = EDGE + (HIGH - 2 * EDGE) * (high - y) / ((high - low) or 1)
        return f"{across:.1f},{up:.1f}"

    watched = " ".join(at(point[0], point[1]) for point in validation)
    return format_html(
        '<svg class="curve" viewBox="0 0 {} {}" role="img" aria-label="{}"><polyline class="path" points="{}"/>'
        '<polyline class="watched" points="{}"/></svg>',
        f"{WIDE:g}",
        f"{HIGH:g}",
        label,
        " ".join(at(x, y) for x, y in losses),
        watched,
    )


def liking_of(knots: Sequence[float], values: Sequence[float], most: float) -> SafeString:
    """How a liking runs along what is there, from least to most; the level line is what is usual. `most`: log-odds at the edges."""
    wide, high = 120.0, 32.0
    reach = (knots[-1] - knots[0]) or 1
    points = " ".join(
        f"{EDGE + (wide - 2 * EDGE) * (x - knots[0]) / reach:.1f},{high / 2 - (high / 2 - 3) * y / (most or 1):.1f}"
        for x, y in zip(knots, values, strict=True)
    )
    return format_html(
        '<svg class="liking" viewBox="0 0 {} {}" aria-hidden="true"><line class="mark" x1="{}" x2="{}" y1="{}" y2="{}"/>'
        '<polyline class="path" points="{}"/></svg>',
        f"{wide:g}",
        f"{high:g}",
        f"{EDGE:g}",
        f"{wide - EDGE:g}",
        f"{high / 2:g}",
        f"{high / 2:g}",
        points,
    )


def interval_of(found: dict[str, Any], low: float, high: float, mark: float) -> SafeString:
    """One row: a line at `mark`, the interval, the value. What lies beyond the ends stands at them."""

    def across(value: float) -> str:
        return f"{min(max((value - low) / (high - low), 0.0), 1.0) * 100:.1f}%"

    if found.get("value") is None:
        return SafeString("")
    span = SafeString("")
    if found.get("low") is not None:
        span = format_html(
            '<line class="span" x1="{}" x2="{}" y1="50%" y2="50%"/>', across(found["low"]), across(found["high"])
        )
    return format_html(
        '<svg class="plot" aria-hidden="true"><line class="mark" x1="{}" x2="{}" y1="0" y2="100%"/>{}<circle class="dot" cx="{}" cy="50%" '
        'r="5"/></svg>',
        across(mark),
        across(mark),
        span,
        across(found["value"]),
    )
