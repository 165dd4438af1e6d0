"""The page on which a draft starts from what the team has: what was read out of it is confirmed piece by piece."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from brand_styles.drafts import DraftMoved, draft_to_read, open_draft, save_draft
from brand_styles.intake.guard import MAX_FILE_BYTES, Refused
from brand_styles.models import Brand
from brand_styles.problems import NotReady
from brand_styles.starting import Proposals, drop_proposals, keep_proposals, kept_proposals, proposals_from, taken
from brand_styles.words import Words
from generation.typography.faces import FACES
from studio.access import Act, access_brand_by_slug, person
from studio.web.brand_fields import logo_picture
from studio.web.brand_form import GROUNDS, ROLES, number_of
from studio.web.words import SENTENCES

Json = dict[str, Any]


@require_http_methods(["GET", "POST"])
@login_required
def start(request: HttpRequest, slug: str) -> HttpResponse:
    """A GET shows what is proposed; a POST with files reads them, a POST with `take` writes what is ticked into the draft."""
    brand = access_brand_by_slug(person(request), slug, Act.EDIT_BRAND)
    if request.method == "GET":
        return _page(request, brand)
    if "take" in request.POST:
        return _take(request, brand)
    if "drop" in request.POST:
        drop_proposals(slug)
        return redirect("brand-draft", slug)
    try:
        found = proposals_of(request)
    except Refused as refused:
        return _page(request, brand, told=refused.words, status=422)
    if found is None:
        return _page(request, brand, told=SENTENCES["start.none"], status=422)
    keep_proposals(slug, found)
    return redirect("start-brand", slug)


def proposals_of(request: HttpRequest) -> Proposals | None:
    """What the files and the pasted style sheet of a form propose, None where it has neither. Refused with a sentence."""
    files = [file.read(MAX_FILE_BYTES + 1) for file in request.FILES.getlist("start.files")]
    pasted = request.POST.get("start.css", "")
    return proposals_from(files, pasted) if files or pasted.strip() else None


def _take(request: HttpRequest, brand: Brand) -> HttpResponse:
    """Only what is ticked goes into the draft."""
    proposals, post = kept_proposals(brand.slug), request.POST
    if proposals is None:
        return _page(request, brand, told=SENTENCES["start.gone"], status=422)
    places = range(64)
    row = open_draft(brand, by=person(request).pk)
    style = taken(
        row.style,
        proposals,
        colours={p: role for p in places if f"colour.{p}" in post and (role := post.get(f"colour.{p}.role")) in ROLES},
        families=[p for p in places if f"family.{p}" in post],
        logos={p: ground for p in places if (ground := post.get(f"logo.{p}")) in GROUNDS},
    )
    try:
        save_draft(brand, style, revision=number_of(post, "revision"), by=person(request).pk)
    except DraftMoved as moved:
        return _page(request, brand, told=moved.words, status=409)
    except NotReady as fault:
        return _page(request, brand, told=fault.problems[0].words, status=422)
    drop_proposals(brand.slug)
    return redirect(f"{reverse('brand-draft', args=[brand.slug])}?saved")


def _page(request: HttpRequest, brand: Brand, *, told: Words | None = None, status: int = 200) -> HttpResponse:
    proposals = kept_proposals(brand.slug)
    context = {
        "brand": brand,
        "draft": draft_to_read(brand),
        "proposals": _shown(proposals) if proposals else None,
        "told": told,
        "roles": ROLES,
        "grounds": GROUNDS,
        "room": "brands",
    }
    return render(request, "brand_start.html", context, status=status)


def _shown(proposals: Json) -> Json:
    """With faces by name, pictures as addresses, and what is ticked from the start: one family a use."""
    used: set[str] = set()
    families = []
    for family in proposals["families"]:
        families.append(family | {"face": FACES[family["key"]].name, "first": family["use"] not in used})
        used.add(family["use"])
    grounds: set[str] = set()
    logos = []
    for logo in proposals["logos"]:
        ground = "" if logo["ground"] in grounds else logo["ground"]
        logos.append({"picture": logo_picture(logo), "ground": ground})
        grounds.add(ground)
    colours = [colour | {"percent": round(colour["share"] * 100)} for colour in proposals["colours"]]
    return {"colours": colours, "families": families, "logos": logos}
