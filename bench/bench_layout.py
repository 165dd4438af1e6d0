"""Layouts of generated briefs on ten formats against the goals, profile `strict`.

The briefs are `layout_briefs`; the full run is 400 of them.

    python bench/bench_layout.py [--quick] [--briefs N] [--json]
    python bench/bench_layout.py --from 100 --briefs 100 --save part-2.json     one part of it
    python bench/bench_layout.py --merge part-1.json part-2.json …              the parts together
"""

from __future__ import annotations

import argparse
import json
import statistics
import sys
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from bench.layout_briefs import BriefCase, brief_case, elements_of
from generation.errors import CopyDoesNotFit
from generation.layout.elements import is_strip
from generation.layout.metrics import Canvas, Item, Kind, evaluate
from generation.layout.solver import solve
from generation.types import Format, Json, Layout

FORMATS = tuple(
    Format(width=w, height=h)
    for w, h in (
        (1080, 1920),
        (1080, 1080),
        (1080, 1350),
        (1200, 628),
        (1600, 800),
        (1920, 820),
        (300, 250),
        (728, 90),
        (160, 600),
        (320, 50),
    )
)
GRID = 12
K = 8
ORDER = ("headline", "subline", "legal")


@dataclass
class Tally:
    """What was measured over all layouts."""

    layouts: list[tuple[Format, Layout]] = field(default_factory=list)
    seconds: list[float] = field(default_factory=list)
    iou: list[float] = field(default_factory=list)
    refused: Counter[str] = field(default_factory=Counter)
    adapted: int = 0
    few: int = 0

    def add(self, other: Tally) -> None:
        for name, value in vars(other).items():
            setattr(self, name, getattr(self, name) + value)

    def as_json(self) -> Json:
        return vars(self) | {"layouts": [layout.model_dump(mode="json") for _, layout in self.layouts]}

    @classmethod
    def from_json(cls, data: Json) -> Tally:
        layouts = [Layout.model_validate(one) for one in data["layouts"]]
        placed = [(layout.format, layout) for layout in layouts]
        return cls(**data | {"layouts": placed, "refused": Counter(data["refused"])})


def measure(briefs: int, formats: Sequence[Format] = FORMATS, start: int = 0) -> Tally:
    """Solve briefs number `start` and on, so many of them, on every format."""
    tally = Tally()
    warm = brief_case(0)
    solve(elements_of(warm, formats[0]), formats[0], seed=0)
    for n in range(start, start + briefs):
        case = brief_case(n)
        for fmt in formats:
            _one(tally, case, fmt)
    return tally


def _one(tally: Tally, case: BriefCase, fmt: Format) -> None:
    begun = time.process_time()
    try:
        found = solve(
            elements_of(case, fmt),
            fmt,
            seed=case.seed * 7919 + fmt.width * 31 + fmt.height,
            k=K,
            shout=case.shout,
            taste={"panel": float(case.panel)},
        )
    except CopyDoesNotFit:
        tally.refused[fmt.name] += 1
        return
    tally.seconds.append(time.process_time() - begun)
    tally.layouts.append((fmt, found[0]))
    tally.adapted += bool(found[0].dropped or found[0].shortened)
    tally.few += len(found) < K
    pairs = [(a, b) for i, a in enumerate(found) for b in found[i + 1 :]]
    if pairs:
        tally.iou.append(statistics.fmean(matched(a, b) for a, b in pairs))


def matched(a: Layout, b: Layout) -> float:
    """Mean IoU of the same elements in two layouts; an element that one lacks counts 0."""
    ours, theirs = ({i.id: i.box for i in one.items} for one in (a, b))
    ids = ours.keys() | theirs.keys()
    return sum(ours[i].iou(theirs[i]) for i in ids if i in ours and i in theirs) / len(ids)


def kind_of(role: str) -> Kind:
    return role if role in ("logo", "underlay", "subject") else "text"  # type: ignore[return-value]


def signature(fmt: Format, layout: Layout) -> tuple[object, ...]:
    """Arrangement of a layout: format and, for each role, the cell of a 12×12 grid its centre is in."""
    cells = (
        (i.role, int(i.box.center[0] * GRID / fmt.width), int(i.box.center[1] * GRID / fmt.height))
        for i in layout.items
    )
    return (fmt.name, *sorted(cells))


def items_of(layout: Layout) -> list[Item]:
    return [Item(kind_of(i.role), i.box) for i in layout.items]


def uti_of(fmt: Format, layout: Layout) -> float:
    """Utility with the subject's box as its exact mask (`own`), on a grid of at most 240 cells a side."""
    from generation.layout.metrics import covered, element_mask, utility

    k = 240 / max(fmt.width, fmt.height)
    small = Canvas(fmt.width * k, fmt.height * k)
    items = [Item(i.kind, i.box.scaled(k)) for i in items_of(layout)]
    subject = covered(small, [i.box for i in items if i.kind == "subject"]).astype(float)
    return utility(subject, element_mask(small, items))


def in_order(layout: Layout) -> bool:
    """Whether type sizes fall from headline to subline and call to action to legal lines."""
    sizes = {
        role: [i.fit.style.size for i in layout.all(role) if i.fit] for role in ("headline", "subline", "cta", "legal")
    }
    middle = sizes["subline"] + sizes["cta"]
    head, legal = sizes["headline"], sizes["legal"]
    return all(h > m for h in head for m in middle + legal) and all(m > x for m in middle for x in legal)


def overflows(fmt: Format, layout: Layout) -> bool:
    return any(
        i.box.x0 < -0.01 or i.box.y0 < -0.01 or i.box.x1 > fmt.width + 0.01 or i.box.y1 > fmt.height + 0.01
        for i in layout.items
    )


