# SPDX-License-Identifier: GPL-3.0-or-later
# Blender's modules carry no types, and live in this folder's own environment.
# mypy: ignore-errors
"""Pieces of dressing: sorts of them, and their shapes as quads about the origin, within 1."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True)
class Stuff:
    """One sort of piece. look, roles: what it is made of and in which colours; size: radius range in hundredths of the view's width;
    air: share that hangs in the air, the rest lies on the floor."""

    shape: str
    look: str
    roles: tuple[str, ...]
    size: tuple[float, float]
    air: float
    share: float = 1.0


def _sheet(rows: int, columns: int, place) -> tuple[np.ndarray, np.ndarray]:
    """A grid over (u, v) in -1 … 1 put in space by `place`."""
    u, v = np.meshgrid(np.linspace(-1, 1, columns), np.linspace(-1, 1, rows))
    points = np.stack(place(u, v), axis=-1).reshape(-1, 3)
    j, i = np.mgrid[0 : rows - 1, 0 : columns - 1]
    a = (j * columns + i).ravel()
    return points, np.stack([a, a + 1, a + columns + 1, a + columns], axis=1)


def _strip(rng):
    bend = rng.uniform(0.3, 1.2)
    return _sheet(
        9, 3, lambda u, v: (0.42 * u, 0.9 * np.sin(v * bend) / bend, 0.5 * (1 - np.cos(v * bend)) / bend + 0.06 * u * v)
    )


def _curl(rng):
    turns, tight = rng.uniform(1.2, 2.4), rng.uniform(0.30, 0.45)
    return _sheet(
        60,
        3,
        lambda u, v: (
            0.95 * v + 0.02 * u,
            tight * np.cos(v * 3.14 * turns) * (1 - 0.2 * v),
            tight * np.sin(v * 3.14 * turns) * (1 - 0.2 * v) + 0.14 * u,
        ),
    )


def _petal(rng):
    cup, twist = rng.uniform(0.2, 0.55), rng.uniform(-0.3, 0.3)

    def place(u, v):
        wide = 0.62 * np.sqrt(np.maximum(1 - v**2, 0)) * (1.0 + 0.35 * v)
        return u * wide, v, cup * (u * wide) ** 2 * 2 + 0.25 * v**2 + twist * u * v * 0.4

    return _sheet(13, 9, place)


def leaf(rng):
    fold, droop = rng.uniform(0.15, 0.4), rng.uniform(0.1, 0.4)

    def place(u, v):
        wide = 0.40 * np.cos(v * math.pi / 2) ** 0.8 * (1 - 0.25 * v)
        return u * wide, v, fold * np.abs(u * wide) - droop * v**2 + 0.02 * np.cos(9 * v)

    return _sheet(17, 9, place)


def _flake(rng):
    a = rng.uniform(0.1, 0.4, 6)
    return _sheet(
        6,
        6,
        lambda u, v: (
            u * (0.6 + a[0] * v),
            v * (0.8 + a[1] * u),
            a[2] * np.sin(3 * u + 6 * a[3]) + a[4] * np.cos(4 * v + 6 * a[5]),
        ),
    )


def _ball(rows: int, columns: int, shape) -> tuple[np.ndarray, np.ndarray]:
    """A closed ball; `shape` maps unit vectors to points."""
    v = np.linspace(-math.pi / 2 + 1e-3, math.pi / 2 - 1e-3, rows)
    u = np.arange(columns) * 2 * math.pi / columns
    v, u = np.meshgrid(v, u, indexing="ij")
    unit = np.stack([np.cos(v) * np.cos(u), np.cos(v) * np.sin(u), np.sin(v)], axis=-1).reshape(-1, 3)
    j, i = np.mgrid[0 : rows - 1, 0:columns]
    j, i = j.ravel(), i.ravel()
    k = (i + 1) % columns
    return shape(unit), np.stack(
        [j * columns + i, j * columns + k, (j + 1) * columns + k, (j + 1) * columns + i], axis=1
    )


def _bead(rng):
    return _ball(20, 32, lambda p: p)


def _pebble(rng):
    waves = rng.normal(0, 1, (5, 3))
    phase = rng.uniform(0, 6.28, 5)
    squash = np.array([1.0, rng.uniform(0.65, 0.9), rng.uniform(0.4, 0.6)])
    return _ball(
        22, 32, lambda p: p * squash * (1 + 0.09 * np.sin(p @ waves.T * 1.6 + phase).mean(axis=1))[:, None] * 1.0
    )


def _dew(rng):
    return _ball(16, 28, lambda p: p * [1.0, 1.0, 0.55])


def _star(rng):
    def shape(p):
        angle = np.arctan2(p[:, 1], p[:, 0])
        spike = np.abs((angle * 5 / (2 * math.pi)) % 1 - 0.5) * 2
        flat = np.hypot(p[:, 0], p[:, 1]) * (0.46 + 0.54 * spike**1.3)
        return np.stack([flat * np.cos(angle), flat * np.sin(angle), 0.28 * p[:, 2]], axis=1)

    return _ball(12, 60, shape)


SHAPES = {
    "strip": _strip,
    "curl": _curl,
    "petal": _petal,
    "leaf": leaf,
    "flake": _flake,
    "bead": _bead,
    "pebble": _pebble,
    "dew": _dew,
    "star": _star,
}
