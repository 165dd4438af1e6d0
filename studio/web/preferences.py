"""Language, theme and the tone of the table, kept in cookies: they belong to the screen, not to the account."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import get_language
from django.views.decorators.http import require_POST

CHOICES = {"language": ("en", "zh-hans"), "theme": ("light", "dark"), "mat": ("grey", "paper")}
YEAR = 365 * 24 * 3600


def page(request: HttpRequest) -> dict[str, Any]:
    """Context of every page."""
    language = get_language() or "en"
    return {
        "language": language,
        "other_language": "en" if language.startswith("zh") else "zh-hans",
        "theme": _chosen(request, "theme"),
        "mat": _chosen(request, "mat"),
    }


def _chosen(request: HttpRequest, name: str) -> str:
    value = request.COOKIES.get(name, "")
    return value if value in CHOICES[name] else ""


@require_POST
def choose(request: HttpRequest) -> HttpResponse:
    """Keep a choice and go back to where the person was."""
    target = request.POST.get("next", "")
    safe = url_has_allowed_host_and_scheme(target, {request.get_host()}, require_https=request.is_secure())
    response = HttpResponseRedirect(
        target if safe else reverse("home")
    )  # not redirect(): it takes a word for a page's name
    for name, allowed in CHOICES.items():
        if (value := request.POST.get(name)) in allowed:
            key = settings.LANGUAGE_COOKIE_NAME if name == "language" else name
            response.set_cookie(key, value, max_age=YEAR, samesite="Lax", secure=settings.SECURE_COOKIES)
    return response
