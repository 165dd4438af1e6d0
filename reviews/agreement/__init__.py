"""How far reviewers agree. Pure functions over a table of ratings: one row an item, one column a rater, NaN for missing."""

from reviews.agreement.chance import cohen_kappa, fleiss_kappa, gwet_ac1
from reviews.agreement.estimates import Estimate, wilson
from reviews.agreement.krippendorff import Level, alpha
from reviews.agreement.raw import agreement_on, raw_agreement
from reviews.agreement.tables import table_of

__all__ = [
    "Estimate",
    "Level",
    "agreement_on",
    "alpha",
    "cohen_kappa",
    "fleiss_kappa",
    "gwet_ac1",
    "raw_agreement",
    "table_of",
    "wilson",
]
