"""A candidate's boxes. A canvas is cut again and again, in alternating directions, along a sequence of units.

Slicing floorplans (Otten 1982; Wong and Liu 1986): between each two units of the sequence stands a cut with a level; the
cuts of the lowest level part the sequence, those of the next level part the pieces the other way. Every sequence with
levels is a valid arrangement, none is stored, and nothing overlaps unless the canvas is too small.
"""

from __future__ import annotations

import numpy as np

from generation.layout.kernel import FloatArray, IntArray, kernel
from generation.layout.problem import (
    G_BLEED,
    G_FAR,
    G_FX,
    G_FY,
    G_MARGIN,
    G_NEAR,
    G_PAD,
    G_SHARE,
    HEADLINE,
    I_ALIGN,
    I_AXIS,
    I_BACKED,
    I_LEVEL,
    I_ORDER,
    I_PANEL,
    I_ROOT,
    I_SLACK,
    LOGO,
    MESSAGE,
    SUBJECT,
    UNITS,
    Problem,
)
from generation.layout.sizing import natural_sizes, subject_size, type_sizes

SIDE = 1.6  # a gap across over a gap down

# columns of a node's row
FIRST, LAST, LEVEL, ACROSS, CHILD, CHILDREN, ROLES = range(7)


@kernel
def slice_up(p: Problem, D: IntArray, nodes: IntArray) -> int:
    """Fill `nodes` from the sequence, parents before children; the number of nodes."""
    nodes[0, FIRST], nodes[0, LAST] = 0, p.role.shape[0]
    count, i = 1, 0
    while i < count:
        first, last = nodes[i, FIRST], nodes[i, LAST]
        nodes[i, CHILDREN] = 0
        nodes[i, ROLES] = 0
        nodes[i, LEVEL] = 0
        for j in range(first, last):
            nodes[i, ROLES] |= 1 << p.role[D[I_ORDER + j]]
        if last - first > 1:
            level = D[I_LEVEL + first]
            for j in range(first, last - 1):
                level = min(level, D[I_LEVEL + j])
            nodes[i, LEVEL], nodes[i, ACROSS], nodes[i, CHILD] = level, (D[I_ROOT] + level) & 1, count
            start = first
            for j in range(first, last):
                if j == last - 1 or D[I_LEVEL + j] == level:
                    nodes[count, FIRST], nodes[count, LAST] = start, j + 1
                    start = j + 1
                    count += 1
            nodes[i, CHILDREN] = count - nodes[i, CHILD]
        i += 1
    return count


@kernel
def panel_node(p: Problem, D: IntArray, nodes: IntArray, count: int) -> int:
    """The smallest piece that holds the headline and the backed unit, if the subject isn't in it; -1 for none."""
    if D[I_PANEL] == 0:
        return -1
    head = back = -1
    for j in range(p.role.shape[0]):
        if p.role[D[I_ORDER + j]] == HEADLINE:
            head = j
        if D[I_ORDER + j] == D[I_BACKED]:
            back = j
    lo, hi = min(head, back), max(head, back)
    best, length = -1, 99
    for i in range(count):
        if nodes[i, FIRST] <= lo and nodes[i, LAST] > hi and nodes[i, LAST] - nodes[i, FIRST] < length:
            best, length = i, nodes[i, LAST] - nodes[i, FIRST]
    if best >= 0 and nodes[best, ROLES] & (1 << SUBJECT):
        return -1
    return best


@kernel
def gap_between(p: Problem, F: FloatArray, nodes: IntArray, i: int, across: int, panel: int, logo: float) -> float:
    """The gap between node i and the next, pixels: small inside the message, wide elsewhere, clear round the logo.

    Gaps across are wider than gaps down, as word spaces are than the space between lines.
    """
    near = F[G_NEAR] * p.short * (SIDE if across else 1.0)
    roles = nodes[i, ROLES] | nodes[i + 1, ROLES]
    if not (roles & ~MESSAGE) and panel != i and panel != i + 1:
        return float(near)
    gap = near * F[G_FAR]
    if nodes[i, ROLES] == 1 << LOGO or nodes[i + 1, ROLES] == 1 << LOGO:  # in company it may stand clear already
        gap = max(gap, logo)
    return float(gap)


