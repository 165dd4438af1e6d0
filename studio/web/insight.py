"""The page of plots, and each plot's figures as CSV. Brand and time stand in the address."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from datetime import timedelta

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from brand_styles.models import Brand
from reviews.statistics import Reach
from studio.access import Act, access_brand_by_slug, brands_of, person, require_somewhere
from studio.insight.charts import HEADER, Chart, Reader, Row
from studio.insight.room import designs_all, groups_of, leaves_out
from studio.models import User

PERIODS = ("4", "12", "52", "0")  # weeks; 0 is all time
USUAL = "12"
FORMULA = ("=", "+", "-", "@", "\t", "\r")  # what a spreadsheet would run


@dataclass(frozen=True)
class Wanted:
    """What the address asks for, as far as this person may see it. `brands`: those counted, `choices`: those to choose from."""

    brand: Brand | None
    weeks: str
    brands: list[Brand]
    choices: list[Brand]

    @property
    def reach(self) -> Reach:
        ago = timedelta(weeks=int(self.weeks))
        return Reach(frozenset(b.pk for b in self.brands), since=timezone.now() - ago if ago else None)

    @property
    def query(self) -> str:
        return urlencode({"weeks": self.weeks} | ({"brand": self.brand.slug} if self.brand else {}))


def wanted_by(request: HttpRequest, user: User) -> Wanted:
    """404 for a brand that isn't theirs, 403 for one they don't review."""
    slug, weeks = request.GET.get("brand", ""), request.GET.get("weeks", USUAL)
    brand = access_brand_by_slug(user, slug, Act.REVIEW) if slug else None
    require_somewhere(user, Act.REVIEW)
    choices = list(brands_of(user, Act.REVIEW))
    return Wanted(brand, weeks if weeks in PERIODS else USUAL, [brand] if brand else choices, choices)


@require_safe
@login_required
def insight(request: HttpRequest) -> HttpResponse:
    user = person(request)
    wanted = wanted_by(request, user)
    reach = wanted.reach
    groups = groups_of(user, wanted.brands, reach, Reader(get_language() or "en")) if wanted.brands else []
    context = {"wanted": wanted, "groups": groups, "periods": PERIODS, "room": "insight"}
    context |= {"sees_all": designs_all(user, reach.brand_ids), "leaves_out": leaves_out(reach)}
    return render(request, "insight.html", context)


@require_safe
@login_required
def figures(request: HttpRequest, chart: str) -> HttpResponse:
    """One chart's rows as CSV, with a byte order mark: spreadsheets read Chinese by it."""
    user = person(request)
    wanted = wanted_by(request, user)
    groups = groups_of(user, wanted.brands, wanted.reach, Reader(get_language() or "en"))
    found = next((each for group in groups for each in group.charts if each.slug == chart), None)
    if found is None:
        raise Http404
    return as_csv(found)


def as_csv(chart: Chart) -> HttpResponse:
    answer = HttpResponse("\ufeff", content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{chart.slug}.csv"'
    writer = csv.writer(answer)
    writer.writerow(HEADER)
    writer.writerows(line_of(row) for row in chart.rows)
    return answer


def line_of(row: Row) -> list[str]:
    numbers = ("" if value is None else f"{value:.6g}" for value in (row.value, row.low, row.high))
    return [harmless(row.key), harmless(row.label), *numbers, str(row.count)]


def harmless(text: str) -> str:
    """A spreadsheet must not take somebody's name for a formula."""
    return f"'{text}" if text.startswith(FORMULA) else text
