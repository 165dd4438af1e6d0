"""What shouts, and in which type treatment."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from brand_styles.words import Words
from generation.layout.taste import LayoutTaste
from generation.planning.brief import Brief
from generation.planning.occasions import Occasion
from generation.planning.plan import Mood
from generation.types import Reason

_BY_MOOD: dict[Mood, dict[str, tuple[str, ...]]] = {
    "lively": {"light": ("extruded", "outline", "gradient"), "vivid": ("extruded", "paper_cut", "metal"), "dark": ("metal", "extruded")},
    "elegant": {"light": ("plain", "inset"), "vivid": ("plain",), "dark": ("metal", "plain")},
    "fresh": {"light": ("gradient", "plain", "paper_cut"), "vivid": ("plain", "paper_cut"), "dark": ("gradient", "plain")},
    "luxury": {"light": ("plain", "inset"), "vivid": ("metal",), "dark": ("metal",)},
    "calm": {"light": ("plain",), "vivid": ("plain",), "dark": ("plain",)},
    "playful": {"light": ("outline", "paper_cut", "extruded"), "vivid": ("outline", "paper_cut"), "dark": ("neon", "outline")},
    "tech": {"light": ("gradient", "plain"), "vivid": ("gradient", "neon"), "dark": ("neon", "gradient")},
    "warm": {"light": ("paper_cut", "brush", "plain"), "vivid": ("metal", "paper_cut"), "dark": ("metal", "paper_cut")},
}  # fmt: skip
_BY_OCCASION = {"spring-festival": "metal", "lunar-new-years-eve": "metal", "lantern-festival": "paper_cut"}


@dataclass(frozen=True)
class Lettering:
    shout: Literal["headline", "price"]
    treatment: str
    reasons: tuple[Reason, ...]


def lettering_for(
    brief: Brief,
    mood: Mood,
    scheme: str,
    occasion: Occasion | None,
    seed: int,
    variant: int,
    taste: LayoutTaste | None = None,
) -> Lettering:
    """One line shouts and only that one is treated; the treatment follows mood, scheme, occasion and what reviewers like."""
    shout, shout_why = _shout(brief)
    choices = _BY_MOOD[mood][scheme]
    treatment = choices[(seed // 5 + variant - 1) % len(choices)]
    if taste is not None:
        treatment = taste.treatment(choices, seed)
    if occasion is not None and scheme != "light" and occasion.slug in _BY_OCCASION:
        treatment = _BY_OCCASION[occasion.slug]
    why = Words(en=f"It suits a {mood} mood on a {scheme} ground.", zh="与氛围和底色相配。")
    return Lettering(
        shout,
        treatment,
        (Reason(field="shout", value=shout, why=shout_why), Reason(field="treatment", value=treatment, why=why)),
    )


def _shout(brief: Brief) -> tuple[Literal["headline", "price"], Words]:
    copy = brief.copy_
    if copy.price is None:
        return "headline", Words(en="There is no price.", zh="没有价格。")
    if copy.headline is None and copy.subline is None:
        return "price", Words(en="The price is the message.", zh="价格即信息。")
    said = " ".join(filter(None, (brief.goal, brief.prompt)))
    if re.search(r"低价|价格|特价|立减|满减|抢购|秒杀|半价|price|sale|save|off\b|deal", said, re.IGNORECASE):
        return "price", Words(en="The goal is about the price.", zh="目标以价格为主。")
    return "headline", Words(en="The promise leads and the price proves it.", zh="主张为先，价格为证。")
