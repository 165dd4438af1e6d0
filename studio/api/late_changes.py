"""New words on many pictures at once."""

from django.db import transaction
from rest_framework.request import Request
from rest_framework.response import Response

from generation import late_changes, models
from studio.access import Act, access_brief_by_id, access_late_change_by_id
from studio.api import shapes, showing
from studio.api.authentication import who
from studio.api.base import Page, View, answer, made, query, read
from studio.api.idempotency import idempotent, keep
from studio.api.paging import Listed, page_of
from studio.api.problems import invalid
from studio.api.schema import operation
from studio.asking import require_room_for_changes
from studio.flows import wake_for_changes
from studio.web.late import NOTHING

EXAMPLE = {"field": "price", "old": "¥50", "new": "¥45", "whole_campaign": True}


class LateChanges(View):
    @operation("list-late-changes", {200: Page[shapes.LateChange]}, query=Listed)
    def get(self, request: Request, brief_id: int) -> Response:
        asked = query(request, Listed)
        row = access_brief_by_id(who(request), brief_id)
        rows = models.LateChange.objects.filter(brief=row).select_related("owner")
        return page_of(request, asked, rows, showing.late_changes)

    @operation(
        "order-late-change", {201: shapes.LateChangeInFull}, sent=shapes.NewLateChange, once=True, example=EXAMPLE
    )
    @idempotent
    def post(self, request: Request, brief_id: int) -> Response:
        asks = who(request)
        brief = access_brief_by_id(asks, brief_id, Act.MAKE)
        sent = read(request, shapes.NewLateChange)
        pictures = late_changes.pictures_of(brief, sent.whole_campaign)
        found = late_changes.targets(pictures, field=sent.field, old=sent.old, new=sent.new)
        if not found:
            raise invalid({"old": [NOTHING]})
        require_room_for_changes(brief, len(found))
        with transaction.atomic():
            row = late_changes.order(brief=brief, owner_id=asks.user.pk, found=found, **sent.model_dump())
            wake_for_changes()
            return keep(request, made(showing.late_change_in_full(row), "late-change", row.pk))


def _as_it_is(row: models.LateChange) -> Response:
    row.refresh_from_db()
    return answer(showing.late_change_in_full(row))


class LateChange(View):
    @operation("show-late-change", {200: shapes.LateChangeInFull})
    def get(self, request: Request, change_id: int) -> Response:
        return _as_it_is(access_late_change_by_id(who(request), change_id))


class UndoLateChange(View):
    @operation("undo-late-change", {200: shapes.LateChangeInFull})
    def post(self, request: Request, change_id: int) -> Response:
        row = access_late_change_by_id(who(request), change_id, Act.MAKE)
        late_changes.take_back(row)
        return _as_it_is(row)


class RedoLateChange(View):
    @operation("redo-late-change", {200: shapes.LateChangeInFull})
    def post(self, request: Request, change_id: int) -> Response:
        row = access_late_change_by_id(who(request), change_id, Act.MAKE)
        with transaction.atomic():
            late_changes.bring_back(row)
            wake_for_changes()
        return _as_it_is(row)
