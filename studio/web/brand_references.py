"""Reference pictures of a draft, one by one: taken in while the others wait, and shown small."""

from django.contrib.auth.decorators import login_required
from django.core.signing import BadSignature
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST, require_safe

from brand_styles.intake.guard import Refused
from brand_styles.references import LostReference, pixels_of
from brand_styles.style import ReferencePicture
from generation.rendering import as_jpeg
from studio.access import Act, access_brand_by_slug, person
from studio.web.brand_form import number_of
from studio.web.brand_reference_form import KINDS, RIGHTS, named_by, reference_rows, taken_in
from studio.web.words import SENTENCES

SIDE, QUALITY = 240, 80  # px and JPEG quality of a thumbnail


@require_POST
@login_required
def add_reference(request: HttpRequest, slug: str) -> HttpResponse:
    """Take in one picture and answer with its row of the form, or with the sentence why not, which the page puts beside the field. Nothing
    is in the draft until the form is saved."""
    brand = access_brand_by_slug(person(request), slug, Act.EDIT_BRAND)
    file = request.FILES.get("file")
    try:
        if file is None:
            raise Refused("none", SENTENCES["references.none"])
        entry = taken_in(file)
    except Refused as refused:
        return render(request, "parts/reference_refused.html", {"words": refused.words})
    (row,) = reference_rows([entry], number_of(request.POST, "place"))
    return render(request, "parts/draft_reference.html", {"row": row, "brand": brand, "rights": RIGHTS, "kinds": KINDS})


@require_safe
@login_required
def draft_reference(request: HttpRequest, slug: str, token: str) -> HttpResponse:
    """A thumbnail; whoever holds a token got it from a draft's page."""
    access_brand_by_slug(person(request), slug, Act.EDIT_BRAND)
    try:
        file, digest = named_by(token)
        content = as_jpeg(pixels_of(ReferencePicture(file=file, sha256=digest)), SIDE, QUALITY)
    except (BadSignature, LostReference, ValueError):
        raise Http404 from None
    response = HttpResponse(content, content_type="image/jpeg")
    response["Cache-Control"] = "private, max-age=86400"
    return response
