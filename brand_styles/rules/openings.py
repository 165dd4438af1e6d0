"""How the matches of a pattern may begin: the few characters by which a text is searched for what can stand in it at all.

`openings` reads the part of RE2's language that packs use. It never says too little: where it can't tell (a negated class, any character),
the opening ends there, and an empty one stands everywhere.
"""

from __future__ import annotations

import re
from functools import lru_cache

LENGTH = 5  # characters of an opening
EDGE = "\0"  # stands at the head of an opening that must begin a word
MOST = 3_000  # openings of one pattern; beyond that they are cut short

_CLASS = re.compile(r"\[(\^?)(\]?(?:\\.|[^\]\\])*)\]")
_TIMES = re.compile(r"\{(\d+)(,?)(\d*)\}|[?*+]")
_UNKNOWN = "wWDSs."
_DIGITS = frozenset("0123456789")

# Openings so far, by whether what comes next adds to them.
Openings = tuple[frozenset[str], frozenset[str]]  # ended, open
_NOTHING: Openings = (frozenset(), frozenset({""}))


@lru_cache(maxsize=8192)
def openings(pattern: str) -> frozenset[str]:
    """Beginnings, of LENGTH lower-case characters at most, of which each match has one; {""} where a match may begin with anything."""
    (ended, going), at = _choice(pattern, 0)
    if at < len(pattern):
        return frozenset({""})
    found = ended | going
    vague = any(each in ("", EDGE) or (each[0] == EDGE and not is_wordy(each[1])) for each in found)
    return frozenset({""}) if vague else found


@lru_cache(maxsize=8192)
def is_told_by_openings(pattern: str) -> bool:
    """Whether the pattern matches its openings and nothing else, so that where one stands so does the pattern: short words, unescaped."""
    if not set(pattern).isdisjoint("\\^$ "):
        return False
    (ended, going), at = _choice(pattern, 0)
    return at == len(pattern) and not ended and bool(going) and "" not in going


def is_wordy(char: str) -> bool:
    """Whether RE2's \\b tells it from a space: letters of ASCII, digits, _."""
    return char == "_" or (char.isascii() and char.isalnum())


def _choice(pattern: str, at: int) -> tuple[Openings, int]:
    """Alternatives up to the end of their group."""
    ended: frozenset[str] = frozenset()
    going: frozenset[str] = frozenset()
    while True:
        (more_ended, more_going), at = _row(pattern, at)
        ended, going = ended | more_ended, going | more_going
        if at >= len(pattern) or pattern[at] == ")":
            return (ended, going), at
        at += 1


def _row(pattern: str, at: int) -> tuple[Openings, int]:
    """One alternative."""
    found = _NOTHING
    while at < len(pattern) and pattern[at] not in "|)":
        one, at = _atom(pattern, at)
        times = _TIMES.match(pattern, at)
        if times:
            one, at = _repeated(one, times), times.end()
            at += pattern[at : at + 1] == "?"
        found = _then(found, one)
    return found, at


def _atom(pattern: str, at: int) -> tuple[Openings, int]:
    char = pattern[at]
    if char == "(":
        at += 3 if pattern.startswith("(?:", at) else 1
        inner, at = _choice(pattern, at)
        return inner, at + 1
    if char == "[" and (found := _CLASS.match(pattern, at)):
        return _one_of(_members(found[2]) if not found[1] else None), found.end()
    if char == "\\":
        return _escaped(pattern[at + 1]), at + 2
    if char in "^$":
        return _NOTHING, at + 1
    if char == " ":  # any short gap (patterns.py)
        return _one_of(None), at + 1
    return _one_of(None if char == "." else frozenset(char.lower())), at + 1


def _escaped(char: str) -> Openings:
    if char == "b":
        return _one_of(frozenset({EDGE}))
    if char in "BAz":
        return _NOTHING
    if char == "d":
        return _one_of(_DIGITS)
    return _one_of(None if char in _UNKNOWN else frozenset({"n": "\n", "t": "\t"}.get(char, char).lower()))


def _members(inside: str) -> frozenset[str] | None:
    """The characters of a class; None where they are many."""
    out: set[str] = set()
    at = 0
    while at < len(inside):
        char = inside[at]
        if char == "\\":
            if inside[at + 1] in _UNKNOWN:
                return None
            out |= _DIGITS if inside[at + 1] == "d" else {inside[at + 1].lower()}
            at += 2
        elif inside[at + 1 : at + 2] == "-" and at + 2 < len(inside):
            if ord(inside[at + 2]) - ord(char) > 64:
                return None
            out |= {chr(code).lower() for code in range(ord(char), ord(inside[at + 2]) + 1)}
            at += 3
        else:
            out.add(char.lower())
            at += 1
    return frozenset(out)


def _one_of(chars: frozenset[str] | None) -> Openings:
    return (frozenset({""}), frozenset()) if chars is None else (frozenset(), chars)


def _repeated(one: Openings, times: re.Match[str]) -> Openings:
    least, most = _bounds(times)
    ended: frozenset[str] = frozenset()
    going: frozenset[str] = frozenset({""}) if not least else frozenset()
    now = _NOTHING
    for count in range(1, min(most, LENGTH) + 1):
        now = _then(now, one)
        ended |= now[0]
        if count >= min(least, LENGTH):
            going |= now[1]
    return ended, going


def _bounds(times: re.Match[str]) -> tuple[int, int]:
    if times[1] is None:
        return (1 if times[0] == "+" else 0), (1 if times[0] == "?" else LENGTH)
    least = int(times[1])
    return least, (int(times[3]) if times[3] else LENGTH) if times[2] else least


def _then(first: Openings, second: Openings) -> Openings:
    """One after the other; what is long enough, or would be too many, ends."""
    if first[1] == {""}:
        return first[0] | second[0], second[1]
    if len(first[1]) * (len(second[0]) + len(second[1])) > MOST:
        return first[0] | first[1], frozenset()
    ended = first[0] | {_joined(a, b) for a in first[1] for b in second[0]}
    both = {_joined(a, b) for a in first[1] for b in second[1]}
    return ended | {each for each in both if len(each) == LENGTH}, frozenset(
        each for each in both if len(each) < LENGTH
    )


def _joined(first: str, second: str) -> str:
    """Both, no longer than an opening; a word's edge says something at its head only."""
    return (first + second.lstrip(EDGE) if first else second)[:LENGTH]
