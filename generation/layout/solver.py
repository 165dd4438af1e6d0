"""Where everything goes on a canvas: a seeded, template-free search over slicings, ranked by a stated energy."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np

from generation.errors import CopyDoesNotFit
from generation.layout.elements import DROP_ORDER
from generation.layout.kernel import FloatArray, IntArray, random_state
from generation.layout.posing import TIGHT, Posed, Unit, leading_of, placed_items, pose, taste_of, without_panel
from generation.layout.problem import GENES, INTS, T_PANEL, UNITS
from generation.layout.scoring import TERMS, WEIGHTS
from generation.layout.searching import evaluate, matched_iou, search
from generation.types import Element, Format, Layout
from generation.typography.fitting import LineSet

DRAWS = 1500  # random candidates
TRIES, TRY_STEPS = 40, 200  # of them improved a little, by so many changes
STARTS, STEPS = 9, 900  # of those improved a lot
SMALL = 320  # px: on a shorter side than this …
TINY = 64  # px: on a shorter side than this there is no room for a panel's padding
CRAMPED = 8.0  # … a layout of more energy is tried again without the small lines,
WORTH = 1.5  # and they stay out if that gains so much
BROKEN = 12.0  # energy over which everything is tried, whatever has to be dropped or shortened
POOR = 9.0  # energy over which a canvas that isn't tiny is searched a second time, …
AGAIN = 104_729  # … with its seed moved by this
NAMES_ZH = {
    "headline": "主标题",
    "subline": "副标题",
    "price": "价格",
    "cta": "按钮文字",
    "badge": "角标",
    "legal": "法律声明",
    "ai_label": "AI 标识",
}
DIFFERENT = 0.5  # two of the K have at most this matched IoU, as far as the canvas allows


@dataclass(frozen=True)
class Attempt:
    """The elements as one rung of the ladder sets them."""

    elements: tuple[Element, ...]
    tracking: float = 0.0
    dropped: tuple[str, ...] = ()
    shortened: tuple[str, ...] = ()
    compact: bool = False  # the headline may shrink to its minimum


@dataclass(frozen=True)
class Found:
    """An improved candidate with its boxes and terms."""

    energy: float
    D: IntArray
    F: FloatArray
    B: FloatArray
    size: FloatArray
    hang: IntArray
    panel: FloatArray
    terms: FloatArray


def solve(
    elements: Sequence[Element],
    fmt: Format,
    *,
    seed: int,
    k: int = 8,
    shout: Literal["headline", "price"] = "headline",
    taste: Mapping[str, float] | None = None,
    weights: FloatArray = WEIGHTS,
) -> list[Layout]:
    """Up to k different layouts, best first. The same elements, format and seed give the same layouts.

    `taste` overrides what the seed leans to (names: posing.taste_of), `weights` the energy's (order:
    scoring.TERMS). When the copy is too long it is set tighter, then
    without what may be dropped, then in approved short forms; a cramped small banner loses its subline and long legal
    wording too. Each is noted in the layout.
    Raises CopyDoesNotFit when required copy doesn't fit even so.
    """
    wanted = taste_of(seed, fmt, dict(taste or {}))
    if fmt.short < TINY:
        wanted = without_panel(wanted)
    best: list[Layout] = []
    last: Posed | None = None
    for attempt in ladder(tuple(elements)):
        if best and not (_gentle(attempt, elements) or (best[0].energy > BROKEN and not attempt.compact)):
            break
        for leaning in (wanted, without_panel(wanted)) if wanted[T_PANEL] > 0 else (wanted,):
            last = pose(
                attempt.elements, fmt, shout=shout, taste=leaning, tracking=attempt.tracking, compact=attempt.compact
            )
            fitting = [] if hopeless(last) else find_fitting(last, seed, weights)
            if fitting and (not best or fitting[0].energy < best[0].energy - WORTH):
                best = [layout_of(last, f, attempt, weights) for f in most_different(last, fitting, k)]
            if fitting:
                break
        if best and (fmt.short > SMALL or best[0].energy < CRAMPED):
            break
    if best:
        return best
    assert last is not None  # noqa: S101 - the ladder has at least one rung
    raise too_long(last)


def _gentle(attempt: Attempt, elements: Sequence[Element]) -> bool:
    """Whether an attempt only leaves out or shortens small lines: what may be done so that a small banner isn't cramped."""
    roles = {e.id: e.role for e in elements}
    touched = {roles[id] for id in (*attempt.dropped, *attempt.shortened)}
    return touched <= {"badge", "subline", "legal"} and not attempt.compact


