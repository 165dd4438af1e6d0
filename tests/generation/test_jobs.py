"""How a job passes from hand to hand, and what becomes of its asset when something goes wrong on the way."""

import errno
import threading
import time
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.db import connection
from django.utils import timezone

from brand_styles.words import Words
from generation import jobs, rendering, services
from generation.errors import CopyDoesNotFit, PermanentError, TransientError
from generation.models import Asset, Brief, Job, Preview, Status, Variant
from tests.studio import quick

WORDS = Words(en="No.", zh="不行。")


def status_of(job_id: int) -> str:
    return Job.objects.get(id=job_id).status


def files_of(job_id: int) -> set[str]:
    folder = services.folder_of(job_id)
    return set(default_storage.listdir(folder)[1]) if default_storage.exists(folder) else set()


def test_each_waiting_job_is_claimed_once(brief: Brief) -> None:
    claims = [jobs.claim_next() for _ in range(3)]
    assert [c is not None for c in claims] == [True, True, False]
    assert len({c.job_id for c in claims if c}) == 2


@pytest.mark.django_db(transaction=True)
def test_many_workers_at_once_claim_each_job_once(transactional_db: None) -> None:
    brief = _brief_of(12)
    claimed: list[int] = []

    def work() -> None:
        while claim := jobs.claim_next():
            claimed.append(claim.job_id)
        connection.close()

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(claimed) == sorted(Job.objects.filter(variant__brief=brief).values_list("id", flat=True))


def _brief_of(count: int) -> Brief:
    from brand_styles.services import load_sample_brands
    from generation.planning.brief import load_brief
    from studio.models import User

    load_sample_brands()
    sizes = ", ".join(f"{200 + n}x200" for n in range(count))
    text = f"brand: demo\ncopy: {{headline: 会员日}}\nformats: [{sizes}]\n"
    user = User.objects.create_user("someone")
    return services.submit_brief(owner_id=user.pk, data=load_brief(text), source=text)


def test_higher_priority_goes_first(brief: Brief) -> None:
    last = Job.objects.order_by("-id").first()
    assert last
    jobs.cancel(Job.objects.filter(id=last.pk))
    jobs.retry(Job.objects.filter(id=last.pk))
    claim = jobs.claim_next()
    assert claim and claim.job_id == last.pk


def test_a_lost_lease_gives_the_job_to_another_and_the_first_worker_s_writes_do_nothing(brief: Brief) -> None:
    old = jobs.claim_next()
    assert old
    Job.objects.filter(id=old.job_id).update(lease_until=timezone.now() - timedelta(seconds=1))
    assert jobs.release_expired() == 1
    new = jobs.claim_next()
    assert new and new.job_id == old.job_id and new.attempt == 2
    assert not jobs.renew(old) and not jobs.progress(old, "layout", 1, 1) and not jobs.fail(old, WORDS)
    assert jobs.renew(new) and status_of(new.job_id) == Status.RUNNING


def test_a_job_that_keeps_losing_its_worker_fails_in_words(brief: Brief, settings: Any) -> None:
    settings.JOB_ATTEMPTS = 2
    job_id = Job.objects.order_by("id").values_list("id", flat=True)[0]
    for _ in range(2):
        jobs.claim_next()
        Job.objects.filter(id=job_id).update(lease_until=timezone.now() - timedelta(seconds=1))
        jobs.release_expired()
    job = Job.objects.get(id=job_id)
    assert job.status == Status.FAILED and "memory" in job.error_en and "内存" in job.error_zh


@pytest.mark.alone
@pytest.mark.django_db(transaction=True)
def test_the_lease_is_renewed_from_a_thread_while_the_body_works(transactional_db: None, settings: Any) -> None:
    settings.JOB_LEASE_SECONDS = 0.6
    _brief_of(1)
    claim = jobs.claim_next()
    assert claim
    with jobs.kept_lease(claim):
        time.sleep(1.5)
        assert jobs.release_expired() == 0
    time.sleep(0.8)
    assert jobs.release_expired() == 1


def test_a_made_job_has_one_asset_its_two_files_and_no_preview(made_brief: Brief) -> None:
    for asset in Asset.objects.all():
        assert files_of(asset.job_id) == {asset.file.rsplit("/")[-1], asset.thumbnail.rsplit("/")[-1]}
    assert Asset.objects.count() == 2 and not Preview.objects.exists()
    assert set(Job.objects.values_list("claim", "lease_until")) == {(None, None)}


def test_a_variant_is_planned_once_and_for_all_its_formats(made_brief: Brief) -> None:
    variant = Variant.objects.get()
    assert variant.plan and variant.plan["seed"] == 7
    seeds = {asset.recipe["seed"] for asset in Asset.objects.all()}
    assert seeds == {7}


