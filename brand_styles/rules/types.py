"""Rules as data: what a pack holds, what a market's set is, what a hit says."""

from __future__ import annotations

import hashlib
import json
from functools import cached_property
from typing import Literal

from pydantic import Field, field_validator

from brand_styles.style import Frozen
from brand_styles.words import Words

RuleSeverity = Literal["block", "warn", "require"]
HitSeverity = Literal["block", "warn", "info"]


class RuleTests(Frozen):
    """Sentences the rule must fire on, and must leave alone; the pack's own tests."""

    match: tuple[str, ...] = ()
    no_match: tuple[str, ...] = ()


class Rule(Frozen):
    """One rule on the words.

    kind "pattern": fires where `pattern` matches. kind "required": fires when `pattern` matches somewhere in the copy and none
    of `any_of` does; `missing` is how severe that is (a disclosure whose sentence the law names blocks; else a person decides).
    industries: tags of loader.PARENTS, or "all". raised: a harsher severity in the industries named. exempt: codes of exemptions
    that excuse a match.
    """

    id: str
    severity: RuleSeverity
    scope: Literal["copy", "both"]
    markets: tuple[str, ...]
    platforms: tuple[str, ...] = ()
    industries: tuple[str, ...] = ("all",)
    not_industries: tuple[str, ...] = ()
    kind: Literal["pattern", "required"]
    pattern: str
    any_of: tuple[str, ...] = ()
    missing: Literal["block", "warn"] = "warn"
    exempt: tuple[str, ...] = ()
    raised: dict[str, Literal["block"]] = Field(default_factory=dict)
    title: Words
    why: Words
    fix: Words
    source: str
    confidence: str
    tests: RuleTests = RuleTests()


class Exemption(Frozen):
    """A context that excuses an absolute term. reach "match": must overlap the match; "sentence": anywhere in its sentence."""

    code: str
    basis: str
    reach: Literal["match", "sentence"]
    pattern: str
    meaning: Words


class Pack(Frozen):
    """One YAML file of rules. `read` is when its sources were last read."""

    pack: str
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

    @cached_property
    def version(self) -> str:
        """Twelve hex digits that change when any rule does; recipes keep it."""
        data = self.model_dump(mode="json", include={"rules", "exemptions"})
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
