"""The human page of the API: what the OpenAPI document says, to read."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from studio.api.schema import written
from studio.api.words import KINDS


@require_safe
def docs(request: HttpRequest) -> HttpResponse:
    document = written(get_language() or "en")
    context = {"document": document, "sections": _sections(document), "kinds": KINDS, "room": "api"}
    return render(request, "api_docs.html", context)


def _sections(document: dict[str, object]) -> list[dict[str, object]]:
    return []
