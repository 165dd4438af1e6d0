"""What the kernels pass to each other: named tuples of arrays, which both targets of numba take apart at no cost."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from generation.scenes.kernels.jit import Array

Vector = tuple[float, float, float]


class Scene(NamedTuple):
    """The tables of one stage: parts, corners, materials, frame, soft-boxes, bokeh (see columns.py), the rows that cast shadows
    and the parts as they cast them (see casters.py)."""

    P: Array
    V: Array
    M: Array
    F: Array
    S: Array
    K: Array
    casters: Array
    casts: Array


class Seen(NamedTuple):
    """Per pixel: part row (H, W), -1 the ground; distance (H, W); world normal (H, W, 3)."""

    parts: Array
    depth: Array
    normals: Array


class Light(NamedTuple):
    """Per second pixel: shadow and occlusion (h, w, 2), 1 = none; what the floor mirrors (h, w, 4), its weight last."""

    lit: Array
    mirror: Array


class Work(NamedTuple):
    """One thread's notes: the parts that a tile's rays may meet and where, the same for one ray, and the parts near a place."""

    rows: Array
    spans: Array
    own: Array
    own_spans: Array
    near: Array
    sums: Array


def work(parts: int) -> Work:
    """Notes for a scene of so many parts."""
    n = parts + 1
    rows, own, near = (np.zeros(n, np.int32) for _ in range(3))
    return Work(rows, np.zeros((n, 2)), own, np.zeros((n, 2)), near, np.zeros(6))
