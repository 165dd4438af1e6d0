"""The part of a page that moves, sent anew only where it did."""

import hashlib
from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.shortcuts import render
from django.utils.translation import get_language


def moving_part(request: HttpRequest, template: str, context: Mapping[str, Any], seen: object) -> HttpResponse:
    """The template, or 304 for a browser that has shown it. `seen`: what it tells, all of it dataclasses and plain values."""
    told = repr((seen, get_language()))
    etag = f'W/"{hashlib.sha256(told.encode()).hexdigest()[:20]}"'  # weak, since it is packed on its way
    if request.headers.get("If-None-Match") == etag:
        return HttpResponseNotModified()
    response = render(request, template, dict(context))
    response["ETag"] = etag
    response["Cache-Control"] = "private, no-store"
    return response
