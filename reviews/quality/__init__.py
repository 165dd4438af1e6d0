"""How far each reviewer's answers can be relied on: gold items, severity, steadiness, and what moves for all of them at once."""

from reviews.quality.drift import Shift, shifts
from reviews.quality.gold import GoldRecord, gold_answers, gold_record
from reviews.quality.severity import Severity, cusum, severities
from reviews.quality.steadiness import Steadiness, steadiness_of

__all__ = [
    "GoldRecord",
    "Severity",
    "Shift",
    "Steadiness",
    "cusum",
    "gold_answers",
    "gold_record",
    "severities",
    "shifts",
    "steadiness_of",
]
