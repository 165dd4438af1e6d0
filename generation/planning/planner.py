"""A brief becomes a plan: mood, occasion, colours, stage, lettering and prompt, each with its reason.

Rules and the lexicon do it; a language model, where one is configured, may propose the mood, the occasion, the subject and the
concepts, and everything it says is checked against the same tables. The plan says who planned it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from brand_styles.manners import rising_colour
from brand_styles.style import BrandStyle
from brand_styles.words import Words
from generation.layout.taste import LayoutTaste
from generation.planning import casting, lettering
from generation.planning.brief import Brief, brief_hash
from generation.planning.concepts import ConceptMatch, by_name, find
from generation.planning.copy import copy_lines, main_language
from generation.planning.draft import Draft
from generation.planning.drawables import drawn, kind_slugs
from generation.planning.llm import ChatModel, propose
from generation.planning.moods import MOOD_NAMES, MoodChoice, mood_in, mood_of_adjectives, mood_of_trade
from generation.planning.occasions import OCCASIONS, is_occasion, occasion_in, occasion_named, occasion_on
from generation.planning.palettes import palette_for
from generation.planning.plan import ConceptUse, CreativePlan, Mood
from generation.planning.prior import ScenePrior, drawn_seeds
from generation.planning.product import hue_of
from generation.planning.prompts import negative_prompt_for, prompt_for
from generation.planning.schemes import Scheme, schemes_for
from generation.planning.wishes import wishes_in
from generation.products.light import key_light_of, lit_like
from generation.scenes.graph import SceneGraph
from generation.types import Reason, ScenePalette


def plan(
    brief: Brief,
    brand: BrandStyle,
    *,
    variant: int = 1,
    llm: ChatModel | None = None,
    product: NDArray[np.uint8] | None = None,
    prior: ScenePrior | None = None,
    taste: LayoutTaste | None = None,
) -> CreativePlan:
    """The plan of one variant (counted from 1), the same for all its formats. Same brief, brand, variant, prior and taste: same plan.

    product: an uploaded cut-out, uint8 RGBA, which then is the hero. prior, taste: what reviewers like to see staged and how they like
    type; as the tables have it without.
    """
    draft = Draft(brief, brand, brief.market or brand.market, brief.industry or brand.industry)
    draft.matches = find(draft.text, brand.glossary)
    draft.wishes = wishes_in(draft.wanted_text)
    if llm is not None:
        _ask(draft, llm)
    _occasion(draft)
    mood = _mood(draft)
    seed = _seed(brief, variant)
    wanted, uses = _kinds(draft)
    hero = None if product is not None else _hero(draft, wanted, mood)
    scene = _staged(_Troupe(draft, mood, hero, wanted, variant, product), seed, prior)
    palette = scene.palette
    if product is not None:
        scene, why = around_product(scene, product)
        draft.reasons.append(why)
    draft.say(
        "scene",
        f"{scene.set}, {scene.composition}",
        f"A set that suits a {mood.mood} mood.",
        f"适合{MOOD_NAMES[mood.mood].zh}氛围的场景。",
    )
    lines = copy_lines(brief, brand, draft.market)
    letters = lettering.lettering_for(brief, mood.mood, palette.scheme, draft.occasion, seed, variant, taste)
    return CreativePlan(
        brief_hash=brief_hash(brief),
        variant=variant,
        seed=seed,
        planned_by=draft.planned_by,
        language=main_language(brief),
        market=draft.market,
        industry=draft.industry,
        product_type=brief.product_type or "",
        mood=mood.mood,
        occasion=draft.occasion.slug if draft.occasion else "",
        concepts=uses,
        palette=palette,
        scene=scene,
        copy_lines=tuple(lines.lines),
        shout=letters.shout,
        treatment=letters.treatment,
        prompt=prompt_for(scene, palette, mood.mood),
        negative_prompt=negative_prompt_for(draft.concepts, [word for term in draft.terms for word in term.never]),
        reasons=(*draft.reasons, *letters.reasons, *lines.reasons),
    )


@dataclass(frozen=True)
class _Troupe:
    """What every stage that could be drawn for a variant has in common."""

    draft: Draft
    mood: MoodChoice
    hero: str | None
    wanted: Sequence[str]
    variant: int
    product: NDArray[np.uint8] | None

    def scheme(self, seed: int) -> Scheme:
        schemes = schemes_of(self.draft, self.mood.mood)
        return schemes[((seed % 7) + self.variant - 1) % len(schemes)]

    def palette(self, scheme: Scheme) -> ScenePalette:
        hue = hue_of(self.product) if self.product is not None else None
        rule = self.draft.brand.manners.in_mood(self.mood.mood)
        return palette_for(self.draft.brand, scheme, subject_hue=hue, warmth=rule.warmth if rule else "any")

    def stage(self, seed: int, palette: ScenePalette) -> SceneGraph:
        product, draft = self.product, self.draft
        return casting.cast(
            hero=self.hero,
            wanted=self.wanted,
            refused=draft.refused,
            mood=self.mood.mood,
            palette=palette,
            seed=seed,
            variant=self.variant,
            product_aspect=float(product.shape[1] / product.shape[0]) if product is not None else None,
            rising=rising_colour(draft.brand.manners, draft.market),
        ).scene


def _staged(troupe: _Troupe, seed: int, prior: ScenePrior | None) -> SceneGraph:
    """The stage of the seed; with a prior the one it takes of several."""
    seeds = drawn_seeds(seed) if prior is not None else (seed,)
    schemes = [troupe.scheme(each) for each in seeds]
    palettes = {scheme: troupe.palette(scheme) for scheme in schemes}
    stages = [troupe.stage(each, palettes[scheme]) for each, scheme in zip(seeds, schemes, strict=True)]
    taken = prior.chosen(stages, seed) if prior is not None else 0
    _tell_palette(troupe.draft, troupe.mood, schemes[taken], palettes[schemes[taken]])
    if prior is not None:
        troupe.draft.reasons.append(prior.reason(stages[taken], len(stages)))
    return stages[taken]


def around_product(scene: SceneGraph, product: NDArray[np.uint8]) -> tuple[SceneGraph, Reason]:
    """The scene lit as an uploaded cut-out (uint8 RGBA) was, with the cut-out on the ground; and why."""
    light, why = lit_like(scene.light, key_light_of(product))
    # A photo that hovers looks pasted, and few are taken from as low as the floor.
    grounded = "center" if scene.composition in ("floating", "low") else scene.composition
    return scene.model_copy(update={"light": light, "composition": grounded}), why


def _ask(draft: Draft, llm: ChatModel) -> None:
    """Let a language model read the brief; what it says is used only where the tables know it."""
    answer = propose(llm, draft.text, tuple(OCCASIONS), tuple(sorted(kind_slugs())))
    if answer.proposal is None:
        draft.say("planned_by", "rules", f"{answer.why.en} The rules planned it.", f"{answer.why.zh}改由规则策划。")
        return
    draft.planned_by = llm.name
    draft.say(
        "planned_by", llm.name, f"The language model {llm.name} read the brief.", f"由语言模型 {llm.name} 阅读简报。"
    )
    draft.proposal = answer.proposal
    known = [concept for name in answer.proposal.concepts if (concept := by_name(name)) is not None]
    have = {match.concept.slug for match in draft.matches}
    draft.matches += [ConceptMatch(c, c.slug, len(draft.text)) for c in known if c.slug not in have]


def _seed(brief: Brief, variant: int) -> int:
    """Stable for a brief and variant. A brief's own seed counts from itself; otherwise campaign and brand decide."""
    if brief.seed is not None:
        return (brief.seed + (variant - 1) * 104_729) % 2**31
    name = f"{brief.brand_slug}/{brief.campaign or brief.copy_.headline or brief.prompt or ''}"
    digest = int.from_bytes(hashlib.sha256(name.encode()).digest()[:4], "big")
    return (digest + (variant - 1) * 104_729) % 2**31


