"""Rules on the words that a brand adds to those of its market, and what it makes of a pack's."""

from __future__ import annotations

import math
import re
from datetime import date
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from brand_styles.frozen import Frozen
from brand_styles.words import Words

Phrase = Annotated[str, Field(min_length=1, max_length=100)]
NO_WORDS = Words(en="", zh="")
MOST_CHOICES = 64  # phrases that one line with braces may stand for
_BRACES = re.compile(r"\{([^{}]*)\}")


class Rewrite(Frozen):
    """What may stand instead of a phrase: an approved wording, which repair may use without asking."""

    say: Annotated[str, Field(max_length=200)]
    instead_of: Phrase


class OwnRule(Frozen):
    """One rule of the brand's own, as packs have them (rules/types.py), in the few fields that a designer fills in.

    kind "phrase" fires on any of `phrases`, "pattern" where `pattern` (RE2) matches, "claim" on either unless the copy holds one of
    `unless_said`; "required" asks for one of `unless_said`, always or where a phrase or the pattern stands, and `adds` is the approved
    sentence; least_height (share of the picture's short side) and least_contrast (WCAG, to 1) say how it must stand on every picture.
    "pairing" fires on a phrase where one of `against` stands in the same copy. "window" fires on its phrases before `since` and after
    `until`, the days between which alone they may be said. markets, industries, product_types: where it applies, everywhere the brand
    advertises if empty. since, until: for the other kinds the days between which the rule is in force.
    """

    id: str = Field(pattern=r"^[A-Z0-9][A-Z0-9-]{0,39}$")
    kind: Literal["phrase", "pattern", "claim", "required", "pairing", "window"] = "phrase"
    severity: Literal["block", "warn"] = "block"
    phrases: tuple[Phrase, ...] = Field(default=(), max_length=1000)
    pattern: str = Field(default="", max_length=2000)
    unless_said: tuple[Phrase, ...] = Field(default=(), max_length=50)
    against: tuple[Phrase, ...] = Field(default=(), max_length=100)
    least_height: float | None = Field(default=None, ge=0.005, le=0.3)
    least_contrast: float | None = Field(default=None, ge=1.0, le=21.0)
    adds: str = Field(default="", max_length=200)
    rewrites: tuple[Rewrite, ...] = Field(default=(), max_length=20)
    markets: tuple[str, ...] = Field(default=(), max_length=20)
    industries: tuple[str, ...] = Field(default=(), max_length=50)
    product_types: tuple[Phrase, ...] = Field(default=(), max_length=50)
    since: date | None = None
    until: date | None = None
    owner: str = Field(default="", max_length=100)
    title: Words
    why: Words = NO_WORDS
    source: str = Field(default="", max_length=300)

    @model_validator(mode="after")
    def _says_what_it_looks_for(self) -> Self:
        if any(_choices(phrase) > MOST_CHOICES for phrase in (*self.phrases, *self.against)):
            raise ValueError("too-many-choices")
        if self.kind in ("phrase", "pairing", "window") and not self.phrases:
            raise ValueError("looks-for-nothing")
        if self.kind == "pattern" and not self.pattern:
            raise ValueError("looks-for-nothing")
        if self.kind == "claim" and not (self.phrases or self.pattern):
            raise ValueError("looks-for-nothing")
        if self.kind in ("required", "claim") and not self.unless_said:
            raise ValueError("wants-nothing")
        if self.kind == "pairing" and not self.against:
            raise ValueError("pairs-with-nothing")
        if self.kind == "window" and not (self.since or self.until):
            raise ValueError("has-no-window")
        if self.since and self.until and self.until < self.since:
            raise ValueError("ends-before-it-starts")
        return self


def _choices(phrase: str) -> int:
    return math.prod(inside.count("|") + 1 for inside in _BRACES.findall(phrase))


class Override(Frozen):
    """What a brand makes of a pack's rule, with the reason, which every finding tells. "off" still reports what it would have found."""

    rule: str = Field(min_length=1, max_length=60)
    severity: Literal["off", "warn", "block"]
    reason: str = Field(min_length=8, max_length=500)
    until: date | None = None
    owner: str = Field(default="", max_length=100)
