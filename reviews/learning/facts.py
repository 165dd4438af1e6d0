"""What an asset's recipe and report say of it, in numbers with names: layout, findings, scene, format. Nothing is looked at again."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from math import log2
from typing import Any, get_args

from generation.layout.geometry import Rect
from generation.layout.metrics import Canvas, Item, Kind, evaluate
from generation.layout.scoring import TERMS
from generation.planning.moods import MOOD_NAMES
from generation.scenes.graph import ColorRole, MaterialSlug, ObjectRole
from generation.scenes.sets import SETS
from generation.scenes.staging import COMPOSITIONS
from generation.types import Layout, Placed, Role, Severity

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
SCHEMES = ("light", "dark", "vivid")
TYPE_ROLES: tuple[Role, ...] = ("headline", "subline", "cta", "price", "legal", "badge")


def layout_facts(layout: Layout) -> Facts:
    """Metrics of PosterLayout (profile "strict"), the solver's own terms, and where headline and subject stand in shares of the canvas."""
    fmt = layout.format
    items = [Item(_kind(placed), placed.box) for placed in layout.items]
    scores = evaluate(Canvas(fmt.width, fmt.height), [items], "strict")
    found = {"val": scores.val, "ove": scores.ove, "ali": scores.ali, "und_l": scores.und_l, "und_s": scores.und_s}
    found |= {f"term.{name}": layout.terms.get(name, 0.0) for name in TERMS}
    found |= {"energy": layout.energy, "dropped": len(layout.dropped), "shortened": len(layout.shortened)}
    found |= {"lines": len(layout.all(*TYPE_ROLES)), "underlays": len(layout.all("underlay"))}
    area = fmt.width * fmt.height
    found["type_share"] = sum(placed.box.area for placed in layout.all(*TYPE_ROLES)) / area
    found["size_least"] = min((p.fit.style.size for p in layout.items if p.fit), default=0.0) / fmt.short
    placed_roles: tuple[Role, ...] = ("headline", "subject", "logo", "cta")
    for role in placed_roles:
        there = layout.first(role)
        found |= {f"{role}.{name}": value for name, value in _place(there.box if there else None, layout).items()}
    headline = layout.first("headline")
    found["headline.size"] = headline.fit.style.size / fmt.short if headline and headline.fit else 0.0
    return {f"layout.{name}": float(value or 0.0) for name, value in found.items()}


def _kind(placed: Placed) -> Kind:
    return placed.role if placed.role in ("logo", "underlay", "subject") else "text"


def _place(box: Rect | None, layout: Layout) -> Facts:
    """Middle and share of the canvas; zeros without a box."""
    if box is None:
        return {"there": 0.0, "x": 0.0, "y": 0.0, "share": 0.0}
    width, height = layout.format.width, layout.format.height
    x, y = box.center
    return {"there": 1.0, "x": x / width - 0.5, "y": y / height - 0.5, "share": box.area / (width * height)}


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


def scene_facts(scene: Json) -> Facts:
    """Stage, composition, mood, light, and how many things stand where, in which material and colour."""
    light, palette = scene.get("light", {}), scene.get("palette", {})
    found: Facts = {"light.right": light.get("side") == "right"}
    found |= {name: light.get(key, usual) for name, key, usual in LIGHT}
    found |= _one_of("set", scene.get("set"), SETS) | _one_of("composition", scene.get("composition"), COMPOSITIONS)
    found |= _one_of("mood", scene.get("mood"), MOOD_NAMES) | _one_of("scheme", palette.get("scheme"), SCHEMES)
    things = scene.get("objects", ())
    for name, key, kinds in (
        ("role", "role", ObjectRole),
        ("of", "material", MaterialSlug),
        ("in", "color", ColorRole),
    ):
        found |= {f"{name}.{kind}": sum(thing[key] == kind for thing in things) for kind in get_args(kinds)}
    found |= {"things": len(things), "kinds": len({thing["kind"] for thing in things})}
    found["product"] = scene.get("product_aspect") is not None
    return {f"scene.{name}": float(value) for name, value in found.items()}


LIGHT = (("light.elevation", "elevation", 50.0), ("light.softness", "softness", 0.5), ("light.warmth", "warmth", 0.2))


def format_facts(width: int, height: int, made: str) -> Facts:
    """Size and proportions on a scale of doublings, and whether the scene was diffused."""
    found = {"area": log2(width * height), "aspect": log2(width / height), "diffused": float(made == "diffused")}
    return {f"format.{name}": value for name, value in found.items()}


@lru_cache(maxsize=1)
def fact_names() -> tuple[str, ...]:
    """Every name that the four give, in order."""
    from generation.types import Format

    empty = Layout(format=Format(width=1, height=1), items=())
    found = layout_facts(empty) | preflight_facts({}) | scene_facts({}) | format_facts(1, 1, "")
    return tuple(found)


def _one_of(name: str, value: object, known: Iterable[str]) -> Facts:
    return {f"{name}.{each}": float(each == value) for each in known}


def _mean(values: Sequence[float], without: float) -> float:
    return sum(values) / len(values) if values else without
