"""A draft's manners as fields of its form, and back: moods, pairs of colours, short forms, editorial restrictions, convention, clock."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.http import QueryDict

from brand_styles.colors import contrast, is_hex
from brand_styles.manners import MOODS, Editorial, Manners, MoodRule
from brand_styles.manners_checking import READABLE
from brand_styles.words import Words
from generation.planning.moods import MOOD_NAMES
from studio.web.words_brand_manners import MANNERS

Json = dict[str, Any]
SHOWN = "manners"  # the hidden field that tells a form with these fields from one without
MOST_PAIRED = 24  # grounds, and texts, of the table of pairs: more is no table
RESTRICTIONS = ("exclamation", "emoji", "capitals", "headline_stop")  # ticked means not allowed
LENGTHS = ("headline_zh", "headline_en")
WARMTHS = ("any", "warm", "cool")
LOOKS = ("any", "light", "dark", "vivid")
ADDRESSES = ("any", "nin", "ni")
RISINGS = ("market", "red", "green")
ZONES = (
    "Asia/Shanghai", "Asia/Hong_Kong", "Asia/Taipei", "Asia/Singapore", "Asia/Tokyo", "Asia/Seoul", "Asia/Kolkata", "Asia/Dubai",
    "Europe/London", "Europe/Paris", "Europe/Berlin", "Europe/Brussels", "Europe/Moscow", "Africa/Johannesburg", "America/New_York",
    "America/Chicago", "America/Denver", "America/Los_Angeles", "America/Sao_Paulo", "America/Toronto", "Australia/Sydney",
    "Pacific/Auckland", "UTC",
)  # fmt: skip


@dataclass(frozen=True)
class MoodRow:
    mood: str
    name: Words
    warmth: str
    look: str


@dataclass(frozen=True)
class PairCell:
    """A text colour on a ground. `value`: what its box sends, "RRGGBB-RRGGBB"."""

    ground: str
    text: str
    ratio: float
    ticked: bool

    @property
    def value(self) -> str:
        return f"{self.ground[1:]}-{self.text[1:]}"

    @property
    def offered(self) -> bool:
        """What can't be read is not offered, unless it is ticked and has to be taken back."""
        return self.ticked or self.ratio >= READABLE


def manners_fields(style: Json) -> Json:
    """Every value of the fields as text, marks and cells."""
    manners = style.get("manners") or {}
    editorial = manners.get("editorial") or {}
    return {
        "moods": _mood_rows(manners.get("moods") or []),
        "warmths": WARMTHS,
        "looks": LOOKS,
        "pairs": _table(style.get("palette") or [], manners.get("pairs") or []),
        "short_forms": short_form_lines(manners.get("short_forms") or []),
        "restrictions": [(name, editorial.get(name, True) is False) for name in RESTRICTIONS],
        "lengths": [(name, "" if editorial.get(name) is None else editorial.get(name)) for name in LENGTHS],
        "severity": "block" if editorial.get("severity") == "block" else "warn",
        "severities": ("warn", "block"),
        "address": editorial.get("address", "any"),
        "addresses": ADDRESSES,
        "rising": manners.get("rising", "market"),
        "risings": RISINGS,
        "zone": manners.get("time_zone", ""),
        "zones": list(dict.fromkeys((*ZONES, *filter(None, [manners.get("time_zone", "")])))),
    }


def _mood_rows(rules: list[Json]) -> list[MoodRow]:
    known = {rule.get("mood"): rule for rule in rules}
    return [
        MoodRow(mood, MOOD_NAMES[mood], str(rule.get("warmth", "any")), str(rule.get("look", "any")))
        for mood in MOODS
        for rule in [known.get(mood, {})]
    ]


def _table(palette: list[Json], pairs: list[Json]) -> list[list[PairCell]]:
    """A row for each ground and accent, a cell for each ink and paper on it."""
    ticked = {(pair.get("ground"), pair.get("text")) for pair in pairs}
    grounds, texts = _colours(palette, "ground", "accent"), _colours(palette, "ink", "paper")
    return [[PairCell(g, t, contrast(g, t), (g, t) in ticked) for t in texts] for g in grounds if texts]


def _colours(palette: list[Json], *roles: str) -> list[str]:
    found = (str(swatch.get("hex")) for swatch in palette if swatch.get("role") in roles)
    return list(dict.fromkeys(colour for colour in found if is_hex(colour)))[:MOST_PAIRED]


def short_form_lines(forms: list[Json]) -> str:
    return "\n".join(f"{form.get('full')} = {' | '.join(form.get('short') or [])}" for form in forms)


