"""The page that tries a draft's rules on what the brand has already made."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from brand_styles.drafts import draft_to_read
from brand_styles.selectors import library
from brand_styles.style import BrandStyle
from studio.access import Act, access_brand_by_slug, person
from studio.branding import as_far_as_it_goes, problems_of
from studio.shadow import latest_of_brand, try_rules
from studio.web.brand_fields import placed

LOOKED_AT = 200  # pictures, the newest first
COPY = ("rules", "overrides", "banned_words", "required_legal", "pixel_rules")  # the fields that shadow mode is about


@require_safe
@login_required
def shadow(request: HttpRequest, slug: str) -> HttpResponse:
    """What the draft's copy rules would have said of the brand's latest pictures. Nothing is held up by it."""
    brand = access_brand_by_slug(person(request), slug, Act.EDIT_BRAND)
    draft = draft_to_read(brand)
    told = [each for each in placed(problems_of(draft), draft.style) if each.slot.partition(".")[0] in COPY]
    published = brand.libraries.exists()
    trial = None
    if published and not told:
        now = BrandStyle.model_validate(library(slug).style)
        trial = try_rules(latest_of_brand(brand.pk, LOOKED_AT), now, as_far_as_it_goes(brand, draft.style))
    context = {"brand": brand, "told": told, "trial": trial, "published": published, "room": "brands"}
    return render(request, "brand_shadow.html", context)
