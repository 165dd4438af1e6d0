"""The brand's own words: which of them stand in a text."""

from __future__ import annotations

from brand_styles.style import BrandStyle, GlossaryTerm


def terms_in(brand: BrandStyle, text: str) -> list[GlossaryTerm]:
    """The glossary terms that `text` uses, longest first; case is ignored."""
    folded = text.casefold()
    used = [term for term in brand.glossary if term.term.casefold() in folded]
    return sorted(used, key=lambda term: -len(term.term))