def _occasion(draft: Draft) -> None:
    brief = draft.brief
    if brief.occasion:
        draft.occasion = occasion_named(brief.occasion)
        if draft.occasion is None:
            draft.say(
                "occasion",
                brief.occasion,
                "This occasion is not in the lexicon; its words are used as they are.",
                "该场合不在词库中，仅按字面使用。",
            )
        return
    found = occasion_in(draft.matches)
    if found is not None:
        draft.occasion = found[0]
        draft.say("occasion", found[0].slug, f"The brief says “{found[1]}”.", f"简报中提到“{found[1]}”。")
        return
    read = occasion_named(draft.proposal.occasion) if draft.proposal and draft.proposal.occasion else None
    if read is not None:
        draft.occasion = read
        draft.say("occasion", read.slug, "The language model read it in the brief.", "由语言模型从简报中读出。")
        return
    by_date = occasion_on(brief.starts, brief.ends, draft.market)
    if by_date is not None:
        draft.occasion = by_date
        draft.say("occasion", by_date.slug, "The campaign's dates fall on it.", "活动日期正逢此时。")


def _mood(draft: Draft) -> MoodChoice:
    choice = _mood_choice(draft)
    draft.say("mood", choice.mood, choice.why.en, choice.why.zh)
    return choice


def _mood_choice(draft: Draft) -> MoodChoice:
    brief = draft.brief
    if brief.mood is not None:
        return MoodChoice(brief.mood, brief.mood, Words(en="The brief asks for it.", zh="简报指定。"))
    spoken = mood_in(draft.text)
    if spoken is not None:
        return MoodChoice(
            spoken[0], spoken[1], Words(en=f"The brief says “{spoken[1]}”.", zh=f"简报中提到“{spoken[1]}”。")
        )
    if draft.proposal is not None and draft.proposal.mood is not None:
        why = Words(en="The language model read it in the brief.", zh="由语言模型从简报中读出。")
        return MoodChoice(draft.proposal.mood, draft.planned_by, why)
    if draft.occasion is not None:
        why = Words(en=f"It suits the occasion {draft.occasion.slug}.", zh=f"适合场合 {draft.occasion.slug}。")
        return MoodChoice(draft.occasion.mood, draft.occasion.slug, why)
    for concept in draft.concepts:
        mood = mood_of_adjectives(concept.mood)
        if mood is not None:
            return MoodChoice(mood, concept.slug, Words(en=f"It suits {concept.en}.", zh=f"适合“{concept.zh}”。"))
    mood = mood_of_trade(brief.product_type, draft.industry)
    if mood is not None:
        return MoodChoice(mood, draft.industry, Words(en="It is usual in this trade.", zh="符合行业惯例。"))
    return MoodChoice("fresh", "", Words(en="Nothing in the brief says otherwise.", zh="简报未作说明，取默认。"))


