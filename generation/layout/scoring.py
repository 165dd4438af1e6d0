"""The energy of a candidate: a weighted sum of terms, each about 0 when a designer has nothing to say and 1 when he would mind.

Lengths are shares of the short side s. Sources: [PC] poster craft, the studio's own page of starting values; [LG] LayoutGAN++
(Kikuchi et al. 2021), alignment; [OD] O'Donovan, Agarwala, Hertzmann 2014, energies of single-page designs; [PKU] the occupancy
and utility ranges of human posters (Hsu et al. 2023). Lower is better.
"""

from __future__ import annotations

import numpy as np

from generation.layout.craft import groups, hierarchy, panel_use, reading_order, subject, taste
from generation.layout.framing import bands, corners, lines
from generation.layout.kernel import FloatArray, IntArray, kernel
from generation.layout.problem import Problem
from generation.layout.spacing import alignment, axes, balance, crowding, overflow, overlap, white_space

# what rejects most for least work comes first: a change is given up once its sum is too high
TERMS = (
    "overflow",
    "corners",
    "overlap",
    "bands",
    "reading_order",
    "groups",
    "hierarchy",
    "lines",
    "panel",
    "subject",
    "taste",
    "axes",
    "crowding",
    "balance",
    "white_space",
    "alignment",
)
WEIGHTS = np.array([60.0, 4.0, 60.0, 8.0, 3.0, 3.0, 3.0, 1.2, 1.5, 4.0, 1.0, 5.0, 12.0, 2.0, 2.5, 220.0])


@kernel
def energy(
    p: Problem,
    D: IntArray,
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
            term = corners(p, F, B)
        elif t == 2:
            term = overlap(p, B, panel)
        elif t == 3:
            term = bands(p, B)
        elif t == 4:
            term = reading_order(p, B)
        elif t == 5:
            term = groups(p, F, B)
        elif t == 6:
            term = hierarchy(p, F, size, B)
        elif t == 7:
            term = lines(p, D, F, B, size)
        elif t == 8:
            term = panel_use(p, D, B, panel)
        elif t == 9:
            term = subject(p, B)
        elif t == 10:
            term = taste(p, B, hang)
        elif t == 11:
            term = axes(p, D, B, hang)
        elif t == 12:
            term = crowding(p, B, size)
        elif t == 13:
            term = balance(p, B)
        elif t == 14:
            term = white_space(p, F, B, panel)
        else:
            term = alignment(p, B, panel)
        out[t] = term
        total += weights[t] * term
        if total > bound:
            return float(total)
    return total