@kernel
def measure_up(
    p: Problem,
    D: IntArray,
    F: FloatArray,
    nodes: IntArray,
    count: int,
    wh: FloatArray,
    panel: int,
    logo: float,
    need: FloatArray,
) -> None:
    """Least width and height of every node, leaves first."""
    for i in range(count - 1, -1, -1):
        if nodes[i, CHILDREN] == 0:
            u = D[I_ORDER + nodes[i, FIRST]]
            need[i, 0], need[i, 1] = wh[u, 0], wh[u, 1]
        else:
            main, cross = (0, 1) if nodes[i, ACROSS] else (1, 0)
            along, wide = 0.0, 0.0
            for c in range(nodes[i, CHILD], nodes[i, CHILD] + nodes[i, CHILDREN]):
                along += need[c, main]
                wide = max(wide, need[c, cross])
                if c > nodes[i, CHILD]:
                    along += gap_between(p, F, nodes, c - 1, nodes[i, ACROSS], panel, logo)
            need[i, main], need[i, cross] = along, wide
        if i == panel and D[I_PANEL] == 1:
            need[i, 0] += 2 * F[G_PAD] * p.short
            need[i, 1] += 2 * F[G_PAD] * p.short


@kernel
def spread(code: int, spare: float, children: int, j: int) -> float:
    """The part of a node's spare length that stands before its child j. Codes: 0 after all, 1 both ends, 2 before all,
    3 evenly between, 4 … between two certain children."""
    if code == 0:
        return 0.0
    if code == 1:
        return spare / 2 if j == 0 else 0.0
    if code == 2:
        return spare if j == 0 else 0.0
    if children == 1:
        return spare / 2 if j == 0 else 0.0
    if code == 3:
        return spare / (children - 1) if j > 0 else 0.0
    return spare if j == 1 + (code - 4) % (children - 1) else 0.0


@kernel
def place_children(
    p: Problem,
    D: IntArray,
    F: FloatArray,
    nodes: IntArray,
    i: int,
    need: FloatArray,
    cells: FloatArray,
    panel: int,
    logo: float,
) -> float:
    """Give each child of node i its cell; how many pixels the node is short of."""
    main, cross = (0, 1) if nodes[i, ACROSS] else (1, 0)
    first, children = nodes[i, CHILD], nodes[i, CHILDREN]
    spare = cells[i, 2 + main]
    for c in range(first, first + children):
        spare -= need[c, main]
        if c > first:
            spare -= gap_between(p, F, nodes, c - 1, nodes[i, ACROSS], panel, logo)
    short_of = max(-spare, 0.0)
    spare = max(spare, 0.0)
    grown = -1
    extra = 0.0
    for c in range(first, first + children):
        short_of += max(need[c, cross] - cells[i, 2 + cross], 0.0)
        if nodes[c, ROLES] & (1 << SUBJECT):
            grown, extra = c, spare
            if nodes[c, CHILDREN] == 0:
                u = D[I_ORDER + nodes[c, FIRST]]
                box = np.empty(2)
                box[cross] = cells[i, 2 + cross]
                box[main] = need[c, main] + spare
                w, h = subject_size(p, u, box[0], box[1], F[G_SHARE])
                extra = min(spare, max((w if main == 0 else h) - need[c, main], 0.0))
    spare -= extra
    start = D[I_ORDER + nodes[i, FIRST]]
    key = nodes[i, LEVEL] * UNITS + start
    code = D[I_SLACK + key]
    at = cells[i, main]
    for j in range(children):
        c = first + j
        if j:
            at += gap_between(p, F, nodes, c - 1, nodes[i, ACROSS], panel, logo)
        at += spread(code, spare, children, j)
        length = need[c, main] + (extra if c == grown else 0.0)
        cells[c, main], cells[c, 2 + main] = at, length
        cells[c, cross], cells[c, 2 + cross] = cells[i, cross], cells[i, 2 + cross]
        if nodes[c, CHILDREN] == 0 and not nodes[c, ROLES] & (1 << SUBJECT):
            align = D[I_ALIGN + key]
            cells[c, cross] += (cells[i, 2 + cross] - need[c, cross]) * align * 0.5
            cells[c, 2 + cross] = need[c, cross]
        at += length
    return float(short_of)


@kernel
def place_subject(p: Problem, F: FloatArray, u: int, cell: FloatArray, B: FloatArray) -> None:
    """The subject in its cell, which may reach into the margin at the content's edges."""
    m = F[G_MARGIN] * p.short
    reach = F[G_BLEED] * m
    x0, y0, x1, y1 = cell[0], cell[1], cell[0] + cell[2], cell[1] + cell[3]
    if x0 <= m + 0.5:
        x0 -= reach
    if y0 <= m + 0.5:
        y0 -= reach
    if x1 >= p.width - m - 0.5:
        x1 += reach
    if y1 >= p.height - m - 0.5:
        y1 += reach
    w, h = subject_size(p, u, x1 - x0, y1 - y0, F[G_SHARE])
    B[u, 0] = x0 + (x1 - x0 - w) * F[G_FX]
    B[u, 1] = y0 + (y1 - y0 - h) * F[G_FY]
    B[u, 2], B[u, 3] = B[u, 0] + w, B[u, 1] + h


