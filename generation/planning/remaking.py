"""A plan made anew from another one: what a person locks is held as it is, the rest is drawn again.

    layout   the boxes           scene     the graph and the picture's seed
    copy     every line          palette   the nine colours

A reroll draws what is not locked from elsewhere; "more like this" keeps copy, palette, hero, set and composition, and varies the
company, the poses and the layout within them. The same parent, brief and origin give the same plan.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import permutations
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from brand_styles.colors import difference
from brand_styles.manners import rising_colour
from brand_styles.style import BrandStyle
from brand_styles.words import Words
from generation.errors import PermanentError
from generation.planning import casting, lettering
from generation.planning.brief import Brief
from generation.planning.concepts import by_name, find
from generation.planning.draft import Draft
from generation.planning.drawables import kind_slugs
from generation.planning.headlines import phrases
from generation.planning.looks import LOOKS
from generation.planning.occasions import occasion_named
from generation.planning.palettes import palette_for
from generation.planning.plan import LOCKS, CreativePlan, Lock, Origin
from generation.planning.planner import around_product, schemes_of
from generation.planning.prior import ScenePrior, drawn_seeds
from generation.planning.product import hue_of
from generation.planning.prompts import prompt_for
from generation.planning.schemes import Scheme
from generation.planning.wishes import wishes_in
from generation.preflight.copy import check_copy
from generation.scenes.graph import SceneGraph
from generation.types import CopyLine, Reason, ScenePalette

LOCK_NAMES: dict[Lock, Words] = {
    "layout": Words(en="layout", zh="版式"),
    "scene": Words(en="scene", zh="场景"),
    "copy": Words(en="copy", zh="文案"),
    "palette": Words(en="palette", zh="配色"),
}
STRIDE, TRIES = 15_485_863, 16  # between seeds, and how many are tried for a scene that is set otherwise
APART = 8.0  # ΔE2000 between two palettes in at least one of the colours that carry the picture
CARRYING = ("ground", "subject", "second", "accent")


@dataclass(frozen=True)
class _Anew:
    """What the parts of a new plan are drawn from."""

    parent: CreativePlan
    draft: Draft
    origin: Origin
    product: NDArray[np.uint8] | None
    prior: ScenePrior | None

    def holds(self, lock: Lock) -> bool:
        return lock in self.origin.kept


def remake(
    parent: CreativePlan,
    brief: Brief,
    brand: BrandStyle,
    *,
    variant: int,
    origin: Origin,
    product: NDArray[np.uint8] | None = None,
    prior: ScenePrior | None = None,
) -> CreativePlan:
    """The plan of a variant made from `parent` as `origin` says. PermanentError where what is to change has no other choice.

    product: an uploaded cut-out, uint8 RGBA, as the parent had it. prior: what reviewers like to see staged, for a stage that isn't held.
    """
    work = _Anew(parent, _draft(parent, brief, brand), origin, product, prior)
    palette = parent.palette if work.holds("palette") else _other_palette(work)
    scene = parent.scene if work.holds("scene") else _other_scene(work, palette, variant)
    scene = scene.model_copy(update={"palette": palette})
    like = origin.way == "like"
    return parent.model_copy(
        update={
            "variant": variant,
            "seed": scene.seed,
            "palette": palette,
            "scene": scene,
            "copy_lines": parent.copy_lines if work.holds("copy") else _other_copy(work),
            "treatment": _treatment(work, palette, scene.seed, variant),
            "prompt": prompt_for(scene, palette, parent.mood),
            "reasons": (*parent.reasons, _reason(origin)),
            "origin": origin,
            "layout_base": parent.layouts_from if like or work.holds("layout") else None,
            "picture_base": parent.pictures_from if work.holds("scene") else None,
            "layout_rank": origin.turn - 1 if like else 0,
        }
    )


def _draft(parent: CreativePlan, brief: Brief, brand: BrandStyle) -> Draft:
    draft = Draft(brief, brand, parent.market, parent.industry)
    draft.matches = find(draft.text, brand.glossary)
    draft.wishes = wishes_in(draft.wanted_text)
    draft.occasion = occasion_named(parent.occasion) if parent.occasion else None
    return draft


def _reason(origin: Origin) -> Reason:
    held = [LOCK_NAMES[lock] for lock in LOCKS if lock in origin.kept]
    en, zh = ", ".join(w.en for w in held) or "nothing", "、".join(w.zh for w in held) or "无"
    if origin.way == "like":
        why = Words(
            en=f"More like variant {origin.variant}: its hero, set, composition, {en} are kept; company, poses and layout vary.",
            zh=f"与方案 {origin.variant} 相似：保留主体、布景、构图、{zh}；陪衬、姿态与版式有变化。",
        )
    else:
        why = Words(
            en=f"Rerolled from variant {origin.variant}; kept: {en}.", zh=f"由方案 {origin.variant} 重抽；保留：{zh}。"
        )
    return Reason(field="origin", value=f"{origin.way} {origin.turn}", why=why)


def _other_palette(work: _Anew) -> ScenePalette:
    """One of the palettes that brand and brief allow and that looks different from the parent's: each turn the next."""
    others: list[ScenePalette] = []
    for palette in _palettes(work):
        if all(_apart(palette, other) >= APART for other in (work.parent.palette, *others)):
            others.append(palette)
    if not others:
        raise PermanentError(
            "The brand's colours and the brief leave no other palette. Keep the palette and reroll something else.",
            "品牌色与简报要求下没有其他配色可选，请保留配色并重抽其他部分。",
            field="palette",
        )
    return others[(work.origin.turn - 1) % len(others)]


