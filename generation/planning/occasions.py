"""The occasion of a campaign: a festival, a shopping day or a members' day, from the brief's field, words or dates.

Dates of lunar festivals are tabulated (computed from the Chinese calendar) for the years a campaign is likely planned in;
outside them the brief's words decide.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from generation.planning.concepts import Concept, ConceptMatch, by_name
from generation.planning.plan import Mood


@dataclass(frozen=True)
class Occasion:
    """How an occasion looks. `motifs`: object kinds that say it, best first; `mood`: the one it has by itself."""

    slug: str
    mood: Mood
    motifs: tuple[str, ...] = ()
    warm: bool = False  # asks for warm colours


def _table(*rows: tuple[str, Mood, str, bool]) -> dict[str, Occasion]:
    return {slug: Occasion(slug, mood, tuple(motifs.split()), warm) for slug, mood, motifs, warm in rows}


OCCASIONS = _table(
    ("members-day", "lively", "gift-box coupon crown coin shopping-bag golden-ticket", True),
    ("618-sale", "lively", "parcel shopping-bag gift-box coupon megaphone balloon", True),
    ("double-11", "lively", "shopping-bag parcel gift-box coupon", False),
    ("double-12", "warm", "gift-box shopping-bag coupon snowflake", True),
    ("anniversary-sale", "lively", "cake balloon gift-box confetti", True),
    ("sales-kick-off", "lively", "sunrise drum ribbon lantern", True),
    ("new-year-goods", "warm", "gift-box lantern persimmon candy red-envelope", True),
    ("spring-festival", "warm", "lantern red-envelope fu-diamond firecrackers ingot branch", True),
    ("lunar-new-years-eve", "warm", "dumplings lantern red-envelope papercut", True),
    ("little-new-year", "warm", "papercut candy lantern", True),
    ("lantern-festival", "lively", "tangyuan-bowl lantern full-moon rabbit", True),
    ("welcoming-god-of-wealth", "lively", "ingot treasure-bowl official-hat firecrackers auspicious-cloud", True),
    ("dragon-boat-festival", "fresh", "zongzi willow leaf", False),
    ("mid-autumn", "elegant", "mooncake full-moon rabbit lantern branch", False),
    ("double-ninth", "calm", "teapot maple-leaf peach flower", False),
    ("qixi", "elegant", "bridge heart star rose", False),
    ("winter-solstice", "warm", "dumplings tangyuan-bowl snowflake", True),
    ("laba", "warm", "porridge-bowl snowflake", True),
    ("new-years-day", "lively", "sunrise firework balloon calendar", True),
    ("labour-day", "fresh", "suitcase kite balloon", False),
    ("national-day", "lively", "suitcase firework ribbon maple-leaf", True),
    ("christmas", "warm", "christmas-tree gift-box snowflake snowman bell", False),
    ("christmas-new-year", "warm", "christmas-tree gift-box snowflake firework", False),
    ("valentines-day", "elegant", "rose heart love-letter gift-box", True),
    ("520-love-day", "playful", "love-letter heart rose", True),
    ("mothers-day", "warm", "bouquet gift-box heart", True),
    ("womens-day", "elegant", "bouquet perfume-bottle ribbon-bow", True),
    ("halloween", "playful", "pumpkin candy", False),
    ("thanksgiving", "warm", "pumpkin maple-leaf bowl", True),
    ("easter", "fresh", "egg-basket flower rabbit", False),
    ("ramadan-eid", "elegant", "fanous crescent star", False),
    ("diwali", "lively", "diya-lamp firework flower", True),
    ("black-friday", "tech", "shopping-bag price-tag megaphone", False),
    ("cyber-monday", "tech", "laptop shopping-cart lightning-bolt", False),
    ("back-to-school", "playful", "backpack pencil laptop booklet", False),
    ("salary-day", "playful", "calendar phone coin piggy-bank", False),
    ("year-end-bonus", "lively", "red-envelope gift-box coin", True),
)

_LUNAR = {
    "spring-festival": ("2026-02-17", "2027-02-06", "2028-01-26", "2029-02-13"),
    "lantern-festival": ("2026-03-03", "2027-02-20", "2028-02-09", "2029-02-27"),
    "dragon-boat-festival": ("2026-06-19", "2027-06-09", "2028-05-28", "2029-06-16"),
    "qixi": ("2026-08-19", "2027-08-08", "2028-08-26", "2029-08-16"),
    "mid-autumn": ("2026-09-25", "2027-09-15", "2028-10-03", "2029-09-22"),
    "double-ninth": ("2026-10-18", "2027-10-08", "2028-10-26", "2029-10-16"),
}
_SOLAR = {
    "new-years-day": (1, 1), "valentines-day": (2, 14), "womens-day": (3, 8), "labour-day": (5, 1), "520-love-day": (5, 20),
    "618-sale": (6, 18), "national-day": (10, 1), "halloween": (10, 31), "double-11": (11, 11), "double-12": (12, 12),
    "christmas": (12, 25),
}  # fmt: skip
_MAX_DAYS = 21  # a longer campaign is not about one day


def occasion_named(name: str) -> Occasion | None:
    """The occasion of a slug or a word ("中秋"); one with no look of its own gets its concept's."""
    if name in OCCASIONS:
        return OCCASIONS[name]
    concept = by_name(name)
    if concept is None:
        return None
    return OCCASIONS.get(concept.slug) or Occasion(concept.slug, "lively")


def occasion_in(matches: list[ConceptMatch]) -> tuple[Occasion, str] | None:
    """The first occasion among the concepts a text names, with its words there."""
    for match in matches:
        if not match.negated and is_occasion(match.concept) and match.concept.slug in OCCASIONS:
            return OCCASIONS[match.concept.slug], match.matched
    return None


def is_occasion(concept: Concept) -> bool:
    return concept.category in ("shopping_event", "festival_cn", "festival_intl") or concept.slug in OCCASIONS


def occasion_on(starts: date | None, ends: date | None, market: str) -> Occasion | None:
    """The occasion that falls within the dates; China's lunar days before the solar ones. None for a long campaign."""
    first = starts or ends
    last = ends or starts
    if first is None or last is None or (last - first).days > _MAX_DAYS:
        return None
    if market == "cn":
        for slug, days in _LUNAR.items():
            if any(first - timedelta(days=3) <= date.fromisoformat(day) <= last for day in days):
                return OCCASIONS[slug]
    for slug, (month, day) in _SOLAR.items():
        if any(first <= date(year, month, day) <= last for year in {first.year, last.year}):
            return OCCASIONS[slug]
    return None


def coming(today: date, market: str, days: int = 150) -> list[tuple[date, Occasion]]:
    """The occasions of the next `days` days, today's first; lunar days only for China's market."""
    found = [
        (date(year, *day), OCCASIONS[slug]) for slug, day in _SOLAR.items() for year in (today.year, today.year + 1)
    ]
    if market == "cn":
        found += [(date.fromisoformat(day), OCCASIONS[slug]) for slug, row in _LUNAR.items() for day in row]
    last = today + timedelta(days=days)
    return sorted(
        ((day, what) for day, what in found if today <= day <= last), key=lambda each: (each[0], each[1].slug)
    )
