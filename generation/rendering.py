"""One claimed job becomes one asset: with tasking.py the only place on the path from brief to pixels that touches the database.

Inputs are frozen snapshots (style library, brief, plan); no transaction or lock is held while the pipeline works.
"""

from __future__ import annotations

import errno
import io
from collections.abc import Sequence
from contextlib import ExitStack
from typing import TYPE_CHECKING

import structlog

from brand_styles.words import Words
from generation import jobs, services, warming
from generation.errors import Cancelled, GenerationError, TransientError
from generation.models import Job
from generation.tasking import task_of

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from generation.engines.base import Engine
    from generation.pipeline import MadeAsset, Task

log = structlog.get_logger(__name__)

PREVIEW_SIDE = 480
THUMBNAIL_SIDE = 1000
BACKOFF_SECONDS = 5.0


def make_next() -> bool:
    """Claim the next waiting job and make its asset, and with it those that the engine makes quicker together.

    False when nothing waits. Whatever goes wrong ends up on the job, in words.
    """
    claim = jobs.claim_next()
    if claim is None:
        return False
    with structlog.contextvars.bound_contextvars(job=claim.job_id, attempt=claim.attempt), jobs.kept_lease(claim):
        try:
            _make_with_mates(claim)
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


def _make_with_mates(claim: jobs.Claim) -> None:
    from generation.engines.loading import default_engine

    on_progress = _Progress(claim)
    if warming.wait(lambda: on_progress("prepare", 0, 0, None)):
        jobs.begin(claim)
    engine = default_engine()
    mates = _mates(claim) if getattr(engine, "gathers", False) else []
    if not mates or not _made_together([claim, *mates], engine):
        _make(claim, engine)


def _make(claim: jobs.Claim, engine: Engine) -> None:
    from generation.pipeline import make_asset

    services.discard_leftovers(claim.job_id)
    if not _saved(claim, make_asset(_task(claim), engine, _Progress(claim))):
        raise Cancelled


def _mates(claim: jobs.Claim) -> list[jobs.Claim]:
    """Waiting jobs of the same brief that the model sees at the size of this one."""
    from generation.engines.batching import LARGEST_BATCH, model_size

    area = 1024 * 1024
    row = Job.objects.get(id=claim.job_id)
    size = model_size(row.width, row.height, area)
    return jobs.claim_mates(claim, lambda width, height: model_size(width, height, area) == size, LARGEST_BATCH - 1)


def _made_together(claims: Sequence[jobs.Claim], engine: Engine) -> bool:
    """Make one batch, each asset saved for itself. False where that failed: the mates are given back, to be made one by one."""
    from generation.pipeline import make_assets

    first, *mates = claims
    with ExitStack() as leases:
        for mate in mates:
            leases.enter_context(jobs.kept_lease(mate))
            services.discard_leftovers(mate.job_id)
        services.discard_leftovers(first.job_id)
        try:
            made = make_assets([_task(claim) for claim in claims], engine, _BatchProgress(claims))
            for claim, asset in zip(claims, made, strict=True):
                _saved(claim, asset)
        except Cancelled:  # by everyone: nothing is left to give back
            raise
        except Exception as error:  # one of them may be at fault: alone, each tells its own trouble
            log.warning("batch.parted", jobs=[claim.job_id for claim in claims], error=str(error))
            for mate in mates:
                jobs.give_back(mate)
            return False
    return True


def _task(claim: jobs.Claim) -> Task:
    return task_of(Job.objects.select_related("variant__brief__library").get(id=claim.job_id))


def _saved(claim: jobs.Claim, made: MadeAsset) -> bool:
    """False when the job is no longer ours."""
    if services.save_asset(claim, made, as_jpeg(made.rgb, THUMBNAIL_SIDE, 88)) is None:
        return False
    log.info("job.made", job=claim.job_id, verdict=made.report.verdict, made=made.made, timings=made.timings)
    return True


class _Progress:
    """The pipeline's OnProgress: writes each step on the row, and stops the work once the row is no longer ours."""

    def __init__(self, claim: jobs.Claim) -> None:
        self.claim = claim

    def __call__(self, stage: str, done: int, total: int, preview: NDArray[np.uint8] | None) -> None:
        if not jobs.progress(self.claim, stage, done, total, None if preview is None else as_jpeg(preview)):
            raise Cancelled


class _BatchProgress:
    """The same for a batch: a cancelled job takes no further part in it, and the work stops once none is ours.

    The preview shows the batch's first picture, so it is the first job's alone.
    """

    def __init__(self, claims: Sequence[jobs.Claim]) -> None:
        self.claims = claims

    def __call__(self, stage: str, done: int, total: int, preview: NDArray[np.uint8] | None) -> None:
        small = None if preview is None else as_jpeg(preview)
        ours = [jobs.progress(claim, stage, done, total, None if i else small) for i, claim in enumerate(self.claims)]
        if not any(ours):
            raise Cancelled


def as_jpeg(picture: NDArray[np.uint8], side: int = PREVIEW_SIDE, quality: int = 72) -> bytes:
    """A small JPEG of an RGB picture, at most `side` pixels on its long side."""
    from PIL import Image

    image = Image.fromarray(picture[..., :3])
    image.thumbnail((side, side))
    out = io.BytesIO()
    image.save(out, "JPEG", quality=quality)
    return out.getvalue()


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
