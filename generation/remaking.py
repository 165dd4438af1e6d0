"""Asking for pictures made from finished ones: rerolls with locks, and more like one. Wakes nobody: see studio.flows.

Each asking writes a new variant, with its jobs in the ordinary queue, that knows where it came from.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby

from django.db import IntegrityError, transaction
from django.db.models import Max

from generation import events
from generation.errors import PermanentError
from generation.models import MADE, Asset, Brief, Job, Variant
from generation.planning.plan import LIKE, LOCKS, Lock, Way

MOST_LIKE = 8  # pictures of one "more like this"
MOST_AT_ONCE = 60  # pictures of one reroll
TRIES = 5  # to number a variant while somebody else numbers theirs


def locks_of(names: Iterable[str]) -> tuple[Lock, ...]:
    """The locks of these names, in their own order. PermanentError where nothing would be left to change."""
    wanted = set(names)
    kept = tuple(lock for lock in LOCKS if lock in wanted)
    if len(kept) == len(LOCKS):
        raise PermanentError(
            "Everything is kept, so nothing would change. Let go of the layout, the scene, the copy or the palette.",
            "全部锁定则没有可变之处，请至少放开版式、场景、文案、配色中的一项。",
            field="keep",
        )
    return kept


def reroll(*, assets: Sequence[Asset], kept: Iterable[str], asked_by: int) -> list[Job]:
    """New pictures in the formats of `assets`, those of one variant as one new variant. PermanentError for what can't be asked."""
    locks = locks_of(kept)
    if not 1 <= len(assets) <= MOST_AT_ONCE:
        raise PermanentError(
            f"Select 1 to {MOST_AT_ONCE} pictures to reroll.", f"请选择 1 到 {MOST_AT_ONCE} 张图片重抽。", field="a"
        )
    _require_made(assets)
    jobs: list[Job] = []
    ordered = sorted(assets, key=lambda asset: (asset.job.variant_id, asset.job_id))
    with transaction.atomic():
        for _, group in groupby(ordered, key=lambda asset: asset.job.variant_id):
            jobs += _made_from(list(group), "reroll", locks, asked_by)
    return jobs


def more_like(*, asset: Asset, count: int, asked_by: int) -> list[Job]:
    """`count` more in the spirit of one picture, each a variant of its own. PermanentError for what can't be asked."""
    if not 1 <= count <= MOST_LIKE:
        raise PermanentError(f"Choose 1 to {MOST_LIKE} pictures.", f"请选择 1 到 {MOST_LIKE} 张。", field="count")
    _require_made([asset])
    with transaction.atomic():
        return [job for _ in range(count) for job in _made_from([asset], "like", LIKE, asked_by)]


@transaction.atomic
def take_back(job_ids: Iterable[int]) -> int:
    """Forget what was asked for and is not made yet, with the variants that are empty then. How many pictures."""
    rows = Job.objects.filter(id__in=list(job_ids), base__isnull=False).exclude(status__in=MADE)
    variants = list(rows.values_list("variant_id", flat=True))
    briefs = events.briefs_of(rows)
    gone = rows.count()
    rows.delete()
    Variant.objects.filter(id__in=variants, source__isnull=False, jobs__isnull=True, remade__isnull=True).delete()
    events.moved(briefs)
    return gone


def _require_made(assets: Sequence[Asset]) -> None:
    old = [asset for asset in assets if "layout" not in asset.recipe or asset.job.variant.plan is None]
    if old:
        raise PermanentError(
            f"The picture {old[0].job.format} was made before layouts were kept, so nothing can be made from it. Make it anew "
            "from its brief.",
            f"{old[0].job.format} 制作时尚未保留版式，无法由它再生成。请从简报重新制作。",
        )


def _made_from(bases: Sequence[Asset], way: Way, kept: tuple[Lock, ...], asked_by: int) -> list[Job]:
    """One new variant of the bases' brief with one job for each of them."""
    source = bases[0].job.variant
    variant = _numbered(source, way, kept, asked_by)
    by_format = {(base.width, base.height): base for base in bases}  # two versions of one picture are one format
    jobs = Job.objects.bulk_create(
        Job(variant=variant, width=width, height=height, base=base) for (width, height), base in by_format.items()
    )
    events.moved([source.brief_id])
    return jobs


def _numbered(source: Variant, way: Way, kept: tuple[Lock, ...], asked_by: int) -> Variant:
    """The brief's next variant. Somebody else's at the same moment only costs another try."""
    for _ in range(TRIES):
        Brief.objects.select_for_update().get(pk=source.brief_id)
        last = Variant.objects.filter(brief=source.brief_id).aggregate(last=Max("number"))["last"]
        turn = source.remade.aggregate(last=Max("turn"))["last"] or 0
        try:
            with transaction.atomic():
                return Variant.objects.create(
                    brief_id=source.brief_id,
                    number=last + 1,
                    source=source,
                    way=way,
                    kept=list(kept),
                    turn=turn + 1,
                    asked_by_id=asked_by,
                )
        except IntegrityError:
            continue
    raise PermanentError(
        "Others are asking for pictures of this brief at the same moment. Ask again.",
        "其他人正在同时为该简报请求图片，请重试。",
    )
