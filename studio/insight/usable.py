"""Charts of what is usable, and of what was wrong with the rest."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date

from brand_styles.words import Words
from generation.planning.concepts import lexicon
from reviews.rubric import Rubric
from reviews.statistics import BASE, Decided, Share, defects_among, usable_by, usable_by_week
from studio.insight.charts import SHARES, Chart, Reader, percents, standing_out

Kinds = Callable[[Decided], Iterable[str]]
KINDS: dict[str, Kinds] = {
    "usable-format": lambda each: [each.format],
    "usable-concept": lambda each: each.concepts,
    "usable-model": lambda each: [each.model],
    "usable-learners": lambda each: [each.learners],
}


def usable_charts(decided: Sequence[Decided], brands: Mapping[int, Words], reader: Reader) -> list[Chart]:
    charts = [weekly(decided, reader)]
    if len(brands) > 1:
        names = {str(pk): name.in_language(reader.language) for pk, name in brands.items()}
        charts.append(by_kind("usable-brand", decided, lambda each: [str(each.brand)], reader, names))
    names = {
        concept.slug: Words(en=concept.en, zh=concept.zh).in_language(reader.language) for concept in lexicon().values()
    }
    names |= {BASE: reader.say("base"), "": reader.say("unnamed")}
    return charts + [by_kind(slug, decided, kinds, reader, names) for slug, kinds in KINDS.items()]


def weekly(decided: Sequence[Decided], reader: Reader) -> Chart:
    weeks = usable_by_week(decided)
    rows = [reader.share_row(share, day_of(share.key)) for share in weeks]
    return reader.chart("usable", usable_answer(weeks, reader), rows, kind="weeks", marks=SHARES)


def usable_answer(weeks: Sequence[Share], reader: Reader) -> str:
    """The rate, and whether the later half of the weeks is surely above or below the earlier one."""
    whole, half = total(weeks), len(weeks) // 2
    before, after = total(weeks[:half]).rate, total(weeks[half:]).rate
    key = "usable.answer"
    if before.low is not None and before.high is not None and after.low is not None and after.high is not None:
        key = "usable.up" if after.low > before.high else "usable.down" if after.high < before.low else key
    return reader.say(key, rate=percents(whole.rate), n=whole.asked, before=percents(before), after=percents(after))


def total(shares: Sequence[Share]) -> Share:
    return Share("", sum(share.right for share in shares), sum(share.asked for share in shares))


def by_kind(slug: str, decided: Sequence[Decided], kinds: Kinds, reader: Reader, names: Mapping[str, str]) -> Chart:
    shares = usable_by(decided, kinds)
    rows = [reader.share_row(share, names.get(share.key, share.key)) for share in shares]
    found = standing_out(shares)
    if found is None:
        one = len(shares) == 1
        label = rows[0].label if rows else ""
        answer = reader.say(f"{slug}.{'one' if one else 'none'}", it=label, rate=percents(total(shares).rate))
    else:
        which, share, rest = found
        it = names.get(share.key, share.key)
        answer = reader.say(f"{which}", it=it, rate=percents(share.rate), rest=percents(rest.rate))
    return reader.chart(slug, answer, rows, marks=SHARES)


def defect_chart(decided: Sequence[Decided], rubrics: Sequence[Rubric], reader: Reader) -> Chart:
    names = {d.code: d.name.in_language(reader.language) for rubric in rubrics for d in rubric.defects}
    shares = defects_among(decided)
    rows = [reader.share_row(share, names.get(share.key, share.key), "of_pictures") for share in shares]
    high = max((row.high or 0.0 for row in rows), default=1.0)
    high = next(step for step in (0.1, 0.25, 0.5, 1.0) if high <= step)
    marks = tuple((high * part, f"{high * part * 100:.3g} %") for part in (0.0, 0.5, 1.0))
    answer = reader.say("defects.answer", it=rows[0].label, rate=rows[0].figure) if rows else ""
    return reader.chart("defects", answer, rows, high=high, marks=marks)


def day_of(week: str) -> str:
    return f"{date.fromisoformat(week):%m-%d}"
