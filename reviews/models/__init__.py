from reviews.models.items import Item, Seat
from reviews.models.policies import Policy
from reviews.models.reviews import Chain, Review
from reviews.models.rubrics import RubricVersion
from reviews.models.standings import Standing

__all__ = ["Chain", "Item", "Policy", "Review", "RubricVersion", "Seat", "Standing"]
