"""Whether a brand's own rules can be run, and don't contradict themselves, one another or what the brand must say."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Iterator
from datetime import date

from brand_styles.own_rules import OwnRule
from brand_styles.pixel_rules import PixelRule
from brand_styles.problems import Problem
from brand_styles.rules.folding import fold
from brand_styles.rules.learned.hearing import NAME as LEARNED
from brand_styles.rules.loader import industry_tag, market_tag, packs
from brand_styles.rules.matching import Matcher, phrases_of
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
    yield from _never_said(style)
    yield from _always_together(style)


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
    said += [rule.unless_said[0] for rule in style.rules if rule.kind == "required" and len(rule.unless_said) == 1]
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


def _never_said(style: BrandStyle) -> Iterator[Problem]:
    """Words that two rules allow on days of which none is the same."""
    windows = [(place, rule) for place, rule in enumerate(style.rules) if rule.kind == "window"]
    for (_, one), (place, other) in itertools.combinations(windows, 2):
        shared = sorted(set(phrases_of(as_rule(one, "all"))) & set(phrases_of(as_rule(other, "all"))))
        first, last = (
            max(one.since or date.min, other.since or date.min),
            min(one.until or date.max, other.until or date.max),
        )
        if shared and first > last and _same_place(one, other):
            yield Problem(
                f"rules.{place}",
                Words(
                    en=f"{one.id} and {other.id} allow “{shared[0]}” on different days, so never. Keep one of them.",
                    zh=f"{one.id} 与 {other.id} 允许“{shared[0]}”的日期没有重叠，等于永远禁用。请保留一条。",
                ),
            )


def _same_place(one: OwnRule, other: OwnRule) -> bool:
    return all(
        not first or not second or set(first) & set(second)
        for first, second in ((one.markets, other.markets), (one.industries, other.industries))
    )


def _always_together(style: BrandStyle) -> Iterator[Problem]:
    """Words that may not stand together, though the brand asks for both on every picture."""
    always = [*style.required_legal]
    always += [rule.adds for rule in style.rules if rule.kind == "required" and not (rule.phrases or rule.pattern)]
    lines = [fold(line) for line in always if line]
    for place, rule in enumerate(style.rules):
        if rule.kind != "pairing":
            continue
        matcher = Matcher(RuleSet(market="", industry="", rules=(as_rule(rule, "all"),)))
        if any(next(matcher.matches(line), None) for line in lines):
            continue  # one line alone holds both, which is told with that line
        words = [line.text[each.start : each.end] for line in lines for each in matcher.matches(line, lines)]
        if words:
            yield Problem(
                f"rules.{place}",
                Words(
                    en=f"{rule.id} bars “{words[0]}” from standing with words that the brand asks for on every picture. Change one.",
                    zh=f"{rule.id} 不允许“{words[0]}”与其他必备文案同时出现，而品牌要求每张图都带上这些文案。请修改其一。",
                ),
            )
