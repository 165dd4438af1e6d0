"""Text as rules see it: two readings, each knowing where its characters came from.

`fold` is the careful one: width (NFKC), simplified form, invisible characters and spaces beside Chinese dropped, the stand-ins that
people use to slip past filters (蕞 for 最, Cyrillic а) put back. `plain` sees further: marks and emoji between characters, spelt-out
letters, digits for letters. What only the second reading shows was disguised, or an accident that guards must spare.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import yaml

from brand_styles.rules.hanzi import simplified

DISGUISES = Path(__file__).with_name("disguises.yaml")
HAN = "一-鿿〇"
_MARKS = str.maketrans("’‘“”", "''\"\"")
# Marks that people put between characters to break a word. Sentence marks are not among them: 门槛高，收益低 is no 高收益.
_WEAK_MARKS = r"\s·•∙●○◆◇■□★☆*＊_~^|/\\=+#@&$\-—–…'\"`´()\[\]<>《》{}「」『』【】.:¤§¨°†‡※〃〜ー"
_STRONG_MARKS = "、，。,!！?？;；:："


@dataclass(frozen=True)
class Folded:
    """Text as matched. `origin[i]` is the index in the written text of folded character i; `weak` holds those that were 嘴."""

    text: str
    origin: tuple[int, ...]
    weak: frozenset[int] = frozenset()

    def written(self, start: int, end: int) -> tuple[int, int]:
        """The span of the written text behind a folded span."""
        return self.origin[start], self.origin[end - 1] + 1


@dataclass(frozen=True)
class Disguises:
    """What stands for what: single characters, characters that are everyday words too, whole words."""

    chars: dict[str, str]
    weak: dict[str, str]
    words: dict[str, str]
    english: frozenset[str]  # words that read as pinyin


@lru_cache(maxsize=1)
def disguises() -> Disguises:
    table = yaml.safe_load(DISGUISES.read_text("utf-8"))
    chars = {stand_in: meant for meant, stand_ins in table["chars"].items() for stand_in in stand_ins}
    weak = {stand_in: meant for meant, stand_ins in table["weak"].items() for stand_in in stand_ins}
    words = {stand_in: meant for meant, stand_ins in table["words"].items() for stand_in in stand_ins}
    return Disguises(chars, weak, words, frozenset(table["english"]))


@lru_cache(maxsize=512)
def fold(text: str) -> Folded:
    """Fold one text, keeping where each character came from."""
    out: list[str] = []
    origin: list[int] = []
    weak: set[int] = set()
    known = disguises().weak
    for index, char in enumerate(text):
        if char in known:
            weak.add(len(out))
        for piece in _fold_char(char):
            if piece == " " and (not out or out[-1] == " "):
                continue
            out.append(piece)
            origin.append(index)
    return _drop_spaces(out, origin, weak)


@lru_cache(maxsize=8192)
def _fold_char(char: str) -> str:
    if unicodedata.category(char) in ("Cf", "Mn", "Me", "Cc", "Co", "Cn") and not char.isspace():
        return ""
    if char.isspace():
        return "\n" if char == "\n" else " "
    known = disguises()
    char = known.weak.get(char, known.chars.get(char, char))
    flat = simplified(unicodedata.normalize("NFKC", char)).translate(_MARKS)
    return "".join(map(_bare, flat))


def _bare(char: str) -> str:
    """A Latin letter without its accents, else the character."""
    if char < "\x80":
        return char
    first = unicodedata.normalize("NFD", char)[0]
    return first if first.isascii() and first.isalpha() else disguises().chars.get(char, char)


def _drop_spaces(out: list[str], origin: list[int], weak: set[int]) -> Folded:
    """Spaces beside a Chinese character carry nothing: dropped, so that 最 佳 is 最佳."""
    if " " not in out or not any(map(is_han, out)):
        return Folded("".join(out), tuple(origin), frozenset(weak))
    keep = [
        i
        for i, char in enumerate(out)
        if char != " " or not (is_han(out[i - 1] if i else "") or is_han(out[i + 1] if i + 1 < len(out) else ""))
    ]
    place = {old: new for new, old in enumerate(keep)}
    return Folded(
        "".join(out[i] for i in keep), tuple(origin[i] for i in keep), frozenset(place[i] for i in weak if i in place)
    )


def is_han(char: str) -> bool:
    return "一" <= char <= "鿿" or char == "〇"


def rewritten(folded: Folded, pattern: re.Pattern[str], meant: Callable[[re.Match[str]], str | None]) -> Folded:
    """The reading with each match put as what it means; None leaves it as it is."""
    swaps = [(m.start(), m.end(), new) for m in pattern.finditer(folded.text) if (new := meant(m)) is not None]
    return replaced(folded, swaps)


def replaced(folded: Folded, swaps: list[tuple[int, int, str]]) -> Folded:
    """The reading with spans swapped (in order, apart); the first and last new characters come from the span's ends."""
    if not swaps:
        return folded
    out: list[str] = []
    origin: list[int] = []
    weak: set[int] = set()
    at = 0
    for start, end, new in [*swaps, (len(folded.text), len(folded.text), "")]:
        weak |= {i - at + len(origin) for i in folded.weak if at <= i < start}
        out.append(folded.text[at:start] + new)
        origin += folded.origin[at:start]
        wide = end - start - 1
        origin += [folded.origin[start + (wide * i // max(1, len(new) - 1))] for i in range(len(new))]
        at = end
    return Folded("".join(out), tuple(origin), frozenset(weak))


_BETWEEN = re.compile(
    rf"(?<=[{HAN}])[{_WEAK_MARKS}]{{1,4}}(?=[{HAN}])"
    rf"|(?<=[{HAN}])[*·•_~^|★☆]{{1,3}}(?=[0-9a-zA-Z])|(?<=[0-9a-zA-Z%])[*·•_~^|★☆]{{1,3}}(?=[{HAN}])"
)
# A sentence mark is a disguise where it cuts off single characters: 保、本、保、息 and, at a line's start, 最，佳.
_STRONG = re.compile(
    rf"(?:(?<=^[{HAN}])|(?<=[{_STRONG_MARKS}\s][{HAN}]))[{_STRONG_MARKS}](?=[{HAN}])"
    rf"|(?<=[{HAN}])[{_STRONG_MARKS}](?=[{HAN}](?:[{_STRONG_MARKS}]|$))"
)
_SYMBOLS = ("So", "Sk", "Cs")
_APART = r" .\-–—_*/|·"  # one and the same mark between all the letters: that's r.i.s.k is no srisk
_SPELT = re.compile(
    rf"(?<![a-zA-Z0-9'])[a-zA-Z0-9@$]([{_APART}]{{1,3}})[a-zA-Z0-9@$'](?:\1[a-zA-Z0-9@$'])+(?![a-zA-Z0-9])"
)
_INNER = re.compile(r"(?<=[a-zA-Z])[*_~|·^•+.\-–—/=#]{1,3}(?=[a-zA-Z])")
_LEET_WORD = re.compile(r"(?<![a-zA-Z0-9@$£€])(?:[a-zA-Z0-9@$!€|+']{3,}|[nNtTdDgG]0)(?![a-zA-Z0-9])")
_FIGURE = re.compile(
    r"\d+(?:k?g|lbs?|[kmc]?m|m?l|s|h|k|x|st|nd|rd|th|[ap]m|[gmt]b|w|v|d|p|in|ft|oz|mins?|hz|g|years?|days?)\+?",
    re.IGNORECASE,
)
_LEET = str.maketrans("0134578@$!€|+", "oieastbasielt")


@lru_cache(maxsize=4096)
def _is_symbol(char: str) -> bool:
    return unicodedata.category(char) in _SYMBOLS


def spelt_out(folded: Folded) -> Folded:
    """The reading without marks and emoji between characters, and with letters that stood apart put together."""
    swaps = [(i, i + 1, "") for i, c in enumerate(folded.text) if c > "\x7f" and not is_han(c) and _is_symbol(c)]
    folded = replaced(folded, swaps)
    folded = rewritten(folded, _BETWEEN, lambda _: "")
    folded = rewritten(folded, _STRONG, lambda _: "")
    folded = rewritten(
        folded, _SPELT, lambda m: re.sub(r"[^a-zA-Z0-9@$']", "", m[0]) if re.search("[a-zA-Z]", m[0]) else None
    )
    return rewritten(folded, _INNER, lambda _: "")


def spoken_leet(folded: Folded) -> Folded:
    """Digits and marks within words read as the letters that they look like: r1sk fr33."""

    def meant(match: re.Match[str]) -> str | None:
        word = match[0].rstrip("!+")
        letters = sum(c.isalpha() for c in word)
        if not letters or letters == len(word.replace("'", "")) or _FIGURE.fullmatch(word):
            return None
        return word.translate(_LEET) + match[0][len(word) :]

    return rewritten(folded, _LEET_WORD, meant)


@lru_cache(maxsize=1)
def _alias_pattern() -> re.Pattern[str]:
    words = sorted(disguises().words, key=len, reverse=True)
    return re.compile("|".join(map(re.escape, words)))


def unmasked_words(folded: Folded) -> Folded:
    """Whole words that are known to stand for others: 弟一 for 第一."""
    return rewritten(folded, _alias_pattern(), lambda m: disguises().words[m[0]])