def ladder(elements: tuple[Element, ...]) -> Iterator[Attempt]:
    """What is tried in turn when space is short: tighter, without the optional, shorter, smaller."""
    yield Attempt(elements)
    attempt = Attempt(elements, tracking=TIGHT)
    yield attempt
    for role in DROP_ORDER:
        gone = tuple(e.id for e in attempt.elements if e.role == role and not e.required)
        if gone:
            kept = tuple(e for e in attempt.elements if e.id not in gone)
            attempt = replace(attempt, elements=kept, dropped=(*attempt.dropped, *gone))
            yield attempt
    while shorter := _shortened(attempt):
        attempt = shorter
        yield attempt
    yield replace(attempt, compact=True)


def _shortened(attempt: Attempt) -> Attempt | None:
    """The longest line that has an approved shorter form, in that form."""
    longest = max((e for e in attempt.elements if e.short_forms), key=lambda e: len(e.text), default=None)
    if longest is None:
        return None
    shorter = longest.model_copy(update={"text": longest.short_forms[0], "short_forms": longest.short_forms[1:]})
    elements = tuple(shorter if e.id == longest.id else e for e in attempt.elements)
    names = dict.fromkeys((*attempt.shortened, longest.id))
    return _said_once(replace(attempt, elements=elements, shortened=tuple(names)), shorter)


def _said_once(attempt: Attempt, line: Element) -> Attempt:
    """Without a legal line whose words now stand in another one."""
    twins = [e for e in attempt.elements if e.role == line.role == "legal" and e.text == line.text and e.id != line.id]
    if not twins:
        return attempt
    kept = tuple(e for e in attempt.elements if e.id != line.id)
    shortened = tuple(id for id in attempt.shortened if id != line.id)
    return replace(attempt, elements=kept, dropped=(*attempt.dropped, line.id), shortened=shortened)


def find(posed: Posed, seed: int, weights: FloatArray = WEIGHTS) -> list[Found]:
    """Search one problem; what was found, best first."""
    state = random_state(seed)
    found_D, found_F = np.zeros((STARTS, INTS), dtype=np.int64), np.zeros((STARTS, GENES))
    energies = search(
        posed.problem, weights, state, DRAWS, TRIES, TRY_STEPS, found_D, found_F, STEPS, np.zeros(len(TERMS))
    )
    order = np.argsort(energies, kind="stable")
    return [_found(posed, found_D[i], found_F[i], weights) for i in order if np.isfinite(energies[i])]


def find_fitting(posed: Posed, seed: int, weights: FloatArray = WEIGHTS) -> list[Found]:
    """What fits, best first. A poster whose best is poor is searched a second time, from elsewhere."""
    fitting = [f for f in find(posed, seed, weights) if fits(f)]
    if posed.fmt.short >= TINY and (not fitting or fitting[0].energy > POOR):
        fitting += [f for f in find(posed, seed + AGAIN, weights) if fits(f)]
    return sorted(fitting, key=lambda f: f.energy)


def _found(posed: Posed, D: IntArray, F: FloatArray, weights: FloatArray) -> Found:
    B, size, panel = np.zeros((UNITS, 4)), np.zeros(UNITS), np.zeros(4)
    hang, terms = np.zeros(UNITS, dtype=np.int64), np.zeros(len(TERMS))
    energy = evaluate(posed.problem, D, F, weights, B, size, hang, panel, np.inf, terms)
    return Found(energy, D, F, B, size, hang, panel, terms)


def hopeless(posed: Posed) -> bool:
    """Whether a line is wider than the safe area, or all lines together larger, even at their least sizes."""
    p = posed.problem
    margin = 0.1 * p.short
    inner, area = p.width - margin, (p.width - margin) * (p.height - margin)
    for unit in posed.units:
        for element, sets in _with_sets(unit):
            px = element.minimum_px
            if min(s.width_em for s in sets) * px > inner:
                return True
            area -= min(s.width_em * s.height_em(leading_of(element)) for s in sets) * px * px
    return area < 0


