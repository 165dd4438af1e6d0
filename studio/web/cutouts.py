"""The cut-out page: a photo, a rectangle, a brush; confirmed by a person before anything is made of it."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.http import require_POST, require_safe

from brand_styles.words import Words
from generation.errors import PermanentError
from generation.models import CutOut
from generation.products import cutouts
from studio.access import Act, access_brand_by_slug, access_cut_out_by_id, person
from studio.web import elements
from studio.web.files import file_response
from studio.web.json_body import json_of
from studio.web.words import SENTENCES


@require_POST
@login_required
def new_cut_out(request: HttpRequest) -> HttpResponse:
    """Take a photo in and show it on its page; or the library again, with what is wrong beside the field."""
    brand = access_brand_by_slug(person(request), str(request.POST.get("brand", "")), Act.MAKE)
    upload = request.FILES.get("photo")
    try:
        if upload is None:
            raise PermanentError("Choose a photo first.", "请先选择照片。", field="photo")
        row = cutouts.start_cut_out(
            brand=brand,
            owner_id=person(request).pk,
            name=str(request.POST.get("name", "")) or name_of(upload),
            file=content_of(upload),
        )
    except PermanentError as error:
        return elements.page(request, problem=error.words, status=422)
    return redirect("cut-out", row.pk)


def content_of(upload: UploadedFile[Any]) -> bytes:
    """The file's bytes. PermanentError where it is larger than an upload may be."""
    if (upload.size or 0) > settings.UPLOAD_MAX_BYTES:
        words = SENTENCES["form.too_large"]
        raise PermanentError(words.en, words.zh, field="photo")
    return b"".join(upload.chunks())


def name_of(upload: UploadedFile[Any]) -> str:
    """What people would call a file: its name without folders and ending."""
    return str(upload.name or "").replace("\\", "/").rsplit("/", 1)[-1].rsplit(".", 1)[0][:80]


@require_safe
@login_required
def cut_out(request: HttpRequest, cut_out_id: int) -> HttpResponse:
    row = access_cut_out_by_id(person(request), cut_out_id)
    said = {
        key: SENTENCES[f"cut.{key}"].in_language(get_language() or "en")
        for key in ("working", "ready", "nothing", "offline")
    }
    state = {
        "photo": reverse("cut-out-photo", args=[row.pk]),
        "cut": reverse("recut", args=[row.pk]),
        "width": row.width,
        "height": row.height,
        "confirmed": row.confirmed_at is not None,
        "words": said,
        **state_of(row),
    }
    return render(request, "cutout.html", {"row": row, "state": state, "in_elements": True})


def state_of(row: CutOut) -> dict[str, Any]:
    """What the page draws: what the person drew, and the alpha that came of it."""
    address = f"{reverse('cut-out-alpha', args=[row.pk])}?v={row.alpha[8:20]}" if row.alpha else ""
    return {"rectangle": row.rectangle, "strokes": row.strokes, "alpha": address, "share": row.share}


@require_POST
@login_required
def cut(request: HttpRequest, cut_out_id: int) -> HttpResponse:
    """Cut again from JSON {"rectangle": [x0, y0, x1, y1] or null, "strokes": […]}; 422 with the sentence where that cannot be."""
    row = access_cut_out_by_id(person(request), cut_out_id, Act.MAKE)
    try:
        wishes = json_of(request)
        rectangle, strokes = wishes["rectangle"], wishes["strokes"]
        if not (rectangle is None or isinstance(rectangle, list)) or not isinstance(strokes, list):
            raise TypeError
    except (ValueError, TypeError, KeyError):
        return _told(SENTENCES["cut.not_json"])
    try:
        cutouts.recut(row, rectangle=rectangle, strokes=strokes)
    except PermanentError as error:
        return _told(error.words)
    return JsonResponse(state_of(row))


def _told(words: Words) -> JsonResponse:
    return JsonResponse({"problem": words.in_language(get_language() or "en")}, status=422)


@require_POST
@login_required
def confirm(request: HttpRequest, cut_out_id: int) -> HttpResponse:
    row = access_cut_out_by_id(person(request), cut_out_id, Act.MAKE)
    try:
        cutouts.confirm(row, name=str(request.POST.get("name", "")))
    except PermanentError as error:
        return elements.page(request, problem=error.words, status=422)
    return redirect("cut-out", row.pk)


@require_POST
@login_required
def discard(request: HttpRequest, cut_out_id: int) -> HttpResponse:
    """Put the photo away; the library offers to take that back for half a minute."""
    row = access_cut_out_by_id(person(request), cut_out_id, Act.MAKE)
    try:
        cutouts.discard(row)
    except PermanentError as error:
        return elements.page(request, problem=error.words, status=422)
    response = redirect("elements")
    response["Location"] += f"?discarded={row.pk}"
    return response


@require_POST
@login_required
def restore(request: HttpRequest, cut_out_id: int) -> HttpResponse:
    cutouts.restore(access_cut_out_by_id(person(request), cut_out_id, Act.MAKE))
    return redirect("cut-out", cut_out_id)


@require_safe
@login_required
def photo(request: HttpRequest, cut_out_id: int) -> HttpResponse:
    return file_response(access_cut_out_by_id(person(request), cut_out_id).photo)


@require_safe
@login_required
def alpha(request: HttpRequest, cut_out_id: int) -> HttpResponse:
    """The alpha as a picture that is clear where it is: a browser lays it over the photo as it comes."""
    name = access_cut_out_by_id(person(request), cut_out_id).alpha
    if not name:
        raise Http404
    return file_response(name, as_alpha=True)
