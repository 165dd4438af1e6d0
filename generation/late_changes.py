"""Late changes: a new price or date in every picture that bears the old one. Scenes stay; each picture is composed and judged anew.

A page writes the change with one item a picture, workers claim the items one by one, and each becomes a new version of its asset.
As with jobs, every write is `filter(what must hold).update(what shall hold)`.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import lru_cache
from typing import TYPE_CHECKING

import structlog
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from brand_styles.words import Words
from generation import claims
from generation.claims import UNCLAIMED, failure
from generation.compositing.design import Design
from generation.editing.changes import LONGEST, Retype, read_changes, told
from generation.editing.document import copy_of
from generation.errors import GenerationError, PermanentError
from generation.models import WAITING, Asset, Brief, LateChange, LateItem, Status
from generation.selectors import heads
from generation.types import CopyLine
from generation.versions import Edit, make_head, payload_of, save_version

if TYPE_CHECKING:
    from generation.editing.composing import Bench

log = structlog.get_logger(__name__)

FIELDS = ("headline", "subline", "price", "cta", "badge", "legal")
MOST = 400  # pictures of one change
LEASE = timedelta(seconds=120)


@dataclass(frozen=True)
class Target:
    """One picture that would change: its lines before and after, and the changes that do it."""

    asset: Asset
    before: str
    after: str
    changes: tuple[Retype, ...]


def pictures_of(brief: Brief, whole_campaign: bool) -> list[Asset]:
    """The shown pictures of a brief, or of every brief of its campaign, that can be composed again; `targets` refuses over MOST."""
    rows = heads().exclude(sources={}).select_related("job__variant__brief__library__brand")
    if whole_campaign and brief.campaign_id is not None:
        rows = rows.filter(job__variant__brief__campaign_id=brief.campaign_id)
    else:
        rows = rows.filter(job__variant__brief=brief)
    return list(rows.order_by("job__variant__brief_id", "job_id")[: MOST + 1])


@dataclass(frozen=True)
class Shown:
    """A line as a picture bears it."""

    id: str
    role: str
    text: str


def lines_of(asset: Asset) -> tuple[Shown, ...]:
    """The words on a picture, in the Design's order."""
    design = Design.model_validate(asset.design)
    plan = asset.job.variant.plan or {}
    lines = tuple(CopyLine.model_validate(line) for line in asset.recipe.get("copy", plan.get("copy_lines", [])))
    words = {**copy_of(design, lines), **asset.recipe.get("shown", {})}
    return tuple(Shown(layer.id, layer.role, words[layer.id]) for layer in design.layers if layer.id in words)


def targets(assets: Sequence[Asset], *, field: str, old: str, new: str) -> list[Target]:
    """The pictures that a change would touch. PermanentError for a change that says nothing, and for one of too many pictures."""
    old, new = old.strip(), new.strip()
    if len(assets) > MOST:
        raise PermanentError(
            f"More than {MOST} pictures are in reach of this change, which is too many at once. Change the campaign's briefs one by one.",
            f"此修改涉及的图片超过 {MOST} 张，无法一次完成。请逐个简报修改。",
            field="whole_campaign",
        )
    if not new or len(new) > LONGEST:
        raise PermanentError("Write the new words.", "请填写新文字。", field="new")
    if not old and field not in FIELDS:
        raise PermanentError(
            "Choose a line, or write the words that are there now.", "请选择字段，或填写现在的文字。", field="old"
        )
    found = (_target(asset, field, old, new) for asset in assets)
    return [target for target in found if target is not None]


def _target(asset: Asset, field: str, old: str, new: str) -> Target | None:
    pairs = [
        (line, line.text.replace(old, new) if old else new)
        for line in lines_of(asset)
        if (line.role == field if field else line.role in FIELDS) and (old in line.text)
    ]
    pairs = [(line, after) for line, after in pairs if after != line.text]
    if not pairs:
        return None
    return Target(
        asset,
        " / ".join(line.text for line, _ in pairs),
        " / ".join(after for _, after in pairs),
        tuple(Retype(id=line.id, text=after[:LONGEST]) for line, after in pairs),
    )


