"""The simulated reviewers of the loop experiment: what each finds usable is stated here, over numbers of finished pictures.

Nothing that learns reads this file; it gets a verdict and, where a picture is rejected, the dimension that was scored badly. The limits
were set once, on pictures of briefs that no run uses, so that each reviewer finds between 20 and 40 % usable without learners
(`python bench/loop_experiment.py --limits`). One answer of twelve is a slip.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np

Numbers = Mapping[str, float]  # by the names of reviews.learning.features
SLIPS = 1 / 12
BUILT = (
    "arch",
    "colonnade",
    "window",
    "steps",
    "round-steps",
    "panels",
    "frames",
    "disc",
    "slats",
    "curtain",
    "tunnel",
)


@dataclass(frozen=True)
class Part:
    """One thing a reviewer minds: how well a picture meets it, the least that will do, the dimension scored badly where it doesn't."""

    worth: Callable[[Numbers], float]
    least: float
    dimension: str


@dataclass(frozen=True)
class Reviewer:
    """A picture is usable to them when every part is met."""

    name: str
    says: str
    parts: tuple[Part, ...]

    def complaints(self, numbers: Numbers) -> dict[str, int]:
        """Scores of the dimensions that fall short: empty for a usable picture."""
        return {part.dimension: 2 for part in self.parts if part.worth(numbers) < part.least}

    def usable(self, numbers: Numbers) -> bool:
        return not self.complaints(numbers)

    def says_of(self, numbers: Numbers, rng: np.random.Generator) -> tuple[bool, dict[str, int]]:
        """A verdict and its complaints; a slip rejects without a word, or lets a bad one through."""
        complaints = self.complaints(numbers)
        return (bool(complaints), {}) if rng.random() < SLIPS else (not complaints, complaints)


def _quiet(n: Numbers) -> float:
    return -n["colour.saturation.mean"]


def _built(n: Numbers) -> float:
    return max(n[f"scene.set.{name}"] for name in BUILT)


def _from_the_right(n: Numbers) -> float:
    return n["scene.light.right"]


def _hero(n: Numbers) -> float:
    return n["layout.subject.share"]


def _high(n: Numbers) -> float:
    return -n["layout.headline.y"]


REVIEWERS = (
    Reviewer("quiet", "pictures of quiet colours", (Part(_quiet, -0.27, "saturation"),)),
    Reviewer(
        "builder",
        "stages that are built, in light from the right",
        (Part(_built, 1.0, "concept_fit"), Part(_from_the_right, 1.0, "perspective")),
    ),
    Reviewer(
        "typesetter",
        "a headline high up over a large hero",
        (Part(_high, 0.165, "layout"), Part(_hero, 0.28, "appeal")),
    ),
)
