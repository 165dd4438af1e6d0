"""Charts of how far reviewers agree, and how each of them judges."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from reviews.agreement import Estimate
from reviews.quality import Severity, Shift, gold_answers, gold_record, severities, shifts, steadiness_of
from reviews.quality.severity import LIMIT
from reviews.rubric import Rubric
from reviews.said import Said
from reviews.statistics import on_dimensions, on_verdict, with_the_others
from studio.insight.charts import SHARES, Chart, Reader, Row, percents

RELY, TENTATIVE = 0.8, 0.667  # Krippendorff's own bounds for alpha
ALPHAS = ((0.0, "0"), (TENTATIVE, ".667"), (RELY, ".8"), (1.0, "1"))


def dimension_names(rubrics: Sequence[Rubric], reader: Reader) -> dict[str, str]:
    return {d.key: d.name.in_language(reader.language) for rubric in rubrics for d in rubric.dimensions}


def agreement_charts(said: Sequence[Said], names: Mapping[str, str], reader: Reader) -> list[Chart]:
    return [on_each_dimension(said, names, reader), on_the_verdict(said, reader)]


def on_each_dimension(said: Sequence[Said], names: Mapping[str, str], reader: Reader) -> Chart:
    found = sorted(on_dimensions(said), key=lambda each: -(each.alpha.value or -1.0))
    rows = [
        reader.estimate_row(each.dimension, names.get(each.dimension, each.dimension), each.alpha) for each in found
    ]
    sure = sum(each.alpha.low is not None and each.alpha.low >= TENTATIVE for each in found)
    answer = reader.say("agreement.answer", sure=sure, n=len(found))
    return reader.chart("agreement", answer, rows, low=-0.2, marks=ALPHAS, note=reader.say("agreement.note"))


def on_the_verdict(said: Sequence[Said], reader: Reader) -> Chart:
    found = on_verdict(said)
    if found is None:
        return reader.chart("verdicts", "", [])
    kinds: dict[str, Estimate] = {
        "raw": found.raw,
        "on_usable": found.on_usable,
        "on_unusable": found.on_unusable,
        "alpha": found.alpha,
        "fleiss": found.fleiss,
        "cohen": found.cohen,
        "ac1": found.ac1,
    }
    rows = [reader.estimate_row(key, reader.say(f"verdicts.{key}"), each) for key, each in kinds.items()]
    answer = reader.say("verdicts.answer", rate=percents(found.raw))
    return reader.chart("verdicts", answer, rows, low=-0.2, marks=ALPHAS, note=reader.say("verdicts.note"))


def moved_chart(said: Sequence[Said], names: Mapping[str, str], reader: Reader) -> Chart:
    """What moved for everybody between the older and the newer half of the answers."""
    half = halfway(said)
    found = sorted(shifts(said, half), key=lambda each: -abs(each.by)) if half else []
    rows = [_shift_row(each, names, reader) for each in found]
    moved = [row for row in rows if row.alarmed]
    since = f"{half:%Y-%m-%d}" if half else ""
    key = "moved.answer" if moved else "moved.none"
    answer = reader.say(key, it=reader.listed([row.label for row in moved]), since=since)
    marks = ((-1.0, "−1"), (0.0, "0"), (1.0, "+1"))
    return reader.chart("moved", answer, rows, low=-1.5, high=1.5, marks=marks)


def _shift_row(shift: Shift, names: Mapping[str, str], reader: Reader) -> Row:
    note = reader.say("moved.people", same=shift.same_way, n=shift.people)
    label = names.get(shift.dimension, shift.dimension)
    return Row(
        shift.dimension, label, shift.by, shift.low, shift.high, shift.people, _signed(shift.by), note, shift.for_all
    )


def halfway(said: Sequence[Said]) -> datetime | None:
    return said[len(said) // 2].at if said else None


def reviewer_charts(said: Sequence[Said], people: Mapping[int, str], reader: Reader) -> list[Chart]:
    """Of the reviewers in `people` (names by number) and of nobody else."""
    return [
        gold_chart(said, people, reader),
        severity_chart(severities(said), people, reader),
        steady_chart(said, people, reader),
        alike_chart(said, people, reader),
    ]


def gold_chart(said: Sequence[Said], people: Mapping[int, str], reader: Reader) -> Chart:
    records = {who: gold_record(answers) for who, answers in gold_answers(said).items() if who in people}
    rows = []
    for who, record in records.items():
        share, note = record.share, record.words.in_language(reader.language)
        row = (share.value, share.low, share.high, record.asked, percents(share), note, record.flagged)
        rows.append(Row(str(who), people[who], *row))
    return reader.chart("gold", _flagged("gold", rows, reader), rows, marks=SHARES)


def severity_chart(found: Mapping[int, Severity], people: Mapping[int, str], reader: Reader) -> Chart:
    rows = [_severity_row(who, people[who], each, reader) for who, each in found.items() if who in people]
    marks = ((-LIMIT, f"−{LIMIT:g}"), (0.0, "0"), (LIMIT, f"+{LIMIT:g}"))
    answer = _flagged("severity", rows, reader)
    return reader.chart(
        "severity", answer, rows, low=-2 * LIMIT, high=2 * LIMIT, marks=marks, note=reader.say("severity.note")
    )


def _severity_row(who: int, name: str, each: Severity, reader: Reader) -> Row:
    milder, stricter = each.milder[-1], each.stricter[-1]
    place = milder if milder >= stricter else -stricter
    note = reader.say("severity.way", by=_signed(each.mean), n=each.batches)
    return Row(str(who), name, place, None, None, each.batches, _signed(place), note, each.drifts)


def steady_chart(said: Sequence[Said], people: Mapping[int, str], reader: Reader) -> Chart:
    rows = []
    for who, each in steadiness_of(said).items():
        if who in people:
            same, note = each.same, reader.say("repeats", n=each.same.items)
            rows.append(Row(str(who), people[who], same.value, same.low, same.high, same.items, percents(same), note))
    return reader.chart("steady", reader.say("steady.answer", n=len(rows)), rows, marks=SHARES)


def alike_chart(said: Sequence[Said], people: Mapping[int, str], reader: Reader) -> Chart:
    rows = []
    for who, each in with_the_others(said).items():
        if who in people:
            note = reader.say("comparisons", n=each.items)
            rows.append(Row(str(who), people[who], each.value, each.low, each.high, each.items, percents(each), note))
    answer = reader.say("alike.answer", n=len(rows))
    return reader.chart("alike", answer, sorted(rows, key=lambda row: row.label), marks=SHARES)


def _flagged(slug: str, rows: Sequence[Row], reader: Reader) -> str:
    names = reader.listed([row.label for row in rows if row.alarmed])
    return reader.say(f"{slug}.{'flagged' if names else 'calm'}", it=names)


def _signed(value: float) -> str:
    return f"{value:+.1f}".replace("-", "−")
