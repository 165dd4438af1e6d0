"""What a brand's reviewers like to see staged, as far as it was learnt: it tilts which of the drawn stages is taken."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

import numpy as np
from pydantic import Field

from brand_styles.words import Words
from generation.liking import Liking
from generation.scenes.facts import staged_facts
from generation.scenes.graph import SceneGraph
from generation.types import Frozen, Reason

DRAWS = 24  # stages drawn from the tables, of which one is taken
STRIDE = 7_368_787  # between their seeds
STRENGTH = 3.0


class ScenePrior(Frozen):
    """`liking` over scenes.facts.staged_facts. `strength`: a stage is taken with a chance in proportion to exp(strength × liking); 0 takes
    any, as without a prior."""

    version: Literal[1] = 1
    liking: Liking = Liking()
    strength: float = Field(default=STRENGTH, ge=0, le=10)

    def chosen(self, stages: Sequence[SceneGraph], seed: int) -> int:
        """Which of the stages is taken: a draw by their chances, the same for the same seed (Gumbel's trick)."""
        chances = np.array([self.strength * self.liking(staged_facts(stage.model_dump())) for stage in stages])
        noise = np.random.default_rng([seed & 0xFFFFFFFF, 2401]).gumbel(size=len(stages))
        return int(np.argmax(chances + noise))

    def reason(self, stage: SceneGraph, of: int) -> Reason:
        """Why this stage was taken, with what weighed most."""
        parts = self.liking.parts(staged_facts(stage.model_dump()))
        told = ", ".join(f"{name.removeprefix('scene.')} {weight:+.1f}" for name, weight in parts) or "-"
        why = Words(
            en=f"Taken of {of} drawn stages by what reviewers liked.", zh=f"依据评审偏好，从 {of} 个备选场景中选出。"
        )
        return Reason(field="scene_prior", value=told, why=why)


def drawn_seeds(seed: int) -> tuple[int, ...]:
    """The seeds of the stages that a prior chooses from; the first is the seed itself."""
    return tuple((seed + STRIDE * i) % 2**31 for i in range(DRAWS))
