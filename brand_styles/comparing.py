"""Two styles side by side: what was added, taken out or changed, field by field."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal

from brand_styles.style import BrandStyle

Json = dict[str, Any]
Kind = Literal["added", "removed", "changed"]

# What makes two entries of a list the same one, so that a changed name is a change and not one colour less and one more.
SAME: dict[str, Callable[[Json], str]] = {
    "palette": lambda swatch: f"{swatch.get('role')} {swatch.get('hex')}",
    "logos": lambda logo: str(logo.get("ground")),
    "glossary": lambda term: str(term.get("term")),
    "pixel_rules": lambda rule: str(rule.get("id")),
    "fonts": lambda font: f"{(font.get('family') or {}).get('en')} {font.get('weight')}",
    "references": lambda picture: str(picture.get("sha256")),
    "manners.moods": lambda rule: str(rule.get("mood")),
    "manners.short_forms": lambda form: str(form.get("full")),
}
NESTED = ("manners",)  # fields whose own fields are compared one by one
APART = ("slug", "version")  # they tell the styles apart and are no part of how they look
FIELDS = tuple(field for field in BrandStyle.model_fields if field not in APART)


@dataclass(frozen=True)
class Change:
    """One difference. `field` is BrandStyle's; `entry` says which one of a list, "" for a field that is none."""

    field: str
    entry: str
    kind: Kind
    before: Any
    after: Any


def changes(before: Json, after: Json) -> list[Change]:
    """From one style to another, both as JSON, in the order of the fields. [] where they say the same."""
    fields = [field for field in {**before, **after} if field not in APART]
    found: list[Change] = []
    for field in fields:
        old, new = before.get(field), after.get(field)
        if field in NESTED:
            told = {**(old or {}), **(new or {})}
            found += [
                c for key in told for c in _changes_of(f"{field}.{key}", (old or {}).get(key), (new or {}).get(key))
            ]
        else:
            found += _changes_of(field, old, new)
    return found


def _changes_of(field: str, before: Any, after: Any) -> list[Change]:
    if (before or None) == (after or None):  # left out and empty are the same
        return []
    if isinstance(before or after, (list, tuple)):
        return _of_lists(field, list(before or ()), list(after or ()))
    return [Change(field, "", _kind(before, after), before, after)]


def _of_lists(field: str, before: list[Any], after: list[Any]) -> list[Change]:
    old, new = _named(field, before), _named(field, after)
    found = [
        Change(field, name, _kind(old.get(name), new.get(name)), old.get(name), new.get(name))
        for name in {**old, **new}
        if old.get(name) != new.get(name)
    ]
    if found or list(old) == list(new):
        return found
    return [Change(field, "", "changed", list(old), list(new))]  # the order alone


def _named(field: str, entries: list[Any]) -> dict[str, Any]:
    """Each entry under the name that tells it from the others; a second one of a name is counted."""
    named: dict[str, Any] = {}
    for entry in entries:
        name = SAME[field](entry) if field in SAME and isinstance(entry, dict) else str(entry)
        count = sum(1 for known in named if known == name or known.startswith(f"{name} #"))
        named[f"{name} #{count + 1}" if count else name] = entry
    return named


def _kind(before: Any, after: Any) -> Kind:
    if before in (None, "", [], ()):
        return "added"
    return "removed" if after in (None, "", [], ()) else "changed"