@transaction.atomic
def order(
    *, brief: Brief, whole_campaign: bool, owner_id: int, field: str, old: str, new: str, found: Sequence[Target]
) -> LateChange:
    """Write a change with one waiting item a picture; one sent twice is the same change. Wakes nobody: see studio.flows."""
    asked = {"brief": brief, "whole_campaign": whole_campaign, "field": field, "old": old.strip(), "new": new.strip()}
    waiting = LateChange.objects.filter(**asked, undone_at=None, items__status__in=WAITING).first()
    if waiting is not None:
        return waiting
    change = LateChange.objects.create(owner_id=owner_id, **asked)
    LateItem.objects.bulk_create(
        LateItem(
            change=change,
            base=target.asset,
            changes=[each.model_dump(mode="json") for each in target.changes],
            before=target.before,
            after=target.after,
        )
        for target in found
    )
    return change


@transaction.atomic
def take_back(change: LateChange) -> int:
    """Show the versions from before in every picture that nobody edited since; what still waits is left. How many went back."""
    change.items.filter(status__in=(Status.QUEUED, Status.RUNNING)).update(status=Status.CANCELLED, **UNCLAIMED)
    back = change.items.filter(result__is_head=True).select_related("base")
    for item in (gone := list(back)):
        make_head(item.base)
    LateChange.objects.filter(pk=change.pk).update(undone_at=timezone.now())
    return len(gone)


@transaction.atomic
def bring_back(change: LateChange) -> int:
    """Undo the taking back: the changed versions again, where the one before is still shown. How many."""
    items = list(change.items.filter(base__is_head=True, result__isnull=False).select_related("result"))
    for item in items:
        assert item.result is not None  # noqa: S101 - filtered
        make_head(item.result)
    change.items.filter(status=Status.CANCELLED, result=None).update(status=Status.QUEUED, attempts=0)
    LateChange.objects.filter(pk=change.pk).update(undone_at=None, told_at=None)
    return len(items)


def waiting_now() -> int:
    return LateItem.objects.filter(status=Status.QUEUED).count()


def release_expired() -> int:
    return claims.release_expired(LateItem.objects.all(), GAVE_UP)


def make_next() -> bool:
    """Claim the oldest waiting item and change its picture. False when none waits. What goes wrong ends up on it, in words."""
    mine = claims.take_first(LateItem.objects.filter(status=Status.QUEUED).order_by("id"), LEASE)
    if mine is None:
        return False
    item = mine.select_related("base__job__variant__brief__library", "change").first()
    if item is not None:
        _work(item, mine)
    return True


def _work(item: LateItem, mine: QuerySet[LateItem]) -> None:
    begun = time.perf_counter()
    try:
        edit = changed(item.base, item.changes)
        with transaction.atomic():
            if mine.exists():  # not taken back meanwhile
                saved = save_version(base=item.base, edit=edit, user_id=item.change.owner_id)
                status = Status.BLOCKED if saved.verdict == "blocked" else Status.FINISHED
                spent = round(time.perf_counter() - begun, 2)
                mine.update(status=status, result=saved, seconds=spent, **UNCLAIMED)
    except GenerationError as error:
        mine.update(**failure(error.words))
    except Exception:  # the person sees a sentence, the log the whole story
        log.exception("late_change.failed", item=item.pk)
        mine.update(**failure(UNEXPECTED))


def changed(base: Asset, changes: object) -> Edit:
    """A picture after changes: composed from its kept scene, judged in full, mended where preflight blocks."""
    from generation.editing.applying import apply_all
    from generation.editing.composing import known_of, said_of_copy
    from generation.editing.saving import finished
    from generation.editing.version import Version
    from generation.repair import preflight_and_repair

    read = read_changes(changes)
    version = Version.model_validate(payload_of(base))
    document = apply_all(version.document(), read)
    bench = _bench()
    design, rgb, report = preflight_and_repair(
        document.design,
        document.layout,
        document.brand,
        palette=document.palette,
        compose=lambda candidate: bench.drawn(candidate, version.files, document.brand),
        copy_findings=said_of_copy(document, version.rules),
        subject_mask=bench.sources(version.files).subject_mask,
        known=known_of(document.brand, version.rules),
    )
    done = finished(document.redrawn(design), rgb, report, read)
    roles = {layer.id: layer.role for layer in version.design.layers}
    return Edit(png=done.png, thumbnail=done.thumbnail, about=done.about, note=told(read, roles))


@lru_cache(maxsize=1)
def _bench() -> Bench:
    from generation.editing.composing import Bench

    return Bench()


GAVE_UP = Words(
    en="The worker stopped in the middle of this picture several times, so it was left as it is. Try the change again.",
    zh="修改这张图时工作进程多次中断，图片保持原样。请重试。",
)
UNEXPECTED = Words(
    en="This picture could not be changed for a reason the studio did not foresee; its log has the details. It is as it was.",
    zh="这张图因意外原因未能修改，保持原样，详情见日志。",
)
