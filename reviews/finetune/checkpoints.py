"""What a run keeps to go on from: whole under its name or not there at all."""

from __future__ import annotations

import errno
import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import torch

from generation.errors import PermanentError

FILE = "checkpoint.pt"


@dataclass
class Best:
    """The weights that validation liked best so far."""

    loss: float = float("inf")
    step: int = 0
    weights: dict[str, torch.Tensor] = field(default_factory=dict)


@dataclass
class Progress:
    """How far a run is. losses: of every step; validation: [{"step", "loss", …}]; seconds: spent, over interruptions."""

    step: int = 0
    losses: list[float] = field(default_factory=list)
    validation: list[dict[str, float]] = field(default_factory=list)
    seconds: float = 0.0
    best: Best = field(default_factory=Best)


def keep(work: Path, identity: str, progress: Progress, weights: Mapping[str, Any], optimizer: Any) -> None:
    """Write the checkpoint: to a neighbour, to the disk, then under its name. PermanentError, in words, where the disk is full."""
    state = {
        "identity": identity,
        "step": progress.step,
        "losses": progress.losses,
        "validation": progress.validation,
        "seconds": progress.seconds,
        "best": {"loss": progress.best.loss, "step": progress.best.step, "weights": progress.best.weights},
        "weights": dict(weights),
        "optimizer": optimizer,
    }
    partial = work / f"{FILE}.partial"
    try:
        with partial.open("wb") as file:
            torch.save(state, file)
            file.flush()
            os.fsync(file.fileno())
        partial.replace(work / FILE)
    except (OSError, RuntimeError) as fault:  # torch tells a short write as a RuntimeError of its own
        raise full_disk(fault) from fault
    finally:
        partial.unlink(missing_ok=True)


def restore(work: Path, identity: str) -> tuple[Progress, dict[str, Any], Any] | None:
    """Progress, weights and the optimizer's state; None where there is nothing of this very run."""
    path = work / FILE
    if not path.is_file():
        return None
    state = torch.load(path, map_location="cpu", weights_only=True)
    if state["identity"] != identity:
        return None
    progress = Progress(state["step"], state["losses"], state["validation"], state["seconds"], Best(**state["best"]))
    return progress, state["weights"], state["optimizer"]


def full_disk(fault: BaseException) -> BaseException:
    """The sentence for an error of writing; errors of another kind as they are."""
    seen: BaseException | None = fault
    while seen is not None:
        if isinstance(seen, OSError) and seen.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
            return PermanentError(
                "The disk is full, so the training's state could not be saved. Free some space and ask for the training again: it "
                "goes on from its last checkpoint.",
                "磁盘已满，训练状态无法保存。请先清理空间再重新开始训练，将从最近的检查点继续。",
            )
        seen = seen.__cause__ or seen.__context__
    return fault
