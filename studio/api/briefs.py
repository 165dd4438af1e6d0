"""Briefs: submitting one, following it, and the things a person can do about it."""

from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict
from pydantic import Field
from rest_framework.request import Request
from rest_framework.response import Response

from generation import jobs, models, queueing
from generation.planning.brief import Brief as BriefData
from generation.selectors import just_cancelled, wall
from studio.access import Act, access_asset_by_id, access_brief_by_id, briefs_of, require_somewhere
from studio.api import shapes, showing
from studio.api.authentication import who
from studio.api.base import Page, View, answer, made, query, read
from studio.api.idempotency import idempotent, keep
from studio.api.negotiation import Form, Json, Yaml, read_json
from studio.api.paging import Listed, page_of, page_of_values
from studio.api.problems import ApiProblem, invalid
from studio.api.schema import operation
from studio.api.words import says
from studio.asking import more_like, reroll, retry
from studio.flows import wake_workers
from studio.forms.brief import Draft, draft_of_source
from studio.submitting import over_limit, slugs_of, submit

FILES_BYTES = 60_000_000  # of a brief with its files

EXAMPLE = {
    "version": 1,
    "brand": "demo",
    "prompt": "A lively page for members' day",
    "copy": {"headline": "Members' day", "cta": "Join now"},
    "formats": ["1080x1350", "1080x1080"],
    "variants": 2,
}
WITH_FILES = {
    "type": "object",
    "properties": {
        "brief": {"type": "string", "description": "the brief as JSON or YAML text"},
        "files": {
            "type": "array",
            "items": {"type": "string", "format": "binary"},
            "description": "the files that the brief names, under the names it gives them",
        },
    },
    "required": ["brief"],
}
FORMS = {
    "application/json": BriefData,
    "application/yaml": {"type": "string", "description": "docs/briefs/README.md"},
    "multipart/form-data": WITH_FILES,
}


class BriefsAsked(Listed):
    brand: shapes.Clean | None = Field(default=None, max_length=50, description="only of this brand")
    campaign: shapes.Clean | None = Field(default=None, max_length=80, description="only of this campaign")


class Briefs(View):
    parser_classes = (Json, Yaml, Form)
    most_bytes = FILES_BYTES

    @operation("list-briefs", {200: Page[shapes.Brief]}, query=BriefsAsked)
    def get(self, request: Request) -> Response:
        asked = query(request, BriefsAsked)
        rows = briefs_of(who(request))
        if asked.brand is not None:
            rows = rows.filter(library__brand__slug=asked.brand)
        if asked.campaign is not None:
            rows = rows.filter(campaign__slug=asked.campaign)
        return page_of(request, asked, rows, showing.briefs)

    @operation("submit-brief", {201: shapes.BriefInFull}, sent=FORMS, once=True, example=EXAMPLE)
    @idempotent
    def post(self, request: Request) -> Response:
        asks = who(request)
        require_somewhere(asks, Act.MAKE)
        draft = _draft(request, slugs_of(asks))
        if draft.brief is None or not draft.is_sound:
            raise invalid(draft.problems)
        if over := over_limit(asks, draft):
            raise ApiProblem("limit", over)
        with transaction.atomic():
            row = submit(asks.user, draft)
            row.refresh_from_db()
            return keep(request, made(showing.brief_in_full(row, wall(row)), "brief", row.pk))


def _draft(request: Request, brands: list[str]) -> Draft:
    """The brief as JSON, as YAML, or as a form of either with files."""
    sent: Any = request.data
    files: MultiValueDict[str, Any] = MultiValueDict()
    if request.content_type.startswith("multipart/"):
        sent = _part(request)
        files.setlist("attachments", request.FILES.getlist("files"))
    if isinstance(sent, dict | str):
        return draft_of_source(sent, brands, files)
    raise invalid({"brief": [says("model_type")]})


