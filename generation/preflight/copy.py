"""Rules on the words alone, run before any picture is made: what is forbidden, and what is required and missing."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from brand_styles.editorial import Breach, breaches
from brand_styles.rules.loader import load_for
from brand_styles.rules.text import check_text
from brand_styles.rules.types import RuleHit
from brand_styles.style import BrandStyle
from brand_styles.words import Words
from generation.preflight.names import named
from generation.types import Finding


class Line(Protocol):
    """What is needed of a line of copy: planning's CopyLine has it."""

    @property
    def id(self) -> str: ...
    @property
    def role(self) -> str: ...
    @property
    def text(self) -> str: ...


def check_copy(
    lines: Sequence[Line],
    brand: BrandStyle,
    market: str,
    industry: str,
    *,
    product_type: str = "",
    platforms: tuple[str, ...] = (),
) -> tuple[Finding, ...]:
    """Findings of the rule packs, of the brand's banned words and of its editorial restrictions on the copy, each naming its line.

    A required sentence may stand in any line; when it is missing, it is told once, at the first line that calls for it.
    What an exemption excuses comes back as "info", with the exemption.
    """
    rules = load_for(brand, market, industry, product_type=product_type, platforms=platforms)
    context = "\n".join(line.text for line in lines)
    findings = [_note(note) for note in rules.notes]
    told: set[str] = set()
    for line in lines:
        for hit in check_text(rules, line.text, context=context, banned_words=brand.banned_words):
            if hit.kind == "required" and hit.rule in told:
                continue
            told.add(hit.rule)
            findings.append(_finding(line, hit))
        findings += [_breach(line, each, brand) for each in breaches(brand.manners.editorial, line.text, line.role)]
    return tuple(findings)


def _breach(line: Line, breach: Breach, brand: BrandStyle) -> Finding:
    where = named(line.role)
    return Finding(
        code=f"editorial.{breach.code}",
        severity=brand.manners.editorial.severity,
        layer=line.id,
        measured=breach.said,
        words=Words(en=f"{where.en}: {breach.words.en}", zh=f"{where.zh}：{breach.words.zh}"),
    )


def _finding(line: Line, hit: RuleHit) -> Finding:
    where, instead = named(line.role), _instead(hit)
    return Finding(
        code=f"rule.{hit.rule}",
        severity=hit.severity,
        layer=line.id,
        measured=hit.matched,
        limit=hit.exempted,
        words=Words(en=f"{where.en}: {hit.words.en}{instead.en}", zh=f"{where.zh}：{hit.words.zh}{instead.zh}"),
    )


def _instead(hit: RuleHit) -> Words:
    """What the pack allows in the place of the words, or what is to be added."""
    if not hit.rewrite or hit.severity == "info":
        return Words(en="", zh="")
    if hit.kind == "required":
        return Words(en=f" For example: “{hit.rewrite}”", zh=f"例如：「{hit.rewrite}」")
    return Words(en=f" It may say “{hit.rewrite}”.", zh=f"可改为「{hit.rewrite}」。")


def _note(note: Words) -> Finding:
    return Finding(code="rule.scope", severity="info", words=note)
