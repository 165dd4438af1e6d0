"""Terms of the energy about space: what overflows, overlaps, crowds, aligns, balances, and what is left empty.

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
    I_LINES,
    LABEL,
    LEGAL,
    LOGO,
    MESSAGE,
    PRICE,
    SUBJECT,
    SUBLINE,
    Problem,
)

APART = 0.02  # s: two things either overlap clearly or stay this far apart [PC]
SAFE = 0.05  # s: margin where no safe area is known


@kernel
def inside(B: FloatArray, u: int, panel: FloatArray) -> bool:
    """Whether a unit lies wholly on the panel."""
    return bool(
        B[u, 0] >= panel[0] - 0.01
        and B[u, 1] >= panel[1] - 0.01
        and B[u, 2] <= panel[2] + 0.01
        and B[u, 3] <= panel[3] + 0.01
    )


@kernel
def apart(B: FloatArray, a: int, b: int) -> float:
    """Distance between two boxes along the axis that parts them most; negative where they overlap."""
    dx = max(B[a, 0], B[b, 0]) - min(B[a, 2], B[b, 2])
    dy = max(B[a, 1], B[b, 1]) - min(B[a, 3], B[b, 3])
    return float(max(dx, dy))


@kernel
def unit_of(p: Problem, role: int) -> int:
    """The first unit of a role, -1 for none."""
    for u in range(p.role.shape[0]):
        if p.role[u] == role:
            return u
    return -1


@kernel
def overflow(p: Problem, B: FloatArray, short_of: float) -> float:
    """What reaches outside the safe area, and what the pieces lack, in s. Hard."""
    out = short_of
    for u in range(p.role.shape[0]):
        m = 0.0 if p.role[u] == SUBJECT else SAFE * p.short - 0.01
        out += max(m - B[u, 0], 0.0) + max(m - B[u, 1], 0.0)
        out += max(B[u, 2] - p.width + m, 0.0) + max(B[u, 3] - p.height + m, 0.0)
    return out / p.short + (0.2 if out > 0.5 else 0.0)


@kernel
def overlap(p: Problem, B: FloatArray, panel: FloatArray) -> float:
    """Common area of elements, share of the canvas, tenfold. The subject never lies under glyphs [PC]."""
    total = 0.0
    n = p.role.shape[0]
    for a in range(n):
        for b in range(a + 1, n):
            w = min(B[a, 2], B[b, 2]) - max(B[a, 0], B[b, 0])
            h = min(B[a, 3], B[b, 3]) - max(B[a, 1], B[b, 1])
            if w > 0 and h > 0:
                total += w * h
        if panel[2] > 0 and not inside(B, a, panel):
            w = min(B[a, 2], panel[2]) - max(B[a, 0], panel[0])
            h = min(B[a, 3], panel[3]) - max(B[a, 1], panel[1])
            if w > 0 and h > 0:
                total += w * h
    return 10.0 * total / (p.width * p.height)


@kernel
def crowding(p: Problem, B: FloatArray, size: FloatArray) -> float:
    """Pairs nearer than 0.02 s, or than the logo's clear space; a logo stays well away from the call to action [PC]."""
    total = 0.0
    n = p.role.shape[0]
    for a in range(n):
        for b in range(a + 1, n):
            want = APART * p.short
            if p.role[a] == LOGO or p.role[b] == LOGO:
                logo = a if p.role[a] == LOGO else b
                want = max(want, p.clear[logo] * size[logo])
                if p.role[a] == CTA or p.role[b] == CTA:
                    want = max(want, 0.15 * p.short)
            gap = apart(B, a, b)
            if gap < want - 0.01:
                total += (want - gap) / want
    return total


@kernel
def alignment(p: Problem, B: FloatArray, panel: FloatArray) -> float:
    """Mean −log10(1 − δ), δ an element's smallest gap to another on any of six coordinates [LG]."""
    n = p.role.shape[0]
    count = n + (1 if panel[2] > 0 else 0)
    if count < 2:
        return 0.0
    total = 0.0
    for a in range(count):
        least = 1.0
        for b in range(count):
            if a != b:
                for axis in range(2):
                    span = p.width if axis == 0 else p.height
                    a0 = panel[axis] if a == n else B[a, axis]
                    a1 = panel[axis + 2] if a == n else B[a, axis + 2]
                    b0 = panel[axis] if b == n else B[b, axis]
                    b1 = panel[axis + 2] if b == n else B[b, axis + 2]
                    gap = min(abs(a0 - b0), abs(a1 - b1), abs(a0 + a1 - b0 - b1) / 2)
                    least = min(least, gap / span)
        total -= np.log10(max(1.0 - least, 1e-6))
    return float(total / count)


@kernel
def axes(p: Problem, D: IntArray, B: FloatArray, hang: IntArray) -> float:
    """Message, logo and legal lines off the headline's own axis: its left edge, centre or right edge; what stands beside
    it shares its middle; the lines of a subline hang as the headline's do. A leaderboard has one axis, its middle [PC]."""
    head = unit_of(p, HEADLINE)
    if head < 0:
        return 0.0
    if p.strip and p.width > p.height:
        return middle_axis(p, B, head)
    total = 0.0
    for u in range(p.role.shape[0]):
        role = p.role[u]
        if u == head or role in (SUBJECT, LABEL):
            continue
        left = abs(B[u, 0] - B[head, 0])
        middle = abs(B[u, 0] + B[u, 2] - B[head, 0] - B[head, 2]) / 2
        right = abs(B[u, 2] - B[head, 2])
        off = left if hang[head] == 0 else (middle if hang[head] == 1 else right)
        if role in (LOGO, LEGAL):
            off = 0.5 * min(left, middle, right)
        elif B[u, 1] < B[head, 3] and B[u, 3] > B[head, 1]:
            off = 0.3 * p.short + abs(B[u, 1] + B[u, 3] - B[head, 1] - B[head, 3]) / 2
        elif role in (CTA, PRICE):
            off = min(off, beside(p, B, u, head, hang[head]))
        elif role == SUBLINE and p.rows[u, D[I_LINES + u]] > 1 and hang[u] != hang[head]:
            off += 0.1 * p.short
        total += min(off / p.short, 0.2) / 0.2
    return float(total / max(p.role.shape[0] - 1, 1) * 2)


