"""The review room: what waits, and the queue in which pictures are judged one after the other."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from reviews import queue
from reviews.models import Item
from reviews.services import REASONS
from studio.access import Act, NotAllowed, brands_of, may_somewhere, person
from studio.reviewing import Desk, desk_of, last_of, progress, rubric_of
from studio.web.words import SENTENCES, sentence

SPOKEN = ("queue.", "region.")


@require_safe
@login_required
def review_room(request: HttpRequest) -> HttpResponse:
    """What waits in each of the person's brands, and where reviewers disagree."""
    user = person(request)
    _require_reviewer(request)
    desk = desk_of(user)
    rows = [_row(Desk(user, (brand,)), brand.slug) for brand in desk.brands]
    split = Item.objects.filter(brand__in=desk.ids, state=Item.State.SPLIT).select_related("asset", "brand")
    deciders = set(brands_of(user, Act.EDIT_BRAND).values_list("pk", flat=True))
    context = {
        "rows": rows,
        "waiting": sum(row["left"] for row in rows),
        "today": progress(desk)["today"],
        "split": split.filter(brand__in=deciders).order_by("pk")[:24],
        "split_count": split.count(),
        "room": "review",
    }
    return render(request, "review.html", context)


def _row(desk: Desk, slug: str) -> dict[str, Any]:
    brand = desk.brands[0]
    pairs = queue.left(desk.user.pk, desk.ids, Item.Kind.PAIR)
    return {"brand": brand, "left": queue.left(desk.user.pk, desk.ids), "pairs": pairs, "slug": slug}


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
