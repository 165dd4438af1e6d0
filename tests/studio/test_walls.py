"""The wall of a brief: what it shows, and cancel and retry."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from brand_styles.words import Words
from generation import jobs, rendering
from generation.models import Asset, Brief, Job


def live(client: Client, brief: Brief, etag: str = "") -> tuple[int, str, str]:
    answer = client.get(f"/briefs/{brief.pk}/live", headers={"if-none-match": etag})
    return answer.status_code, answer.content.decode(), answer.get("ETag", "")


def test_tiles_stand_in_the_brief_s_order_at_their_true_size(client_of_owner: Client, brief: Brief) -> None:
    page = client_of_owner.get(f"/briefs/{brief.pk}").content.decode()
    assert page.index('data-format="300x250"') < page.index('data-format="200x200"')
    assert "width='300' height='250'" in page
    assert "0 of 2" in page


def test_nothing_is_sent_while_nothing_moves(client_of_owner: Client, brief: Brief) -> None:
    code, _, etag = live(client_of_owner, brief)
    assert code == 200 and live(client_of_owner, brief, etag)[0] == 304
    jobs.claim_next()
    assert live(client_of_owner, brief, etag)[0] == 200


def test_a_running_tile_shows_stage_step_and_preview(client_of_owner: Client, brief: Brief) -> None:
    claim = jobs.claim_next()
    assert claim and jobs.progress(claim, "diffusion", 2, 8, b"\xff\xd8jpeg")
    page = live(client_of_owner, brief)[1]
    assert "picture 2/8" in page and f"/jobs/{claim.job_id}/preview-2.jpg" in page
    assert 'rect width="44%"' in page  # 0.35 before diffusion + 0.35 * 2/8
    assert client_of_owner.get(f"/jobs/{claim.job_id}/preview-2.jpg").content == b"\xff\xd8jpeg"


def test_cancel_one_then_all_then_retry(client_of_owner: Client, brief: Brief) -> None:
    first = Job.objects.order_by("id").first()
    assert first
    client_of_owner.post(f"/jobs/{first.pk}/cancel")
    assert list(Job.objects.order_by("id").values_list("status", flat=True)) == ["cancelled", "queued"]
    answer = client_of_owner.post(f"/briefs/{brief.pk}/cancel", headers={"hx-request": "true"})
    assert answer.status_code == 200 and answer.content.decode().count('data-status="cancelled"') == 2
    client_of_owner.post(f"/briefs/{brief.pk}/retry")
    assert set(Job.objects.values_list("status", "priority")) == {("queued", 1)}


def test_a_cancelling_can_be_taken_back_for_half_a_minute(client_of_owner: Client, brief: Brief) -> None:
    client_of_owner.post(f"/briefs/{brief.pk}/cancel")
    assert 'id="undo-cancel"' in live(client_of_owner, brief)[1]
    client_of_owner.post(f"/briefs/{brief.pk}/undo-cancel")
    assert set(Job.objects.values_list("status", flat=True)) == {"queued"}
    assert 'id="undo-cancel"' not in live(client_of_owner, brief)[1]

    client_of_owner.post(f"/briefs/{brief.pk}/cancel")
    Job.objects.update(ended_at=timezone.now() - timedelta(seconds=31))
    page = live(client_of_owner, brief)[1]
    assert 'id="undo-cancel"' not in page and 'id="retry-all"' in page
    client_of_owner.post(f"/briefs/{brief.pk}/undo-cancel")
    assert set(Job.objects.values_list("status", flat=True)) == {"cancelled"}


def test_a_preview_asked_for_too_late_is_the_picture_or_nothing(client_of_owner: Client, made_brief: Brief) -> None:
    job = Job.objects.order_by("id")[0]
    late = client_of_owner.get(f"/jobs/{job.pk}/preview-3.jpg")
    assert late["Location"] == f"/assets/{job.asset.pk}/thumbnail.jpg"
    Asset.objects.all().delete()
    assert client_of_owner.get(f"/jobs/{job.pk}/preview-3.jpg").status_code == 204


def test_a_finished_asset_cannot_be_cancelled_or_made_twice(client_of_owner: Client, made_brief: Brief) -> None:
    client_of_owner.post(f"/briefs/{made_brief.pk}/cancel")
    client_of_owner.post(f"/briefs/{made_brief.pk}/retry")
    assert set(Job.objects.values_list("status", flat=True)) == {"finished"}
    assert not rendering.make_next() and Asset.objects.count() == 2


@pytest.mark.parametrize(("language", "words"), [("en", "Shorten it."), ("zh-hans", "请缩短。")])
def test_a_failure_is_told_in_the_person_s_language(
    language: str, words: str, client_of_owner: Client, brief: Brief
) -> None:
    claim = jobs.claim_next()
    assert claim
    jobs.fail(claim, Words(en="Too long. Shorten it.", zh="太长。请缩短。"))
    client_of_owner.cookies["django_language"] = language
    page = client_of_owner.get(f"/briefs/{brief.pk}").content.decode()
    assert words in page and 'data-status="failed"' in page


def test_a_made_wall_says_so(client_of_owner: Client, made_brief: Brief) -> None:
    page = live(client_of_owner, made_brief)[1]
    assert 'data-waiting="0"' in page and "2 of 2" in page and "assets.zip" in page
