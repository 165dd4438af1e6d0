"""Two people's changes to one draft, put together field by field.

Whoever saves second sends along a mark of each field as they read it. What only they changed is theirs, what only the other changed
is the other's; where both did, what the second typed stands and the difference is told.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Annotated, Any

from pydantic import TypeAdapter, ValidationError

from brand_styles.comparing import FIELDS
from brand_styles.style import BrandStyle

Json = dict[str, Any]


@dataclass(frozen=True)
class Merge:
    """`style`: both changes in one. `taken`: fields that only the other changed. `both`: fields that both did."""

    style: Json
    taken: tuple[str, ...]
    both: tuple[str, ...]


def marks_of(style: Json) -> dict[str, str]:
    """Eight hex digits a field, the same for whatever says the same."""
    return {field: _mark(field, style.get(field)) for field in FIELDS}


def merged(was: Mapping[str, str], mine: Json, theirs: Json) -> Merge:
    """`mine` with what only the other changed since `was` was read. Without marks, everything is taken for changed by both."""
    ours, others = marks_of(mine), marks_of(theirs)
    apart = [field for field in FIELDS if ours[field] != others[field]]
    taken = tuple(field for field in apart if was.get(field) == ours[field])
    both = tuple(field for field in apart if was.get(field) not in (ours[field], others[field]))
    style = {field: value for field, value in mine.items() if field not in taken}
    return Merge(style | {field: theirs[field] for field in taken if field in theirs}, taken, both)


def _mark(field: str, value: Any) -> str:
    text = json.dumps(_plain(field, value), sort_keys=True, ensure_ascii=False, default=str)
    return hashlib.sha256(text.encode()).hexdigest()[:8]


def _plain(field: str, value: Any) -> Any:
    """The value as a published style would have it, so that what is left out and what is usual are the same; as it is where malformed."""
    told = BrandStyle.model_fields[field]
    if value in (None, "", [], {}):
        value = None if told.is_required() else told.get_default()
    try:
        read = _adapter(field).validate_python(value)
    except ValidationError:
        return value
    return _adapter(field).dump_python(read, mode="json", exclude_defaults=True)


@cache
def _adapter(field: str) -> TypeAdapter[Any]:
    told = BrandStyle.model_fields[field]
    annotation: Any = told.annotation
    return TypeAdapter(Annotated[annotation, told] if told.metadata else annotation)
