"""Which rules apply: packs on disk, routed by market, industry, product and platform."""

from __future__ import annotations

from datetime import date, datetime
from functools import lru_cache
from pathlib import Path
from typing import Protocol

import yaml

from brand_styles.manners import today_of
from brand_styles.own_rules import Override, OwnRule
from brand_styles.rules.constructions import with_constructions
from brand_styles.rules.learned.witness import version
from brand_styles.rules.own import as_rule
from brand_styles.rules.types import Pack, Rule, RuleSet
from brand_styles.style import BrandStyle
from brand_styles.words import Words

PACKS = Path(__file__).with_name("packs")
INDUSTRIES = Path(__file__).with_name("industries.yaml")

MARKET_ALIASES = {
    **dict.fromkeys(("gb", "great_britain", "united_kingdom", "britain", "英国"), "uk"),
    **dict.fromkeys(("china", "zh", "prc", "mainland", "zh-cn", "中国", "中国大陆", "大陆"), "cn"),
    **dict.fromkeys(("usa", "united_states", "america", "美国"), "us"),
    **dict.fromkeys(("europe", "european_union", "eea", "欧盟", "欧洲"), "eu"),
    **dict.fromkeys(("de", "fr", "es", "it", "nl", "ie", "be", "at", "pt", "pl", "se", "dk", "fi"), "eu"),
}


def industry_tag(name: str) -> str | None:
    """The tag for an industry or product type as people write it; None when we don't know it."""
    key = _key(name)
    industries = _industries()
    return next((tag for tag, (_, also) in industries.items() if key == tag or key in also), None)


def _key(name: str) -> str:
    return name.strip().casefold().replace(" ", "_").replace("-", "_")


def industries() -> tuple[str, ...]:
    """The tags of the industries we know, in the table's order."""
    return tuple(_industries())


def is_within(industry: str | None, wide: str) -> bool:
    """Whether an industry, as people write it, is `wide` (a tag) or one of the narrower ones in it."""
    tag = industry_tag(industry or "")
    return tag is not None and wide in (tag, *_wider(tag))


def _wider(tag: str) -> tuple[str, ...]:
    return _industries()[tag][0] if tag in _industries() else ()


@lru_cache(maxsize=1)
def _industries() -> dict[str, tuple[tuple[str, ...], frozenset[str]]]:
    """Each industry's wider ones and its other names."""
    table = yaml.safe_load(INDUSTRIES.read_text("utf-8"))
    return {tag: (tuple(row["within"]), frozenset(row["also"])) for tag, row in table.items()}


@lru_cache(maxsize=1)
def packs() -> tuple[Pack, ...]:
    """All packs on disk, by name. Raises pydantic.ValidationError for one that isn't well formed."""
    found = (Pack.model_validate(yaml.safe_load(p.read_text("utf-8"))) for p in sorted(PACKS.glob("*.yaml")))
    return tuple(map(with_constructions, found))


def market_tag(name: str) -> str:
    """The tag for a market as people write it; the name itself, folded, when we don't know it."""
    key = name.strip().casefold().replace(" ", "_")
    return MARKET_ALIASES.get(key, key)


def markets() -> tuple[str, ...]:
    """The markets that some pack has rules for."""
    return tuple(sorted({market for pack in packs() for rule in pack.rules for market in rule.markets} - {"all"}))


def load(
    market: str,
    industry: str,
    *,
    product_type: str = "",
    platforms: tuple[str, ...] = (),
    own: tuple[OwnRule, ...] = (),
    overrides: tuple[Override, ...] = (),
    on: date | None = None,
) -> RuleSet:
    """The rules for a market and industry; those of narrower kinds are assumed and only warn until a product type is told.

    An unknown industry takes every rule of the market and says so; an unknown market takes none but the platforms'. on: the day whose
    rules are asked for, today unless told. own, overrides: the brand's (own_rules.py).
    """
    return _loaded(
        market_tag(market), industry, product_type, platforms, own, overrides, on or datetime.now().astimezone().date()
    )


