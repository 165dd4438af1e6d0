"""The learned witness's testimony as a finding: it names the law that the words come nearest to, and warns."""

from __future__ import annotations

from collections.abc import Iterator

from brand_styles.rules.folding import Folded
from brand_styles.rules.learned.witness import Testimony, testimony, topics
from brand_styles.rules.types import HitSeverity, Rule, RuleHit, RuleSet
from brand_styles.words import Words

NAME = "LEARNED"  # as overrides name it


def heard(rules: RuleSet, reading: Folded, text: str) -> Iterator[RuleHit]:
    """One hit where the witness speaks; `reading` is the furthest one of the text."""
    said = testimony(reading.text)
    rule = _nearest(rules, said) if said else None
    if said is None or rule is None:
        return
    start, end = reading.written(said.start, said.end)
    told = rules.overrides.get(NAME)
    severity: HitSeverity = "warn" if told is None else "info" if told.severity == "off" else told.severity
    yield RuleHit(
        rule=NAME,
        severity=severity,
        matched=text[start:end],
        start=start,
        end=end,
        words=_words(rule, text[start:end], said.probability, told.reason if told else ""),
        title=Words(
            en=f"Reads like {rule.title.en[:1].lower()}{rule.title.en[1:]}", zh=f"近似「{rule.title.zh}」的说法"
        ),
        source=rule.source,
        confidence=f"learned {rules.learned}",
        exempted="BRAND" if severity == "info" else None,
        kind="learned",
        pack=f"learned {rules.learned}",
    )


def _nearest(rules: RuleSet, said: Testimony) -> Rule | None:
    """The likeliest topic's rule, of those that apply here."""
    here = {rule.id: rule for rule in rules.rules if rule.kind != "required"}
    return next((here[name] for topic in said.topics for name in topics()[topic] if name in here), None)


def _words(rule: Rule, matched: str, probability: float, reason: str) -> Words:
    percent = min(99, round(100 * probability))
    return Words(
        en=f"“{matched}” reads like {rule.title.en[:1].lower()}{rule.title.en[1:]} ({rule.id}); no rule names these words, "
        f"but lines like this one are forbidden with a likelihood of {percent} %. {rule.why.en} A person decides: keep it "
        "if it can be proved, or say it more plainly." + (f" The brand's override: {reason}" if reason else ""),
        zh=f"「{matched}」近似「{rule.title.zh}」（{rule.id}）的说法：规则未列出这些字词，但同类文案约有 {percent}% 属违规。"
        f"{rule.why.zh}请人工判断：有依据可保留，否则请改为平实说法。"
        + (f"品牌已调整此规则：{reason}" if reason else ""),
    )
