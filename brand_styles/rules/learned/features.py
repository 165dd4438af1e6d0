"""What the learned witness looks at: runs of characters (Chinese) or of words and letters (English), and the slots of the constructions.

Each feature has a name and the places in the text that it came from, so that a finding can show the words that weighed.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Literal

from brand_styles.rules.constructions import slots_of
from brand_styles.rules.parts import Sieve
from brand_styles.rules.patterns import Utf8

Language = Literal["zh", "en"]
LANGUAGES: tuple[Language, ...] = ("zh", "en")

_HAN = re.compile("[一-鿿]")
_NUMBER = re.compile(r"\d+")
_WORD = re.compile(r"[a-z']+|\d+|[£$€%!?]")
_LETTERS = (4, 5)  # of a word, with its ends
_RUN = 3  # characters, or words

Span = tuple[int, int]


def language_of(text: str) -> Language:
    return "zh" if _HAN.search(text) else "en"


@dataclass(frozen=True)
class _Slots:
    names: tuple[str, ...]
    patterns: tuple[str, ...]
    sieve: Sieve


@cache
def _slots(language: Language) -> _Slots:
    named = slots_of(language)
    edge = r"\b" if language == "en" else ""
    patterns = tuple(f"{edge}(?:{pattern}){edge}" for pattern in named.values())
    return _Slots(tuple(named), patterns, Sieve(patterns))


def features(text: str) -> dict[str, list[Span]]:
    """Names of features and where they stand. `text` is the furthest reading of matching.py, in lower case."""
    found: dict[str, list[Span]] = {}
    language = language_of(text)
    each = itertools.chain(_runs(text) if language == "zh" else _words(text), _standing(text, language))
    for name, span in each:
        found.setdefault(name, []).append(span)
    return found


def _runs(text: str) -> Iterator[tuple[str, Span]]:
    """Characters by one, two and three; a number is one of them, and so are the ends of the text."""
    parts = [("0" if m[0].isdigit() else m[0], m.span()) for m in re.finditer(r"\d+|.", text, re.DOTALL)]
    parts = [("^", (0, 0)), *parts, ("$", (len(text), len(text)))]
    for wide in range(1, _RUN + 1):
        for at in range(len(parts) - wide + 1):
            run = parts[at : at + wide]
            yield "c" + "".join(part for part, _ in run), (run[0][1][0], run[-1][1][1])


def _words(text: str) -> Iterator[tuple[str, Span]]:
    """Words by one, two and three, pairs with one or two words between, and pieces of words."""
    words = [("0" if m[0].isdigit() else m[0], m.span()) for m in _WORD.finditer(text)]
    words = [("^", (0, 0)), *words, ("$", (len(text), len(text)))]
    for wide in range(1, _RUN + 1):
        for at in range(len(words) - wide + 1):
            run = words[at : at + wide]
            yield "w" + " ".join(word for word, _ in run), (run[0][1][0], run[-1][1][1])
    for (word, span), apart in itertools.product(enumerate(words), (2, 3)):
        if word + apart < len(words):
            other, end = words[word + apart]
            yield f"k{span[0]} {other}", (span[1][0], end[1])
    for word_, place in words:
        yield from ((f"s{piece}", place) for piece in _pieces(f"<{word_}>"))


def _pieces(word: str) -> Iterator[str]:
    for wide in _LETTERS:
        yield from (word[at : at + wide] for at in range(len(word) - wide + 1))


def _standing(text: str, language: Language) -> Iterator[tuple[str, Span]]:
    """The slots that stand in the text, and each two of them."""
    slots, utf8 = _slots(language), Utf8(text)
    there = {
        slots.names[index]: next(utf8.matches(patterns[0]), (0, 0))
        for index, patterns in slots.sieve.standing(utf8).items()
    }
    for name, span in there.items():
        yield "S" + name, span
    for (one, first), (two, second) in itertools.combinations(there.items(), 2):
        yield f"P{one}+{two}", first
        yield f"P{one}+{two}", second
