"""Which pictures a version had a part in, how they are called back, and when a version goes back by itself."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from brand_styles.models import Brand
from generation import learners
from generation.models import Asset, Job, Variant
from reviews import promoting, recalling, tasks
from reviews.agreement import wilson
from reviews.gating.gates import pin_of
from reviews.models import Item, LearnerVersion, Promotion, Standing
from reviews.recalling import LEAST_VERDICTS, look_at, rise_of
from studio.models import User
from tests.reviews.conftest import MakeVersion, Say

pytestmark = pytest.mark.django_db


def made(like: Asset, count: int, number: int | None, rejected: int) -> None:
    """`count` settled pictures that the adapter's version had a part in (None: no version), so many of them rejected."""
    variant = Variant.objects.create(brief=like.job.variant.brief, number=Variant.objects.count() + 100)
    for i in range(count):
        job = Job.objects.create(variant=variant, width=50 + i, height=50, status="finished")
        asset = Asset.objects.get(pk=like.pk)
        asset.pk, asset.job, asset.file = None, job, f"recall/{job.pk}.png"
        asset.recipe = asset.recipe | ({"learners": {"adapter": number}} if number else {})
        asset.save(force_insert=True)
        Standing.objects.create(
            asset=asset,
            brand=variant.brief.library.brand,
            usable=i >= rejected,
            state="approved",
            settled_at=timezone.now(),
        )


@pytest.fixture
def promoted(brand: Brand, version: MakeVersion) -> LearnerVersion:
    row = version(state="promoted")
    learners.use(brand_id=brand.pk, pin=pin_of(row))
    return row


@pytest.fixture
def like(waiting: list[Item]) -> Asset:
    return waiting[0].asset


def later(like: Asset) -> None:
    """What was made so far, was made before the version came into use."""
    Asset.objects.update(created_at=timezone.now() - timedelta(days=1))


@pytest.mark.parametrize(
    ("count", "rejected", "goes"), [(50, 30, True), (50, 10, False), (49, 49, False), (50, 16, False), (99, 60, True)]
)
def test_it_goes_back_where_rejects_rise_beyond_doubt_and_never_before_fifty(
    promoted: LearnerVersion, like: Asset, brand: Brand, count: int, rejected: int, goes: bool
) -> None:
    made(like, 50, None, 10)
    later(like)
    made(like, count, promoted.number, rejected)
    tasks.watch()
    promoted.refresh_from_db()
    assert promoted.state == ("retired" if goes else "promoted")
    assert (learners.in_use(brand.pk) == ()) == goes
    acts = list(Promotion.objects.values_list("act", flat=True))
    assert acts == (["alone"] if goes else [])
    if goes:
        told = Promotion.objects.get().reason
        assert "version 1" in told["en"] and "自动回退" in told["zh"]


def test_without_fifty_before_it_nothing_is_compared(promoted: LearnerVersion, like: Asset) -> None:
    made(like, 20, None, 0)
    later(like)
    made(like, 60, promoted.number, 60)
    assert recalling.roll_back_the_worse() == []


def test_looks_are_few() -> None:
    assert [look_at(n) for n in (0, 49, 50, 99, 100, 199, 200, 850)] == [0, 49, 50, 50, 100, 100, 200, 800]


def test_the_difference_of_two_shares_has_newcombes_interval() -> None:
    """Newcombe 1998, table II, method 10: 56/70 against 48/80, difference 0.2, 0.0524 to 0.3339."""
    found = rise_of(wilson(48, 80), wilson(56, 70))
    assert (found.value, found.low, found.high) == pytest.approx((0.2, 0.0524, 0.3339), abs=5e-5)


def test_pictures_of_a_version_are_found_and_reviewed_again(
    waiting: list[Item], say: Say, lin: User, mei: User, brand: Brand
) -> None:
    for _ in waiting:
        say(lin, "approve")
    first, second = (item.asset for item in waiting)
    Asset.objects.filter(pk=first.pk).update(recipe=first.recipe | {"learners": {"adapter": 3}})
    Asset.objects.filter(pk=second.pk).update(recipe=second.recipe | {"learners": {"adapter": 4, "scene_prior": 3}})
    which = {"brand_id": brand.pk, "kind": "adapter", "number": 3}
    assert list(recalling.assets_made_with(brand.pk, "adapter", 3)) == [first]
    assert recalling.recall(**which) == 1  # type: ignore[arg-type]
    assert recalling.recall(**which) == 0  # type: ignore[arg-type]
    assert Standing.objects.get(asset=first).usable is None
    assert Standing.objects.get(asset=second).usable is True
    said = say(mei, "reject")
    assert said.item.asset_id == first.pk
    assert (
        Standing.objects.get(asset=first).state == Standing.State.SPLIT
    )  # one approved, one rejects: somebody decides


def test_another_brands_pictures_are_not_found(waiting: list[Item], stranger: User) -> None:
    Asset.objects.update(recipe=waiting[0].asset.recipe | {"learners": {"adapter": 3}})
    other = stranger.memberships.get().brand_id
    assert not recalling.assets_made_with(other, "adapter", 3).exists()


def test_the_log_names_whom(brand: Brand, promoted: LearnerVersion, lin: User) -> None:
    act = promoting.roll_back(brand_id=brand.pk, kind="adapter", by_id=lin.pk)
    assert (act.by, act.before, act.version, LEAST_VERDICTS) == (lin, promoted, None, 50)
