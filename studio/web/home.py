"""Home: the newest pictures, and what is being made."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from generation.models import WAITING
from generation.selectors import brief_summaries, latest_assets
from studio.access import briefs_of, person

PICTURES = 18


@require_safe
@login_required
def home(request: HttpRequest) -> HttpResponse:
    briefs = briefs_of(person(request))
    ids = list(briefs.filter(variants__jobs__status__in=WAITING).distinct().values_list("id", flat=True)[:4])
    context = {"assets": latest_assets(briefs, PICTURES), "working": brief_summaries(briefs.filter(id__in=ids))}
    return render(request, "home.html", context)
