"""What is new to a person: briefs whose pictures were made after they last had the wall open."""

from datetime import timedelta

from django.db.models import Max, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce, Greatest
from django.utils import timezone

from generation.models import MADE, WAITING, Asset, Brief, Job, Status
from studio.models import Look, Star, User

NEWS_FOR = timedelta(days=14)  # what ended before is no news to anybody
TROUBLE_FOR = timedelta(days=7)


def looked(user: User, brief: Brief) -> None:
    """They have the wall of this brief open now."""
    Look.objects.update_or_create(user=user, brief=brief, defaults={"looked_at": timezone.now()})


def new_to(user: User, briefs: QuerySet[Brief]) -> QuerySet[Brief]:
    """Those of `briefs` that came to their end since the person last looked, the latest first; all of them made, some at least well."""
    made = Q(variants__jobs__status__in=MADE)
    last_look = Subquery(Look.objects.filter(user=user, brief=OuterRef("pk")).values("looked_at")[:1])
    since = max(timezone.now() - NEWS_FOR, user.date_joined)
    waiting = Job.objects.filter(status__in=WAITING).values("variant__brief")
    rows = Brief.objects.filter(pk__in=briefs.values("pk")).exclude(pk__in=waiting)
    rows = rows.annotate(ended=Max("variants__jobs__ended_at", filter=made))
    return rows.filter(ended__gt=Coalesce(Greatest(last_look, since), since)).order_by("-ended")


def in_trouble(briefs: QuerySet[Brief]) -> list[Job]:
    """The first job of each brief that failed or was held back lately and still stands so, the latest first."""
    stuck = Q(status=Status.FAILED) | Q(status=Status.BLOCKED)
    rows = Job.objects.filter(stuck, variant__brief__in=briefs, ended_at__gte=timezone.now() - TROUBLE_FOR)
    first: dict[int, Job] = {}
    for job in rows.select_related("variant__brief__library__brand").order_by("-ended_at")[:200]:
        first.setdefault(job.variant.brief_id, job)
    return list(first.values())


def starred(user: User, briefs: QuerySet[Brief], count: int) -> list[Asset]:
    """The pictures that this person starred last, as they are shown now."""
    stars = Star.objects.filter(user=user, job__variant__brief__in=briefs).order_by("-created_at")
    jobs = list(stars.values_list("job", flat=True)[:count])
    heads = Asset.objects.filter(job__in=jobs, is_head=True).select_related("job__variant__brief")
    by_job = {head.job_id: head for head in heads.defer("design", "recipe", "report")}
    return [by_job[job] for job in jobs if job in by_job]
