"""One claimed version is trained: the dataset read, the engine loaded, the adapter trained, kept and described."""

from __future__ import annotations

import errno
import hashlib
import json
import resource
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import structlog
from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from brand_styles.words import Words
from generation.errors import Cancelled, GenerationError
from reviews.finetune import versions
from reviews.finetune.config import Config
from reviews.finetune.datasets import read_manifest
from reviews.models import LearnerVersion

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from generation.engines.diffusers_engine import DiffusersEngine
    from reviews.finetune.lora import Adapter
    from reviews.finetune.training import Trained, TrainingBroke

log = structlog.get_logger(__name__)

POINTS = 400  # of the loss curve, at most

# what is done ("pictures", "steps"), how many of how many, the latest loss
OnProgress = Callable[[str, int, int, float], None]


def make_next() -> bool:
    """Claim the next waiting training and run it. False where none waits. Whatever goes wrong ends up on the row, in words."""
    mine = versions.take(versions.waiting())
    if mine is None:
        return False
    run(mine)
    return True


def run(mine: versions.Mine, on_progress: OnProgress | None = None) -> None:
    """Train a claimed version to its end. A training that was killed goes on from its last checkpoint on this machine."""
    version = mine.select_related("learner__brand", "dataset").first()
    if version is None:
        return
    with structlog.contextvars.bound_contextvars(version=version.pk), versions.kept_lease(mine):
        try:
            _train(version, mine, on_progress)
        except Cancelled:
            log.info("training.stopped")
        except GenerationError as error:
            log.info("training.refused", reason=error.words.en)
            versions.fail(mine, error.words, **getattr(error, "kept", {}))
        except MemoryError:
            versions.fail(mine, OUT_OF_MEMORY)
        except Exception as error:  # the person sees a sentence, the log the whole story
            log.exception("training.failed")
            versions.fail(mine, _told(error))


def _train(version: LearnerVersion, mine: versions.Mine, on_progress: OnProgress | None) -> None:
    from reviews.finetune.measuring import Measurer
    from reviews.finetune.preparing import prepare
    from reviews.finetune.training import TrainingBroke, Watch, train

    config = Config.model_validate(version.config)
    work = work_of(version)
    told = _Told(version, mine, on_progress)
    given = prepare(read_manifest(version.dataset), version.dataset.sha256, config.area, work, told.on_picture)
    engine = training_engine()
    measurer = Measurer(engine, config)
    mine.update(base=engine.weights_hash)
    try:
        trained = train(measurer, given, work, Watch(told.on_step, told.on_sample))
    except TrainingBroke as broke:
        _keep_last_good(version, broke, measurer.adapter, work)
        raise
    folder = Path(tempfile.mkdtemp(dir=work))
    content = measurer.adapter.save(folder, trained.weights).read_bytes()
    result = keep_adapter(version, content, card_of(version, engine, trained, hashlib.sha256(content).hexdigest()))
    if not versions.finish(mine, metrics=metrics_of(trained), **result):
        discard(result["files"])
        raise Cancelled
    shutil.rmtree(work, ignore_errors=True)
    log.info("training.done", seconds=round(trained.seconds, 1), step=trained.chosen_step)


def training_engine() -> DiffusersEngine:
    """An engine of its own, of the weights that the settings name. On a card in bfloat16, and alone: the warm one is let go."""
    import torch

    from generation.engines.diffusers_engine import DiffusersEngine
    from generation.engines.loading import Options, forget_engines

    cuda = torch.cuda.is_available()
    if cuda:
        forget_engines()
    options = Options(
        strength=settings.ENGINE_STRENGTH, config=settings.ENGINE_CONFIG, refine=0.0, offline=settings.ENGINE_OFFLINE
    )
    dtype = torch.bfloat16 if cuda else torch.float32
    return DiffusersEngine(settings.ENGINE, settings.ENGINE_CONTROLNET or None, dtype=dtype, options=options)


def work_of(version: LearnerVersion) -> Path:
    """Where a training keeps its drawn scenes and its checkpoint: the same place for the same dataset and config."""
    config = Config.model_validate(version.config)
    path: Path = settings.VAR_DIR / "learners" / f"{version.dataset.sha256[:16]}-{config.digest()}"
    return path


def card_of(version: LearnerVersion, engine: DiffusersEngine, trained: Trained, sha256: str) -> dict[str, Any]:
    """What lies beside an adapter and says all that made it."""
    return {
        "brand": version.learner.brand.slug,
        "kind": version.learner.kind,
        "version": version.number,
        "method": version.method,
        "config": Config.model_validate(version.config).settled(ours=engine.ours).model_dump(mode="json"),
        "dataset": version.dataset.sha256,
        "base": {"name": engine.name, "family": engine.family.slug, "weights": engine.weights_hash},
        "sha256": sha256,
        "steps": len(trained.losses),
        "chosen_step": trained.chosen_step,
        "losses": list(trained.losses),
        "validation": list(trained.validation),
    }


