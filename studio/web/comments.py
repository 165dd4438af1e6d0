"""Comments of the team on pictures. The bench and the wall show them; these are the doors for writing and resolving."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_http_methods, require_POST

from generation.models import Asset
from studio.access import Act, access_asset_by_id, access_comment_by_id, may, person
from studio.people import Refused
from studio.sharing import Writer, comment, comments_of, resolve


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def asset_comments(request: HttpRequest, asset_id: int) -> HttpResponse:
    """The comments on a picture as a fragment (`parts/comments.html`); posting {text, x, y} adds one."""
    if request.method != "POST":
        return fragment(request, access_asset_by_id(person(request), asset_id))
    asset = access_asset_by_id(person(request), asset_id, Act.COMMENT)
    x, y = point_of(request)
    try:
        comment(asset=asset, writer=Writer(user=person(request)), text=str(request.POST.get("text", "")), x=x, y=y)
    except Refused as refused:
        return fragment(request, asset, refused=refused, status=422)
    return _back(request, asset)


def fragment(request: HttpRequest, asset: Asset, *, refused: Refused | None = None, status: int = 200) -> HttpResponse:
    brand = asset.job.variant.brief.library.brand
    context = {
        "asset": asset,
        "comments": comments_of(asset),
        "may_comment": may(person(request), brand, Act.COMMENT),
        "refused": refused,
        "sent": request.POST,
    }
    return render(request, "parts/comments.html", context, status=status)


@require_POST
@login_required
def resolve_comment(request: HttpRequest, comment_id: int) -> HttpResponse:
    """Resolved, or with {reopen} open again."""
    row = access_comment_by_id(person(request), comment_id, Act.COMMENT)
    resolve(row, person(request), resolved="reopen" not in request.POST)
    return _back(request, row.asset)


def _back(request: HttpRequest, asset: Asset) -> HttpResponse:
    """The fragment for a script; for a plain form the page it came from, or the picture's."""
    if request.headers.get("HX-Request"):
        return fragment(request, asset)
    target = str(request.POST.get("next", ""))
    if target.startswith("/") and url_has_allowed_host_and_scheme(target, None):
        return redirect(target)
    return redirect("asset", asset.pk)


def point_of(request: HttpRequest) -> tuple[float | None, float | None]:
    """The fields x and y as shares; both None where there is no point. What is no number counts as outside the picture."""
    given = [str(request.POST.get(name, "")).strip() for name in ("x", "y")]
    if not any(given):
        return None, None
    return _share(given[0]), _share(given[1])


def _share(text: str) -> float:
    try:
        share = float(text)
    except ValueError:
        return -1.0
    return share if share == share else -1.0  # not a number
