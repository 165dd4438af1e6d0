"""Patterns that run in linear time whatever they and the text are: RE2, on UTF-8, many in one pass.

Two conventions of the packs. A space in a pattern or phrase stands for any short gap: nothing, a space, a hyphen, a mark. Braces in a
phrase list alternatives: 最{好|强} is 最好 and 最强.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

import re2

from brand_styles.words import Words

LONGEST_PATTERN = 40_000  # characters of one pattern of a pack; a brand's are shorter (own_rules.py)
GAP = r"(?:[ \-_*~|/'+·,]{0,3}|\.)"
MEMORY = 32 << 20  # bytes RE2 may use for one pattern or set

_ANYWHERE = re2._re2.RE2.Anchor.UNANCHORED
_BRACES = re.compile(r"\{([^{}]*)\}")


class PatternProblem(ValueError):
    """A pattern that can't be run: `words` says why."""

    def __init__(self, words: Words) -> None:
        super().__init__(words.en)
        self.words = words


def _options() -> re2.Options:
    options = re2.Options()
    options.case_sensitive = False
    options.max_mem = MEMORY
    options.log_errors = False
    options.dot_nl = False
    return options


def with_gaps(pattern: str) -> str:
    """The pattern with each space outside a character class standing for any short gap."""
    out: list[str] = []
    inside = escaped = False
    for char in pattern:
        if char == " " and not inside:
            out.append(GAP)
            continue
        if not escaped and char in "[]":
            inside = char == "["
        escaped = char == "\\" and not escaped
        out.append(char)
    return "".join(out)


@lru_cache(maxsize=16384)
def compiled(pattern: str) -> re2._Regexp:
    """The pattern over UTF-8 bytes. PatternProblem for one that is too long, malformed, or asks for more than linear time."""
    if len(pattern) > LONGEST_PATTERN:
        raise PatternProblem(_too_long(pattern))
    try:
        return re2.compile(with_gaps(pattern).encode(), _options())
    except re2.error as error:
        raise PatternProblem(_malformed(pattern, str(error))) from None


def expanded(phrase: str) -> Iterator[str]:
    """The phrases that one line of a pack stands for."""
    parts = _BRACES.split(phrase)
    choices = [part.split("|") if i % 2 else [part] for i, part in enumerate(parts)]
    yield from ("".join(choice) for choice in itertools.product(*choices))


def phrases_pattern(phrases: Sequence[str]) -> str:
    """One pattern for many phrases; at one place the longest is found. Latin phrases match whole words."""
    return "|".join(_literal(phrase) for phrase in sorted(set(phrases), key=lambda each: (-len(each), each)))


def _literal(phrase: str) -> str:
    body = " ".join(re.escape(word) for word in phrase.split(" "))
    first = r"\b" if phrase[:1].isascii() and phrase[:1].isalnum() else ""
    last = r"\b" if phrase[-1:].isascii() and phrase[-1:].isalpha() else ""
    return first + body + last


@dataclass(frozen=True)
class Utf8:
    """A text, its bytes, and the way from byte offsets to characters."""

    text: str

    @cached_property
    def data(self) -> bytes:
        return self.text.encode()

    @cached_property
    def _char_at(self) -> list[int]:
        places: list[int] = []
        for index, (start, end) in enumerate(itertools.pairwise(self._byte_at)):
            places += [index] * (end - start)
        return [*places, len(self.text)]

    @cached_property
    def _byte_at(self) -> list[int]:
        return [0, *itertools.accumulate(map(_width, self.text))]

    def matches(self, pattern: str, start: int = 0, end: int | None = None) -> Iterator[tuple[int, int]]:
        """Spans, in characters, of the non-empty matches in text[start:end]; overlapping ones too, as a guard may refuse the first."""
        run = compiled(pattern)
        if not start and end is None and not stands(run, self.data):
            return
        data = self.data if end is None else self.data[: self._byte_at[end]]
        stop = len(data)
        at = self._byte_at[start]
        while at <= stop and (found := run.search(data, at)):
            first, last = found.span()
            if last > first:
                yield self._char_at[first], self._char_at[last]
            at = self._byte_at[min(self._char_at[first] + 1, len(self.text))] if first < stop else stop + 1

    def groups(self, pattern: str) -> Iterator[tuple[tuple[int, int], str]]:
        """Span and first group of each match."""
        for found in compiled(pattern).finditer(self.data):
            yield (self._char_at[found.start()], self._char_at[found.end()]), found.group(1).decode()

    def has(self, pattern: str, start: int = 0, end: int | None = None) -> bool:
        """Whether the pattern stands in text[start:end], taken alone: \\A and \\z are its ends."""
        if not start and end is None:
            return stands(compiled(pattern), self.data)
        stop = len(self.data) if end is None else self._byte_at[end]
        return stands(compiled(pattern), self.data[self._byte_at[start] : stop])


def stands(pattern: re2._Regexp, data: bytes) -> bool:
    """Whether the pattern stands in the bytes: RE2 asked without its wrapper's generator and match, which cost more than it does."""
    spans: list[tuple[int, int]] = pattern._regexp.Match(_ANYWHERE, data, 0, len(data))
    return spans[0][0] >= 0


def _width(char: str) -> int:
    """Bytes of a character in UTF-8."""
    return 1 if char < "\x80" else 2 if char < "\u0800" else 3 if char < "\U00010000" else 4


class PatternSet:
    """Many patterns, one pass: which of them stand in a text."""

    def __init__(self, patterns: Sequence[str]) -> None:
        self._set = re2.Set.SearchSet(_options())
        for pattern in patterns:
            compiled(pattern)  # tells which one is wrong
            self._set.Add(with_gaps(pattern).encode())
        self._set.Compile()

    def standing(self, text: Utf8) -> list[int]:
        """Indices of the patterns that stand in the text, rising."""
        return sorted(self._set.Match(text.data) or ())


def _too_long(pattern: str) -> Words:
    return Words(
        en=f"The pattern has {len(pattern):,} characters; {LONGEST_PATTERN:,} are allowed. Make it a list of phrases.",
        zh=f"正则共 {len(pattern):,} 字，最多 {LONGEST_PATTERN:,} 字。请改为短语列表。",
    )


def _malformed(pattern: str, why: str) -> Words:
    shown = pattern if len(pattern) < 80 else pattern[:79] + "…"
    return Words(
        en=f"“{shown}” is not a pattern that runs in linear time: {why}. Lookarounds and back references are not "
        "known here; use unless_before, unless_after or unless.",
        zh=f"「{shown}」不是可线性运行的正则：{why}。此处不支持环视与反向引用，请改用 unless_before、unless_after 或 unless。",
    )
