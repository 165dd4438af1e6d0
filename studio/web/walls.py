"""The wall of a brief: what is made, what is being made, and what a person can do about the work."""

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import get_language, override
from django.views.decorators.http import require_POST, require_safe

from generation import jobs, queueing
from generation.errors import PermanentError
from generation.models import Asset, Brief, Job, Preview
from generation.planning.plan import LOCKS
from generation.selectors import Tile, just_cancelled
from generation.selectors import wall as read_wall
from studio.access import Act, access_brief_by_id, access_job_by_id, may, person
from studio.asking import retry
from studio.flows import wake_workers
from studio.judged import Judged, judged_of
from studio.looking import looked
from studio.sending import new_token
from studio.stars import Stars, stars_of
from studio.web.moving import moving_part
from studio.web.undo import offered
from studio.web.wall_acts import done, refused
from studio.web.words import sentence

SHOWN = ("starred", "anyone")  # what ?show= may ask for: one's own stars, or anyone's
BEST = "best"  # what ?order= may ask for
SOON = 8  # pictures at the head of a wall that the browser fetches at once; the others when they come near its window


@dataclass(frozen=True)
class Hung:
    """A tile with the stars it has, one's own and how many others'; what reviewers said ("" for no picture of the queue's); and where
    the wall stands best first, how likely it is usable (0..1)."""

    tile: Tile
    starred: bool
    others: int
    verdict: str = ""
    likely: float | None = None


@require_safe
@login_required
def wall(request: HttpRequest, brief_id: int) -> HttpResponse:
    """`?show=starred`: only what one starred oneself; `anyone`: what anybody did. `?order=best`: the likeliest to be usable first."""
    brief = access_brief_by_id(person(request), brief_id)
    looked(person(request), brief)
    more = {"undo": offered(request), "once": new_token(), "sent_again": "again" in request.GET}
    return render(request, "wall.html", context_of(request, brief) | more)


@require_safe
@login_required
def live(request: HttpRequest, brief_id: int) -> HttpResponse:
    """The wall's moving part, asked for when something moved. 304 while nothing has."""
    brief = access_brief_by_id(person(request), brief_id)
    context = context_of(request, brief)
    seen = (context["wall"], context["hung"], context["show"], context["order"])
    return moving_part(request, "parts/wall.html", context, seen)


@lru_cache(maxsize=4096)
def _drawn(each: Hung, brief_id: int, can_make: bool, soon: bool, language: str) -> SafeString:
    """A tile as HTML. Most of a wall stands still while one tile moves, so what was drawn once is kept."""
    with override(language):
        context = {"each": each, "tile": each.tile, "brief_id": brief_id, "can_make": can_make, "soon": soon}
        return render_to_string("parts/tile.html", context)


def context_of(request: HttpRequest, brief: Brief) -> dict[str, Any]:
    now, stars, judged = read_wall(brief), stars_of(person(request), brief), judged_of(brief)
    show, order = request.GET.get("show", ""), request.GET.get("order", "")
    shown = {"starred": stars.mine, "anyone": stars.any}.get(show)
    best = order == BEST and bool(judged.likely)
    hung = [_hung(tile, stars, judged, best) for tile in now.tiles if shown is None or tile.job_id in shown]
    if best:
        hung.sort(key=lambda each: judged.place(each.tile.asset_id))
    can_make, language = may(person(request), brief.library.brand, Act.MAKE), get_language() or "en"
    return {
        "brief": brief,
        "wall": now,
        "hung": hung,
        "tiles": [_drawn(each, brief.pk, can_make, place < SOON, language) for place, each in enumerate(hung)],
        "show": show if shown is not None else "",
        "order": BEST if best else "",
        "can_order": bool(judged.likely),
        "mine": len(stars.mine),
        "anyone": len(stars.any),
        "locks": LOCKS,
    }


def _hung(tile: Tile, stars: Stars, judged: Judged, best: bool) -> Hung:
    asset = tile.asset_id or 0
    likely = judged.likely.get(asset) if best else None
    starred, others = tile.job_id in stars.mine, stars.others.get(tile.job_id, 0)
    return Hung(tile, starred, others, judged.states.get(asset, ""), likely)


@require_POST
@login_required
def cancel_brief(request: HttpRequest, brief_id: int) -> HttpResponse:
    brief = access_brief_by_id(person(request), brief_id, Act.MAKE)
    return _cancelled(request, brief, jobs.cancel(Job.objects.filter(variant__brief=brief)))


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
    return _retried(request, brief, Job.objects.filter(variant__brief=brief))


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
    return _cancelled(request, job.variant.brief, jobs.cancel(Job.objects.filter(id=job.pk)))


@require_POST
@login_required
def retry_job(request: HttpRequest, job_id: int) -> HttpResponse:
    job = access_job_by_id(person(request), job_id, Act.MAKE)
    return _retried(request, job.variant.brief, Job.objects.filter(id=job.pk))


def _cancelled(request: HttpRequest, brief: Brief, count: int) -> HttpResponse:
    return _back(request, brief, f"{count} {sentence('wall.cancelled', get_language())}")


def _retried(request: HttpRequest, brief: Brief, rows: QuerySet[Job]) -> HttpResponse:
    """A retry costs machine time as a new picture does: the quota may refuse it."""
    try:
        retry(rows)
    except PermanentError as error:
        return refused(request, brief, error.words)
    return _back(request, brief)


def _back(request: HttpRequest, brief: Brief, said: str = "") -> HttpResponse:
    """The wall as it is now: words for a script, the moving part for htmx, the page for a plain form."""
    if request.headers.get("HX-Request"):
        return render(request, "parts/wall.html", context_of(request, brief))
    return done(request, brief, said)


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
