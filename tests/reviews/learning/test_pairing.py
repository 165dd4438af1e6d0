"""Pairs: what the scorer is unsure of is asked about, once and not too much at a time; what it is sure of is for training."""

from typing import Any

import pytest

from generation.models import Asset
from reviews import enlisting, queue
from reviews.learning import pairing, training
from reviews.models import Item, Policy, ScorerVersion
from tests.reviews.conftest import Say
from tests.reviews.learning.conftest import Make, judge, likes

pytestmark = pytest.mark.django_db


@pytest.fixture
def assets(make: Make) -> list[Asset]:
    return make(45)


@pytest.fixture
def scorer(assets: list[Asset], settings: Any) -> ScorerVersion:
    settings.REVIEW_SHARED_SCORER = False
    judge(assets[:150], [likes(asset) for asset in assets[:150]])
    (row,) = training.train_due()
    assert row.state == ScorerVersion.State.IN_USE
    return row


@pytest.fixture
def brand_id(assets: list[Asset]) -> int:
    return assets[0].job.variant.brief.library.brand_id


def asked() -> list[Item]:
    return list(Item.objects.filter(kind="pair").select_related("asset__job__variant", "other__job__variant"))


def test_without_a_scorer_nobody_is_asked(assets: list[Asset], brand_id: int) -> None:
    assert pairing.ask_due() == 0 and pairing.sure_pairs(brand_id) == [] and not asked()


def test_what_the_scorer_is_unsure_of_is_asked_about_so_many_at_a_time(
    scorer: ScorerVersion, brand_id: int, say: Say, lin: Any, owner: Any
) -> None:
    Policy.objects.create(brand_id=brand_id, due_hours=24)
    assert pairing.ask_due() == pairing.OPEN and pairing.ask_due() == 0
    pairs = asked()
    assert all(p.asset.job.variant.brief_id == p.other.job.variant.brief_id for p in pairs if p.other)
    assert {(p.strategy, p.chosen_by) for p in pairs} == {("doubt", scorer.name)} and all(p.due_at for p in pairs)
    assert not queue.take(owner.pk, [brand_id], "pair")  # their own briefs
    best = max(pairs, key=lambda p: p.rank)
    assert say(lin, "tie", "pair").item == best and best.chosen_score == best.rank > 0


def test_no_pair_is_asked_about_twice(scorer: ScorerVersion, brand_id: int, say: Say, lin: Any) -> None:
    pairing.ask_due()
    for _ in range(pairing.OPEN - pairing.LOW):
        say(lin, "a", "pair")
    assert pairing.ask_due() == pairing.OPEN - pairing.LOW
    pairs = [frozenset((p.asset_id, p.other_id)) for p in asked()]
    assert len(pairs) == len(set(pairs)) == 2 * pairing.OPEN - pairing.LOW
    Item.objects.filter(kind="pair").update(state="withdrawn")
    pairing.ask(brand_id)
    pairs = [frozenset((p.asset_id, p.other_id)) for p in asked()]
    assert len(pairs) == len(set(pairs)) == 3 * pairing.OPEN - pairing.LOW


def test_what_is_trained_on_is_wide_of_one_brief_and_was_never_asked(scorer: ScorerVersion, brand_id: int) -> None:
    pairing.ask_due()
    sure = pairing.sure_pairs(brand_id)
    right = Asset.objects.select_related("job__variant").in_bulk({m.winner for m in sure} | {m.loser for m in sure})
    assert len(sure) > 20 and all(0 < m.value <= 1 for m in sure)
    assert all(right[m.winner].job.variant.brief_id == right[m.loser].job.variant.brief_id for m in sure)
    assert sum(likes(right[m.winner]) > likes(right[m.loser]) for m in sure) > 0.9 * len(sure)  # the planted taste
    assert not {frozenset((m.winner, m.loser)) for m in sure} & {frozenset((p.asset_id, p.other_id)) for p in asked()}


def test_a_pair_goes_when_a_newer_version_takes_the_place_of_either(scorer: ScorerVersion) -> None:
    pairing.ask_due()
    pair = asked()[0]
    assert pair.other is not None
    old = pair.other
    Asset.objects.filter(pk=old.pk).update(is_head=False)
    old.pk, old.version, old.is_head, old.file = None, 2, True, "assets/newer.png"
    old.save()
    enlisting.enlist_new()
    pair.refresh_from_db()
    assert pair.state == Item.State.WITHDRAWN
    assert all(seat.state == "withdrawn" for seat in pair.seats.all())
