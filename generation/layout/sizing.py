"""How large each unit is before it has a place: type sizes from the genes, ink sizes from the type."""

from __future__ import annotations

import numpy as np

from generation.layout.kernel import FloatArray, IntArray, kernel
from generation.layout.problem import (
    BADGE,
    CTA,
    G_HEAD,
    G_LEGAL,
    G_LOGO,
    G_MARGIN,
    G_MEASURE,
    G_PRICE,
    G_SUB,
    HEADLINE,
    I_LINES,
    LABEL,
    LEGAL,
    LOGO,
    PRICE,
    SUBJECT,
    Problem,
)

# Type size to pill: 0.45 em above and below, 1.1 em at the sides (poster craft); a badge is slimmer.
PILL_HIGH, PILL_SIDE = 1.9, 1.1
BADGE_HIGH, BADGE_SIDE = 1.7, 0.7
PILL_LEAST = 0.07  # of the short side
LEGAL_SPACE = 1.2  # em between two that share a line
YIELDING = 0.75  # of its least area is what a subject keeps on a dense canvas, at a price
FREE_ASPECT = (0.72, 1.4)  # a drawn subject's width / height


@kernel
def type_sizes(p: Problem, F: FloatArray, size: FloatArray) -> None:
    """Type size of each unit (height for a logo) in pixels, from the genes; never under its minimum."""
    head = F[G_HEAD] * p.short
    sub = F[G_SUB] * head
    for u in range(p.role.shape[0]):
        role = p.role[u]
        if role == HEADLINE:
            size[u] = head
        elif role == PRICE:
            size[u] = F[G_PRICE] * head
        elif role == LEGAL:
            size[u] = F[G_LEGAL] * p.short
        elif role == LOGO:
            size[u] = F[G_LOGO] * p.short
        elif role in (LABEL, SUBJECT):
            size[u] = 0.0
        else:
            size[u] = sub
        if size[u] < p.least[u]:
            size[u] = p.least[u]


@kernel
def legal_lines(p: Problem, measure: float, line: int) -> int:
    """Row of the fewest lines (less one) in which legal line `line` stays within `measure` em."""
    for k in range(p.legal_options[line]):
        if p.legal_wide[line, k] <= measure:
            return k
    return int(p.legal_options[line] - 1)


@kernel
def legal_flow(p: Problem, measure: float, place: FloatArray) -> tuple[float, float, int]:
    """Set the legal lines as one block within `measure` em; its width and height, em, and its count of lines.

    place: by legal line its row of line sets, x and y, em. A line that isn't broken stands beside the one before it where
    both stay within the measure, so that the block is wide rather than tall.
    """
    wide = x = y = high = 0.0
    count, whole = 0, False
    for j in range(p.legal_options.shape[0]):
        k = legal_lines(p, measure, j)
        if whole and k == 0 and x + LEGAL_SPACE + p.legal_wide[j, k] <= measure:
            x += LEGAL_SPACE
        else:
            y += high + (p.legal_gap if j else 0.0)
            x = high = 0.0
            count += p.legal_rows[j, k]
        place[j, 0], place[j, 1], place[j, 2] = k, x, y
        x += p.legal_wide[j, k]
        wide, high = max(wide, x), max(high, p.legal_high[j, k])
        whole = k == 0
    return wide, y + high, count


@kernel
def natural_sizes(p: Problem, D: IntArray, F: FloatArray, size: FloatArray, wh: FloatArray) -> None:
    """Least width and height of each unit at its type size, pixels."""
    inner = p.width - 2 * F[G_MARGIN] * p.short
    inner_high = p.height - 2 * F[G_MARGIN] * p.short
    for u in range(p.role.shape[0]):
        role = p.role[u]
        k = D[I_LINES + u]
        em = size[u]
        if role == PRICE:
            k = 1 if em < p.even_below else 0
        if role == SUBJECT:
            a = p.aspect[u] if p.aspect[u] > 0 else min(max(inner / inner_high, FREE_ASPECT[0]), FREE_ASPECT[1])
            w = np.sqrt(YIELDING * p.least_share * p.width * p.height * a)
            w = min(w, inner, inner_high * a)
            wh[u, 0], wh[u, 1] = w, w / a
        elif role == LOGO:
            wh[u, 0], wh[u, 1] = em * p.aspect[u], em
        elif role == CTA:
            wh[u, 0] = em * (p.wide[u, 0] + 2 * PILL_SIDE)
            wh[u, 1] = max(em * PILL_HIGH, PILL_LEAST * p.short)
        elif role == BADGE:
            wh[u, 0], wh[u, 1] = em * (p.wide[u, 0] + 2 * BADGE_SIDE), em * BADGE_HIGH
        elif role == LEGAL:
            place = np.empty((p.legal_options.shape[0], 3))
            w, h, _ = legal_flow(p, F[G_MEASURE] * inner / em, place)
            wh[u, 0], wh[u, 1] = w * em, h * em
        else:
            wh[u, 0], wh[u, 1] = em * p.wide[u, k], em * p.high[u, k]


@kernel
def subject_size(p: Problem, u: int, w: float, h: float, share: float) -> tuple[float, float]:
    """The largest subject within w × h and its share of the canvas, at its aspect (a drawn one bends to the cell)."""
    a = p.aspect[u]
    if a <= 0:
        a = min(max(w / max(h, 1.0), FREE_ASPECT[0]), FREE_ASPECT[1])
    wide = min(w, h * a, np.sqrt(share * p.width * p.height * a))
    return wide, wide / a
