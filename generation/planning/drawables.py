"""Which object kinds of the renderer stand for which words of the lexicon.

The table is drawables.csv beside this file: one visual element of a concept a row, with the kind that draws it (empty where the
renderer has none, so that the plan can name what it lacks).
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from generation.scenes.primitives import Kind


@dataclass(frozen=True)
class Drawn:
    """What of a concept can be drawn: kinds in the order of its elements; elements nobody draws."""

    kinds: tuple[str, ...]
    lacking: tuple[str, ...]


@cache
def kinds() -> dict[str, Kind]:
    """Every object kind by slug."""
    from generation.scenes.objects import KINDS

    return dict(KINDS)


@cache
def kind_slugs() -> frozenset[str]:
    return frozenset(kinds())


@cache
def _table() -> dict[str, list[tuple[str, str]]]:
    """(element, kind or "") by concept id, in the lexicon's order."""
    file = resources.files("generation.planning").joinpath("drawables.csv")
    text = file.read_text(encoding="utf-8") if file.is_file() else ""
    table: dict[str, list[tuple[str, str]]] = {}
    for row in csv.DictReader(text.splitlines()):
        table.setdefault(row["concept_id"], []).append((row["element"], row["kind"].strip()))
    return table


def drawn(concept_id: str) -> Drawn:
    """The kinds and the gaps of a concept."""
    rows = _table().get(concept_id, [])
    known = kind_slugs()
    found = tuple(dict.fromkeys(kind for _, kind in rows if kind in known))
    return Drawn(found, tuple(element for element, kind in rows if kind not in known))
