"""One claimed trial is held: pair by pair, each kept when it is made, so that a killed worker loses one pair at most."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import structlog
from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from brand_styles.words import Words
from generation import claims, jobs
from generation.errors import Cancelled, GenerationError
from generation.models import Brief
from generation.planning.formats import parse_format
from reviews.gating import gates
from reviews.gating.judging import Tried, report_of
from reviews.gating.measuring import Judge, judge_for
from reviews.gating.packs import Place, pack_for, places_of
from reviews.models import Gate, GatePair

if TYPE_CHECKING:
    from generation.engines.base import Engine
    from generation.pipeline import MadeAsset
    from generation.planning.plan import Pin

log = structlog.get_logger(__name__)

BITE = 4  # pairs before pictures that people wait for get their turn
SIDES = ("against", "candidate")
OnPair = Callable[[int, int], None]


def make_next() -> bool:
    """Claim the next waiting trial and hold it, or a part of it while people wait for pictures. False where none waits."""
    mine = claims.take_first(gates.waiting(), timedelta(seconds=settings.JOB_LEASE_SECONDS))
    if mine is None:
        return False
    run(mine, bite=BITE)
    return True


def run(mine: gates.Mine, on_pair: OnPair | None = None, bite: int | None = None) -> None:
    """Hold a claimed trial to its end; with `bite` only so many pairs at a time while jobs wait. Whatever goes wrong ends up on it."""
    gate = mine.select_related("version__learner__brand").first()
    if gate is None:
        return
    renewing = claims.renewing(mine)
    with structlog.contextvars.bound_contextvars(gate=gate.pk), claims.kept_lease(renewing, "lease-of-gate"):
        try:
            _hold(gate, mine, on_pair or (lambda done, pairs: None), bite)
        except Cancelled:
            log.info("gate.stopped")
        except GenerationError as error:
            log.info("gate.refused", reason=error.words.en)
            gates.fail(mine, error.words)
        except Exception:  # the person sees a sentence, the log the whole story
            log.exception("gate.failed")
            gates.fail(mine, UNEXPECTED)


def _hold(gate: Gate, mine: gates.Mine, on_pair: OnPair, bite: int | None) -> None:
    from generation.engines.loading import default_engine

    judge = judge_for(gate.version.learner.brand_id)
    _begin_anew_with(gate, judge)
    pack = gate.pack or pack_for(gate.version.learner.brand)
    mine.update(pack=pack, scorer=judge.row, pairs=pack.pairs)
    places, engine = places_of(pack), default_engine()
    there = set(gate.made.values_list("number", flat=True))
    for fresh, number in enumerate(n for n in range(len(places)) if n not in there):
        if bite and fresh and fresh % bite == 0 and jobs.waiting_now():
            gates.give_back(mine)
            return
        _keep(gate, number, _pair(gate, places[number], judge, engine))
        if not mine.update(done=gate.made.count(), attempts=0):
            raise Cancelled
        on_pair(gate.made.count(), len(places))
    _judge(gate, mine, places)


def _begin_anew_with(gate: Gate, judge: Judge) -> None:
    """All pairs of a trial are judged by one scorer: where another came into use meanwhile, those made before count no more."""
    if gate.scorer_id not in (None, judge.row.pk):
        gate.made.all().delete()


def _pair(gate: Gate, place: Place, judge: Judge, engine: Engine) -> dict[str, tuple[dict[str, Any], bytes]]:
    """Both sides of one place: what was measured, and a small JPEG; empty for a side that can't be made."""
    from generation.rendering import as_jpeg

    made = {}
    for side in SIDES:
        asset = _made(place, gates.pins_of(getattr(gate, side)), engine)
        made[side] = (judge.measures_of(asset), as_jpeg(asset.rgb, quality=85)) if asset else ({}, b"")
    return made


def _made(place: Place, pins: tuple[Pin, ...], engine: Engine) -> MadeAsset | None:
    from generation.pipeline import make_asset
    from generation.tasking import trial_of

    brief = Brief.objects.select_related("library").get(pk=place.brief)
    try:
        return make_asset(trial_of(brief, variant=place.variant, fmt=parse_format(place.format), pins=pins), engine)
    except GenerationError as error:
        log.info("gate.unmade", brief=place.brief, variant=place.variant, reason=error.words.en)
        return None


def _keep(gate: Gate, number: int, made: dict[str, tuple[dict[str, Any], bytes]]) -> None:
    shown = {}
    for side, (_, jpeg) in made.items():
        name = f"gates/{gate.pk}/{number}-{side}.jpg"
        if jpeg:
            if default_storage.exists(name):
                default_storage.delete(name)
            shown[side] = default_storage.save(name, ContentFile(jpeg))
    measured = {side: measures for side, (measures, _) in made.items()}
    GatePair.objects.update_or_create(gate=gate, number=number, defaults={**measured, "shown": shown})


def _judge(gate: Gate, mine: gates.Mine, places: list[Place]) -> None:
    rows = gate.made.order_by("number")
    report = report_of([tried_of(row, places[row.number]) for row in rows])
    report |= {"scorer": _scorer_of(mine), "pack": _pack_of(mine)}
    version = gate.version
    stem = f"gates/{version.learner.brand.slug}/{version.learner.kind}-{version.number}-{gate.pk}"
    whole = report | {
        "against": gate.against,
        "candidate": gate.candidate,
        "made": [_line(r, places[r.number]) for r in rows],
    }
    if default_storage.exists(f"{stem}.json"):
        default_storage.delete(f"{stem}.json")
    file = default_storage.save(f"{stem}.json", ContentFile(json.dumps(whole, indent=1).encode()))
    if not gates.finish(mine, gate, report, file):
        raise Cancelled
    log.info("gate.judged", passed=report["passed"], wins=report["wins"]["value"], failures=report["failures"])


def tried_of(row: GatePair, place: Place) -> Tried:
    return Tried(row.number, place.brief, place.split, row.against, row.candidate)


def _line(row: GatePair, place: Place) -> dict[str, Any]:
    return {"number": row.number, **vars(place), "against": row.against, "candidate": row.candidate}


def _scorer_of(mine: gates.Mine) -> dict[str, Any]:
    row = mine.select_related("scorer").get().scorer
    return {"name": row.name, "sha256": row.sha256, "labels": row.labels} if row else {}


def _pack_of(mine: gates.Mine) -> dict[str, Any]:
    row = mine.select_related("pack").get().pack
    return {"file": row.file, "sha256": row.sha256, "briefs": row.briefs} if row else {}


UNEXPECTED = Words(
    en="The trial failed for a reason the studio did not foresee; its log has the details. Tell whoever runs the studio.",
    zh="门禁因意外原因失败，详情见日志。请告知管理员。",
)
