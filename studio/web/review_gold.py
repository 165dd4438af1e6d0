"""Gold: pictures whose right answer is known. Kept from a picture that is settled, retired on the brand's review page."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_POST

from reviews import calibrating, rubrics
from reviews.errors import ReviewRefused
from reviews.models import Item
from studio.access import Act, access_item_by_id, person
from studio.web.review_decide import decide_page
from studio.web.undo import offer


@require_POST
@login_required
def keep_gold(request: HttpRequest, item_id: int) -> HttpResponse:
    """`verdict`: the right one; `defects`: codes that a good reviewer finds."""
    user = person(request)
    item = access_item_by_id(user, item_id, Act.EDIT_BRAND)
    try:
        gold = calibrating.keep_as_gold(
            item=item,
            verdict=request.POST.get("verdict", ""),
            defects=request.POST.getlist("defects"),
            rubric=rubrics.asked(item.brand_id),
        )
    except ReviewRefused as refused:
        return decide_page(request, item, refused.words)
    return offer(user, "review-brand", "gold-kept", "", item.brand.slug, item=gold.pk)


@require_POST
@login_required
def retire_gold(request: HttpRequest, item_id: int) -> HttpResponse:
    user = person(request)
    item = access_item_by_id(user, item_id, Act.EDIT_BRAND)
    if item.purpose == Item.Purpose.GOLD:
        calibrating.retire_gold(item=item)
    return offer(user, "review-brand", "gold-retired", "", item.brand.slug, item=item.pk)
