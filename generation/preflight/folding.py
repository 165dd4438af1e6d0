"""When two strings say the same to a reader: what OCR cannot tell apart and what does not matter are folded away.

Folded: width and compatibility forms (NFKC), traditional to simplified, case, spaces, and marks that differ in shape only
(’ and ', — and –). Not folded: anything that changes the meaning; pairs that only look alike (0 O, 1 l, 一 —) are listed
apart, for the judge that can look closer.
"""

from __future__ import annotations

import unicodedata
from difflib import SequenceMatcher
from functools import lru_cache

from brand_styles.rules.hanzi import simplified_table

# Marks whose drawings differ less than one face from another; the words stay the same.
_MARKS = str.maketrans(
    {
        **dict.fromkeys("’‘`´′ʼ＇", "'"),
        **dict.fromkeys("“”„″〝〞＂「」『』", '"'),
        **dict.fromkeys("—–―‒‐‑−－﹣─━ー", "-"),
        **dict.fromkeys("·•・‧∙⋅●", "·"),
        **dict.fromkeys("～∼〜˜", "~"),
        "。": ".",
        "、": ",",
        "×": "x",
        "✕": "x",
        "÷": "/",
        "￡": "£",
        "￥": "¥",
        "…": "...",
        "⋯": "...",
        "【": "[",
        "】": "]",
        "丨": "|",
    }
)
# Sets within which a machine reader, and often a person, cannot tell one from another out of context.
_ALIKE = (
    "0oο〇○口",
    "1l|i!",
    "-一_二二",
    "二ニ=",
    "三ミ",
    ".,'·:;`",
    "s5$",
    "z2",
    "b86",
    "¥yf*",
    "£€ef6",
    "+十t",
    "x乂×",
    "工エi",
    "力カ",
    "夕タ",
    "千干于",
    "未末",
    "己已巳",
    "人入八",
    "土士",
    "日曰目",
    "口回",
    "卜ト",
    "才オ",
    "q9g",
    "u v",
    "cg",
    "折析",
    "领領",
    "免兔",
    "大太",
    "王玉主",
    "\"''",
    "~-",
    "()c",
    "[]「」",
    "/l",
    "%*",
    "a@",
    "m nn",
    "d0",
    "g9",
    "7?",
    "4a",
    "*米",
    "口o",
)


def fold(text: str) -> str:
    """The text as compared: width, script form, case, spaces and mark shapes folded. ￥50 起 and ¥50起 fold alike."""
    text = text.translate(_MARKS)
    text = unicodedata.normalize("NFKC", text).translate(_MARKS).translate(simplified_table()).casefold()
    return "".join(c for c in text if not c.isspace() and not unicodedata.category(c).startswith(("Cf", "Cc")))


@lru_cache(maxsize=1)
def _alike_sets() -> tuple[frozenset[str], ...]:
    return tuple(frozenset(fold(group)) for group in _ALIKE)


def looks_like(a: str, b: str) -> bool:
    """True when the two folded strings, either of which may be empty, could be one drawing: same mark, or a known pair."""
    if a == b:
        return True
    return len(a) == len(b) == 1 and any(a in group and b in group for group in _alike_sets())


def rivals_of(char: str) -> tuple[str, ...]:
    """The Han characters that look like this one, without itself."""
    groups = [group for group in _ALIKE if char in group]
    return tuple(dict.fromkeys(c for group in groups for c in group if c != char and "一" <= c <= "鿿"))


def differences(expected: str, read: str) -> list[tuple[slice, slice]]:
    """Where two folded strings part: spans of `expected` and of `read`, character by character where lengths agree."""
    spans: list[tuple[slice, slice]] = []
    for tag, a0, a1, b0, b1 in SequenceMatcher(None, expected, read, autojunk=False).get_opcodes():
        if tag == "equal":
            continue
        if a1 - a0 == b1 - b0:
            spans += [(slice(a0 + i, a0 + i + 1), slice(b0 + i, b0 + i + 1)) for i in range(a1 - a0)]
        else:
            spans.append((slice(a0, a1), slice(b0, b1)))
    return spans
