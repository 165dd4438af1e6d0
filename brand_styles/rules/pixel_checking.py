"""Whether a brand's rules on pixels can be run, and don't contradict one another, the palette or the packs."""

from __future__ import annotations

from collections.abc import Iterator

from brand_styles.colors import difference
from brand_styles.pixel_rules import PixelRule
from brand_styles.problems import Problem
from brand_styles.rules.loader import packs
from brand_styles.rules.own_checking import routing_problems
from brand_styles.rules.pixels import pixel_packs
from brand_styles.style import BrandStyle
from brand_styles.words import Words

SENTENCES = {
    "looks-for-no-pixels": (
        "The rule looks for nothing. Give it colours, things, a reference picture or a misuse, as its kind asks.",
        "规则没有要查找的内容。请按类型填写颜色、事物、参考图或误用方式。",
    ),
    "least-over-most": (
        "The rule asks for a larger share than it allows. Swap least and most.",
        "规则要求的最小占比大于允许的最大占比。请对调。",
    ),
}


def problems_of_pixel_rules(style: BrandStyle) -> Iterator[Problem]:
    yield from _names(style)
    for place, rule in enumerate(style.pixel_rules):
        field = f"pixel_rules.{place}"
        yield from routing_problems(rule, field)
        yield from _own_colours(style, rule, field)
        yield from _lost_reference(style, rule, field)
    yield from _role_contradictions(style)


def _names(style: BrandStyle) -> Iterator[Problem]:
    taken = {rule.id for pack in packs() for rule in pack.rules}
    taken |= {rule.id for pack in pixel_packs() for rule in pack.rules} | {rule.id for rule in style.rules}
    for place, rule in enumerate(style.pixel_rules):
        if rule.id in taken:
            yield Problem(
                f"pixel_rules.{place}.id",
                Words(
                    en=f"There is a rule {rule.id} already. Give it another name.",
                    zh=f"已有规则 {rule.id}。请换一个名称。",
                ),
            )
        taken.add(rule.id)


def _own_colours(style: BrandStyle, rule: PixelRule, field: str) -> Iterator[Problem]:
    """A banned colour that the palette asks for."""
    if rule.kind != "colour":
        return
    for banned in rule.colours:
        own = next((swatch for swatch in style.palette if difference(banned, swatch.hex) <= rule.tolerance), None)
        if own is not None:
            yield Problem(
                field,
                Words(
                    en=f"The rule {rule.id} bans {banned}, and the palette's {own.hex} is within {rule.tolerance:g} of it. "
                    "Lower the tolerance or change one of them.",
                    zh=f"规则 {rule.id} 禁用 {banned}，而色板中的 {own.hex} 与其色差在 {rule.tolerance:g} 以内。请降低容差或修改其一。",
                ),
            )


def _lost_reference(style: BrandStyle, rule: PixelRule, field: str) -> Iterator[Problem]:
    if rule.reference and rule.reference not in {each.sha256 for each in style.references}:
        yield Problem(
            f"{field}.reference",
            Words(
                en=f"The rule {rule.id} names a reference picture that the style no longer holds. Choose another.",
                zh=f"规则 {rule.id} 所指的参考图已不在风格中。请另选一张。",
            ),
        )


def _role_contradictions(style: BrandStyle) -> Iterator[Problem]:
    """Shares that can't be had together: of several roles more than the whole, of one role more than another rule allows."""
    shares = [(place, rule) for place, rule in enumerate(style.pixel_rules) if rule.kind == "palette" and rule.role]
    for place, rule in shares:
        other = next((each for _, each in shares if each.role == rule.role and each.most < rule.least), None)
        if other is not None:
            yield Problem(
                f"pixel_rules.{place}",
                Words(
                    en=f"The rule {rule.id} asks for at least {rule.least:.0%} and {other.id} allows at most {other.most:.0%} of the same "
                    "colours. Change one of them.",
                    zh=f"规则 {rule.id} 要求同类颜色至少占 {rule.least:.0%}，而 {other.id} 最多允许 {other.most:.0%}。请修改其一。",
                ),
            )
    if (
        sum(max(rule.least for _, rule in shares if rule.role == role) for role in {rule.role for _, rule in shares})
        > 1
    ):
        yield Problem(
            "pixel_rules",
            Words(
                en="The least shares of the palette's roles come to more than the whole picture. Lower one of them.",
                zh="各角色颜色的最小占比之和超过整幅画面。请调低其一。",
            ),
        )
