"""One claimed job becomes one asset: the only place on the path from brief to pixels that touches the database.

Inputs are frozen snapshots (style library, brief, plan); no transaction or lock is held while the pipeline works.
"""

from __future__ import annotations

import errno
import io
from typing import TYPE_CHECKING

import structlog
from django.core.files.storage import default_storage

from brand_styles.style import BrandStyle
from brand_styles.words import Words
from generation import jobs, services, warming
from generation.errors import Cancelled, CopyDoesNotFit, GenerationError, TransientError
from generation.models import Job, Status, Variant
from generation.planning.plan import CreativePlan
from generation.types import Format

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from generation.pipeline import Task

log = structlog.get_logger(__name__)

PREVIEW_SIDE = 480
THUMBNAIL_SIDE = 1000
BACKOFF_SECONDS = 5.0


def make_next() -> bool:
    """Claim the next waiting job and make its asset. False when nothing waits. Whatever goes wrong ends up on the job, in words."""
    claim = jobs.claim_next()
    if claim is None:
        return False
    with structlog.contextvars.bound_contextvars(job=claim.job_id, attempt=claim.attempt), jobs.kept_lease(claim):
        try:
            _make(claim)
        except Cancelled:
            log.info("job.stopped")
        except TransientError as error:
            _try_later(claim, error)
        except GenerationError as error:
            log.info("job.refused", reason=error.words.en)
            jobs.fail(claim, error.words, error.field or "")
        except MemoryError:
            _try_later(claim, TransientError(OUT_OF_MEMORY.en, OUT_OF_MEMORY.zh))
        except Exception as error:  # the person sees a sentence, the log the whole story
            log.exception("job.failed")
            jobs.fail(claim, told(error))
    return True


def _make(claim: jobs.Claim) -> None:
    from generation.engines.loading import default_engine
    from generation.pipeline import make_asset

    services.discard_leftovers(claim.job_id)
    on_progress = _Progress(claim)
    if warming.wait(lambda: on_progress("prepare", 0, 0, None)):
        jobs.begin(claim)
    task = task_of(Job.objects.select_related("variant__brief__library").get(id=claim.job_id))
    made = make_asset(task, default_engine(), on_progress)
    if services.save_asset(claim, made, as_jpeg(made.rgb, THUMBNAIL_SIDE, 88)) is None:
        raise Cancelled
    log.info("job.made", verdict=made.report.verdict, made=made.made, timings=made.timings)


class _Progress:
    """The pipeline's OnProgress: writes each step on the row, and stops the work once the row is no longer ours."""

    def __init__(self, claim: jobs.Claim) -> None:
        self.claim = claim

    def __call__(self, stage: str, done: int, total: int, preview: NDArray[np.uint8] | None) -> None:
        if not jobs.progress(self.claim, stage, done, total, None if preview is None else as_jpeg(preview)):
            raise Cancelled


def as_jpeg(picture: NDArray[np.uint8], side: int = PREVIEW_SIDE, quality: int = 72) -> bytes:
    """A small JPEG of an RGB picture, at most `side` pixels on its long side."""
    from PIL import Image

    image = Image.fromarray(picture[..., :3])
    image.thumbnail((side, side))
    out = io.BytesIO()
    image.save(out, "JPEG", quality=quality)
    return out.getvalue()


def task_of(job: Job) -> Task:
    """The job as the pipeline's frozen input. The first job of a variant plans it and checks that the copy fits all its formats."""
    from generation.brand_files import files_of
    from generation.pipeline import Task

    brief = job.variant.brief
    brand = BrandStyle.model_validate(brief.library.style)
    product = _product(brief.product)
    fmt = Format(width=job.width, height=job.height)
    if job.variant.plan is None:
        _plan(job.variant, brand, product)
    return Task(CreativePlan.model_validate(job.variant.plan), fmt, brand, product, files_of(brand))


def _plan(variant: Variant, brand: BrandStyle, product: NDArray[np.uint8] | None) -> None:
    """Write the variant's plan once: whoever is first decides, everyone then uses what is written."""
    from generation.planning.brief import Brief as BriefData
    from generation.planning.llm import default_model
    from generation.planning.planner import plan

    data = BriefData.model_validate(variant.brief.data)
    decided = plan(data, brand, variant=variant.number, llm=default_model(), product=product)
    if Variant.objects.filter(id=variant.pk, plan__isnull=True).update(plan=decided.model_dump(mode="json")):
        _refuse_misfits(variant, decided, brand, product)
    variant.refresh_from_db(fields=["plan"])


def _refuse_misfits(
    variant: Variant, decided: CreativePlan, brand: BrandStyle, product: NDArray[np.uint8] | None
) -> None:
    """Tell at once, before any picture is made, which formats cannot hold the copy."""
    from generation.pipeline import Task, lay_out

    for job in Job.objects.filter(variant=variant, status=Status.QUEUED):
        try:
            lay_out(Task(decided, Format(width=job.width, height=job.height), brand, product))
        except CopyDoesNotFit as misfit:
            jobs.refuse(job.pk, misfit.words, misfit.field or "")


def _product(name: str) -> NDArray[np.uint8] | None:
    """The stored cut-out as RGBA. We wrote this file ourselves after decoding the upload in a child process."""
    if not name:
        return None
    import numpy as np
    from PIL import Image

    with default_storage.open(name) as file, Image.open(file) as image:
        return np.asarray(image.convert("RGBA"))


def _try_later(claim: jobs.Claim, error: TransientError) -> None:
    from django.conf import settings

    if claim.attempt >= settings.JOB_ATTEMPTS:
        jobs.fail(claim, error.words, error.field or "")
        return
    seconds = BACKOFF_SECONDS * 2 ** (claim.attempt - 1)
    log.warning("job.postponed", seconds=seconds, reason=error.words.en)
    jobs.postpone(claim, error.words, seconds=seconds)


OUT_OF_MEMORY = Words(
    en="This machine ran out of memory while making this asset. It is tried again shortly.",
    zh="制作这张图时内存不足，稍后会自动重试。",
)
DISK_FULL = Words(
    en="The disk is full, so this asset could not be saved. Free some space, then retry.",
    zh="磁盘已满，这张图无法保存。请先清理空间，再点重试。",
)
UNEXPECTED = Words(
    en="This asset failed for a reason the studio did not foresee; its log has the details. Retry, or tell whoever runs it.",
    zh="这张图因意外原因未能完成，详情见日志。请重试，或告知管理员。",
)


def told(error: Exception) -> Words:
    """A sentence for an error that is not one of ours."""
    full = isinstance(error, OSError) and error.errno in (errno.ENOSPC, errno.EDQUOT)
    if full or "disk is full" in str(error):
        return DISK_FULL
    return UNEXPECTED
