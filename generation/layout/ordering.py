"""What must be read before what, and which genes a set of units feels: tables made once a problem, so that the search
only looks them up."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from generation.layout.kernel import FloatArray, IntArray
from generation.layout.problem import (
    BADGE,
    CTA,
    G_BLEED,
    G_FX,
    G_FY,
    G_LEGAL,
    G_LOGO,
    G_MEASURE,
    G_PRICE,
    G_SHARE,
    G_SUB,
    GENES,
    HEADLINE,
    LEGAL,
    LOGO,
    PRICE,
    SUBJECT,
    SUBLINE,
)

# genes that nothing answers to unless one of these roles is on the canvas
_FELT_BY = {
    G_SUB: (SUBLINE, CTA, BADGE),
    G_PRICE: (PRICE,),
    G_LOGO: (LOGO,),
    G_LEGAL: (LEGAL,),
    G_MEASURE: (LEGAL,),
    G_SHARE: (SUBJECT,),
    G_FX: (SUBJECT,),
    G_FY: (SUBJECT,),
    G_BLEED: (SUBJECT,),
}


def felt_genes(roles: Sequence[int]) -> IntArray:
    """The continuous genes that change anything on a canvas with these roles."""
    felt = [g for g in range(GENES) if g not in _FELT_BY or set(_FELT_BY[g]) & set(roles)]
    return np.array(felt, dtype=np.int64)


def reading_table(roles: Sequence[int], *, strip: bool, shout: int) -> FloatArray:
    """(n, n): how much each unit must be read before each other; 0 where any order will do."""
    return np.array([[_precedes(a, b, strip, shout) for b in roles] for a in roles], dtype=np.float64)


def _precedes(a: int, b: int, strip: bool, shout: int) -> float:
    """Brand, promise, proof, price, act, small print [PC]. A date may stand above the headline or under the subline."""
    message = a in (HEADLINE, SUBLINE, PRICE, BADGE)
    if b == LEGAL:
        return float(message or (a == CTA and not strip))
    if b == CTA:
        return float(message)
    if b == PRICE and shout == HEADLINE:
        return {HEADLINE: 2.5, SUBLINE: 0.7, BADGE: 0.7}.get(a, 0.0)
    if b == SUBLINE:
        return float(a == HEADLINE)
    return float(strip and a == LOGO and b == HEADLINE)
