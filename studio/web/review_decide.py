"""Deciding about a picture on which its reviewers disagree."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import get_language
from django.views.decorators.http import require_http_methods

from brand_styles.words import Words
from reviews import rubrics, services
from reviews.answers import Answer
from reviews.errors import ReviewRefused
from reviews.models import Item, Review, Seat, Standing
from reviews.rubric import Rubric, Verdict
from reviews.settling import standing_reviews
from studio.access import Act, access_item_by_id, person
from studio.models import User
from studio.reviewing import to_decide
from studio.web.undo import offered, signed

APART = 2  # points
State = Standing.State
RIGHT: dict[str, Verdict] = {
    State.APPROVED: Verdict.APPROVE,
    State.MINOR_FIX: Verdict.MINOR_FIX,
    State.REJECTED: Verdict.REJECT,
}


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def decide(request: HttpRequest, item_id: int) -> HttpResponse:
    """The picture, what each reviewer said without a name, and the decision, which leads on; of a settled one, keeping it as gold."""
    user = person(request)
    item = access_item_by_id(user, item_id, Act.EDIT_BRAND)
    if request.method != "POST":
        return decide_page(request, item)
    given = Answer(verdict=request.POST.get("verdict", ""), comment=request.POST.get("comment", ""))
    try:
        review = services.adjudicate(item=item, reviewer_id=user.pk, given=given)
    except ReviewRefused as refused:
        return decide_page(request, item, refused.words)
    title = item.asset.job.variant.brief.title
    undo = signed(user, "review-decide", "decided", title, item.pk, review=review.pk, brand=item.brand.slug)
    after = to_decide(user).filter(pk__gt=item.pk).first() or to_decide(user).first()
    page = reverse("review-decide", args=[after.pk]) if after else reverse("review")
    return redirect(f"{page}?{urlencode({'undo': undo})}")


def decide_page(request: HttpRequest, item: Item, problem: Words | None = None) -> HttpResponse:
    """With the words of what was refused, and what was typed."""
    user = person(request)
    rubric = rubrics.asked(item.brand_id)
    standing = Standing.objects.filter(asset=item.asset_id).first()
    gold = Item.objects.filter(asset=item.asset_id, purpose=Item.Purpose.GOLD, state=Item.State.OPEN).first()
    is_known = item.state != Item.State.OPEN  # answers of a picture that waits would sway whoever still judges it
    reviews = list(standing_reviews(item)) if is_known else []
    context = {
        "item": item,
        "asset": item.asset,
        "brief": item.asset.job.variant.brief,
        "said": _said(reviews, rubric),
        "scores": _scores(reviews, rubric),
        "is_known": is_known,
        "standing": standing,
        "problem": problem,
        "sent": request.POST,
        "is_open": item.state == Item.State.SPLIT,
        "is_own": is_own(item, user),
        "gold": gold,
        "may_gild": is_known and item.state == Item.State.SETTLED and item.kind == Item.Kind.SINGLE and gold is None,
        "right": RIGHT.get(standing.state) if standing else None,
        "marked": _marked(standing, rubric),
        "left": to_decide(user).count(),
        "undo": offered(request) if request.method in {"GET", "HEAD"} else None,
        "room": "review",
    }
    return render(request, "review_decide.html", context, status=422 if problem else 200)


def _marked(standing: Standing | None, rubric: Rubric) -> list[tuple[str, str]]:
    """(code, name) of the defects that anybody marked and that the rubric still has."""
    language = get_language() or "en"
    found = [rubric.defect(code) for code in (standing.defects if standing else ())]
    return [(defect.code, defect.name.in_language(language)) for defect in found if defect is not None]


def is_own(item: Item, user: User) -> bool:
    return item.maker_id == user.pk or item.seats.filter(holder=user, state=Seat.State.DONE).exists()


@dataclass(frozen=True)
class Scored:
    """A dimension as each reviewer scored it (None: not at all). `apart`: by two points or more."""

    name: str
    values: tuple[int | None, ...]

    @property
    def apart(self) -> bool:
        given = [value for value in self.values if value is not None]
        return bool(given) and max(given) - min(given) >= APART


def _said(reviews: list[Review], rubric: Rubric) -> list[dict[str, Any]]:
    """The answers with their defects in words; who gave them is not told here."""
    language = get_language() or "en"
    found = []
    for review in reviews:
        known = [(each, rubric.defect(each["code"])) for each in review.defects]
        defects = [each | {"name": d.name.in_language(language) if d else each["code"]} for each, d in known]
        found.append({"review": review, "defects": defects})
    return found


def _scores(reviews: list[Review], rubric: Rubric) -> list[Scored]:
    """The dimensions that anybody scored, side by side."""
    language = get_language() or "en"
    rows = [
        Scored(d.name.in_language(language), tuple(r.scores.get(d.key) for r in reviews)) for d in rubric.dimensions
    ]
    return [row for row in rows if any(value is not None for value in row.values)]
