"""Home: what needs the person now, what became ready, and the pictures they care for."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.datastructures import MultiValueDict
from django.utils.translation import get_language
from django.views.decorators.http import require_POST, require_safe

from brand_styles.models import Brand
from brand_styles.selectors import brand_style
from brand_styles.words import Words
from generation.models import WAITING, Asset, Brief, Job, Status
from generation.planning.yaml_source import read_yaml
from generation.selectors import Wall, brief_summaries, heads, latest_assets
from generation.selectors import wall as read_wall
from studio.access import Act, brands_to_write_for, briefs_of, person, require_somewhere
from studio.forms.brief import draft_of_source
from studio.forms.coming import Coming, coming_rows
from studio.looking import in_trouble, new_to, starred
from studio.models import User
from studio.submitting import over_limit, submit
from studio.web.moving import moving_part

WORKING, NEW, STUCK, PICTURES, OCCASIONS = 4, 4, 4, 12, 4
SAMPLE = "demo.yaml"  # beside the other briefs in docs/briefs
IN_ENGLISH = {
    "languages": ["en"],
    "segments": [{"name": "young", "traits": ["18-25", "city"]}],
    "goal": "New members on the 18th",
    "prompt": "A lively members' day, bright and full of presents",
    "copy": {
        "headline": "Members' day on the 18th",
        "subline": "Sign in, take your voucher, bring something good home",
        "cta": "Join in",
        "legal": ["One voucher a member, on orders over 300, while they last."],
    },
}
LEFT_OUT = ("market", "campaign", "industry", "product_type", "starts", "ends", "landing_url", "evidence")


@dataclass(frozen=True)
class Working:
    brief: Brief
    wall: Wall


@dataclass(frozen=True)
class Trouble:
    """A brief that needs somebody. `words`: what happened and what to do; `asset_id` where a picture was made but held back."""

    brief: Brief
    job: Job
    words: Words
    count: int
    asset_id: int | None


@dataclass(frozen=True)
class Day:
    """An occasion that comes, for the brand whose calendar it stands in."""

    row: Coming
    brand: Brand


@require_safe
@login_required
def home(request: HttpRequest) -> HttpResponse:
    return render(request, "home.html", context_of(person(request)))


@require_safe
@login_required
def now(request: HttpRequest) -> HttpResponse:
    """The page's content, asked for while something is being made. 304 while nothing has moved."""
    context = context_of(person(request))
    seen = [context[key] for key in ("working", "stuck", "new", "shown", "made_of_new")]
    return moving_part(request, "parts/home.html", context, seen)


def context_of(user: User) -> dict[str, Any]:
    briefs = briefs_of(user)
    ids = briefs.filter(variants__jobs__status__in=WAITING).distinct().values_list("id", flat=True)[:WORKING]
    working = [Working(brief, read_wall(brief)) for brief in briefs.filter(id__in=list(ids))]
    fresh = list(new_to(user, briefs).values_list("pk", flat=True)[:NEW])
    new = sorted(brief_summaries(briefs.filter(pk__in=fresh), pictures=6), key=lambda row: fresh.index(row.id))
    shown = starred(user, briefs, PICTURES)
    return {
        "working": working,
        "stuck": [_trouble(job) for job in in_trouble(briefs)[:STUCK]],
        "new": new,
        "made_of_new": [len(row.assets) for row in new],
        "shown": shown or latest_assets(briefs.exclude(pk__in=fresh), PICTURES),
        "are_starred": bool(shown),
        "days": _days(user),
        "has_briefs": briefs.exists(),
        "writes_for": brands_to_write_for(user).first(),
    }


def _trouble(job: Job) -> Trouble:
    """The brief of that job, with the job's own words: why it failed, or the first thing that holds its picture back."""
    brief = job.variant.brief
    count = Job.objects.filter(variant__brief=brief, status=job.status).count()
    held = heads().filter(job=job).first() if job.status == Status.BLOCKED else None
    words = _holding(held) if held else Words(en=job.error_en, zh=job.error_zh)
    return Trouble(brief, job, words, count, held.pk if held else None)


def _holding(asset: Asset) -> Words:
    found: list[Mapping[str, Any]] = asset.report.get("findings", [])
    first = next((each["words"] for each in found if each.get("severity") == "block"), None)
    return Words.model_validate(first) if first else Words(en="Preflight holds it back.", zh="质检未通过。")


def _days(user: User) -> list[Day]:
    """The next occasions of the calendars of their brands; each stands once, for the first brand that has it."""
    days: dict[str, Day] = {}
    for brand in brands_to_write_for(user):
        for row in coming_rows(market=brand_style(brand.slug).market, most=OCCASIONS):
            days.setdefault(row.slug, Day(row, brand))
    return sorted(days.values(), key=lambda day: day.row.day)[:OCCASIONS]


@require_POST
@login_required
def sample_brief(request: HttpRequest) -> HttpResponse:
    """Submit the sample brief for a brand of theirs, and show its wall: the first thing that a new studio makes."""
    user = person(request)
    require_somewhere(user, Act.MAKE)
    brand = brands_to_write_for(user).first()
    if brand is None:
        return redirect("new-brief")
    draft = draft_of_source(_sample(brand), [brand.slug], MultiValueDict())
    if not draft.is_sound or over_limit(user, draft):
        return redirect("new-brief")
    return redirect("wall", submit(user, draft).pk)


def _sample(brand: Brand) -> dict[str, Any]:
    """The sample in the page's language, for that brand: what belongs to another brand's market is left out."""
    data = read_yaml(settings.BASE_DIR / "docs" / "briefs" / SAMPLE).data
    data |= {} if (get_language() or "en").startswith("zh") else IN_ENGLISH
    return {key: value for key, value in data.items() if key not in LEFT_OUT} | {"brand": brand.slug}
