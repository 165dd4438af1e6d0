"""The element library: what each brand has, orders for more, and the files, for those who work for the brand."""

from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from brand_styles.elements import elements_of, set_removed
from brand_styles.words import Words
from generation.errors import PermanentError
from generation.models import ElementOrder, Status
from generation.planning.concepts import lexicon
from generation.products.cutouts import waiting, within_reach
from generation.products.orders import order_elements
from studio.access import Act, access_brand_by_slug, access_element_by_id, brands_of, person
from studio.flows import wake_for_elements
from studio.web.files import file_response

SHOWN = 120  # elements of a brand on the page
SHOWN_DRAFTS = 12


@require_safe
@login_required
def library(request: HttpRequest) -> HttpResponse:
    return page(request)


def page(request: HttpRequest, *, problem: Words | None = None, status: int = 200) -> HttpResponse:
    """The library, brand by brand, with the sentence of what went wrong."""
    user = person(request)
    shelves = [
        {
            "brand": brand,
            "elements": list(elements_of(brand)[:SHOWN]),
            "orders": list(ElementOrder.objects.filter(brand=brand, status__in=(Status.QUEUED, Status.RUNNING))),
            "failed": ElementOrder.objects.filter(brand=brand, status=Status.FAILED).order_by("-id").first(),
            "drafts": list(waiting().filter(brand=brand)[:SHOWN_DRAFTS]),
        }
        for brand in brands_of(user)
    ]
    removed, discarded = _number(request, "removed"), _number(request, "discarded")
    context = {
        "shelves": shelves,
        "concepts": [concept for concept in lexicon().values() if concept.drawable],
        "problem": problem,
        "sent": request.POST,
        "removed": access_element_by_id(user, removed) if removed else None,
        # Gone after half a minute, while the address with its number may be loaded again.
        "discarded": within_reach()
        .filter(id=discarded, brand__in=brands_of(user), discarded_at__isnull=False, confirmed_at=None)
        .first(),
        "in_elements": True,
    }
    return render(request, "elements.html", context, status=status)


def _number(request: HttpRequest, name: str) -> int:
    """An id of the query; 0 where there is none."""
    told = request.GET.get(name, "")
    return int(told) if told.isdecimal() and len(told) < 18 else 0


@require_POST
@login_required
def order(request: HttpRequest) -> HttpResponse:
    user = person(request)
    brand = access_brand_by_slug(user, str(request.POST.get("brand", "")), Act.MAKE)
    count = str(request.POST.get("count", ""))
    try:
        with transaction.atomic():
            order_elements(
                brand=brand,
                owner_id=user.pk,
                concept=str(request.POST.get("concept", ""))[:200],
                count=int(count) if count.isdecimal() and len(count) < 4 else 0,
            )
            wake_for_elements()
    except PermanentError as error:
        return page(request, problem=error.words, status=422)
    return redirect("elements")


@require_safe
@login_required
def picture(request: HttpRequest, element_id: int) -> HttpResponse:
    """The PNG; with ?download, as a file to keep."""
    row = access_element_by_id(person(request), element_id)
    response = file_response(row.file)
    if "download" in request.GET:
        response["Content-Disposition"] = f'attachment; filename="{row.slug}.png"'
    return response


@require_safe
@login_required
def thumbnail(request: HttpRequest, element_id: int) -> HttpResponse:
    return file_response(access_element_by_id(person(request), element_id).thumbnail)


@require_POST
@login_required
def remove(request: HttpRequest, element_id: int) -> HttpResponse:
    """Out of the library; the next page offers to take that back."""
    row = access_element_by_id(person(request), element_id, Act.MAKE)
    set_removed(row, True)
    response = redirect("elements")
    response["Location"] += f"?removed={row.pk}"
    return response


@require_POST
@login_required
def restore(request: HttpRequest, element_id: int) -> HttpResponse:
    set_removed(access_element_by_id(person(request), element_id, Act.MAKE), False)
    return redirect("elements")
