"""What ended in the rooms below becomes messages for webhooks. Their rows are the truth: an end is told where `told_at` is not yet it.

So nothing has to know of webhooks while it works, and a process that dies between an end and its telling loses nothing.
"""

from typing import Any

from django.db import models, transaction
from django.db.models import Count, F, Max, Q
from django.utils import timezone

from generation.models import UNTOLD, WAITING, Asset, Brief, Job, LateChange, Status
from studio.models import Comment, SignOff, Webhook
from studio.webhooks import tell

AT_ONCE = 200
EVENT_OF = {Status.FINISHED: "asset.ready", Status.BLOCKED: "asset.blocked", Status.FAILED: "asset.failed"}


def collect() -> int:
    """Tell of every job and late change that ended since the last time. Returns how many ends there were."""
    if not Webhook.objects.filter(disabled_at=None).exists():
        return Job.objects.filter(UNTOLD).update(told_at=F("ended_at")) + _done_changes().update(told_at=timezone.now())
    ended = list(Job.objects.filter(UNTOLD).select_related("variant__brief__library").order_by("ended_at")[:AT_ONCE])
    changes = list(_done_changes().select_related("brief__library")[:AT_ONCE])
    return sum(_tell_of_job(job) for job in ended) + sum(_tell_of_change(change) for change in changes)


@transaction.atomic
def _tell_of_job(job: Job) -> int:
    """0 where another process was faster, or the job was asked for again."""
    untold = Job.objects.filter(UNTOLD, pk=job.pk, ended_at=job.ended_at)
    if job.ended_at is None or not untold.update(told_at=job.ended_at):
        return 0
    brief = job.variant.brief
    if event := EVENT_OF.get(Status(job.status)):
        tell(brief.library.brand_id, event, f"job_{job.pk}_{_stamp(job.ended_at)}", job.ended_at, _about_job(job))
    _tell_of_brief(brief)
    return 1


def _about_job(job: Job) -> dict[str, Any]:
    asset = Asset.objects.filter(job=job, is_head=True).only("id", "verdict").first()
    about = {
        "brief": job.variant.brief_id,
        "job": job.pk,
        "variant": job.variant.number,
        "format": job.format,
        "asset": asset.pk if asset else None,
    }
    failed = job.status == Status.FAILED
    return about | ({"error": {"en": job.error_en, "zh": job.error_zh}} if failed else {})


def _tell_of_brief(brief: Brief) -> None:
    """Where nothing of it waits or is untold. Its id holds the last end, so that two workers with a brief's last two jobs tell it once."""
    jobs = Job.objects.filter(variant__brief=brief)
    if jobs.filter(Q(status__in=WAITING) | UNTOLD).exists():
        return
    last = jobs.aggregate(last=Max("ended_at"))["last"]
    counts = dict(jobs.order_by().values_list("status").annotate(count=Count("id")))
    about = {"brief": brief.pk, "jobs": {str(status): counts.get(status, 0) for status in _ENDS}}
    tell(brief.library.brand_id, "brief.finished", f"brief_{brief.pk}_{_stamp(last)}", last, about)


_ENDS = (Status.FINISHED, Status.BLOCKED, Status.FAILED, Status.CANCELLED)


def _done_changes() -> models.QuerySet[LateChange]:
    return LateChange.objects.filter(~Q(items__status__in=WAITING), told_at=None).order_by("id")


@transaction.atomic
def _tell_of_change(change: LateChange) -> int:
    now = timezone.now()
    if not LateChange.objects.filter(pk=change.pk, told_at=None).update(told_at=now):
        return 0
    items = change.items.aggregate(
        changed=Count("id", filter=Q(result__isnull=False)), failed=Count("id", filter=Q(status=Status.FAILED))
    )
    about = {"brief": change.brief_id, "late_change": change.pk, **items}
    tell(change.brief.library.brand_id, "late_change.done", f"change_{change.pk}_{_stamp(now)}", now, about)
    return 1


def tell_of_comment(row: Comment) -> None:
    """In the transaction that writes it."""
    about = {"asset": row.asset_id, "comment": row.pk, "by_client": row.link_id is not None}
    brief = row.asset.job.variant.brief
    tell(brief.library.brand_id, "comment.written", f"comment_{row.pk}", row.created_at, {"brief": brief.pk} | about)


def tell_of_sign_off(row: SignOff) -> None:
    """In the transaction that writes it."""
    brief = row.asset.job.variant.brief
    about = {"brief": brief.pk, "asset": row.asset_id, "approved": row.approved}
    tell(brief.library.brand_id, "asset.signed_off", f"sign_off_{row.pk}", row.created_at, about)


def _stamp(at: Any) -> int:
    return int(at.timestamp() * 1000)
