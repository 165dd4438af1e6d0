"""Signing in elsewhere: off to the provider, and back."""

from dataclasses import asdict

from django.contrib.auth import login
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from brand_styles.words import Words
from studio.oidc import Attempt, SignInFailed, address_to_ask, claims_for, is_offered, person_of
from studio.web.joining import BACKEND
from studio.web.words import SENTENCES

KEY = "oidc"


@never_cache
@require_safe
def leave(request: HttpRequest) -> HttpResponse:
    """Send the browser to the provider. What comes back must fit what is kept in this session."""
    if not is_offered():
        raise Http404
    onward = request.GET.get("next", "")
    safe = url_has_allowed_host_and_scheme(onward, {request.get_host()}, require_https=request.is_secure())
    attempt = Attempt.new(onward if safe else reverse("home"))
    try:
        address = address_to_ask(attempt, _back(request))
    except SignInFailed as failed:
        return _told(request, failed.words, 502)
    request.session[KEY] = asdict(attempt)
    return redirect(address)


@never_cache
@require_safe
def back(request: HttpRequest) -> HttpResponse:
    if not is_offered():
        raise Http404
    kept = request.session.pop(KEY, None)
    if not kept or request.GET.get("state") != kept["state"]:
        return _told(request, SENTENCES["oidc.old"], 400)
    if "code" not in request.GET:
        return _told(request, SENTENCES["oidc.refused"], 403)
    attempt = Attempt(**kept)
    try:
        user = person_of(claims_for(attempt, request.GET["code"], _back(request)))
    except SignInFailed as failed:
        return _told(request, failed.words, 403)
    login(request, user, backend=BACKEND)
    return HttpResponseRedirect(attempt.onward)  # not redirect(): it takes a word for a page's name


def _back(request: HttpRequest) -> str:
    return request.build_absolute_uri(reverse("sign-in-back"))


def _told(request: HttpRequest, words: Words, status: int) -> HttpResponse:
    return render(request, "message.html", {"title": "oidc.title", "said": words}, status=status)
