"""From elements to one Problem of arrays, and from a candidate's boxes back to a Layout."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import cos, floor, radians, sin

import numpy as np

from generation.layout.elements import MOST_LINES, WIDE
from generation.layout.geometry import Rect
from generation.layout.kernel import FloatArray, IntArray
from generation.layout.ordering import felt_genes, reading_table
from generation.layout.problem import (
    G_MARGIN,
    G_MEASURE,
    GENES,
    HEADLINE,
    I_LINES,
    LINES,
    PRICE,
    ROLE_CODES,
    T_PANEL,
    TASTES,
    Problem,
    empty_tables,
)
from generation.layout.sizing import legal_flow
from generation.types import Align, Element, Format, Placed, TextFit, TypeStyle
from generation.typography.fitting import LineSet, line_sets, price_box_em
from generation.typography.price import even_below

READING = ("logo", "badge", "headline", "subline", "price", "cta", "subject", "ai_label", "legal")
ALIGNS: tuple[Align, ...] = ("left", "center", "right")
LEADING = {
    ("headline", "zh"): 1.22,
    ("headline", "en"): 1.08,
    ("subline", "zh"): 1.45,
    ("subline", "en"): 1.25,
    ("legal", "zh"): 1.5,
    ("legal", "en"): 1.35,
}
COMPACT_LEADING, COMPACT_LEGAL_GAP = 1.2, 0.28  # of small print where nothing else fits
LEGAL_GAP = 0.6  # em between two legal lines
STRIP = 3.0  # beyond this ratio elements stand in one row or column
TIGHT = -0.02  # em of tracking of display type when space is short; small type keeps its own
TIGHTENED = ("headline", "subline")


@dataclass(frozen=True)
class Unit:
    """What is placed as one: an element, or all legal lines together."""

    role: str
    elements: tuple[Element, ...]
    sets: tuple[tuple[LineSet, ...], ...] = ()  # by element, by line count

    @property
    def first(self) -> Element:
        return self.elements[0]


@dataclass(frozen=True)
class Posed:
    """A problem with the units its arrays speak of, and the tracking its type was measured at."""

    problem: Problem
    units: tuple[Unit, ...]
    tracking: float
    fmt: Format
    compact: bool = False


def leading_of(element: Element, compact: bool = False) -> float:
    if compact and element.role == "legal":
        return COMPACT_LEADING
    return LEADING.get((element.role, element.language), 1.2)


def _sets(element: Element, tracking: float) -> tuple[LineSet, ...]:
    if not element.text:
        return ()
    if element.role == "price":
        return tuple(_price_set(element, even) for even in (False, True))
    return line_sets(
        element.text,
        language=element.language,
        face=element.face,
        weight=element.weight,
        max_lines=MOST_LINES.get(element.role, 1),
        tracking=tracking if element.role in TIGHTENED else 0.0,
    )


def _price_set(element: Element, even: bool) -> LineSet:
    wide, high = price_box_em(element.text, element.language, element.face, element.weight, even=even)
    return LineSet(
        lines=(element.text,), widths_em=(wide,), width_em=wide, cap_em=high, ink_top_em=0, ink_bottom_em=high
    )


def units_of(elements: Sequence[Element], tracking: float) -> tuple[Unit, ...]:
    """Units in reading order; all legal lines are one."""
    units = []
    for role in READING:
        found = [e for e in elements if e.role == role]
        groups = [tuple(found)] if role == "legal" and found else [(e,) for e in found]
        units += [Unit(role, group, tuple(_sets(e, tracking) for e in group)) for group in groups]
    return tuple(units)


def _fill(
    wide: FloatArray,
    high: FloatArray,
    rows: IntArray,
    row: int,
    element: Element,
    sets: Sequence[LineSet],
    compact: bool,
) -> int:
    """Write the ink sizes and line counts of one element's line sets; how many there are. Columns past the last repeat it."""
    for k in range(LINES):
        one = sets[min(k, len(sets) - 1)]
        rows[row, k] = len(one.lines)
        wide[row, k] = one.width_em
        high[row, k] = one.cap_em + (len(one.lines) - 1) * leading_of(element, compact)
    return min(len(sets), LINES)


def _between(low: float, top: float, t: float) -> float:
    return low + (top - low) * t


