"""Quotas of machine time: counted from the jobs, told before anything is made, set by owners."""

from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client

from brand_styles.models import Brand
from brand_styles.words import Words
from generation.models import Brief, Job, Status
from studio.fairness import refusal, usage
from studio.models import Quota
from tests.studio.test_briefs import SOUND

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)


@pytest.fixture
def demo(brands: None) -> Brand:
    return Brand.objects.get(slug="demo")


def took(brief: Brief, *spans: tuple[float, float]) -> None:
    """Give the brief's jobs (seconds ago they ended, seconds they took)."""
    now = datetime.now(UTC)
    for job, (ago, seconds) in zip(Job.objects.filter(variant__brief=brief).order_by("id"), spans, strict=True):
        ended = now - timedelta(seconds=ago)
        job.started_at, job.ended_at, job.status = ended - timedelta(seconds=seconds), ended, Status.FINISHED
        job.save()


def test_machine_time_is_the_sum_of_what_the_jobs_took(brief: Brief, demo: Brand) -> None:
    took(brief, (0, 30.5), (0, 10))
    assert usage(demo).day == pytest.approx(40.5, abs=0.01) and usage(demo).month == pytest.approx(40.5, abs=0.01)
    assert usage(Brand.objects.get(slug="larkmoor")).day == 0
    took(brief, (0, 30), (40 * 86400, 10))
    assert usage(demo).month == pytest.approx(30, abs=0.01)


def test_a_running_job_counts_until_now(brief: Brief, demo: Brand) -> None:
    from generation import jobs

    claim = jobs.claim_next()
    assert claim
    Job.objects.filter(id=claim.job_id).update(started_at=datetime.now(UTC) - timedelta(seconds=20))
    assert 19 < usage(demo).day < 30
    jobs.postpone(claim, Words(en="Busy.", zh="繁忙。"), seconds=60)
    assert usage(demo).day == 0, "a job that waits again takes no machine"


def test_a_used_up_quota_is_told_with_figures_before_anything_is_made(
    client_of_owner: Client, brief: Brief, demo: Brand
) -> None:
    took(brief, (0, 50), (0, 50))
    Quota.objects.create(brand=demo, day_seconds=110)
    answer = client_of_owner.post("/briefs/new", SOUND)
    page = answer.content.decode()
    assert answer.status_code == 422 and "has taken 100 of 110 seconds of machine time today" in page
    assert SOUND["headline"] in page and Brief.objects.count() == 1
    chinese = client_of_owner.post("/briefs/new", SOUND, headers={"accept-language": "zh-hans"}).content.decode()
    assert "今天已用 100 秒机时" in chinese
    Quota.objects.update(day_seconds=10_000)
    assert client_of_owner.post("/briefs/new", SOUND).status_code == 302


def test_what_waits_counts_too(brief: Brief, demo: Brand) -> None:
    Quota.objects.create(brand=demo, month_seconds=15)
    words = refusal(demo, 1)
    assert words and "this month" in words.en, "two small ones wait, four seconds each, and one more of eight"
    Quota.objects.update(month_seconds=24)
    assert refusal(demo, 1) is None


def test_owners_set_quotas_and_what_cannot_be_is_told(client_of_owner: Client, demo: Brand) -> None:
    sent = {"day_seconds": "3600", "month_seconds": ""}
    assert client_of_owner.post("/settings/quotas/demo", sent).status_code == 302
    assert Quota.objects.values_list("day_seconds", "month_seconds").get() == (3600, None)
    assert "3600" in client_of_owner.get("/settings").content.decode()
    for wrong in ("-1", "1.5", "many", "100000001", "9" * 40):
        answer = client_of_owner.post("/settings/quotas/demo", {"day_seconds": wrong})
        assert answer.status_code == 422 and "whole seconds" in answer.content.decode()
    assert client_of_owner.post("/settings/quotas/larkmoor", sent).status_code == 404
