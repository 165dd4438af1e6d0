"""What a chart says: a question, its answer in words, rows with their intervals, and the same rows as a table to take away."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from reviews.agreement import Estimate
from reviews.statistics import Share
from studio.web.words import SENTENCES, sentence

Kind = Literal["dots", "weeks", "bars"]
SHOWN = 12  # rows drawn; the table holds all
HEADER = ("key", "label", "value", "low", "high", "count")


@dataclass(frozen=True)
class Row:
    """One line of a chart. `value` in the chart's own unit, None where nothing is known; `figure` and `note` are for people."""

    key: str
    label: str
    value: float | None
    low: float | None
    high: float | None
    count: int
    figure: str
    note: str = ""
    alarmed: bool = False


@dataclass(frozen=True)
class Chart:
    """`low` and `high`: the ends of its scale. `marks`: values with a line, and what is written at it.

    Without rows `empty` says what is wanted.
    """

    slug: str
    question: str
    answer: str
    empty: str
    rows: tuple[Row, ...] = ()
    kind: Kind = "dots"
    low: float = 0.0
    high: float = 1.0
    marks: tuple[tuple[float, str], ...] = ()
    note: str = ""

    @property
    def drawn(self) -> tuple[Row, ...]:
        return self.rows if self.kind == "weeks" else self.rows[:SHOWN]

    @property
    def left_out(self) -> int:
        return len(self.rows) - len(self.drawn)


SHARES = ((0.0, "0 %"), (0.5, "50 %"), (1.0, "100 %"))


@dataclass(frozen=True)
class Reader:
    """Whoever reads the page: their language."""

    language: str

    def say(self, key: str, **given: object) -> str:
        return sentence(f"insight.{key}", self.language).format(**given)

    def listed(self, names: Sequence[str], most: int = 3) -> str:
        """Names one after the other; those over `most` are counted."""
        joined = (", " if self.language.startswith("en") else "、").join(names[:most])
        over = len(names) - most
        return self.say("and_more", it=joined, n=over) if over > 0 else joined

    def knows(self, key: str) -> bool:
        return f"insight.{key}" in SENTENCES

    def share_row(self, share: Share, label: str, counted: str = "pictures") -> Row:
        rate = share.rate
        return Row(
            share.key,
            label,
            rate.value,
            rate.low,
            rate.high,
            share.asked,
            percents(rate),
            self.say(counted, n=share.asked),
        )

    def estimate_row(self, key: str, label: str, found: Estimate, counted: str = "pictures") -> Row:
        """An agreement, from about -1 to 1."""
        note = self.say(counted, n=found.items)
        return Row(key, label, found.value, found.low, found.high, found.items, decimals(found), note)

    def chart(self, slug: str, answer: str, rows: Iterable[Row], **more: Any) -> Chart:
        found = tuple(rows)
        return Chart(
            slug=slug,
            question=self.say(f"{slug}.question"),
            answer=answer if found else self.say(f"{slug}.question"),
            empty=self.say(f"{slug}.empty"),
            rows=found,
            **more,
        )


def percents(found: Estimate) -> str:
    """71 % (66–76)."""
    if found.value is None:
        return "–"
    bounds = (
        f" ({found.low:.0%}–{found.high:.0%})".replace("%", "")
        if found.low is not None and found.high is not None
        else ""
    )
    return f"{found.value * 100:.0f} %{bounds}"


def decimals(found: Estimate) -> str:
    """0.71 (0.66 to 0.76), with a real minus sign."""
    if found.value is None:
        return "–"
    bounds = f" ({found.low:.2f}–{found.high:.2f})" if found.low is not None and found.high is not None else ""
    return f"{found.value:.2f}{bounds}".replace("-", "−")


def standing_out(shares: Sequence[Share], least: int = 10) -> tuple[str, Share, Share] | None:
    """The kind that is surely worse ("worst") or better ("best") than all the others together: (which, it, the others); None for no kind.

    Their intervals must not touch, and both must hold `least` pictures.
    """
    right, asked = sum(s.right for s in shares), sum(s.asked for s in shares)
    for which, order in (("worst", 1), ("best", -1)):
        for share in sorted(shares, key=lambda s: order * (s.rate.value or 0)):
            rest = Share("", right - share.right, asked - share.asked)
            if min(share.asked, rest.asked) < least:
                continue
            lower, upper = (share.rate, rest.rate) if which == "worst" else (rest.rate, share.rate)
            if lower.high is not None and upper.low is not None and lower.high < upper.low:
                return which, share, rest
    return None
