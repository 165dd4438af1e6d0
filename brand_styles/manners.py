"""How a brand behaves beyond its colours and words: moods, pairs of colours, small print of style, its calendar."""

from __future__ import annotations

import unicodedata
from collections import Counter
from datetime import date, datetime
from functools import cache
from typing import Annotated, Literal, get_args
from zoneinfo import ZoneInfo, available_timezones

from pydantic import Field, field_validator

from brand_styles.frozen import Frozen

Mood = Literal["lively", "elegant", "fresh", "luxury", "calm", "playful", "tech", "warm"]
MOODS: tuple[Mood, ...] = get_args(Mood)
Warmth = Literal["any", "warm", "cool"]
Look = Literal["any", "light", "dark", "vivid"]
Rising = Literal["red", "green"]
Colour = Annotated[str, Field(pattern=r"^#[0-9A-F]{6}$")]
Line = Annotated[str, Field(min_length=1, max_length=200)]

# Where red means up. Everywhere else green does (Apache ECharts, "About color of increase and decrease").
RED_RISES = frozenset({"cn", "tw", "jp", "kr"})
# A market's clock where the brand names none: that of its capital or chief exchange.
_ZONES = {
    "cn": "Asia/Shanghai",
    "us": "America/New_York",
    "uk": "Europe/London",
    "eu": "Europe/Brussels",
    "in": "Asia/Kolkata",
}


class MoodRule(Frozen):
    """What grounds the brand shows in a mood: "lively" is warm and vivid, say. "any" leaves it to the scheme."""

    mood: Mood
    warmth: Warmth = "any"
    look: Look = "any"


class ColourPair(Frozen):
    """Text of one of the brand's colours that may stand on one of its grounds."""

    ground: Colour
    text: Colour


class ShortForm(Frozen):
    """What a line, or words in a line, may be cut to where space is short: approved wordings, the longest first."""

    full: Line
    short: tuple[Line, ...] = Field(min_length=1, max_length=5)


class Editorial(Frozen):
    """Restrictions on how copy is written, whatever it says. A number is the most characters, None no limit.

    `address`: how Chinese copy speaks to its reader. `severity`: what a breach is.
    """

    severity: Literal["warn", "block"] = "warn"
    exclamation: bool = True  # marks of exclamation may be used
    emoji: bool = True
    capitals: bool = True  # English words of four letters and more may be all in capitals
    headline_stop: bool = True  # a headline may end in a full stop
    address: Literal["any", "nin", "ni"] = "any"
    headline_zh: int | None = Field(default=None, ge=2, le=100)
    headline_en: int | None = Field(default=None, ge=4, le=200)


class Manners(Frozen):
    """All of it. `rising`: the colour of what rises in a chart, "market" for the market's own. `time_zone`: an IANA name, "" for the
    market's own clock.

    `pairs`: text may stand on a ground only as listed; a ground with no pair takes any text that can be read on it.
    """

    moods: tuple[MoodRule, ...] = Field(default=(), max_length=len(MOODS))
    pairs: tuple[ColourPair, ...] = Field(default=(), max_length=512)
    short_forms: tuple[ShortForm, ...] = Field(default=(), max_length=500)
    editorial: Editorial = Editorial()
    rising: Literal["market", "red", "green"] = "market"
    time_zone: str = Field(default="", max_length=60)

    @field_validator("time_zone")
    @classmethod
    def _known_zone(cls, zone: str) -> str:
        if zone and zone not in time_zones():
            raise ValueError("no-such-zone")
        return zone

    @field_validator("moods")
    @classmethod
    def _moods_once(cls, moods: tuple[MoodRule, ...]) -> tuple[MoodRule, ...]:
        if any(count > 1 for count in Counter(rule.mood for rule in moods).values()):
            raise ValueError("mood-twice")
        return moods

    def in_mood(self, mood: str) -> MoodRule | None:
        return next((rule for rule in self.moods if rule.mood == mood), None)

    def texts_on(self, ground: str) -> frozenset[str]:
        """The text colours allowed on a ground; empty where any is."""
        return frozenset(pair.text for pair in self.pairs if pair.ground == ground)

    def shortened(self, text: str) -> tuple[str, ...]:
        """`text` in its approved short forms, longest first: as a whole, or with the words of one form replaced in it."""
        pairs = ((form.full, short) for form in self.short_forms if form.full in text for short in form.short)
        found = {text.replace(full, short).strip() for full, short in pairs}
        return tuple(
            sorted(
                (line for line in found if line and width(line) < width(text)), key=lambda line: (-width(line), line)
            )
        )


def width(text: str) -> int:
    """How wide a line is set, roughly, in halves of an em: a Chinese character takes two."""
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text)


@cache
def time_zones() -> frozenset[str]:
    return frozenset(available_timezones())


def rising_colour(manners: Manners, market: str) -> Rising:
    """The colour of what rises: the brand's own, else its market's."""
    if manners.rising != "market":
        return manners.rising
    return "red" if market in RED_RISES else "green"


def zone_of(manners: Manners, market: str) -> ZoneInfo:
    return ZoneInfo(manners.time_zone or _ZONES.get(market, "UTC"))


def today_of(manners: Manners, market: str, now: datetime | None = None) -> date:
    """The day it is where the brand advertises. now: an aware moment, this one unless told."""
    moment = now or datetime.now().astimezone()
    return moment.astimezone(zone_of(manners, market)).date()
