"""Rules on pixels applied to one picture: what they forbid and what could not be checked.

What detectors saw comes in as `Seen`; what our own renderer drew is known from the scene without any.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Literal

from brand_styles.likeness import likeness, signature
from brand_styles.pixel_rules import Misuse, PixelRule
from brand_styles.rules.pixels import PixelRuleSet, thing_named
from brand_styles.style import BrandStyle
from brand_styles.words import Words
from generation.layout.geometry import Rect
from generation.preflight.ground import Mask, Rgb
from generation.preflight.shares import Colours, colours_of
from generation.preflight.sight.table import SORTS, Seen, look, needed_for
from generation.types import Finding, NotChecked

LOGO_CODES: dict[str, Misuse] = {
    "logo.small": "small",
    "logo.clear_space": "clear_space",
    "logo.ground": "ground",
    "logo.faint": "ground",
    "logo.busy": "busy",
    "logo.covered": "covered",
    "overlap.logo": "covered",
    "logo.altered": "altered",
    "logo.aspect": "altered",
}
NAMES = {
    "lettering": Words(en="writing that nobody set", zh="未经排版的文字"),
    "code": Words(en="a code", zh="码"),
    "face": Words(en="a face", zh="人脸"),
    "nudity": Words(en="nakedness", zh="裸露"),
}


@dataclass(frozen=True)
class Drawn:
    """What our renderer drew: kinds of object and where each is seen. `all`: the picture holds nothing else, no model painted on it."""

    things: tuple[tuple[str, Rect], ...] = ()
    all: bool = False


NOTHING = Drawn()


@dataclass(frozen=True)
class Shown:
    """A picture and what is known of it. `hidden`: True (H, W) where the product stands, which rules on colour leave out."""

    rgb: Rgb
    brand: BrandStyle
    seen: Seen
    drawn: Drawn = NOTHING
    hidden: Mask | None = None

    @cached_property
    def colours(self) -> Colours:
        return colours_of(self.rgb, self.hidden)

    @cached_property
    def signature(self) -> tuple[float, ...]:
        return signature(self.rgb)


@dataclass(frozen=True)
class Known:
    """What preflight is told of a picture's rules on pixels. `seen`: what detectors saw of it without its type, if they have looked."""

    rules: PixelRuleSet
    drawn: Drawn = NOTHING
    seen: Seen | None = None

    def on(self, ground: Rgb) -> Known:
        """With what detectors see on the picture without its type; it is looked at once."""
        return self if self.seen is not None else replace(self, seen=look(ground, self.rules.rules))


@dataclass(frozen=True)
class Found:
    """What a rule found: in words that follow its title, where, and the figures."""

    words: Words
    box: Rect | None = None
    measured: float | str | None = None
    limit: float | str | None = None


Graded = Literal["off", "warn", "block"]
Verdict = tuple[list[Finding], list[NotChecked]]


def judge(shown: Shown, rules: PixelRuleSet) -> Verdict:
    """Every rule on one picture. What a rule finds is a finding `pixel.<id>`; what nothing could look for is told, and comes to a
    finding `unchecked.<id>` where the rule says that it warns or blocks."""
    findings: list[Finding] = []
    unchecked: list[NotChecked] = []
    for rule in rules.rules:
        findings += [_supposed(shown, rule, _finding(rule, rules, found)) for found in _CHECKS[rule.kind](shown, rule)]
        missing = _missing(shown, rule)
        if missing is not None and rules.severity_of(rule) != "off":
            unchecked.append(NotChecked(code=rule.id, words=missing))
            if rule.unchecked != "tell":
                findings.append(Finding(code=f"unchecked.{rule.id}", severity=rule.unchecked, words=missing))
    return findings, unchecked


def _supposed(shown: Shown, rule: PixelRule, finding: Finding) -> Finding:
    """What a detector takes a thing of our own renderer for is told, and blocks nothing: it writes no words and draws no people."""
    if finding.severity != "block" or not shown.drawn.all or rule.kind not in NAMES:
        return finding
    return finding.model_copy(
        update={
            "severity": "warn",
            "words": Words(
                en=f"{finding.words.en} The studio's own renderer made this scene and drew nothing of the kind: look once.",
                zh=f"{finding.words.zh}该场景由内置渲染器绘制，并未绘制此类内容，请人工确认。",
            ),
        }
    )


def as_rules_say(findings: Sequence[Finding], rules: PixelRuleSet) -> list[Finding]:
    """Findings on the logo, with the severity that a rule on its misuse gives them."""
    told = {misuse: rules.severity_of(rule) for rule in rules.rules if rule.kind == "logo" for misuse in rule.misuses}
    return [_graded(finding, _misused(finding, told)) for finding in findings]


def _misused(finding: Finding, told: Mapping[Misuse, Graded]) -> Graded | None:
    misuse = LOGO_CODES.get(finding.code)
    return None if misuse is None else told.get(misuse)


def _graded(finding: Finding, severity: Graded | None) -> Finding:
    if severity is None:
        return finding
    return finding.model_copy(update={"severity": "info" if severity == "off" else severity})


def _finding(rule: PixelRule, rules: PixelRuleSet, found: Found) -> Finding:
    severity, override = rules.severity_of(rule), rules.overrides.get(rule.id)
    reason = Words(en=f" ({override.reason})", zh=f"（{override.reason}）") if override else Words(en="", zh="")
    return Finding(
        code=f"pixel.{rule.id}",
        severity="info" if severity == "off" else severity,
        box=found.box,
        measured=found.measured,
        limit=found.limit,
        words=Words(
            en=f"{rule.title.en}: {found.words.en}{reason.en}.", zh=f"{rule.title.zh}：{found.words.zh}{reason.zh}。"
        ),
    )


