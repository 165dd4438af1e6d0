"""The creative plan: what to say, what to show and in which colours, with a reason for each decision."""

from __future__ import annotations

from typing import Literal

from generation.scenes.graph import SceneGraph
from generation.types import CopyLine, Frozen, Reason, ScenePalette

Mood = Literal["lively", "elegant", "fresh", "luxury", "calm", "playful", "tech", "warm"]


class ConceptUse(Frozen):
    """A concept of the lexicon that the brief calls for, and which of its visual elements the renderer has.

    `drawn`: object kinds used; `lacking`: elements the renderer cannot draw, named so that nobody is surprised.
    """

    id: str  # C117
    slug: str  # members-day
    matched: str  # the brief's words that called it
    drawn: tuple[str, ...] = ()
    lacking: tuple[str, ...] = ()


class CreativePlan(Frozen):
    """One variant of one brief: the same for all its formats. `planned_by`: "rules" or the language model's name."""

    brief_hash: str
    variant: int
    seed: int
    planned_by: str
    language: Literal["zh", "en"]  # of the headline
    market: str
    industry: str
    product_type: str = ""  # decides which disclosures bind
    mood: Mood
    occasion: str = ""
    concepts: tuple[ConceptUse, ...] = ()
    palette: ScenePalette
    scene: SceneGraph
    copy_lines: tuple[CopyLine, ...]  # reading order: headline, subline, price, cta, badge, legal…, ai_label
    shout: Literal["headline", "price"] = "headline"
    treatment: str = "plain"  # the headline's (or the price's) type treatment
    prompt: str
    negative_prompt: str = ""
    reasons: tuple[Reason, ...] = ()