def manners_of(post: QueryDict, before: Json) -> Json:
    """The manners as the form tells them; `before` where it has none of these fields."""
    if SHOWN not in post:
        return before
    editorial: Json = {
        "severity": _text(post, "editorial.severity") or "warn",
        "address": _text(post, "editorial.address") or "any",
        **{name: f"editorial.{name}" not in post for name in RESTRICTIONS},
        **{name: _number(_text(post, f"editorial.{name}")) for name in LENGTHS},
    }
    told = {
        "moods": list(_moods(post)),
        "pairs": list(_pairs(post)),
        "short_forms": [_short_form(line) for line in post.get("short_forms", "").splitlines() if line.strip()],
        "editorial": editorial,
        "rising": _text(post, "rising") or "market",
        "time_zone": _text(post, "time_zone"),
    }
    usual = Manners().model_dump(mode="json")
    return {key: value for key, value in told.items() if value != usual[key]}


def _moods(post: QueryDict) -> Iterator[Json]:
    for mood in MOODS:
        told = {key: _text(post, f"mood.{mood}.{key}") or "any" for key in ("warmth", "look")}
        if set(told.values()) != {"any"}:
            yield {"mood": mood, **told}


def _pairs(post: QueryDict) -> Iterator[Json]:
    """The pairs that are ticked. A colour that has left the palette takes its pairs with it."""
    for value in post.getlist("pairs")[: MOST_PAIRED * MOST_PAIRED]:
        ground, _, text = value.partition("-")
        if is_hex(f"#{ground}") and is_hex(f"#{text}"):
            yield {"ground": f"#{ground}".upper(), "text": f"#{text}".upper()}


def _short_form(line: str) -> Json:
    full, _, short = line.replace("＝", "=").partition("=")
    return {
        "full": full.strip(),
        "short": [part.strip() for part in short.replace("｜", "|").split("|") if part.strip()],
    }


def _number(text: str) -> int | str | None:
    if not text:
        return None
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 6 else text[:40]


def _text(post: QueryDict, name: str) -> str:
    return post.get(name, "").strip()


def shown_manners(manners: Manners) -> list[tuple[str, list[Words]]]:
    """What the published style's page tells: (part, lines), only of what differs from the usual."""
    parts: dict[str, list[Words]] = {
        "editorial": list(_editorial_lines(manners.editorial)),
        "short_forms": [
            _same(line) for line in short_form_lines([f.model_dump() for f in manners.short_forms]).splitlines()
        ],
        "moods": [_mood_line(rule) for rule in manners.moods],
        "pairs": [_same(f"{pair.text} / {pair.ground}") for pair in manners.pairs],
        "rising": [MANNERS[f"manners.rising.{manners.rising}"]] if manners.rising != "market" else [],
        "time_zone": [_same(manners.time_zone)] if manners.time_zone else [],
    }
    return [(key, lines) for key, lines in parts.items() if lines]


def _editorial_lines(rules: Editorial) -> Iterator[Words]:
    for name in RESTRICTIONS:
        if not getattr(rules, name):
            yield MANNERS[f"manners.{name}"]
    for name in LENGTHS:
        most = getattr(rules, name)
        if most is not None:
            yield _joined(MANNERS[f"manners.{name}"], _same(str(most)), ": ", "：")
    if rules.address != "any":
        yield _joined(MANNERS["manners.address"], MANNERS[f"manners.address.{rules.address}"], ": ", "：")


def _mood_line(rule: MoodRule) -> Words:
    told = [
        MANNERS[f"manners.{part}.{value}"]
        for part, value in (("warmth", rule.warmth), ("look", rule.look))
        if value != "any"
    ]
    both = Words(en=", ".join(each.en for each in told), zh="、".join(each.zh for each in told))
    return _joined(MOOD_NAMES[rule.mood], both, ": ", "：")


def _joined(one: Words, other: Words, en: str, zh: str) -> Words:
    return Words(en=f"{one.en}{en}{other.en}", zh=f"{one.zh}{zh}{other.zh}")


def _same(text: str) -> Words:
    return Words(en=text, zh=text)


def manners_in_words(field: str, value: Any) -> str:
    """One part of the manners in a line, for a comparison."""
    if field == "short_forms" and isinstance(value, dict):
        return short_form_lines([value])
    if field == "moods" and isinstance(value, dict):
        return " · ".join(str(value.get(key)) for key in ("mood", "warmth", "look"))
    if field == "pairs" and isinstance(value, dict):
        return f"{value.get('text')} / {value.get('ground')}"
    if field == "editorial" and isinstance(value, dict):
        usual = Manners().editorial.model_dump()
        return " · ".join(f"{key}: {told}" for key, told in value.items() if told != usual.get(key))
    return str(value)
