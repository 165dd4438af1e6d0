"""Candidates: random ones, and changed ones. A candidate is a sequence of units with cut levels and some real numbers."""

from __future__ import annotations

from generation.layout.kernel import FloatArray, IntArray, RandomState, below, kernel, uniform
from generation.layout.problem import (
    BADGE,
    GENES,
    HEADLINE,
    I_ALIGN,
    I_AXIS,
    I_BACKED,
    I_LEVEL,
    I_LINES,
    I_ORDER,
    I_PANEL,
    I_ROOT,
    I_SLACK,
    LABEL,
    LEGAL,
    LEVELS,
    LOGO,
    PRICE,
    SUBJECT,
    T_AXIS,
    T_PANEL,
    UNITS,
    Problem,
)

SLACKS = 8  # codes of slicing.spread that are drawn


@kernel
def move_unit(D: IntArray, n: int, start: int, end: int) -> None:
    """Take the unit at position `start` out of the sequence and put it at `end`; its cut goes with it."""
    unit, level = D[I_ORDER + start], D[I_LEVEL + start]
    step = 1 if end > start else -1
    j = start
    while j != end:
        D[I_ORDER + j], D[I_LEVEL + j] = D[I_ORDER + j + step], D[I_LEVEL + j + step]
        j += step
    D[I_ORDER + end], D[I_LEVEL + end] = unit, level


@kernel
def random_level(state: RandomState) -> int:
    r = uniform(state)
    return 0 if r < 0.34 else (1 if r < 0.62 else (2 if r < 0.94 else 3))


@kernel
def random_slack(state: RandomState, axis: int) -> int:
    """Where spare length goes: mostly as the axis asks, else anywhere."""
    if uniform(state) < 0.4:
        return axis
    return below(state, SLACKS)


@kernel
def hang_on(p: Problem, D: IntArray, state: RandomState, axis: int) -> None:
    """Hang every stack on one axis; rows stand on their middle, their top or their foot."""
    D[I_AXIS] = axis
    for level in range(LEVELS):
        row = (D[I_ROOT] + level) & 1
        for u in range(p.role.shape[0]):
            key = level * UNITS + u
            D[I_ALIGN + key] = (1 if uniform(state) < 0.7 else 2 * below(state, 2)) if row else axis
            D[I_SLACK + key] = random_slack(state, axis) if row else below(state, SLACKS)


@kernel
def random_order(p: Problem, D: IntArray, state: RandomState) -> None:
    """Reading order, with what may stand elsewhere moved: subject, logo, label, price, badge."""
    n = p.role.shape[0]
    for u in range(n):
        D[I_ORDER + u] = u
        D[I_LEVEL + u] = random_level(state)
    for u in range(n):
        role = p.role[u]
        chance = 0.0
        if role == SUBJECT:
            chance = 0.8
        elif role in (LOGO, LABEL):
            chance = 0.5
        elif role in (PRICE, BADGE):
            chance = 0.4
        if uniform(state) < chance:
            for j in range(n):
                if D[I_ORDER + j] == u:
                    move_unit(D, n, j, below(state, n))
                    break


@kernel
def place_of(p: Problem, D: IntArray, role: int) -> int:
    """Position in the sequence of the first unit of a role, -1 for none."""
    for j in range(p.role.shape[0]):
        if p.role[D[I_ORDER + j]] == role:
            return j
    return -1


@kernel
def tuck(p: Problem, D: IntArray, state: RandomState) -> None:
    """Bring logo, AI label or legal lines to an end of the sequence, alone or in a row with another of the three.

    The row is cut from the rest; spare length goes between its two.
    """
    n = p.role.shape[0]
    who, mate = below(state, 3), below(state, 3)
    j = place_of(p, D, LOGO if who == 0 else (LABEL if who == 1 else LEGAL))
    if j < 0:
        return
    stack = D[I_ROOT]  # the first level that stacks, if the root is a stack or its pieces are
    last = who == 2 or uniform(state) < 0.5
    move_unit(D, n, j, n - 1 if last else 0)
    other = place_of(p, D, LOGO if mate == 0 else (LABEL if mate == 1 else LEGAL))
    paired = mate != who and other >= 0
    if paired:
        move_unit(D, n, other, n - 1 if last else 0)
    cut = n - 2 if last else 0
    if paired and n > 2:
        D[I_LEVEL + cut] = stack + 1
        key = (stack + 1) * UNITS + D[I_ORDER + cut]
        D[I_SLACK + key] = 3
        D[I_ALIGN + key] = 2 if last else below(state, 2)
        cut += -1 if last else 1
    D[I_LEVEL + cut] = stack


