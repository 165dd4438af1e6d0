"""The table of bench_gpu.py, in Markdown."""

from __future__ import annotations

import statistics
from typing import Any

BRIEF_GOAL = 15.0  # seconds for ten checked pictures

Cell = dict[str, Any]


def table(told: dict[str, Any]) -> str:
    """What was measured, in Markdown."""
    cells: dict[str, Cell] = told["cells"]
    lines = [
        f"Device: {told['device']}; {told['dtype']}, {told['steps']} steps, with ControlNet.",
        "",
        "| model | what | plain loop, pictures/s | ours | gain | ours compiled | gain | warm-up, s | GiB plain / ours |",
        "| --- | --- | --- | --- | --- | --- | --- | --- | --- |",
    ]
    for slug in told["models"]:
        for kind, what in (("variants", "1 brief × 10 formats × 4 variants"), ("mixed", "mixed sizes, one of each")):
            lines.append(_speed_row(cells, slug, kind, what))
    lines += ["", "| model | row | figure |", "| --- | --- | --- |"]
    for name, cell in cells.items():
        slug, row = name.split("/", 1)
        if row.split("/")[0] in ("equal", "attention", "cache", "brief"):
            lines.append(f"| {slug} | {row} | {_figure(row, cell)} |")
    return "\n".join(lines)


def _speed_row(cells: dict[str, Cell], slug: str, kind: str, what: str) -> str:
    ways = {
        way: [c for n, c in cells.items() if n.startswith(f"{slug}/{kind}/{way}/")]
        for way in ("plain", "ours", "compiled")
    }
    speed = {
        w: sum(c["pictures"] for c in cs) / sum(c["seconds"] for c in cs) if cs else None for w, cs in ways.items()
    }
    shown = {w: "not yet measured" if s is None else f"{s:.3f}" for w, s in speed.items()}
    gain = {w: f"{s / speed['plain']:.2f}×" if s and speed["plain"] else "–" for w, s in speed.items()}
    warm = statistics.median(c["warm_up"] for c in ways["compiled"]) if ways["compiled"] else None
    memory = " / ".join(f"{max(c['memory'] for c in ways[w]):.1f}" if ways[w] else "–" for w in ("plain", "ours"))
    told = "–" if warm is None else f"{warm:.1f}"
    return (
        f"| {slug} | {what} | {shown['plain']} | {shown['ours']} | {gain['ours']} | {shown['compiled']} | {gain['compiled']} "
        f"| {told} | {memory} |"
    )


def _figure(row: str, cell: Cell) -> str:
    if "note" in cell:
        return str(cell["note"])
    if row == "equal":
        return f"ours against the loop: mean {cell['mean']:.3f}, 99.9 % under {cell['p999']:.1f}, worst {cell['max']:.1f} of 255"
    speed = f"{cell['pictures'] / cell['seconds']:.3f} pictures/s, {cell['memory']:.1f} GiB"
    if "error" in cell:
        return f"{speed}, error {cell['error']:.2f} of 255"
    if "stages" in cell:
        spent = ", ".join(f"{k} {v:.1f}" for k, v in cell["stages"].items())
        return f"{cell['seconds']:.1f} s for {cell['pictures']} checked pictures (goal {BRIEF_GOAL:g}); {spent}"
    return speed