@kernel
def panel_box(
    p: Problem,
    D: IntArray,
    F: FloatArray,
    nodes: IntArray,
    panel: int,
    cells: FloatArray,
    B: FloatArray,
    box: FloatArray,
) -> None:
    """The panel round its units: a card with padding, or a field that reaches the canvas edges its cell touches."""
    box[0], box[1], box[2], box[3] = p.width, p.height, 0.0, 0.0
    for j in range(nodes[panel, FIRST], nodes[panel, LAST]):
        u = D[I_ORDER + j]
        box[0], box[1] = min(box[0], B[u, 0]), min(box[1], B[u, 1])
        box[2], box[3] = max(box[2], B[u, 2]), max(box[3], B[u, 3])
    m = F[G_MARGIN] * p.short
    grow = F[G_PAD] * p.short if D[I_PANEL] == 1 else 0.5 * F[G_NEAR] * F[G_FAR] * p.short
    side = grow if D[I_PANEL] == 1 else grow * SIDE
    box[0], box[1], box[2], box[3] = box[0] - side, box[1] - grow, box[2] + side, box[3] + grow
    if D[I_PANEL] == 2:
        cell = cells[panel]
        box[0] = 0.0 if cell[0] <= m + 0.5 else box[0]
        box[1] = 0.0 if cell[1] <= m + 0.5 else box[1]
        box[2] = p.width if cell[0] + cell[2] >= p.width - m - 0.5 else box[2]
        box[3] = p.height if cell[1] + cell[3] >= p.height - m - 0.5 else box[3]


@kernel
def decode(
    p: Problem,
    D: IntArray,
    F: FloatArray,
    B: FloatArray,
    size: FloatArray,
    hang: IntArray,
    panel_out: FloatArray,
    bound: float,
) -> float:
    """Boxes B (units × [x0, y0, x1, y1]), type sizes, text alignment and the panel's box of a candidate, all in pixels.

    Returns by how many pixels the pieces are too long for the canvas; 0 when everything fits. panel_out[2] is 0 without a panel.
    Once it is sure to be over `bound` nothing is placed.
    """
    n = p.role.shape[0]
    wh = np.empty((UNITS, 2))
    nodes = np.empty((2 * UNITS, 7), dtype=np.int64)
    need = np.empty((2 * UNITS, 2))
    cells = np.empty((2 * UNITS, 4))
    type_sizes(p, F, size)
    natural_sizes(p, D, F, size, wh)
    count = slice_up(p, D, nodes)
    panel = panel_node(p, D, nodes, count)
    logo = 0.0
    for u in range(n):
        if p.role[u] == LOGO:
            logo = p.clear[u] * size[u]
    measure_up(p, D, F, nodes, count, wh, panel, logo, need)
    m = F[G_MARGIN] * p.short
    lacking = max(need[0, 0] - p.width + 2 * m, 0.0) + max(need[0, 1] - p.height + 2 * m, 0.0)
    if lacking > bound:
        return float(lacking)
    cells[0, 0], cells[0, 1], cells[0, 2], cells[0, 3] = m, m, p.width - 2 * m, p.height - 2 * m
    short_of = 0.0
    for i in range(count):
        if i == panel and D[I_PANEL] == 1:
            pad = F[G_PAD] * p.short
            cells[i, 0] += pad
            cells[i, 1] += pad
            cells[i, 2] -= 2 * pad
            cells[i, 3] -= 2 * pad
        if nodes[i, CHILDREN]:
            short_of += place_children(p, D, F, nodes, i, need, cells, panel, logo)
            for c in range(nodes[i, CHILD], nodes[i, CHILD] + nodes[i, CHILDREN]):
                if nodes[c, CHILDREN] == 0:
                    u = D[I_ORDER + nodes[c, FIRST]]
                    key = nodes[i, LEVEL] * UNITS + D[I_ORDER + nodes[i, FIRST]]
                    hang[u] = D[I_AXIS] if nodes[i, ACROSS] else D[I_ALIGN + key]
        else:
            u = D[I_ORDER + nodes[i, FIRST]]
            if p.role[u] == SUBJECT:
                place_subject(p, F, u, cells[i], B)
            else:
                B[u, 0], B[u, 1] = cells[i, 0], cells[i, 1]
                B[u, 2], B[u, 3] = cells[i, 0] + wh[u, 0], cells[i, 1] + wh[u, 1]
    panel_out[2] = 0.0
    if panel >= 0:
        panel_box(p, D, F, nodes, panel, cells, B, panel_out)
    return short_of
