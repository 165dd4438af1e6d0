"""Figures of the review room, each of the brands it was asked about and of no other."""

from reviews.statistics.agreeing import OnDimension, OnVerdict, on_dimensions, on_verdict, with_the_others
from reviews.statistics.decided import BASE, Decided, Share, decided_in, defects_among, usable_by, usable_by_week
from reviews.statistics.reach import Reach
from reviews.statistics.spent import (
    Compute,
    Hours,
    acts_in,
    compute_of,
    held_back_in,
    hours_by_week,
    preflight_rates,
)

__all__ = [
    "BASE",
    "Compute",
    "Decided",
    "Hours",
    "OnDimension",
    "OnVerdict",
    "Reach",
    "Share",
    "acts_in",
    "compute_of",
    "decided_in",
    "defects_among",
    "held_back_in",
    "hours_by_week",
    "on_dimensions",
    "on_verdict",
    "preflight_rates",
    "usable_by",
    "usable_by_week",
    "with_the_others",
]
