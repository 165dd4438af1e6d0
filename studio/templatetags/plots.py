"""Plots in templates."""

from django import template
from django.utils.safestring import SafeString

from studio.insight.charts import Chart, Row
from studio.insight.drawing import plot_of, scale_of, weeks_of

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
