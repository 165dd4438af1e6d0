"""Error pages in the studio's words."""

from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest, JsonResponse
from django.shortcuts import render
from django.utils.translation import get_language

from studio.access import NotAllowed
from studio.api.problems import ApiProblem, answer
from studio.web.words import SENTENCES

CODES = {403: "not-allowed", 404: "not-found", 413: "too-large", 500: "broken"}


def _page(request: HttpRequest, code: str, status: int) -> HttpResponse:
    """For people a page; for programs the same as JSON."""
    if request.path.startswith("/api/v1/"):
        return answer(request, ApiProblem(CODES[status], SENTENCES[code]))
    return render(request, "message.html", {"title": f"{code}.title", "words": code}, status=status)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """More than a form may hold is told; other malformed requests come from no page of ours."""
    if isinstance(exception, RequestDataTooBig | TooManyFieldsSent | TooManyFilesSent):
        return _page(request, "413", 413)
    return HttpResponseBadRequest("Bad request", content_type="text/plain")


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _page(request, "404", 404)


def forbidden(request: HttpRequest, exception: Exception | None = None, reason: str = "") -> HttpResponse:
    """A role that does not reach far enough is told which; anything else is a form that is out of date."""
    if not isinstance(exception, NotAllowed):
        return _page(request, "403", 403)
    if request.content_type == "application/json":
        return JsonResponse({"problem": exception.words.in_language(get_language() or "en")}, status=403)
    return render(request, "message.html", {"title": "not_allowed.title", "said": exception.words}, status=403)


def broken(request: HttpRequest) -> HttpResponse:
    return _page(request, "500", 500)
