"""Validation errors of a brief turned into sentences with field, line and what was expected."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from difflib import get_close_matches
from typing import Any

from pydantic import BaseModel, ValidationError

from generation.errors import BriefProblem
from generation.planning import brief as schema

LineOf = Callable[[tuple[str | int, ...]], int | None]

_PARTS: dict[str, type[BaseModel]] = {
    "": schema.Brief,
    "copy": schema.BriefCopy,
    "subject": schema.Subject,
    "segments": schema.Segment,
    "evidence": schema.Evidence,
}


def problems_from(error: ValidationError, line_of: LineOf | None = None) -> list[BriefProblem]:
    """One problem for each fault, in the order of the file's lines (or of the fields)."""
    problems = [_problem(fault, line_of) for fault in error.errors(include_url=False)]
    problems = list({(p.field, p.words.en): p for p in problems}.values())
    return sorted(problems, key=lambda p: p.line or 0) if line_of else problems


def _problem(fault: Mapping[str, Any], line_of: LineOf | None) -> BriefProblem:
    context = fault.get("ctx", {})
    location = tuple(fault["loc"]) + tuple(context.get("at", ()))
    name = _field_name(location)
    en, zh, expected = _sentence(fault, location)
    line = line_of(location) if line_of else None
    return BriefProblem(f"{name} {en}", f"{name}：{zh}", field=name, line=line, expected=expected)


def with_lines(problems: list[BriefProblem], line_of: LineOf) -> list[BriefProblem]:
    """The same problems, each with the line of its field where it had none: what was found after the file had been read."""
    for problem in problems:
        if problem.line is None and problem.field:
            problem.line = line_of(_location(problem.field))
    return problems


def _location(name: str) -> tuple[str | int, ...]:
    """The way to a field: "evidence[2].file" is ("evidence", 1, "file")."""
    parts = re.findall(r"[^.\[\]]+", name)
    return tuple(int(part) - 1 if part.isdecimal() else part for part in parts)


def _field_name(location: tuple[str | int, ...]) -> str:
    """ "copy.legal[2]": list places counted from 1, as people count."""
    name = ""
    for part in location:
        if isinstance(part, int):
            name += f"[{part + 1}]"
        else:
            name += f".{part}" if name else str(part)
    return name or "brief"


def _sentence(fault: Mapping[str, Any], location: tuple[str | int, ...]) -> tuple[str, str, str]:
    """(English, Chinese, expected) without the field's name."""
    kind, context = fault["type"], fault.get("ctx", {})
    if kind == "told":
        return context["en"], context["zh"], context["expected"]
    if kind == "extra_forbidden":
        return _unknown_field(location)
    if kind == "missing":
        return "is missing; a brief needs it.", "缺失，简报必须填写。", _kind_of(location)
    teller = _TELLERS.get(kind)
    if teller is not None:
        return teller(context, fault.get("input"))
    expected = _kind_of(location)
    shown = _shown(fault.get("input"))
    return f"is {shown}; expected {expected}.", f"的值是 {shown}，应为：{expected}。", expected


def _unknown_field(location: tuple[str | int, ...]) -> tuple[str, str, str]:
    holder = _PARTS.get(str(location[0]) if len(location) > 1 else "", schema.Brief)
    names = [field.alias or name for name, field in holder.model_fields.items()]
    if holder is schema.Brief:  # copy's own fields are often written one level too high
        names += [f"copy.{name}" for name in schema.BriefCopy.model_fields]
    written = str(location[-1])
    near = get_close_matches(written, names, n=1, cutoff=0.6)
    near = near or [name for name in names if name.endswith(f".{_closest(written, names)}")][:1]
    if near:
        return f"is not a field. Did you mean “{near[0]}”?", f"不是已知字段。是否想写“{near[0]}”？", near[0]
    known = ", ".join(name for name in names if "." not in name)
    return f"is not a field. Known here: {known}.", f"不是已知字段。此处可用：{known}。", known


def _closest(written: str, names: list[str]) -> str:
    """The last part of the name most like `written`; "" where none is."""
    near = get_close_matches(written, [name.rpartition(".")[2] for name in names], n=1, cutoff=0.7)
    return near[0] if near else ""


