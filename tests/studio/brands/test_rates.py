"""First-pass rate and rate after repair: counted from what was first made, shown on the brand's page, told to monitoring."""

from typing import Any

import pytest
from django.test import Client

from generation.models import Asset, Brief, Job
from generation.rates import rates_by_brand, rates_of
from tests.studio.brands.test_drafts import said

STEP = {
    "attempt": 1,
    "finding": "contrast.low",
    "layer": "headline",
    "action": "recolour",
    "detail": "#000000",
    "mended": True,
}


def judged(row: Asset, verdict: str, first: bool, *steps: dict[str, Any], seconds: float = 2.0) -> None:
    row.verdict = verdict
    row.report = {**row.report, "first_pass": first, "repairs": list(steps)}
    row.timings = {"preflight": 1.0} | {f"repair {step['attempt']}": seconds for step in steps}
    row.save()


def again(row: Asset) -> Asset:
    """One more picture, of a job of its own."""
    job, copy = Job.objects.get(pk=row.job_id), Asset.objects.get(pk=row.pk)
    job.pk, job.width = None, job.width + 1
    job.save()
    copy.pk, copy.job, copy.file = None, job, f"again-{row.file}"
    copy.save()
    return copy


@pytest.fixture
def three(made_brief: Brief) -> list[Asset]:
    rows = list(Asset.objects.filter(job__variant__brief=made_brief).order_by("pk"))
    rows.append(again(rows[0]))
    assert len(rows) == 3
    judged(rows[0], "pass", True)
    judged(rows[1], "pass", False, STEP, seconds=2.0)
    judged(rows[2], "blocked", False, STEP | {"mended": False}, seconds=4.0)
    return rows


def test_what_passed_at_once_after_repair_and_not_is_counted(three: list[Asset]) -> None:
    found = rates_of(Brief.objects.all())
    assert (found.made, found.first, found.passed, found.mended, found.held) == (3, 1, 2, 1, 1)
    (remedy,) = found.remedies
    assert (remedy.action, remedy.tried, remedy.mended, remedy.seconds) == ("recolour", 2, 1, 3.0)
    assert rates_of(Brief.objects.none()).made == 0


def test_what_a_person_edited_counts_as_it_was_first_made(three: list[Asset]) -> None:
    first = three[2]
    first.is_head = False
    first.save()
    edited = Asset.objects.get(pk=first.pk)
    edited.pk, edited.version, edited.is_head, edited.verdict, edited.file = None, 2, True, "pass", "other.png"
    edited.save()
    assert (rates_of(Brief.objects.all()).made, rates_of(Brief.objects.all()).passed) == (3, 2)


def test_the_brand_s_page_shows_both_rates(client: Client, three: list[Asset]) -> None:
    page = said(client.get("/brands/demo"))
    assert "passed at once" in page and "33 %" in page and "67 %" in page
    assert "recoloured" in page


def test_the_picture_s_page_tells_each_step_and_its_cost(client: Client, three: list[Asset]) -> None:
    assert "recoloured, #000000" in said(client.get(f"/assets/{three[1].pk}"))
    assert "did not help, dropped · 4.0 s" in said(client.get(f"/assets/{three[2].pk}"))


def test_monitoring_reads_them_with_its_token_and_nobody_else(
    client: Client, three: list[Asset], settings: Any
) -> None:
    assert client.get("/metrics").status_code == 404
    settings.METRICS_TOKEN = "a-token-of-monitoring"
    assert client.get("/metrics").status_code == 404
    assert client.get("/metrics", headers={"Authorization": "Bearer another"}).status_code == 404
    told = said(client.get("/metrics", headers={"Authorization": "Bearer a-token-of-monitoring"}))
    slug = next(iter(rates_by_brand()))
    assert f'vermilion_pictures_made{{brand="{slug}"}} 3.0' in told
    assert f'vermilion_pictures_first_pass{{brand="{slug}"}} 1.0' in told
    assert f'vermilion_after_repair_rate{{brand="{slug}"}} 0.66' in told
