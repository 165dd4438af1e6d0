"""Terms of the energy about meaning: hierarchy, reading order, the hero, groups, panels, taste.

Sources in brackets: see scoring.
"""

from __future__ import annotations

import numpy as np

from generation.layout.kernel import FloatArray, IntArray, kernel
from generation.layout.problem import (
    BADGE,
    CTA,
    G_NEAR,
    HEADLINE,
    I_PANEL,
    LABEL,
    LEGAL,
    LOGO,
    MESSAGE,
    PRICE,
    SUBJECT,
    SUBLINE,
    T_AXIS,
    T_DRIVE,
    T_DX,
    T_DY,
    T_LABEL_X,
    T_LABEL_Y,
    T_LOGO_X,
    T_LOGO_Y,
    T_PANEL,
    T_SCALE,
    Problem,
)
from generation.layout.spacing import apart, inside, unit_of


@kernel
def hierarchy(p: Problem, F: FloatArray, size: FloatArray, B: FloatArray) -> float:
    """Sizes in order, the headline near the size that the taste wants and large on the canvas [PC]."""
    head = unit_of(p, HEADLINE)
    if head < 0:
        return 0.0
    want = p.low[0] + (p.top[0] - p.low[0]) * p.taste[T_SCALE]
    total = 2.0 * max(want - F[0], 0.0) / want
    total += 0.5 * max(F[0] - want, 0.0) / want
    for u in range(p.role.shape[0]):
        role = p.role[u]
        if role in (SUBLINE, CTA, BADGE, LEGAL):
            total += 20.0 * max(size[u] * 1.15 - size[head], 0.0) / size[head]
            if role == LEGAL:
                for v in range(p.role.shape[0]):
                    if p.role[v] == SUBLINE or p.role[v] == CTA:
                        total += 10.0 * max(size[u] * 1.1 - size[v], 0.0) / size[v]
    area = (B[head, 2] - B[head, 0]) * (B[head, 3] - B[head, 1]) / (p.width * p.height)
    return float(total + max(0.06 - area, 0.0) * 6)


@kernel
def reading_order(p: Problem, B: FloatArray) -> float:
    """Pairs read against that order: from above down, in a row from left to right; in a leaderboard rows come second."""
    total = 0.0
    n = p.role.shape[0]
    row = p.strip and p.width > p.height
    for a in range(n):
        for b in range(n):
            weight = p.before[a, b]
            if weight == 0.0:
                continue
            above, left = B[b, 3] <= B[a, 1], B[b, 2] <= B[a, 0]
            if row:
                above = above and B[b, 0] < B[a, 2]
                wrong = left or (above and B[b, 2] > B[a, 0])
            else:
                wrong = above or (left and B[b, 1] < B[a, 3])
            total += weight if wrong else 0.0
    return total


@kernel
def thirds(at: float) -> float:
    """Distance from the nearest of a third, the middle, two thirds."""
    return min(abs(at - 1 / 3), abs(at - 0.5), abs(at - 2 / 3))


@kernel
def subject(p: Problem, B: FloatArray) -> float:
    """A hero of a quarter to 45 % of the canvas, its centre on a third or the axis [PC]."""
    u = unit_of(p, SUBJECT)
    if u < 0:
        return 0.0
    w, h = B[u, 2] - B[u, 0], B[u, 3] - B[u, 1]
    share = w * h / (p.width * p.height)
    x, y = (B[u, 0] + B[u, 2]) / 2 / p.width, (B[u, 1] + B[u, 3]) / 2 / p.height
    if p.strip:
        return float(max(0.84 - min(w, h) / p.short, 0.0) * 3 + max(max(w / p.width, h / p.height) - 0.35, 0.0))
    off = max(thirds(x) - 0.03, 0.0) + max(thirds(y) - 0.06, 0.0)
    return float(20 * max(p.least_share - share, 0.0) + 2.5 * max(0.36 - share, 0.0) + 2.0 * off)


@kernel
def nearest_message(p: Problem, B: FloatArray, u: int) -> float:
    """Distance from a unit to the nearest other unit of the message except badges, pixels."""
    least = 1e9
    for v in range(p.role.shape[0]):
        if v != u and MESSAGE >> p.role[v] & 1 and p.role[v] != BADGE:
            least = min(least, apart(B, u, v))
    return least