def _palettes(work: _Anew) -> Iterator[ScenePalette]:
    """First the mood's other schemes, then the same ones with their colours in other roles."""
    hue = hue_of(work.product) if work.product is not None else None
    schemes = schemes_of(work.draft, work.parent.mood)
    rule = work.draft.brand.manners.in_mood(work.parent.mood)
    for order in permutations((0, 1, 2)):
        for scheme in schemes:
            colors = (scheme.subject, scheme.second, scheme.accent)
            turned = Scheme(scheme.name, scheme.ground, *(colors[i] for i in order))
            yield palette_for(work.draft.brand, turned, subject_hue=hue, warmth=rule.warmth if rule else "any")


def _apart(one: ScenePalette, other: ScenePalette) -> float:
    return max(difference(getattr(one, role), getattr(other, role)) for role in CARRYING)


def _other_scene(work: _Anew, palette: ScenePalette, variant: int) -> SceneGraph:
    """The parent's hero among others. A reroll takes another set or composition where the mood has one."""
    parent = work.parent.scene
    first = (parent.seed + STRIDE * TRIES * work.origin.turn) % 2**31
    if work.origin.way == "like":
        return _within(parent, _cast(work, palette, first, variant))
    if work.prior is not None:
        return _liked(work, palette, first, variant, work.prior)
    scenes = (_cast(work, palette, (first + STRIDE * k) % 2**31, variant) for k in range(TRIES))
    look = LOOKS[work.parent.mood]
    alone = len(set(look.sets)) == len(set(look.compositions)) == 1
    scene = next(scenes)
    while not alone and (scene.set, scene.composition) == (parent.set, parent.composition):
        scene = next(scenes, None) or _cast(work, palette, first, variant)
    return scene


def _liked(work: _Anew, palette: ScenePalette, first: int, variant: int, prior: ScenePrior) -> SceneGraph:
    """The one that the prior takes of several, all of another set or composition where there are such."""
    parent = work.parent.scene
    scenes = [_cast(work, palette, seed, variant) for seed in drawn_seeds(first)]
    others = [each for each in scenes if (each.set, each.composition) != (parent.set, parent.composition)] or scenes
    return others[prior.chosen(others, first)]


