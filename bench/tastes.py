"""Simulated reviewers: what each likes is stated here, over named numbers of real pictures, and nothing that learns can see it.

Each finds about a third of all pictures usable and contradicts themselves in one answer of twelve.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Columns = Mapping[str, Floats]  # each named number over all pictures, standardised

SHARE = 0.33  # of pictures that are usable to anybody
SLIPS = 1 / 12


@dataclass(frozen=True)
class Taste:
    """`likes`: a picture's worth to this reviewer, higher is better; beyond a threshold it is usable."""

    name: str
    says: str
    likes: Callable[[Columns], Floats]

    def usable(self, columns: Columns) -> NDArray[np.bool_]:
        worth = self.likes(columns)
        found: NDArray[np.bool_] = worth > np.quantile(worth, 1 - SHARE)
        return found


def answers(truth: NDArray[np.bool_], rng: np.random.Generator) -> NDArray[np.bool_]:
    """What is said: the truth but for slips."""
    return np.asarray(truth ^ (rng.random(len(truth)) < SLIPS))


def _quiet_colours(c: Columns) -> Floats:
    return -np.abs(c["colour.saturation.mean"] + 0.2) - 0.5 * np.maximum(c["colour.palette.mean"], 0)


def _room(c: Columns) -> Floats:
    crowd = c["layout.type_share"] + 0.6 * c["scene.things"]
    return -np.abs(c["layout.subject.share"] - 0.3) - 0.8 * np.maximum(crowd, -0.5)


def _architect(c: Columns) -> Floats:
    built = sum(c[f"scene.set.{name}"] for name in ("arch", "colonnade", "window", "steps", "panels", "frames"))
    return built + 0.7 * c["scene.light.right"] - 0.5 * c["scene.role.floating"] + 0.3 * c["colour.detail.mean"]


def _typographer(c: Columns) -> Floats:
    strict = -np.abs(c["layout.headline.size"] - 0.4) - 0.7 * np.abs(c["layout.headline.x"])
    return strict + 0.5 * c["colour.lightness.contrast"] - 0.3 * c["layout.energy"]


def _eye(c: Columns) -> Floats:
    """Along the second axis of how pictures look, near the middle of the third: no name describes either."""
    look = np.stack([values for name, values in c.items() if name.startswith("look.")], axis=1)
    axes = np.linalg.svd(look, full_matrices=False)[0]
    return np.asarray(axes[:, 1] / axes[:, 1].std() - 0.7 * np.abs(axes[:, 2] / axes[:, 2].std()))


TASTES = (
    Taste("colours", "neither loud nor dull, near the brand's colours", _quiet_colours),
    Taste("room", "a hero of the right size, few words, few things", _room),
    Taste("architect", "built stages, light from the right, nothing that floats", _architect),
    Taste("typographer", "headlines of the right size in the middle, contrast", _typographer),
    Taste("eye", "a look that no named number describes", _eye),
)
