"""Error pages in the studio's words."""

from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest
from django.shortcuts import render


def _page(request: HttpRequest, code: str, status: int) -> HttpResponse:
    return render(request, "message.html", {"title": f"{code}.title", "words": code}, status=status)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """More than a form may hold is told; other malformed requests come from no page of ours."""
    if isinstance(exception, RequestDataTooBig | TooManyFieldsSent | TooManyFilesSent):
        return _page(request, "413", 413)
    return HttpResponseBadRequest("Bad request", content_type="text/plain")


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _page(request, "404", 404)


def forbidden(request: HttpRequest, exception: Exception | None = None, reason: str = "") -> HttpResponse:
    return _page(request, "403", 403)


def broken(request: HttpRequest) -> HttpResponse:
    return _page(request, "500", 500)
