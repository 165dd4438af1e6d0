"""Two to four pictures of a brief side by side at the same scale, at an address that can be shared."""

from dataclasses import dataclass

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_http_methods

from generation.models import Asset, Brief
from generation.planning.plan import LOCKS
from studio.access import access_brief_by_id, person
from studio.sending import new_token
from studio.stars import stars_of

MOST = 4
STAGE = 1.9  # width over height of the room a desktop window leaves for the pictures
GAP = 0.02  # between two pictures, of the longest side


@dataclass(frozen=True)
class Placed:
    """One picture on the common canvas, in its own pixels."""

    asset: Asset
    x: int
    y: int


@dataclass(frozen=True)
class Canvas:
    width: int
    height: int
    pictures: tuple[Placed, ...]


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def compare(request: HttpRequest, brief_id: int) -> HttpResponse:
    """`?a=5&a=7`: ids of the brief's assets, in the order to show; other brief's and unknown ones are left out.

    What a wall without its script posts is sent on to that address.
    """
    brief = access_brief_by_id(person(request), brief_id)
    if request.method == "POST":
        ids = [text for text in request.POST.getlist("a")[:MOST] if text.isascii() and text.isdigit()]
        return redirect(f"{reverse('compare', args=[brief.pk])}?{urlencode({'a': ids}, doseq=True)}")
    assets = asked_for(brief, request.GET.getlist("a"))
    canvas = side_by_side(assets) if len(assets) > 1 else None
    context = {"brief": brief, "canvas": canvas, "stars": stars_of(person(request), brief)}
    return render(request, "wall_compare.html", context | {"locks": LOCKS, "once": new_token()})


def asked_for(brief: Brief, texts: list[str]) -> list[Asset]:
    """The first MOST of them."""
    ids = list(dict.fromkeys(int(text) for text in texts if text.isascii() and text.isdigit() and len(text) < 19))
    rows = Asset.objects.filter(job__variant__brief=brief).select_related("job__variant").in_bulk(ids)
    return [rows[id] for id in ids if id in rows][:MOST]


def side_by_side(assets: list[Asset]) -> Canvas:
    """One beside the other or one below the other, whichever shows them larger."""
    gap = round(GAP * max(max(a.width, a.height) for a in assets))
    row = _row(assets, gap)
    column = _column(assets, gap)
    return min(row, column, key=lambda c: max(c.width, c.height * STAGE))


def _row(assets: list[Asset], gap: int) -> Canvas:
    height, x, placed = max(a.height for a in assets), 0, []
    for asset in assets:
        placed.append(Placed(asset, x, height - asset.height))
        x += asset.width + gap
    return Canvas(x - gap, height, tuple(placed))


def _column(assets: list[Asset], gap: int) -> Canvas:
    y, placed = 0, []
    for asset in assets:
        placed.append(Placed(asset, 0, y))
        y += asset.height + gap
    return Canvas(max(a.width for a in assets), y - gap, tuple(placed))
