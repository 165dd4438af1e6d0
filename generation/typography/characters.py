"""What kind of sign a character is, and the typographer's substitutions that copy gets before it is set."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Literal

OPENING = frozenset("「『（《〈【〔［｛“‘")
CLOSING = frozenset("」』）》〉】〕］｝”’")
STOPS = frozenset("，。、；：！？．")
FULL_WIDTH = OPENING | CLOSING | STOPS
# Signs drawn by the Han face in a Chinese line although Latin faces have them too.
SHARED = frozenset("“”‘’—…·")
# What may not begin a line: closing marks, particles, and units that belong to the figure before them.
NOT_AT_START = CLOSING | STOPS | frozenset("…—·～%％‰℃°,.;:!?)]}的了吗呢吧啊们地得着过等者")
NOT_AT_END = OPENING | frozenset("¥$€£＄￥#＃（([{第")
UNITS_AFTER_FIGURE = "年月日号时点分秒天周岁元角折期倍万亿千百级届款件只个位名人次张份台克斤米层楼起楼%％‰℃°"

Kind = Literal["han", "latin", "digit", "punctuation", "space", "sign"]


@lru_cache(maxsize=20_000)
def kind(character: str) -> Kind:
    """The kind of one character."""
    if character.isspace():
        return "space"
    if character in FULL_WIDTH or character in SHARED:
        return "punctuation"
    if character.isascii() and character.isdigit():
        return "digit"
    if is_han(character):
        return "han"
    return "latin" if unicodedata.category(character)[0] == "L" else "sign"


def is_han(character: str) -> bool:
    """Han, kana and the full-width forms: what stands in a square."""
    code = ord(character)
    return (
        0x2E80 <= code <= 0xA4CF
        or 0xAC00 <= code <= 0xD7A3
        or 0xF900 <= code <= 0xFAFF
        or 0xFE30 <= code <= 0xFFEF
        or code >= 0x20000
    )


_HAN = "㐀-鿿"
_COMMON = (
    (re.compile(r"\r\n?"), "\n"),
    (re.compile("[￥]"), "¥"),
    (re.compile(r"\.{3,}|。。。+|……?"), "…"),
    (re.compile(r"(?<=\d) ?[xX*] ?(?=\d)"), "×"),
    (re.compile(r"(?<=\d)'(?=\d)"), "′"),
    (re.compile(r"(?<=\d)\"(?!\w)"), "″"),
)
_CHINESE = (
    (re.compile("…"), "……"),
    (re.compile(r"--+|—+"), "——"),
    (re.compile(rf"(?<=[{_HAN}」』）》】”]) *, *(?=[{_HAN}「『（《【“]|$)"), "，"),
    (re.compile(rf"(?<=[{_HAN}」』）》】”]) *! *"), "！"),
    (re.compile(rf"(?<=[{_HAN}」』）》】”]) *\? *"), "？"),
    (re.compile(rf"(?<=[{_HAN}」』）》】”]) *; *"), "；"),
    (re.compile(rf"(?<=[{_HAN}」』）》】”]) *: *"), "："),
    (re.compile(rf"\((?=[^()]*[{_HAN}])([^()]*)\)"), r"（\1）"),
    (re.compile(r" *([，。、；：！？「」『』（）《》【】]) *"), r"\1"),
    # The space between scripts is set by the shaper, not typed.
    (re.compile(rf"(?<=[{_HAN}]) +(?=[A-Za-z0-9$¥€£])|(?<=[A-Za-z0-9%]) +(?=[{_HAN}])"), ""),
)
_ENGLISH = (
    (re.compile(r" -- ?|--"), "—"),
    (re.compile(r"(?<=\d) ?- ?(?=\d)"), "–"),
    (re.compile(r"(?<= )- "), "– "),
)
_OPENS_DOUBLE = re.compile(r"(^|(?<=[\s(\[{—–“‘「（㐀-鿿，。、：；]))\"(?=\S)")
_OPENS_SINGLE = re.compile(r"(^|(?<=[\s(\[{—–“「（]))'(?=\S)")


@lru_cache(maxsize=4_000)
def typeset(text: str, language: str) -> str:
    """`text` with real quotes, dashes, primes, × and full-width marks where its language wants them. Idempotent.

    Runs of spaces become one; a line break that the writer typed stays.
    """
    text = unicodedata.normalize("NFC", text)
    for pattern, to in (*_COMMON, *(_CHINESE if language == "zh" else _ENGLISH)):
        text = pattern.sub(to, text)
    text = _OPENS_DOUBLE.sub("“", text).replace('"', "”")
    text = _OPENS_SINGLE.sub("‘", text).replace("'", "’")
    return "\n".join(" ".join(line.split()) for line in text.split("\n") if line.strip())