def _part(request: Request) -> Any:
    """What the form's part `brief` says: JSON where it begins like an object, else YAML text."""
    form = request.data
    parts = form.getlist("brief") if isinstance(form, QueryDict) else []
    if len(parts) != 1 or not isinstance(parts[0], str) or set(form) - {"brief", "files"}:
        raise invalid({"brief": [says("one_brief")]})
    return read_json(parts[0]) if parts[0].lstrip().startswith("{") else parts[0]


class Brief(View):
    @operation("show-brief", {200: shapes.BriefInFull})
    def get(self, request: Request, brief_id: int) -> Response:
        return _as_it_is(access_brief_by_id(who(request), brief_id))


def _as_it_is(row: models.Brief) -> Response:
    return answer(showing.brief_in_full(row, wall(row)))


def _of(row: models.Brief) -> QuerySet[models.Job]:
    return models.Job.objects.filter(variant__brief=row)


class CancelBrief(View):
    @operation("cancel-brief", {200: shapes.BriefInFull})
    def post(self, request: Request, brief_id: int) -> Response:
        row = access_brief_by_id(who(request), brief_id, Act.MAKE)
        jobs.cancel(_of(row))
        return _as_it_is(row)


class UndoCancelBrief(View):
    @operation("undo-cancel-brief", {200: shapes.BriefInFull})
    def post(self, request: Request, brief_id: int) -> Response:
        row = access_brief_by_id(who(request), brief_id, Act.MAKE)
        wake_workers(jobs.retry(just_cancelled(row)))
        return _as_it_is(row)


class RetryBrief(View):
    @operation("retry-brief", {200: shapes.BriefInFull})
    def post(self, request: Request, brief_id: int) -> Response:
        row = access_brief_by_id(who(request), brief_id, Act.MAKE)
        retry(_of(row))
        return _as_it_is(row)


class MoveBriefAhead(View):
    @operation("move-brief-ahead", {200: shapes.BriefInFull})
    def post(self, request: Request, brief_id: int) -> Response:
        row = access_brief_by_id(who(request), brief_id, Act.MAKE)
        queueing.move_ahead(row)
        return _as_it_is(row)


def _asked(row: models.Brief, found: list[models.Job]) -> shapes.Asked:
    ids = {job.pk for job in found}
    return shapes.Asked(jobs=tuple(showing.job(row.pk, tile) for tile in wall(row).tiles if tile.job_id in ids))


class Reroll(View):
    @operation(
        "reroll", {201: shapes.Asked}, sent=shapes.NewReroll, once=True, example={"assets": [7], "keep": ["copy"]}
    )
    @idempotent
    def post(self, request: Request, brief_id: int) -> Response:
        asks = who(request)
        row = access_brief_by_id(asks, brief_id, Act.MAKE)
        sent = read(request, shapes.NewReroll)
        bases = models.Asset.objects.filter(job__variant__brief=row, id__in=sent.assets).select_related("job__variant")
        with transaction.atomic():
            found = reroll(asks.user, row, list(bases.order_by("job_id")), sent.keep)
            return keep(request, answer(_asked(row, found), 201))


class MoreLike(View):
    @operation("more-like", {201: shapes.Asked}, sent=shapes.More, once=True, example={"count": 2})
    @idempotent
    def post(self, request: Request, asset_id: int) -> Response:
        asks = who(request)
        asset = access_asset_by_id(asks, asset_id, Act.MAKE)
        row = asset.job.variant.brief
        with transaction.atomic():
            found = more_like(asks.user, row, asset, read(request, shapes.More).count)
            return keep(request, answer(_asked(row, found), 201))


class Jobs(View):
    @operation("list-jobs", {200: Page[shapes.Job]}, query=Listed)
    def get(self, request: Request, brief_id: int) -> Response:
        asked = query(request, Listed)
        row = access_brief_by_id(who(request), brief_id)
        tiles = sorted(wall(row).tiles, key=lambda tile: tile.job_id)
        return page_of_values(request, asked, [showing.job(row.pk, tile) for tile in tiles], lambda job: job.id)
