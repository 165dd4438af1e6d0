"""Where a brand's reviewers like things to stand and how they like type, as far as it was learnt."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

import numpy as np
from pydantic import Field, field_validator

from generation.layout.facts import layout_facts
from generation.layout.kernel import FloatArray
from generation.layout.scoring import TERMS, WEIGHTS
from generation.liking import Liking
from generation.types import Frozen, Layout

FIRM = frozenset({"overflow", "overlap", "bands", "crowding"})  # terms that nobody's taste may loosen
DRAWS = 3  # searches, each from another seed, whose layouts are chosen from
STRIDE = 15_485_863  # between their seeds
STRENGTH = 3.0
PER_LIKING = 2.0  # energy that one unit of log-odds outweighs
WITHIN = 6.0  # energy above the best layout's beyond which no liking helps


class LayoutTaste(Frozen):
    """`liking` over layout.facts.layout_facts; `terms`: factors on the energy's weights by name; `lettering`: log-odds by type
    treatment."""

    version: Literal[1] = 1
    liking: Liking = Liking()
    terms: dict[str, float] = Field(default_factory=dict)
    lettering: dict[str, float] = Field(default_factory=dict, max_length=40)
    strength: float = Field(default=STRENGTH, ge=0, le=10)

    @field_validator("terms")
    @classmethod
    def _soft(cls, factors: dict[str, float]) -> dict[str, float]:
        if set(factors) - set(TERMS) or FIRM & set(factors) or not all(0.25 <= f <= 4 for f in factors.values()):
            raise ValueError("factors lie between 0.25 and 4 and name soft terms of the energy")
        return factors

    @property
    def weights(self) -> FloatArray:
        """The energy's weights, in the order of scoring.TERMS."""
        return np.array([w * self.terms.get(name, 1.0) for name, w in zip(TERMS, WEIGHTS, strict=True)])

    def energy(self, layout: Layout) -> float:
        """What liking takes off a layout's energy (negative where it is liked)."""
        return -PER_LIKING * self.strength * self.liking(layout_facts(layout))

    def treatment(self, choices: Sequence[str], seed: int) -> str:
        """One of the choices, drawn by how they are liked; the same for the same seed."""
        chances = np.array([self.strength * self.lettering.get(name, 0.0) for name in choices])
        noise = np.random.default_rng([seed & 0xFFFFFFFF, 2411]).gumbel(size=len(choices))
        return choices[int(np.argmax(chances + noise))]


def drawn_seeds(seed: int) -> tuple[int, ...]:
    """The seeds of the searches; the first is the seed itself."""
    return tuple((seed + STRIDE * i) % 2**31 for i in range(DRAWS))
