"""Rules on the words: fold, match, excuse, explain.

Copy is folded before matching: width (NFKC), simplified form, zero-width characters and spaces beside Chinese dropped, and the
stand-ins people use to slip past filters (壹 for 一, 蕞 for 最). Every folded character remembers where it came from, so a
hit shows the text as written.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from brand_styles.rules.hanzi import simplified
from brand_styles.rules.types import Exemption, HitSeverity, Rule, RuleHit, RuleSet
from brand_styles.words import Words

LONGEST = 5_000  # characters of one text that are matched; a longer one is refused with a hit of its own

_DISGUISES = {"壹": "一", "蕞": "最", "洅": "再", "⒈": "1", "①": "1"}
_WEAK_DISGUISES = {"嘴": "最"}  # an everyday word too: such a hit only warns
_MARKS = str.maketrans("’‘“”", "''\"\"")
_SENTENCE_END = "。！？；!?;\n"


@dataclass(frozen=True)
class Folded:
    """Text as matched. `origin[i]` is the index in the written text of folded character i; `weak` holds those that were 嘴."""

    text: str
    origin: tuple[int, ...]
    weak: frozenset[int]

    def written(self, start: int, end: int) -> tuple[int, int]:
        """The span of the written text behind a folded span."""
        return self.origin[start], self.origin[end - 1] + 1


@lru_cache(maxsize=512)
def fold(text: str) -> Folded:
    """Fold one text, keeping where each character came from."""
    out: list[str] = []
    origin: list[int] = []
    weak: set[int] = set()
    for index, char in enumerate(text):
        if char in _WEAK_DISGUISES:
            weak.add(len(out))
        for piece in _fold_char(char):
            if piece == " " and (not out or out[-1] == " "):
                continue
            out.append(piece)
            origin.append(index)
    return _drop_spaces(out, origin, weak)


def _fold_char(char: str) -> str:
    if unicodedata.category(char) == "Cf":
        return ""
    if char.isspace():
        return "\n" if char == "\n" else " "
    char = _WEAK_DISGUISES.get(char, _DISGUISES.get(char, char))
    return simplified(unicodedata.normalize("NFKC", char)).translate(_MARKS)


def _drop_spaces(out: list[str], origin: list[int], weak: set[int]) -> Folded:
    """Spaces beside a Chinese character carry nothing: dropped, so that 最 佳 is 最佳."""
    keep = [
        i
        for i, char in enumerate(out)
        if char != " " or not (_is_han(out[i - 1] if i else "") or _is_han(out[i + 1] if i + 1 < len(out) else ""))
    ]
    place = {old: new for new, old in enumerate(keep)}
    return Folded(
        "".join(out[i] for i in keep), tuple(origin[i] for i in keep), frozenset(place[i] for i in weak if i in place)
    )


def _is_han(char: str) -> bool:
    return "一" <= char <= "鿿"


@lru_cache(maxsize=1024)
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)


def check_text(
    rules: RuleSet, text: str, *, context: str | None = None, banned_words: Sequence[str] = ()
) -> list[RuleHit]:
    """Every hit of the rules on one text, in its order; then what is required and missing.

    context: the whole copy, where a required sentence may stand (default: `text` itself). banned_words: the brand's own list.
    Excused hits come back too, as "info" with their exemption. A text over 5,000 characters gives one blocking hit.
    """
    if len(text) > LONGEST or len(context or "") > 4 * LONGEST:
        return [_too_long(text)]
    folded = fold(text)
    hits = [hit for rule in rules.rules if rule.kind == "pattern" for hit in _matches(rules, rule, folded, text)]
    hits += _banned(folded, text, banned_words)
    hits.sort(key=lambda hit: (hit.start, hit.end, hit.rule))
    whole = fold(context).text if context is not None else folded.text
    hits += [
        hit for rule in rules.rules if rule.kind == "required" for hit in _missing(rules, rule, folded, text, whole)
    ]
    return hits


def _matches(rules: RuleSet, rule: Rule, folded: Folded, text: str) -> Iterator[RuleHit]:
    for match in _compiled(rule.pattern).finditer(folded.text):
        if match.end() == match.start():
            continue
        start, end = folded.written(*match.span())
        excuse = _excuse(rules, rule, folded.text, match)
        severity: HitSeverity = _severity(rules, rule)
        if folded.weak & set(range(*match.span())) and severity == "block":
            severity = "warn"
        yield _hit(rule, text[start:end], start, end, "info" if excuse else severity, excuse)


def _severity(rules: RuleSet, rule: Rule) -> HitSeverity:
    if rule.id in rules.assumed:
        return "warn"
    if rules.tags & set(rule.raised):
        return "block"
    if rule.severity == "require":
        return rule.missing
    return rule.severity


def _excuse(rules: RuleSet, rule: Rule, text: str, match: re.Match[str]) -> Exemption | None:
    """The first exemption of the rule that covers this match."""
    if not rule.exempt:
        return None
    start, end = _sentence(text, match.start(), match.end())
    for exemption in rules.exemptions:
        if exemption.code not in rule.exempt:
            continue
        for found in _compiled(exemption.pattern).finditer(text, start, end):
            overlaps = found.start() < match.end() and match.start() < found.end()
            if overlaps or exemption.reach == "sentence":
                return exemption
    return None


def _sentence(text: str, start: int, end: int) -> tuple[int, int]:
    """The bounds of the sentence around a span."""
    first = max((text.rfind(mark, 0, start) for mark in _SENTENCE_END), default=-1) + 1
    ends = [i for i in (text.find(mark, end) for mark in _SENTENCE_END) if i >= 0]
    return first, min(ends, default=len(text))


def _hit(rule: Rule, matched: str, start: int, end: int, severity: HitSeverity, excuse: Exemption | None) -> RuleHit:
    return RuleHit(
        rule=rule.id,
        severity=severity,
        matched=matched,
        start=start,
        end=end,
        words=_excused_words(rule, matched, excuse) if excuse else _words(rule, matched),
        title=rule.title,
        source=rule.source,
        confidence=rule.confidence,
        exempted=excuse.code if excuse else None,
    )


def _words(rule: Rule, matched: str) -> Words:
    en, zh = rule.title, rule.title.zh
    return Words(
        en=f"“{matched}”: {en.en[0].lower() + en.en[1:]} ({rule.id}). {rule.why.en} {rule.fix.en}",
        zh=f"「{matched}」：{zh}（{rule.id}）。{rule.why.zh}{rule.fix.zh}",
    )


def _excused_words(rule: Rule, matched: str, excuse: Exemption) -> Words:
    return Words(
        en=f"“{matched}” would fall under {rule.id}, but is excused here: {excuse.meaning.en} ({excuse.basis}). A reviewer may check.",
        zh=f"「{matched}」属 {rule.id} 所列用语，此处按例外处理：{excuse.meaning.zh}（{excuse.basis}），供复核。",
    )


def _missing(rules: RuleSet, rule: Rule, folded: Folded, text: str, whole: str) -> Iterator[RuleHit]:
    """A required sentence that the copy lacks though `text` calls for it; told once a text, at the words that call."""
    match = _compiled(rule.pattern).search(folded.text)
    if match is None or any(_compiled(option).search(whole) for option in rule.any_of):
        return
    start, end = folded.written(*match.span())
    yield _hit(rule, text[start:end], start, end, _severity(rules, rule), None)


def _banned(folded: Folded, text: str, words: Sequence[str]) -> Iterator[RuleHit]:
    for word in words:
        wanted = fold(word).text.strip()
        if not wanted:
            continue
        for match in _compiled(re.escape(wanted)).finditer(folded.text):
            start, end = folded.written(*match.span())
            yield RuleHit(
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
