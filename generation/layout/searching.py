"""The seeded search: many random candidates, the best and most different of them improved by annealing. Compiled."""

from __future__ import annotations

import numpy as np

from generation.layout.candidates import change, random_candidate
from generation.layout.kernel import FloatArray, IntArray, RandomState, kernel, uniform
from generation.layout.problem import GENES, INTS, UNITS, Problem
from generation.layout.scoring import energy
from generation.layout.slicing import decode

HOT, WARM, COLD = 2.0, 0.5, 0.01  # temperatures of the annealing, in energy
HOPELESS = 40.0  # energy after a little improvement from which nothing came to fit in any trial
ALIKE = 0.62  # starts whose matched IoU is over this are one arrangement


@kernel
def evaluate(
    p: Problem,
    D: IntArray,
    F: FloatArray,
    weights: FloatArray,
    B: FloatArray,
    size: FloatArray,
    hang: IntArray,
    panel: FloatArray,
    bound: float,
    terms: FloatArray,
) -> float:
    """Energy of a candidate, or anything above `bound`; fills its boxes and its terms."""
    most = bound / weights[0] * p.short
    short_of = decode(p, D, F, B, size, hang, panel, most)
    if short_of > most:
        return np.inf
    return energy(p, D, F, B, size, hang, panel, short_of, weights, bound, terms)


@kernel
def matched_iou(n: int, A: FloatArray, B: FloatArray) -> float:
    """Mean IoU of the same units in two candidates."""
    total = 0.0
    for u in range(n):
        w = min(A[u, 2], B[u, 2]) - max(A[u, 0], B[u, 0])
        h = min(A[u, 3], B[u, 3]) - max(A[u, 1], B[u, 1])
        if w > 0 and h > 0:
            both = w * h
            a = (A[u, 2] - A[u, 0]) * (A[u, 3] - A[u, 1])
            b = (B[u, 2] - B[u, 0]) * (B[u, 3] - B[u, 1])
            total += both / (a + b - both)
    return total / n


@kernel
def choose_starts(n: int, energies: FloatArray, boxes: FloatArray, starts: IntArray) -> int:
    """The best candidates that differ from each other, then the best of the rest; how many."""
    order = np.argsort(energies)
    taken = np.zeros(order.shape[0], dtype=np.bool_)
    count = 0
    for i in order[:400]:
        if count == starts.shape[0]:
            break
        apart = True
        for j in range(count):
            if matched_iou(n, boxes[i], boxes[starts[j]]) > ALIKE:
                apart = False
                break
        if apart:
            starts[count] = i
            taken[i] = True
            count += 1
    for i in order:
        if count == starts.shape[0]:
            break
        if not taken[i]:
            starts[count] = i
            count += 1
    return count


@kernel
def anneal(
    p: Problem,
    D: IntArray,
    F: FloatArray,
    weights: FloatArray,
    steps: int,
    hot: float,
    cold: float,
    state: RandomState,
    terms: FloatArray,
) -> float:
    """Improve one candidate in place, cooling from `hot` to `cold`; its energy."""
    B, size, panel = np.zeros((UNITS, 4)), np.zeros(UNITS), np.zeros(4)
    hang = np.zeros(UNITS, dtype=np.int64)
    current = evaluate(p, D, F, weights, B, size, hang, panel, np.inf, terms)
    best, best_D, best_F = current, D.copy(), F.copy()
    new_D, new_F = D.copy(), F.copy()
    for step in range(steps):
        new_D[:], new_F[:] = D, F
        change(p, new_D, new_F, state)
        heat = hot * (cold / hot) ** (step / steps)
        bound = current - heat * np.log(uniform(state) + 1e-12)  # Metropolis, drawn before
        found = evaluate(p, new_D, new_F, weights, B, size, hang, panel, bound, terms)
        if found <= bound:
            current = found
            D[:], F[:] = new_D, new_F
            if found < best:
                best = found
                best_D[:], best_F[:] = D, F
    D[:], F[:] = best_D, best_F
    return best


@kernel
def search(
    p: Problem,
    weights: FloatArray,
    state: RandomState,
    draws: int,
    tries: int,
    first_steps: int,
    found_D: IntArray,
    found_F: FloatArray,
    steps: int,
    terms: FloatArray,
) -> FloatArray:
    """Draw candidates, improve `tries` of them a little and as many as found_D has rows a lot; their energies, in no order.

    All are infinite when the first improvement shows that nothing will fit.
    """
    n = p.role.shape[0]
    pool_D, pool_F = np.zeros((draws, INTS), dtype=np.int64), np.zeros((draws, GENES))
    energies, boxes = np.empty(draws), np.zeros((draws, UNITS, 4))
    size, panel, hang = np.zeros(UNITS), np.zeros(4), np.zeros(UNITS, dtype=np.int64)
    for d in range(draws):
        random_candidate(p, pool_D[d], pool_F[d], state)
        energies[d] = evaluate(p, pool_D[d], pool_F[d], weights, boxes[d], size, hang, panel, np.inf, terms)
    firsts = np.zeros(tries, dtype=np.int64)
    count = choose_starts(n, energies, boxes, firsts)
    better, better_boxes = np.full(tries, np.inf), np.zeros((tries, UNITS, 4))
    for s in range(count):
        f = firsts[s]
        better[s] = anneal(p, pool_D[f], pool_F[f], weights, first_steps, HOT, WARM, state, terms)
        evaluate(p, pool_D[f], pool_F[f], weights, better_boxes[s], size, hang, panel, np.inf, terms)
    out = np.full(found_D.shape[0], np.inf)
    if better.min() > HOPELESS:
        return out
    starts = np.zeros(found_D.shape[0], dtype=np.int64)
    count = choose_starts(n, better, better_boxes, starts)
    for s in range(count):
        f = firsts[starts[s]]
        found_D[s], found_F[s] = pool_D[f], pool_F[f]
        out[s] = anneal(p, found_D[s], found_F[s], weights, steps, WARM, COLD, state, terms)
    return out
