"""What was learnt from reviews, on its way into pictures: which version of each kind a brand has in use, pinned in the plan, read back.

The review room decides what is in use (`use`, `drop`, inside its own transaction). A variant is drawn with what was in use when it was
planned, whatever is promoted or rolled back since: all its formats are of one kind, and its recipe can be drawn again.
"""

from __future__ import annotations

import hashlib
import os
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import structlog
from django.conf import settings
from django.core.files.storage import default_storage
from django.utils import timezone
from pydantic import BaseModel, ValidationError

from generation.errors import PermanentError
from generation.models import Learned
from generation.planning.plan import CreativePlan, Lock, Origin, Pin

if TYPE_CHECKING:
    from collections.abc import Collection

    from generation.engines.base import Lora
    from generation.layout.taste import LayoutTaste
    from generation.planning.prior import ScenePrior

log = structlog.get_logger(__name__)

Read = TypeVar("Read", bound=BaseModel)
ADAPTER, SCENE_PRIOR, LAYOUT_TASTE = "adapter", "scene_prior", "layout_taste"
# Which lock of a picture that another is made from holds what a kind had a part in.
HELD_BY: dict[str, Lock] = {ADAPTER: "scene", SCENE_PRIOR: "scene", LAYOUT_TASTE: "layout"}


def use(*, brand_id: int, pin: Pin) -> Learned:
    """From now on the brand's variants are planned with this version of its kind."""
    row = Learned.objects.filter(brand=brand_id, kind=pin.kind).first() or Learned(brand_id=brand_id, kind=pin.kind)
    row.number, row.file, row.sha256, row.base, row.scale = pin.number, pin.file, pin.sha256, pin.base, pin.scale
    row.since = timezone.now()
    row.full_clean()
    row.save()
    return row


def drop(*, brand_id: int, kind: str) -> bool:
    """From now on the brand's variants are planned without any of this kind. False where none was in use."""
    return bool(Learned.objects.filter(brand=brand_id, kind=kind).delete()[0])


def in_use(brand_id: int) -> tuple[Pin, ...]:
    """What the brand has in use, one of a kind at most, in the order of their kinds."""
    rows = Learned.objects.filter(brand=brand_id).order_by("kind")
    return tuple(
        Pin(kind=r.kind, number=r.number, file=r.file, sha256=r.sha256, base=r.base, scale=r.scale) for r in rows
    )


def inherited(parent: CreativePlan, now: Collection[Pin], origin: Origin) -> tuple[Pin, ...]:
    """The pins of a variant that is made from `parent`: of what a kind had a part in and a person holds, the parent's; else those in use.

    A scene that is held is drawn from the parent's seed and must come out as it was, so it wears what the parent wore. "More like this"
    stands in the parent's set and light, so what chose them is the parent's too.
    """
    held = {kind for kind, lock in HELD_BY.items() if lock in origin.kept} | (
        {SCENE_PRIOR} if origin.way == "like" else set()
    )
    found = {pin.kind: pin for pin in now if pin.kind not in held}
    found |= {pin.kind: pin for pin in parent.learners if pin.kind in held}
    return tuple(found[kind] for kind in sorted(found))


def prior_of(pins: Collection[Pin]) -> ScenePrior | None:
    """The scene prior among the pins. PermanentError as `content_of`, or where the file is none."""
    from generation.planning.prior import ScenePrior

    return _read(pins, SCENE_PRIOR, ScenePrior)


def taste_of(pins: Collection[Pin]) -> LayoutTaste | None:
    """The taste in layouts among the pins. PermanentError as `content_of`, or where the file is none."""
    from generation.layout.taste import LayoutTaste

    return _read(pins, LAYOUT_TASTE, LayoutTaste)


def _read(pins: Collection[Pin], kind: str, model: type[Read]) -> Read | None:
    pin = next((pin for pin in pins if pin.kind == kind), None)
    if pin is None:
        return None
    try:
        return model.model_validate_json(content_of(pin))
    except ValidationError as fault:
        log.error("learner.unreadable", kind=kind, number=pin.number, error=str(fault)[:500])
        raise PermanentError(
            f"The file of learner {kind} {pin.number} can't be read: it was written by another version of the studio. Roll it back and "
            "train it anew.",
            f"无法读取学习版本 {kind} {pin.number} 的文件：由其他版本写成。请回退并重新训练。",
        ) from None


def loras_of(pins: Collection[Pin]) -> tuple[Lora, ...]:
    """The adapters among the pins as the engine reads them: files on this machine. PermanentError as `content_of`."""
    from generation.engines.base import Lora

    return tuple(Lora(str(local_file(pin)), pin.scale, pin.base) for pin in pins if pin.kind == ADAPTER)


def local_file(pin: Pin) -> Path:
    """The pinned weights on this machine's disk, copied from the file storage once. PermanentError as `content_of`."""
    folder: Path = settings.VAR_DIR / "learners" / "worn"
    path = folder / f"{pin.kind}-{pin.number}-{pin.sha256[:16]}{Path(pin.file).suffix}"
    if path.is_file() and _sha256(path.read_bytes()) == pin.sha256:
        return path
    content = content_of(pin)
    folder.mkdir(parents=True, exist_ok=True)
    partial = path.with_name(f".{path.name}.{os.getpid()}.partial")
    try:
        partial.write_bytes(content)
        partial.replace(path)
    finally:
        partial.unlink(missing_ok=True)
    return path


def content_of(pin: Pin) -> bytes:
    """The pinned file from the storage. PermanentError, in words, where it is gone or not the one that was pinned."""
    try:
        with default_storage.open(pin.file) as file:
            content: bytes = file.read()
    except OSError:
        raise PermanentError(
            f"The file of learner {pin.kind} {pin.number}, with which this was planned, is gone from the storage. Make the picture "
            "anew from its brief.",
            f"规划该图时所用的学习版本 {pin.kind} {pin.number} 的文件已不存在。请从简报重新制作。",
        ) from None
    if _sha256(content) != pin.sha256:
        raise PermanentError(
            f"The file of learner {pin.kind} {pin.number} is not the one that was promoted: it was changed since. Roll back, then "
            "make the picture anew from its brief.",
            f"学习版本 {pin.kind} {pin.number} 的文件在启用后被改动。请先回退，再从简报重新制作。",
        )
    return content


def _sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
