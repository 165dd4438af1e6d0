"""The page is told what a scorer is worth, or why there is none."""

from typing import Any

import pytest

from reviews.learning import training
from reviews.learning.cards import learning_of
from reviews.learning.embedding import ASKED_NONE
from tests.reviews.learning.conftest import Make, judge, likes

pytestmark = pytest.mark.django_db


def test_a_card_says_what_it_rests_on(make: Make, settings: Any) -> None:
    settings.REVIEW_SHARED_SCORER = False
    assets = make(45)
    brand = assets[0].job.variant.brief.library.brand_id
    before = learning_of(brand)
    assert before.in_use is None and before.waits is not None and before.history == ()
    judge(assets, [likes(asset) for asset in assets])
    training.train_due()
    after = learning_of(brand)
    assert after.waits is None and after.in_use is not None and after.history == (after.in_use,)
    card = after.in_use
    assert (card.state, card.labels, card.learns_alone, card.told) == ("in_use", 180, True, ASKED_NONE)
    assert card.metrics["auc"]["low"] <= card.metrics["auc"]["value"] <= card.metrics["auc"]["high"]
    assert card.pictures > 0 and card.reason.zh != card.reason.en