def schemes_of(draft: Draft, mood: Mood) -> tuple[Scheme, ...]:
    """The colour schemes of the mood that meet what the brand rules and what the brief says."""
    wishes, rule = draft.wishes, draft.brand.manners.in_mood(mood)
    warmth, look = (rule.warmth, rule.look) if rule else ("any", "any")
    return schemes_for(
        mood,
        warm=warmth == "warm" or (warmth == "any" and draft.occasion is not None and draft.occasion.warm),
        cool=warmth == "cool",
        ground=wishes.ground if look == "any" else look,
        hue=wishes.hue,
        refused_hue=wishes.refused_hue,
        black=wishes.black,
    )


def _tell_palette(draft: Draft, mood: MoodChoice, scheme: Scheme, palette: ScenePalette) -> None:
    warm = draft.occasion is not None and draft.occasion.warm
    rule = draft.brand.manners.in_mood(mood.mood)
    if rule is not None:
        ruled = "/".join(each for each in (rule.warmth, rule.look) if each != "any") or "any"
        draft.say(
            "mood_rule",
            ruled,
            f"The brand's rule for a {mood.mood} mood.",
            f"品牌对{MOOD_NAMES[mood.mood].zh}氛围的规定。",
        )
    why_en = f"A {scheme.name} scheme for a {mood.mood} mood" + (", warm for the occasion" if warm else "")
    why_zh = (
        f"{MOOD_NAMES[mood.mood].zh}氛围的{ {'light': '浅色', 'dark': '深色', 'vivid': '浓色'}[scheme.name] }方案"
        + ("，场合偏暖" if warm else "")
    )
    draft.say(
        "palette",
        f"{palette.ground} {palette.second} {palette.accent}",
        f"{why_en}; from the brand's colours, 60:30:10.",
        f"{why_zh}；取自品牌色，60:30:10。",
    )


