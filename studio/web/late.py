"""Late changes: choose the words, see what breaks, change every picture, follow it, take it back."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.db.models import Avg
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from brand_styles.words import Words
from generation.editing.asking import BenchAway, ask
from generation.errors import PermanentError, TransientError
from generation.late_changes import (
    FIELDS,
    Target,
    bring_back,
    lines_of,
    order,
    pictures_of,
    take_back,
    targets,
)
from generation.models import WAITING, Asset, Brief, LateChange, LateItem
from generation.versions import key_of, payload_of
from studio.access import Act, access_brief_by_id, person
from studio.asking import SECONDS_EACH, require_room_for_changes
from studio.flows import wake_for_changes

EARLIER = 8


@require_safe
@login_required
def late_change(request: HttpRequest, brief_id: int) -> HttpResponse:
    """The form; with new words in the address, also what they would change and what would break."""
    brief = access_brief_by_id(person(request), brief_id, Act.MAKE)
    asked = _asked(request.GET)
    context = _context(brief, asked)
    if "new" in request.GET:
        try:
            context["preview"] = [_fitted(target) for target in _found(brief, asked)]
        except (PermanentError, TransientError) as error:
            context["problem"] = error.words
    return render(request, "late_change.html", context, status=422 if context.get("problem") else 200)


@require_POST
@login_required
def apply(request: HttpRequest, brief_id: int) -> HttpResponse:
    user = person(request)
    brief = access_brief_by_id(user, brief_id, Act.MAKE)
    asked = _asked(request.POST)
    try:
        found = _found(brief, asked)
        if not found:
            raise PermanentError(NOTHING.en, NOTHING.zh, field="old")
        require_room_for_changes(brief, len(found))
    except PermanentError as error:
        return render(request, "late_change.html", _context(brief, asked) | {"problem": error.words}, status=422)
    with transaction.atomic():
        change = order(brief=brief, owner_id=user.pk, found=found, **asked)
        wake_for_changes()
    return redirect("late-change", brief.pk, change.pk)


@require_safe
@login_required
def followed(request: HttpRequest, brief_id: int, change_id: int) -> HttpResponse:
    """How far a change is; the part of the page that changes, when htmx asks."""
    change = _change(request, brief_id, change_id)
    items = list(change.items.select_related("base", "result").defer("base__design", "base__recipe", "base__report"))
    context = {
        "brief": change.brief,
        "change": change,
        "items": items,
        "waiting": sum(item.status in WAITING for item in items),
        "done": sum(item.result_id is not None for item in items),
    }
    return render(request, "parts/late_items.html" if "HX-Request" in request.headers else "late_items.html", context)


@require_POST
@login_required
def undo(request: HttpRequest, brief_id: int, change_id: int) -> HttpResponse:
    change = _change(request, brief_id, change_id, Act.MAKE)
    take_back(change)
    return redirect("late-change", brief_id, change.pk)


@require_POST
@login_required
def redo(request: HttpRequest, brief_id: int, change_id: int) -> HttpResponse:
    change = _change(request, brief_id, change_id, Act.MAKE)
    with transaction.atomic():
        bring_back(change)
        wake_for_changes()
    return redirect("late-change", brief_id, change.pk)


NOTHING = Words(en="No picture here has these words in that line.", zh="此范围内没有图片在该字段包含这些文字。")


def _change(request: HttpRequest, brief_id: int, change_id: int, act: Act = Act.VIEW) -> LateChange:
    brief = access_brief_by_id(person(request), brief_id, act)
    row = LateChange.objects.filter(brief=brief, pk=change_id).select_related("owner").first()
    if row is None:
        raise Http404
    row.brief = brief
    return row


def _asked(sent: Any) -> dict[str, Any]:
    field = str(sent.get("field", ""))
    return {
        "whole_campaign": sent.get("scope") == "campaign",
        "field": field if field in FIELDS else "",
        "old": str(sent.get("old", ""))[:600],
        "new": str(sent.get("new", ""))[:600],
    }


def _found(brief: Brief, asked: dict[str, Any]) -> list[Target]:
    pictures = pictures_of(brief, asked["whole_campaign"])
    return targets(pictures, field=asked["field"], old=asked["old"], new=asked["new"])


def _fitted(target: Target) -> dict[str, Any]:
    """A target with what stands in its way, if anything does. TransientError where the bench does not answer."""
    row, problem = target.asset, None
    try:
        ask("fit", key_of(row), lambda: payload_of(row), [each.model_dump() for each in target.changes])
    except BenchAway:
        raise
    except PermanentError as error:
        problem = error.words
    return {"asset": row, "before": target.before, "after": target.after, "problem": problem}


def _context(brief: Brief, asked: dict[str, Any]) -> dict[str, Any]:
    pictures = pictures_of(brief, asked["whole_campaign"])
    seconds = LateItem.objects.filter(seconds__isnull=False).aggregate(mean=Avg("seconds"))["mean"]
    return {
        "brief": brief,
        "asked": asked,
        "fields": FIELDS,
        "present": _present(pictures),
        "seconds": seconds or SECONDS_EACH,
        "earlier": LateChange.objects.filter(brief=brief).select_related("owner").order_by("-id")[:EARLIER],
        "address": reverse("late-changes", args=[brief.pk]),
    }


def _present(pictures: list[Asset]) -> list[tuple[str, str]]:
    """The lines that these pictures bear, each once, as suggestions."""
    lines = ((line.role, line.text) for row in pictures for line in lines_of(row) if line.role in FIELDS)
    return list(dict.fromkeys(lines))[:60]
