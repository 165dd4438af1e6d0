"""What people say about pictures."""

from django.db import transaction
from rest_framework.request import Request
from rest_framework.response import Response

from studio import models, sharing
from studio.access import Act, access_asset_by_id, access_comment_by_id
from studio.api import shapes, showing
from studio.api.authentication import who
from studio.api.base import Page, View, answer, made, query, read
from studio.api.idempotency import idempotent, keep
from studio.api.paging import Listed, page_of
from studio.api.schema import operation

EXAMPLE = {"text": "A little more air around the logo", "x": 0.82, "y": 0.1}


def _shown(rows: list[models.Comment]) -> list[shapes.Comment]:
    return [showing.comment(row) for row in rows]


class Comments(View):
    @operation("list-comments", {200: Page[shapes.Comment]}, query=Listed)
    def get(self, request: Request, asset_id: int) -> Response:
        asked = query(request, Listed)
        row = access_asset_by_id(who(request), asset_id)
        return page_of(request, asked, sharing.comments_of(row), _shown, newest_first=False)

    @operation("write-comment", {201: shapes.Comment}, sent=shapes.NewComment, once=True, example=EXAMPLE)
    @idempotent
    def post(self, request: Request, asset_id: int) -> Response:
        asks = who(request)
        asset = access_asset_by_id(asks, asset_id, Act.COMMENT)
        sent = read(request, shapes.NewComment)
        with transaction.atomic():
            writer = sharing.Writer(user=asks.user)
            row = sharing.comment(asset=asset, writer=writer, text=sent.text, x=sent.x, y=sent.y)
            return keep(request, made(showing.comment(row), "comment", row.pk))


class Comment(View):
    @operation("show-comment", {200: shapes.Comment})
    def get(self, request: Request, comment_id: int) -> Response:
        return answer(showing.comment(access_comment_by_id(who(request), comment_id)))


class ResolveComment(View):
    @operation("resolve-comment", {200: shapes.Comment})
    def post(self, request: Request, comment_id: int) -> Response:
        return _set(request, comment_id, resolved=True)


class ReopenComment(View):
    @operation("reopen-comment", {200: shapes.Comment})
    def post(self, request: Request, comment_id: int) -> Response:
        return _set(request, comment_id, resolved=False)


def _set(request: Request, comment_id: int, *, resolved: bool) -> Response:
    asks = who(request)
    row = access_comment_by_id(asks, comment_id, Act.COMMENT)
    sharing.resolve(row, asks.user, resolved=resolved)
    row.refresh_from_db()
    return answer(showing.comment(row))
