"""Pictures to keep: one or many, as PNG, JPEG or WebP under names of the person's choosing, or on a contact sheet."""

import io
import tempfile
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from typing import IO

from django.contrib.auth.decorators import login_required
from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.http import content_disposition_header
from django.utils.translation import get_language
from django.views.decorators.http import require_safe
from PIL import Image

from generation.errors import PermanentError
from generation.models import Asset, Brief
from generation.selectors import heads
from studio.access import access_brief_by_id, person
from studio.web.contact_sheet import contact_sheet
from studio.web.file_names import TEMPLATE, different, name_for, safe
from studio.web.words import sentence

ENDINGS = {"png": "png", "jpeg": "jpg", "webp": "webp"}
TYPES = {"png": "image/png", "jpeg": "image/jpeg", "webp": "image/webp"}
QUALITY = 90
IN_MEMORY = 8_000_000  # bytes of an archive before it goes to a temporary file


@dataclass(frozen=True)
class Wish:
    """What a person asked for. `quality`: 40 to 100, of JPEG and WebP."""

    kind: str
    quality: int
    names: str


def wish_of(request: HttpRequest) -> Wish:
    """The kind, quality and names that the address asks for, else those of last time, else the usual."""
    sent = request.GET
    kind = str(sent.get("kind", "png"))
    quality = str(sent.get("quality", ""))
    names = str(sent.get("names", request.session.get("names", "")))[:200].strip() or TEMPLATE
    return Wish(
        kind=kind if kind in ENDINGS else "png",
        quality=min(max(int(quality), 40), 100) if quality.isdecimal() and len(quality) < 4 else QUALITY,
        names=names,
    )


def encoded(content: bytes, wish: Wish) -> bytes:
    """A stored PNG as the wish wants it; a PNG is the file itself, byte for byte."""
    if wish.kind == "png":
        return content
    out = io.BytesIO()
    with Image.open(io.BytesIO(content)) as image:
        rgb = image.convert("RGB")
        if wish.kind == "jpeg":
            rgb.save(out, "JPEG", quality=wish.quality, subsampling=0 if wish.quality >= 85 else 2, optimize=True)
        else:
            rgb.save(out, "WEBP", quality=wish.quality, method=4)
    return out.getvalue()


def download_one(request: HttpRequest, row: Asset) -> HttpResponse:
    """One picture as a file to keep. The caller has asked who may."""
    wish = wish_of(request)
    try:
        content = encoded(_stored(row), wish)
        name = name_for(row, wish.names, ENDINGS[wish.kind])
    except FileNotFoundError:
        raise Http404 from None
    except PermanentError:
        name = name_for(row, TEMPLATE, ENDINGS[wish.kind])
    response = HttpResponse(content, content_type=TYPES[wish.kind])
    response["Content-Disposition"] = str(content_disposition_header(True, name))
    response["Cache-Control"] = "private, no-cache"  # the name is not the address's
    response["X-Content-Type-Options"] = "nosniff"
    return response


@require_safe
@login_required
def downloads(request: HttpRequest, brief_id: int) -> HttpResponse:
    """Choose pictures, kind and names."""
    brief = access_brief_by_id(person(request), brief_id)
    return _page(request, brief, wish_of(request))


def _page(request: HttpRequest, brief: Brief, wish: Wish, problem: PermanentError | None = None) -> HttpResponse:
    rows = _rows(brief)
    chosen = set(_chosen_ids(request)) or {row.pk for row in rows}
    try:
        example = name_for(rows[0], wish.names, ENDINGS[wish.kind]) if rows else ""
    except PermanentError as error:
        problem, example = problem or error, ""
    context = {
        "brief": brief,
        "assets": rows,
        "chosen": chosen,
        "wish": wish,
        "example": example,
        "problem": problem.words if problem else None,
    }
    return render(request, "downloads.html", context, status=422 if problem else 200)


@require_safe
@login_required
def pictures_zip(request: HttpRequest, brief_id: int) -> HttpResponseBase:
    """The chosen pictures of a brief in one ZIP, under the template's names."""
    brief = access_brief_by_id(person(request), brief_id)
    wish = wish_of(request)
    try:
        rows = _chosen(request, brief)
        names = different(name_for(row, wish.names, ENDINGS[wish.kind]) for row in rows)
    except PermanentError as error:
        return _page(request, brief, wish, error)
    request.session["names"] = wish.names
    archive = _archive(rows, names, wish)
    response = FileResponse(archive, content_type="application/zip")
    response["Content-Disposition"] = str(content_disposition_header(True, f"{safe(brief.title)}.zip"))
    return response


def _archive(rows: Sequence[Asset], names: Sequence[str], wish: Wish) -> IO[bytes]:
    file = tempfile.SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115 - the response closes it
    with zipfile.ZipFile(file, "w", zipfile.ZIP_STORED) as archive:
        for row, name in zip(rows, names, strict=True):
            try:
                archive.writestr(name, encoded(_stored(row), wish))
            except FileNotFoundError:
                continue
    file.seek(0)
    return file


@require_safe
@login_required
def sheet_pdf(request: HttpRequest, brief_id: int) -> HttpResponse:
    """The chosen pictures on a contact sheet."""
    brief = access_brief_by_id(person(request), brief_id)
    language = get_language()
    words = {"pass": sentence("status.finished", language), "blocked": sentence("status.blocked", language)}
    try:
        rows = _chosen(request, brief)
    except PermanentError as error:
        return _page(request, brief, wish_of(request), error)
    response = HttpResponse(contact_sheet(brief.title, rows, words), content_type="application/pdf")
    response["Content-Disposition"] = str(content_disposition_header(True, f"{safe(brief.title)}.pdf"))
    return response


def _rows(brief: Brief) -> list[Asset]:
    rows = heads().filter(job__variant__brief=brief).defer("design", "recipe", "report")
    return list(
        rows.select_related("job__variant__brief__library__brand", "job__variant__brief__campaign").order_by("job_id")
    )


def _chosen(request: HttpRequest, brief: Brief) -> list[Asset]:
    """The chosen pictures of this brief; all where none is named. PermanentError where nothing is left."""
    rows, ids = _rows(brief), set(_chosen_ids(request))
    rows = [row for row in rows if row.pk in ids] if "asset" in request.GET or "chosen" in request.GET else rows
    if not rows:
        raise PermanentError("Choose at least one picture.", "请至少选择一张图片。", field="asset")
    return rows


def _chosen_ids(request: HttpRequest) -> list[int]:
    return [int(pk) for pk in request.GET.getlist("asset") if pk.isdecimal() and len(pk) < 18]


def _stored(row: Asset) -> bytes:
    with default_storage.open(row.file) as file:
        return bytes(file.read())
