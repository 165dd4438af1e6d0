"""Terms of the energy about meaning: hierarchy, reading order, the hero, groups, corners, lines, panels, taste.

Sources in brackets: see scoring.
"""

from __future__ import annotations

import numpy as np

from generation.layout.kernel import FloatArray, IntArray, kernel
from generation.layout.problem import (
    BADGE,
    CTA,
    G_MARGIN,
    G_NEAR,
    HEADLINE,
    I_LINES,
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
    """Pairs read against promise → proof → price → act → small print, top-left to bottom-right [PC]."""
    total = 0.0
    n = p.role.shape[0]
    for a in range(n):
        for b in range(n):
            ra, rb = p.role[a], p.role[b]
            first = (
                (ra == HEADLINE and (rb in (SUBLINE, CTA, LEGAL)))
                or (ra == SUBLINE and (rb in (CTA, LEGAL)))
                or (ra == PRICE and (rb in (CTA, LEGAL)))
                or (ra == CTA and rb == LEGAL and not p.strip)
            )
            if not first:
                continue
            if B[b, 3] <= B[a, 1] or (B[b, 1] < B[a, 3] and B[b, 2] <= B[a, 0]):
                total += 1.0
    head, price = unit_of(p, HEADLINE), unit_of(p, PRICE)
    if (
        p.shout == HEADLINE
        and price >= 0
        and head >= 0
        and (B[price, 3] <= B[head, 1] or (p.strip and B[price, 2] <= B[head, 0]))
    ):
        total += 0.5
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
def groups(p: Problem, F: FloatArray, B: FloatArray) -> float:
    """What belongs together stands together: subline under headline, price and call to action by the message [PC]."""
    near = F[G_NEAR] * p.short
    head = unit_of(p, HEADLINE)
    total = 0.0
    for u in range(p.role.shape[0]):
        role = p.role[u]
        if role == SUBLINE and head >= 0:
            total += 4 * min(max(apart(B, head, u) - 1.2 * near, 0.0) / p.short, 0.3)
        elif role in (CTA, PRICE, BADGE):
            gap = nearest_message(p, B, u)
            if gap < 1e8:
                total += (1.2 if role == CTA else 2.5) * min(max(gap - 1.2 * near, 0.0) / p.short, 0.3)
    return total


@kernel
def corners(p: Problem, F: FloatArray, B: FloatArray) -> float:
    """Logo in a corner, legal lines at the foot, the AI label at an edge (hard) and near a corner [PC, GB 45438 5.2]."""
    m = F[G_MARGIN] * p.short
    total = 0.0
    for u in range(p.role.shape[0]):
        role = p.role[u]
        left, top = B[u, 0] - m, B[u, 1] - m
        right, foot = p.width - m - B[u, 2], p.height - m - B[u, 3]
        across, along = min(left, right) / p.short, min(top, foot) / p.short
        if role == LOGO:
            if p.strip:
                total += 1.5 * min(across if p.width > p.height else along, 0.8)
            else:
                middle = abs(left - right) / 2 / p.short
                total += 2.5 * min(along, 0.5) + 2.0 * min(across, 0.5, 0.1 + 2 * middle)
        elif role == LABEL:
            edge = min(across, along)
            total += 20 * max(edge - 0.005, 0.0) + 3.5 * min(across, 0.4) + 3.5 * min(along, 0.4)
        elif role == LEGAL:
            total += (0.4 if p.strip else 3.0) * min(foot / p.short, 0.5)
    return total


@kernel
def lines(p: Problem, D: IntArray, B: FloatArray) -> float:
    """Few lines: one or two of headline, three in a column; a subline of one or two; small print not in a narrow tower [PC]."""
    total = 0.0
    for u in range(p.role.shape[0]):
        role, count = p.role[u], D[I_LINES + u] + 1
        if role == HEADLINE:
            if p.width > 0.5 * p.height:
                total += (1.5 if p.strip else 0.6) * max(count - 2, 0)
            else:
                total += 0.2 * max(count - 3, 0)
        elif role == SUBLINE:
            total += (0.8 if p.strip else 0.5) * max(count - 2, 0) + (0.1 if count == 2 else 0.0)
        elif role == LEGAL:
            total += max((B[u, 3] - B[u, 1]) / max(B[u, 2] - B[u, 0], 1.0) - 0.5, 0.0)
    return total


@kernel
def panel_use(p: Problem, D: IntArray, B: FloatArray, panel: FloatArray) -> float:
    """A panel where the taste wants one and nowhere else, not over half the canvas, not a sliver [PC]."""
    has = 1.0 if panel[2] > 0 else 0.0
    total = 2.6 * abs(p.taste[T_PANEL] - has)
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
        total += 0.8 if hang[head] == 2 else 0.0
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
