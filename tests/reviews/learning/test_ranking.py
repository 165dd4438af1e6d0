"""The queue's order: what is chosen comes first with the strategy that chose it; what somebody has been served stays as it was."""

from collections import Counter
from typing import Any

import pytest

from reviews import queue
from reviews.learning import ranking, training
from reviews.models import Features, Item, Ranking, Seat
from tests.reviews.conftest import Say
from tests.reviews.learning.conftest import Make, judge, likes

pytestmark = pytest.mark.django_db


def test_without_a_scorer_coverage_comes_first_and_is_served_so(make: Make, say: Say, lin: Any) -> None:
    brand = make(30)[0].job.variant.brief.library.brand_id
    assert ranking.rank_due() == ranking.BATCH and ranking.rank_due() == 0
    items = Item.objects.filter(strategy="coverage")
    assert Counter(Item.objects.values_list("strategy", flat=True)) == {"coverage": 57, "random": 7, "arrival": 58}
    assert set(items.values_list("chosen_by", flat=True)) == {""} and all(item.chosen_score for item in items)
    assert all(seat.rank == seat.item.rank for seat in Seat.objects.select_related("item"))
    first = Item.objects.order_by("-rank").first()
    assert say(lin).item == first  # the queue serves by rank
    assert Ranking.objects.get(brand=brand).chosen == ranking.BATCH


def test_a_scorer_chooses_by_doubt_and_leaves_what_was_served(make: Make, lin: Any) -> None:
    assets = make(60)
    brand = assets[0].job.variant.brief.library.brand_id
    ranking.rank(brand)
    (held,) = queue.take(lin.pk, [brand], want=1)
    before = Item.objects.values("strategy", "rank", "chosen_score", "chosen_by").get(pk=held.item_id)
    others = [asset for asset in assets[:160] if asset.pk != held.item.asset_id]
    judge(others, [likes(asset) for asset in others])
    own, *_ = training.train_due()
    assert ranking.is_due(brand) and ranking.rank_due() == ranking.BATCH
    doubted = Item.objects.filter(strategy="doubt")
    assert doubted.count() == 57 and set(doubted.values_list("chosen_by", flat=True)) == {own.name}
    waiting = ranking.waiting(brand)
    assert waiting.filter(strategy="random").count() == 7 and not waiting.filter(strategy="coverage").exists()
    after = Item.objects.values("strategy", "rank", "chosen_score", "chosen_by").get(pk=held.item_id)
    assert after == before and before["strategy"] in ("coverage", "random")
    held.refresh_from_db()
    assert held.state == Seat.State.HELD and held.rank == before["rank"]


def test_new_pictures_and_an_eaten_batch_make_a_new_order(make: Make, say: Say, lin: Any) -> None:
    brand = make(30)[0].job.variant.brief.library.brand_id
    ranking.rank_due()
    assert not ranking.is_due(brand)
    make(1)
    assert ranking.is_due(brand) and ranking.rank(brand) == ranking.BATCH and not ranking.is_due(brand)
    for _ in range(ranking.BATCH - ranking.LOW + 1):
        say(lin)
    assert ranking.is_due(brand) and ranking.rank_due() == ranking.BATCH


def test_a_scorer_whose_file_is_lost_chooses_nothing(make: Make, settings: Any) -> None:
    settings.REVIEW_SHARED_SCORER = False
    assets = make(40)
    judge(assets[:150], [likes(asset) for asset in assets[:150]])
    (row,) = training.train_due()
    from django.core.files.storage import default_storage

    default_storage.delete(row.file)
    ranking.rank_due()
    assert "doubt" not in Item.objects.values_list("strategy", flat=True)
    assert ranking.score_due() == 0 and not Features.objects.exclude(scored_by="").exists()
