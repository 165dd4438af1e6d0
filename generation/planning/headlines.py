"""Headlines to choose from, by a phrase grammar in both languages. None of them claims, promises or compares anything."""

from __future__ import annotations

from typing import Literal

_FRAMES = {
    "zh": ("{name}，如约而至", "{name}好时光", "遇见{name}", "把心意留给{name}"),
    "en": ("{name} is here", "Make room for {name}", "Made for {name}", "Ready for {name}"),
}


def phrases(name: str, language: Literal["zh", "en"]) -> tuple[str, ...]:
    """Headlines about the occasion of that name, the plainest first."""
    return tuple(frame.format(name=name) for frame in _FRAMES[language])
