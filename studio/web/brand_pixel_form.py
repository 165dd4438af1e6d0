"""A draft's rules on pixels as rows of its form, and back."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.http import QueryDict

from brand_styles.colors import any_color
from brand_styles.pixel_rules import PixelRule
from brand_styles.rules.pixels import things
from studio.web.brand_rule_reach import Reach, reach, reach_of

Json = dict[str, Any]
MOST_RULES = 100
KINDS = ("colour", "palette", "thing", "face", "code", "lettering", "duplicate", "nudity", "logo")
UNCHECKED = ("tell", "warn", "block")
ROLES = ("", "ground", "second", "accent", "ink", "paper", "metal")
MISUSES = ("small", "clear_space", "ground", "busy", "covered", "altered")
USUAL = {name: PixelRule.model_fields[name].default for name in ("tolerance", "most", "least")}


@dataclass(frozen=True)
class PixelRow:
    """One rule as text, as it stands in the form. `looks_for`: its colours or things, one a line; shares in percent."""

    place: int
    id: str
    kind: str
    severity: str
    unchecked: str
    title: Json
    why: Json
    looks_for: str
    tolerance: str
    most: str
    least: str
    role: str
    reference: str
    misuses: tuple[tuple[str, bool], ...]
    since: str
    until: str
    reach: Reach

    @property
    def slot(self) -> str:
        return f"pixel_rules.{self.place}"


def pixel_fields(style: Json) -> Json:
    """What the section of the form shows: the rows, and what may be chosen."""
    return {
        "rows": [_row(place, rule) for place, rule in enumerate(style.get("pixel_rules") or [])],
        "kinds": KINDS,
        "unchecked": UNCHECKED,
        "severities": ("block", "warn"),
        "roles": ROLES,
        "references": [str(each.get("sha256", "")) for each in style.get("references") or []],
        "things": [(name, thing.names) for name, thing in things().items()],
    }


def _row(place: int, rule: Json) -> PixelRow:
    return PixelRow(
        place,
        str(rule.get("id", "")),
        _one_of(rule.get("kind"), KINDS),
        _one_of(rule.get("severity"), ("block", "warn")),
        _one_of(rule.get("unchecked", "warn"), UNCHECKED),
        rule.get("title") or {},
        rule.get("why") or {},
        "\n".join(map(str, rule.get("colours") or rule.get("things") or [])),
        _shown(rule.get("tolerance", USUAL["tolerance"])),
        _shown(rule.get("most", USUAL["most"]), 100),
        _shown(rule.get("least", USUAL["least"]), 100),
        _one_of(rule.get("role"), ROLES),
        str(rule.get("reference", "")),
        tuple((each, each in (rule.get("misuses") or MISUSES)) for each in MISUSES),
        str(rule.get("since") or ""),
        str(rule.get("until") or ""),
        reach(rule),
    )


def _one_of(value: Any, known: tuple[str, ...]) -> str:
    return value if value in known else known[0]


def _shown(value: Any, times: float = 1) -> str:
    return f"{value * times:g}" if isinstance(value, int | float) else str(value)


def pixel_rules_of(post: QueryDict, before: list[Json]) -> list[Json]:
    """The rules in the form's order, without the one taken out; what the form has no field for stays as it was."""
    known = {rule.get("id"): rule for rule in before}
    rows = [_rule(post, f"pixel_rules.{place}", known) for place in _places(post)]
    new = {"id": f"PIXELS-{len(rows) + 1}", "kind": "colour", "title": {"en": "", "zh": ""}}
    return [*rows, new] if "add-pixel-rule" in post else rows


def _places(post: QueryDict) -> Iterator[int]:
    gone = post.get("remove-pixel-rule", "")
    return (n for n in range(MOST_RULES + 1) if f"pixel_rules.{n}.id" in post and str(n) != gone)


def _rule(post: QueryDict, at: str, known: Mapping[Any, Json]) -> Json:
    def text(name: str) -> str:
        return post.get(f"{at}.{name}", "").strip()

    name, kind = text("id").upper(), text("kind") or "colour"
    title = {side: text(f"title.{side}") for side in ("en", "zh")}
    lines = [line.strip() for line in post.get(f"{at}.looks_for", "").splitlines() if line.strip()]
    told: Json = {
        "id": name,
        "kind": kind,
        "severity": text("severity") or "block",
        "unchecked": text("unchecked") or "warn",
        "title": {side: title[side] or title["zh" if side == "en" else "en"] or name for side in ("en", "zh")},
        "why": {side: text(f"why.{side}") for side in ("en", "zh")},
        "colours": [_colour(line) for line in lines] if kind == "colour" else [],
        "things": [_thing(line) for line in lines] if kind == "thing" else [],
        "tolerance": _number(text("tolerance"), USUAL["tolerance"]),
        "most": _percent(text("most"), USUAL["most"]),
        "least": _percent(text("least"), USUAL["least"]),
        "role": text("role"),
        "reference": text("reference"),
        "since": text("since") or None,
        "until": text("until") or None,
        **reach_of(post, at),
    }
    if kind == "logo":
        told["misuses"] = [each for each in MISUSES if f"{at}.misuse.{each}" in post] or list(MISUSES)
    return known.get(post.get(f"{at}.was", ""), {}) | told


def _colour(typed: str) -> str:
    """The colour as #RRGGBB; what is none stays as it was typed, to be told."""
    try:
        return any_color(typed)
    except ValueError:
        return typed[:40]


def _thing(typed: str) -> str:
    """The table's name of what was written in either language, or the words themselves."""
    said = typed.casefold()
    for name, thing in things().items():
        if said in (name, thing.names.en.casefold(), thing.names.zh):
            return name
    return typed[:60]


def _number(text: str, usual: Any) -> Any:
    try:
        return float(text.rstrip("%％ ")) if text else usual
    except ValueError:
        return text[:40]


def _percent(text: str, usual: Any) -> Any:
    number = _number(text, usual * 100)
    return round(number / 100, 6) if isinstance(number, float | int) else number


def pixel_rule_in_words(rule: Json) -> str:
    """A rule as one line of a comparison."""
    title = rule.get("title") or {}
    sides = dict.fromkeys(str(title.get(side) or "") for side in ("en", "zh"))
    figures = [
        f"{key} {_shown(rule[key])}"
        for key in ("most", "least", "tolerance")
        if rule.get(key) != USUAL[key] and key in rule
    ]
    parts = [rule.get("id"), *sides, rule.get("kind"), rule.get("severity"), *(rule.get("colours") or [])]
    parts += [*(rule.get("things") or []), rule.get("role"), *figures, str(rule.get("reference") or "")[:12]]
    return " · ".join(str(part) for part in parts if part)
