"""What came of the loop experiment: a table with intervals over seeds, and its plots as SVG."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

from bench.loop_reviewers import REVIEWERS
from bench.loop_run import ALONE, ARMS, ROUNDS

GOAL_SINGLE, GOAL_BEST = 0.70, 0.95
LOST = 0.05  # how much shuffled answers may move the rate, either way
COLORS = {"best": "#B3261E", "single": "#1F4FD8", "random": "#5F6B7A", "shuffled": "#B0A48F"}
WIDE, HIGH, EDGE = 300, 230, 42
Series = list[list[float]]  # by seed, then by round


@dataclass
class Found:
    """runs: what each said, by reviewer, arm and seed; alone: usable rate with one learner, by reviewer, learner and seed."""

    runs: dict[tuple[str, str, int], dict[str, Any]] = field(default_factory=dict)
    alone: dict[tuple[str, str, int], float] = field(default_factory=dict)

    def series(self, name: str, arm: str, what: str) -> Series:
        found = [told for (who, which, _), told in sorted(self.runs.items()) if (who, which) == (name, arm)]
        return [[each.get(what, float("nan")) for each in told["rounds"]] for told in found]


def read(folder: Path, seeds: int) -> Found:
    """What is there."""
    found = Found()
    for reviewer in REVIEWERS:
        for seed in range(1, seeds + 1):
            for arm in (*ARMS, *ALONE):
                path = folder / "runs" / f"{reviewer.name}-{seed}-{arm}.json"
                if not path.exists():
                    continue
                told = json.loads(path.read_text("utf-8"))
                if arm in ALONE:
                    found.alone[reviewer.name, arm, seed] = told["single"]
                else:
                    found.runs[reviewer.name, arm, seed] = told
    return found


def interval(values: list[float]) -> tuple[float, float, float]:
    """Mean and its 95 % interval over seeds (Student's t)."""
    from scipy.stats import t

    mean = float(np.mean(values))
    if len(values) < 2:
        return mean, mean, mean
    half = float(t.ppf(0.975, len(values) - 1) * np.std(values, ddof=1) / np.sqrt(len(values)))
    return mean, mean - half, mean + half


def table(found: Found) -> str:
    """Markdown: usable rate by round for each reviewer and arm, mean and 95 % interval over seeds."""
    head = "| reviewer | arm | seeds | " + " | ".join(f"round {i}" for i in range(ROUNDS + 1)) + " |"
    lines = [head, "| --- | --- | --- |" + " --- |" * (ROUNDS + 1)]
    for reviewer in REVIEWERS:
        for arm, what, says in _ROWS:
            series = found.series(reviewer.name, arm, what)
            if series:
                cells = [_cell([each[i] for each in series]) for i in range(ROUNDS + 1)]
                lines.append(f"| {reviewer.name} | {says} | {len(series)} | " + " | ".join(cells) + " |")
        for which in ALONE:
            values = [v for (who, part, _), v in sorted(found.alone.items()) if (who, part) == (reviewer.name, which)]
            if values:
                blank = " | ".join([""] * ROUNDS)
                lines.append(f"| {reviewer.name} | {which} alone | {len(values)} | {blank} | {_cell(values)} |")
    return "\n".join(lines)


_ROWS = (
    ("chosen", "single", "single"),
    ("chosen", "best", "best of 4"),
    ("random", "single", "single, asked at random"),
    ("random", "best", "best of 4, asked at random"),
    ("shuffled", "single", "single, shuffled answers"),
)


def _cell(values: list[float]) -> str:
    mean, low, high = interval(values)
    if np.isnan(mean):
        return ""
    return f"{mean:.0%} ({max(low, 0):.0%}–{min(high, 1):.0%})"


def met(found: Found) -> bool:
    """Whether every reviewer's goals are met, and shuffled answers taught nothing."""
    good = True
    for reviewer in REVIEWERS:
        single = [each[-1] for each in found.series(reviewer.name, "chosen", "single")]
        best = [each[-1] for each in found.series(reviewer.name, "chosen", "best")]
        moved = [each[-1] - each[0] for each in found.series(reviewer.name, "shuffled", "single")]
        good &= float(np.mean(single)) > GOAL_SINGLE and float(np.mean(best)) > GOAL_BEST
        good &= interval(moved)[1] <= LOST
    return good


def draw(found: Found, folder: Path) -> list[Path]:
    """loop.svg: a panel for each reviewer."""
    path = folder / "loop.svg"
    panels = "".join(_panel(found, reviewer.name, i) for i, reviewer in enumerate(REVIEWERS))
    wide = WIDE * len(REVIEWERS)
    path.write_text(
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {wide} {HIGH + 34}" width="{wide}" height="{HIGH + 34}" '
        f'font-family="system-ui, sans-serif" font-size="11" fill="#333"><rect width="100%" height="100%" fill="#fff"/>'
        f"{panels}{_legend()}</svg>",
        "utf-8",
    )
    return [path]


def _panel(found: Found, name: str, place: int) -> str:
    left = place * WIDE
    parts = [f'<text x="{left + EDGE}" y="16" font-weight="600" font-size="13">{name}</text>']
    for share in (0.0, 0.25, 0.5, 0.75, 1.0):
        y = _y(share)
        parts.append(f'<line x1="{left + EDGE}" x2="{left + WIDE - 12}" y1="{y}" y2="{y}" stroke="#E3E0DA"/>')
        parts.append(f'<text x="{left + EDGE - 6}" y="{y + 4}" text-anchor="end">{share:.0%}</text>')
    parts += [f'<text x="{_x(left, i)}" y="{HIGH - 12}" text-anchor="middle">{i}</text>' for i in range(ROUNDS + 1)]
    for (arm, what), key in zip(_DRAWN, ("shuffled", "random", "single", "best"), strict=True):
        parts.append(_line(found.series(name, arm, what), left, COLORS[key]))
    return "".join(parts)


_DRAWN = (("shuffled", "single"), ("random", "single"), ("chosen", "single"), ("chosen", "best"))


def _line(series: Series, left: int, color: str) -> str:
    if not series:
        return ""
    rounds = [i for i in range(ROUNDS + 1) if not np.isnan(series[0][i])]
    each = [(i, interval([row[i] for row in series])) for i in rounds]
    upper = [f"{_x(left, i)},{_y(min(high, 1.0))}" for i, (_, _, high) in each]
    lower = [f"{_x(left, i)},{_y(max(low, 0.0))}" for i, (_, low, _) in each]
    path = " ".join(f"{_x(left, i)},{_y(mean)}" for i, (mean, _, _) in each)
    dots = "".join(f'<circle cx="{_x(left, i)}" cy="{_y(mean)}" r="3" fill="{color}"/>' for i, (mean, _, _) in each)
    return (
        f'<polygon points="{" ".join([*upper, *reversed(lower)])}" fill="{color}" opacity="0.13"/>'
        f'<polyline points="{path}" fill="none" stroke="{color}" stroke-width="2"/>{dots}'
    )


def _legend() -> str:
    says = {
        "best": "best of 4 by the scorer",
        "single": "single",
        "random": "single, asked at random",
        "shuffled": "single, shuffled answers",
    }
    parts = []
    for i, (key, text) in enumerate(says.items()):
        x = EDGE + i * 210
        parts.append(
            f'<circle cx="{x}" cy="{HIGH + 16}" r="4" fill="{COLORS[key]}"/><text x="{x + 10}" y="{HIGH + 20}">{text}</text>'
        )
    return "".join(parts)


def _x(left: int, number: int) -> float:
    return round(left + EDGE + 12 + (WIDE - EDGE - 36) * number / ROUNDS, 1)


def _y(share: float) -> float:
    return round(HIGH - 30 - (HIGH - 58) * share, 1)
