"""What belongs to one person: password, sessions, tokens, and how the screen looks."""

from typing import Any

from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST, require_safe

from brand_styles.words import Words
from studio.access import Scope, brands_of, person
from studio.models import ApiToken
from studio.people import Refused, end, end_sessions, sessions_of, set_password
from studio.sharing import TOO_OFTEN, TooOften, count_guess
from studio.tokens import LASTS_DAYS, live_tokens, make_token
from studio.web.agents import browser_of
from studio.web.undo import offer, offered
from studio.web.words import SENTENCES


@require_safe
@login_required
def account(request: HttpRequest) -> HttpResponse:
    return page(request)


def page(
    request: HttpRequest,
    *,
    problem: Words | None = None,
    where: str = "",
    token: str = "",
    said: str = "",
    status: int = 200,
) -> HttpResponse:
    """The page; `problem` stands in section `where`; `token` is shown this once."""
    user = person(request)
    here = request.session.session_key
    context: dict[str, Any] = {
        "sessions": [
            {"row": row, "browser": browser_of(row.agent), "here": row.session_key == here}
            for row in sessions_of(user)[:50]
        ],
        "tokens": live_tokens(user).prefetch_related("brands"),
        "scopes": list(Scope),
        "lasts": LASTS_DAYS,
        "brands": brands_of(user),
        "problem": problem,
        "where": where,
        "token": token,
        "said": said,
        "sent": request.POST,
        "sent_scopes": request.POST.getlist("scopes") or [Scope.READ],
        "sent_brands": request.POST.getlist("brands"),
        "undo": offered(request) if request.method in {"GET", "HEAD"} else None,
        "room": "account",
    }
    response = render(request, "people_account.html", context, status=status)
    response["Cache-Control"] = "private, no-store"
    return response


@sensitive_post_parameters()
@require_POST
@login_required
def change_password(request: HttpRequest) -> HttpResponse:
    """A new password; every other session ends."""
    user = person(request)
    try:
        count_guess(user)
    except TooOften:
        return page(request, problem=TOO_OFTEN, where="password", status=429)
    if not user.check_password(str(request.POST.get("old", ""))):
        return page(request, problem=SENTENCES["account.wrong"], where="password", status=422)
    try:
        set_password(user, str(request.POST.get("new", "")))
    except Refused as refused:
        return page(request, problem=refused.words, where="password", status=422)
    end_sessions(user, keep=request.session.session_key or "")
    update_session_auth_hash(request, user)
    return page(request, said="account.changed")


@require_POST
@login_required
def end_session(request: HttpRequest, session_id: int) -> HttpResponse:
    rows = sessions_of(person(request)).filter(pk=session_id)
    if not end(rows):
        raise Http404
    return redirect("account")


@require_POST
@login_required
def end_others(request: HttpRequest) -> HttpResponse:
    end_sessions(person(request), keep=request.session.session_key or "")
    return redirect("account")


@require_POST
@login_required
def new_token(request: HttpRequest) -> HttpResponse:
    """Make a token and show it, once. Brands that are not the person's are as good as not there."""
    user = person(request)
    days = str(request.POST.get("days", ""))
    try:
        _, key = make_token(
            user=user,
            name=str(request.POST.get("name", "")),
            scopes=[Scope(name) for name in request.POST.getlist("scopes") if name in set(Scope)],
            brands=brands_of(user).filter(slug__in=request.POST.getlist("brands")),
            days=int(days) if days.isdecimal() and len(days) < 5 else 0,
        )
    except Refused as refused:
        return page(request, problem=refused.words, where="tokens", status=422)
    return page(request, token=key)


@require_POST
@login_required
def revoke_token(request: HttpRequest, token_id: int) -> HttpResponse:
    row = ApiToken.objects.filter(pk=token_id, user=person(request)).first()
    if row is None:
        raise Http404
    ApiToken.objects.filter(pk=row.pk, revoked_at=None).update(revoked_at=timezone.now())
    return offer(person(request), "account", "token", row.name, id=row.pk)
