"""Patterns taken apart, so that what can't stand in a text is seen in one pass over it.

One automaton of all patterns is large, and every new text makes it larger: bounded gaps count their characters in step with all others.
So a pattern is cut into its alternatives, and each of these at its gaps; pieces are looked up by how they begin (openings.py), and only an
alternative all of whose pieces may stand in the text is run, by itself.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache

from brand_styles.rules.openings import EDGE, LENGTH, is_told_by_openings, openings
from brand_styles.rules.patterns import Utf8, compiled

_GAP = re.compile(r"(\[(?:\\.|[^\]\\])+\]|\\w|\.)\{0,\d+\}\??")  # a bounded run of one class
_WORD = re.compile("[a-z0-9_]+")
_ANY = r"[^\n]*"
REMEMBERED = 16  # texts
_PHRASE = 60  # characters of an alternative that is hardly more than a phrase


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
class _Alternative:
    pattern: int
    text: str
    needs: frozenset[int]

    def told(self, pieces: list[str], told: set[int]) -> bool:
        """Whether it is no more than one piece that its openings tell."""
        return len(self.needs) == 1 and self.needs <= told and self.text == pieces[min(self.needs)]


@dataclass(frozen=True)
class Sieve:
    """Patterns of which most stand in no text: `standing` tells which do, and by which of their alternatives."""

    patterns: tuple[str, ...]
    _by_piece: dict[int, list[_Alternative]] = field(
        default_factory=dict, init=False
    )  # the first piece of each alternative
    _always: list[_Alternative] = field(default_factory=list, init=False)  # those that may begin with anything
    _pieces: list[str] = field(default_factory=list, init=False)
    _told: set[int] = field(default_factory=set, init=False)  # pieces that stand where their openings do
    _heads: set[str] = field(default_factory=set, init=False)  # the first two characters of the openings
    _known: dict[str, dict[int, list[str]]] = field(default_factory=dict, init=False)
    _at: dict[str, list[int]] = field(default_factory=dict, init=False)  # pieces by how they begin

    def __post_init__(self) -> None:
        known: dict[str, int] = {}
        for index, pattern in enumerate(self.patterns):
            for alternative in _grouped(pattern):
                needs = [known.setdefault(each, len(known)) for each in pieces(alternative)]
                of = self._by_piece.setdefault(needs[0], []) if needs else self._always
                of.append(_Alternative(index, alternative, frozenset(needs)))
        self._pieces.extend(known)
        self._told.update(place for piece, place in known.items() if is_told_by_openings(piece))
        for piece, place in known.items():
            for opening in openings(piece):
                self._at.setdefault(opening, []).append(place)
                self._heads.add(opening[:2])

    def standing(self, text: Utf8) -> dict[int, list[str]]:
        """The alternatives that stand in the text, by the index of their pattern, rising. The last few texts are remembered: a text
        is asked about for what it says and for what it lacks."""
        known = self._known.get(text.text)
        if known is None:
            if len(self._known) >= REMEMBERED:
                self._known.clear()
            known = self._known[text.text] = self._standing(text)
        return known

    def _standing(self, text: Utf8) -> dict[int, list[str]]:
        there = self._maybe(_lower(text.text))
        found: dict[int, list[str]] = {}
        lacking: set[int] = set()
        for piece in sorted(there):
            for each in self._by_piece.get(piece, ()):
                if self._stands(each, there, lacking, text):
                    found.setdefault(each.pattern, []).append(each.text)
        for each in self._always:
            if text.has(each.text):
                found.setdefault(each.pattern, []).append(each.text)
        return dict(sorted(found.items()))

    def _stands(self, each: _Alternative, there: set[int], lacking: set[int], text: Utf8) -> bool:
        """Whether it does. `lacking` remembers pieces that begin in the text but don't stand there, as many alternatives share them."""
        if not each.needs <= there or not each.needs.isdisjoint(lacking):
            return False
        for piece in sorted(each.needs - self._told) if len(each.needs) > 1 else ():
            if not text.has(self._pieces[piece]):
                lacking.add(piece)
                return False
        return each.told(self._pieces, self._told) or text.has(each.text)

    def _maybe(self, text: str) -> set[int]:
        """Pieces that begin somewhere in the text, as far as their openings tell."""
        there = set(self._at.get("", ()))
        known, begun = self._at, set(text)
        for at, pair in enumerate(map("".join, itertools.pairwise(text))):
            if pair in self._heads:
                begun.add(pair)
                begun.update([text[at : at + 3], text[at : at + 4], text[at : at + 5]])
        for word in _WORD.finditer(text):
            at = word.start()
            begun.update([EDGE + text[at : at + wide] for wide in range(1, LENGTH)])
        for opening in begun:
            if opening in known:
                there.update(known[opening])
        return there


def _grouped(pattern: str) -> list[str]:
    """The alternatives; short ones without gaps that begin alike as one, as they are found or not by the same few characters."""
    groups: dict[str, list[str]] = {}
    for each in alternatives(pattern):
        plain = len(each) <= _PHRASE and not _GAP.search(each)
        groups.setdefault(min(openings(each)) if plain else each, []).append(each)
    return ["|".join(group) for group in groups.values()]


def _lower(text: str) -> str:
    """Lower case, character for character."""
    lower = text.lower()
    return lower if len(lower) == len(text) else "".join(char.lower()[:1] for char in text)
