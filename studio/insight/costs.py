"""Charts of what it costs: hours, compute, and what preflight lets through."""

from __future__ import annotations

from collections.abc import Sequence

from generation.rates import Rates
from reviews.statistics import Compute, Hours, Share
from studio.insight.charts import SHARES, Chart, Reader, Row, percents
from studio.insight.usable import day_of


def hours_chart(weeks: Sequence[Hours], reader: Reader) -> Chart:
    rows = [
        Row(
            str(w.week),
            day_of(str(w.week)),
            w.hours,
            None,
            None,
            w.answers,
            _hours(w.hours),
            reader.say("answers", n=w.answers),
        )
        for w in weeks
    ]
    hours, answers = sum(w.hours for w in weeks), sum(w.answers for w in weeks)
    top = max((w.hours for w in weeks), default=1.0) or 1.0
    answer = reader.say("hours.answer", hours=_hours(hours), each=f"{hours * 3600 / answers:.0f}" if answers else "–")
    marks = tuple((top * part, _hours(top * part, top)) for part in (0.0, 0.5, 1.0))
    return reader.chart("hours", answer, rows, kind="weeks", high=top, marks=marks)


def compute_chart(compute: Compute, reader: Reader) -> Chart:
    each = compute.each
    if each.value is None:
        return reader.chart("compute", "", [])
    rows = [
        Row("all", reader.say("compute.all"), each.value, each.low, each.high, compute.pictures, _seconds(each.value))
    ]
    rows += [
        Row(
            stage,
            reader.say(f"stage.{stage}") if reader.knows(f"stage.{stage}") else stage,
            s,
            None,
            None,
            compute.pictures,
            _seconds(s),
        )
        for stage, s in compute.stages.items()
    ]
    interval = (
        f" ({_seconds(each.low)}–{_seconds(each.high)})" if each.low is not None and each.high is not None else ""
    )
    answer = reader.say("compute.answer", each=f"{_seconds(each.value)}{interval}", n=compute.usable)
    high = max(each.high or 0.0, each.value)
    marks = tuple((high * part, _seconds(high * part)) for part in (0.0, 0.5, 1.0))
    return reader.chart("compute", answer, rows, kind="bars", high=high, marks=marks)


def preflight_chart(rates: Rates, reader: Reader) -> Chart:
    if not rates.made:
        return reader.chart("preflight", "", [])
    first, passed = Share("first", rates.first, rates.made), Share("repaired", rates.passed, rates.made)
    rows = [reader.share_row(each, reader.say(f"preflight.{each.key}")) for each in (first, passed)]
    answer = reader.say("preflight.answer", first=percents(first.rate), passed=percents(passed.rate))
    return reader.chart("preflight", answer, rows, marks=SHARES)


def _hours(hours: float, scale: float | None = None) -> str:
    """In minutes where the whole `scale` (else the figure itself) is under two hours."""
    return f"{hours:.1f} h" if (hours if scale is None else scale) >= 2 else f"{hours * 60:.0f} min"


def _seconds(seconds: float) -> str:
    return f"{seconds:.0f} s" if seconds >= 10 else f"{seconds:.1f} s"
