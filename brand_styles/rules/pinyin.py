"""Words written in pinyin, or with characters that sound alike, read as the words of the rules: zui di, zuìdī, 最di, 稳转不赔.

The table holds the 6,763 characters of GB 2312 with their commonest reading without tone (after Unihan's kMandarin). A spelling counts
only where it makes a whole word of the rules' vocabulary, two syllables or more, with at least one that is no English word.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from brand_styles.rules.folding import HAN, Folded, disguises, is_han, replaced

TABLE = Path(__file__).with_name("pinyin.txt")
ALIKE = 4  # characters from which a word of other characters that sound alike is taken for it
LONGEST_SPELT = 40  # letters that are cut into syllables
LONGEST_WORD = 6  # characters of a vocabulary word that is looked for by its sound
# Characters of the rules with a second reading in common words.
_SECOND = {
    "行": "hang",
    "长": "zhang",
    "降": "xiang",
    "率": "lv",
    "传": "zhuan",
    "重": "chong",
    "血": "xie",
    "都": "du",
    "得": "dei",
}
_WORD = re.compile("[a-zA-Z]+")
_LETTERS = re.compile("[a-zA-Z]{2}")
_TOKEN = re.compile(rf"[a-zA-Z]+(?:[1-5](?![\d.%]))?|[{HAN}]|[0-9]|[ '·\-]|.", re.DOTALL)


@dataclass(frozen=True)
class _Sound:
    """One syllable of the text: its sound, where it stands, and whether it is spelt in letters."""

    sound: str
    start: int
    end: int
    spelt: bool
    english: bool = False


@dataclass
class Vocabulary:
    """The rules' Chinese words by their sound; `openings` holds the first sounds of words, by twos and of longer words by threes."""

    words: Iterable[str]
    by_sound: dict[tuple[str, ...], list[str]] = field(default_factory=dict, init=False)
    openings: set[tuple[str, ...]] = field(default_factory=set, init=False)

    def __post_init__(self) -> None:
        for word in sorted(set(self.words)):
            if 2 <= len(word) <= LONGEST_WORD and all(map(is_han, word)):
                for sounds in itertools.product(*map(_readings, word)):
                    self.by_sound.setdefault(sounds, []).append(word)
                    self.openings.add(sounds[:2])
                    if len(word) >= ALIKE:
                        self.openings.add(sounds[:3])


@lru_cache(maxsize=1)
def _table() -> dict[str, str]:
    lines = TABLE.read_text("utf-8").splitlines()
    return {char: sound for sound, chars in map(str.split, lines) for char in chars}


@lru_cache(maxsize=1)
def _syllables() -> frozenset[str]:
    return frozenset(_table().values())


def _readings(char: str) -> tuple[str, ...]:
    first = _table().get(char, char)
    return (first, _SECOND[char]) if char in _SECOND else (first,)


@lru_cache(maxsize=2048)
def segmented(word: str) -> tuple[tuple[str, ...], ...]:
    """Up to two ways to cut letters into syllables, long ones first and short ones first; none where they can't be."""
    long, short = _cut(word, True), _cut(word, False)
    return tuple(dict.fromkeys(way for way in (long, short) if way is not None))


def _cut(word: str, long_first: bool) -> tuple[str, ...] | None:
    if not word:
        return ()
    sizes = range(6, 0, -1) if long_first else range(1, 7)
    for size in sizes:
        head = word[:size]
        if len(head) == size and head in _syllables():
            rest = _cut(word[size:], long_first)
            if rest is not None:
                return (head, *rest)
    return None


def sounded(folded: Folded, vocabulary: Vocabulary) -> Folded:
    """The reading with words told by sound put as the words of the vocabulary."""
    swaps: list[tuple[int, int, str]] = []
    if _LETTERS.search(folded.text):
        for way in (0, 1) if any(len(segmented(word)) > 1 for word in _words(folded.text)) else (0,):
            for run in _runs(folded.text, way):
                swaps += list(_found(run, folded.text, vocabulary))
    swaps += list(_alike(folded.text, vocabulary))
    kept: list[tuple[int, int, str]] = []
    for swap in sorted(set(swaps), key=lambda s: (s[0], -s[1], s[2])):
        if not kept or swap[0] >= kept[-1][1]:
            kept.append(swap)
    return replaced(folded, kept)


def _words(text: str) -> set[str]:
    return {word.casefold() for word in _WORD.findall(text) if len(word) <= LONGEST_SPELT}


def _alike(text: str, vocabulary: Vocabulary) -> Iterator[tuple[int, int, str]]:
    """Long words with a few characters swapped for ones that sound alike."""
    table = _table()
    sounds = [table.get(char, char) for char in text]
    for i in range(len(sounds) - ALIKE + 1):
        if (sounds[i], sounds[i + 1], sounds[i + 2]) not in vocabulary.openings:
            continue
        for size in range(min(LONGEST_WORD, len(sounds) - i), ALIKE - 1, -1):
            for word in vocabulary.by_sound.get(tuple(sounds[i : i + size]), ()):
                others = sum(a != b for a, b in zip(text[i : i + size], word, strict=True))
                if 0 < others <= size - 3:
                    yield i, i + size, word


def _runs(text: str, way: int) -> Iterator[list[_Sound]]:
    """Stretches of syllables with nothing but a space or a joining mark between."""
    run: list[_Sound] = []
    for match in _TOKEN.finditer(text):
        piece = match[0]
        if is_han(piece):
            run.append(_Sound(_table().get(piece, piece), match.start(), match.end(), False))
        elif (
            piece[0].isascii()
            and piece[0].isalpha()
            and len(piece) <= LONGEST_SPELT
            and (cuts := segmented(piece.rstrip("12345").casefold()))
        ):
            run += _spelt(cuts[min(way, len(cuts) - 1)], match)
        elif piece not in " '·-" and run:
            yield run
            run = []
    if run:
        yield run


def _spelt(sounds: tuple[str, ...], match: re.Match[str]) -> Iterator[_Sound]:
    word = match[0].rstrip("12345").casefold()
    at = match.start()
    for place, sound in enumerate(sounds):
        last = place == len(sounds) - 1
        end = match.end() if last else at + len(sound)
        yield _Sound(sound, at, end, True, word in disguises().english)
        at += len(sound)


def _found(run: list[_Sound], text: str, vocabulary: Vocabulary) -> Iterator[tuple[int, int, str]]:
    if not any(each.spelt for each in run):
        return
    sounds = [each.sound for each in run]
    for i in range(len(run) - 1):
        if (sounds[i], sounds[i + 1]) not in vocabulary.openings:
            continue
        for size in range(min(LONGEST_WORD, len(run) - i), 1, -1):
            window = run[i : i + size]
            word = _meant(window, text, vocabulary.by_sound.get(tuple(sounds[i : i + size]), []))
            if word and _whole(window, text):
                yield window[0].start, window[-1].end, word
                break


def _meant(window: list[_Sound], text: str, words: list[str]) -> str | None:
    """The word that a window of syllables spells, its Chinese characters being the word's own."""
    if all(each.english or not each.spelt for each in window):
        return None
    for word in words:
        if all(each.spelt or text[each.start] == char for each, char in zip(window, word, strict=True)):
            return word
    return None


def _whole(window: list[_Sound], text: str) -> bool:
    """Whether the window begins and ends where words of letters do."""
    first, last = window[0], window[-1]
    before = text[first.start - 1] if first.start else " "
    after = text[last.end] if last.end < len(text) else " "
    opens = not first.spelt or not (before.isascii() and before.isalpha())
    closes = not last.spelt or not (after.isascii() and after.isalpha())
    return opens and closes
