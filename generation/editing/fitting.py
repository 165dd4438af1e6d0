"""Copy fitted while it is typed: the layout solver's verdict on each format of a brief, before anything is made."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator, Sequence
from typing import Literal

from brand_styles.style import BrandStyle
from brand_styles.words import Words
from generation.errors import CopyDoesNotFit
from generation.laying import elements_of, layout_seed
from generation.layout.solver import NAMES_ZH, solve
from generation.pipeline import Task
from generation.planning.brief import Brief
from generation.planning.plan import CreativePlan
from generation.planning.planner import plan as plan_brief
from generation.types import Element, Format, Frozen, Layout

BUDGET = 3.0  # seconds of this thread's processor time after which no more remedies are tried
NAMES_EN = {"cta": "button", "legal": "legal line"}  # where the role's own name isn't a word that people use
TRIES = 3  # shortenings tried for a line that breaks

YIELDING = ("legal", "price", "cta")  # tried without, where the person wrote it

Status = Literal["fits", "tight", "breaks"]


class Fit(Frozen):
    """One format's verdict. `role`: the line to blame; `characters`: the length that was tried and fits, 0 where none was found."""

    format: str
    status: Status
    role: str = ""
    excess_px: float = 0.0
    minimum_px: float = 0.0
    characters: int = 0
    words: Words | None = None


def fit(brief: Brief, brand: BrandStyle, name: str, budget: float = BUDGET) -> Fit:
    """The solver's verdict on one of the brief's formats, "728x90": with the first variant's plan and the seed it will be made with.

    ValueError where the brief has no such format. An uploaded picture is not known here; a drawn subject stands in for it.
    """
    fmt = next((each for each in brief.canvases if each.name == name), None)
    if fmt is None:
        raise ValueError(f"the brief has no format {name}")
    plan = plan_brief(brief, brand)
    elements = elements_of(Task(plan, fmt, brand))
    try:
        return _fitting(fmt, elements, _first(plan, elements, fmt))
    except CopyDoesNotFit as problem:
        until = time.thread_time() + budget
        return _broken(plan, fmt, elements, problem, until, [r for r in YIELDING if getattr(brief.copy_, r)])


def _first(plan: CreativePlan, elements: tuple[Element, ...], fmt: Format) -> Layout:
    return solve(elements, fmt, seed=layout_seed(plan, fmt), k=1, shout=plan.shout)[0]


def _fitting(fmt: Format, elements: tuple[Element, ...], layout: Layout) -> Fit:
    """Everything is set; what had to go or be shortened for it is told."""
    roles = {element.id: element.role for element in elements}
    gone = [roles[id] for id in layout.dropped if roles[id] in NAMES_ZH]
    short = [roles[id] for id in layout.shortened]
    if not gone and not short:
        return Fit(format=fmt.name, status="fits")
    return Fit(format=fmt.name, status="tight", role=(*gone, *short)[0], words=_tight(fmt, gone, short))


def _tight(fmt: Format, gone: Sequence[str], short: Sequence[str]) -> Words:
    en, zh = [], []
    if gone:
        en.append(f"there is no room for the {' and the '.join(gone)}, left out here")
        zh.append(f"放不下{'、'.join(NAMES_ZH[role] for role in gone)}，此尺寸将省略")
    if short:
        en.append(f"the {' and the '.join(dict.fromkeys(short))} is set in its short form")
        zh.append(f"{'、'.join(NAMES_ZH[role] for role in dict.fromkeys(short))}将用短句")
    return Words(en=f"{_name(fmt)}: {'; '.join(en)}.", zh=f"{_name(fmt)}：{'；'.join(zh)}。")


def _broken(
    plan: CreativePlan,
    fmt: Format,
    elements: tuple[Element, ...],
    problem: CopyDoesNotFit,
    until: float,
    roles: Sequence[str],
) -> Fit:
    """What to do about a line that breaks: a length that was tried and fits, or another line without which everything does."""
    blamed = max((e for e in elements if e.role == problem.role), key=lambda e: len(e.text))
    fewer = next((n for n in _lengths(blamed, problem) if _fits_with(plan, fmt, elements, blamed, n, until)), 0)
    other = None if fewer else _in_the_way(plan, fmt, elements, blamed, until, roles)
    return Fit(
        format=fmt.name,
        status="breaks",
        role=problem.role,
        excess_px=problem.excess_px,
        minimum_px=problem.minimum_px,
        characters=fewer,
        words=_advice(fmt, problem, fewer, other),
    )


def _lengths(element: Element, problem: CopyDoesNotFit) -> Iterator[int]:
    """Lengths worth trying, longest first: first what the missing pixels say, then ever less."""
    per_character = problem.minimum_px * (1.0 if element.language == "zh" else 0.55)
    length = min(len(element.text) - int(problem.excess_px / per_character), len(element.text) - 1)
    for _ in range(TRIES):
        if length < 2:
            return
        yield length
        length = int(length * 0.72)


def _fits_with(
    plan: CreativePlan, fmt: Format, elements: tuple[Element, ...], blamed: Element, length: int, until: float
) -> bool:
    shorter = blamed.model_copy(update={"text": cut(blamed.text, length), "short_forms": ()})
    return _solvable(plan, fmt, tuple(shorter if e.id == blamed.id else e for e in elements), until)


def _solvable(plan: CreativePlan, fmt: Format, elements: tuple[Element, ...], until: float) -> bool:
    if time.thread_time() > until:
        return False
    try:
        _first(plan, elements, fmt)
    except CopyDoesNotFit:
        return False
    return True


def _in_the_way(
    plan: CreativePlan, fmt: Format, elements: tuple[Element, ...], blamed: Element, until: float, roles: Sequence[str]
) -> str | None:
    """The first of `roles` without which everything fits."""
    for role in roles:
        rest = tuple(e for e in elements if e.role != role)
        if role != blamed.role and len(rest) < len(elements) and _solvable(plan, fmt, rest, until):
            return role
    return None


def _advice(fmt: Format, problem: CopyDoesNotFit, fewer: int, other: str | None) -> Words:
    size, over = f"{problem.minimum_px:.0f}", f"{max(problem.excess_px, 1):.0f}"
    en = f"{_name(fmt)}: the {NAMES_EN.get(problem.role, problem.role)} needs {over} px more at {size} px. "
    zh = f"{_name(fmt)}：{NAMES_ZH[problem.role]}在 {size} px 字号下还差 {over} px。"
    if fewer:
        return Words(en=f"{en}Shorten it to {fewer} characters.", zh=f"{zh}请缩短到 {fewer} 个字符。")
    if other:
        return Words(
            en=f"{en}It fits without the {NAMES_EN.get(other, other)}: shorten or drop that.",
            zh=f"{zh}去掉{NAMES_ZH[other]}即可放下，请缩短或删去它。",
        )
    return Words(en=f"{en}Shorten the copy, or leave this format out.", zh=f"{zh}请缩短文案，或去掉该尺寸。")


def _name(fmt: Format) -> str:
    return f"{fmt.width}×{fmt.height}"


def cut(text: str, length: int) -> str:
    """The first `length` characters, at a word's end where one is near."""
    kept = text[:length]
    if length < len(text) and re.match(r"[A-Za-z]", text[length]):
        kept = kept.rsplit(" ", 1)[0] if " " in kept[length // 2 :] else kept
    return kept.rstrip(" ,，、;；:：") or kept