def load_for(
    brand: BrandStyle, market: str = "", industry: str = "", *, product_type: str = "", platforms: tuple[str, ...] = ()
) -> RuleSet:
    """The rules on a brand's copy: its market's and industry's, or those told, with its own and what it makes of them, as they
    are on the day that it is where the brand advertises."""
    return load(
        market or brand.market,
        industry or brand.industry,
        product_type=product_type,
        platforms=platforms,
        own=brand.rules,
        overrides=brand.overrides,
        on=today_of(brand.manners, market or brand.market),
    )


@lru_cache(maxsize=64)
def _loaded(
    market: str,
    industry: str,
    product_type: str,
    platforms: tuple[str, ...],
    own: tuple[OwnRule, ...],
    overrides: tuple[Override, ...],
    day: date,
) -> RuleSet:
    tag, product = industry_tag(industry), industry_tag(product_type) if product_type else None
    certain = closure(tag) | closure(product)
    kept: list[Rule] = []
    assumed: set[str] = set()
    every = [rule for pack in packs() for rule in pack.rules] + [as_rule(each, market) for each in own]
    for rule in (rule for rule in every if rule.in_force(day)):
        how = applies(rule, market, platforms, certain, unknown=tag is None, told=product is not None)
        how = how and _for_product(rule, product_type, certain, how)
        if how is not None:
            kept.append(rule)
            if how == "assumed":
                assumed.add(rule.id)
    return RuleSet(
        market=market,
        industry=industry,
        product_type=product_type,
        rules=tuple(kept),
        exemptions=tuple(e for pack in packs() for e in pack.exemptions),
        assumed=frozenset(assumed),
        tags=frozenset(certain),
        notes=tuple(_notes(market, industry, tag, kept)),
        learned=version() if market in markets() else "",
        packs={rule.id: f"{pack.pack} {pack.version}" for pack in packs() for rule in pack.rules},
        overrides={each.rule: each for each in overrides if each.until is None or day <= each.until},
    )


def closure(tag: str | None) -> set[str]:
    """An industry's tag with those of the wider ones that it is part of."""
    return {tag, *_wider(tag)} if tag else set()


class Routed(Protocol):
    """What routing asks of a rule, on the copy or on pixels."""

    @property
    def markets(self) -> tuple[str, ...]: ...
    @property
    def platforms(self) -> tuple[str, ...]: ...
    @property
    def industries(self) -> tuple[str, ...]: ...
    @property
    def not_industries(self) -> tuple[str, ...]: ...


def applies(
    rule: Routed, market: str, platforms: tuple[str, ...], certain: set[str], *, unknown: bool, told: bool
) -> str | None:
    """ "certain", "assumed" or None."""
    if rule.platforms:
        return "certain" if set(rule.platforms) & set(platforms) else None
    if market not in rule.markets or certain & set(rule.not_industries):
        return None
    if "all" in rule.industries:
        return "assumed" if unknown and rule.not_industries else "certain"
    if certain & set(rule.industries):
        return "certain"
    if unknown:
        return "certain" if any(not _wider(industry) for industry in rule.industries) else "assumed"
    narrower = any(certain & set(_wider(industry)) for industry in rule.industries)
    return "assumed" if narrower and not told else None


def _for_product(rule: Rule, product_type: str, certain: set[str], how: str) -> str | None:
    """How a rule applies that is for some products only: as it is for one of them, assumed where nobody told the product."""
    wanted = {name for each in rule.product_types for name in (_key(each), industry_tag(each))}
    if not rule.product_types or wanted & {_key(product_type), *certain}:
        return how
    return None if product_type else "assumed"


def _notes(market: str, industry: str, tag: str | None, kept: list[Rule]) -> list[Words]:
    notes = []
    if tag is None:
        notes.append(
            Words(
                en=f"The industry “{industry}” is not one we know, so every pack of the market was run; rules for a single "
                "kind of product only warn. Known ones: " + ", ".join(sorted(_industries())) + ".",
                zh=f"不认识行业「{industry}」，已运行该市场全部规则包，其中单一产品类型的规则仅作提示。可用行业："
                + "、".join(sorted(_industries()))
                + "。",
            )
        )
    if not any(not rule.platforms for rule in kept):
        notes.append(
            Words(
                en=f"There is no rule pack for the market “{market}”: the copy was checked against the brand's own list only.",
                zh=f"没有市场「{market}」的规则包：文案仅按品牌禁用词检查。",
            )
        )
    return notes
