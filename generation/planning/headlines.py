"""Headlines to choose from, by a phrase grammar in both languages. None of them claims, promises or compares anything.

A frame holds {name}, what the campaign is about, and sometimes {whom}, the segment as the person wrote it. Which frames a segment
gets is decided by its words; one that is not known gets the general ones with its name in them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

Language = Literal["zh", "en"]

_FRAMES = {
    "zh": ("{name}，如约而至", "{name}好时光", "遇见{name}", "把心意留给{name}"),
    "en": ("{name} is here", "Make room for {name}", "Made for {name}", "Ready for {name}"),
}
_WITH_NAME = {
    "zh": ("{name}，写给{whom}", "{whom}的{name}", "{whom}，来看看{name}", "和{whom}一起，{name}见"),
    "en": ("{name}, for {whom}", "{whom}, meet {name}", "Dear {whom}: {name}", "{name} with {whom} in mind"),
}


@dataclass(frozen=True)
class _Kind:
    """A kind of segment: the words that tell it, and its frames."""

    words: str
    zh: tuple[str, ...]
    en: tuple[str, ...]

    def fits(self, text: str) -> bool:
        return re.search(self.words, text, re.IGNORECASE) is not None


_KINDS = (
    _Kind(
        r"新会员|新客|新用户|拉新|首次|初次|\bnew\b|newcomer|first.time",
        ("初次见面，{name}见", "第一次来{name}，慢慢逛", "新朋友，{name}欢迎你", "从{name}开始认识"),
        ("New here? Meet {name}", "Start with {name}", "Hello from {name}", "{name}, for a first hello"),
    ),
    _Kind(
        r"老会员|老客|老用户|忠实|回头|loyal|regular|existing|returning",
        ("又见面了，{name}", "{name}，老朋友先坐", "好久不见，{name}见", "这次{name}，还是你"),
        ("Good to see you at {name}", "{name}, among friends", "Welcome back to {name}", "{name}, just like last time"),
    ),
    _Kind(
        r"学生|校园|大学|年轻|青年|Z世代|student|campus|young|gen.?z|teen",
        ("下课以后，{name}见", "{name}，约上室友", "{name}，自己来定", "青春里的{name}"),
        ("{name} after class", "See you at {name}", "{name}, your way", "Bring a friend to {name}"),
    ),
    _Kind(
        r"家庭|亲子|宝妈|宝爸|爸妈|父母|孩子|famil|parent|kids|mum|mom",
        ("{name}，一家人的时光", "带上家人，去{name}", "{name}，大手牵小手", "家里人的{name}"),
        ("{name}, all together", "Bring everyone to {name}", "{name} around one table", "A family day: {name}"),
    ),
    _Kind(
        r"上班|白领|通勤|职场|打工|office|commut|professional|work",
        ("下班路上，{name}等你", "{name}，给忙碌的你", "忙完这一阵，{name}见", "午休聊聊{name}"),
        ("{name} on the way home", "{name} after work", "A small break: {name}", "{name}, between two stops"),
    ),
    _Kind(
        r"银发|长辈|中老年|退休|老人|senior|retire|older",
        ("{name}，慢慢来", "陪长辈过{name}", "{name}，从从容容", "闲下来，{name}见"),
        ("{name}, in your own time", "Take it slowly: {name}", "{name}, with an easy mind", "Time for {name}"),
    ),
    _Kind(
        r"理财|投资|基金|定投|储蓄|saver|invest|saving",
        ("{name}，一步一步来", "从容打算，{name}", "{name}，慢慢攒", "想好了，再{name}"),
        ("{name}, step by step", "Plan ahead with {name}", "{name}, little by little", "Think first, then {name}"),
    ),
    _Kind(
        r"旅行|出差|差旅|travel|trip|flyer|holiday",
        ("出发前，看看{name}", "{name}，在路上", "下一站，{name}", "带着{name}出门"),
        ("{name}, before you go", "Next stop: {name}", "{name} on the road", "Pack {name}"),
    ),
    _Kind(
        r"送礼|礼物|情侣|恋人|gift|couple|lover",
        ("{name}，想起一个人", "把{name}送给想见的人", "{name}，两个人的事", "心意，交给{name}"),
        ("{name}, with someone in mind", "{name} for two", "Give {name}", "Say it with {name}"),
    ),
)


def phrases(name: str, language: Language) -> tuple[str, ...]:
    """Headlines about the occasion of that name, the plainest first."""
    return tuple(frame.format(name=name) for frame in _FRAMES[language])


def segment_phrases(name: str, whom: str, language: Language) -> tuple[str, ...]:
    """Headlines for one segment, the most particular first. `whom`: the segment as it was written, empty for everybody."""
    if not whom.strip():
        return phrases(name, language)
    kind = next((kind for kind in _KINDS if kind.fits(whom)), None)
    own = () if kind is None else (kind.zh if language == "zh" else kind.en)
    named = _WITH_NAME[language] if kind is None and _says(whom, language) else ()
    frames = (*own, *named) or _FRAMES[language]
    return tuple(_capital(frame.format(name=name, whom=whom.strip())) for frame in frames)


def _says(whom: str, language: Language) -> bool:
    """Whether a segment's name can stand in a line of that language: written in its letters, and short."""
    chinese = re.search(r"[\u3400-\u9fff]", whom) is not None
    return chinese == (language == "zh") and len(whom.strip()) <= (10 if chinese else 24)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
