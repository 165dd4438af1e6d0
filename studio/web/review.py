"""The review room: what waits, and the queue in which pictures are judged one after the other."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from brand_styles.words import Words
from reviews import queue
from reviews.assigning import overdue
from reviews.models import Item
from reviews.services import REASONS
from studio.access import Act, NotAllowed, brands_of, may_somewhere, person
from studio.assignments import load_of, sheet_of
from studio.reviewing import Desk, desk_of, last_of, progress, rubric_of, to_decide
from studio.web.undo import offered
from studio.web.words import SENTENCES, sentence

SPLIT = 12  # pictures to decide about that are shown
SPOKEN = ("queue.", "region.")


@require_safe
@login_required
def review_room(request: HttpRequest) -> HttpResponse:
    """What waits in each of the person's brands, who has what, and where reviewers disagree."""
    return room_page(request)


def room_page(request: HttpRequest, *, problem: Words | None = None, at: int = 0, status: int = 200) -> HttpResponse:
    """The room; with a `problem` beside the brief `at` which it is about."""
    user = person(request)
    _require_reviewer(request)
    desk = desk_of(user)
    rows = [_row(Desk(user, (brand,)), brand.slug) for brand in desk.brands]
    split = Item.objects.filter(brand__in=desk.ids, state=Item.State.SPLIT)
    designed = list(brands_of(user, Act.EDIT_BRAND))
    theirs = to_decide(user).select_related("asset", "brand")
    sheets = [sheet_of(brand) for brand in designed]
    context = {
        "rows": rows,
        "waiting": sum(row["left"] for row in rows),
        "today": progress(desk)["today"],
        "split": theirs[:SPLIT],
        "split_count": split.count(),
        "split_more": max(theirs.count() - SPLIT, 0),
        "sheets": [sheet for sheet in sheets if sheet.briefs or sheet.given],
        "problem": problem,
        "at": at,
        "sent": request.POST,
        "today_is": timezone.localdate(),
        "undo": offered(request) if request.method in {"GET", "HEAD"} else None,
        "room": "review",
    }
    return render(request, "review.html", context, status=status)


def _row(desk: Desk, slug: str) -> dict[str, Any]:
    brand = desk.brands[0]
    pairs = queue.left(desk.user.pk, desk.ids, Item.Kind.PAIR)
    mine, late = load_of(desk.user, desk.ids), overdue(desk.ids).count()
    left = queue.left(desk.user.pk, desk.ids)
    return {"brand": brand, "left": left, "pairs": pairs, "slug": slug, "mine": mine, "overdue": late}


@require_safe
@login_required
@never_cache
def review_queue(request: HttpRequest) -> HttpResponse:
    """`?brand=` (all of theirs without) and `?kind=pair`: judge what comes, one after the other."""
    _require_reviewer(request)
    desk = desk_of(person(request), request.GET.get("brand", ""), request.GET.get("kind", ""))
    context = {"desk": desk, "queue": data_of(desk, request), "reasons": REASONS, "room": "review"}
    return render(request, "review_queue.html", context)


def data_of(desk: Desk, request: HttpRequest) -> dict[str, Any]:
    """What the queue's script starts with."""
    language = get_language() or "en"
    doors = {"next": "review-next", "answer": "review-answer", "skip": "review-skip"}
    doors |= {"undo": "review-undo", "keep": "review-keep", "leave": "review-leave"}
    return {
        "progress": progress(desk),
        "last": last_of(desk),
        "brand": request.GET.get("brand", ""),
        "kind": desk.kind,
        "rubrics": {brand.slug: rubric_of(brand, language) for brand in desk.brands},
        "doors": {key: reverse(name) for key, name in doors.items()},
        "say": {key: sentence(key, language) for key in SENTENCES if key.startswith(SPOKEN)},
    }


def _require_reviewer(request: HttpRequest) -> None:
    if not may_somewhere(person(request), Act.REVIEW):
        raise NotAllowed(Act.REVIEW)
