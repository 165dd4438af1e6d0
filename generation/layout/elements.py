"""What a layout must place: the copy with its least sizes, the logo, the subject and the market's AI label.

Least sizes are poster craft's, in shares of the short side s with floors in pixels (Chinese needs one pixel more).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from brand_styles.style import BrandStyle, Logo
from generation.layout.ai_label import label_for, label_size
from generation.types import CopyLine, Element, Format, TextRole
from generation.typography.faces import covering_face, is_uploaded

WIDE = 2.2  # beyond this ratio of sides a canvas is a strip, not a poster
HEAVY, PLAIN = 900, 400  # two weights on one canvas
# dropped first to last when space is short; what isn't named here is never dropped
DROP_ORDER = ("badge", "subline", "subject")
MOST_LINES = {"headline": 4, "subline": 3, "legal": 5}

_SHARES: dict[TextRole, float] = {
    "headline": 0.07,
    "subline": 0.03,
    "price": 0.06,
    "cta": 0.037,
    "badge": 0.028,
    "legal": 0.018,
    "ai_label": 0.0,
}
_FLOORS: dict[TextRole, float] = {
    "headline": 13,
    "subline": 10,
    "price": 13,
    "cta": 10,
    "badge": 10,
    "legal": 9,
    "ai_label": 9,
}


def is_strip(fmt: Format) -> bool:
    """Whether a canvas is a leaderboard or a skyscraper."""
    return max(fmt.aspect, 1 / fmt.aspect) > WIDE


def minimum_size(role: TextRole, language: Literal["zh", "en"], fmt: Format) -> float:
    """Least type size in pixels of a role on a canvas."""
    return max(_SHARES[role] * fmt.short, _FLOORS[role] + (1 if language == "zh" else 0))


def _face(role: TextRole, language: str, brand: BrandStyle) -> str:
    if role not in ("headline", "price"):
        return brand.typefaces.text
    return brand.typefaces.display_zh if language == "zh" else brand.typefaces.display_latin


def _drawing(text: str, face: str, weight: int) -> str:
    """The brand's face, or where an uploaded one lacks a character of the line, the shipped one that has it."""
    return covering_face(text, face, weight) if is_uploaded(face) else face


def _text_element(line: CopyLine, brand: BrandStyle, fmt: Format, market: str) -> Element:
    heavy = line.role in ("headline", "price", "cta", "badge")
    least = minimum_size(line.role, line.language, fmt)
    if line.role == "ai_label":
        least = label_size(market, fmt.short)
    return Element(
        id=line.id,
        role=line.role,
        text=line.text,
        language=line.language,
        face=_drawing(line.text, _face(line.role, line.language, brand), HEAVY if heavy else PLAIN),
        weight=HEAVY if heavy else PLAIN,
        minimum_px=least,
        required=line.role not in DROP_ORDER,
        short_forms=line.short_forms,
    )


def _logo_element(logo: Logo) -> Element:
    return Element(id="logo", role="logo", aspect=logo.aspect, clear_space=logo.clear_space, minimum_px=logo.min_height)


def elements_for(
    copy_lines: Sequence[CopyLine],
    *,
    brand: BrandStyle,
    fmt: Format,
    has_subject: bool,
    subject_aspect: float | None,
    market: str,
) -> tuple[Element, ...]:
    """The elements of one canvas in reading order, with least sizes in its pixels and what may be dropped.

    subject_aspect: width / height of an uploaded cut-out, None for a drawn subject that may take any near-square shape.
    The AI label is added where the market requires it and the copy has none.
    """
    elements = [_logo_element(brand.logos[0])] if brand.logos else []
    elements += [_text_element(line, brand, fmt, market) for line in copy_lines]
    rule = label_for(market)
    if rule.required and not any(e.role == "ai_label" for e in elements):
        language = next((line.language for line in copy_lines), "zh")
        line = CopyLine(id="ai_label", role="ai_label", text=rule.words[language], language=language)
        elements.append(_text_element(line, brand, fmt, market))
    if has_subject:
        elements.append(Element(id="subject", role="subject", aspect=subject_aspect, required=not is_strip(fmt)))
    return tuple(elements)