def bounds(fmt: Format, shout: str, *, compact: bool = False) -> tuple[FloatArray, FloatArray]:
    """Ranges of the continuous genes on a canvas: poster craft's, moved towards its leaderboard values as it gets longer.

    `compact`: the headline may shrink to its minimum and the gaps to what still parts two things.
    """
    wide = min(max((fmt.aspect - WIDE) / 2.8, 0.0), 1.0)
    tall = min(max((1 / fmt.aspect - WIDE) / 1.5, 0.0), 1.0)
    head = (_between(0.092, 0.24, wide), _between(0.165, 0.46, wide) + 0.08 * tall)
    price = (1.35, 2.1 - 0.6 * wide) if shout == "price" else (_between(0.8, 0.72, wide), _between(1.15, 0.95, wide))
    upright = min(max((0.8 - fmt.aspect) / 0.2, 0.0), 1.0) * (1.0 - wide) * (1.0 - tall)
    small = min(max((320 - fmt.short) / 160, 0.0), 1.0) * 0.03
    ranges = [
        (0.0 if compact else head[0] + 0.008 * upright, head[1]),
        (_between(0.36, 0.42, wide), _between(0.48, 0.62, wide)),
        price,
        (_between(0.05, 0.22, wide) + small + 0.02 * tall, _between(0.085, 0.32, wide) + small + 0.04 * tall),
        (
            0.022 + 0.01 * wide if compact else _between(0.028, 0.07, wide) + 0.006 * upright,
            _between(0.055, 0.12, wide),
        ),
        (1.0 if compact else 2.0, 3.4),
        (0.052 if compact else _between(0.052, 0.08, wide), _between(0.08, 0.13, wide)),
        (0.018, 0.024),
        (0.3, 0.45),
        (0.0, 1.0),
        (0.0, 1.0),
        (_between(0.45, 0.2, wide), 1.0),
        (0.0, 0.85),
        (0.034, 0.055),
    ]
    low, top = np.array(ranges, dtype=np.float64).T.copy()
    assert low.shape == (GENES,)  # noqa: S101 - a gene without a range would be read past the end
    return low, top


def pose(
    elements: Sequence[Element],
    fmt: Format,
    *,
    shout: str,
    taste: FloatArray,
    tracking: float = 0.0,
    compact: bool = False,
) -> Posed:
    """The arrays of one problem."""
    units = units_of(elements, tracking)
    n = len(units)
    wide, high, rows = empty_tables(n)
    legal = next((u for u in units if u.role == "legal"), None)
    m = len(legal.elements) if legal else 0
    legal_wide, legal_high, legal_rows = empty_tables(m)
    legal_options = np.zeros(m, dtype=np.int64)
    options = np.zeros(n, dtype=np.int64)
    for i, unit in enumerate(units):
        if unit.role == "legal":
            for j, element in enumerate(unit.elements):
                legal_options[j] = _fill(legal_wide, legal_high, legal_rows, j, element, unit.sets[j], compact)
        elif unit.sets and unit.sets[0]:
            options[i] = _fill(wide, high, rows, i, unit.first, unit.sets[0], compact)
            if unit.role == "price":
                options[i] = 1  # its size decides which of the two
    low, top = bounds(fmt, shout, compact=compact)
    strip = max(fmt.aspect, 1 / fmt.aspect) > STRIP
    roles = [ROLE_CODES[u.role] for u in units]
    shouting = PRICE if shout == "price" else HEADLINE
    problem = Problem(
        float(fmt.width),
        float(fmt.height),
        float(fmt.short),
        int(strip),
        shouting,
        np.array(roles, dtype=np.int64),
        options,
        wide,
        high,
        rows,
        np.array([max(e.minimum_px for e in u.elements) for u in units]),
        np.array([u.first.aspect or 0.0 for u in units]),
        np.array([u.first.clear_space for u in units]),
        price_even_below(units),
        COMPACT_LEGAL_GAP if compact else LEGAL_GAP,
        legal_wide,
        legal_high,
        legal_rows,
        legal_options,
        low,
        top,
        least_share(fmt),
        taste,
        reading_table(roles, strip=strip, shout=shouting),
        felt_genes(roles),
    )
    return Posed(problem, units, tracking, fmt, compact)


def price_even_below(units: Sequence[Unit]) -> float:
    return next((even_below(u.first.text, u.first.language) for u in units if u.role == "price"), 0.0)


def least_share(fmt: Format) -> float:
    """Least area of the subject, share of the canvas: a quarter in posters, less as the canvas gets long."""
    longer = max(fmt.aspect, 1 / fmt.aspect)
    if longer <= 1.8:
        return 0.255
    if longer <= WIDE:
        return 0.2
    return 0.5 / longer


