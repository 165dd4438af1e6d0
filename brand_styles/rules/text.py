"""Rules on the words: fold, match, excuse, explain.

A text is read twice (folding.py): as it stands, and through what people put between characters or in their place to slip past a filter.
Where no rule finds anything, the learned witness is heard (learned/). Every folded character remembers where it came from, so a hit shows
the text as written.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from brand_styles.rules.folding import Folded, fold, spelt_out
from brand_styles.rules.learned.hearing import heard
from brand_styles.rules.matching import Match, Matcher
from brand_styles.rules.patterns import Utf8, phrases_pattern
from brand_styles.rules.types import Exemption, HitSeverity, Rule, RuleHit, RuleSet
from brand_styles.words import Words

__all__ = ["LONGEST", "Folded", "check_text", "fold"]

LONGEST = 5_000  # characters of one text that are matched; a longer one is refused with a hit of its own


def check_text(
    rules: RuleSet, text: str, *, context: str | None = None, banned_words: Sequence[str] = ()
) -> list[RuleHit]:
    """Every hit of the rules on one text, in its order; then what is required and missing.

    context: the whole copy, where a required sentence may stand (default: `text` itself). banned_words: the brand's own list.
    Excused hits come back too, as "info" with their exemption. A text over 5,000 characters gives one blocking hit.
    """
    if len(text) > LONGEST or len(context or "") > 4 * LONGEST:
        return [_too_long(text)]
    matcher = rules.matcher
    hits: list[RuleHit] = []
    readings = matcher.readings(text)
    copy = matcher.readings(context) if context is not None else readings
    for place, reading in enumerate(readings):
        new = [_told(rules, match, reading, text, disguised=place > 0) for match in matcher.matches(reading, copy)]
        hits += [hit for hit in new if not any(_same(hit, known) for known in hits)]
    if not hits and rules.learned:
        hits += heard(rules, readings[-1], text)
    hits += _banned(text, banned_words)
    hits.sort(key=lambda hit: (hit.start, hit.end, hit.rule))
    return hits + list(_missing(rules, matcher, text, context))


def _same(hit: RuleHit, known: RuleHit) -> bool:
    return hit.rule == known.rule and hit.start < known.end and known.start < hit.end


def _told(rules: RuleSet, match: Match, reading: Folded, text: str, *, disguised: bool) -> RuleHit:
    start, end = reading.written(match.start, match.end)
    severity: HitSeverity = _severity(rules, match.rule)
    if reading.weak & set(range(match.start, match.end)) and severity == "block":
        severity = "warn"
    hit = _hit(rules, match.rule, text[start:end], (start, end), "info" if match.excuse else severity, match.excuse)
    seen = reading.text[match.start : match.end]
    return hit.model_copy(update={"rewrite": rewrite_of(match.rule, seen), "disguised": disguised})


def rewrite_of(rule: Rule, matched: str) -> str | None:
    """What may stand instead of the words matched, after the rule; None where nothing may."""
    folded = matched.casefold()
    for known in sorted(rule.rewrites, key=len, reverse=True):
        if known.casefold() in folded:
            return matched if rule.rewrites[known] == known else _swapped(matched, known, rule.rewrites[known])
    return None


def _swapped(matched: str, known: str, instead: str) -> str:
    at = matched.casefold().find(known.casefold())
    return matched[:at] + instead + matched[at + len(known) :]


def _severity(rules: RuleSet, rule: Rule) -> HitSeverity:
    told = rules.overrides.get(rule.id)
    if told is not None:
        return "info" if told.severity == "off" else told.severity
    if rule.id in rules.assumed:
        return "warn"
    if rules.tags & set(rule.raised):
        return "block"
    if rule.severity == "require":
        return rule.missing
    return rule.severity


def _hit(
    rules: RuleSet, rule: Rule, matched: str, span: tuple[int, int], severity: HitSeverity, excuse: Exemption | None
) -> RuleHit:
    return RuleHit(
        rule=rule.id,
        severity=severity,
        matched=matched,
        start=span[0],
        end=span[1],
        words=_excused_words(rule, matched, excuse) if excuse else _words(rules, rule, matched),
        title=rule.title,
        source=rule.source,
        confidence=rule.confidence,
        exempted=excuse.code if excuse else "BRAND" if severity == "info" else None,
        kind=rule.kind,
        pack=rules.packs.get(rule.id, ""),
        rewrite=rule.adds or None,
    )


def _words(rules: RuleSet, rule: Rule, matched: str) -> Words:
    title, told = rule.title, rules.overrides.get(rule.id)
    start = f"“{matched}”: {title.en[:1].lower()}{title.en[1:]}" if matched else title.en
    also = f"The brand's override: {told.reason}" if told else ""
    return Words(
        en=" ".join(filter(None, (f"{start} ({rule.id}).", rule.why.en, rule.fix.en, also))),
        zh=(f"「{matched}」：" if matched else "")
        + f"{title.zh}（{rule.id}）。{rule.why.zh}{rule.fix.zh}"
        + (f"品牌已调整此规则：{told.reason}" if told else ""),
    )


def _excused_words(rule: Rule, matched: str, excuse: Exemption) -> Words:
    return Words(
        en=f"“{matched}” would fall under {rule.id}, but is excused here: {excuse.meaning.en} ({excuse.basis}). A reviewer may check.",
        zh=f"「{matched}」属 {rule.id} 所列用语，此处按例外处理：{excuse.meaning.zh}（{excuse.basis}），供复核。",
    )


def _missing(rules: RuleSet, matcher: Matcher, text: str, context: str | None) -> Iterator[RuleHit]:
    """Required sentences that the copy lacks though `text` calls for them; each told once a text, at the words that call."""
    reading = fold(text)
    whole = fold(context) if context is not None else reading
    for rule, start, end in matcher.lacking(reading, whole):
        span = reading.written(start, end) if end > start else (0, 0)
        yield _hit(rules, rule, text[slice(*span)], span, _severity(rules, rule), None)


def _banned(text: str, words: Sequence[str]) -> Iterator[RuleHit]:
    wanted = {fold(word).text.strip() for word in words} - {""}
    if not wanted:
        return
    pattern = "|".join(
        r"(?:" + phrases_pattern([each]).replace(r"\b", "") + ")" for each in sorted(wanted, key=len, reverse=True)
    )
    careful = fold(text)
    told: list[tuple[int, int]] = []
    for reading in (careful, spelt_out(careful)):
        for found in Utf8(reading.text).matches(pattern):
            span = reading.written(*found)
            if not any(span[0] < end and start < span[1] for start, end in told):
                told.append(span)
                yield _banned_hit(text, *span)


def _banned_hit(text: str, start: int, end: int) -> RuleHit:
    return RuleHit(
        rule="BRAND-BANNED",
        severity="block",
        matched=text[start:end],
        start=start,
        end=end,
        title=Words(en="A word the brand bans", zh="品牌禁用词"),
        words=Words(
            en=f"“{text[start:end]}” is on the brand's list of banned words. Use another word.",
            zh=f"「{text[start:end]}」在品牌禁用词表中。请换一种说法。",
        ),
        source="style library",
        confidence="brand",
    )


def _too_long(text: str) -> RuleHit:
    return RuleHit(
        rule="TEXT-TOO-LONG",
        severity="block",
        matched=text[:24],
        start=0,
        end=len(text),
        title=Words(en="Too long to check", zh="文字过长，无法检查"),
        words=Words(
            en=f"The text has {len(text):,} characters; the rules are run on {LONGEST:,} at most. Shorten it.",
            zh=f"文字共 {len(text):,} 字，规则最多检查 {LONGEST:,} 字。请缩短。",
        ),
    )
