"""Handing out what waits of a brief: to whom, and until when."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.timezone import make_aware
from django.views.decorators.http import require_POST

from brand_styles.models import Brand
from generation.models import Brief
from reviews import assigning
from reviews.errors import ReviewRefused
from studio.access import Act, access_brief_by_id, person
from studio.assignments import reviewers_of
from studio.models import User
from studio.web.review import room_page
from studio.web.undo import offer

EVERYBODY = "everybody"


@require_POST
@login_required
def assign(request: HttpRequest, brief_id: int) -> HttpResponse:
    """`reviewer`: a member's number, or "everybody"; `due`: a day, by whose end it is due, or nothing."""
    user = person(request)
    brief = access_brief_by_id(user, brief_id, Act.EDIT_BRAND)
    brand = brief.library.brand
    try:
        to = _reviewer(brand, str(request.POST.get("reviewer", "")))
        due = _due(str(request.POST.get("due", "")))
        items = assigning.assignable(brand.pk).filter(asset__job__variant__brief=brief)
        before = assigning.assign(items=items, reviewer_id=to.pk if to else None, due_at=due)
    except ReviewRefused as refused:
        return room_page(request, problem=refused.words, at=brief.pk, status=422)
    label = f"{_title(brief)}: {len(before)}" + (f" → {to.username}" if to else "")
    return offer(user, "review", "assigned", label, brand=brand.slug, before=[asdict(each) for each in before])


def _reviewer(brand: Brand, text: str) -> User | None:
    """None for everybody. ReviewRefused for whoever may not judge for the brand."""
    if text == EVERYBODY:
        return None
    found = reviewers_of(brand).filter(pk=int(text)).first() if text.isascii() and text.isdigit() else None
    if found is None:
        raise ReviewRefused(
            "Choose who reviews it: a reviewer, designer or owner of the brand.",
            "请选择由谁评审：该品牌的评审员、设计师或所有者。",
            field="reviewer",
        )
    return found


def _due(text: str) -> datetime | None:
    """The end of that day by the studio's clock."""
    if not text.strip():
        return None
    try:
        day = parse_date(text.strip())
    except ValueError:
        day = None
    if day is None:
        raise ReviewRefused("That is no date. Write it as 2026-03-31.", "日期无效，请写成 2026-03-31。", field="due")
    return make_aware(
        datetime.combine(day, datetime.max.time().replace(microsecond=0)), timezone.get_current_timezone()
    )


def _title(brief: Brief) -> str:
    return brief.title if len(brief.title) <= 30 else brief.title[:29] + "…"
