"""Plots in templates."""

from typing import Any

from django import template
from django.utils.safestring import SafeString

from studio.insight.charts import Chart, Row
from studio.insight.curves import curve_of, interval_of, liking_of
from studio.insight.drawing import plot_of, scale_of, weeks_of
from studio.learners_room import Taste

register = template.Library()


@register.simple_tag
def plot(chart: Chart, row: Row) -> SafeString:
    """{% plot chart row %}: the row's interval and value."""
    return plot_of(chart, row)


@register.simple_tag
def scale(chart: Chart) -> SafeString:
    """{% scale chart %}: what is written below its rows."""
    return scale_of(chart)


@register.simple_tag
def weeks(chart: Chart) -> SafeString:
    """{% weeks chart %}: the whole chart, a column a week."""
    return weeks_of(chart)


@register.simple_tag
def curve(metrics: dict[str, Any], label: str) -> SafeString:
    """{% curve version.metrics "Loss" %}: a training's losses by step."""
    return curve_of(metrics.get("curve") or [], metrics.get("validation") or [], label)


@register.simple_tag
def interval(found: dict[str, Any], low: float, high: float, mark: float) -> SafeString:
    """{% interval wins 0 1 0.5 %}: a figure with its interval between two ends, and a line where it is judged."""
    return interval_of(found, low, high, mark)


@register.simple_tag
def liking(taste: Taste, most: float) -> SafeString:
    """{% liking taste most %}: how one name is liked."""
    return liking_of(taste.knots, taste.values, most)


@register.filter
def signed(value: float | None) -> str:
    """+0.012, −3.4: three significant digits."""
    return "–" if value is None else f"{value:+.3g}".replace("-", "−")


@register.filter
def minus(value: float) -> float:
    return -value


@register.filter
def doubled(value: float) -> float:
    return 2 * value


@register.filter
def shares(value: object) -> str:
    """0.634 as 63 %; a dash for what isn't known."""
    return f"{100 * value:.0f} %" if isinstance(value, int | float) else "–"