def _kinds(draft: Draft) -> tuple[list[str], tuple[ConceptUse, ...]]:
    """The kinds that the brief's words and occasion call for, best first, and what of each concept is lacking."""
    wanted = list(draft.wishes.kinds)
    uses = []
    for match in draft.matches:
        concept = match.concept
        if match.negated:
            draft.say(
                "concepts",
                concept.slug,
                f"The brief does not want “{match.matched}”.",
                f"简报不需要“{match.matched}”。",
            )
            continue
        if _is_other_occasion(draft, match):
            continue
        found = drawn(concept.id)
        own = next((term.show for term in draft.terms if term.concept == concept.slug and term.show), ())
        shown = own or (found.kinds if concept.drawable else ())
        uses.append(
            ConceptUse(id=concept.id, slug=concept.slug, matched=match.matched, drawn=shown, lacking=found.lacking)
        )
        _tell(draft, match, found.lacking, concept.drawable)
        wanted += shown
    wanted += draft.occasion.motifs if draft.occasion else ()
    known = kind_slugs() - set(draft.refused)
    return [kind for kind in dict.fromkeys(wanted) if kind in known], tuple(uses)


def _is_other_occasion(draft: Draft, match: ConceptMatch) -> bool:
    """A word of another occasion than the brief's (团圆 in a New Year brief is not the Mid-Autumn Festival)."""
    other = is_occasion(match.concept) and draft.occasion is not None and match.concept.slug != draft.occasion.slug
    return other and match.concept.slug in OCCASIONS


def _tell(draft: Draft, match: ConceptMatch, lacking: Sequence[str], drawable: bool) -> None:
    concept = match.concept
    wrong = f" Not: {concept.wrong_sense}." if concept.wrong_sense not in ("", "-") else ""
    draft.say(
        "concepts",
        concept.slug,
        f"“{match.matched}” means {concept.en} here.{wrong}",
        f"“{match.matched}”在此指{concept.zh}。",
    )
    if not drawable:
        draft.say(
            "concepts",
            concept.slug,
            f"Nothing is drawn for {concept.en}: {concept.prompt_hint}.",
            f"“{concept.zh}”不作画面呈现。",
        )
    elif lacking:
        draft.say(
            "lacking",
            ", ".join(lacking),
            f"The renderer has no {', no '.join(lacking)}.",
            f"渲染器暂无：{'、'.join(lacking)}。",
        )


def _hero(draft: Draft, wanted: list[str], mood: MoodChoice) -> str:
    asked = draft.brief.subject.concept if draft.brief.subject else None
    if asked is None and draft.proposal is not None and draft.proposal.subject:
        asked = _known_subject(draft.proposal.subject)
    options: tuple[str, ...] = ()
    if asked is not None:
        concept = by_name(asked)
        options = (asked,) if asked in kind_slugs() else drawn(concept.id).kinds if concept else ()
        if not options:
            draft.say(
                "subject",
                asked,
                f"The renderer cannot draw {asked}; something near stands in.",
                f"渲染器无法绘制 {asked}，以相近物件代替。",
            )
    hero = casting.choose_hero(options, wanted, mood.mood, draft.refused)
    why = (
        ("The brief asks for it.", "简报指定。")
        if hero in options
        else ("The brief's words and its mood call for it.", "由简报内容与氛围决定。")
    )
    draft.say("subject", hero, *why)
    return hero


def _known_subject(name: str) -> str | None:
    """A model's word for the hero, if the tables have it."""
    concept = by_name(name)
    return name if name in kind_slugs() else concept.slug if concept is not None else None
