"""What a process that makes pictures says of itself: which engine it holds, what its settings name that is not here, that it lives.

The row is the worker's own word (`WorkerReport`); pages read it and guess nothing from settings, which may be another host's.
"""

from __future__ import annotations

import sys
import threading
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import structlog
from django.db import DatabaseError, close_old_connections
from django.utils import timezone

from brand_styles.words import Words
from generation.errors import GenerationError
from generation.jobs import worker_name
from generation.models import WorkerReport
from generation.types import Json

if TYPE_CHECKING:
    from generation.engines.base import Engine

log = structlog.get_logger(__name__)

EVERY = 15.0  # seconds between two signs of life
SILENT_AFTER = timedelta(seconds=60)
FORGOTTEN_AFTER = timedelta(days=1)

UNFORESEEN = Words(
    en="The model could not be loaded for a reason the studio did not foresee; the worker's log has the details.",
    zh="模型因意外原因未能载入，详情见工作进程的日志。",
)


def begin() -> threading.Thread:
    """Say that this process loads its model, and from now on every few seconds that it lives. Returns the thread that does."""
    _forget_silent()
    now = timezone.now()
    _write(state="loading", started_at=now, seen_at=now, facts={}, missing=[], memory=memory())
    thread = threading.Thread(target=_beat, name="worker-report", daemon=True)
    thread.start()
    return thread


def warmed(fault: Exception | None = None) -> None:
    """Say what was loaded, or in words why nothing was. Never raises: a report that can't be written must not stop the work."""
    from generation.engines.loading import default_engine
    from generation.missing import missing_parts

    missing = missing_parts()
    facts: Json = {}
    if fault is None:
        try:
            facts = facts_of(default_engine()) | {"loaded_at": timezone.now().isoformat()}
        except Exception as error:  # whatever the engine raises, the page is told so
            fault = error
    if fault is not None:
        words = fault.words if isinstance(fault, GenerationError) else UNFORESEEN
        missing = [{"setting": "ENGINE", "en": words.en, "zh": words.zh}, *missing]
    state = "ready" if fault is None else "failed"
    _write(state=state, facts=facts, missing=missing, seen_at=timezone.now(), memory=memory())


def _beat() -> None:
    pause = threading.Event()
    while not pause.wait(EVERY):
        again = WorkerReport.objects.filter(worker=worker_name(), state="failed")
        try:
            if _holds_engine() and again.exists():
                warmed()  # the warm-up failed, but a job has loaded it since
            else:
                WorkerReport.objects.filter(worker=worker_name()).update(seen_at=timezone.now(), memory=memory())
        except DatabaseError as error:
            log.warning("worker.report_not_written", error=str(error))
        finally:
            close_old_connections()


def _holds_engine() -> bool:
    from generation.engines.loading import is_loaded

    return is_loaded()


def _write(**fields: Any) -> None:
    """Write this process's row, made where `begin` could not."""
    new = {"started_at": timezone.now(), **fields}
    try:
        WorkerReport.objects.update_or_create(worker=worker_name(), defaults=fields, create_defaults=new)
    except DatabaseError as error:
        log.warning("worker.report_not_written", error=str(error))


def _forget_silent() -> None:
    try:
        WorkerReport.objects.filter(seen_at__lt=timezone.now() - FORGOTTEN_AFTER).delete()
    except DatabaseError as error:
        log.warning("worker.report_not_written", error=str(error))


def memory() -> Json:
    """Bytes: `resident` of this process; with a CUDA device in use also `device` (held by it), `device_free` and `device_total`."""
    told: Json = {"resident": _resident()}
    torch = sys.modules.get("torch")
    if torch is not None and torch.cuda.is_available() and torch.cuda.is_initialized():
        free, total = torch.cuda.mem_get_info()
        told |= {"device": torch.cuda.memory_reserved(), "device_free": free, "device_total": total}
    return told


def _resident() -> int:
    """Resident bytes now; where the system does not tell, the most there were."""
    import resource
    from pathlib import Path

    try:
        pages = int(Path("/proc/self/statm").read_text().split()[1])
    except (OSError, ValueError, IndexError):
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    return pages * resource.getpagesize()


def facts_of(engine: Engine) -> Json:
    """What the loaded engine is, as JSON. An engine that holds no checkpoint of diffusers tells its name and hash only."""
    from generation.engines.diffusers_engine import DiffusersEngine

    facts: Json = {"name": engine.name, "weights": engine.weights_hash}
    if not isinstance(engine, DiffusersEngine):
        return facts
    checkpoint, family = engine.checkpoint, engine.family
    licence, unused = (checkpoint.variant or family).licence, checkpoint.card.unused
    return facts | {
        "family": family.slug,
        "variant": checkpoint.variant.name if checkpoint.variant else "",
        "ours": engine.ours,
        "licence": checkpoint.card.license if engine.ours else licence.name,
        "parameters": _parameters(engine),
        "device": engine.device,
        "device_name": _device_name(engine.device),
        "threads": checkpoint.card.threads,
        "dtype": str(engine.dtype).removeprefix("torch."),
        "area": engine.area,
        "control": engine.control_map or ("dense" if engine.ours else ""),
        "refiner": engine.refiner is not None,
        "unused": unused.model_dump() if unused and engine.options.strength is None else None,
        "safety_checker": str(engine.checker.notes.get("safety_checker", "")),
        "spared": list(engine.sampler.thrift.taken),
        **_beside(engine),
    }


def _beside(engine: Any) -> Json:
    """What the settings put beside the weights: the style adapter, LoRAs by brand, and the card that lies with the checkpoint."""
    from django.conf import settings

    from generation.engines.cards import card_beside

    card = card_beside(engine.checkpoint.source)
    return {
        "style_adapter": engine.options.style_adapter.rstrip("/").rpartition("/")[2],
        "loras": [part.strip() for part in settings.ENGINE_LORAS.split(",") if part.strip()],
        "setting": settings.ENGINE,
        "card": card,
    }


def _parameters(engine: Any) -> int:
    """Weights in all parts of the pipeline."""
    import torch

    parts = [part for part in engine.sampler.pipe.components.values() if isinstance(part, torch.nn.Module)]
    return sum(weight.numel() for part in parts for weight in part.parameters())


def _device_name(device: str) -> str:
    """The card's name, or how many processors there are."""
    import os

    import torch

    if device.startswith("cuda"):
        return str(torch.cuda.get_device_name())
    return f"{os.cpu_count()} × CPU"
