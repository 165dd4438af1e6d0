"""Rules on what a picture shows, of a brand's own or of a pack."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from brand_styles.frozen import Frozen
from brand_styles.likeness import LENGTH, NEAR
from brand_styles.own_rules import NO_WORDS
from brand_styles.words import Words

PixelKind = Literal["colour", "palette", "thing", "face", "code", "lettering", "duplicate", "nudity", "logo"]
Unchecked = Literal["block", "warn", "tell"]
Misuse = Literal["small", "clear_space", "ground", "busy", "covered", "altered"]
Share = Annotated[float, Field(ge=0, le=1)]
Thing = Annotated[str, Field(min_length=1, max_length=60)]
HexColour = Annotated[str, Field(pattern=r"^#[0-9A-F]{6}$")]


class PixelRule(Frozen):
    """One rule on the pixels, in the few fields that a designer fills in.

    "colour" fires where more than `most` of the picture (its product left out) lies within `tolerance` (CIEDE2000) of one of `colours`;
    "palette" where more than `most` of it is further than `tolerance` from every colour of the brand or, with a `role`, where that
    role's colours take up less than `least` or more than `most`. "thing" fires on any of `things` (names of things.yaml, or words for a
    detector that takes any), "face" on a face or person, "code" on barcodes and QR codes, "lettering" on writing outside the type that
    was set, "duplicate" on a picture `likeness` or more like the `reference` (a hash of the brand's references) or `signature`,
    "nudity" on nakedness, "logo" on any of `misuses` of the brand's logo.

    `unchecked`: what is made of a picture when nothing that is installed can see what the rule looks for. markets, industries: where it
    applies, everywhere the brand advertises if empty. since, until: days between which it does.
    """

    id: str = Field(pattern=r"^[A-Z0-9][A-Z0-9-]{0,39}$")
    kind: PixelKind
    severity: Literal["block", "warn"] = "block"
    unchecked: Unchecked = "warn"
    colours: tuple[HexColour, ...] = Field(default=(), max_length=16)
    tolerance: float = Field(default=8.0, gt=0, le=50)
    most: Share = 0.0
    least: Share = 0.0
    role: Literal["", "ground", "second", "accent", "ink", "paper", "metal"] = ""
    things: tuple[Thing, ...] = Field(default=(), max_length=32)
    reference: str = Field(default="", pattern=r"^([0-9a-f]{64})?$")
    signature: tuple[float, ...] = Field(default=(), max_length=LENGTH)
    likeness: float = Field(default=NEAR, gt=0.5, le=1)
    misuses: tuple[Misuse, ...] = ("small", "clear_space", "ground", "busy", "covered", "altered")
    markets: tuple[str, ...] = Field(default=(), max_length=20)
    industries: tuple[str, ...] = Field(default=(), max_length=50)
    since: date | None = None
    until: date | None = None
    owner: str = Field(default="", max_length=100)
    title: Words
    why: Words = NO_WORDS
    source: str = Field(default="", max_length=300)

    @model_validator(mode="after")
    def _says_what_it_looks_for(self) -> Self:
        if not _complete(self):
            raise ValueError("looks-for-no-pixels")
        if self.kind == "palette" and self.least > self.most:
            raise ValueError("least-over-most")
        if self.since and self.until and self.until < self.since:
            raise ValueError("ends-before-it-starts")
        return self

    def in_force(self, day: date) -> bool:
        return (self.since is None or self.since <= day) and (self.until is None or day <= self.until)


def _complete(rule: PixelRule) -> bool:
    if rule.kind == "duplicate":
        return bool(rule.reference) or len(rule.signature) == LENGTH
    return bool({"colour": rule.colours, "thing": rule.things, "logo": rule.misuses}.get(rule.kind, True))