def _within(parent: SceneGraph, scene: SceneGraph) -> SceneGraph:
    """The new company around the parent's hero, in its set, composition and light; the hero only stands a little otherwise."""
    heroes = {o.id: o for o in parent.objects if o.role == "subject"}
    objects = tuple(
        heroes[o.id].model_copy(update={"seed": o.seed}) if o.role == "subject" and o.id in heroes else o
        for o in scene.objects
    )
    held = {"set": parent.set, "composition": parent.composition, "light": parent.light}
    return scene.model_copy(update={"objects": objects, **held})


def _cast(work: _Anew, palette: ScenePalette, seed: int, variant: int) -> SceneGraph:
    parent, draft = work.parent, work.draft
    hero = next((o.kind for o in parent.scene.objects if o.role == "subject"), None)
    wanted = [
        *draft.wishes.kinds,
        *(kind for use in parent.concepts for kind in use.drawn),
        *(draft.occasion.motifs if draft.occasion else ()),
    ]
    known = kind_slugs() - set(draft.refused)
    scene = casting.cast(
        hero=hero,
        wanted=[kind for kind in dict.fromkeys(wanted) if kind in known],
        refused=draft.refused,
        mood=parent.mood,
        palette=palette,
        seed=seed,
        variant=variant,
        product_aspect=parent.scene.product_aspect,
        rising=rising_colour(draft.brand.manners, draft.market),
    ).scene
    return scene if work.product is None else around_product(scene, work.product)[0]


def _treatment(work: _Anew, palette: ScenePalette, seed: int, variant: int) -> str:
    """The parent's lettering, unless it was chosen for another kind of ground."""
    parent, draft = work.parent, work.draft
    if palette.scheme == parent.palette.scheme:
        return parent.treatment
    letters = lettering.lettering_for(draft.brief, parent.mood, palette.scheme, draft.occasion, seed, variant)
    return letters.treatment


def _other_copy(work: _Anew) -> tuple[CopyLine, ...]:
    """The parent's lines with another headline; prices, conditions and legal lines are never reworded by a machine."""
    lines = work.parent.copy_lines
    others = other_headlines(work.parent, work.draft.brand)
    if not others:
        raise PermanentError(
            "There is no other headline to try: the picture has none, or the rules allow none of the phrases. Keep the copy, "
            "or write another headline on the bench.",
            "没有可替换的标题：画面没有标题，或备选均不合规。请保留文案，或在工作台改写标题。",
            field="copy",
        )
    text = others[(work.origin.turn - 1) % len(others)]
    return tuple(
        line.model_copy(update={"text": text, "short_forms": ()}) if line.role == "headline" else line for line in lines
    )


def other_headlines(plan: CreativePlan, brand: BrandStyle) -> tuple[str, ...]:
    """Headlines that may stand in for the plan's, those that need no more room first: its own approved short forms, then phrases
    about its occasion, its concepts and the brand, as far as the rules allow them. Empty without a headline."""
    headline = next((line for line in plan.copy_lines if line.role == "headline"), None)
    if headline is None:
        return ()
    found = [*headline.short_forms]
    for name in _names(plan, brand, headline.language):
        found += phrases(name, headline.language)
    fresh = [text for text in dict.fromkeys(found) if text != headline.text and _is_allowed(plan, brand, text)]
    return tuple(sorted(fresh, key=lambda text: len(text) > len(headline.text)))


def _names(plan: CreativePlan, brand: BrandStyle, language: Literal["zh", "en"]) -> Iterator[str]:
    """What a headline could be about, in one language: the occasion, the concepts, the brand."""
    for slug in (plan.occasion, *(use.slug for use in plan.concepts)):
        concept = by_name(slug) if slug else None
        if concept is not None:
            yield concept.zh if language == "zh" else re.split(r" [/(]", concept.en)[0]
    yield brand.name.in_language(language)


def _is_allowed(plan: CreativePlan, brand: BrandStyle, text: str) -> bool:
    lines = [line.model_copy(update={"text": text}) if line.role == "headline" else line for line in plan.copy_lines]
    headlines = {line.id for line in lines if line.role == "headline"}
    found = check_copy(lines, brand, plan.market, plan.industry, product_type=plan.product_type)
    return not any(finding.severity == "block" and finding.layer in headlines for finding in found)
