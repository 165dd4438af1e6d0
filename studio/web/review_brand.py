"""How one brand is reviewed: its policy, what it adds to the rubric, gold pictures, its reviewers. Designers change it, reviewers read."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST, require_safe

from brand_styles.models import Brand
from reviews import policy
from reviews.errors import ReviewRefused
from studio.access import Act, access_brand_by_slug, may, person
from studio.calibration import golds_of, people_of, versions_of
from studio.web.undo import offer, offered

NUMBERS = ("overlap", "overlap_share", "due_hours")


@require_safe
@login_required
def review_brand(request: HttpRequest, slug: str) -> HttpResponse:
    return brand_page(request, access_brand_by_slug(person(request), slug, Act.REVIEW))


def brand_page(request: HttpRequest, brand: Brand, refused: ReviewRefused | None = None, at: str = "") -> HttpResponse:
    """The page; where something was refused, with its words in the section `at` and what was typed."""
    user = person(request)
    may_edit = may(user, brand, Act.EDIT_BRAND)
    context: dict[str, Any] = {
        "brand": brand,
        "may_edit": may_edit,
        "policy": policy.policy_of(brand.pk),
        "bounds": policy.BOUNDS,
        "versions": versions_of(brand),
        "golds": golds_of(brand) if may_edit else (),
        "people": people_of(brand, None if may_edit else user),
        "problem": refused.words if refused else None,
        "blamed": refused.field if refused else "",
        "at": at,
        "sent": request.POST if refused else {},
        "undo": offered(request) if request.method in {"GET", "HEAD"} else None,
        "room": "review",
    }
    return render(request, "review_brand.html", context, status=422 if refused else 200)


@require_POST
@login_required
def change_policy(request: HttpRequest, slug: str) -> HttpResponse:
    user = person(request)
    brand = access_brand_by_slug(user, slug, Act.EDIT_BRAND)
    before = policy.policy_of(brand.pk)
    was = {key: getattr(before, key) for key in (*NUMBERS, "four_eyes")}
    numbers = {key: _whole(request.POST.get(key, "")) for key in NUMBERS}
    try:
        policy.change(brand_id=brand.pk, four_eyes="four_eyes" in request.POST, **numbers)
    except ReviewRefused as refused:
        return brand_page(request, brand, refused, "policy")
    return offer(user, "review-brand", "policy", "", brand.slug, was=was)


def _whole(text: str | None) -> int:
    """-1, which is out of every bound, for what is no whole number."""
    cleaned = (text or "").strip()
    return int(cleaned) if cleaned.isascii() and cleaned.isdigit() and len(cleaned) < 7 else -1
