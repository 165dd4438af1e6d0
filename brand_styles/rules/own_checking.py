"""Whether a brand's own rules can be run, and don't contradict themselves, one another or what the brand must say."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from brand_styles.own_rules import OwnRule
from brand_styles.pixel_rules import PixelRule
from brand_styles.problems import Problem
from brand_styles.rules.learned.hearing import NAME as LEARNED
from brand_styles.rules.loader import industry_tag, market_tag, packs
from brand_styles.rules.matching import Matcher
from brand_styles.rules.own import as_rule
from brand_styles.rules.patterns import PatternProblem, compiled
from brand_styles.rules.pixels import pixel_packs
from brand_styles.rules.types import RuleSet
from brand_styles.style import BrandStyle
from brand_styles.words import Words


def problems_of_rules(style: BrandStyle) -> Iterator[Problem]:
    yield from _names(style)
    for place, rule in enumerate(style.rules):
        field = f"rules.{place}"
        yield from routing_problems(rule, field)
        try:
            compiled(rule.pattern)
        except PatternProblem as problem:
            yield Problem(f"{field}.pattern", problem.words)
    yield from _contradictions(style)


def runs(rule: OwnRule) -> bool:
    """Whether its pattern can be run."""
    try:
        compiled(rule.pattern)
    except PatternProblem:
        return False
    return True


def _names(style: BrandStyle) -> Iterator[Problem]:
    known = {LEARNED, *(rule.id for pack in packs() for rule in pack.rules)}
    for place, rule in enumerate(style.rules):
        if rule.id in known or any(rule.id == other.id for other in style.rules[:place]):
            yield Problem(
                f"rules.{place}.id",
                Words(
                    en=f"There is a rule {rule.id} already. Give it another name.",
                    zh=f"已有规则 {rule.id}。请换一个名称。",
                ),
            )
    for name, count in Counter(each.rule for each in style.overrides).items():
        if count > 1:
            yield Problem(
                "overrides",
                Words(en=f"{name} is overridden twice. Keep one.", zh=f"规则 {name} 被重复调整。请保留一条。"),
            )
    known |= {rule.id for pack in pixel_packs() for rule in pack.rules}
    for place, each in enumerate(style.overrides):
        if each.rule not in known:
            yield Problem(
                f"overrides.{place}.rule",
                Words(
                    en=f"No pack has a rule {each.rule}. Copy its name from the list of rules.",
                    zh=f"规则包中没有 {each.rule}。请从规则列表中复制名称。",
                ),
            )


def routing_problems(rule: OwnRule | PixelRule, field: str) -> Iterator[Problem]:
    """Markets and industries that nobody knows."""
    for market in rule.markets:
        if market != market_tag(market):
            yield Problem(
                f"{field}.markets",
                Words(
                    en=f"Write the market “{market}” as {market_tag(market)}.",
                    zh=f"市场“{market}”请写作 {market_tag(market)}。",
                ),
            )
    for industry in rule.industries:
        if industry != "all" and industry_tag(industry) != industry:
            yield Problem(
                f"{field}.industries",
                Words(
                    en=f"The industry “{industry}” is not one we know. Choose one of the list.",
                    zh=f"不认识行业“{industry}”。请从列表中选择。",
                ),
            )


def _contradictions(style: BrandStyle) -> Iterator[Problem]:
    """What the brand tells people to say, and a rule of its own forbids."""
    places = {rule.id: place for place, rule in enumerate(style.rules) if rule.kind != "required" and runs(rule)}
    rules = tuple(as_rule(style.rules[place], "all") for place in places.values())
    matcher = Matcher(RuleSet(market="", industry="", rules=rules))
    said = [*style.required_legal, *(rule.adds for rule in style.rules)]
    said += [rewrite.say for rule in style.rules for rewrite in rule.rewrites]
    for words in filter(None, dict.fromkeys(said)):
        firing = dict.fromkeys(
            match.rule.id for reading in matcher.readings(words) for match in matcher.matches(reading)
        )
        for name in firing:
            yield Problem(
                f"rules.{places[name]}",
                Words(
                    en=f"The rule {name} forbids “{words}”, which the brand asks for elsewhere. Change one of them.",
                    zh=f"规则 {name} 禁止“{words}”，而品牌在别处要求使用。请修改其一。",
                ),
            )
