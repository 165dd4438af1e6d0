"""What people said of a brief's pictures, and what the brand's scorer expects of them, as the wall shows it."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property

from generation.models import Brief
from reviews.learning.ranking import best_first
from reviews.learning.training import scorer_for
from reviews.models import Standing


@dataclass(frozen=True)
class Judged:
    """By asset: `states` (a Standing's) of those in the queue, `likely` (0..1) of those a scorer has seen, the likeliest first."""

    states: dict[int, str]
    likely: dict[int, float] = field(default_factory=dict)

    @cached_property
    def _places(self) -> dict[int, int]:
        return {asset: number for number, asset in enumerate(self.likely)}

    def place(self, asset_id: int | None) -> tuple[bool, bool, int]:
        """Sorts pictures the best first: a person's no counts for more than the scorer's yes, and what it has not seen comes last."""
        if asset_id not in self._places:
            return True, False, 0
        return False, self.states.get(asset_id) == Standing.State.REJECTED, self._places[asset_id]


def judged_of(brief: Brief) -> Judged:
    """Nothing is `likely` where the brand has no scorer in use."""
    rows = Standing.objects.filter(asset__job__variant__brief=brief, asset__is_head=True)
    states = dict(rows.values_list("asset_id", "state"))
    if scorer_for(brief.library.brand_id) is None:
        return Judged(states)
    return Judged(states, {each.asset_id: each.usable for each in best_first(brief.pk) if each.usable is not None})
