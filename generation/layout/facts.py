"""What a layout says of itself, in numbers with names: what reviewers' taste is learnt over."""

from __future__ import annotations

from generation.layout.geometry import Rect
from generation.layout.metrics import Canvas, Item, Kind, evaluate
from generation.layout.scoring import TERMS
from generation.types import Layout, Placed, Role

Facts = dict[str, float]
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
