"""Which brands and which time a figure is about."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any


@dataclass(frozen=True)
class Reach:
    """`brand_ids`: nothing outside them is ever counted. `since` (included) and `until` (excluded): None for no bound."""

    brand_ids: Collection[int]
    since: datetime | None = None
    until: datetime | None = None

    def within(self, field: str) -> dict[str, Any]:
        """The period as conditions on the time in `field`."""
        bounds = {f"{field}__gte": self.since, f"{field}__lt": self.until}
        return {name: moment for name, moment in bounds.items() if moment is not None}
