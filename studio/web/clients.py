"""Links for clients: the team's page that makes them, and the page behind them."""

from collections.abc import Callable

from django.contrib.auth.decorators import login_required
from django.core.files.storage import default_storage
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from generation.models import Asset, Brief
from studio.access import Act, access_brief_by_id, access_link_by_id, person
from studio.models import ClientLink, Comment
from studio.people import Refused
from studio.sharing import (
    LASTS_DAYS,
    TOO_OFTEN,
    TooOften,
    Writer,
    asset_of_link,
    assets_of_link,
    comment,
    count_open,
    count_write,
    make_link,
    open_link,
    revoke,
    sign_off,
    sign_offs_of,
)
from studio.signing import AddressExpired, Opened, file_address, open_file
from studio.web.comments import point_of
from studio.web.undo import offer, offered

Write = Callable[[ClientLink, Asset], None]

# The team's side


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def share(request: HttpRequest, brief_id: int) -> HttpResponse:
    """The brief's links and what came through them; posting makes a link, shown this once."""
    brief = access_brief_by_id(person(request), brief_id, Act.SHARE)
    if request.method != "POST":
        return _share_page(request, brief)
    days = str(request.POST.get("days", ""))
    try:
        _, key = make_link(
            brief=brief,
            made_by=person(request),
            name=str(request.POST.get("name", "")),
            days=int(days) if days.isdecimal() and len(days) < 5 else 0,
        )
    except Refused as refused:
        return _share_page(request, brief, refused=refused, status=422)
    return _share_page(request, brief, made=request.build_absolute_uri(f"/c/{key}"))


def _share_page(
    request: HttpRequest, brief: Brief, *, made: str = "", refused: Refused | None = None, status: int = 200
) -> HttpResponse:
    said = Comment.objects.filter(asset__job__variant__brief=brief, link__isnull=False)
    context = {
        "brief": brief,
        "links": ClientLink.objects.filter(brief=brief, revoked_at=None).order_by("-id"),
        "made": made,
        "refused": refused,
        "lasts": LASTS_DAYS,
        "sign_offs": sign_offs_of(brief).values(),
        "comments": said.select_related("link", "asset", "author").order_by("-id")[:200],
        "undo": offered(request) if request.method in {"GET", "HEAD"} else None,
        "may_comment": True,
        "sent": request.POST,
    }
    response = render(request, "people_share.html", context, status=status)
    response["Cache-Control"] = "private, no-store"
    return response


@require_POST
@login_required
def withdraw_link(request: HttpRequest, link_id: int) -> HttpResponse:
    link = access_link_by_id(person(request), link_id)
    revoke(link)
    return offer(person(request), "share", "link", link.name, link.brief_id, id=link.pk)


# The client's side


@require_safe
def client(request: HttpRequest, key: str) -> HttpResponse:
    return _client_page(request, key)


@require_POST
def client_comment(request: HttpRequest, key: str) -> HttpResponse:
    """A comment on one picture, under the name that was typed."""

    def write(link: ClientLink, asset: Asset) -> None:
        writer = Writer(link=link, name=str(request.POST.get("name", "")))
        x, y = point_of(request)
        comment(asset=asset, writer=writer, text=str(request.POST.get("text", "")), x=x, y=y)

    return _client_says(request, key, write)


@require_POST
def client_sign_off(request: HttpRequest, key: str) -> HttpResponse:
    """Approved, or to be changed."""

    def write(link: ClientLink, asset: Asset) -> None:
        approved = request.POST.get("word") == "approve"
        sign_off(asset=asset, link=link, name=str(request.POST.get("name", "")), approved=approved)

    return _client_says(request, key, write)


def _client_says(request: HttpRequest, key: str, write: Write) -> HttpResponse:
    """Do what a client asks for one picture of their link, and show the page again at that picture."""
    asset_id = str(request.POST.get("asset", ""))
    try:
        link = _opened(request, key)
        asset = asset_of_link(link, int(asset_id) if asset_id.isdecimal() and len(asset_id) < 18 else 0)
        count_write(link)
        write(link, asset)
    except Refused as refused:
        return _client_page(request, key, refused=refused, at=asset_id, status=422)
    except TooOften:
        return _too_often(request)
    return redirect(f"{request.path.rpartition('/')[0]}#a{asset.pk}")


def _opened(request: HttpRequest, key: str) -> ClientLink:
    count_open(str(request.META.get("REMOTE_ADDR", "")))
    return open_link(key)


def _client_page(
    request: HttpRequest, key: str, *, refused: Refused | None = None, at: str = "", status: int = 200
) -> HttpResponse:
    try:
        link = _opened(request, key)
    except Refused as over:
        return render(request, "message.html", {"title": "client.over", "said": over.words}, status=410)
    except TooOften:
        return _too_often(request)
    said = Comment.objects.filter(asset__job__variant__brief_id=link.brief_id, link=link).order_by("id")
    signed = sign_offs_of(link.brief)
    pictures = [
        {
            "asset": asset,
            "address": file_address(asset.pk, "picture", link),
            "comments": [row for row in said if row.asset_id == asset.pk],
            "sign_off": signed.get(asset.pk),
        }
        for asset in assets_of_link(link)
    ]
    context = {"link": link, "pictures": pictures, "key": key, "refused": refused, "at": at, "sent": request.POST}
    response = render(request, "people_client.html", context, status=status)
    response["Cache-Control"] = "private, no-store"
    response["X-Robots-Tag"] = "noindex"
    return response


def _too_often(request: HttpRequest) -> HttpResponse:
    return render(request, "message.html", {"title": "client.often", "said": TOO_OFTEN}, status=429)


# Files by signed addresses


@require_safe
def signed_file(request: HttpRequest, signed: str) -> HttpResponse:
    """A picture for whoever holds a signed address that is still good."""
    try:
        count_open(str(request.META.get("REMOTE_ADDR", "")))
        opened = open_file(signed)
    except AddressExpired:
        return render(request, "message.html", {"title": "file.over", "words": "file.over.lead"}, status=410)
    except TooOften:
        return _too_often(request)
    return _picture(opened)


def _picture(opened: Opened) -> HttpResponse:
    name, content_type = (
        (opened.asset.file, "image/png") if opened.kind == "picture" else (opened.asset.thumbnail, "image/jpeg")
    )
    try:
        with default_storage.open(name) as file:
            response = HttpResponse(file.read(), content_type=content_type)
    except FileNotFoundError:
        raise Http404 from None
    response["Cache-Control"] = f"private, max-age={opened.seconds_left}"
    response["X-Content-Type-Options"] = "nosniff"
    return response
