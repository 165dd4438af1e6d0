"""From vectors to the numbers that a scorer weighs: named ones standardised, the embedding by its principal components."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

COMPONENTS = 32
FAR = 4.0  # standard deviations beyond which a number is no further off
LEAST = 1e-6  # spread under which a number says nothing


@dataclass(frozen=True)
class Space:
    """Fitted on any pictures, judged or not. `named` counts a vector's named numbers; what follows is the embedding.

    middle, scale: (named,), scale 0 for a number that never differs. look_middle: (embedding,). look_axes: (embedding, components),
    scaled so that the components' mean square is 1 together.
    """

    named: int
    middle: Floats
    scale: Floats
    look_middle: Floats
    look_axes: Floats

    @property
    def width(self) -> int:
        return self.named + int(self.look_axes.shape[1])

    def __call__(self, vectors: NDArray[np.float32]) -> Floats:
        """(n, width): named numbers in standard deviations from usual, then components."""
        return np.hstack(self._parts(vectors))

    def places(self, vectors: NDArray[np.float32]) -> Floats:
        """(n, named + components): where alike pictures are near, each kind of number with as much say as it varies."""
        plain, look = self._parts(vectors)
        there = max(int((self.scale > 0).sum()), 1)
        return np.hstack([plain / np.sqrt(there), look / np.sqrt(max(look.shape[1], 1))])

    def _parts(self, vectors: NDArray[np.float32]) -> tuple[Floats, Floats]:
        rows = vectors.astype(np.float64)
        plain = np.clip((rows[:, : self.named] - self.middle) * self.scale, -FAR, FAR)
        return plain, (rows[:, self.named :] - self.look_middle) @ self.look_axes


def fit_space(vectors: NDArray[np.float32], named: int) -> Space:
    """The space of these vectors, (n, names), of which the first `named` are named."""
    rows = vectors.astype(np.float64)
    middle, spread = rows[:, :named].mean(axis=0), rows[:, :named].std(axis=0)
    scale = np.where(spread > LEAST, 1 / np.maximum(spread, LEAST), 0.0)
    look = rows[:, named:]
    look_middle = look.mean(axis=0)
    return Space(named, middle, scale, look_middle, _axes(look - look_middle))


def _axes(look: Floats) -> Floats:
    """Principal axes, largest first (Pearson 1901), with the scale of Space.look_axes."""
    count = min(COMPONENTS, *look.shape)
    if count == 0 or not np.any(look):
        return np.zeros((look.shape[1], 0))
    _, sizes, axes = np.linalg.svd(look, full_matrices=False)
    mean_square = (sizes[:count] ** 2).sum() / (count * len(look))
    scaled: Floats = axes[:count].T / np.sqrt(mean_square)
    return scaled
