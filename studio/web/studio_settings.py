"""Machine time per brand, for its owners; keys and addresses, for whoever runs the studio."""

from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST, require_safe

from brand_styles.words import Words
from studio import secrets_store
from studio.access import access_managed_brand, brands_of, managed_brands, person, require_staff
from studio.fairness import set_quota, usage
from studio.models import Secret, User
from studio.web.people import matrix
from studio.web.words import SENTENCES

MOST_SECONDS = 100_000_000


@require_safe
@login_required
def studio_settings(request: HttpRequest) -> HttpResponse:
    return page(request)


def page(request: HttpRequest, *, problem: Words | None = None, where: str = "", status: int = 200) -> HttpResponse:
    user = person(request)
    managed = managed_brands(user)
    brands = managed if user.is_staff else brands_of(user)
    context: dict[str, Any] = {
        "quotas": [
            {"brand": brand, "usage": usage(brand), "manages": managed.filter(pk=brand.pk).exists()} for brand in brands
        ],
        "acts": matrix(),
        "roles": user.memberships.model.role.field.choices,
        "problem": problem,
        "where": where,
        "sent": request.POST,
        "room": "settings",
    }
    return render(request, "settings.html", context | (_for_staff() if user.is_staff else {}), status=status)


def _for_staff() -> dict[str, Any]:
    kept = {row.name: row for row in Secret.objects.select_related("set_by")}
    return {
        "secrets": [
            {
                "name": name,
                "words": words,
                "kept": kept.get(name),
                "setting": setting if _by_environment(setting) else "",
            }
            for name, (setting, words) in secrets_store.KNOWN.items()
        ],
        "outbound": settings.OUTBOUND_ALLOW,
        "issuer": settings.OIDC_ISSUER if settings.OIDC_CLIENT_ID else "",
    }


def _by_environment(setting: str) -> bool:
    """Whether the environment gave a value: then the setting is a text, not where to ask for one."""
    return isinstance(getattr(settings, setting), str)


@require_POST
@login_required
def change_quota(request: HttpRequest, slug: str) -> HttpResponse:
    brand = access_managed_brand(person(request), slug)
    try:
        limits = {name: _seconds(str(request.POST.get(name, ""))) for name in ("day_seconds", "month_seconds")}
    except ValueError:
        return page(request, problem=SENTENCES["settings.quota.bad"], where=brand.slug, status=422)
    set_quota(brand, **limits)
    return redirect("settings")


def _seconds(text: str) -> int | None:
    """None for an empty field. ValueError for anything but whole seconds."""
    if not text.strip():
        return None
    if not text.strip().isdecimal() or int(text) > MOST_SECONDS:
        raise ValueError
    return int(text)


@sensitive_post_parameters()
@require_POST
@login_required
def change_secret(request: HttpRequest, name: str) -> HttpResponse:
    user = _staff(request)
    if name not in secrets_store.KNOWN:
        raise Http404
    if "forget" in request.POST:
        secrets_store.forget(name)
        return redirect("settings")
    value = str(request.POST.get("value", "")).strip()
    if not 0 < len(value) <= secrets_store.LONGEST:
        return page(request, problem=SENTENCES["settings.secret.bad"], where=name, status=422)
    secrets_store.keep(name, value, user)
    return redirect("settings")


def _staff(request: HttpRequest) -> User:
    user = person(request)
    require_staff(user)
    return user
