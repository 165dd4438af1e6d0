"""Constructions of the packs written out: slots and gaps put in, as one pattern for a rule.

A construction says which kinds of words stand near one another (constructions.yaml); a rule that names it looks for it besides its own
phrases and pattern. In those of Chinese a gap `<6>` is up to six characters within the clause, in those of English up to six of a sentence.
"""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path

import yaml

from brand_styles.rules.types import Pack, Rule

TABLE = Path(__file__).with_name("constructions.yaml")
_SLOT = re.compile(r"<(\w+)>")
_CLAUSE = {"zh": "[^,。!?;]", "en": r"[\w ,'’\"$%£€()&/:+-]"}


@lru_cache(maxsize=1)
def _table() -> tuple[dict[str, dict[str, str]], dict[str, list[str]]]:
    """Slots by language and name, and constructions by name."""
    table = yaml.safe_load(TABLE.read_text("utf-8"))
    return table["slots"], table["constructions"]


def _written(pattern: str, language: str) -> str:
    """The pattern with its slots and gaps put in."""

    def put(match: re.Match[str]) -> str:
        word = match[1]
        return f"{_CLAUSE[language]}{{0,{word}}}" if word.isdigit() else _written(slots[word], language)

    slots = _table()[0][language]
    return _SLOT.sub(put, pattern)


@lru_cache(maxsize=128)
def construction(name: str) -> str:
    """The pattern of a construction. KeyError for one that is not in the table, or that names a slot that isn't."""
    return "|".join(_written(each, name[:2]) for each in _table()[1][name])


@lru_cache(maxsize=4)
def slots_of(language: str) -> dict[str, str]:
    """The slots of a language, "zh" or "en", by name, written out."""
    return {name: _written(pattern, language) for name, pattern in _table()[0][language].items()}


def with_constructions(pack: Pack) -> Pack:
    """The pack with the constructions of its rules written into their patterns."""
    return pack.model_copy(update={"rules": tuple(map(_written_out, pack.rules))})


def _written_out(rule: Rule) -> Rule:
    if not rule.constructions:
        return rule
    parts = [rule.pattern, *map(construction, rule.constructions)]
    return rule.model_copy(update={"pattern": "|".join(filter(None, parts))})
