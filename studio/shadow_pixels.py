"""Shadow mode for rules on pictures: what small copies of past pictures and their scenes tell, without detectors.

Colours, shares of the palette and near-duplicates are measured on the thumbnail; things on what the recipe says that our renderer
drew. Faces, codes, lettering and nakedness want detectors, which no page runs: those rules are told as not tried.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from django.core.files.storage import default_storage
from PIL import Image

from brand_styles.pixel_rules import PixelRule
from brand_styles.rules.pixels import PixelRuleSet, pixel_rules_for
from brand_styles.style import BrandStyle
from generation.layout.geometry import Rect
from generation.models import Asset
from generation.preflight.ground import Rgb
from generation.preflight.shown import Drawn, Shown, judge
from generation.preflight.sight.table import Seen
from generation.types import Finding

Json = dict[str, Any]
TRIED = ("colour", "palette", "duplicate", "thing")  # kinds that need no detector
Where = tuple[str, str, str]  # market, industry, kind of product


@dataclass(frozen=True)
class Tryout:
    """Two styles whose rules on pictures are tried on past pictures. False where there is nothing between them."""

    now: BrandStyle
    draft: BrandStyle

    def __bool__(self) -> bool:
        return (self.now.pixel_rules, self.now.overrides, self.now.palette) != (
            self.draft.pixel_rules,
            self.draft.overrides,
            self.draft.palette,
        )

    def findings(self, asset: Asset, where: Where) -> tuple[tuple[Finding, ...], tuple[Finding, ...]]:
        """What the draft's rules and today's find on one picture; nothing where it has no small copy any more."""
        rules = [
            _tried(pixel_rules_for(style, where[0], where[1], product_type=where[2]))
            for style in (self.draft, self.now)
        ]
        if not any(each.rules for each in rules):
            return (), ()
        rgb = _small(asset)
        if rgb is None:
            return (), ()
        drawn = _drawn(asset.recipe)
        then, today = (
            tuple(judge(Shown(rgb, style, Seen(), drawn), each)[0])
            for style, each in zip((self.draft, self.now), rules, strict=True)
        )
        return then, today

    def untried(self) -> tuple[PixelRule, ...]:
        """The draft's own rules that want a detector."""
        return tuple(rule for rule in self.draft.pixel_rules if rule.kind not in (*TRIED, "logo"))


def _tried(rules: PixelRuleSet) -> PixelRuleSet:
    """Those that need no detector; that one is missing is no news here."""
    kept = tuple(rule.model_copy(update={"unchecked": "tell"}) for rule in rules.rules if rule.kind in TRIED)
    return rules.model_copy(update={"rules": kept})


def _small(asset: Asset) -> Rgb | None:
    try:
        with default_storage.open(asset.thumbnail) as file, Image.open(file) as image:
            return np.asarray(image.convert("RGB"))
    except (OSError, ValueError):
        return None


def _drawn(recipe: Json) -> Drawn:
    """The objects of the scene; where on the picture they stand the recipe doesn't say."""
    objects = (recipe.get("scene") or {}).get("objects") or []
    return Drawn(tuple((str(each.get("kind", "")), Rect(0, 0, 0, 0)) for each in objects))
