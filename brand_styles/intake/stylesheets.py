"""What a style sheet says of a brand: its colours with what they are called, how often they stand, and its font families.

Runs inside the child process (see child.py), so it imports nothing of the project. The sheet is never applied: it is read as text, with
patterns whose every repetition is bounded, so that reading takes time in proportion to its length.
"""

import re
from collections import Counter

MAX_BYTES = 4_000_000
MOST = 400  # colours or families that are told
GENERIC = frozenset(
    {"serif", "sans-serif", "monospace", "cursive", "fantasy", "system-ui", "ui-serif", "ui-sans-serif", "ui-monospace"}
    | {"ui-rounded", "math", "emoji", "fangsong", "inherit", "initial", "unset", "revert", "revert-layer"}
    | {"-apple-system", "blinkmacsystemfont"}
)
_DECLARATION = re.compile(r"([\w-]{2,80})\s{0,20}:\s{0,20}([^;{}]{1,1200})")
_COLOR = re.compile(
    r"#(?:[0-9a-f]{8}|[0-9a-f]{6}|[0-9a-f]{3,4})\b|\b(?:rgb|rgba|hsl|hsla|hwb|lab|lch|oklab|oklch)\([^()]{1,80}\)", re.I
)
_USED = re.compile(r"var\(\s{0,5}(--[\w-]{1,80})")
_AFTER_SIZE = re.compile(r"\d(?:px|rem|em|pt|%|vw)(?:\s?/\s?[\w.%]{1,12})?\s+(.{1,300})", re.S)
_WORD = re.compile(r"\b[a-z]{3,20}\b", re.I)


class NoStyleSheet(Exception):
    """Why the file is not read: a code that the parent turns into a sentence."""


def read(data: bytes, names: frozenset[str]) -> dict[str, object]:
    """{"colors": [[as written, times, custom property or ""] …], "families": [[name, times] …]}, the most frequent first.

    `names`: CSS's words for colours, believed only where a declaration is about a colour.
    """
    if len(data) > MAX_BYTES:
        raise NoStyleSheet("css-size")
    text = data.decode("utf-8", "replace")
    if "\0" in text or text.count("\ufffd") > len(text) // 50 or ("{" not in text and ":" not in text):
        raise NoStyleSheet("css-type")
    declared = _DECLARATION.findall(_without_comments(text))
    used = Counter(_USED.findall(text))
    colors, owners = _colors(declared, used, names)
    families = _families(declared)
    if not colors and not families:
        raise NoStyleSheet("css-empty")
    return {
        "colors": [[written, times, owners.get(written, "")] for written, times in colors.most_common(MOST)],
        "families": [[name, times] for name, times in families.most_common(MOST)],
    }


def _without_comments(text: str) -> str:
    head, *rest = text.split("/*")
    return head + "".join(part.partition("*/")[2] for part in rest)


def _colors(
    declared: "list[tuple[str, str]]", used: "Counter[str]", names: frozenset[str]
) -> "tuple[Counter[str], dict[str, str]]":
    """How often each colour stands, by what is written; a custom property counts as often as it is used."""
    found: Counter[str] = Counter()
    owners: dict[str, str] = {}
    for name, value in declared:
        written = [each.lower() for each in _in_light(value)]
        if name.startswith("--") or name.endswith(("color", "background", "fill", "stroke")):
            written += [word.lower() for word in _WORD.findall(value[:200]) if word.lower() in names]
        times = 1 + used[name] if name.startswith("--") else 1
        for each in written:
            found[each] += times
            if name.startswith("--"):
                owners.setdefault(each, name)
    return found, owners


def _in_light(value: str) -> "list[str]":
    """The colours of a value; of light-dark(…) that of the light theme, in which brands are mostly written down."""
    before, *themed = value.split("light-dark(")
    return [*_COLOR.findall(before), *(found.group() for part in themed if (found := _COLOR.search(part)))]


def _families(declared: "list[tuple[str, str]]") -> "Counter[str]":
    """The first family that is a name, of each declaration that sets one."""
    custom = {name: value for name, value in declared if name.startswith("--")}
    found: Counter[str] = Counter()
    for name, value in declared:
        family = _first_family(_stack(name, value), custom)
        if family:
            found[family] += 1
    return found


def _stack(name: str, value: str) -> str:
    """The list of families that a declaration holds, "" for none."""
    last = value.rpartition(",")[2].strip().lower()
    if name == "font-family" or (name.startswith("--") and "," in value and ("font" in name or last in GENERIC)):
        return value
    after = _AFTER_SIZE.search(value) if name == "font" else None
    return after.group(1) if after else ""


def _first_family(stack: str, custom: "dict[str, str]") -> str:
    inner = _USED.match(stack.strip())
    if inner:
        stack = custom.get(inner.group(1), "")
    for part in stack.split(",")[:12]:
        name = part.strip().removesuffix("!important").strip().strip("'\"").strip()
        if name and name.lower() not in GENERIC and "(" not in name and not name[0].isdigit() and len(name) <= 60:
            return name
    return ""
