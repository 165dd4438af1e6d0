"""Price lock-ups: a price as the brief wrote it, taken apart and set as one unit that never breaks.

The figure is full size; its currency sign is small and hangs from the figure's top; decimals of money are half size at
the top; units (折, 起, %, AER, /月) are small on the baseline; an old price is small and struck. Sizes are those of
poster craft. Measured here, drawn from the same shapes by compositing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from math import ceil
from typing import Any, Literal

from generation.typography.characters import is_han, typeset
from generation.typography.glyphs import Ink
from generation.typography.paragraphs import Line, line_path, shape

PartKind = Literal["prefix", "currency", "figure", "decimals", "unit", "old"]

SIZES: dict[PartKind, float] = {
    "prefix": 0.4,
    "currency": 0.48,
    "figure": 1.0,
    "decimals": 0.5,
    "unit": 0.42,
    "old": 0.4,
}
TOP_ALIGNED = ("currency", "decimals")
TRACKING = -0.02  # of the figure's em, between its digits
GAPS: dict[tuple[PartKind, PartKind], float] = {
    ("currency", "figure"): 0.04,
    ("figure", "decimals"): 0.03,
    ("figure", "unit"): 0.055,
    ("decimals", "unit"): 0.06,
}
GAP = 0.1  # between any two other parts, of the figure's em
OLD_GAP = 0.2
OLD_EVEN = 0.7  # an old price beside a lock-up of one size
LEAST_HAN, LEAST = 10.0, 9.0  # px: no part is set smaller than type may be

_CURRENCY = r"(?:CN¥|HK\$|NT\$|US\$|RMB|CNY|USD|EUR|GBP|JPY|R\$|S\$|A\$|C\$|[¥$€£₩₽₹฿¢])"
_NUMBER = r"\d{1,3}(?:,\d{3})+|\d+"
_MONEY = re.compile(
    rf"(?P<sign>[-−+]?)(?P<currency>{_CURRENCY}) ?(?P<figure>(?:{_NUMBER}))(?P<decimals>\.\d{{1,2}}(?!\d))?"
    rf"(?P<range> ?[-–~] ?(?:{_NUMBER}))?"
)
_TRAILING = re.compile(
    rf"(?<![\d.,])(?P<figure>(?:{_NUMBER}))(?P<decimals>[.,]\d{{1,2}}(?!\d))? ?(?P<unit>€|£|元|块|zł|kr)"
)
_RATE = re.compile(rf"(?P<figure>[-−+]?(?:{_NUMBER})(?:\.\d+)?)")
_SECOND_FIGURE = re.compile(
    r"(?P<unit>立?[减送赠返得享抵]|for|get) ?(?P<figure>\d+)(?P<rest>\D*)"
)  # 满300减50, 2 for 1


@dataclass(frozen=True, slots=True)
class PricePart:
    """One part of a price and what it is."""

    kind: PartKind
    text: str


def parse_price(text: str, language: str = "zh") -> tuple[PricePart, ...]:
    """The parts of a price in reading order. A text without a figure is one `figure` part, so that it is still set.

    Money has a currency sign before its figure or a currency after it; its decimals are a part of their own. Any other
    number (3.5折, 4.2% AER) is a figure with its decimals. What stands before is the prefix, what stands after the unit.
    """
    clean = " ".join(typeset(text, language).split())
    found = _MONEY.search(clean) or _TRAILING.search(clean) or _RATE.search(clean)
    if found is None:
        return (PricePart("figure", clean),) if clean else ()
    return tuple(p for p in _parts(clean, found) if p.text)


def _parts(text: str, found: re.Match[str]) -> Iterator[PricePart]:
    groups = {name: value or "" for name, value in found.groupdict().items()}
    yield PricePart("prefix", text[: found.start()].strip())
    yield PricePart("currency", groups.get("sign", "") + groups.get("currency", ""))
    yield PricePart("figure", groups["figure"] + (_joined_range(groups, "")))
    yield PricePart("decimals", groups.get("decimals", ""))
    after = (groups.get("unit", "") + text[found.end() :]).strip()
    second = _SECOND_FIGURE.fullmatch(after)
    if second is None:
        yield PricePart("unit", after)
        return
    yield PricePart("unit", second["unit"])
    yield PricePart("figure", second["figure"])
    yield PricePart("unit", second["rest"].strip())


def _joined_range(groups: dict[str, str], default: str) -> str:
    reach = groups.get("range", "")
    return "–" + reach.strip(" -–~") if reach else default


@dataclass(frozen=True, slots=True)
class PlacedPart:
    """A shaped part: left of its ink and its baseline in em of the figure, its scale."""

    kind: PartKind
    line: Line
    x: float
    baseline: float
    scale: float


@dataclass(frozen=True, slots=True)
class PriceShape:
    """A set price in em of the figure; the figure's baseline is 0, `ink` bounds it all with its left at 0."""

    parts: tuple[PlacedPart, ...]
    ink: Ink

    @property
    def width(self) -> float:
        return self.ink.right

    @property
    def height(self) -> float:
        return self.ink.bottom - self.ink.top


