"""The models: what the workers hold as they say themselves, what it may be used for, where it ends, and what is missing."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.views.decorators.http import require_safe

from brand_styles.words import Words
from generation.engines.families import BY_SLUG
from generation.engines.family import Commercial, Family
from generation.models import Asset, WorkerReport
from generation.reporting import SILENT_AFTER
from studio.access import person

OPEN = ("apache-2.0", "mit", "bsd", "cc0", "cc-by-4.0")


@dataclass(frozen=True)
class Latest:
    """The latest picture that a model made: its size and seconds, by stage too."""

    width: int
    height: int
    seconds: float
    stages: dict[str, float]
    at: datetime


@dataclass(frozen=True)
class Loaded:
    """One worker's report as the page shows it. `commercial` says whether pictures may be sold; "" where nobody knows."""

    report: WorkerReport
    facts: dict[str, Any]
    family: Family | None
    commercial: Commercial | str
    note: str
    since: datetime | None
    latest: Latest | None

    @property
    def is_ours(self) -> bool:
        return bool(self.facts.get("ours"))

    @property
    def lacks_checker(self) -> bool:
        return self.facts.get("safety_checker", "none") in ("", "none")


@require_safe
@login_required
def models(request: HttpRequest) -> HttpResponse:
    user = person(request)
    fresh = timezone.now() - SILENT_AFTER
    reports = list(WorkerReport.objects.order_by("-seen_at")[:20])
    live = [report for report in reports if report.seen_at >= fresh]
    context = {
        "loaded": [_loaded(report) for report in live],
        "last_seen": reports[0].seen_at if reports and not live else None,
        "missing": _missing(live),
        "language_model": _language_model(show_place=user.is_staff),
        "families": list(BY_SLUG.values()),
        "room": "models",
    }
    return render(request, "models.html", context)


def _loaded(report: WorkerReport) -> Loaded:
    facts: dict[str, Any] = report.facts
    family = BY_SLUG.get(facts.get("family", ""))
    licence = (
        next((v.licence for v in family.variants if v.name == facts.get("variant")), family.licence) if family else None
    )
    commercial: Commercial | str = licence.commercial if licence else ""
    note = licence.note if licence else ""
    if facts.get("ours"):
        commercial, note = ("yes" if str(facts.get("licence", "")).lower() in OPEN else ""), ""
    return Loaded(
        report,
        facts,
        family,
        commercial,
        note,
        parse_datetime(facts["loaded_at"]) if facts.get("loaded_at") else None,
        _latest(str(facts.get("weights", ""))),
    )


def _latest(weights: str) -> Latest | None:
    """The newest picture whose recipe names these weights."""
    rows = Asset.objects.filter(version=1, recipe__model__weights=weights) if weights else Asset.objects.none()
    asset = rows.order_by("-id").only("width", "height", "timings", "created_at").first()
    if asset is None:
        return None
    stages = {name: float(seconds) for name, seconds in asset.timings.items() if isinstance(seconds, int | float)}
    return Latest(asset.width, asset.height, sum(stages.values()), stages, asset.created_at)


def _missing(reports: list[WorkerReport]) -> list[dict[str, Any]]:
    """What any worker could not find, each once."""
    told: dict[tuple[str, str], dict[str, Any]] = {}
    for report in reports:
        for each in report.missing:
            told.setdefault((each["setting"], each["en"]), each | {"words": Words(en=each["en"], zh=each["zh"])})
    return list(told.values())


def _language_model(*, show_place: bool) -> dict[str, str] | None:
    """What proposes headlines and reads briefs; None where none is set. Its address is for whoever runs the studio."""
    setting = settings.LANGUAGE_MODEL.strip()
    if not setting:
        return None
    if setting.startswith(("http://", "https://")):
        host = urlsplit(setting).hostname or ""
        return {
            "name": settings.LANGUAGE_MODEL_NAME or "default",
            "kind": "server",
            "place": host if show_place else "",
        }
    return {
        "name": setting.rstrip("/\\").replace("\\", "/").rpartition("/")[2],
        "kind": "local",
        "place": setting if show_place else "",
    }
