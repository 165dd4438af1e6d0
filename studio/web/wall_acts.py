"""What can be done with selected pictures: star them, reroll them with locks, ask for more like one.

A script asks for JSON and gets what was said and how to take it back; a plain form is sent on to the page with the same words.
"""

from collections.abc import Callable, Sequence

from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import get_language
from django.views.decorators.http import require_POST

from brand_styles.words import Words
from generation.errors import PermanentError
from generation.models import Asset, Brief, Job
from studio.access import Act, access_asset_by_id, access_brief_by_id, person
from studio.asking import more_like, reroll
from studio.models import Star, User
from studio.sending import digest_of, remember, sent_before, token_in
from studio.stars import set_stars
from studio.web.undo import signed
from studio.web.words import SENTENCES, sentence

MOST = 600  # pictures of one request


@require_POST
@login_required
def star(request: HttpRequest, brief_id: int) -> HttpResponse:
    """`a`: assets of the brief; `on`: 1 or 0. Or `toggle`: one asset whose star is turned over."""
    user = person(request)
    brief = access_brief_by_id(user, brief_id)
    toggled = _assets(brief, [request.POST.get("toggle", "")])
    here = toggled and Star.objects.filter(user=user, job=toggled[0].job_id).exists()
    on = not here if toggled else request.POST.get("on") == "1"
    assets = toggled or _assets(brief, request.POST.getlist("a"))
    changed = set_stars(user, brief, [asset.job_id for asset in assets], on)
    if not assets:
        return refused(request, brief, SENTENCES["wall.select_first"])
    key = "star.done" if on else "star.taken"
    undo = signed(user, "wall", "star", str(len(changed)), brief.pk, jobs=changed, on=on) if changed else ""
    return done(request, brief, f"{len(changed)} {sentence(key, get_language())}", undo)


@require_POST
@login_required
def reroll_selected(request: HttpRequest, brief_id: int) -> HttpResponse:
    """`a`: assets of the brief; `keep`: locks; `all_sizes`: also the other sizes of the same variants."""
    user = person(request)
    brief = access_brief_by_id(user, brief_id, Act.MAKE)
    assets = _assets(brief, request.POST.getlist("a"))
    if "all_sizes" in request.POST:
        assets = list(chosen_sizes(assets))
    return _ask(request, user, brief, lambda: reroll(user, brief, assets, request.POST.getlist("keep")))


@require_POST
@login_required
def more_like_one(request: HttpRequest, asset_id: int) -> HttpResponse:
    """`count`: how many."""
    user = person(request)
    asset = access_asset_by_id(user, asset_id, Act.MAKE)
    brief = asset.job.variant.brief
    text = request.POST.get("count", "")
    count = int(text) if text.isascii() and text.isdigit() and len(text) < 3 else 0
    return _ask(request, user, brief, lambda: more_like(user, brief, asset, count))


@require_POST
@login_required
def more_like_selected(request: HttpRequest, brief_id: int) -> HttpResponse:
    """The same for the one asset `a` that is selected, from a page without its script."""
    brief = access_brief_by_id(person(request), brief_id, Act.MAKE)
    assets = _assets(brief, request.POST.getlist("a"))
    if len(assets) != 1:
        return refused(request, brief, SENTENCES["wall.select_one"])
    return more_like_one(request, assets[0].pk)


def _ask(request: HttpRequest, user: User, brief: Brief, asking: Callable[[], list[Job]]) -> HttpResponse:
    """Ask once: a form that was sent before has already made its pictures."""
    token, digest = token_in(request), digest_of(request)
    try:
        with transaction.atomic():
            first = sent_before(user, token) is None and remember(user, token, digest, brief)
            jobs = asking() if first else []
    except PermanentError as error:
        return refused(request, brief, error.words)
    if not first:
        return done(request, brief, sentence("made.twice", get_language()))
    undo = signed(user, "wall", "made", str(len(jobs)), brief.pk, jobs=[job.pk for job in jobs])
    return done(request, brief, f"{len(jobs)} {sentence('made.asked', get_language())}", undo, jobs[0])


def wants_json(request: HttpRequest) -> bool:
    return "application/json" in request.headers.get("Accept", "")


def done(request: HttpRequest, brief: Brief, said: str, undo: str = "", at: Job | None = None) -> HttpResponse:
    """The wall, or for a script what was said and the token that takes it back."""
    if wants_json(request):
        return JsonResponse({"said": said, "undo": undo, "at": f"tile-{at.pk}" if at else ""})
    address = reverse("wall", args=[brief.pk]) + (f"?{urlencode({'undo': undo})}" if undo else "")
    return redirect(address + (f"#tile-{at.pk}" if at else ""))


def refused(request: HttpRequest, brief: Brief, words: Words) -> HttpResponse:
    """The same where nothing was done, and why."""
    if wants_json(request):
        return JsonResponse({"problem": words.in_language(get_language() or "en")}, status=422)
    context = {"title": "wall.refused", "said": words, "back": reverse("wall", args=[brief.pk])}
    return render(request, "wall_refused.html", context | {"brief": brief}, status=422)


def chosen_sizes(assets: Sequence[Asset]) -> QuerySet[Asset]:
    """The shown pictures of the assets' variants, in every size."""
    variants = {asset.job.variant_id for asset in assets}
    return (
        Asset.objects.filter(job__variant__in=variants, is_head=True).select_related("job__variant").order_by("job_id")
    )


def _assets(brief: Brief, texts: Sequence[str]) -> list[Asset]:
    """Those of the ids that are the brief's, in the wall's order."""
    ids = [int(text) for text in texts[:MOST] if text.isascii() and text.isdigit() and len(text) < 19]
    rows = Asset.objects.filter(job__variant__brief=brief, id__in=ids).select_related("job__variant")
    return list(rows.defer("report").order_by("job_id"))