def fits(found: Found) -> bool:
    """Nothing overflows, overlaps or almost touches."""
    term = dict(zip(TERMS, found.terms, strict=True))
    return bool(term["overflow"] < 1e-3 and term["overlap"] < 1e-6 and term["crowding"] < 0.05)


def most_different(posed: Posed, found: Sequence[Found], k: int) -> list[Found]:
    """At most k candidates, best first, each as different from those before it as the canvas allows."""
    n = len(posed.units)
    for limit in (DIFFERENT, 0.65, 0.8, 1.1):
        chosen: list[Found] = []
        for one in found:
            if len(chosen) < k and all(matched_iou(n, one.B, other.B) <= limit for other in chosen):
                chosen.append(one)
        if len(chosen) == min(k, len(found)):
            break
    return chosen


def layout_of(posed: Posed, found: Found, attempt: Attempt, weights: FloatArray = WEIGHTS) -> Layout:
    """The candidate as the value that the later stages read."""
    weighted = {name: round(float(w * t), 6) for name, w, t in zip(TERMS, weights, found.terms, strict=True)}
    return Layout(
        format=posed.fmt,
        items=placed_items(posed, found.D, found.F, found.B, found.size, found.hang, found.panel),
        energy=round(found.energy, 6),
        terms=weighted,
        dropped=attempt.dropped,
        shortened=attempt.shortened,
    )


def too_long(posed: Posed) -> CopyDoesNotFit:
    """Which line is to blame, in which format, by how many pixels."""
    p, fmt = posed.problem, posed.fmt
    inner = p.width - 2 * max(0.05 * p.short, p.low[6] * p.short)
    worst, excess = None, -1e9
    for unit in posed.units:
        for element, sets in _with_sets(unit):
            over = min(s.width_em for s in sets) * element.minimum_px - inner
            if unit.role != "ai_label" and over > excess:
                worst, excess = element, over
    assert worst is not None  # noqa: S101 - pictures alone always fit
    if excess <= 0:
        worst, excess = _bulkiest(posed)
    size, shown = f"{worst.minimum_px:.0f}", worst.text if len(worst.text) <= 30 else f"{worst.text[:29]}…"
    return CopyDoesNotFit(
        f"The {worst.role} “{shown}” does not fit {fmt.name}: at its least size of {size} px it is {excess:.0f} px too wide. "
        f"Shorten it, approve a short form, or leave this format out.",
        f"{fmt.name} 放不下{NAMES_ZH[worst.role]}“{shown}”：最小字号 {size} px 时仍宽出 {excess:.0f} px。"
        f"请改短、批准一个短句，或去掉该尺寸。",
        role=worst.role,
        format=fmt.name,
        excess_px=round(excess, 1),
        minimum_px=worst.minimum_px,
    )


def _bulkiest(posed: Posed) -> tuple[Element, float]:
    """The line with the most ink at its least size, and how much narrower the whole copy would have to be, in that line's pixels.

    No line is too wide by itself; together they need more area than three quarters of the canvas gives.
    """
    p = posed.problem
    areas: list[tuple[float, Element, float]] = []
    for unit in posed.units:
        for element, sets in _with_sets(unit):
            width, px = sets[0].width_em * element.minimum_px, element.minimum_px
            areas.append((width * px * 1.5, element, width))
    total = sum(a for a, _, _ in areas)
    area, element, width = max(areas, key=lambda a: a[0])
    spare = total - 0.5 * p.width * p.height
    return element, max(width * min(max(spare / area, 0.05), 1.0), 1.0)


def _with_sets(unit: Unit) -> list[tuple[Element, tuple[LineSet, ...]]]:
    return [(e, s) for e, s in zip(unit.elements, unit.sets, strict=True) if s]


def warm_up() -> None:
    """Compile the search, if this machine hasn't yet: half a minute once, then nothing. Any later call is fast."""
    fmt = Format(width=100, height=100)
    find(
        pose(
            [Element(id="subject", role="subject"), Element(id="logo", role="logo", aspect=1.0)],
            fmt,
            shout="headline",
            taste=taste_of(0, fmt, {}),
        ),
        0,
    )