def _colour(shown: Shown, rule: PixelRule) -> Iterator[Found]:
    share = shown.colours.near(rule.colours, rule.tolerance)
    if share > rule.most:
        named = ", ".join(rule.colours)
        yield Found(
            Words(
                en=f"{share:.1%} of the picture is {named} or within {rule.tolerance:g} of it; {rule.most:.1%} is the most",
                zh=f"画面有 {share:.1%} 为 {named} 或与之色差在 {rule.tolerance:g} 以内，最多 {rule.most:.1%}",
            ),
            measured=round(share, 4),
            limit=rule.most,
        )


def _palette(shown: Shown, rule: PixelRule) -> Iterator[Found]:
    own = shown.brand.colors(rule.role) if rule.role else tuple(swatch.hex for swatch in shown.brand.palette)
    near = shown.colours.near(own, rule.tolerance)
    share = near if rule.role else 1 - near
    least = rule.least if rule.role else 0.0
    if least <= share <= rule.most:
        return
    low = share < least
    part = (
        Words(
            en=f"colours of the role “{rule.role}” take up {share:.1%} of the picture",
            zh=f"「{rule.role}」类颜色占 {share:.1%}",
        )
        if rule.role
        else Words(en=f"{share:.1%} of the picture is off the brand's palette", zh=f"画面有 {share:.1%} 不在品牌色板内")
    )
    limit = least if low else rule.most
    yield Found(
        Words(
            en=f"{part.en}; {limit:.1%} is the {'least' if low else 'most'}",
            zh=f"{part.zh}，{'最少' if low else '最多'} {limit:.1%}",
        ),
        measured=round(share, 4),
        limit=limit,
    )


def _sighted(shown: Shown, rule: PixelRule) -> Iterator[Found]:
    """Lettering, codes, faces, nakedness: whatever a detector saw of them."""
    name = NAMES[rule.kind]
    for seen in shown.seen.of(SORTS[rule.kind]):
        said = f" “{seen.detail[:40]}”" if seen.detail else ""
        yield Found(
            Words(
                en=f"{name.en}{said} is seen in the picture ({seen.score:.0%} sure)",
                zh=f"画面中出现{name.zh}{said}（置信度 {seen.score:.0%}）",
            ),
            seen.box,
            measured=seen.detail or round(seen.score, 2),
        )


def _things(shown: Shown, rule: PixelRule) -> Iterator[Found]:
    for name in rule.things:
        thing = thing_named(name)
        kinds = frozenset(thing.drawn_as)
        for kind, box in shown.drawn.things:
            if kind in kinds or kind == name:
                yield Found(
                    Words(en=f"the scene holds {thing.names.en}", zh=f"场景中有{thing.names.zh}"), box, measured=kind
                )
        for seen in shown.seen.of("thing", (name,)):
            yield Found(
                Words(
                    en=f"{thing.names.en} is seen in the picture ({seen.score:.0%} sure)",
                    zh=f"画面中出现{thing.names.zh}（置信度 {seen.score:.0%}）",
                ),
                seen.box,
                measured=seen.detail or name,
            )


def _duplicate(shown: Shown, rule: PixelRule) -> Iterator[Found]:
    known = signature_of(shown.brand, rule)
    if known is None:
        return
    alike = likeness(shown.signature, known)
    if alike >= rule.likeness:
        yield Found(
            Words(
                en=f"the picture is {alike:.0%} like the reference; {rule.likeness:.0%} is too near",
                zh=f"画面与参考图相似度 {alike:.0%}，达到 {rule.likeness:.0%} 即过近",
            ),
            measured=round(alike, 3),
            limit=rule.likeness,
        )


def signature_of(brand: BrandStyle, rule: PixelRule) -> tuple[float, ...] | None:
    """The signature that the rule compares with: its own, or that of the reference it names."""
    if rule.signature:
        return rule.signature
    named = next((each for each in brand.references if each.sha256 == rule.reference), None)
    return named.likeness or None if named else None


def _logo(shown: Shown, rule: PixelRule) -> Iterator[Found]:
    """The logo's own checks find; see as_rules_say."""
    return iter(())


_CHECKS: dict[str, Callable[[Shown, PixelRule], Iterator[Found]]] = {
    "colour": _colour,
    "palette": _palette,
    "thing": _things,
    "face": _sighted,
    "code": _sighted,
    "lettering": _sighted,
    "nudity": _sighted,
    "duplicate": _duplicate,
    "logo": _logo,
}


def _missing(shown: Shown, rule: PixelRule) -> Words | None:
    """What of a rule nothing could look for; None where all of it was looked for."""
    if rule.kind == "duplicate" and signature_of(shown.brand, rule) is None:
        return Words(
            en=f"{rule.title.en}: not checked, for the reference picture's signature is not kept. Upload the picture again.",
            zh=f"{rule.title.zh}：未检查，参考图没有保存特征。请重新上传该图。",
        )
    sort = SORTS.get(rule.kind)
    if sort is None or shown.drawn.all or (sort != "thing" and sort in shown.seen.sorts):
        return None
    if sort == "thing" and set(rule.things) <= shown.seen.things:
        return None
    needs = needed_for(sort)
    what = [thing_named(name).names for name in rule.things if name not in shown.seen.things] or [NAMES[rule.kind]]
    en, wants = ", ".join(each.en for each in what), " or ".join(each.needs.en for each in needs)
    zh, wants_zh = "、".join(each.zh for each in what), "，或".join(each.needs.zh for each in needs)
    return Words(
        en=f"{rule.title.en}: not checked ({en}). It needs {wants}.",
        zh=f"{rule.title.zh}：未检查（{zh}）。需要{wants_zh}。",
    )