def metrics_of(trained: Trained) -> dict[str, Any]:
    """What pages show: the loss curve thinned, validation, time, and the most memory that this process ever took."""
    every = -(-len(trained.losses) // POINTS)
    curve = [
        [min(i + every, len(trained.losses)), sum(part) / len(part)]
        for i in range(0, len(trained.losses), every)
        if (part := trained.losses[i : i + every])
    ]
    return {
        "curve": curve,
        "validation": list(trained.validation),
        "chosen_step": trained.chosen_step,
        "seconds": round(trained.seconds, 1),
        "resumed_at": trained.resumed_at,
        "peak_gib": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20, 2),
    }


def keep_adapter(version: LearnerVersion, content: bytes, card: dict[str, Any]) -> dict[str, Any]:
    """Weights and card into the file storage, each whole or not at all; what the row is told of them."""
    sha256 = hashlib.sha256(content).hexdigest()
    stem = f"{folder_of(version)}/v{version.number}-{sha256[:10]}"
    files: dict[str, str] = {}
    try:
        files["weights"] = default_storage.save(f"{stem}.safetensors", ContentFile(content))
        text = json.dumps(card, indent=1, ensure_ascii=False)
        files["card"] = default_storage.save(f"{stem}.json", ContentFile(text.encode()))
    except OSError:
        discard(files)
        raise
    return {"files": files, "sha256": sha256}


def folder_of(version: LearnerVersion) -> str:
    return f"learners/{version.learner.brand.slug}/{version.learner.kind}"


def discard(files: dict[str, str]) -> None:
    for name in files.values():
        default_storage.delete(name)


def _keep_last_good(version: LearnerVersion, broke: TrainingBroke, adapter: Adapter, work: Path) -> None:
    """Of a run that broke: its last checkpoint as an adapter, for whoever looks into it. Nothing where there was none yet."""
    if not broke.weights:
        return
    content = adapter.save(Path(tempfile.mkdtemp(dir=work)), broke.weights).read_bytes()
    card = {"method": version.method, "dataset": version.dataset.sha256, "step": broke.step, "broke": broke.words.en}
    broke.kept = keep_adapter(version, content, card)


class _Told:
    """Progress on the row, and for whoever runs a command. Stops the work once the row is no longer ours."""

    def __init__(self, version: LearnerVersion, mine: versions.Mine, on_progress: OnProgress | None) -> None:
        self.version = version
        self.mine = mine
        self.on_progress = on_progress or (lambda *told: None)
        self.samples: list[dict[str, Any]] = list(version.samples)

    def on_picture(self, done: int, total: int) -> None:
        if not self.mine.exists():
            raise Cancelled
        self.on_progress("pictures", done, total, float("nan"))

    def on_step(self, done: int, total: int, loss: float) -> None:
        if not versions.stepped(self.mine, done):
            raise Cancelled
        self.on_progress("steps", done, total, loss)

    def on_sample(self, step: int, pictures: list[NDArray[np.uint8]]) -> None:
        from generation.rendering import as_jpeg

        for number, picture in enumerate(pictures, start=1):
            name = f"{folder_of(self.version)}/samples/{self.version.pk}-{step}-{number}.jpg"
            if not default_storage.exists(name):
                default_storage.save(name, ContentFile(as_jpeg(picture)))
            if {"step": step, "file": name} not in self.samples:
                self.samples.append({"step": step, "file": name})
        self.mine.update(samples=self.samples)


OUT_OF_MEMORY = Words(
    en="This machine ran out of memory while training. Ask for a smaller picture size or rank, or train on a larger machine.",
    zh="训练时内存不足。请减小训练图尺寸或秩，或换用更大的机器。",
)
DISK_FULL = Words(
    en="The disk is full, so the training could not be saved. Free some space and ask for it again: it goes on from its last checkpoint.",
    zh="磁盘已满，训练无法保存。请先清理空间再重新发起，将从最近的检查点继续。",
)
UNEXPECTED = Words(
    en="The training failed for a reason the studio did not foresee; its log has the details. Tell whoever runs the studio.",
    zh="训练因意外原因失败，详情见日志。请告知管理员。",
)


def _told(error: Exception) -> Words:
    if isinstance(error, OSError) and error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
        return DISK_FULL
    if type(error).__name__ == "OutOfMemoryError":  # torch's, of a card
        return OUT_OF_MEMORY
    return UNEXPECTED