def test_cancelling_stops_the_worker_at_its_next_step_and_leaves_nothing(
    brief: Brief, quick_pipeline: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    steps = []

    def cancelled_half_way(task: Any, engine: Any, on_progress: Any) -> Any:
        def watch(stage: str, done: int, total: int, preview: Any) -> None:
            if stage == "diffusion" and done == 2:
                jobs.cancel(Job.objects.filter(status=Status.RUNNING))
            steps.append((stage, done))
            on_progress(stage, done, total, preview)

        return quick.make_asset(task, engine, watch)

    monkeypatch.setattr("generation.pipeline.make_asset", cancelled_half_way)
    rendering.make_next()
    job = Job.objects.order_by("id")[0]
    assert job.status == Status.CANCELLED and steps[-1] == ("diffusion", 2)
    assert not Asset.objects.exists() and not files_of(job.pk)


def test_an_asset_finished_after_it_was_cancelled_is_thrown_away(
    brief: Brief, quick_pipeline: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    def too_late(task: Any, engine: Any, on_progress: Any) -> Any:
        made = quick.make_asset(task, engine, on_progress)
        jobs.cancel(Job.objects.filter(status=Status.RUNNING))
        return made

    monkeypatch.setattr("generation.pipeline.make_asset", too_late)
    rendering.make_next()
    job = Job.objects.order_by("id")[0]
    assert job.status == Status.CANCELLED and not Asset.objects.exists() and not files_of(job.pk)


def test_what_a_killed_worker_left_is_removed_when_the_job_is_made(brief: Brief, quick_pipeline: None) -> None:
    from django.core.files.base import ContentFile

    job = Job.objects.order_by("id")[0]
    default_storage.save(f"{services.folder_of(job.pk)}/dead.png", ContentFile(b"half"))
    rendering.make_next()
    assert len(files_of(job.pk)) == 2 and "dead.png" not in files_of(job.pk)


def raising(error: BaseException) -> Any:
    def make_asset(*args: Any) -> Any:
        raise error

    return make_asset


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (PermanentError("The checkpoint is missing. Put it back.", "缺少模型权重。"), "The checkpoint is missing"),
        (
            CopyDoesNotFit("Shorten it.", "请缩短。", role="headline", format="728x90", excess_px=9, minimum_px=12),
            "Shorten",
        ),
        (OSError(errno.ENOSPC, "No space left on device"), "The disk is full"),
        (ValueError("a bug"), "did not foresee"),
    ],
)
def test_an_error_is_told_and_can_be_retried(
    error: Exception, words: str, brief: Brief, quick_pipeline: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patched:
        patched.setattr("generation.pipeline.make_asset", raising(error))
        rendering.make_next()
    job = Job.objects.order_by("id")[0]
    assert job.status == Status.FAILED and words in job.error_en and job.error_zh
    jobs.retry(Job.objects.filter(id=job.pk))
    rendering.make_next()
    assert status_of(job.pk) == Status.FINISHED and not Job.objects.get(id=job.pk).error_en


def test_a_full_disk_leaves_no_half_file(brief: Brief, quick_pipeline: None, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(descriptor: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    rendering.make_next()
    job = Job.objects.order_by("id")[0]
    assert "disk is full" in job.error_en and not files_of(job.pk) and not Asset.objects.exists()


def test_a_passing_trouble_is_tried_again_later_and_not_for_ever(
    brief: Brief, quick_pipeline: None, monkeypatch: pytest.MonkeyPatch, settings: Any
) -> None:
    settings.JOB_ATTEMPTS = 2
    monkeypatch.setattr("generation.pipeline.make_asset", raising(TransientError("Busy.", "繁忙。")))
    rendering.make_next()
    job = Job.objects.order_by("id")[0]
    assert job.status == Status.QUEUED and job.not_before and job.not_before > timezone.now()
    assert job.error_en == "Busy."
    Job.objects.filter(id=job.pk).update(not_before=timezone.now())
    rendering.make_next()
    assert status_of(job.pk) == Status.FAILED


def test_copy_that_does_not_fit_is_told_before_any_picture_is_made(
    brief: Brief, quick_pipeline: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_room(task: Any) -> Any:
        if task.format.name == "200x200":
            raise CopyDoesNotFit(
                "Shorten it.", "请缩短。", role="headline", format="200x200", excess_px=9, minimum_px=12
            )

    monkeypatch.setattr("generation.laying.lay_out", no_room)
    rendering.make_next()
    refused = Job.objects.get(width=200)
    assert refused.status == Status.FAILED and refused.error_field == "copy.headline" and refused.attempts == 0
    assert not rendering.make_next()


def test_waking_without_a_broker_is_no_error(brief: Brief, monkeypatch: pytest.MonkeyPatch) -> None:
    from generation import tasks
    from studio.celery import app

    # connections that other tests opened to a broker in memory would still be there
    monkeypatch.setattr(app, "_pool", None)
    monkeypatch.setattr(app.amqp, "_producer_pool", None)
    before = app.conf.broker_url
    app.conf.broker_url = "redis://127.0.0.1:1/0"
    try:
        assert tasks.wake(3) is False
    finally:
        app.conf.broker_url = before
