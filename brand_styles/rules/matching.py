"""The rules of a set made ready to run: every trigger in one pass, then the places of those that fired, then the guards."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

from brand_styles.rules.folding import HAN, Folded, fold, is_han, spelt_out, spoken_leet, unmasked_words
from brand_styles.rules.parts import Sieve
from brand_styles.rules.patterns import Utf8, expanded, phrases_pattern
from brand_styles.rules.pinyin import Vocabulary, sounded
from brand_styles.rules.types import Exemption, Rule, RuleSet

_SENTENCE_END = "。！？；!?;\n"
_BEFORE = 40  # characters before a match that a guard may look at
_AROUND = 60  # characters on each side where a longer phrase may hold the match
_HAN_WORD = re.compile(rf"[{HAN}]{{2,}}")
_DIGITS = {"一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9}
_SCALES = {"十": 10, "百": 100, "千": 1_000, "万": 10_000, "亿": 100_000_000, "k": 1_000, "m": 1_000_000}


@dataclass(frozen=True)
class Match:
    """One place where a rule fired in a reading; `excuse` when an exemption covers it."""

    rule: Rule
    start: int
    end: int
    excuse: Exemption | None = None


class Matcher:
    """A rule set as patterns. Build once, use for many texts; safe to share."""

    def __init__(self, rules: RuleSet) -> None:
        self.rules = rules
        self.triggers = [trigger(rule) for rule in rules.rules]
        self._by_code = {exemption.code: exemption for exemption in rules.exemptions}

    @cached_property
    def _sieve(self) -> Sieve:
        return Sieve(tuple(self.triggers))

    @cached_property
    def vocabulary(self) -> Vocabulary:
        """The Chinese words of the phrases, for reading pinyin."""
        rules = [rule for rule in self.rules.rules if rule.kind != "required"]
        return Vocabulary(
            itertools.chain(*map(phrases_of, rules), *(_HAN_WORD.findall(rule.pattern) for rule in rules))
        )

    def readings(self, text: str) -> tuple[Folded, ...]:
        """The text as a person sees it, and as somebody who sees through tricks reads it, where that differs."""
        careful = fold(text)
        heard = sounded(unmasked_words(spelt_out(careful)), self.vocabulary)
        readings = {each.text: each for each in (spoken_leet(heard), heard, careful)}
        return tuple(reversed(readings.values()))

    def matches(self, reading: Folded, copy: Iterable[Folded] = ()) -> Iterator[Match]:
        """Where rules of every kind but "required" fire; claims with their evidence are left out. copy: readings of the whole copy, where
        the words may stand that others mustn't stand with; the reading alone unless told.
        """
        text = Utf8(reading.text)
        for index, patterns in self._sieve.standing(text).items():
            rule = self.rules.rules[index]
            if rule.kind == "required" or (rule.kind == "claim" and has_any(text, rule.any_of)):
                continue
            if rule.kind == "pairing" and not any(has_any(Utf8(each.text), rule.any_of) for each in copy or (reading,)):
                continue
            yield from self._places(rule, patterns, text)

    def _places(self, rule: Rule, patterns: Sequence[str], text: Utf8) -> Iterator[Match]:
        done = 0
        spans = {span for each in patterns for span in self._spans(rule, each, text)}
        for start, end in sorted(spans, key=lambda span: (span[0], -span[1])):
            if start < done or self._spared(rule, text, start, end):
                continue
            yield Match(rule, start, end, self._excuse(rule, text, start, end))
            done = end

    def _spans(self, rule: Rule, pattern: str, text: Utf8) -> Iterator[tuple[int, int]]:
        if rule.kind != "numeric":
            yield from text.matches(pattern)
            return
        for span, figure in text.groups(pattern):
            value = number(figure)
            if value is not None and rule.at_most is not None and value > rule.at_most:
                yield span

    def _spared(self, rule: Rule, text: Utf8, start: int, end: int) -> bool:
        if rule.unless_before and text.has(rf"(?:{rule.unless_before})\z", max(0, start - _BEFORE), start):
            return True
        if rule.unless_after and text.has(rf"\A(?:{rule.unless_after})", end):
            return True
        return bool(rule.unless) and _overlapped(text, rule.unless, start, end, 0, len(text.text))

    def _excuse(self, rule: Rule, text: Utf8, start: int, end: int) -> Exemption | None:
        """The first exemption of the rule that covers this match."""
        first, last = sentence(text.text, start, end)
        for code in rule.exempt:
            exemption = self._by_code.get(code)
            if exemption is not None and _covers(exemption, text, (start, end), (first, last)):
                return exemption
        return None

    def lacking(self, reading: Folded, whole: Folded) -> Iterator[tuple[Rule, int, int]]:
        """Required rules that the reading calls for and the whole copy doesn't answer, with the words that call."""
        text, copy = Utf8(reading.text), Utf8(whole.text)
        fired = self._sieve.standing(text)
        for index, rule in enumerate(self.rules.rules):
            asks = index in fired or not self.triggers[index]
            if rule.kind != "required" or not asks or has_any(copy, rule.any_of):
                continue
            if not self.triggers[index]:
                yield rule, 0, 0
            elif (place := next(self._places(rule, fired[index], text), None)) and place.excuse is None:
                yield rule, place.start, place.end


