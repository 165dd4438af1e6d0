"""Versions of an asset: saving an edit as a new one, and which one is the head. Rows are never changed but for `is_head`.

Undoing and redoing saved work is moving the head; nothing is ever deleted by it.
"""

from __future__ import annotations

import hashlib
import uuid
from dataclasses import dataclass

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import IntegrityError, transaction
from django.db.models import Max, QuerySet

from brand_styles.words import Words
from generation.errors import PermanentError
from generation.models import MADE, Asset, Job, Status
from generation.services import folder_of
from generation.types import Json


class EditedMeanwhile(PermanentError):
    """Somebody saved another version while this one was being edited. `head` is theirs."""

    def __init__(self, head: Asset) -> None:
        by = head.made_by.get_username() if head.made_by else ""
        super().__init__(
            f"{by or 'Somebody'} saved version {head.version} while you were editing. Nothing is lost: save yours as another "
            "version, or look at theirs first.",
            f"你编辑期间，{by or '有人'}保存了第 {head.version} 版。你的修改没有丢失：可另存为新版本，或先查看对方的版本。",
        )
        self.head = head


@dataclass(frozen=True)
class Edit:
    """What saving needs: the files' content and what the row says (see editing.saving)."""

    png: bytes
    thumbnail: bytes
    about: Json
    note: Words


def history(asset: Asset) -> QuerySet[Asset]:
    """All versions of an asset's job, newest first, without their documents."""
    rows = Asset.objects.filter(job_id=asset.job_id).select_related("made_by", "previous")
    return rows.defer("design", "recipe", "report").order_by("-version")


def key_of(asset: Asset) -> str:
    """What names one immutable version to the bench."""
    return f"{asset.pk}-{asset.sha256[:16]}"


def payload_of(asset: Asset) -> Json:
    """The version as JSON for the bench (editing.version.Version). PermanentError where its scene was not kept."""
    if not asset.sources:
        raise PermanentError(
            "This picture was made before scenes were kept, so it can't be edited. Make it anew from its brief.",
            "这张图制作时尚未保留场景，无法编辑。请从简报重新制作。",
        )
    variant = asset.job.variant
    plan, brief = variant.plan or {}, variant.brief
    size = {"width": asset.width, "height": asset.height}
    return {
        "files": asset.sources,
        "design": asset.design,
        "layout": asset.recipe.get("layout") or {"format": size, "items": []},
        "brand": brief.library.style,
        "palette": plan["palette"],
        "lines": asset.recipe.get("copy", plan["copy_lines"]),
        "shown": asset.recipe.get("shown", {}),
        "rules": {key: plan[key] for key in ("market", "industry", "product_type") if key in plan},
        "product": brief.product,
    }


def save_version(*, base: Asset, edit: Edit, user_id: int | None, anyway: bool = False) -> Asset:
    """Store an edit of `base` as the job's next version and its head.

    EditedMeanwhile where `base` is the head no more, unless `anyway`: then it becomes another version on top of theirs.
    """
    stem = f"{folder_of(base.job_id)}/{uuid.uuid4()}"
    saved = None
    try:
        default_storage.save(f"{stem}.png", ContentFile(edit.png))
        default_storage.save(f"{stem}.jpg", ContentFile(edit.thumbnail))
        saved = _record(base, edit, stem, user_id, anyway)
    except IntegrityError:  # two savings at the same moment: one of them has the number
        raise EditedMeanwhile(head_of(base.job_id)) from None
    finally:
        if saved is None:
            default_storage.delete(f"{stem}.png")
            default_storage.delete(f"{stem}.jpg")
    return saved


@transaction.atomic
def _record(base: Asset, edit: Edit, stem: str, user_id: int | None, anyway: bool) -> Asset:
    theirs = Asset.objects.filter(job_id=base.job_id, is_head=True)
    if not (theirs if anyway else theirs.filter(pk=base.pk)).update(is_head=False):
        raise EditedMeanwhile(head_of(base.job_id))
    last = Asset.objects.filter(job_id=base.job_id).aggregate(last=Max("version"))["last"]
    row = Asset.objects.create(
        job_id=base.job_id,
        version=last + 1,
        made_by_id=user_id,
        note=edit.note.model_dump(),
        previous=base,
        sources=base.sources,
        file=f"{stem}.png",
        thumbnail=f"{stem}.jpg",
        sha256=hashlib.sha256(edit.png).hexdigest(),
        width=base.width,
        height=base.height,
        seed=base.seed,
        verdict=edit.about["report"]["verdict"],
        made=base.made,
        design=edit.about["design"],
        recipe={**base.recipe, **edit.about["recipe"], "edited_from": base.sha256},
        report=edit.about["report"],
        timings=base.timings,
    )
    _follow(row)
    return row


def head_of(job_id: int) -> Asset:
    return Asset.objects.select_related("made_by").get(job_id=job_id, is_head=True)


@transaction.atomic
def make_head(asset: Asset) -> Asset:
    """Show this version from now on. The others stay."""
    Asset.objects.filter(job_id=asset.job_id, is_head=True).exclude(pk=asset.pk).update(is_head=False)
    Asset.objects.filter(pk=asset.pk).update(is_head=True)
    asset.is_head = True
    _follow(asset)
    return asset


def _follow(head: Asset) -> None:
    """The job's state is its head's verdict."""
    status = Status.BLOCKED if head.verdict == "blocked" else Status.FINISHED
    Job.objects.filter(pk=head.job_id, status__in=MADE).update(status=status)
