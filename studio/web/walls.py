"""The wall of a brief: what is made, what is being made, and the two things a person can do about it."""

import hashlib

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.views.decorators.http import require_POST, require_safe

from generation import jobs, queueing
from generation.models import Asset, Brief, Job, Preview
from generation.selectors import just_cancelled
from generation.selectors import wall as read_wall
from studio.access import Act, access_brief_by_id, access_job_by_id, person
from studio.flows import wake_workers


@require_safe
@login_required
def wall(request: HttpRequest, brief_id: int) -> HttpResponse:
    brief = access_brief_by_id(person(request), brief_id)
    return render(request, "wall.html", {"brief": brief, "wall": read_wall(brief)})


@require_safe
@login_required
def live(request: HttpRequest, brief_id: int) -> HttpResponse:
    """The wall's moving part, asked for every second or so. 304 while nothing has moved."""
    brief = access_brief_by_id(person(request), brief_id)
    now = read_wall(brief)
    etag = f'"{hashlib.sha256(repr((now, get_language())).encode()).hexdigest()[:20]}"'
    if request.headers.get("If-None-Match") == etag:
        return HttpResponseNotModified()
    response = render(request, "parts/wall.html", {"brief": brief, "wall": now})
    response["ETag"] = etag
    response["Cache-Control"] = "private, no-store"
    return response


@require_POST
@login_required
def cancel_brief(request: HttpRequest, brief_id: int) -> HttpResponse:
    brief = access_brief_by_id(person(request), brief_id, Act.MAKE)
    jobs.cancel(Job.objects.filter(variant__brief=brief))
    return _back(request, brief)


@require_POST
@login_required
def undo_cancel(request: HttpRequest, brief_id: int) -> HttpResponse:
    """Take the latest cancelling back: what was cancelled in the last half minute waits again."""
    brief = access_brief_by_id(person(request), brief_id, Act.MAKE)
    wake_workers(jobs.retry(just_cancelled(brief)))
    return _back(request, brief)


@require_POST
@login_required
def retry_brief(request: HttpRequest, brief_id: int) -> HttpResponse:
    brief = access_brief_by_id(person(request), brief_id, Act.MAKE)
    wake_workers(jobs.retry(Job.objects.filter(variant__brief=brief)))
    return _back(request, brief)


@require_POST
@login_required
def move_ahead(request: HttpRequest, brief_id: int) -> HttpResponse:
    """Make what waits of this brief sooner than other work, within bounds."""
    brief = access_brief_by_id(person(request), brief_id, Act.MAKE)
    queueing.move_ahead(brief)
    return _back(request, brief)


@require_POST
@login_required
def cancel_job(request: HttpRequest, job_id: int) -> HttpResponse:
    job = access_job_by_id(person(request), job_id, Act.MAKE)
    jobs.cancel(Job.objects.filter(id=job.pk))
    return _back(request, job.variant.brief)


@require_POST
@login_required
def retry_job(request: HttpRequest, job_id: int) -> HttpResponse:
    job = access_job_by_id(person(request), job_id, Act.MAKE)
    wake_workers(jobs.retry(Job.objects.filter(id=job.pk)))
    return _back(request, job.variant.brief)


def _back(request: HttpRequest, brief: Brief) -> HttpResponse:
    """The wall as it is now: the moving part for a script, the page for a plain form."""
    if request.headers.get("HX-Request"):
        return render(request, "parts/wall.html", {"brief": brief, "wall": read_wall(brief)})
    return redirect("wall", brief.pk)


@require_safe
@login_required
def preview(request: HttpRequest, job_id: int, step: int) -> HttpResponse:
    """The latest small picture of a running job. `step` only makes the address change with the picture."""
    job = access_job_by_id(person(request), job_id)
    row = Preview.objects.filter(job=job).first()
    if row is None:  # the page asked for it just before the job ended
        made = Asset.objects.filter(job=job, is_head=True).only("id").first()
        return redirect("thumbnail", made.pk) if made else HttpResponse(status=204)
    response = HttpResponse(bytes(row.jpeg), content_type="image/jpeg")
    response["Cache-Control"] = "private, max-age=600"
    return response
