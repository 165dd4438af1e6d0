"""What pages read about briefs, jobs and assets, as plain values."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import median
from typing import Any

from django.db.models import Count, F, FilteredRelation, Q, QuerySet
from django.utils import timezone

from brand_styles.words import Words
from generation import queueing
from generation.jobs import ASKED_BY
from generation.models import MADE, RETRIABLE, WAITING, Asset, Brief, Job, Status

# The share of an asset's time that is over when a stage begins, and how much the stage takes (measured on two cores).
STAGES = {
    "": (0.0, 0.0),
    "prepare": (0.0, 0.0),
    "layout": (0.0, 0.04),
    "blockout": (0.04, 0.31),
    "diffusion": (0.35, 0.35),
    "composite": (0.70, 0.15),
    "preflight": (0.85, 0.14),
}
FIRST_GUESS_SECONDS = 8.0
UNDO_WITHIN = timedelta(seconds=30)
RECENT = 30


@dataclass(frozen=True)
class Tile:
    """One job on a wall. `progress` 0 to 1; `asset_id` once it is made; `preview_step` changes with each new live picture."""

    job_id: int
    width: int
    height: int
    variant: int
    status: str
    stage: str
    step: int
    steps: int
    progress: float
    waiting_again: bool
    error: Words | None
    error_field: str
    preview_step: int | None
    asset_id: int | None
    made: str
    place: int | None = None  # how many jobs are taken up before it, while it waits
    is_ahead: bool = False  # somebody moved it ahead
    base_job: int | None = None  # the job whose picture this one is made from
    base_variant: int | None = None
    way: str = ""  # "reroll" or "like", where it is made from another
    kept: tuple[str, ...] = ()

    @property
    def format(self) -> str:
        return f"{self.width}x{self.height}"

    @property
    def is_waiting(self) -> bool:
        return self.status in WAITING

    @property
    def is_made(self) -> bool:
        return self.status in MADE

    @property
    def is_retriable(self) -> bool:
        return self.status in RETRIABLE


@dataclass(frozen=True)
class Wall:
    """All tiles of a brief, variant by variant in the brief's order of formats. `seconds_left` is None when nothing waits."""

    brief_id: int
    tiles: Sequence[Tile]
    seconds_left: float | None
    workers_seen: bool = True
    undoable: int = 0  # cancelled so lately that it can be taken back
    can_go_ahead: int = 0  # waiting jobs that may be moved ahead of other work

    @property
    def preparing(self) -> bool:
        """Whether a worker holds a job but must first compile and load what it works with."""
        return any(t.stage == "prepare" for t in self.tiles)

    @property
    def made(self) -> int:
        return sum(t.is_made for t in self.tiles)

    @property
    def waiting(self) -> int:
        return sum(t.is_waiting for t in self.tiles)

    @property
    def retriable(self) -> int:
        return sum(t.is_retriable for t in self.tiles)

    @property
    def progress(self) -> float:
        return sum(t.progress for t in self.tiles) / max(len(self.tiles), 1)


def wall(brief: Brief) -> Wall:
    """The state of a brief's jobs at this moment."""
    jobs = (
        Job.objects.filter(variant__brief=brief)
        .order_by("variant__number", "id")
        .annotate(head=FilteredRelation("assets", condition=Q(assets__is_head=True)))
        .annotate(number=F("variant__number"), preview_step=F("preview__step"), asset_pk=F("head__id"))
        .annotate(asset_made=F("head__made"), base_job=F("base__job"), base_variant=F("variant__source__number"))
        .annotate(way=F("variant__way"), kept=F("variant__kept"))
        .values()
    )
    rows: list[dict[str, Any]] = [dict(job) for job in jobs]
    places = queueing.places() if any(row["status"] == Status.QUEUED for row in rows) else {}
    tiles = beside_their_bases([_tile(row, places.get(row["id"])) for row in rows])
    waiting = [t for t in tiles if t.is_waiting]
    left = sum(1 - t.progress for t in waiting) * seconds_per_asset() if waiting else None
    alive = not waiting or workers_are_alive()
    ahead = queueing.may_go_ahead(brief).count() if places else 0
    undoable = just_cancelled(brief).count()
    return Wall(brief.pk, tiles, left, workers_seen=alive, undoable=undoable, can_go_ahead=ahead)


def beside_their_bases(tiles: Sequence[Tile]) -> list[Tile]:
    """The tiles in their order, but each that was made from another's picture right behind it and what was made of it before."""
    there = {tile.job_id for tile in tiles}
    made_of: dict[int | None, list[Tile]] = {}
    for tile in tiles:
        made_of.setdefault(tile.base_job if tile.base_job in there else None, []).append(tile)
    ordered, left = [], [*reversed(made_of.get(None, []))]
    while left:
        ordered.append(tile := left.pop())
        left += reversed(made_of.get(tile.job_id, []))
    return ordered


def just_cancelled(brief: Brief) -> QuerySet[Job]:
    """The jobs that were cancelled so lately that a person may take it back."""
    since = timezone.now() - UNDO_WITHIN
    return Job.objects.filter(variant__brief=brief, status=Status.CANCELLED, ended_at__gte=since)