@lru_cache(maxsize=4096)
def _expanded(phrases: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(fold(each).text for phrase in phrases for each in expanded(phrase) if each))


def phrases_of(rule: Rule) -> tuple[str, ...]:
    """Every phrase of a rule, as matched."""
    return _expanded(rule.phrases)


def trigger(rule: Rule) -> str:
    """What a rule looks for, as one pattern; empty for one that always asks."""
    parts = [phrases_pattern(phrases_of(rule))] if rule.phrases else []
    return "|".join([*parts, rule.pattern] if rule.pattern else parts)


def has_any(text: Utf8, patterns: Iterable[str]) -> bool:
    return any(text.has(pattern) for pattern in patterns)


def _overlapped(text: Utf8, pattern: str, start: int, end: int, first: int, last: int) -> bool:
    """Whether a match of the pattern within text[first:last] overlaps the span."""
    return any(
        a < end and start < b for a, b in text.matches(pattern, max(first, start - _AROUND), min(last, end + _AROUND))
    )


def _covers(exemption: Exemption, text: Utf8, span: tuple[int, int], bounds: tuple[int, int]) -> bool:
    start, end = span
    first, last = bounds
    if exemption.reach == "sentence":
        return text.has(exemption.pattern, first, last)
    if exemption.reach == "before":
        return text.has(rf"(?:{exemption.pattern})\z", max(first, start - _BEFORE), start)
    return _overlapped(text, exemption.pattern, start, end, first, last)


def sentence(text: str, start: int, end: int) -> tuple[int, int]:
    """The bounds of the sentence around a span."""
    first = max((text.rfind(mark, 0, start) for mark in _SENTENCE_END), default=-1) + 1
    ends = [i for i in (text.find(mark, end) for mark in _SENTENCE_END) if i >= 0]
    return first, min(ends, default=len(text))


def number(figure: str) -> float | None:
    """A figure as written, 5.5, 50,000, 6万, 三十万, 十万, 100k; None for something else."""
    bare = figure.replace(",", "").replace(" ", "").casefold()
    scale = 1.0
    while bare and bare[-1] in _SCALES and (len(bare) > 1 or is_han(bare)):
        scale *= _SCALES[bare[-1]]
        bare = bare[:-1]
    if not bare:
        return scale
    try:
        return float(bare) * scale
    except ValueError:
        value = _spelt(bare)
        return None if value is None else value * scale


def _spelt(figure: str) -> float | None:
    """A figure in Chinese characters below ten thousand: 三, 二十八, 一百五."""
    total = 0.0
    digit = 0.0
    for char in figure:
        if char in _DIGITS:
            digit = _DIGITS[char]
        elif char in "十百千":
            total += (digit or 1) * _SCALES[char]
            digit = 0
        else:
            return None
    return total + digit
