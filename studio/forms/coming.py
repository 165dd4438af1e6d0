"""The next occasions of the calendar, as buttons that fill the form."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from brand_styles.words import Words
from generation.planning.concepts import by_name
from generation.planning.occasions import Occasion, coming

MOST = 8


@dataclass(frozen=True)
class Coming:
    """`fill`: the form's fields as JSON. `left`: days until then."""

    slug: str
    name: Words
    day: date
    left: int
    fill: str


def coming_rows(today: date | None = None, market: str = "cn", most: int = MOST) -> list[Coming]:
    """The next few of a market's calendar, today's first."""
    now = today or timezone.localdate()
    return [_row(day, what, (day - now).days) for day, what in coming(now, market)[:most]]


def _row(day: date, what: Occasion, left: int) -> Coming:
    concept = by_name(what.slug)
    name = Words(en=_plain(concept.en), zh=_plain(concept.zh)) if concept else Words(en=what.slug, zh=what.slug)
    return Coming(what.slug, name, day, left, json.dumps({"occasion": what.slug, "mood": what.mood}))


def _plain(name: str) -> str:
    """A name without its notes: "New Year's Day (Yuandan)" and "双十一 / 光棍节" to their first words."""
    return re.split(r" [/(]|（", name)[0]