def summary(tally: Tally) -> dict[str, float]:
    """Every measured figure by name."""
    scores = {"ove": [], "ali": [], "und_s": [], "val": []}  # type: dict[str, list[float]]
    for fmt, layout in tally.layouts:
        one = evaluate(Canvas(fmt.width, fmt.height), [items_of(layout)], "strict")
        for name, values in scores.items():
            value = one.as_json()[name]
            if value is not None:
                values.append(value)
    posters = [(f, x) for f, x in tally.layouts if not is_strip(f)]
    heads = [h.fit.style.size >= 0.09 * f.short for f, x in posters if (h := x.first("headline")) and h.fit]
    signatures = Counter(signature(f, x) for f, x in tally.layouts)
    per_format = Counter(f.name for f, _ in tally.layouts)
    count = len(tally.layouts)
    heroes = [s.box.area / (f.width * f.height) for f, x in posters if f.aspect <= 1.01 and (s := x.first("subject"))]
    utis = [uti_of(f, x) for f, x in tally.layouts]
    return {
        "layouts": count,
        "refused": sum(tally.refused.values()),
        "adapted": tally.adapted,
        "fewer_than_k": tally.few,
        "underlay": statistics.fmean(x.first("underlay") is not None for _, x in tally.layouts),
        "subject": statistics.fmean(x.first("subject") is not None for _, x in tally.layouts),
        "ove": statistics.fmean(scores["ove"]),
        "und_s": statistics.fmean(scores["und_s"]),
        "val": statistics.fmean(scores["val"]),
        "ali": statistics.fmean(scores["ali"]),
        "overflow": sum(overflows(f, x) for f, x in tally.layouts),
        "order": statistics.fmean(in_order(x) for _, x in tally.layouts),
        "headline": statistics.fmean(heads),
        "uti": statistics.fmean(utis),
        "uti_in_range": statistics.fmean(0.103 <= u <= 0.364 for u in utis),
        "hero": statistics.fmean(h >= 0.25 for h in heroes) if heroes else 1.0,
        "signature": max(signatures.values()) / count,
        "signature_in_format": max(n / per_format[str(s[0])] for s, n in signatures.items()),
        "iou": statistics.fmean(tally.iou),
        "seconds": statistics.median(tally.seconds),
    }


@dataclass(frozen=True)
class Goal:
    name: str
    what: str
    met: Callable[[float], bool]
    limit: str


GOALS = (
    Goal("ove", "Ove", lambda v: v <= 0.0012, "≤ 0.0012"),
    Goal("und_s", "Und_s", lambda v: v >= 0.99, "≥ 0.99"),
    Goal("val", "Val", lambda v: v == 1.0, "= 1"),
    Goal("ali", "Ali", lambda v: v <= 0.0027, "≤ 0.0027"),
    Goal("overflow", "layouts that overflow", lambda v: v == 0, "0"),
    Goal("order", "order of sizes kept", lambda v: v == 1.0, "= 1"),
    Goal("headline", "headline ≥ 0.09 s in posters", lambda v: v >= 0.95, "≥ 0.95"),
    Goal("uti", "Uti (own)", lambda v: 0.103 <= v <= 0.364, "0.103–0.364"),
    Goal("uti_in_range", "single layouts in that range", lambda v: v >= 0.8, "≥ 0.80"),
    Goal("signature", "most frequent arrangement", lambda v: v <= 0.03, "≤ 0.03"),
    Goal("iou", "matched IoU of K = 8", lambda v: v <= 0.6, "≤ 0.6"),
    Goal("seconds", "whole search, median s, one core", lambda v: v <= 0.15, "≤ 0.15"),
    Goal("underlay", "with underlay", lambda v: v >= 0.3, "≥ 0.30"),
    Goal("subject", "with subject", lambda v: v >= 0.5, "≥ 0.50"),
)


def table(figures: dict[str, float]) -> str:
    rows = [f"profile strict, saliency own, {figures['layouts']:.0f} layouts"]
    for goal in GOALS:
        value = figures[goal.name]
        rows.append(f"{goal.what:<34}{value:>10.5f}  {goal.limit:<12} {'met' if goal.met(value) else 'MISSED'}")
    others = ("refused", "adapted", "fewer_than_k", "hero", "signature_in_format")
    rows += [f"{name:<34}{figures[name]:>10.5f}" for name in others]
    return "\n".join(rows)


def merged(paths: Sequence[Path]) -> Tally:
    """The parts that `--save` wrote, as one."""
    tally = Tally()
    for path in paths:
        tally.add(Tally.from_json(json.loads(path.read_text(encoding="utf-8"))))
    return tally


def main() -> int:
    parser = argparse.ArgumentParser(description="Measure the layout search against its goals.")
    parser.add_argument("--quick", action="store_true", help="40 briefs instead of 400")
    parser.add_argument("--briefs", type=int)
    parser.add_argument("--from", type=int, default=0, dest="start", help="number of the first brief")
    parser.add_argument("--save", type=Path, help="keep what was measured in this file for --merge, and print nothing")
    parser.add_argument("--merge", type=Path, nargs="+", help="measure nothing; put these files together")
    parser.add_argument("--json", action="store_true", help="end with one line of JSON")
    options = parser.parse_args()
    briefs = options.briefs or (40 if options.quick else 400)
    tally = merged(options.merge) if options.merge else measure(briefs, start=options.start)
    if options.save:
        options.save.write_text(json.dumps(tally.as_json()), encoding="utf-8")
        return 0
    figures = summary(tally)
    print(table(figures))
    if tally.refused:
        print("refused, by format:", dict(tally.refused))
    if options.json:
        print(json.dumps(figures))
    return 0 if all(goal.met(figures[goal.name]) for goal in GOALS) else 1


if __name__ == "__main__":
    sys.exit(main())
