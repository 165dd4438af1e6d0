"""Deciding about a picture on which its reviewers disagree."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.views.decorators.http import require_http_methods

from reviews import rubrics, services
from reviews.answers import Answer
from reviews.errors import ReviewRefused
from reviews.models import Item, Review, Seat
from reviews.rubric import Rubric
from reviews.settling import standing_reviews
from studio.access import Act, access_item_by_id, person
from studio.models import User


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def decide(request: HttpRequest, item_id: int) -> HttpResponse:
    """The picture, what each reviewer said without a name, and the decision."""
    user = person(request)
    item = access_item_by_id(user, item_id, Act.EDIT_BRAND)
    problem = None
    if request.method == "POST":
        given = Answer(verdict=request.POST.get("verdict", ""), comment=request.POST.get("comment", ""))
        try:
            services.adjudicate(item=item, reviewer_id=user.pk, given=given)
        except ReviewRefused as refused:
            problem = refused.words
        else:
            return redirect("review")
    context = {
        "item": item,
        "asset": item.asset,
        "brief": item.asset.job.variant.brief,
        "said": _said(item),
        "problem": problem,
        "comment": request.POST.get("comment", ""),
        "is_open": item.state == Item.State.SPLIT,
        "is_own": is_own(item, user),
        "room": "review",
    }
    return render(request, "review_decide.html", context, status=422 if problem else 200)


def is_own(item: Item, user: User) -> bool:
    return item.maker_id == user.pk or item.seats.filter(holder=user, state=Seat.State.DONE).exists()


def _said(item: Item) -> list[dict[str, Any]]:
    """The answers with their defects in words; who gave them is not told here."""
    rubric = rubrics.asked(item.brand_id)
    language = get_language() or "en"
    return [_spoken(review, rubric, language) for review in standing_reviews(item)]


def _spoken(review: Review, rubric: Rubric, language: str) -> dict[str, Any]:
    defects = []
    for each in review.defects:
        known = rubric.defect(each["code"])
        defects.append(each | {"name": known.name.in_language(language) if known else each["code"]})
    scores = [(d.name.in_language(language), review.scores[d.key]) for d in rubric.dimensions if d.key in review.scores]
    return {"review": review, "defects": defects, "scores": scores}
