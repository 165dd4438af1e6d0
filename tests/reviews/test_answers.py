"""What reviewers say is checked, kept for ever and worked out to one word on each picture."""

from typing import Any

import pytest

from brand_styles.models import Brand
from generation.models import Brief
from reviews import enlisting, queue, rubrics, services
from reviews.answers import Answer
from reviews.errors import NotYourSeat, ReviewRefused
from reviews.models import Item, Policy, Review, Standing
from studio.models import User
from tests.reviews.conftest import Say

BOX = {"kind": "box", "x": 0.1, "y": 0.2, "w": 0.3, "h": 0.1}


def standing(review: Review) -> Standing:
    return Standing.objects.get(asset=review.item.asset_id)


@pytest.mark.parametrize(
    ("verdict", "state", "usable"),
    [("approve", "approved", True), ("minor_fix", "minor_fix", True), ("reject", "rejected", False)],
)
def test_a_verdict_settles_a_picture(
    waiting: list[Item], lin: User, say: Say, verdict: str, state: str, usable: bool
) -> None:
    row = standing(say(lin, verdict))
    assert (row.state, row.usable, row.verdicts) == (state, usable, 1)


def test_scores_and_defects_are_kept_with_their_rubric(waiting: list[Item], lin: User, say: Say) -> None:
    review = say(
        lin, "reject", scores={"hue": 2, "appeal": 5}, defects=[{"code": "TXT_OVERLAP", "region": BOX}], seconds=4.2
    )
    kept = Review.objects.get(pk=review.pk)
    assert kept.scores == {"hue": 2, "appeal": 5} and kept.defects == [
        {"code": "TXT_OVERLAP", "severity": "major", "region": BOX}
    ]
    assert kept.rubric.digest == rubrics.current(kept.brand_id)[1].digest() and kept.seconds == 4.2
    assert standing(review).defects == ["TXT_OVERLAP"]


POLYGON = {"kind": "polygon", "points": [[0.1, 0.1], [0.2, 0.1], [0.2, 0.2]]}


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"verdict": "fine"}, "verdict"),
        ({"verdict": "a"}, "verdict"),
        ({"scores": {"hue": 6}}, "scores.hue"),
        ({"scores": {"hue": 0}}, "scores.hue"),
        ({"scores": {"hue": 2.5}}, "scores.hue"),
        ({"scores": {"hue": True}}, "scores.hue"),
        ({"scores": {"taste": 3}}, "scores.taste"),
        ({"defects": [{"code": "NOPE"}]}, "defects.0"),
        ({"defects": ["TEC_BLUR"]}, "defects.0"),
        ({"defects": [{"code": "TEC_BLUR", "region": BOX | {"x": 0.8}}]}, "defects.0.region"),
        ({"defects": [{"code": "TEC_BLUR", "region": BOX | {"w": 0}}]}, "defects.0.region"),
        ({"defects": [{"code": "TEC_BLUR", "region": BOX | {"x": float("nan")}}]}, "defects.0.region"),
        (
            {"defects": [{"code": "TEC_SEAM", "region": {**POLYGON, "points": [[0, 0], [1, 1], [2, 0]]}}]},
            "defects.0.region",
        ),
        (
            {"defects": [{"code": "TEC_SEAM", "region": {**POLYGON, "points": [[0, 0], [0.5, 0.5], [1, 1]]}}]},
            "defects.0.region",
        ),
        ({"defects": [{"code": "VID_FLICKER", "region": {"kind": "time", "start": 3, "end": 2}}]}, "defects.0.region"),
        ({"defects": [{"code": "TEC_BLUR"}] * 41}, "defects"),
        ({"defects": [{"code": "TXT_GARBLED"}]}, "verdict"),  # blocks, so approving is refused
        ({"comment": "字" * 2001}, "comment"),
    ],
)
def test_what_is_out_of_range_is_refused_and_nothing_is_written(
    waiting: list[Item], lin: User, say: Say, given: dict[str, Any], field: str
) -> None:
    with pytest.raises(ReviewRefused) as refused:
        say(lin, **({"verdict": "approve"} | given))
    assert refused.value.field == field and refused.value.words.en and refused.value.words.zh
    assert not Review.objects.exists()
    assert say(lin, "approve").pk  # the seat is still theirs


