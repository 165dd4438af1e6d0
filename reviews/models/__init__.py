from reviews.models.features import Features
from reviews.models.gates import Gate, GatePack, GatePair, Promotion
from reviews.models.items import Item, Seat
from reviews.models.learners import Dataset, Kind, Learner, LearnerVersion
from reviews.models.orders import TrainingOrder
from reviews.models.policies import Policy
from reviews.models.rankings import Ranking
from reviews.models.reviews import Chain, Review
from reviews.models.rubrics import RubricVersion
from reviews.models.scorers import ScorerVersion
from reviews.models.standings import Standing

__all__ = [
    "Chain",
    "Dataset",
    "Features",
    "Gate",
    "GatePack",
    "GatePair",
    "Item",
    "Kind",
    "Learner",
    "LearnerVersion",
    "Policy",
    "Promotion",
    "Ranking",
    "Review",
    "RubricVersion",
    "ScorerVersion",
    "Seat",
    "Standing",
    "TrainingOrder",
]