@kernel
def nearest_promise(p: Problem, B: FloatArray, u: int) -> float:
    """Distance from a unit to headline or subline, pixels."""
    least = 1e9
    for v in range(p.role.shape[0]):
        if p.role[v] == HEADLINE or p.role[v] == SUBLINE:
            least = min(least, apart(B, u, v))
    return least


@kernel
def groups(p: Problem, F: FloatArray, B: FloatArray) -> float:
    """What belongs together stands together: subline under headline, price and call to action as one, both by the message;
    the call to action not among the small print [PC]."""
    near = F[G_NEAR] * p.short
    head, price, legal = unit_of(p, HEADLINE), unit_of(p, PRICE), unit_of(p, LEGAL)
    total = 0.0
    for u in range(p.role.shape[0]):
        role = p.role[u]
        if role == SUBLINE and head >= 0:
            total += 4 * min(max(apart(B, head, u) - 1.2 * near, 0.0) / p.short, 0.3)
        elif role in (CTA, PRICE, BADGE):
            gap = nearest_message(p, B, u)
            if role == BADGE:
                gap = nearest_promise(p, B, u)
            if gap < 1e8:
                total += 2.5 * min(max(gap - 1.2 * near, 0.0) / p.short, 0.4)
        if role == CTA and price >= 0:
            total += 4 * min(max(apart(B, price, u) - 1.7 * near, 0.0) / p.short, 0.5)
        if role == CTA and legal >= 0 and not p.strip and B[u, 1] < B[legal, 3] and B[u, 3] > B[legal, 1]:
            total += 0.6
    return total


@kernel
def panel_use(p: Problem, D: IntArray, B: FloatArray, panel: FloatArray) -> float:
    """A panel where the taste wants one and nowhere else, not over half the canvas, not a sliver [PC]."""
    has = 1.0 if panel[2] > 0 else 0.0
    total = 3.8 * abs(p.taste[T_PANEL] - has)
    if has == 0.0:
        return float(total + (0.05 if D[I_PANEL] else 0.0))
    share = (panel[2] - panel[0]) * (panel[3] - panel[1]) / (p.width * p.height)
    for u in range(p.role.shape[0]):
        if MESSAGE >> p.role[u] & 1 and not inside(B, u, panel):
            total += 1.0
    if D[I_PANEL] == 2:
        edges = (panel[0] <= 0.5) + (panel[1] <= 0.5) + (panel[2] >= p.width - 0.5) + (panel[3] >= p.height - 0.5)
        total += 1.2 if edges < 2 else (0.3 if edges == 2 else 0.0)
    return float(total + 10 * max(share - (0.4 if p.strip else 0.26), 0.0))


@kernel
def taste(p: Problem, B: FloatArray, hang: IntArray) -> float:
    """The seed's leaning: its axis, which way from headline to subject, which corners for logo and label. Type that hangs
    on its right edge is the exception."""
    total = 0.0
    head, hero = unit_of(p, HEADLINE), unit_of(p, SUBJECT)
    if head >= 0:
        total += 2.2 if hang[head] == 2 else 0.0
        total += 0.6 if p.taste[T_AXIS] >= 0 and hang[head] != p.taste[T_AXIS] else 0.0
    if head >= 0 and hero >= 0:
        dx = (B[hero, 0] + B[hero, 2] - B[head, 0] - B[head, 2]) / 2 / p.width
        dy = (B[hero, 1] + B[hero, 3] - B[head, 1] - B[head, 3]) / 2 / p.height
        length = max(np.sqrt(dx * dx + dy * dy), 1e-6)
        total += p.taste[T_DRIVE] * (1 - (dx * p.taste[T_DX] + dy * p.taste[T_DY]) / length)
    for role, gx, gy, weight in ((LOGO, T_LOGO_X, T_LOGO_Y, 0.6), (LABEL, T_LABEL_X, T_LABEL_Y, 0.4)):
        u = unit_of(p, role)
        if u >= 0:
            x, y = (B[u, 0] + B[u, 2]) / 2 / p.width, (B[u, 1] + B[u, 3]) / 2 / p.height
            total += weight * (abs(x - p.taste[gx]) + abs(y - p.taste[gy]))
    return total
