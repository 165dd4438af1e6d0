"""Who judges gold well, who drifts, who is steady, and when it was the generator that changed."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial
from statistics import median

import numpy as np
import pytest
from django.utils import timezone
from scipy import stats

from brand_styles.models import Brand
from reviews import calibrating, queue, rubrics, services
from reviews.answers import Answer
from reviews.models import Item, Review
from reviews.quality import cusum, gold_answers, gold_record, severities, shifts, steadiness_of
from reviews.quality.gold import at_most
from reviews.rubric import Verdict
from reviews.said import Said, said_of
from studio.models import User
from tests.reviews.conftest import Say

START = datetime(2026, 3, 2, 9, tzinfo=timezone.get_default_timezone())  # a Monday
ANY = Said(
    item=1,
    asset=1,
    brand=1,
    purpose="label",
    reviewer=1,
    verdict=Verdict.APPROVE,
    scores={},
    defects=(),
    usable=True,
    at=START,
)


def test_forty_of_fifty_is_flagged_and_forty_one_is_not() -> None:
    """Exact binomials: 40 or fewer of 50 at 90 % skill in 2.45 %; found at 75 % skill in 84 %."""
    assert gold_record([True] * 40 + [False] * 10).flagged
    assert not gold_record([True] * 41 + [False] * 9).flagged
    assert gold_record([True] * 40 + [False] * 10).chance == pytest.approx(stats.binom.cdf(40, 50, 0.9))
    assert at_most(40, 50, 0.75) == pytest.approx(0.836, abs=0.001)
    assert at_most(9, 10, 1.0) == 0.0 and at_most(10, 10, 0.9) == pytest.approx(1.0)


def test_only_the_latest_fifty_count_and_a_few_say_nothing() -> None:
    recovered = gold_record([False] * 30 + [True] * 50)
    assert (recovered.asked, recovered.right, recovered.flagged) == (50, 50, False)
    assert not gold_record([False] * 9).flagged and "too few" in gold_record([False] * 9).words.en
    assert gold_record([False] * 10).flagged, "somebody who is never right need not go on to fifty"
    assert not gold_record([True] * 15 + [False] * 5).flagged, "one in 23 careful reviewers gets 15 of the first 20"


def test_the_flag_says_why_in_both_languages() -> None:
    words = gold_record([True] * 40 + [False] * 10).words
    assert "40 of 50" in words.en and "90%" in words.en and "2.5%" in words.en
    assert "50" in words.zh and "40" in words.zh and "2.5%" in words.zh


def test_the_cusum_of_a_textbook() -> None:
    """Montgomery, "Introduction to Statistical Quality Control", tables 9.1 and 9.2: the mean moves from 10 to 11 after the 20th."""
    observed = [9.45, 7.99, 9.29, 11.66, 12.16, 10.18, 8.04, 11.46, 9.20, 10.34, 9.03, 11.47, 10.51, 9.40, 10.08]
    observed += [9.37, 10.62, 10.31, 8.52, 10.84, 10.90, 9.33, 12.29, 11.50, 10.60, 11.08, 10.38, 11.62, 11.31, 10.52]
    up, down = cusum([x - 10 for x in observed])
    assert up[27:] == pytest.approx((4.47, 5.28, 5.30)) and max(up[:28]) < 5
    assert down[:3] == pytest.approx((0.05, 1.56, 1.77)) and max(down) == down[2]


def scored(seed: int, shift: float = 0.0, days: int = 70, after: int = 35) -> list[Said]:
    """Three people, eight pictures a day each, two dimensions; the third is milder by `shift` from day `after` on."""
    rng, said = np.random.default_rng(seed), []
    for day in range(days):
        for reviewer in (1, 2, 3):
            for _ in range(8):
                worth = rng.normal(3.2 + (shift if reviewer == 3 and day >= after else 0.0), 1.0, 2)
                layout, appeal = np.clip(np.round(worth), 1, 5).astype(int).tolist()
                scores = {"layout": layout, "appeal": appeal, "saturation": 3}
                said.append(replace(ANY, reviewer=reviewer, scores=scores, at=START + timedelta(days=day)))
    return said


def test_who_became_milder_is_told_and_since_when() -> None:
    begins = []
    for seed in range(5):
        found = severities(scored(seed, shift=0.5))
        assert [who for who, each in found.items() if each.drifts and each.mean > 0] == [3], seed
        assert found[3].mean == pytest.approx(0.5, abs=0.25)
        begins.append(found[3].since or 0)
    assert median(begins) == pytest.approx(14, abs=3)  # after 280 of their reviews


def test_who_did_not_move_is_left_in_peace() -> None:
    for seed in range(5):
        assert not any(each.drifts for each in severities(scored(seed)).values()), seed


def test_a_better_generator_makes_nobody_milder() -> None:
    said = [
        replace(each, scores={key: min(score + 1, 5) for key, score in each.scores.items()})
        if each.at >= START + timedelta(days=35)
        else each
        for each in scored(1)
    ]
    assert not any(each.drifts for each in severities(said).values())


def test_nobody_is_compared_with_themselves_alone() -> None:
    assert severities([each for each in scored(1) if each.reviewer == 1]) == {}


def test_a_dimension_that_moves_for_everybody_is_the_generator_s() -> None:
    half = START + timedelta(days=35)
    for seed in range(5):
        said = [
            replace(each, scores=each.scores | {"layout": min(each.scores["layout"] + (each.at >= half), 5)})
            for each in scored(seed)
        ]
        moved = {each.dimension: each for each in shifts(said, half)}
        assert moved["layout"].for_all and moved["layout"].by == pytest.approx(0.85, abs=0.2)
        assert not moved["appeal"].for_all and not moved["saturation"].for_all


def test_one_person_who_moves_is_not_the_generator() -> None:
    moved = {each.dimension: each for each in shifts(scored(2, shift=1.5), START + timedelta(days=35))}
    assert not moved["layout"].for_all and moved["layout"].people == 3


def judged(verdict: Verdict, purpose: str, asset: int, layout: int) -> Said:
    usable = verdict is not Verdict.REJECT
    return replace(ANY, verdict=verdict, usable=usable, purpose=purpose, asset=asset, scores={"layout": layout})


def test_steadiness_compares_each_repeat_with_the_first_answer() -> None:
    firsts = [judged(Verdict.APPROVE if n % 2 else Verdict.REJECT, "label", n, 3) for n in range(10)]
    repeats: Sequence[Said] = [replace(each, purpose="repeat", scores={"layout": 4}) for each in firsts[:9]]
    turned = replace(firsts[9], purpose="repeat", usable=False, scores={"layout": 3})
    found = steadiness_of([*firsts, *repeats, turned])
    assert found[1].same.value == pytest.approx(0.9) and found[1].same.items == 10
    assert found[1].kappa.value == pytest.approx(0.8)  # 9 of 10 alike, half by chance
    assert found[1].moved == pytest.approx(0.9)
    assert steadiness_of(firsts) == {}


def test_gold_is_read_from_the_queue_and_what_was_taken_back_does_not_count(
    waiting: list[Item], lin: User, brand: Brand, say: Say, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, rubric = rubrics.current(brand.pk)
    for item, verdict in zip(waiting, ("approve", "reject"), strict=True):
        calibrating.keep_as_gold(item=item, verdict=verdict, defects=[], rubric=rubric)
    monkeypatch.setattr("reviews.queue.slip_in", partial(calibrating.slip_in, chance=0.0))
    given: list[Review] = []
    for seat in queue.take(lin.pk, [brand.pk], want=2):
        assert seat.token is not None and seat.item.purpose == Item.Purpose.GOLD
        said = Answer("minor_fix", {"layout": 4})
        given.append(services.answer(seat_id=seat.pk, token=seat.token, reviewer_id=lin.pk, given=said))
    assert sorted(gold_answers(said_of([brand.pk]))[lin.pk]) == [False, True]
    services.undo(review_id=given[0].pk, reviewer_id=lin.pk)
    assert len(gold_answers(said_of([brand.pk]))[lin.pk]) == 1
    assert said_of([]) == [] and said_of([brand.pk], since=timezone.now()) == []
