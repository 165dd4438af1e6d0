"""Patterns taken apart, so that what can't stand in a text is seen in one pass over it.

One automaton of all patterns is large, and every new text makes it larger: bounded gaps count their characters in step with all others.
So a pattern is cut into its alternatives, and each of these at its gaps; pieces are looked up by how they begin (openings.py), and only an
alternative all of whose pieces may stand in the text is run, by itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache

from brand_styles.rules.openings import LENGTH, openings
from brand_styles.rules.patterns import Utf8, compiled

_GAP = re.compile(r"(\[(?:\\.|[^\]\\])+\]|\\w|\.)\{0,\d+\}\??")  # a bounded run of one class
_ANY = r"[^\n]*"


def _tokens(pattern: str) -> Iterator[tuple[str, int]]:
    """Pieces of a pattern that belong together (an escape, a class, a gap, one character), with the depth of groups they stand at."""
    at = depth = 0
    while at < len(pattern):
        gap = _GAP.match(pattern, at)
        if gap:
            piece = gap[0]
        elif pattern[at] == "\\":
            piece = pattern[at : at + 2]
        elif pattern[at] == "[":
            piece = _class_at(pattern, at)
        else:
            piece = pattern[at]
        depth -= piece == ")"
        yield piece, depth
        depth += piece == "("
        at += len(piece)


def _class_at(pattern: str, at: int) -> str:
    found = re.compile(r"\[\^?\]?(?:\\.|[^\]\\])*\]").match(pattern, at)
    return found[0] if found else pattern[at]


@lru_cache(maxsize=1024)
def alternatives(pattern: str) -> tuple[str, ...]:
    """What a pattern finds one or another of: a|b(?:c|d) is a and b(?:c|d)."""
    out, now = [], ""
    for piece, depth in _tokens(pattern):
        if piece == "|" and not depth:
            out.append(now)
            now = ""
        else:
            now += piece
    return tuple(filter(None, [*out, now]))


@lru_cache(maxsize=4096)
def pieces(alternative: str) -> tuple[str, ...]:
    """What must stand in a text for the alternative to: its parts between gaps; a gap within a group may be of any length."""
    out, now = [], ""
    for piece, depth in _tokens(alternative):
        if not _GAP.fullmatch(piece):
            now += piece
        elif depth:
            now += _ANY
        else:
            out.append(now)
            now = ""
    return tuple(each for each in dict.fromkeys([*out, now]) if each and not _may_be_empty(each))


def _may_be_empty(piece: str) -> bool:
    return compiled(piece).search(b"") is not None


@dataclass(frozen=True)
class Sieve:
    """Patterns of which most stand in no text: `standing` tells which do, and by which of their alternatives."""

    patterns: tuple[str, ...]
    _needs: list[tuple[int, str, tuple[int, ...]]] = field(
        default_factory=list, init=False
    )  # pattern, alternative, pieces
    _at: dict[str, list[int]] = field(default_factory=dict, init=False)  # pieces by how they begin

    def __post_init__(self) -> None:
        known: dict[str, int] = {}
        for index, pattern in enumerate(self.patterns):
            for alternative in _grouped(pattern):
                needs = tuple(known.setdefault(each, len(known)) for each in pieces(alternative))
                self._needs.append((index, alternative, needs))
        for piece, place in known.items():
            for opening in openings(piece):
                self._at.setdefault(opening, []).append(place)

    def standing(self, text: Utf8) -> dict[int, list[str]]:
        """The alternatives that stand in the text, by the index of their pattern, rising."""
        there = self._maybe("".join(char.lower()[:1] or char for char in text.text))
        found: dict[int, list[str]] = {}
        for index, alternative, needs in self._needs:
            if there.issuperset(needs) and text.has(alternative):
                found.setdefault(index, []).append(alternative)
        return found

    def _maybe(self, text: str) -> set[int]:
        """Pieces that begin somewhere in the text, as far as their openings tell."""
        there = set(self._at.get("", ()))
        for wide in range(1, LENGTH + 1):
            for opening in {text[at : at + wide] for at in range(len(text) - wide + 1)}:
                there.update(self._at.get(opening, ()))
        return there


def _grouped(pattern: str) -> list[str]:
    """The alternatives, those without gaps as one."""
    loose = [each for each in alternatives(pattern) if pieces(each) == (each,)]
    apart = [each for each in alternatives(pattern) if pieces(each) != (each,)]
    return ["|".join(loose), *apart] if loose else apart
