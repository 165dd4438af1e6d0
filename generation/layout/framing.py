"""Terms of the energy about the frame: what stands in the corners and at the foot, lines of text, the bands of a format.

Sources in brackets: see scoring.
"""

from __future__ import annotations

import numpy as np

from generation.layout.kernel import FloatArray, IntArray, kernel
from generation.layout.problem import (
    G_MARGIN,
    G_MEASURE,
    HEADLINE,
    I_LINES,
    LABEL,
    LEGAL,
    LOGO,
    SUBJECT,
    SUBLINE,
    Problem,
)
from generation.layout.sizing import legal_flow

AT = 0.012  # s: as near to an edge of the content as this is at it
TALL = 1.4  # height over width from which a canvas is read in bands


@kernel
def corners(p: Problem, F: FloatArray, B: FloatArray) -> float:
    """Logo in a corner, legal lines at the foot, the AI label at an edge (hard), in a corner and in company [PC, GB 45438 5.2]."""
    m = F[G_MARGIN] * p.short
    total = 0.0
    for u in range(p.role.shape[0]):
        role = p.role[u]
        left, top = max(B[u, 0] - m, 0.0) / p.short, max(B[u, 1] - m, 0.0) / p.short
        right, foot = max(p.width - m - B[u, 2], 0.0) / p.short, max(p.height - m - B[u, 3], 0.0) / p.short
        across, along = min(left, right), min(top, foot)
        if role == LOGO:
            total += logo_place(p, left, across, along, foot < top)
        elif role == LABEL:
            total += 20 * max(min(across, along) - 0.005, 0.0) + 4 * min(across, 0.4) + 4 * min(along, 0.4)
            total += 0.5 if across > AT or along > AT else 0.0
            total += 0.25 if alone(p, B, u) and not p.strip else 0.0
        elif role == LEGAL:
            total += (0.4 if p.strip else 5.0) * min(foot, 0.4)
    return total


@kernel
def logo_place(p: Problem, left: float, across: float, along: float, low: bool) -> float:
    """How far a logo is from its place: the left end of a leaderboard, either end of a skyscraper, else a corner, the upper
    ones first."""
    if p.strip and p.width > p.height:
        return 2.5 * min(left, 0.8) + (0.4 if left > 2 * AT else 0.0)
    if p.strip:
        return 2.5 * min(along, 0.8) + (0.2 if low else 0.0)
    off = 5.0 * min(along, 0.4) + 4.0 * min(across, 0.4)
    return off + (0.5 if across > AT or along > AT else 0.0) + (0.25 if low else 0.0)


@kernel
def alone(p: Problem, B: FloatArray, u: int) -> bool:
    """Whether nothing but the subject shares a row with a unit."""
    company = 0
    for v in range(p.role.shape[0]):
        if v != u and p.role[v] != SUBJECT and B[v, 1] < B[u, 3] and B[v, 3] > B[u, 1]:
            company += 1
    return company == 0


@kernel
def lines(p: Problem, D: IntArray, F: FloatArray, B: FloatArray, size: FloatArray) -> float:
    """Few lines: one or two of headline, three in a column; a subline of one or two; small print wide rather than tall, of
    three lines at most, in a leaderboard one [PC]."""
    total = 0.0
    for u in range(p.role.shape[0]):
        role, count = p.role[u], p.rows[u, D[I_LINES + u]]
        if role == HEADLINE:
            if p.width > 0.5 * p.height:
                total += (1.8 if p.strip else 3.5) * max(count - 2, 0)
            else:
                total += 0.2 * max(count - 3, 0)
        elif role == SUBLINE:
            total += 2.0 * max(count - 2, 0) + (0.1 if count == 2 else 0.0)
        elif role == LEGAL:
            total += legal_shape(p, F, B, u, size[u])
    return total


@kernel
def legal_shape(p: Problem, F: FloatArray, B: FloatArray, u: int, size: float) -> float:
    """Lines of small print over one, over three, and a block that is broken though there is width left."""
    place = np.empty((p.legal_options.shape[0], 3))
    measure = F[G_MEASURE] * (p.width - 2 * F[G_MARGIN] * p.short) / size
    _, _, count = legal_flow(p, measure, place)
    w, h = B[u, 2] - B[u, 0], B[u, 3] - B[u, 1]
    if p.strip:
        return float((0.8 if p.width > p.height else 0.05) * (count - 1) + max(h / max(w, 1.0) - 0.5, 0.0))
    total = 0.2 * (count - 1) + 1.2 * max(count - 3, 0)
    if count > 1:
        total += 2.5 * max(0.55 - w / p.width, 0.0)
    return float(total + max(h / max(w, 1.0) - 0.2, 0.0))


@kernel
def bands(p: Problem, B: FloatArray) -> float:
    """In 9:16 and alike: the headline at 15 to 40 % of the height, the subject at 40 to 80 % [PC]; how far they leave it."""
    if p.strip or p.height < TALL * p.width:
        return 0.0
    total = 0.0
    for u in range(p.role.shape[0]):
        low, high = B[u, 1] / p.height, B[u, 3] / p.height
        if p.role[u] == HEADLINE:
            total += max(0.12 - low, 0.0) + max(high - 0.42, 0.0)
        elif p.role[u] == SUBJECT:
            total += max(0.36 - low, 0.0) + max(high - 0.88, 0.0)
    return float(total)
