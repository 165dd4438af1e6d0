"""The creative plan: what to say, what to show and in which colours, with a reason for each decision."""

from __future__ import annotations

from typing import Literal

from brand_styles.manners import Mood as Mood
from generation.scenes.graph import SceneGraph
from generation.types import CopyLine, Frozen, Reason, ScenePalette

Lock = Literal["layout", "scene", "copy", "palette"]
Way = Literal["reroll", "like"]
LOCKS: tuple[Lock, ...] = ("layout", "scene", "copy", "palette")
LIKE: tuple[Lock, ...] = ("copy", "palette")  # what "more like this" holds as a whole


class ConceptUse(Frozen):
    """A concept of the lexicon that the brief calls for, and which of its visual elements the renderer has.

    `drawn`: object kinds used; `lacking`: elements the renderer cannot draw, named so that nobody is surprised.
    """

    id: str  # C117
    slug: str  # members-day
    matched: str  # the brief's words that called it
    drawn: tuple[str, ...] = ()
    lacking: tuple[str, ...] = ()


class Origin(Frozen):
    """Which variant this one was made from, and what of it was held. `turn` counts, from 1, how often that variant was made anew."""

    way: Way
    variant: int
    kept: tuple[Lock, ...]
    turn: int = 1


class Pin(Frozen):
    """One version of what was learnt from reviews, as it was in use when a variant was planned: what draws it later is this and no newer.

    kind, number: its name in the review room. file: in the file storage, its content's hash beside it. base: hash of the weights an
    adapter was trained on. scale: how strongly an adapter is worn.
    """

    kind: str
    number: int
    file: str
    sha256: str
    base: str = ""
    scale: float = 1.0


class CreativePlan(Frozen):
    """One variant of one brief: the same for all its formats. `planned_by`: "rules" or the language model's name.

    `layout_base`, `picture_base`: what layouts and pictures are seeded from, where that is another variant's (None: seed and variant).
    `layout_rank`: which of the layouts found is taken, best first. `learners`: what was learnt and had a part, one of a kind at most.
    """

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
    origin: Origin | None = None
    layout_base: int | None = None
    picture_base: int | None = None
    layout_rank: int = 0
    learners: tuple[Pin, ...] = ()

    def pin(self, kind: str) -> Pin | None:
        return next((pin for pin in self.learners if pin.kind == kind), None)

    @property
    def layouts_from(self) -> int:
        """What the layouts of this plan are seeded from."""
        return self._own if self.layout_base is None else self.layout_base

    @property
    def pictures_from(self) -> int:
        """What the pictures of this plan are seeded from."""
        return self._own if self.picture_base is None else self.picture_base

    @property
    def _own(self) -> int:
        return self.seed * 1_000_003 + self.variant * 7919
