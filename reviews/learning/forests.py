"""Trees as arrays: what scikit-learn grew, kept without pickle and walked without it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from reviews.learning.measuring import Floats

Integers = NDArray[np.int32]
LEAF = -1
ROWS = 512  # walked at a time


@dataclass(frozen=True)
class Forest:
    """The nodes of all trees one after another: `column` (LEAF at a leaf), `cut` (left where a number is no greater), `left` and `right`
    (places in these arrays), `value`. `roots` (members, trees): where each tree of each member begins."""

    column: Integers
    cut: Floats
    left: Integers
    right: Integers
    value: Floats
    roots: Integers

    def __call__(self, inputs: Floats) -> Floats:
        """(members, n): the mean of each member's trees. inputs (n, width)."""
        rows = inputs.astype(np.float32)  # as the trees were grown
        parts = [self._walked(rows[at : at + ROWS]) for at in range(0, len(rows), ROWS)]
        return np.concatenate(parts, axis=1) if parts else np.zeros((len(self.roots), 0))

    def _walked(self, rows: NDArray[np.float32]) -> Floats:
        at = np.repeat(self.roots.reshape(-1, 1), len(rows), axis=1)
        which = np.arange(len(rows))[None]
        while (inside := self.column[at] != LEAF).any():
            low = rows[which, np.where(inside, self.column[at], 0)] <= self.cut[at]
            at = np.where(inside, np.where(low, self.left[at], self.right[at]), at)
        found: Floats = self.value[at].reshape(*self.roots.shape, -1).mean(axis=1)
        return found

    def arrays(self) -> dict[str, NDArray[Any]]:
        return dict(vars(self))


def joined(members: Sequence[Any]) -> Forest:
    """One forest of scikit-learn's ensembles of trees, a member each, all with as many trees."""
    trees = [estimator.tree_ for member in members for estimator in member.estimators_]
    starts = np.cumsum([0, *(tree.node_count for tree in trees)])[:-1]
    return Forest(
        np.concatenate([np.where(tree.children_left < 0, LEAF, tree.feature) for tree in trees]).astype(np.int32),
        np.concatenate([tree.threshold for tree in trees]).astype(np.float64),
        np.concatenate([tree.children_left + s for tree, s in zip(trees, starts, strict=True)]).astype(np.int32),
        np.concatenate([tree.children_right + s for tree, s in zip(trees, starts, strict=True)]).astype(np.int32),
        np.concatenate([tree.value[:, 0, 0] for tree in trees]).astype(np.float64),
        starts.reshape(len(members), -1).astype(np.int32),
    )
