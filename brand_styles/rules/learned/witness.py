"""What the learned witness says of a text: how likely it is forbidden, which words weighed, and which law they come nearest to.

It adds up what the text's words weigh (`weights_zh.json`, `weights_en.json`) and what its nearness to labelled lines weighs
(`near_zh.npz`, `near_en.npz`; meaning.py), whole numbers that train.py wrote. It speaks only where the rules found nothing, and only
warns: a person decides.
"""

from __future__ import annotations

import hashlib
import itertools
import json
import math
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from brand_styles.rules.learned.features import LANGUAGES, Language, Span, features, language_of
from brand_styles.rules.learned.meaning import near_file, neighbours, vector

FOLDER = Path(__file__).parent
UNIT = 100  # whole numbers for a weight of one
SPREAD = 6.0  # each feature counts for this, over the square root of their number
LEAST, MOST = 6, 600  # characters of a text that is judged; it learnt from single lines
SHOWN = 24  # characters shown as the words that weighed, at most


@dataclass(frozen=True)
class Testimony:
    """`probability` that the text is forbidden, from 0 to 1; where the words that weighed most stand in the reading; its topics, the
    likeliest first.
    """

    probability: float
    start: int
    end: int
    topics: tuple[str, ...]


@dataclass(frozen=True)
class Weights:
    """A language's: `bias` and weights in UNITs, the sum from which the witness speaks, and what speaks for each topic."""

    bias: int
    least: int
    words: dict[str, int]
    topics: dict[str, dict[str, int]]


@cache
def weights(language: Language) -> Weights:
    data: dict[str, Any] = json.loads(_file(language).read_text("utf-8"))
    return Weights(data["bias"], data["least"], data["words"], data["topics"])


@cache
def version() -> str:
    """Twelve hex digits of the weights; rule sets that run them keep it."""
    return hashlib.sha256(
        b"".join(file(each).read_bytes() for each in LANGUAGES for file in (_file, near_file))
    ).hexdigest()[:12]


@cache
def topics() -> dict[str, tuple[str, ...]]:
    """The rules of each topic."""
    table = yaml.safe_load((FOLDER / "topics.yaml").read_text("utf-8"))
    return {topic: tuple(rules) for topic, rules in table.items()}


def _file(language: Language) -> Path:
    return FOLDER / f"weights_{language}.json"


def score(found: dict[str, list[Span]], weighed: Weights) -> float:
    """The sum, in UNITs, of a text's features, without what its meaning adds."""
    return weighed.bias + SPREAD * sum(weighed.words.get(name, 0) for name in found) / math.sqrt(max(1, len(found)))


def testimony(reading: str) -> Testimony | None:
    """What the witness says of a reading; None where it has nothing to say."""
    text = reading.casefold()
    if not LEAST <= len(text) <= MOST or len(text) != len(reading):
        return None
    language, found = language_of(text), features(text)
    weighed = weights(language)
    total = score(found, weighed) + neighbours(language).speak(vector(reading))
    if total < weighed.least:
        return None
    start, end = _heaviest(text, found, weighed)
    likeliest = sorted(weighed.topics, key=lambda topic: (-_speaks(found, weighed.topics[topic]), topic))
    return Testimony(1 / (1 + math.exp(-total / UNIT)), start, end, tuple(likeliest))


def _speaks(found: dict[str, list[Span]], words: dict[str, int]) -> int:
    return words.get("", 0) + sum(words.get(name, 0) for name in found)


def _heaviest(text: str, found: dict[str, list[Span]], weighed: Weights) -> Span:
    """The run of characters that weighed most."""
    at = [0.0] * len(text)
    for name, spans in found.items():
        weight = weighed.words.get(name, 0)
        for start, end in spans if weight else ():
            for place in range(start, end):
                at[place] += weight / len(spans) / (end - start)
    rest = sum(at) / len(at)
    sums = [0.0, *itertools.accumulate(each - rest for each in at)]
    runs = ((a, b) for a in range(len(at)) for b in range(a + 1, min(len(at), a + SHOWN) + 1))
    return _whole_words(text, *max(runs, key=lambda span: (sums[span[1]] - sums[span[0]], -span[0], -span[1])))


def _whole_words(text: str, start: int, end: int) -> Span:
    """The span grown to the ends of Latin words, without spaces around."""
    while start and text[start - 1].isascii() and text[start - 1].isalnum() and text[start].isascii():
        start -= 1
    while end < len(text) and text[end].isascii() and text[end].isalnum() and text[end - 1].isascii():
        end += 1
    inner = text[start:end]
    start += len(inner) - len(inner.lstrip())
    return start, max(start + 1, start + len(inner.strip()))
