"""What an asset's recipe and report say of it, in numbers with names: layout, findings, scene, format. Nothing is looked at again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from math import log2
from typing import Any, get_args

from generation.layout.facts import layout_facts
from generation.scenes.facts import scene_facts
from generation.types import Format, Layout, Severity

Facts = dict[str, float]
Json = Mapping[str, Any]

CHECKS = (
    "text",
    "overlap",
    "size",
    "contrast",
    "logo",
    "ai_label",
    "required",
    "copy",
    "ocr",
    "shown",
)  # heads of codes


def preflight_facts(report: Json) -> Facts:
    """Findings by severity and by the check that made them, repairs, and how well type was read back."""
    findings = report.get("findings", ())
    backs = report.get("read_back", ())
    repairs = report.get("repairs", ())
    found: Facts = {f"severity.{s}": sum(f["severity"] == s for f in findings) for s in get_args(Severity)}
    found |= {f"kind.{name}": sum(f["code"].startswith(name) for f in findings) for name in CHECKS}
    found |= {"blocked": report.get("verdict") == "blocked", "first_pass": bool(report.get("first_pass", True))}
    found |= {"repairs": len(repairs), "mended": sum(r["mended"] for r in repairs)}
    found["unchecked"] = len(report.get("unchecked", ()))
    found["read.agrees"] = _mean([b["agrees"] for b in backs], 1.0)
    found["read.sure"] = _mean([b["confidence"] for b in backs], 1.0)
    return {f"preflight.{name}": float(value) for name, value in found.items()}


def format_facts(width: int, height: int, made: str) -> Facts:
    """Size and proportions on a scale of doublings, and whether the scene was diffused."""
    found = {"area": log2(width * height), "aspect": log2(width / height), "diffused": float(made == "diffused")}
    return {f"format.{name}": value for name, value in found.items()}


@lru_cache(maxsize=1)
def fact_names() -> tuple[str, ...]:
    """Every name that the four give, in order."""
    empty = Layout(format=Format(width=1, height=1), items=())
    found = layout_facts(empty) | preflight_facts({}) | scene_facts({}) | format_facts(1, 1, "")
    return tuple(found)


def _mean(values: Sequence[float], without: float) -> float:
    return sum(values) / len(values) if values else without
