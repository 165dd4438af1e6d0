"""Which rules apply: packs on disk, routed by market, industry, product and platform."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

import yaml

from brand_styles.rules.types import Pack, Rule, RuleSet
from brand_styles.words import Words

PACKS = Path(__file__).with_name("packs")
INDUSTRIES = Path(__file__).with_name("industries.yaml")

MARKET_ALIASES = {"gb": "uk", "china": "cn", "zh": "cn", "usa": "us"}


def industry_tag(name: str) -> str | None:
    """The tag for an industry or product type as people write it; None when we don't know it."""
    key = name.strip().casefold().replace(" ", "_").replace("-", "_")
    industries = _industries()
    return next((tag for tag, (_, also) in industries.items() if key == tag or key in also), None)


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
    return tuple(Pack.model_validate(yaml.safe_load(p.read_text("utf-8"))) for p in sorted(PACKS.glob("*.yaml")))


@lru_cache(maxsize=64)
def load(market: str, industry: str, *, product_type: str = "", platforms: tuple[str, ...] = ()) -> RuleSet:
    """The rules for a market and industry; those of narrower kinds are assumed and only warn until a product type is told.

    An unknown industry takes every rule of the market, as assumed, and says so; an unknown market takes none but the platforms'.
    """
    market = MARKET_ALIASES.get(market.casefold(), market.casefold())
    tag, product = industry_tag(industry), industry_tag(product_type) if product_type else None
    certain = _closure(tag) | _closure(product)
    kept: list[Rule] = []
    assumed: set[str] = set()
    for rule in (rule for pack in packs() for rule in pack.rules):
        how = _applies(rule, market, platforms, certain, unknown=tag is None, told=product is not None)
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
    )


def _closure(tag: str | None) -> set[str]:
    return {tag, *_wider(tag)} if tag else set()


def _applies(
    rule: Rule, market: str, platforms: tuple[str, ...], certain: set[str], *, unknown: bool, told: bool
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
        return "assumed"
    narrower = any(certain & set(_wider(industry)) for industry in rule.industries)
    return "assumed" if narrower and not told else None


def _notes(market: str, industry: str, tag: str | None, kept: list[Rule]) -> list[Words]:
    notes = []
    if tag is None:
        notes.append(
            Words(
                en=f"The industry “{industry}” is not one we know, so every rule of the market was run; those of a single "
                "industry only warn. Known ones: " + ", ".join(sorted(_industries())) + ".",
                zh=f"不认识行业「{industry}」，已运行该市场全部规则，其中行业专属规则仅作提示。可用行业："
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