def _tile(job: dict[str, Any], place: int | None) -> Tile:
    status = job["status"]
    return Tile(
        job_id=job["id"],
        width=job["width"],
        height=job["height"],
        variant=job["number"],
        status=status,
        stage=job["stage"] if status == Status.RUNNING else "",
        step=job["step"],
        steps=job["steps"],
        progress=_progress(status, job["stage"], job["step"], job["steps"]),
        waiting_again=status == Status.QUEUED and job["not_before"] is not None,
        error=Words(en=job["error_en"], zh=job["error_zh"]) if job["error_en"] else None,
        error_field=job["error_field"],
        preview_step=job["preview_step"],
        asset_id=job["asset_pk"],
        made=job["asset_made"] or "",
        place=place,
        is_ahead=status == Status.QUEUED and job["priority"] >= queueing.AHEAD,
        base_job=job["base_job"],
        base_variant=job["base_variant"],
        way=job["way"],
        kept=tuple(job["kept"]),
    )


def _progress(status: str, stage: str, step: int, steps: int) -> float:
    if status == Status.QUEUED:
        return 0.0
    if status != Status.RUNNING:
        return 1.0
    begun, share = STAGES.get(stage, (0.0, 0.0))
    return begun + share * (step / steps if steps else 0.0)


def seconds_per_asset() -> float:
    """How long an asset takes here: the median of the latest ones, or a first guess."""
    recent = Job.objects.filter(status__in=MADE).order_by("-ended_at")
    spans = recent.values_list("started_at", "ended_at")[:RECENT]
    seconds = [(end - begin).total_seconds() for begin, end in spans if begin and end]
    return median(seconds) if seconds else FIRST_GUESS_SECONDS


def workers_are_alive(within: timedelta = timedelta(seconds=60)) -> bool:
    """Whether anything shows a worker at work: a heartbeat, or an asset finished or a job taken lately."""
    since = timezone.now() - within
    if Job.objects.filter(Q(heartbeat_at__gte=since) | Q(ended_at__gte=since)).exists():
        return True
    waited_long = Job.objects.filter(status=Status.QUEUED, created_at__lt=since).filter(
        Q(not_before=None) | Q(not_before__lt=since)
    )
    return not waited_long.exists()


@dataclass(frozen=True)
class BriefSummary:
    """A line in the list of briefs: how far it is, and its first pictures."""

    id: int
    title: str
    brand: str
    campaign: str
    owner: str
    created_at: datetime
    total: int
    made: int
    waiting: int
    troubled: int  # failed, blocked
    assets: Sequence[Asset]


def counted(briefs: QuerySet[Brief]) -> QuerySet[Brief]:
    """The briefs with how many jobs each has: `total`, `made`, `waiting`, `troubled`."""
    return briefs.annotate(
        total=Count("variants__jobs"),
        made=Count("variants__jobs", filter=Q(variants__jobs__status__in=MADE)),
        waiting=Count("variants__jobs", filter=Q(variants__jobs__status__in=WAITING)),
        troubled=Count("variants__jobs", filter=Q(variants__jobs__status__in=(Status.FAILED, Status.BLOCKED))),
    )


def brief_summaries(briefs: QuerySet[Brief], pictures: int = 8) -> list[BriefSummary]:
    """Summaries of `briefs` in their order, each with at most `pictures` made assets."""
    rows = list(counted(briefs))
    by_brief: dict[int, list[Asset]] = {row.pk: [] for row in rows}
    for asset in _light_assets().filter(job__variant__brief__in=by_brief).order_by("job_id"):
        by_brief[asset.job.variant.brief_id].append(asset)
    return [_summary(row, by_brief[row.pk][:pictures]) for row in rows]


def _summary(row: Any, assets: Sequence[Asset]) -> BriefSummary:
    return BriefSummary(
        id=row.pk,
        title=row.title,
        brand=row.library.brand.slug,
        campaign=row.campaign.slug if row.campaign else "",
        owner=row.owner.get_username(),
        created_at=row.created_at,
        total=row.total,
        made=row.made,
        waiting=row.waiting,
        troubled=row.troubled,
        assets=assets,
    )


def heads() -> QuerySet[Asset]:
    """The version of every job's picture that pages and downloads show."""
    return Asset.objects.filter(is_head=True)


def _light_assets() -> QuerySet[Asset]:
    return heads().select_related("job__variant").defer("design", "recipe", "report", "job__variant__plan")


def latest_assets(briefs: QuerySet[Brief], count: int) -> list[Asset]:
    """The assets of `briefs` that passed: newest brief first, each brief's in the order of its wall."""
    rows = _light_assets().filter(job__variant__brief__in=briefs, verdict="pass")
    return list(rows.order_by("-job__variant__brief", "job")[:count])


def assets_of(brief: Brief) -> list[Asset]:
    """Every asset of a brief in the wall's order."""
    return list(heads().filter(job__variant__brief=brief).select_related("job__variant").order_by("job_id"))


def neighbours(asset: Asset) -> tuple[int | None, int | None]:
    """The ids of the assets before and after this one on its wall."""
    rows = heads().filter(job__variant__brief=asset.job.variant.brief_id)
    before = rows.filter(job_id__lt=asset.job_id).order_by("-job_id").values_list("id", flat=True).first()
    after = rows.filter(job_id__gt=asset.job_id).order_by("job_id").values_list("id", flat=True).first()
    return before, after


def sizes_of(asset: Asset) -> QuerySet[Asset]:
    """The shown pictures of the same variant, one a format, in the wall's order."""
    return _light_assets().filter(job__variant=asset.job.variant_id).order_by("job_id")


def waiting_jobs_of(owner_id: int) -> int:
    """How many of the jobs that this person asked for wait or run."""
    return Job.objects.alias(person=ASKED_BY).filter(person=owner_id, status__in=WAITING).count()


def briefs_since(owner_id: int, since: datetime) -> int:
    return Brief.objects.filter(owner_id=owner_id, created_at__gte=since).count()