@kernel
def random_candidate(p: Problem, D: IntArray, F: FloatArray, state: RandomState) -> None:
    """A candidate drawn from nothing but the units."""
    n = p.role.shape[0]
    D[I_ROOT] = below(state, 2)
    random_order(p, D, state)
    axis = int(p.taste[T_AXIS])
    if axis < 0 or uniform(state) < 0.35:
        axis = below(state, 2) if uniform(state) < 0.92 else 2
    hang_on(p, D, state, axis)
    for _ in range(below(state, 4)):
        tuck(p, D, state)
    D[I_PANEL] = 0
    if uniform(state) < 0.15 + 0.6 * p.taste[T_PANEL]:
        D[I_PANEL] = 1 + below(state, 2)
    change_backed(p, D, state)
    for u in range(n):
        D[I_LINES + u] = 0 if p.options[u] == 0 else below(state, min(p.options[u], 3))
    for g in range(GENES):
        F[g] = p.low[g] + (p.top[g] - p.low[g]) * uniform(state)
    for g in (9, 10):
        if uniform(state) < 0.7:
            F[g] = 0.5 * below(state, 3)


@kernel
def change_backed(p: Problem, D: IntArray, state: RandomState) -> None:
    """Choose which unit the panel must hold beside the headline."""
    for _ in range(6):
        u = below(state, p.role.shape[0])
        if p.role[u] != SUBJECT and p.role[u] != HEADLINE:
            D[I_BACKED] = u
            return


@kernel
def change_number(p: Problem, F: FloatArray, state: RandomState) -> None:
    g = p.genes[below(state, p.genes.shape[0])]
    span = p.top[g] - p.low[g]
    if uniform(state) < 0.25:
        F[g] = p.low[g] + span * uniform(state)
    else:
        F[g] += span * 0.3 * (uniform(state) + uniform(state) - 1.0)
    F[g] = min(max(F[g], p.low[g]), p.top[g])
    if (g == 9 or g == 10) and uniform(state) < 0.6:
        F[g] = 0.5 * below(state, 3)


@kernel
def change_lines(p: Problem, D: IntArray, state: RandomState) -> None:
    """Another count of lines for a unit that has one."""
    n = p.role.shape[0]
    start = below(state, n)
    for i in range(n):
        u = (start + i) % n
        if p.options[u] > 1:
            D[I_LINES + u] = (D[I_LINES + u] + 1 + below(state, p.options[u] - 1)) % p.options[u]
            return


@kernel
def piece_key(D: IntArray, n: int, state: RandomState) -> int:
    """Where alignment and spare length of a piece that is cut are kept: by its level and its first unit."""
    j = below(state, n - 1)
    level = D[I_LEVEL + j]
    while j > 0 and D[I_LEVEL + j - 1] >= level:
        j -= 1
    return int(level * UNITS + D[I_ORDER + j])


@kernel
def change(p: Problem, D: IntArray, F: FloatArray, state: RandomState) -> None:
    """One small change of a candidate, in place."""
    n = p.role.shape[0]
    r = uniform(state)
    if r < 0.42 or n < 2:
        change_number(p, F, state)
        if uniform(state) < 0.4:
            change_number(p, F, state)
    elif r < 0.52:
        change_lines(p, D, state)
    elif r < 0.62:
        key = I_LEVEL + below(state, n - 1)
        level = D[key]
        while D[key] == level:
            D[key] = random_level(state)
    elif r < 0.72:
        start = below(state, n)
        move_unit(D, n, start, (start + 1 + below(state, n - 1)) % n)
    elif r < 0.82:
        key = I_ALIGN + piece_key(D, n, state)
        D[key] = (D[key] + 1 + below(state, 2)) % 3
    elif r < 0.92:
        key = I_SLACK + piece_key(D, n, state)
        D[key] = (D[key] + 1 + below(state, SLACKS - 1)) % SLACKS
    elif r < 0.935:
        tuck(p, D, state)
    elif r < 0.955:
        hang_on(p, D, state, below(state, 2))
    elif r < 0.97:
        D[I_ROOT] = 1 - D[I_ROOT]
    else:
        if uniform(state) < 0.5:
            change_backed(p, D, state)
        else:
            D[I_PANEL] = below(state, 3)