def test_without_a_lease_nothing_is_written(waiting: list[Item], lin: User, mei: User, brand: Brand) -> None:
    (seat, _) = queue.take(lin.pk, [brand.pk])
    assert seat.token is not None
    with pytest.raises(NotYourSeat):
        services.answer(seat_id=seat.pk, token=seat.token, reviewer_id=mei.pk, given=Answer("approve"))
    services.answer(seat_id=seat.pk, token=seat.token, reviewer_id=lin.pk, given=Answer("approve"))
    with pytest.raises(NotYourSeat):
        services.answer(seat_id=seat.pk, token=seat.token, reviewer_id=lin.pk, given=Answer("reject"))
    assert Review.objects.count() == 1


def test_undo_takes_back_and_gives_the_picture_again(waiting: list[Item], lin: User, say: Say, brand: Brand) -> None:
    review = say(lin, "reject")
    seat = services.undo(review_id=review.pk, reviewer_id=lin.pk)
    assert seat is not None and seat.item_id == review.item_id
    assert standing(review).state == "waiting" and Review.objects.count() == 2
    assert queue.take(lin.pk, [brand.pk], want=1)[0].pk in {s.pk for s in lin.seats.filter(state="held")}
    assert seat.token is not None
    services.answer(seat_id=seat.pk, token=seat.token, reviewer_id=lin.pk, given=Answer("approve"))
    assert standing(review).state == "approved"
    with pytest.raises(ReviewRefused):
        services.undo(review_id=review.pk, reviewer_id=lin.pk)


def test_nobody_takes_back_anothers_word(waiting: list[Item], lin: User, mei: User, say: Say) -> None:
    review = say(lin)
    with pytest.raises(ReviewRefused):
        services.undo(review_id=review.pk, reviewer_id=mei.pk)


def test_a_skipped_picture_goes_to_somebody_else(waiting: list[Item], lin: User, mei: User, brand: Brand) -> None:
    (seat,) = queue.take(lin.pk, [brand.pk], want=1)
    assert seat.token is not None
    with pytest.raises(ReviewRefused):
        services.skip(seat_id=seat.pk, token=seat.token, reviewer_id=lin.pk, reason="tired of it")
    review = services.skip(seat_id=seat.pk, token=seat.token, reviewer_id=lin.pk, reason="language")
    assert seat.item_id not in {s.item_id for s in queue.take(lin.pk, [brand.pk])}
    queue.give_back(lin.pk)
    assert seat.item_id in {s.item_id for s in queue.take(mei.pk, [brand.pk])}
    queue.give_back(mei.pk)
    assert services.undo(review_id=review.pk, reviewer_id=lin.pk) is not None
    assert seat.item.seats.count() == 1


@pytest.fixture
def doubled(made_brief: Brief, brand: Brand) -> list[Item]:
    Policy.objects.create(brand=brand, overlap_share=100)
    enlisting.enlist_new()
    return list(Item.objects.order_by("pk"))


def test_two_who_disagree_leave_it_to_a_third(
    doubled: list[Item], lin: User, mei: User, owner: User, teammate: User, say: Say
) -> None:
    review = say(lin, "approve")
    assert standing(review).state == "waiting"
    say(mei, "reject")
    assert standing(review).state == "split" and standing(review).usable is None
    item = Item.objects.get(pk=review.item_id)
    for who in (lin, mei, owner):  # those who judged it, and whose brief it is
        with pytest.raises(ReviewRefused):
            services.adjudicate(item=item, reviewer_id=who.pk, given=Answer("approve"))
    services.adjudicate(item=item, reviewer_id=teammate.pk, given=Answer("minor_fix"))
    assert (standing(review).state, standing(review).adjudicated) == ("minor_fix", True)
    with pytest.raises(ReviewRefused):
        services.undo(review_id=review.pk, reviewer_id=lin.pk)


def test_two_who_agree_settle_it(doubled: list[Item], lin: User, mei: User, say: Say) -> None:
    say(lin, "approve")
    row = standing(say(mei, "minor_fix"))
    assert (row.state, row.usable, row.verdicts) == ("minor_fix", True, 2)


def test_a_brand_scores_what_it_added(waiting: list[Item], lin: User, say: Say, brand: Brand) -> None:
    from brand_styles.words import Words
    from reviews.rubric import Dimension

    words = Words(en="Stillness", zh="静谧")
    first = rubrics.current(brand.pk)[0]
    own = Dimension(key="stillness", name=words, low=words, high=words)
    rubrics.extend(brand_id=brand.pk, dimensions=[own], defects=[], made_by_id=lin.pk)
    review = say(lin, scores={"stillness": 4})
    assert review.scores == {"stillness": 4} and review.rubric != first
    with pytest.raises(ReviewRefused):
        taken = Dimension(key="hue", name=words, low=words, high=words)
        rubrics.extend(brand_id=brand.pk, dimensions=[taken], defects=[], made_by_id=lin.pk)
