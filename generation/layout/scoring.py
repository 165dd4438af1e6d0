"""The energy of a candidate: a weighted sum of terms, each about 0 when a designer has nothing to say and 1 when he would mind.

Lengths are shares of the short side s. Sources: [PC] poster craft, the studio's own page of starting values; [LG] LayoutGAN++
(Kikuchi et al. 2021), alignment; [OD] O'Donovan, Agarwala, Hertzmann 2014, energies of single-page designs; [PKU] the occupancy
and utility ranges of human posters (Hsu et al. 2023). Lower is better.
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

APART = 0.02  # s: two things either overlap clearly or stay this far apart [PC]
SAFE = 0.05  # s: margin where no safe area is known
TERMS = (
    "overflow",
    "overlap",
    "crowding",
    "alignment",
    "axes",
    "balance",
    "hierarchy",
    "reading_order",
    "white_space",
    "subject",
    "groups",
    "corners",
    "lines",
    "panel",
    "taste",
)
WEIGHTS = np.array([60.0, 60.0, 12.0, 220.0, 5.0, 2.0, 3.0, 3.0, 2.5, 4.0, 3.0, 4.0, 1.2, 1.5, 1.0])


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
    return max(dx, dy)


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
    return total / count


@kernel
def axes(p: Problem, B: FloatArray, hang: IntArray) -> float:
    """Message, logo and legal lines off the headline's own axis: its left edge, centre or right edge; what stands beside
    it shares its middle. A leaderboard has one axis, its middle [PC]."""
    head = unit_of(p, HEADLINE)
    if head < 0:
        return 0.0
    if p.strip and p.width > p.height:
        return middle_axis(p, B, head)
    total = 0.0
    for u in range(p.role.shape[0]):
        role = p.role[u]
        if u == head or role == SUBJECT or role == LABEL:
            continue
        left = abs(B[u, 0] - B[head, 0])
        middle = abs(B[u, 0] + B[u, 2] - B[head, 0] - B[head, 2]) / 2
        right = abs(B[u, 2] - B[head, 2])
        off = left if hang[head] == 0 else (middle if hang[head] == 1 else right)
        if role == LOGO or role == LEGAL:
            off = 0.5 * min(left, middle, right)
        elif B[u, 1] < B[head, 3] and B[u, 3] > B[head, 1]:
            off = 0.3 * p.short + abs(B[u, 1] + B[u, 3] - B[head, 1] - B[head, 3]) / 2
        elif role == CTA or role == PRICE:
            off = min(off, beside(p, B, u))
        total += min(off / p.short, 0.2) / 0.2
    return total / max(p.role.shape[0] - 1, 1) * 2


@kernel
def beside(p: Problem, B: FloatArray, u: int) -> float:
    """How far price and call to action are off a common middle when they stand side by side, pixels; large when they don't."""
    least = 1e9
    for v in range(p.role.shape[0]):
        if v != u and (p.role[v] == PRICE or p.role[v] == CTA) and B[u, 1] < B[v, 3] and B[v, 1] < B[u, 3]:
            least = min(least, abs(B[u, 1] + B[u, 3] - B[v, 1] - B[v, 3]) / 2)
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
    return total + abs(top + foot - p.height) / 2 / p.short


@kernel
def balance(p: Problem, B: FloatArray) -> float:
    """Distance of the visual mass's centre from the canvas's, in its width and (half as much) its height [OD]."""
    mass = mx = my = 0.0
    for u in range(p.role.shape[0]):
        role = p.role[u]
        density = 0.7 if role == SUBJECT else (0.5 if role == LEGAL or role == LABEL else 1.0)
        m = (B[u, 2] - B[u, 0]) * (B[u, 3] - B[u, 1]) * density
        mass += m
        mx += m * (B[u, 0] + B[u, 2]) / 2
        my += m * (B[u, 1] + B[u, 3]) / 2
    off_x = abs(mx / mass / p.width - 0.5)
    off_y = abs(my / mass / p.height - 0.5)
    return 4 * max(off_x - 0.04, 0.0) + 2 * max(off_y - 0.08, 0.0)


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
    return total + max(0.06 - area, 0.0) * 6


@kernel
def reading_order(p: Problem, B: FloatArray) -> float:
    """Pairs read against promise → proof → price → act → small print, top-left to bottom-right [PC]."""
    total = 0.0
    n = p.role.shape[0]
    for a in range(n):
        for b in range(n):
            ra, rb = p.role[a], p.role[b]
            first = (
                (ra == HEADLINE and (rb == SUBLINE or rb == CTA or rb == LEGAL))
                or (ra == SUBLINE and (rb == CTA or rb == LEGAL))
                or (ra == PRICE and (rb == CTA or rb == LEGAL))
                or (ra == CTA and rb == LEGAL and not p.strip)
            )
            if not first:
                continue
            if B[b, 3] <= B[a, 1]:
                total += 1.0
            elif B[b, 1] < B[a, 3] and B[b, 2] <= B[a, 0]:
                total += 1.0
    head, price = unit_of(p, HEADLINE), unit_of(p, PRICE)
    if p.shout == HEADLINE and price >= 0 and head >= 0:
        if B[price, 3] <= B[head, 1] or (p.strip and B[price, 2] <= B[head, 0]):
            total += 0.5
    return total


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
def used_share(p: Problem, B: FloatArray) -> float:
    """Area under elements over area that the subject leaves free (utility with an exact mask) [PKU]. Without the panel."""
    used = subject = 0.0
    for u in range(p.role.shape[0]):
        area = (B[u, 2] - B[u, 0]) * (B[u, 3] - B[u, 1])
        if p.role[u] == SUBJECT:
            subject += area
        else:
            used += area
    return used / max(p.width * p.height - subject, 1.0)


