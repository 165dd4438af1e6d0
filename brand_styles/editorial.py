"""Copy against a brand's editorial restrictions: how it is written, whatever it says."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from brand_styles.manners import Editorial
from brand_styles.words import Words

_HAN = re.compile(r"[\u3400-\u9fff]")
_EMOJI = re.compile(r"[\u203c\u2049\u2600-\u27bf\u2b50\u2b55\U0001f000-\U0001faff]")
_SHOUTED = re.compile(r"\b[A-Z]{4,}\b")
_STOPS = (".", "。", "．")
_NI, _NIN = re.compile(r"你(?!好)"), re.compile(r"您(?!好)")


@dataclass(frozen=True)
class Breach:
    """One restriction that a line breaks. `said`: the words that break it."""

    code: str
    said: str
    words: Words


def breaches(rules: Editorial, text: str, role: str) -> Iterator[Breach]:
    """Every breach in one line of copy; `role` as planning names it ("headline", "cta" …). Legal lines keep the law's own form."""
    if role in ("legal", "ai_label"):
        return
    if not rules.exclamation and (mark := re.search("[!！]+", text)):
        yield Breach("exclamation", mark.group(), EXCLAMATION)
    if not rules.emoji and (sign := _EMOJI.search(text)):
        yield Breach("emoji", sign.group(), EMOJI)
    if not rules.capitals and (word := _SHOUTED.search(text)):
        yield Breach("capitals", word.group(), _capitals(word.group()))
    yield from _address(rules, text)
    if role == "headline":
        yield from _headline(rules, text)


def _address(rules: Editorial, text: str) -> Iterator[Breach]:
    if rules.address == "nin" and (said := _NI.search(text)):
        yield Breach("address", said.group(), NIN)
    if rules.address == "ni" and (said := _NIN.search(text)):
        yield Breach("address", said.group(), NI)


def _headline(rules: Editorial, text: str) -> Iterator[Breach]:
    if not rules.headline_stop and text.rstrip().endswith(_STOPS):
        yield Breach("headline-stop", text.rstrip()[-1], STOP)
    length = len("".join(text.split())) if _HAN.search(text) else len(text.strip())
    most = rules.headline_zh if _HAN.search(text) else rules.headline_en
    if most is not None and length > most:
        yield Breach("headline-length", text.strip()[most:], _long(length, most))


def _capitals(word: str) -> Words:
    return Words(
        en=f"The brand writes no words all in capitals: “{word}”. Write it in lower case.",
        zh=f"品牌规定英文不得全部大写：“{word}”。请改为小写。",
    )


def _long(length: int, most: int) -> Words:
    return Words(
        en=f"The headline has {length} characters; the brand allows {most}. Shorten it.",
        zh=f"标题共 {length} 个字符，品牌规定最多 {most} 个。请缩短。",
    )


EXCLAMATION = Words(
    en="The brand uses no exclamation marks. End with a full stop or with nothing.",
    zh="品牌规定不使用感叹号。请改用句号或省略。",
)
EMOJI = Words(en="The brand uses no emoji. Take it out.", zh="品牌规定不使用表情符号。请删除。")
NIN = Words(en="The brand addresses its readers as “您”. Write that.", zh="品牌规定称呼读者为“您”。请修改。")
NI = Words(en="The brand addresses its readers as “你”. Write that.", zh="品牌规定称呼读者为“你”。请修改。")
STOP = Words(en="The brand's headlines end without a full stop. Take it out.", zh="品牌规定标题末尾不用句号。请删除。")
