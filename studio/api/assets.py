"""Pictures: what they are, what made them, their versions, and changing them."""

from django.db.models import QuerySet
from pydantic import Field
from rest_framework.request import Request
from rest_framework.response import Response

from generation import models
from generation.selectors import heads
from generation.types import Report
from generation.versions import make_head, save_version
from studio.access import Act, Principal, access_asset_by_id, brands_of
from studio.api import shapes, showing
from studio.api.authentication import who
from studio.api.base import Page, View, answer, made, query, read
from studio.api.idempotency import idempotent
from studio.api.paging import Listed, Whole, page_of
from studio.api.schema import operation
from studio.edits import edited, findings_after

RETYPE = {"changes": [{"kind": "retype", "id": "headline", "text": "Members' day"}]}


class AssetsAsked(Listed):
    brand: shapes.Clean | None = Field(default=None, max_length=50, description="only of this brand")
    brief: Whole | None = Field(default=None, ge=1, lt=2**63, description="only of this brief")
    campaign: shapes.Clean | None = Field(default=None, max_length=80, description="only of this campaign")
    verdict: shapes.Verdict | None = Field(default=None, description="only those that passed, or are held back")
    format: str | None = Field(default=None, pattern=r"^[1-9][0-9]{0,4}x[1-9][0-9]{0,4}$", description="only this size")


class Assets(View):
    @operation("list-assets", {200: Page[shapes.Asset]}, query=AssetsAsked)
    def get(self, request: Request) -> Response:
        asks, asked = who(request), query(request, AssetsAsked)
        return page_of(request, asked, _wanted(asks, asked), lambda rows: showing.assets(request, asks, rows))


def _wanted(asks: Principal, asked: AssetsAsked) -> QuerySet[models.Asset]:
    rows = _light(heads().filter(job__variant__brief__library__brand__in=brands_of(asks)))
    given = {
        "job__variant__brief__library__brand__slug": asked.brand,
        "job__variant__brief": asked.brief,
        "job__variant__brief__campaign__slug": asked.campaign,
        "verdict": asked.verdict,
        **(dict(zip(("width", "height"), map(int, asked.format.split("x")), strict=True)) if asked.format else {}),
    }
    return rows.filter(**{name: value for name, value in given.items() if value is not None})


def _light(rows: QuerySet[models.Asset]) -> QuerySet[models.Asset]:
    """Without their documents, and with what showing one asks for."""
    rows = rows.select_related("job__variant__brief__library__brand", "made_by")
    return rows.defer("design", "recipe", "report", "job__variant__plan", "job__variant__brief__library__style")


class Asset(View):
    @operation("show-asset", {200: shapes.Asset})
    def get(self, request: Request, asset_id: int) -> Response:
        asks = who(request)
        return answer(showing.asset(request, asks, access_asset_by_id(asks, asset_id)))


class Versions(View):
    @operation("list-versions", {200: Page[shapes.Asset]}, query=Listed)
    def get(self, request: Request, asset_id: int) -> Response:
        asks, asked = who(request), query(request, Listed)
        row = access_asset_by_id(asks, asset_id)
        rows = _light(models.Asset.objects.filter(job_id=row.job_id))
        return page_of(request, asked, rows, lambda found: showing.assets(request, asks, found))

    @operation(
        "save-version",
        {201: shapes.Asset},
        sent=shapes.NewVersion,
        refuses=(503,),
        once=True,
        example=RETYPE | {"anyway": False},
    )
    @idempotent
    def post(self, request: Request, asset_id: int) -> Response:
        asks = who(request)
        row = access_asset_by_id(asks, asset_id, Act.MAKE)
        sent = read(request, shapes.NewVersion)
        saved = save_version(base=row, edit=edited(row, sent.changes), user_id=asks.user.pk, anyway=sent.anyway)
        return made(showing.asset(request, asks, access_asset_by_id(asks, saved.pk)), "asset", saved.pk)


class Check(View):
    @operation("check-changes", {200: shapes.Checked}, sent=shapes.Changes, refuses=(503,), example=RETYPE)
    def post(self, request: Request, asset_id: int) -> Response:
        row = access_asset_by_id(who(request), asset_id, Act.MAKE)
        return answer(shapes.Checked(findings=findings_after(row, read(request, shapes.Changes).changes)))


class Restore(View):
    @operation("restore-version", {200: shapes.Asset})
    def post(self, request: Request, asset_id: int) -> Response:
        asks = who(request)
        make_head(access_asset_by_id(asks, asset_id, Act.MAKE))
        return answer(showing.asset(request, asks, access_asset_by_id(asks, asset_id)))


class Findings(View):
    @operation("show-findings", {200: shapes.Findings})
    def get(self, request: Request, asset_id: int) -> Response:
        report = Report.model_validate(access_asset_by_id(who(request), asset_id).report)
        return answer(shapes.Findings(verdict=report.verdict, findings=report.findings, checks=report.checks))


class Recipe(View):
    @operation("show-recipe", {200: shapes.Document})
    def get(self, request: Request, asset_id: int) -> Response:
        return Response(access_asset_by_id(who(request), asset_id).recipe)


class Design(View):
    @operation("show-design", {200: shapes.Document})
    def get(self, request: Request, asset_id: int) -> Response:
        return Response(access_asset_by_id(who(request), asset_id).design)