@lru_cache(maxsize=2_048)
def even_below(text: str, language: str) -> float:
    """Type size, whole pixels, under which a price is set in one size, because its smallest part would be under the least
    type. 0 for a bare figure."""
    parts = [p for p in parse_price(text, language) if p.kind != "figure"]
    least = [(LEAST_HAN if any(map(is_han, p.text)) else LEAST) / SIZES[p.kind] for p in parts]
    return float(ceil(max(least, default=0.0)))


@lru_cache(maxsize=2_048)
def price_shape(text: str, *, language: str, face: str, weight: int, old: str = "", even: bool = False) -> PriceShape:
    """The lock-up of a price, with a struck old price after it where there is one; all of one size when `even`.

    Raises PermanentError for an unknown face.
    """
    parts = list(parse_price(text, language))
    if old:
        parts.append(PricePart("old", " ".join(typeset(old, language).split())))
    placed: list[PlacedPart] = []
    x, before, top = 0.0, None, _figure_top(parts, language, face, weight)
    for part in parts:
        if before is not None:
            x += OLD_GAP if part.kind == "old" else GAPS.get((before, part.kind), GAP)
        line = shape(
            part.text, language=language, face=face, weight=weight, tracking=TRACKING if part.kind == "figure" else 0.0
        )
        scale = (OLD_EVEN if part.kind == "old" else 1.0) if even else SIZES[part.kind]
        baseline = 0.0 if even else _baseline(part.kind, line, scale, top)
        placed.append(PlacedPart(part.kind, line, x, baseline, scale))
        x += line.width * scale
        before = part.kind
    tops = [p.baseline + p.line.ink.top * p.scale for p in placed]
    bottoms = [p.baseline + p.line.ink.bottom * p.scale for p in placed]
    return PriceShape(tuple(placed), Ink(0.0, min(tops, default=0.0), x, max(bottoms, default=0.0)))


def _figure_top(parts: list[PricePart], language: str, face: str, weight: int) -> float:
    """The top of the digits, where the currency sign hangs (a comma or a Han figure does not move it)."""
    figure = next((p.text for p in parts if p.kind == "figure"), "0")
    digits = "".join(c for c in figure if c.isdigit()) or figure
    return shape(digits, language=language, face=face, weight=weight).ink.top


def _baseline(kind: PartKind, line: Line, scale: float, top: float) -> float:
    if kind in TOP_ALIGNED:
        bearer = line.text.lstrip(".,")
        return top - (line.ink.top * scale if bearer else 0.0)
    if any(is_han(c) for c in line.text):
        return -line.ink.bottom * scale  # Han stands on the figures' feet instead of hanging below them
    return 0.0


def price_path(shaped: PriceShape, size: float, x: float, top: float, *, kinds: tuple[PartKind, ...] = ()) -> Any:
    """The skia.Path of a lock-up's parts (all, or those of `kinds`), the ink's left top corner at (x, top) pixels."""
    import skia

    path = skia.Path()
    base = top - shaped.ink.top * size
    for part in shaped.parts:
        if not kinds or part.kind in kinds:
            path.addPath(line_path(part.line, size * part.scale, x + part.x * size, base + part.baseline * size))
    return path
