"""A draft's own rules as rows of its form, and back."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.http import QueryDict

from studio.web.brand_rule_reach import Reach, reach, reach_of

Json = dict[str, Any]
MOST_RULES = 200
PERCENT = 100
KINDS = ("phrase", "pattern", "claim", "required", "pairing", "window")


@dataclass(frozen=True)
class RuleRow:
    """One rule as text, as it stands in the form."""

    place: int
    id: str
    kind: str
    severity: str
    title: Json
    why: Json
    phrases: str
    pattern: str
    unless_said: str
    against: str
    product_types: str
    least_height: str
    least_contrast: str
    adds: str
    rewrites: str
    since: str
    until: str
    reach: Reach

    @property
    def slot(self) -> str:
        return f"rules.{self.place}"


def rule_rows(rules: list[Json]) -> list[RuleRow]:
    return [_row(place, rule) for place, rule in enumerate(rules)]


def _row(place: int, rule: Json) -> RuleRow:
    return RuleRow(
        place,
        str(rule.get("id", "")),
        kind if (kind := rule.get("kind")) in KINDS else "phrase",
        "warn" if rule.get("severity") == "warn" else "block",
        rule.get("title") or {},
        rule.get("why") or {},
        "\n".join(rule.get("phrases") or []),
        str(rule.get("pattern", "")),
        "\n".join(rule.get("unless_said") or []),
        "\n".join(rule.get("against") or []),
        ", ".join(rule.get("product_types") or []),
        _shown(rule.get("least_height"), PERCENT),
        _shown(rule.get("least_contrast"), 1),
        str(rule.get("adds", "")),
        "\n".join(f"{each.get('instead_of')} = {each.get('say')}" for each in rule.get("rewrites") or []),
        str(rule.get("since") or ""),
        str(rule.get("until") or ""),
        reach(rule),
    )


def override_lines(overrides: list[Json]) -> str:
    return "\n".join(f"{each.get('rule')} {each.get('severity')} {each.get('reason')}" for each in overrides)


def rules_of(post: QueryDict, before: list[Json], *, add: bool = False) -> list[Json]:
    """The rules in the form's order, without the one taken out; what the form has no field for stays as it was."""
    known = {rule.get("id"): rule for rule in before}
    rows = [_rule(post, f"rules.{place}", known) for place in _places(post)]
    return [*rows, {"id": f"RULE-{len(rows) + 1}", "title": {"en": "", "zh": ""}}] if add else rows


def _places(post: QueryDict) -> Iterator[int]:
    gone = post.get("remove-rule", "")
    return (n for n in range(MOST_RULES + 1) if f"rules.{n}.id" in post and str(n) != gone)


def _rule(post: QueryDict, at: str, known: dict[Any, Json]) -> Json:
    def text(name: str) -> str:
        return post.get(f"{at}.{name}", "").strip()

    def lines(name: str) -> list[str]:
        return [line.strip() for line in post.get(f"{at}.{name}", "").splitlines() if line.strip()]

    name = text("id").upper()
    title = {side: text(f"title.{side}") for side in ("en", "zh")}
    told = {
        "id": name,
        "kind": text("kind") or "phrase",
        "severity": text("severity") or "block",
        "title": {side: title[side] or title["zh" if side == "en" else "en"] or name for side in ("en", "zh")},
        "why": {side: text(f"why.{side}") for side in ("en", "zh")},
        "phrases": lines("phrases"),
        "pattern": text("pattern"),
        "unless_said": lines("unless_said"),
        "against": lines("against"),
        "product_types": [each.strip() for each in re.split("[,，、\n]", text("product_types")) if each.strip()],
        "least_height": _number(text("least_height"), PERCENT),
        "least_contrast": _number(text("least_contrast"), 1),
        "adds": text("adds"),
        "rewrites": [_rewrite(line) for line in lines("rewrites")],
        "since": text("since") or None,
        "until": text("until") or None,
        **reach_of(post, at),
    }
    return known.get(post.get(f"{at}.was", ""), {}) | told


def _shown(value: Any, scale: int) -> str:
    """A number as it stands in its field; what is no number as it was typed."""
    return f"{round(value * scale, 3):g}" if isinstance(value, int | float) else str(value or "")


def _number(typed: str, scale: int) -> float | str | None:
    """The number typed; the text itself where it is none, which is told beside the field."""
    bare = typed.replace("%", "").replace("％", "").removesuffix(":1").strip()
    try:
        return round(float(bare) / scale, 6) if bare else None
    except ValueError:
        return typed


def _rewrite(line: str) -> Json:
    instead_of, _, say = line.replace("＝", "=").partition("=")
    return {"instead_of": instead_of.strip(), "say": say.strip()}


def overrides_of(post: QueryDict) -> list[Json]:
    """ "CN-ABS-02 off the reason": one a line."""
    rows = [line.split(maxsplit=2) for line in post.get("overrides", "").splitlines() if line.strip()]
    return [dict(zip(("rule", "severity", "reason"), [*row, "", ""], strict=False)) for row in rows]
