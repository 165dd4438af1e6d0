"""The next occasions of the calendar, as buttons that fill the form."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from datetime import date

from django.utils import timezone
from django.utils.translation import get_language

from brand_styles.words import Words
from generation.planning.concepts import by_name
from generation.planning.headlines import phrases
from generation.planning.occasions import Occasion, coming

MOST = 8


@dataclass(frozen=True)
class Coming:
    """`fill`: the form's fields, `phrases`: headlines to choose from, both as JSON."""

    name: Words
    day: date
    left: int
    fill: str
    phrases: str


def coming_rows(today: date | None = None) -> list[Coming]:
    """The next few, in the page's language for what they suggest."""
    now = today or timezone.localdate()
    return [_row(day, what, (day - now).days) for day, what in coming(now, "cn")[:MOST]]


def _row(day: date, what: Occasion, left: int) -> Coming:
    concept = by_name(what.slug)
    name = Words(en=concept.en, zh=concept.zh) if concept else Words(en=what.slug, zh=what.slug)
    chinese = (get_language() or "en").startswith("zh")
    said = phrases(name.zh, "zh") if chinese else phrases(re.split(r" [/(]", name.en)[0], "en")
    fill = json.dumps({"occasion": what.slug, "mood": what.mood})
    return Coming(name, day, left, fill, json.dumps(said, ensure_ascii=False))
