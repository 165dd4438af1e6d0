"""The one-time link: into a brand, or to a new password."""

from django.contrib.auth import login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from studio.models import Invite, User
from studio.people import Refused, join, join_as, new_password, open_invite

BACKEND = "django.contrib.auth.backends.ModelBackend"


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def join_page(request: HttpRequest, key: str) -> HttpResponse:
    """What the link is for; posting takes it."""
    try:
        row = open_invite(key)
    except Refused as refused:
        return render(request, "message.html", {"title": "join.over", "said": refused.words}, status=410)
    if request.method != "POST":
        return _page(request, row)
    try:
        user = _take(request, row, key)
    except Refused as refused:
        return _page(request, row, refused, status=422)
    if request.user != user:
        login(request, user, backend=BACKEND)
    return redirect("home")


def _take(request: HttpRequest, row: Invite, key: str) -> User:
    password = str(request.POST.get("password", ""))
    if row.person:
        return new_password(key, password)
    if isinstance(request.user, User):
        return join_as(key, request.user)
    return join(key, name=str(request.POST.get("name", "")), password=password)


def _page(request: HttpRequest, row: Invite, refused: Refused | None = None, status: int = 200) -> HttpResponse:
    context = {"invite": row, "refused": refused, "sent": request.POST}
    return render(request, "people_join.html", context, status=status)
