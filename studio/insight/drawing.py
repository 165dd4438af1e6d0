"""Charts as SVG. Places are shares of the width, so that a plot fits any column and its letters keep their size."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from studio.insight.charts import Chart, Row

LABELS = 5  # below a plot of weeks, at most
TOP, BOTTOM, LEFT, RIGHT = 6.0, 84.0, 8.0, 97.0  # of a plot of weeks, in percent of its box
Lines = Iterable[tuple[str, str, str, str, str]]


def across(chart: Chart, value: float) -> float:
    """Where a value lies from left to right, in percent; at the edge when it lies beyond."""
    share = (value - chart.low) / ((chart.high - chart.low) or 1.0)
    return min(max(share, 0.0), 1.0) * 100


def plot_of(chart: Chart, row: Row) -> SafeString:
    """One row: its interval and its value on the chart's scale."""
    marks = [("mark", *_upright(across(chart, value))) for value, _ in chart.marks]
    return format_html('<svg class="plot" aria-hidden="true">{}{}</svg>', _lines(marks), _mark_of(chart, row))


def scale_of(chart: Chart) -> SafeString:
    """What is written at the marks below the rows."""
    texts = [(_p(place := across(chart, value)), "11", _anchor(place), text) for value, text in chart.marks]
    return format_html('<svg class="scale" aria-hidden="true">{}</svg>', _texts(texts))


def _anchor(place: float) -> str:
    return "start" if place <= 2 else "end" if place >= 98 else "middle"


def _mark_of(chart: Chart, row: Row) -> SafeString:
    if row.value is None:
        return SafeString("")
    place, zero = across(chart, row.value), across(chart, max(chart.low, 0.0))
    if chart.kind == "bars":
        x, width = min(place, zero), abs(place - zero)
        return format_html(
            '<rect class="bar" x="{}" width="{}" y="25%" height="50%"/>{}', _p(x), _p(width), _span(chart, row)
        )
    kind = "dot alarmed" if row.alarmed else "dot"
    return format_html('{}<circle class="{}" cx="{}" cy="50%" r="5"/>', _span(chart, row), kind, _p(place))


def _span(chart: Chart, row: Row) -> SafeString:
    if row.low is None or row.high is None:
        return SafeString("")
    return _lines([("span", _p(across(chart, row.low)), "50%", _p(across(chart, row.high)), "50%")])


def weeks_of(chart: Chart) -> SafeString:
    """One column a week: an interval, a dot, and a line from dot to dot."""
    count = len(chart.rows)
    places = [LEFT + (RIGHT - LEFT) * (n + 0.5) / max(count, 1) for n in range(count)]
    known = [(x, row) for x, row in zip(places, chart.rows, strict=True) if row.value is not None]
    spans = [
        ("span", _p(x), _up(chart, row.low), _p(x), _up(chart, row.high))
        for x, row in known
        if row.low is not None and row.high is not None
    ]
    path = [("path", _p(x), _up(chart, a.value), _p(z), _up(chart, b.value)) for (x, a), (z, b) in pairwise(known)]
    dots = format_html_join(
        "", '<circle class="dot" cx="{}" cy="{}" r="4"/>', ((_p(x), _up(chart, row.value)) for x, row in known)
    )
    return format_html(
        '<svg class="weeks" role="img" aria-label="{}">{}{}{}{}{}{}</svg>',
        chart.answer,
        _lines([("mark", _p(LEFT), _up(chart, value), "100%", _up(chart, value)) for value, _ in chart.marks]),
        _texts([("0", _up(chart, value), "start", text) for value, text in chart.marks]),
        _lines(spans),
        _lines(path),
        dots,
        _texts([(_p(x), "99%", "middle", row.label) for x, row in _sparse(list(zip(places, chart.rows, strict=True)))]),
    )


def _sparse(columns: list[tuple[float, Row]]) -> list[tuple[float, Row]]:
    step = -(-len(columns) // LABELS) if columns else 1
    return columns[::step]


def _up(chart: Chart, value: float | None) -> str:
    return _p(BOTTOM - (BOTTOM - TOP) * across(chart, value or 0.0) / 100)


def _upright(x: float) -> tuple[str, str, str, str]:
    return _p(x), "0", _p(x), "100%"


def _p(value: float) -> str:
    return f"{value:.2f}%"


def _lines(lines: Lines) -> SafeString:
    return format_html_join("", '<line class="{}" x1="{}" y1="{}" x2="{}" y2="{}"/>', lines)


def _texts(texts: Iterable[tuple[str, str, str, str]]) -> SafeString:
    return format_html_join("", '<text x="{}" y="{}" text-anchor="{}">{}</text>', texts)
