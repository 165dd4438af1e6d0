"""A brand's rules on pictures as its page shows them."""

from __future__ import annotations

from dataclasses import dataclass

from brand_styles.pixel_rules import PixelRule
from brand_styles.rules.pixels import pixel_rules_for
from brand_styles.style import BrandStyle
from generation.preflight.sight.table import SORTS, needed_for


@dataclass(frozen=True)
class PixelGroups:
    """By what they come to: (title, icon, rules). `unseen`: ids that nothing installed looks for."""

    groups: tuple[tuple[str, str, tuple[PixelRule, ...]], ...]
    unseen: frozenset[str]
    version: str


def pixel_groups(style: BrandStyle) -> PixelGroups:
    """The rules that hold in the brand's market and trade; those it switched off are left out."""
    rules = pixel_rules_for(style)
    blocking = tuple(rule for rule in rules.rules if rules.severity_of(rule) == "block")
    warning = tuple(rule for rule in rules.rules if rules.severity_of(rule) == "warn")
    unseen = frozenset(rule.id for rule in rules.rules if not _looked_for(rule))
    groups = (("brand.pixels.block", "ban", blocking), ("brand.pixels.warn", "triangle-alert", warning))
    return PixelGroups(groups, unseen, rules.version)


def _looked_for(rule: PixelRule) -> bool:
    sort = SORTS.get(rule.kind)
    return sort is None or any(each.ready() for each in needed_for(sort))
