"""What a brief's free words ask to see: object kinds by name, a light or dark ground, a colour."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from generation.planning.concepts import fold, is_negated, places
from generation.planning.schemes import SchemeName

_GROUNDS: dict[SchemeName, str] = {
    "dark": r"深色|暗色|暗调|夜色|夜晚|夜空|深夜|星空|黑金|dark|night|midnight|black and gold",
    "light": r"浅色|淡色|明亮|白底|留白|清透|通透|晴天|白天|light background|bright and airy|pale|pastel|daylight",
    "vivid": r"浓郁|鲜艳|饱和|撞色|大色块|vivid|saturated|bold colou?rs?",
}
_BLACK = r"黑金|黑色|纯黑|曜黑|black and gold|black"
_HUES: dict[str, float] = {  # OKLCH degrees
    "大红|红色|中国红|朱红|red": 29,
    "橙色|橘色|orange": 60,
    "黄色|金黄|明黄|yellow": 90,
    "绿色|草绿|墨绿|green": 152,
    "青色|青绿|teal": 185,
    "蓝色|天蓝|湖蓝|藏蓝|深蓝|夜蓝|blue": 258,
    "紫色|purple|violet": 295,
    "粉色|粉红|樱花粉|pink": 8,
}


@dataclass(frozen=True)
class Wishes:
    """kinds: named object kinds, in order; refused: kinds it does not want; ground, hue, black: what the ground should be, or not."""

    kinds: tuple[str, ...] = ()
    refused: tuple[str, ...] = ()
    ground: SchemeName | None = None
    hue: float | None = None
    refused_hue: float | None = None
    black: bool = False


def wishes_in(text: str) -> Wishes:
    """Everything that `text` says of the picture in plain words."""
    folded = fold(text)
    named = sorted(_named(folded))
    kinds = [kind for _, kind, refused in named if not refused]
    ground = next((name for name, words in _GROUNDS.items() if _said(words, folded) is True), None)
    hue = next((degrees for words, degrees in _HUES.items() if _said(words, folded) is True), None)
    against = next((degrees for words, degrees in _HUES.items() if _said(words, folded) is False), None)
    refused = tuple(dict.fromkeys(kind for _, kind, no in named if no))
    return Wishes(tuple(dict.fromkeys(kinds)), refused, ground, hue, against, _said(_BLACK, folded) is True)


def _said(words: str, folded: str) -> bool | None:
    """True where a word stands, False where each is refused ("不要大红"), None where none is."""
    found = [not is_negated(folded, match.start()) for match in re.finditer(_bounded(words), folded)]
    return None if not found else any(found)


def _bounded(words: str) -> str:
    return "|".join(rf"\b(?:{w})\b" if w[0].isascii() else w for w in words.split("|"))


def _named(folded: str) -> Iterator[tuple[int, str, bool]]:
    """(place, kind, refused) of each kind's name in the text, longer names before the shorter ones inside them."""
    taken = [False] * len(folded)
    for name, kind in _names():
        for start in places(folded, name):
            span = range(start, start + len(name))
            if not any(taken[i] for i in span):
                for i in span:
                    taken[i] = True
                yield start, kind, is_negated(folded, start)


@cache
def _names() -> tuple[tuple[str, str], ...]:
    """(folded name, kind), longest first: English, Chinese and other words for each kind. One character is no name."""
    from generation.planning.drawables import kinds
    from generation.scenes.objects.aliases import ALIASES

    names: dict[str, str] = {}
    for slug, kind in kinds().items():
        for name in (kind.name.zh, kind.name.en, slug.replace("-", " "), *ALIASES.get(slug, ())):
            plain = fold(name)
            if len(plain) >= (3 if plain.isascii() else 2) and plain not in _TOO_COMMON:
                names.setdefault(plain, slug)
    return tuple(sorted(names.items(), key=lambda item: (-len(item[0]), item[0])))


# Words that name a kind but mostly mean something else in a brief.
_TOO_COMMON = frozenset(
    {
        "light",
        "line",
        "plus",
        "save",
        "savings",
        "money",
        "card",
        "app",
        "gold",
        "sun",
        "heart",
        "star",
        "dark",
        "key",
        "point",
        "points",
    }
    | {
        "delivery",
        "growth",
        "up",
        "down",
        "sale",
        "increase",
        "goal",
        "target",
        "积分",
        "会员",
        "成长",
        "上涨",
        "增长",
        "目标",
        "爱心",
        "太阳",
    }
)
