"""What a brief would cost, told before it is sent, from what was measured here."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from generation.models import Brief, Job, Status, WorkerReport
from generation.planning.brief import Brief as BriefData
from generation.planning.brief import load_brief
from generation.services import submit_brief
from generation.timings import Timings, guess, timings
from studio.estimates import estimate_of
from studio.fairness import set_quota
from studio.models import Membership, Role, User

FORM = {"tab": "form", "brand": "demo", "headline": "会员日", "formats": ["1080x1920", "300x250"], "variants": "2"}
WANTED = BriefData.model_validate({"brand": "demo", "copy": {"headline": "会员日"}, "formats": ["1000x1000"]})


def made(brief: Brief, seconds: float, count: int = 3) -> None:
    """`count` finished pictures of a megapixel that took `seconds` each."""
    now = timezone.now()
    for number in range(count):
        Job.objects.create(
            variant=brief.variants.get(),
            width=1000 + number,
            height=1000,
            status=Status.FINISHED,
            started_at=now - timedelta(seconds=seconds),
            ended_at=now,
        )


def test_a_size_takes_the_median_of_its_like_else_it_is_scaled_else_guessed() -> None:
    known = Timings(((1.0, 10.0), (1.1, 12.0), (0.9, 50.0), (0.1, 1.0)))
    assert known.seconds(1000, 1000) == 12.0
    assert 1 < known.seconds(300, 250) < 12
    assert Timings().seconds(1080, 1920) == pytest.approx(guess(2.0736))


def test_it_is_measured_on_what_was_made_here(brief: Brief) -> None:
    made(brief, 20.0)
    assert timings().seconds(1000, 1000) == pytest.approx(20.0, abs=0.1)
    brand = brief.library.brand
    now = estimate_of(WANTED, brand)
    assert (now.pictures, now.measured, now.workers, now.ahead) == (1, 3, 0, 2)
    assert now.seconds == pytest.approx(20.0, abs=0.1) and now.wall > now.seconds


def test_other_brands_go_by_turns_and_workers_share(brief: Brief, stranger: User) -> None:
    brand = brief.library.brand
    other = BriefData.model_validate(WANTED.model_dump(by_alias=True) | {"brand": "larkmoor", "variants": 9})
    submit_brief(owner_id=stranger.pk, data=other, source="-")
    alone = estimate_of(WANTED, brand)
    assert alone.ahead == 2 + 3, "nine wait there, but only one goes before each of ours"
    for name in ("a", "b"):
        WorkerReport.objects.create(worker=name, state="ready", started_at=timezone.now(), seen_at=timezone.now())
    assert estimate_of(WANTED, brand).wall == pytest.approx(alone.wall / 2)


def test_the_quota_that_runs_out_first_is_told(brief: Brief) -> None:
    brand = brief.library.brand
    assert estimate_of(WANTED, brand).left is None
    set_quota(brand, day_seconds=100, month_seconds=10**6)
    left = estimate_of(WANTED, brand).left
    assert left and left.period == "day" and 80 < left.seconds < 100, "the brief's own two small pictures wait"
    set_quota(brand, day_seconds=None, month_seconds=None)
    assert estimate_of(WANTED, brand).left is None


@pytest.mark.parametrize(
    ("language", "words"), [("en", ["of machine time", "a default of 4 s"]), ("zh-hans", ["机时", "按默认"])]
)
def test_the_form_tells_it_as_one_types(client_of_owner: Client, language: str, words: list[str]) -> None:
    said = client_of_owner.post("/briefs/check", FORM, headers={"accept-language": language}).content.decode()
    assert "<strong>4</strong>" in said and all(word in said for word in words)
    said = client_of_owner.post("/briefs/check", FORM | {"brand": "larkmoor"}).content.decode()
    assert "<strong>" not in said


def test_a_brief_beyond_the_quota_is_told_so_before_and_when_it_is_sent(
    client_of_owner: Client, settings: Any, owner: User
) -> None:
    set_quota(Membership.objects.get(user=owner, role=Role.OWNER).brand, day_seconds=5, month_seconds=None)
    assert "more than today&#x27;s quota has left" in client_of_owner.post("/briefs/check", FORM).content.decode()
    assert client_of_owner.post("/briefs/new", FORM).status_code == 422


def test_every_sample_brief_can_be_estimated(brief: Brief, settings: Any) -> None:
    for path in sorted((settings.BASE_DIR / "docs" / "briefs").glob("*.yaml")):
        assert estimate_of(load_brief(path), brief.library.brand).seconds > 0
