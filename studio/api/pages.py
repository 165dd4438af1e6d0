"""The human page of the API: what the OpenAPI document says, to read. Open to everyone, as the document is."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from studio.api.schema import written
from studio.api.words import KINDS
from studio.webhooks import EVENTS


@require_safe
def docs(request: HttpRequest) -> HttpResponse:
    document = written(get_language() or "en")
    context = {
        "document": document,
        "sections": [
            {"name": tag["name"], "title": tag["description"], "rows": _rows(document, tag["name"])}
            for tag in document["tags"]
        ],
        "kinds": [(code, status, title) for code, (status, title) in KINDS.items()],
        "events": EVENTS.items(),
        "room": "api",
    }
    return render(request, "api_docs.html", context)


def _rows(document: dict[str, Any], tag: str) -> list[dict[str, str]]:
    return [
        {
            "id": about["operationId"],
            "method": method.upper(),
            "path": path,
            "summary": about["summary"],
            "answers": ", ".join(sorted(about["responses"])),
        }
        for path, methods in document["paths"].items()
        for method, about in methods.items()
        if tag in about["tags"]
    ]
