# SPDX-License-Identifier: GPL-3.0-or-later
# Blender's modules carry no types, and live in this folder's own environment.
# mypy: ignore-errors
"""Where dressing finds room."""

from __future__ import annotations

import math

import numpy as np
from pieces import Stuff
from scenefile import SceneFile

_MARGIN = 1.35  # of a piece's radius that must be free around it


class Places:
    """Free spots of the canvas and what they are in the world."""

    def __init__(self, file: SceneFile, rng: np.random.Generator) -> None:
        self.file, self.rng = file, rng
        self.width, self.height = file.size
        free = file.arrays["free"] == 2
        self.clear = _distance(free)  # pixels to the nearest forbidden one, about
        self.camera = file.meta["camera"]
        self.weight = self._weight()

    def _weight(self) -> np.ndarray:
        """More of them near the hero than far away."""
        c = self.camera
        y, x = np.mgrid[0 : self.height, 0 : self.width]
        foot = c["cy"] + c["focal"] * math.tan(math.atan2(c["eye_y"] - 0.3, -c["eye_z"]) - c["pitch"])
        reach = 2.4 * c["focal"] / -c["eye_z"]
        away = ((x - c["cx"]) ** 2 + (1.6 * (y - foot)) ** 2) / reach**2
        return np.exp(-away) + 0.12

    def open(self, margin: float) -> tuple[float, float] | None:
        """A pixel with room around it, anywhere."""
        spots = np.flatnonzero(self.clear > margin)
        if not len(spots):
            return None
        y, x = divmod(int(spots[int(self.rng.integers(len(spots)))]), self.width)
        return x + 0.5, y + 0.5

    def anchors(self, count: int) -> list[tuple[float, float]]:
        """Pixels of the floor beside the stage, where pieces gather."""
        c = self.camera
        y, x = np.mgrid[0 : self.height, 0 : self.width]
        reach = 1.5 * c["focal"] / -c["eye_z"]
        level = c["cy"] + c["focal"] * math.tan(math.atan2(c["eye_y"], -c["eye_z"] - 0.6) - c["pitch"])
        beside = np.exp(-(((np.abs(x - c["cx"]) - reach) / (0.5 * reach)) ** 2) - ((y - level) / (0.25 * reach)) ** 2)
        chance = np.where(self.clear > 0.02 * min(self.width, self.height), beside, 0.0)
        found = []
        for _ in range(count):
            if chance.sum() < 1e-6:
                break
            at = int(np.searchsorted(np.cumsum(chance.ravel()), self.rng.random() * chance.sum()))
            row, column = divmod(min(at, chance.size - 1), self.width)
            found.append((float(column), float(row)))
            chance = chance * (np.hypot(x - column, y - row) > 0.8 * reach)
        return found

    def ground(self, px: float, py: float) -> tuple[float, float, float]:
        """Where floor or wall is seen there, in Blender's world."""
        c = self.camera
        u, v = (px - c["cx"]) / c["focal"], (c["cy"] - py) / c["focal"]
        s, k = math.sin(c["pitch"]), math.cos(c["pitch"])
        dx, dy, dz = u, v * k - s, v * s + k
        t = min(-c["eye_y"] / dy if dy < -1e-4 else 1e9, (self.file.light["wall"] - c["eye_z"]) / dz)
        return dx * t, c["eye_z"] + dz * t, c["eye_y"] + dy * t

    def find(self, sort: Stuff, near: bool, anchor: tuple[float, float] | None):
        """(place in Blender's world, radius there) of a piece, or None."""
        pixels = float(self.rng.uniform(*sort.size)) / 100 * min(self.width, self.height) * 1.25
        pixels *= 2.8 if near else 1.35 if anchor else 1.0
        hangs = near or (anchor is None and self.rng.random() < sort.air)
        chance = np.where(self.clear > pixels * _MARGIN + 1.5, self.weight, 0.0)
        if anchor and not near:
            y, x = np.mgrid[0 : self.height, 0 : self.width]
            away = np.hypot(x - anchor[0], 2.0 * (y - anchor[1])) / (0.13 * min(self.width, self.height))
            chance = chance * np.exp(-(away**2))
        total = chance.sum()
        if total <= 1e-6:
            return None
        at = int(np.searchsorted(np.cumsum(chance.ravel()), self.rng.random() * total))
        y, x = divmod(min(at, chance.size - 1), self.width)
        self.clear = np.minimum(
            self.clear, np.hypot(np.arange(self.width)[None] - x, np.arange(self.height)[:, None] - y) - pixels
        )
        return self._world(x + 0.5, y + 0.5, pixels, hangs, near)

    def _world(self, px: float, py: float, pixels: float, hangs: bool, near: bool):
        c = self.camera
        u, v = (px - c["cx"]) / c["focal"], (c["cy"] - py) / c["focal"]
        s, k = math.sin(c["pitch"]), math.cos(c["pitch"])
        dx, dy, dz = u, v * k - s, v * s + k
        floor = -c["eye_y"] / dy if dy < -1e-4 else 1e9
        if not hangs:
            z = c["eye_z"] + dz * floor
            if floor > 1e8 or z > self.file.light["wall"] - 1.1 or z < -5.5:
                return None
            return (dx * floor, z, 0.0), pixels * floor / c["focal"]
        z = float(self.rng.uniform(0.35, 0.55)) * c["eye_z"] if near else float(self.rng.uniform(-2.4, 2.2))
        t = (z - c["eye_z"]) / dz
        t = min(t, 0.93 * floor)
        return (dx * t, c["eye_z"] + dz * t, c["eye_y"] + dy * t), pixels * t / c["focal"]


def _distance(free: np.ndarray) -> np.ndarray:
    """Pixels to the nearest place that is not free, by repeated erosion in steps (city-block and diagonal in turn)."""
    found = np.zeros(free.shape, np.float32)
    left = free.copy()
    step = 0
    while left.any() and step < 90:
        found[left] += 1.0
        inner = left.copy()
        inner[1:] &= left[:-1]
        inner[:-1] &= left[1:]
        inner[:, 1:] &= left[:, :-1]
        inner[:, :-1] &= left[:, 1:]
        if step % 2:
            inner[1:, 1:] &= left[:-1, :-1]
            inner[:-1, :-1] &= left[1:, 1:]
            inner[1:, :-1] &= left[:-1, 1:]
            inner[:-1, 1:] &= left[1:, :-1]
        left, step = inner, step + 1
    return found
