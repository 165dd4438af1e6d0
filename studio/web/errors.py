"""Error pages in the studio's words."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def _page(request: HttpRequest, code: str, status: int) -> HttpResponse:
    return render(request, "message.html", {"title": f"{code}.title", "words": code}, status=status)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _page(request, "404", 404)


def forbidden(request: HttpRequest, exception: Exception | None = None, reason: str = "") -> HttpResponse:
    return _page(request, "403", 403)


def broken(request: HttpRequest) -> HttpResponse:
    return _page(request, "500", 500)
