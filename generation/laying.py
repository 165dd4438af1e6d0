"""The layout that a task is made in: what the solver finds, ranked by its energy and by what reviewers like."""

from __future__ import annotations

from typing import TYPE_CHECKING

from generation.planning.plan import CreativePlan
from generation.types import Element, Format, Layout

if TYPE_CHECKING:
    from generation.pipeline import Task

CANDIDATES = 8  # layouts kept per canvas; the first is used, the rest are the wall's "more like this"
HERO_SHARE, HERO_WEIGHT = 0.275, 80.0  # a hero that small in a poster costs this much of a layout's energy


def lay_out(task: Task) -> Layout:
    """The best layout for a task; of one made from another picture the same, or one that differs, as its plan says.

    CopyDoesNotFit where a required line can't be set at its least size.
    """
    plan = task.plan
    if task.base is not None and task.holds("layout"):
        from generation.editing.holding import held_layout

        return held_layout(task.base, plan, task.brand)
    ranked = _ranked(task)
    if task.base is not None:
        there = task.base.layout.boxes
        ranked = [layout for layout in ranked if layout.boxes != there] or ranked
    return ranked[plan.layout_rank % len(ranked)]


def _ranked(task: Task) -> list[Layout]:
    """What was found for the task's canvas, best first: by energy or, with a taste, by what is liked of all that is nearly as good."""
    from generation.layout.scoring import WEIGHTS
    from generation.layout.solver import solve
    from generation.layout.taste import WITHIN, drawn_seeds

    taste, elements = task.taste, elements_of(task)
    seed, weights = layout_seed(task.plan, task.format), WEIGHTS if taste is None else taste.weights
    found = [
        layout
        for each in ((seed,) if taste is None else drawn_seeds(seed))
        for layout in solve(elements, task.format, seed=each, k=CANDIDATES, shout=task.plan.shout, weights=weights)
    ]
    cost = {id(layout): layout.energy + HERO_WEIGHT * lacking_hero(layout) for layout in found}
    if taste is not None:
        least = min(cost.values())
        found = [layout for layout in found if cost[id(layout)] <= least + WITHIN]
        cost = {id(layout): cost[id(layout)] + taste.energy(layout) for layout in found}
    return sorted(found, key=lambda layout: cost[id(layout)])


def lacking_hero(layout: Layout) -> float:
    """How far the subject's share of the canvas stays under HERO_SHARE; 0 where the canvas is long or has no subject."""
    subject, fmt = layout.first("subject"), layout.format
    if subject is None or max(fmt.aspect, 1 / fmt.aspect) > 1.8:
        return 0.0
    return max(HERO_SHARE - subject.box.area / (fmt.width * fmt.height), 0.0)


def elements_of(task: Task) -> tuple[Element, ...]:
    """What the layout has to place for a task."""
    from generation.layout.elements import elements_for
    from generation.scenes.group import box_aspect

    found = elements_for(
        task.plan.copy_lines,
        brand=task.brand,
        fmt=task.format,
        has_subject=task.plan.scene.subject_id is not None or task.product is not None,
        subject_aspect=box_aspect(task.plan.scene),
        market=task.plan.market,
    )
    return tuple(map(_as_shown, task.base.shown_of(found))) if task.base is not None and task.holds("copy") else found


def _as_shown(element: Element) -> Element:
    """An element whose words may neither be shortened nor left out."""
    return element.model_copy(update={"required": True, "short_forms": ()})


def layout_seed(plan: CreativePlan, fmt: Format) -> int:
    """A seed for one canvas of one variant: the same brief lays out the same way, two variants do not."""
    return (plan.layouts_from + fmt.width * 8192 + fmt.height) % 2**31
