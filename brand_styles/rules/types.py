"""Rules as data: what a pack holds, what a market's set is, what a hit says."""

from __future__ import annotations

import hashlib
import json
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Literal, Self

from pydantic import Field, field_validator, model_validator

from brand_styles.frozen import Frozen
from brand_styles.own_rules import Override
from brand_styles.words import Words

if TYPE_CHECKING:
    from brand_styles.rules.matching import Matcher

RuleKind = Literal["phrase", "pattern", "claim", "required", "numeric", "pairing", "window"]
HitKind = RuleKind | Literal["learned"]
RuleSeverity = Literal["block", "warn", "require"]
HitSeverity = Literal["block", "warn", "info"]


class RuleTests(Frozen):
    """Sentences the rule must fire on, and must leave alone; the pack's own tests."""

    match: tuple[str, ...] = ()
    no_match: tuple[str, ...] = ()


class Rule(Frozen):
    """One rule on the words.

    kind "phrase": fires on any of `phrases`. "pattern": fires where `pattern` matches (RE2; see patterns.py for its two conventions).
    "claim": fires on either, unless the copy holds one of `any_of`, its evidence. "required": fires when either stands in the copy (or
    always, when the rule names neither) and none of `any_of` does; `missing` is how severe that is (a disclosure whose sentence the
    law names blocks; else a person decides). "numeric": fires where the number in the pattern's group is over `at_most`. "pairing": fires
    where one of `any_of` stands in the same copy. "window": fires on the days before `since` and after `until`.

    unless_before, unless_after: patterns that spare a match they end at, or begin after. unless: a pattern that spares a match it
    overlaps. exempt: codes of exemptions that excuse a match, which are told. industries: tags of industries.yaml, or "all".
    raised: a harsher severity in the industries named. rewrites: what may stand instead, by what was matched; a match without one has
    no legal rewrite. adds: the sentence that a required rule asks for. since, until: days between which the rule is in force.
    """

    id: str
    severity: RuleSeverity
    scope: Literal["copy", "both"]
    markets: tuple[str, ...]
    platforms: tuple[str, ...] = ()
    industries: tuple[str, ...] = ("all",)
    not_industries: tuple[str, ...] = ()
    product_types: tuple[str, ...] = ()  # as people write them, or tags; every product if empty
    kind: RuleKind
    phrases: tuple[str, ...] = ()
    pattern: str = ""
    constructions: tuple[str, ...] = ()  # of constructions.yaml, written into `pattern` as packs are loaded
    any_of: tuple[str, ...] = ()
    at_most: float | None = None
    missing: Literal["block", "warn"] = "warn"
    unless_before: str = ""
    unless_after: str = ""
    unless: str = ""
    exempt: tuple[str, ...] = ()
    raised: dict[str, Literal["block"]] = Field(default_factory=dict)
    rewrites: dict[str, str] = Field(default_factory=dict)
    adds: str = ""
    since: date | None = None
    until: date | None = None
    owner: str = ""
    title: Words
    why: Words
    fix: Words
    source: str
    confidence: str
    tests: RuleTests = RuleTests()

    @model_validator(mode="after")
    def _says_what_it_looks_for(self) -> Self:
        if self.kind != "required" and not (self.phrases or self.pattern or self.constructions):
            raise ValueError(f"rule {self.id} names neither phrases nor a pattern")
        if (self.kind == "numeric") != (self.at_most is not None):
            raise ValueError(f"rule {self.id}: at_most belongs to a numeric rule, and a numeric rule needs it")
        if self.since and self.until and self.until < self.since:
            raise ValueError(f"rule {self.id} ends ({self.until}) before it starts ({self.since})")
        return self

    def in_force(self, day: date) -> bool:
        within = (self.since is None or self.since <= day) and (self.until is None or day <= self.until)
        return within is not (self.kind == "window")


class Exemption(Frozen):
    """A context that excuses a match. reach "match": must overlap it; "before": must end where it begins, in its sentence;
    "sentence": anywhere in its sentence.
    """

    code: str
    basis: str
    reach: Literal["match", "before", "sentence"]
    pattern: str
    meaning: Words


class Pack(Frozen):
    """One YAML file of rules. `read` is when its sources were last read; `version` changes with every change of a rule."""

    pack: str
    version: str
    title: Words
    read: str
    exemptions: tuple[Exemption, ...] = ()
    rules: tuple[Rule, ...]

    @field_validator("rules")
    @classmethod
    def _ids_once(cls, rules: tuple[Rule, ...]) -> tuple[Rule, ...]:
        ids = [rule.id for rule in rules]
        if len(ids) != len(set(ids)):
            raise ValueError("a rule id appears twice")
        return rules


class RuleSet(Frozen):
    """The rules that apply to one market and industry. `assumed`: ids that apply only if the product is of their kind, which
    nobody told; they warn instead of blocking. `notes` says what was assumed.
    """

    market: str
    industry: str
    product_type: str = ""
    rules: tuple[Rule, ...]
    exemptions: tuple[Exemption, ...] = ()
    assumed: frozenset[str] = frozenset()
    tags: frozenset[str] = frozenset()
    notes: tuple[Words, ...] = ()
    learned: str = ""  # version of the learned witness that is heard besides (learned/witness.py), if any
    packs: dict[str, str] = Field(default_factory=dict)  # rule id to pack and version, "cn_finance 2026.11.2"
    overrides: dict[str, Override] = Field(default_factory=dict)  # rule id to what the brand makes of it

    @cached_property
    def matcher(self) -> Matcher:
        """The rules made ready to run: a fraction of a second once, then shared."""
        from brand_styles.rules.matching import Matcher

        return Matcher(self)

    @cached_property
    def version(self) -> str:
        """Twelve hex digits that change when any rule does; recipes keep it."""
        data = self.model_dump(mode="json", include={"rules", "exemptions", "overrides", "learned"})
        data["assumed"] = sorted(self.assumed)
        text = json.dumps(data, sort_keys=True, ensure_ascii=False)
        return hashlib.sha256(text.encode()).hexdigest()[:12]


class RuleHit(Frozen):
    """One place where a rule fired. `start`, `end`: the span in the text as written; both 0 for something missing.

    exempted: the code of the exemption that excuses it (severity "info" then), kept so that a reviewer sees why.
    """

    rule: str
    severity: HitSeverity
    matched: str
    start: int = Field(ge=0)
    end: int = Field(ge=0)
    words: Words
    title: Words
    source: str = ""
    confidence: str = ""
    exempted: str | None = None
    kind: HitKind = "phrase"
    pack: str = ""
    rewrite: str | None = None  # what may stand instead of `matched`, or, for something missing, what to add
    disguised: bool = False  # seen only by reading through marks, look-alikes or spelling
