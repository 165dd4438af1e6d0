"""From draft to version and back: publish, compare, roll back, discard, and a brand as one file."""

from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from brand_styles.comparing import changes
from brand_styles.drafts import DraftMoved, compare_versions, discard_draft
from brand_styles.drafts import roll_back as publish_again
from brand_styles.fonts import LostFont
from brand_styles.models import Brand, StyleDraft
from brand_styles.portable import packed_file
from brand_styles.problems import NotReady
from brand_styles.references import LostReference
from brand_styles.selectors import UnknownBrand, library
from brand_styles.style import BrandStyle
from brand_styles.words import Words
from studio.access import Act, access_brand_by_slug, may, person
from studio.branding import problems_of, publish
from studio.web.brand_fields import differences, placed
from studio.web.brand_form import number_of


@require_http_methods(["GET", "POST"])
@login_required
def publish_brand(request: HttpRequest, slug: str) -> HttpResponse:
    """What publishing changes; a POST does it."""
    user = person(request)
    brand = access_brand_by_slug(user, slug, Act.PUBLISH if request.method == "POST" else Act.EDIT_BRAND)
    row = StyleDraft.objects.filter(brand=brand).select_related("brand").first()
    if row is None:
        return redirect("brand-draft", slug)
    if request.method == "GET":
        return _publish_page(request, row)
    try:
        publish(brand, revision=number_of(request.POST, "revision"))
    except DraftMoved as moved:
        return _publish_page(request, moved.draft, problem=moved.words, status=409)
    except NotReady:
        return _publish_page(request, row, status=422)
    return redirect("brand", slug)


def _publish_page(
    request: HttpRequest, row: StyleDraft, *, problem: Words | None = None, status: int = 200
) -> HttpResponse:
    newest = row.brand.libraries.order_by("-version").first()
    before = BrandStyle.model_validate(newest.style).model_dump(mode="json") if newest else {}
    context = {
        "brand": row.brand,
        "draft": row,
        "newest": newest,
        "next": newest.version + 1 if newest else 1,
        "differences": differences(changes(before, row.style)),
        "told": placed(problems_of(row), row.style),
        "problem": problem,
        "may_publish": may(person(request), row.brand, Act.PUBLISH),
        "room": "brands",
    }
    return render(request, "brand_publish.html", context, status=status)


@require_POST
@login_required
def discard(request: HttpRequest, slug: str) -> HttpResponse:
    brand = access_brand_by_slug(person(request), slug, Act.EDIT_BRAND)
    row = StyleDraft.objects.filter(brand=brand).select_related("brand").first()
    if row is None:
        return redirect("brand", slug)
    try:
        discard_draft(brand, revision=number_of(request.POST, "revision"))
    except DraftMoved as moved:
        return _publish_page(request, moved.draft, problem=moved.words, status=409)
    except UnknownBrand:  # nothing is published yet: the draft is all there is
        return redirect("brand-draft", slug)
    return redirect("brand", slug)


@require_safe
@login_required
def versions(request: HttpRequest, slug: str) -> HttpResponse:
    """Every published version; two of them side by side where the address names them."""
    brand = access_brand_by_slug(person(request), slug)
    rows = list(brand.libraries.order_by("-version"))
    before, after = (number_of(request.GET, name) for name in ("before", "after"))
    context = {
        "brand": brand,
        "rows": rows,
        "before": before or (rows[1].version if len(rows) > 1 else 0),
        "after": after or (rows[0].version if rows else 0),
        "compared": bool(before and after),
        "differences": _compared(brand, before, after) if before and after else [],
        "room": "brands",
    }
    return render(request, "brand_versions.html", context)


def _compared(brand: Brand, before: int, after: int) -> list[object]:
    try:
        return list(differences(compare_versions(brand, before, after)))
    except UnknownBrand:
        raise Http404 from None


@require_http_methods(["GET", "POST"])
@login_required
def roll_back(request: HttpRequest, slug: str, version: int) -> HttpResponse:
    """What going back to that version changes; a POST publishes it again."""
    brand = access_brand_by_slug(person(request), slug, Act.PUBLISH)
    newest = brand.libraries.order_by("-version").first()
    if newest is None or not brand.libraries.filter(version=version).exists():
        raise Http404
    if request.method == "POST":
        publish_again(brand, version)
        return redirect("brand", slug)
    context = {
        "brand": brand,
        "version": version,
        "newest": newest,
        "next": newest.version + 1,
        "differences": _compared(brand, newest.version, version),
        "room": "brands",
    }
    return render(request, "brand_roll_back.html", context)


@require_safe
@login_required
def export(request: HttpRequest, slug: str, version: int) -> HttpResponseBase:
    """A version as one file."""
    access_brand_by_slug(person(request), slug, Act.EDIT_BRAND)
    try:
        content = packed_file(BrandStyle.model_validate(library(slug, version).style))
    except UnknownBrand:
        raise Http404 from None
    except (LostReference, LostFont) as lost:
        return render(request, "message.html", {"title": "versions.lost", "said": lost.words}, status=410)
    return FileResponse(
        content, as_attachment=True, filename=f"{slug}-{version}.brand.zip", content_type="application/zip"
    )
