"""What is counted of reviews: of the brands asked about and of no other, and without what was taken back."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from brand_styles.models import Brand
from generation.models import Asset, Brief
from reviews import services
from reviews.models import Item, Review, Standing
from reviews.said import said_of
from reviews.statistics import (
    BASE,
    Reach,
    acts_in,
    compute_of,
    decided_in,
    defects_among,
    held_back_in,
    hours_by_week,
    on_dimensions,
    on_verdict,
    preflight_rates,
    usable_by,
    usable_by_week,
    with_the_others,
)
from reviews.statistics.decided import versions_of
from reviews.statistics.spent import Act
from studio.models import User
from tests.reviews.conftest import Say
from tests.reviews.season import Season

GARBLED = {"code": "TXT_GARBLED"}
FLOATS = {"code": "SUB_SPACE_MISMATCH"}


@pytest.fixture
def reach(brand: Brand) -> Reach:
    return Reach([brand.pk])


@pytest.fixture
def two(waiting: list[Item], lin: User, say: Say) -> list[Review]:
    """One picture usable with a fix, one rejected, in whichever order they came."""
    Asset.objects.filter(pk=waiting[0].asset_id).update(timings={"diffusion": 6.0, "preflight": 2.0, "repair 1": 1.5})
    Asset.objects.filter(pk=waiting[1].asset_id).update(timings={"diffusion": 4.0})
    for item, name in zip(waiting, ("red-packet", "umbrella"), strict=True):
        asset = Asset.objects.get(pk=item.asset_id)
        asset.recipe |= {"concepts": [{"slug": name}, {"slug": "festive"}]}
        asset.save()
    return [say(lin, "minor_fix", defects=[FLOATS], seconds=5.0), say(lin, "reject", defects=[FLOATS, GARBLED])]


def test_usable_is_counted_by_every_kind(two: list[Review], reach: Reach) -> None:
    rows = decided_in(reach)
    assert [(s.key, s.right, s.asked) for s in usable_by(rows, lambda each: each.concepts)] == [
        ("festive", 1, 2),
        ("red-packet", 1, 1),
        ("umbrella", 0, 1),
    ]
    assert {(s.key, s.right) for s in usable_by(rows, lambda each: [each.format])} == {("300×250", 1), ("200×200", 0)}
    assert [(s.key, s.right, s.asked) for s in usable_by(rows, lambda each: [each.model])] == [("quick", 1, 2)]
    assert [(s.key, s.asked) for s in usable_by(rows, lambda each: [each.learners])] == [(BASE, 2)]
    assert [(s.right, s.asked) for s in usable_by_week(rows)] == [(1, 2)]
    assert [(s.key, s.right, s.asked) for s in defects_among(rows)] == [
        ("SUB_SPACE_MISMATCH", 2, 2),
        ("TXT_GARBLED", 1, 2),
    ]


def test_what_was_taken_back_is_not_counted(two: list[Review], reach: Reach, lin: User) -> None:
    services.undo(review_id=two[1].pk, reviewer_id=lin.pk)
    assert [each.usable for each in decided_in(reach)] == [True]
    assert len(said_of(reach.brand_ids)) == 1
    assert len(acts_in(reach)) == 3, "their time was spent all the same"


def test_other_brands_and_other_times_are_not_counted(two: list[Review], brand: Brand) -> None:
    other = Reach([Brand.objects.get(slug="larkmoor").pk])
    tomorrow = Reach([brand.pk], since=timezone.now() + timedelta(hours=1))
    yesterday = Reach([brand.pk], until=timezone.now() - timedelta(hours=1))
    for nothing in (other, tomorrow, yesterday, Reach([])):
        assert decided_in(nothing) == [] and acts_in(nothing) == [] and preflight_rates(nothing).made == 0
        assert held_back_in(nothing) == []
    assert preflight_rates(Reach([brand.pk])).made == 2


def test_learners_are_told_on_one_line() -> None:
    assert versions_of({"layout": 2, "adapter": "3f", "prior": None}) == "adapter 3f, layout 2"
    assert versions_of(None) == versions_of({}) == BASE and versions_of("7") == "7"


def test_compute_of_what_was_thrown_away_is_paid_by_what_is_usable(
    two: list[Review], waiting: list[Item], reach: Reach
) -> None:
    told = compute_of(decided_in(reach))
    assert (told.each.value, told.pictures, told.usable) == (12.0, 2, 1)
    assert told.stages == {"diffusion": 10.0, "preflight": 2.0}, "what a repair took is within its stage"
    Asset.objects.filter(pk=waiting[1].asset_id).update(verdict="blocked")
    assert compute_of([], held_back_in(reach)).each.value is None
    assert compute_of(decided_in(reach), [{"diffusion": 8.0}]).each.value == 20.0


def test_hours_hold_the_answers_and_the_short_pauses_between_them() -> None:
    monday = datetime(2026, 3, 2, 9, tzinfo=UTC)

    def act(who: int, second: float, took: float) -> Act:
        return Act(who, took, monday + timedelta(seconds=second))

    # 10 s; a pause of 20 s and 10 s; a pause of 300 s that isn't work and 10 s. Somebody else in between: 5 s.
    acts = [act(1, 10, 10), act(2, 30, 5), act(1, 40, 10), act(1, 350, 10), act(1, 7 * 86400, 60)]
    weeks = hours_by_week(acts)
    assert [(w.answers, round(w.hours * 3600)) for w in weeks] == [(4, 55), (1, 60)]
    assert weeks[0].week.isoformat() == "2026-03-02"


def test_reviewers_who_judged_the_same_pictures_are_compared(
    made_brief: Brief, lin: User, mei: User, make_third: Callable[[], User], reach: Reach
) -> None:
    people = [lin.pk, mei.pk, make_third().pk]
    Season(made_brief, people).run(weeks=2, briefs=8)
    said = said_of(reach.brand_ids)
    by_key = {each.dimension: each for each in on_dimensions(said)}
    assert len(by_key) == 10
    clear, vague = (
        by_key["colour_harmony"].alpha,
        by_key["appeal"].alpha,
    )  # the least and the most noise is planted on these
    assert clear.value is not None and vague.value is not None and clear.value > vague.value + 0.1
    assert clear.items == 48 and clear.low is not None and clear.low < clear.value
    verdict = on_verdict(said)
    assert verdict is not None and verdict.cohen.items < verdict.fleiss.items == 48
    for each in (verdict.alpha, verdict.cohen, verdict.ac1, verdict.on_usable, verdict.on_unusable):
        assert each.value is not None and 0.3 < each.value < 1
    others = with_the_others(said)
    assert set(others) <= set(people) and all(0.6 < (e.value or 0) <= 1 for e in others.values())
    assert Standing.objects.exclude(usable=None).count() == len(decided_in(reach))


def test_nobody_to_compare_says_nothing(two: list[Review], reach: Reach) -> None:
    said = said_of(reach.brand_ids)
    assert on_dimensions(said) == [] and on_verdict(said) is None and with_the_others(said) == {}
