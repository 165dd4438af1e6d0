"""The command palette's answers."""

from dataclasses import asdict

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from studio.access import person
from studio.finding import asked, find


@require_safe
@login_required
def find_anything(request: HttpRequest) -> HttpResponse:
    """What this person may reach by the words `?q=`, as JSON: [{kind, name, address, more, icon}]."""
    found = find(person(request), asked(request.GET.get("q", "")), get_language() or "en")
    response = JsonResponse({"found": [asdict(each) for each in found]})
    response["Cache-Control"] = "private, no-store"
    return response
