"""Checks on one piece of text in a brief: what cannot be set in type, what would mislead a reader."""

from __future__ import annotations

import unicodedata
from urllib.parse import urlsplit

from pydantic_core import PydanticCustomError

_INVISIBLE = {"Cc": "control", "Cf": "invisible formatting", "Cs": "broken", "Co": "private-use", "Cn": "unassigned"}
_ALLOWED = "\n\u200d\ufe0f"  # a line break; joiners of emoji, which the font check names if it must


def fault(en: str, zh: str, expected: str = "", at: tuple[int, ...] = ()) -> PydanticCustomError:
    """A validator's error that carries its sentence in both languages; `at` points further inside the field."""
    return PydanticCustomError("told", "{en}", {"en": en, "zh": zh, "expected": expected, "at": at})


def weigh(text: str) -> int:
    """Length in half-width units: 2 for a wide character (Chinese, full-width marks), 1 for others."""
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


def checked_text(text: str) -> str:
    """`text` trimmed, in NFC. Refuses empty text and characters that hide or turn the reading direction."""
    normal = unicodedata.normalize("NFC", text).strip()
    if not normal:
        raise fault("is empty.", "是空的。", "text")
    for place, character in enumerate(normal, start=1):
        kind = _INVISIBLE.get(unicodedata.category(character))
        if kind is not None and character not in _ALLOWED:
            code = f"U+{ord(character):04X}"
            raise fault(
                f"holds {'an' if kind[0] in 'aeiou' else 'a'} {kind} character ({code}) at place {place}. Delete it.",
                f"第 {place} 个字符是不可见或无效字符（{code}），请删除。",
                "visible characters",
            )
    return normal


def checked_url(url: str) -> str:
    """An https address with a host and no password in it. It is kept, never fetched."""
    address = checked_text(url)
    try:
        parts = urlsplit(address)
        sound = parts.scheme == "https" and bool(parts.hostname) and parts.username is None and parts.password is None
    except ValueError:
        sound = False
    if not sound or any(c.isspace() for c in address):
        raise fault(
            f"is “{address[:60]}”; give a full address that begins with https:// and holds no password.",
            f"“{address[:60]}”无效，请填写以 https:// 开头、不含密码的完整网址。",
            "https://…",
        )
    return address


def settable(text: str) -> str:
    """`text`, if the shipped typefaces have all its characters; otherwise those they lack are named."""
    from generation.typography.faces import missing_characters

    lacking = missing_characters(text, "noto-sans-sc")
    if lacking:
        named = ", ".join(f"“{c}” (U+{ord(c):04X})" for c in lacking[:5])
        raise fault(
            f"holds {named}, which the typefaces do not have. Replace {'it' if len(lacking) == 1 else 'them'}.",
            f"包含字体缺少的字符 {named}，请更换。",
            "characters that the typefaces have",
        )
    return text
