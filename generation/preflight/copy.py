"""Rules on the words alone, run before any picture is made."""

from __future__ import annotations

from collections.abc import Sequence

from brand_styles.style import BrandStyle
from generation.types import CopyLine, Finding


def check_copy(lines: Sequence[CopyLine], brand: BrandStyle, market: str, industry: str) -> tuple[Finding, ...]:
    """Findings of the rule packs and the brand's banned words on the copy."""
    return ()