def taste_of(seed: int, fmt: Format, given: dict[str, float]) -> FloatArray:
    """What a seed leans to; `given` overrides by name: angle (degrees from headline to subject, 0 right, 90 down), drive,
    axis (0, 1, 2, -1 none), panel (0, 1), scale (0 … 1), logo_x, logo_y, label_x, label_y (0 … 1)."""
    rng = np.random.default_rng([seed, 77])
    tall = fmt.aspect < 1.3
    angle = rng.normal(90.0, 40.0) if tall else rng.normal(0.0, 30.0) + (180.0 if rng.random() < 0.25 else 0.0)
    upright = fmt.aspect < 0.8
    if tall and rng.random() < 0.08 and not upright:
        angle += 180.0
    drawn = {
        "angle": angle,
        "drive": rng.uniform(0.3, 0.9),
        "axis": float(rng.choice([0, 0, 1])),
        "panel": float(rng.random() < 0.25),
        "scale": rng.uniform(0.4, 0.95) if upright else rng.uniform(0.15, 0.85),
        "logo_x": float(rng.choice([0.0, 0.0, 0.0, 1.0])),
        "logo_y": float(rng.choice([0.0, 0.0, 0.0, 1.0])),
        "label_x": float(rng.choice([0.0, 1.0, 1.0])),
        "label_y": float(rng.choice([0.0, 1.0, 1.0])),
    }
    known = drawn | {k: v for k, v in given.items() if k in drawn}
    turn = radians(known.pop("angle"))
    values = [cos(turn), sin(turn), *known.values()]
    assert len(values) == TASTES  # noqa: S101
    return np.array(values, dtype=np.float64)


def placed_items(
    posed: Posed, D: IntArray, F: FloatArray, B: FloatArray, size: FloatArray, hang: IntArray, panel: FloatArray
) -> tuple[Placed, ...]:
    """A candidate's units as placed elements in reading order, the panel first."""
    items: list[Placed] = []
    for u, unit in enumerate(posed.units):
        box = Rect(*(round(float(v), 3) for v in B[u]))
        align = ALIGNS[int(hang[u])]
        if unit.role in ("logo", "subject"):
            items.append(Placed(id=unit.first.id, role=unit.first.role, box=box))
        elif unit.role == "legal":
            items += _legal_items(posed, unit, F, box, float(size[u]), align)
        else:
            k = min(int(D[I_LINES + u]), len(unit.sets[0]) - 1) if unit.role not in ("cta", "badge", "price") else 0
            plate = unit.role in ("cta", "badge")
            fit = _fit(posed, unit.first, unit.sets[0][k], float(size[u]), "center" if plate else align)
            items.append(Placed(id=unit.first.id, role=unit.first.role, box=box, fit=fit))
    return (*_panel_items(items, panel, posed.fmt), *items)


def _fit(posed: Posed, element: Element, chosen: LineSet, size: float, align: Align) -> TextFit:
    style = TypeStyle(
        face=element.face,
        weight=element.weight,
        # a price rounded up might no longer be one that is set in one size
        size=floor(size * 1000) / 1000 if element.role == "price" else round(size, 3),
        leading=leading_of(element, posed.compact),
        tracking=posed.tracking if element.role in TIGHTENED else 0.0,
    )
    return TextFit(lines=chosen.lines, style=style, align=align)


def _legal_items(posed: Posed, unit: Unit, F: FloatArray, box: Rect, size: float, align: Align) -> list[Placed]:
    p = posed.problem
    place = np.zeros((len(unit.elements), 3))
    legal_flow(p, F[G_MEASURE] * (p.width - 2 * F[G_MARGIN] * p.short) / size, place)
    rows = [int(k) for k in place[:, 0]]
    ends = place[:, 1] + [p.legal_wide[j, k] for j, k in enumerate(rows)]
    items = []
    for j, element in enumerate(unit.elements):
        w, h = float(p.legal_wide[j, rows[j]]) * size, float(p.legal_high[j, rows[j]]) * size
        row_wide = float(ends[place[:, 2] == place[j, 2]].max()) * size
        x = box.x0 + float(place[j, 1]) * size + (box.width - row_wide) * ALIGNS.index(align) / 2
        top = box.y0 + float(place[j, 2]) * size
        items.append(
            Placed(
                id=element.id,
                role="legal",
                box=Rect(round(x, 3), round(top, 3), round(x + w, 3), round(top + h, 3)),
                fit=_fit(posed, element, unit.sets[j][rows[j]], size, align),
            )
        )
    return items


def _panel_items(items: Sequence[Placed], panel: FloatArray, fmt: Format) -> list[Placed]:
    if panel[2] <= 0:
        return []
    box = Rect(*(round(float(v), 3) for v in panel)).clamped(fmt.width, fmt.height)
    backed = " ".join(i.id for i in items if i.role != "subject" and box.contains(i.box, 0.01))
    return [Placed(id="underlay-1", role="underlay", box=box, anchor=backed)]


def without_panel(taste: FloatArray) -> FloatArray:
    """The same taste that wants no panel."""
    changed = taste.copy()
    changed[T_PANEL] = 0.0
    return changed