@kernel
def white_space(p: Problem, F: FloatArray, B: FloatArray) -> float:
    """Utility outside people's range, dead bands, and air round the headline [PKU, PC]."""
    used = used_share(p, B)
    total = 8 * max(0.13 - used, 0.0) + 5 * max(used - 0.33, 0.0)
    main = 0 if p.width > 1.4 * p.height else 1
    calm = 0.16 if unit_of(p, SUBJECT) >= 0 else 0.3
    total += 4 * max(largest_void(p, B, main) - calm, 0.0)
    total += 6 * max(p.low[G_NEAR] * 1.4 - F[G_NEAR], 0.0) / p.low[G_NEAR] * 0.1
    head = unit_of(p, HEADLINE)
    for u in range(p.role.shape[0]):
        if head >= 0 and u != head and not MESSAGE >> p.role[u] & 1:
            gap = apart(B, head, u) / p.short
            total += 3 * max(2 * F[G_NEAR] - gap, 0.0)
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
        return max(0.84 - min(w, h) / p.short, 0.0) * 3 + max(max(w / p.width, h / p.height) - 0.35, 0.0)
    off = max(thirds(x) - 0.03, 0.0) + max(thirds(y) - 0.06, 0.0)
    return 20 * max(p.least_share - share, 0.0) + 2.5 * max(0.36 - share, 0.0) + 2.0 * off


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
            total += 20 * max(edge - 0.005, 0.0) + 2 * min(across, 0.4) + 2 * min(along, 0.4)
        elif role == LEGAL:
            total += (0.4 if p.strip else 3.0) * min(foot / p.short, 0.5)
    return total


@kernel
def lines(p: Problem, I: IntArray, B: FloatArray) -> float:
    """Few lines: one or two of headline, three in a column; a subline of one or two; small print not in a narrow tower [PC]."""
    total = 0.0
    for u in range(p.role.shape[0]):
        role, count = p.role[u], I[I_LINES + u] + 1
        if role == HEADLINE:
            total += 0.6 * max(count - 2, 0) if p.width > 0.5 * p.height else 0.2 * max(count - 3, 0)
        elif role == SUBLINE:
            total += (0.8 if p.strip else 0.5) * max(count - 2, 0) + (0.1 if count == 2 else 0.0)
        elif role == LEGAL:
            total += max((B[u, 3] - B[u, 1]) / max(B[u, 2] - B[u, 0], 1.0) - 0.5, 0.0)
    return total


@kernel
def panel_use(p: Problem, I: IntArray, B: FloatArray, panel: FloatArray) -> float:
    """A panel where the taste wants one and nowhere else, not over half the canvas, not a sliver [PC]."""
    has = 1.0 if panel[2] > 0 else 0.0
    total = 2.0 * abs(p.taste[T_PANEL] - has)
    if has == 0.0:
        return total + (0.05 if I[I_PANEL] else 0.0)
    share = (panel[2] - panel[0]) * (panel[3] - panel[1]) / (p.width * p.height)
    for u in range(p.role.shape[0]):
        if MESSAGE >> p.role[u] & 1 and not inside(B, u, panel):
            total += 1.0
    if I[I_PANEL] == 2:
        edges = (panel[0] <= 0.5) + (panel[1] <= 0.5) + (panel[2] >= p.width - 0.5) + (panel[3] >= p.height - 0.5)
        total += 1.2 if edges < 2 else (0.3 if edges == 2 else 0.0)
    return total + 4 * max(share - 0.45, 0.0)


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


@kernel
def energy(
    p: Problem,
    I: IntArray,
    F: FloatArray,
    B: FloatArray,
    size: FloatArray,
    hang: IntArray,
    panel: FloatArray,
    short_of: float,
    weights: FloatArray,
    bound: float,
    out: FloatArray,
) -> float:
    """The weighted sum; `out` gets every term, unweighted, in the order of TERMS. Stops early, and says more than
    `bound`, once the sum has passed it: no term is negative."""
    total = 0.0
    for t in range(out.shape[0]):
        if t == 0:
            term = overflow(p, B, short_of)
        elif t == 1:
            term = overlap(p, B, panel)
        elif t == 2:
            term = crowding(p, B, size)
        elif t == 3:
            term = alignment(p, B, panel)
        elif t == 4:
            term = axes(p, B, hang)
        elif t == 5:
            term = balance(p, B)
        elif t == 6:
            term = hierarchy(p, F, size, B)
        elif t == 7:
            term = reading_order(p, B)
        elif t == 8:
            term = white_space(p, F, B)
        elif t == 9:
            term = subject(p, B)
        elif t == 10:
            term = groups(p, F, B)
        elif t == 11:
            term = corners(p, F, B)
        elif t == 12:
            term = lines(p, I, B)
        elif t == 13:
            term = panel_use(p, I, B, panel)
        else:
            term = taste(p, B, hang)
        out[t] = term
        total += weights[t] * term
        if total > bound:
            return total
    return total
