"""What a script sends as JSON."""

import json
import re
from typing import Any

from django.http import HttpRequest

NOTHING = re.compile(r"(?<!\\)(?:\\\\)*\\u0000")  # not where its backslash is itself written with one
DEEPEST = 32  # nothing of ours is nested deeper, and what is may fail wherever it is written again


def json_of(request: HttpRequest) -> Any:
    """ValueError where it is no JSON, is nested deeper than DEEPEST, or holds half a character, which nothing can write, or U+0000, which
    PostgreSQL can't keep."""
    try:
        sent = json.loads(request.body)
    except RecursionError:
        raise ValueError("nested too deep") from None
    _check_depth(sent)
    text = json.dumps(sent, ensure_ascii=False)
    text.encode()
    if NOTHING.search(text):
        raise ValueError("U+0000")
    return sent


def _check_depth(sent: Any) -> None:
    level = [sent]
    for _ in range(DEEPEST):
        level = [inner for outer in level for inner in _inside(outer)]
    if level:
        raise ValueError("nested too deep")


def _inside(value: Any) -> list[Any]:
    return list(value.values()) if isinstance(value, dict) else value if isinstance(value, list) else []