@kernel
def beside(p: Problem, B: FloatArray, u: int, head: int, hung: int) -> float:
    """For price and call to action side by side: how far they are off a common middle, and the two together off the
    headline's axis, pixels; large when they don't stand so."""
    least = 1e9
    for v in range(p.role.shape[0]):
        if v != u and p.role[v] in (PRICE, CTA) and B[u, 1] < B[v, 3] and B[v, 1] < B[u, 3]:
            x0, x1 = min(B[u, 0], B[v, 0]), max(B[u, 2], B[v, 2])
            off = abs(x0 - B[head, 0]) if hung == 0 else abs(x1 - B[head, 2])
            if hung == 1:
                off = abs(x0 + x1 - B[head, 0] - B[head, 2]) / 2
            least = min(least, off + abs(B[u, 1] + B[u, 3] - B[v, 1] - B[v, 3]) / 2)
    return least


@kernel
def middle_axis(p: Problem, B: FloatArray, head: int) -> float:
    """How far logo, price, call to action and the headline with its subline are off a leaderboard's middle, in s."""
    total = 0.0
    top, foot = B[head, 1], B[head, 3]
    for u in range(p.role.shape[0]):
        role = p.role[u]
        if role == SUBLINE and B[u, 0] < B[head, 2] and B[u, 2] > B[head, 0]:
            top, foot = min(top, B[u, 1]), max(foot, B[u, 3])
        elif role in (LOGO, PRICE, CTA, SUBLINE, BADGE):
            total += abs(B[u, 1] + B[u, 3] - p.height) / 2 / p.short
    return float(total + abs(top + foot - p.height) / 2 / p.short)


@kernel
def balance(p: Problem, B: FloatArray) -> float:
    """Distance of the visual mass's centre from the canvas's, in its width and (half as much) its height [OD]."""
    mass = mx = my = 0.0
    for u in range(p.role.shape[0]):
        role = p.role[u]
        density = 0.7 if role == SUBJECT else (0.5 if role in (LEGAL, LABEL) else 1.0)
        m = (B[u, 2] - B[u, 0]) * (B[u, 3] - B[u, 1]) * density
        mass += m
        mx += m * (B[u, 0] + B[u, 2]) / 2
        my += m * (B[u, 1] + B[u, 3]) / 2
    off_x = abs(mx / mass / p.width - 0.5)
    off_y = abs(my / mass / p.height - 0.5)
    return 4 * max(off_x - 0.04, 0.0) + 2 * max(off_y - 0.08, 0.0)


@kernel
def largest_void(p: Problem, B: FloatArray, axis: int) -> float:
    """The widest band across the canvas that nothing enters, share of its length."""
    span = p.width if axis == 0 else p.height
    at, widest = 0.0, 0.0
    n = p.role.shape[0]
    while True:
        reach, nearest = at, span
        for u in range(n):
            if B[u, axis] <= at + 0.5:
                reach = max(reach, B[u, axis + 2])
        if reach <= at:
            for u in range(n):
                if B[u, axis] > at:
                    nearest = min(nearest, B[u, axis])
            widest = max(widest, nearest - at)
            at = nearest
            if nearest >= span:
                return widest / span
        else:
            at = reach


@kernel
def used_share(p: Problem, B: FloatArray, panel: FloatArray) -> float:
    """Area under elements, the panel too, over area that the subject leaves free (utility with an exact mask) [PKU]."""
    used = (panel[2] - panel[0]) * (panel[3] - panel[1]) if panel[2] > 0 else 0.0
    subject = 0.0
    for u in range(p.role.shape[0]):
        area = (B[u, 2] - B[u, 0]) * (B[u, 3] - B[u, 1])
        if p.role[u] == SUBJECT:
            subject += area
        elif panel[2] <= 0 or not inside(B, u, panel):
            used += area
    return float(used / max(p.width * p.height - subject, 1.0))


@kernel
def white_space(p: Problem, F: FloatArray, B: FloatArray, panel: FloatArray) -> float:
    """Utility outside people's range, dead bands, and air round the headline [PKU, PC]."""
    used = used_share(p, B, panel)
    total = 10 * max(0.125 - used, 0.0) + 6.5 * max(used - 0.335, 0.0)
    main = 0 if p.width > 1.4 * p.height else 1
    calm = 0.16 if unit_of(p, SUBJECT) >= 0 else 0.3
    total += 4 * max(largest_void(p, B, main) - calm, 0.0)
    total += 6 * max(p.low[G_NEAR] * 1.4 - F[G_NEAR], 0.0) / p.low[G_NEAR] * 0.1
    head = unit_of(p, HEADLINE)
    for u in range(p.role.shape[0]):
        if head >= 0 and u != head and not MESSAGE >> p.role[u] & 1:
            gap = apart(B, head, u) / p.short
            total += 3 * max(2 * F[G_NEAR] - gap, 0.0)
    return float(total)
