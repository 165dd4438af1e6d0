"""Which briefs are learned from, which watch the learning, and which judge it: by the hash of the brief, for every learner alike."""

from __future__ import annotations

import hashlib
from collections.abc import Collection
from typing import Literal

Split = Literal["train", "validation", "holdout"]
HOLDOUT, VALIDATION = 10, 10  # of a hundred briefs


def split_of(brief: str) -> Split:
    """The place of a brief, named by its content's hash. All its pictures share it, and it never changes."""
    place = _place(brief)
    return "holdout" if place < HOLDOUT else "validation" if place < HOLDOUT + VALIDATION else "train"


def splits_of(briefs: Collection[str]) -> dict[str, Split]:
    """The places of some briefs. Where few of them leave validation empty, one that would be learned from watches instead.

    Never one of the holdout, and never the only one that is left to learn from.
    """
    found = {brief: split_of(brief) for brief in briefs}
    learned = sorted((b for b, split in found.items() if split == "train"), key=_digest)
    if "validation" not in found.values() and len(learned) > 1:
        found[learned[0]] = "validation"
    return found


def _place(brief: str) -> int:
    return int(_digest(brief)[:8], 16) % 100


def _digest(brief: str) -> str:
    return hashlib.sha256(f"split/{brief}".encode()).hexdigest()
