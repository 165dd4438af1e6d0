"""The brands one works for, and each brand as it will be used: read here, drafted in brand_drafts."""

import base64
from dataclasses import dataclass

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from brand_styles.dataset import training_pictures
from brand_styles.licences import unlicensed
from brand_styles.manners import today_of
from brand_styles.models import Brand, StyleDraft, StyleLibrary
from brand_styles.references import LostReference, pixels_of
from brand_styles.style import BrandStyle
from brand_styles.words import Words
from generation.rates import rates_of
from generation.rendering import as_jpeg
from generation.selectors import latest_assets
from studio.access import Act, access_brand_by_slug, brands_of, briefs_of, may, may_start_brands, person
from studio.branding import makers_of
from studio.specimens import SAMPLES, lead_colours, specimen_face, specimen_of, stylesheet
from studio.web.brand_manners_form import shown_manners

PICTURES = 8
VERSIONS = 5  # in the specimen's head; the page of versions has all
KEPT = "private, max-age=86400"
SVG_POLICY = "default-src 'none'; style-src 'unsafe-inline'; sandbox"


@dataclass(frozen=True)
class Card:
    """A brand in the list. `logo` is the place of the logo for a light ground."""

    brand: Brand
    style: BrandStyle
    colours: list[str]
    logo: int


@require_safe
@login_required
def brand_list(request: HttpRequest) -> HttpResponse:
    """The published ones as cards; below their heading those that are only drafted yet, for who may draft them."""
    user = person(request)
    context = {
        "cards": [_card(brand) for brand in brands_of(user) if brand.libraries.exists()],
        "drafted": brands_of(user, Act.EDIT_BRAND).filter(libraries=None),
        "may_start": may_start_brands(user),
        "room": "brands",
    }
    return render(request, "brands.html", context)


def _card(brand: Brand) -> Card:
    style = BrandStyle.model_validate(_library(brand, "").style)
    light = next((place for place, logo in enumerate(style.logos) if logo.ground == "light"), 0)
    return Card(brand, style, list(lead_colours(style, 10)), light)


@require_safe
@login_required
def brand_specimen(request: HttpRequest, slug: str) -> HttpResponse:
    """The newest style, or the version that `?version=` names."""
    user = person(request)
    brand = access_brand_by_slug(user, slug)
    if not brand.libraries.exists() and may(user, brand, Act.EDIT_BRAND):
        return redirect("brand-draft", slug)
    library = _library(brand, request.GET.get("version", ""))
    style = BrandStyle.model_validate(library.style)
    context = {
        "brand": brand,
        "library": library,
        "versions": list(brand.libraries.order_by("-version").values_list("version", flat=True)[:VERSIONS]),
        "drafted": StyleDraft.objects.filter(brand=brand).exists(),
        "specimen": specimen_of(style),
        "manners": shown_manners(style.manners),
        "logo_addresses": {
            place: reverse("brand-logo", args=[slug, library.version, place]) for place in range(len(style.logos))
        },
        "samples": SAMPLES,
        "unlicensed": list(dict.fromkeys(words for _, words in _unlicensed(style))),
        "trains": len(training_pictures(style)),
        "shown": latest_assets(briefs_of(user).filter(library__brand=brand), PICTURES),
        "rates": rates_of(briefs_of(user).filter(library__brand=brand)),
        "room": "brands",
    }
    return render(request, "brand.html", context)


def _unlicensed(style: BrandStyle) -> list[tuple[int, Words]]:
    """What a brief for this style would be refused for, were it sent today."""
    people = makers_of(style.slug) if style.fonts else 0
    return unlicensed(style, on=today_of(style.manners, style.market), people=people)


@require_safe
@login_required
def brand_css(request: HttpRequest, slug: str, version: int) -> HttpResponse:
    """The specimen's colours and faces."""
    style = _style(request, slug, version)
    address = reverse("brand-face", args=[slug, version, "KEY", 1]).replace("KEY-1.", "KEY-WEIGHT.")
    return _kept(HttpResponse(stylesheet(style, address), content_type="text/css; charset=utf-8"))


@require_safe
@login_required
def brand_face(request: HttpRequest, slug: str, version: int, face: str, weight: int) -> HttpResponse:
    """One of the brand's faces, cut to what its specimen says."""
    style = _style(request, slug, version)
    try:
        return _kept(HttpResponse(specimen_face(style, face, weight), content_type="font/woff"))
    except KeyError:
        raise Http404 from None


@require_safe
@login_required
def brand_logo(request: HttpRequest, slug: str, version: int, place: int) -> HttpResponse:
    """One of the logos as it was published; opened by itself it can run nothing."""
    logos = _style(request, slug, version).logos
    if place >= len(logos):
        raise Http404
    logo = logos[place]
    content, kind = (base64.b64decode(logo.png), "image/png") if logo.png else (logo.svg.encode(), "image/svg+xml")
    response = HttpResponse(content, content_type=kind)
    response["Content-Security-Policy"] = SVG_POLICY
    return _kept(response)


@require_safe
@login_required
def brand_reference(request: HttpRequest, slug: str, version: int, place: int) -> HttpResponse:
    references = _style(request, slug, version).references
    try:
        return _kept(HttpResponse(as_jpeg(pixels_of(references[place]), 640, 82), content_type="image/jpeg"))
    except (IndexError, LostReference):
        raise Http404 from None


def _style(request: HttpRequest, slug: str, version: int) -> BrandStyle:
    brand = access_brand_by_slug(person(request), slug)
    return BrandStyle.model_validate(_library(brand, str(version)).style)


def _library(brand: Brand, version: str) -> StyleLibrary:
    """The brand's newest version, or the one of that number."""
    rows = brand.libraries.order_by("-version")
    if version:
        rows = rows.filter(version=int(version)) if version.isdecimal() and len(version) < 9 else rows.none()
    row = rows.first()
    if row is None:
        raise Http404
    return row


def _kept(response: HttpResponse) -> HttpResponse:
    response["Cache-Control"] = KEPT  # a published version never changes
    return response
