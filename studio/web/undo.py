"""Taking back what was just done: for half a minute, by the one who did it."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_POST

from generation.models import Job
from generation.remaking import take_back
from reviews.errors import ReviewRefused
from studio.access import Act, access_brief_by_id, access_invite_by_id, access_link_by_id, access_managed_brand, person
from studio.models import ApiToken, ClientLink, Invite, Membership, Role, User
from studio.stars import set_stars
from studio.web.undo_review import OF_REVIEWS

SECONDS = 30
GRACE = 5  # for the click to travel
SALT = "studio.web.undo"


def offer(user: User, page: str, kind: str, label: str, *args: Any, **what: Any) -> HttpResponse:
    """Back to the page named `page`, which offers to take it back. `what`: as the undoing of `kind` needs it."""
    return redirect(f"{reverse(page, args=args)}?{urlencode({'undo': signed(user, page, kind, label, *args, **what)})}")


def signed(user: User, page: str, kind: str, label: str, *args: Any, **what: Any) -> str:
    """What a page's form sends back to take it back."""
    return signing.dumps({"by": user.pk, "kind": kind, "label": label, "page": page, "args": args} | what, salt=SALT)


def offered(request: HttpRequest) -> dict[str, Any] | None:
    """What the page may offer to take back: {kind, label, signed}."""
    sent = request.GET.get("undo", "")
    what = _read(sent, person(request)) if sent else None
    return {"kind": what["kind"], "label": what["label"], "signed": sent} if what else None


def _read(signed: str, user: User) -> dict[str, Any] | None:
    try:
        what: dict[str, Any] = signing.loads(signed, salt=SALT, max_age=SECONDS + GRACE)
    except signing.BadSignature:
        return None
    return what if what["by"] == user.pk else None


@require_POST
@login_required
def undo(request: HttpRequest) -> HttpResponse:
    user = person(request)
    what = _read(str(request.POST.get("undo", "")), user)
    if what is None:
        return render(request, "message.html", {"title": "undo.title", "words": "undo.over"}, status=410)
    try:
        UNDOINGS[what["kind"]](user, what)
    except ReviewRefused as refused:  # somebody did something about it meanwhile
        return render(request, "message.html", {"title": "undo.title", "said": refused.words}, status=410)
    return redirect(what["page"], *what["args"])


def _member(user: User, what: dict[str, Any]) -> None:
    brand = access_managed_brand(user, what["brand"])
    role = Role(what["role"])
    Membership.objects.get_or_create(user_id=what["person"], brand=brand, defaults={"role": role})
    ended = ClientLink.objects.filter(id__in=what["links"], brief__library__brand=brand, made_by__is_active=True)
    ended.update(revoked_at=None)


def _invite(user: User, what: dict[str, Any]) -> None:
    row = access_invite_by_id(user, what["id"])
    Invite.objects.filter(pk=row.pk, used_at=None).update(revoked_at=None)


def _token(user: User, what: dict[str, Any]) -> None:
    ApiToken.objects.filter(pk=what["id"], user=user).update(revoked_at=None)


def _link(user: User, what: dict[str, Any]) -> None:
    row = access_link_by_id(user, what["id"], Act.SHARE)
    ClientLink.objects.filter(pk=row.pk).update(revoked_at=None)


def _star(user: User, what: dict[str, Any]) -> None:
    set_stars(user, access_brief_by_id(user, what["args"][0]), what["jobs"], on=not what["on"])


def _made(user: User, what: dict[str, Any]) -> None:
    brief = access_brief_by_id(user, what["args"][0], Act.MAKE)
    take_back(Job.objects.filter(variant__brief=brief, id__in=what["jobs"]).values_list("id", flat=True))


UNDOINGS = {
    "star": _star,
    "made": _made,
    "member": _member,
    "invite": _invite,
    "token": _token,
    "link": _link,
} | OF_REVIEWS
