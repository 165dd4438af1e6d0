"""Which rules on pixels apply: the packs' and the brand's own, routed as the rules on copy are."""

from __future__ import annotations

import hashlib
import json
from datetime import date
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Literal

import yaml
from pydantic import Field

from brand_styles.frozen import Frozen
from brand_styles.manners import today_of
from brand_styles.own_rules import Override
from brand_styles.pixel_rules import PixelRule, Unchecked
from brand_styles.rules.loader import applies, closure, industry_tag, market_tag
from brand_styles.style import BrandStyle
from brand_styles.words import Words

PACKS = Path(__file__).with_name("pixel_packs")
THINGS = Path(__file__).with_name("things.yaml")


class PackPixelRule(PixelRule):
    """A rule of a pack: what a designer's has, with where it was read. Nothing is held up for a detector that few have."""

    unchecked: Unchecked = "tell"
    industries: tuple[str, ...] = ("all",)
    platforms: tuple[str, ...] = ()
    not_industries: tuple[str, ...] = ()
    confidence: str = ""


class PixelPack(Frozen):
    """One YAML file of rules on pixels; `version` changes with every change of a rule."""

    pack: str
    version: str
    title: Words
    read: str
    rules: tuple[PackPixelRule, ...]


class Thing(Frozen):
    """Something a rule may name: how findings call it, the kinds of object it is drawn as, what open-vocabulary detectors are asked."""

    names: Words
    drawn_as: tuple[str, ...] = ()
    looks_like: tuple[str, ...] = ()


class PixelRuleSet(Frozen):
    """The rules on pixels for one market and industry. `packs`: rule id to pack and version; `overrides`: to what the brand makes of it.

    `assumed`: ids that apply only if the product is of their kind, which nobody told; they warn instead of blocking. `industry`,
    `product_type`: what they were asked for.
    """

    rules: tuple[PixelRule, ...]
    packs: dict[str, str] = Field(default_factory=dict)
    overrides: dict[str, Override] = Field(default_factory=dict)
    assumed: frozenset[str] = frozenset()
    industry: str = ""
    product_type: str = ""

    @cached_property
    def version(self) -> str:
        """Twelve hex digits that change when any rule does; recipes keep it."""
        data = self.model_dump(mode="json", include={"rules", "overrides"}) | {"assumed": sorted(self.assumed)}
        return hashlib.sha256(json.dumps(data, sort_keys=True, ensure_ascii=False).encode()).hexdigest()[:12]

    def severity_of(self, rule: PixelRule) -> Literal["off", "warn", "block"]:
        """What a find of it comes to, with the brand's override. What is only assumed to apply never blocks of itself."""
        override = self.overrides.get(rule.id)
        if override is not None:
            return override.severity
        return "warn" if rule.id in self.assumed else rule.severity


@lru_cache(maxsize=1)
def pixel_packs() -> tuple[PixelPack, ...]:
    """All packs on disk, by name. Raises pydantic.ValidationError for one that isn't well formed."""
    return tuple(PixelPack.model_validate(yaml.safe_load(p.read_text("utf-8"))) for p in sorted(PACKS.glob("*.yaml")))


@lru_cache(maxsize=1)
def things() -> dict[str, Thing]:
    """The things that rules may name, by name."""
    table = yaml.safe_load(THINGS.read_text("utf-8"))
    return {name: Thing.model_validate(row) for name, row in table.items()}


def thing_named(name: str) -> Thing:
    """The thing of that name; any other words stand for what they say, which only a detector that takes any words can look for."""
    return things().get(name) or Thing(names=Words(en=name, zh=name), looks_like=(name,))


def pixel_rules_for(
    brand: BrandStyle,
    market: str = "",
    industry: str = "",
    *,
    product_type: str = "",
    platforms: tuple[str, ...] = (),
    on: date | None = None,
) -> PixelRuleSet:
    """The rules on a brand's pictures: its market's and industry's, or those told, with its own and what it makes of them. on: the day
    whose rules are asked for, the one it is where the brand advertises unless told."""
    return _loaded(
        market_tag(market or brand.market),
        industry or brand.industry,
        product_type,
        platforms,
        brand.pixel_rules,
        brand.overrides,
        on or today_of(brand.manners, market or brand.market),
    )


@lru_cache(maxsize=64)
def _loaded(
    market: str,
    industry: str,
    product_type: str,
    platforms: tuple[str, ...],
    own: tuple[PixelRule, ...],
    overrides: tuple[Override, ...],
    day: date,
) -> PixelRuleSet:
    tag, product = industry_tag(industry), industry_tag(product_type) if product_type else None
    certain = closure(tag) | closure(product)
    ways = {
        rule: applies(rule, market, platforms, certain, unknown=tag is None, told=product is not None)
        for rule in (*(rule for pack in pixel_packs() for rule in pack.rules), *(_routed(rule, market) for rule in own))
        if rule.in_force(day)
    }
    return PixelRuleSet(
        rules=tuple(rule for rule, way in ways.items() if way),
        packs={rule.id: f"{pack.pack} {pack.version}" for pack in pixel_packs() for rule in pack.rules},
        overrides={each.rule: each for each in overrides if each.until is None or day <= each.until},
        assumed=frozenset(rule.id for rule, way in ways.items() if way == "assumed"),
        industry=industry,
        product_type=product_type,
    )


def _routed(rule: PixelRule, market: str) -> PackPixelRule:
    """A brand's own rule where routing reads it: an empty list is everywhere."""
    told = rule.model_dump() | {"markets": rule.markets or (market,), "industries": rule.industries or ("all",)}
    return PackPixelRule.model_validate(told)