def _kind_of(location: tuple[str | int, ...]) -> str:
    last = next((part for part in reversed(location) if isinstance(part, str)), "")
    kinds = {
        "brand": "a brand's slug, such as demo",
        "copy": "lines such as headline",
        "formats": "a list such as [1080x1080]",
        "file": "a file beside the brief, such as report.pdf",
    }
    return kinds.get(last, "text (put quotes around it)")


def _shown(value: Any) -> str:
    text = (
        "empty"
        if value is None
        else "a list"
        if isinstance(value, list)
        else "a group of fields"
        if isinstance(value, dict)
        else str(value)
    )
    return re.sub(r"\s+", " ", text)[:60]


def _bound(sign_en: str, sign_zh: str, key: str) -> Callable[[Mapping[str, Any], Any], tuple[str, str, str]]:
    def tell(context: Mapping[str, Any], value: Any) -> tuple[str, str, str]:
        limit = context.get(key)
        return (
            f"is {_shown(value)}; it must be {sign_en} {limit}.",
            f"的值是 {_shown(value)}，须{sign_zh} {limit}。",
            f"{sign_en} {limit}",
        )

    return tell


def _choice(context: Mapping[str, Any], value: Any) -> tuple[str, str, str]:
    expected = str(context.get("expected", "")).replace(" or ", ", ")
    near = get_close_matches(str(value), re.findall(r"'([^']+)'", expected), n=1)
    hint_en = f" Did you mean {near[0]}?" if near else ""
    hint_zh = f"是否想写 {near[0]}？" if near else ""
    return (
        f"is {_shown(value)}; choose one of {expected}.{hint_en}",
        f"的值是 {_shown(value)}，可选：{expected}。{hint_zh}",
        expected,
    )


def _whole(_: Mapping[str, Any], value: Any) -> tuple[str, str, str]:
    return f"is {_shown(value)}; expected a whole number.", f"的值是 {_shown(value)}，应为整数。", "a whole number"


def _words(_: Mapping[str, Any], value: Any) -> tuple[str, str, str]:
    return (
        f"is {_shown(value)}; expected text. Put quotes around it if it looks like a number, a date or yes/no.",
        f"的值是 {_shown(value)}，应为文字。若像数字、日期或是/否，请加引号。",
        "text",
    )


def _pattern(context: Mapping[str, Any], value: Any) -> tuple[str, str, str]:
    return (
        f"is “{_shown(value)}”; use lower-case letters, digits and hyphens, such as demo, cn or fund.",
        f"“{_shown(value)}”无效，请用小写字母、数字和连字符，例如 demo、cn、fund。",
        str(context.get("pattern", "")),
    )


def _list(_: Mapping[str, Any], value: Any) -> tuple[str, str, str]:
    return (
        f"is {_shown(value)}; expected a list, such as [a, b].",
        f"的值是 {_shown(value)}，应为列表，例如 [a, b]。",
        "a list",
    )


def _fields(_: Mapping[str, Any], value: Any) -> tuple[str, str, str]:
    return (
        f"is {_shown(value)}; expected named fields, such as brand: demo.",
        f"的值是 {_shown(value)}，应为“字段: 值”的形式，例如 brand: demo。",
        "fields",
    )


def _too_long(context: Mapping[str, Any], _: Any) -> tuple[str, str, str]:
    limit, actual = context.get("max_length"), context.get("actual_length")
    return f"holds {actual} entries; at most {limit} are allowed.", f"有 {actual} 项，最多 {limit} 项。", f"≤ {limit}"


def _too_short(context: Mapping[str, Any], _: Any) -> tuple[str, str, str]:
    least = context.get("min_length")
    return f"is empty; give at least {least}.", f"是空的，至少需要 {least} 项。", f"≥ {least}"


_TELLERS: dict[str, Callable[[Mapping[str, Any], Any], tuple[str, str, str]]] = {
    "greater_than_equal": _bound("at least", "不小于", "ge"),
    "less_than_equal": _bound("at most", "不大于", "le"),
    "literal_error": _choice,
    "int_type": _whole,
    "string_type": _words,
    "string_pattern_mismatch": _pattern,
    "string_too_long": _bound("at most this many characters:", "不超过（字符数）", "max_length"),
    "tuple_type": _list,
    "model_type": _fields,
    "model_attributes_type": _fields,
    "too_long": _too_long,
    "too_short": _too_short,
}
