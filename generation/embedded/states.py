"""What a training run keeps: time spent, averaged weights, files to go on from."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

import numpy as np
import torch

SAVE_EVERY = 120.0  # seconds


class Clock:
    """Wall and CPU seconds of a stage, kept over interruptions."""

    def __init__(self, minutes: float, wall: float = 0.0, cpu: float = 0.0) -> None:
        self.budget = minutes * 60
        self.before = (wall, cpu)
        self.begun = (time.monotonic(), time.process_time())
        self.saved = time.monotonic()

    @property
    def wall(self) -> float:
        return self.before[0] + time.monotonic() - self.begun[0]

    @property
    def cpu(self) -> float:
        return self.before[1] + time.process_time() - self.begun[1]

    @property
    def share(self) -> float:
        return min(self.wall / self.budget, 1.0)

    def time_to_save(self) -> bool:
        if time.monotonic() - self.saved < SAVE_EVERY:
            return False
        self.saved = time.monotonic()
        return True


class Average:
    """Exponential moving average of weights; slower as training goes on."""

    def __init__(self, weights: list[torch.nn.Parameter]) -> None:
        self.weights = weights
        self.kept = [w.detach().clone() for w in weights]

    def update(self, step: int) -> None:
        decay = min(0.996, (step + 1) / (step + 20))
        with torch.no_grad():
            torch._foreach_lerp_(self.kept, [w.detach() for w in self.weights], 1 - decay)

    def apply(self) -> None:
        """Overwrite the weights by their average."""
        with torch.no_grad():
            for weight, average in zip(self.weights, self.kept, strict=True):
                weight.copy_(average)

    def state_dict(self) -> dict[str, Any]:
        return {"kept": self.kept}

    def load_state_dict(self, state: dict[str, Any]) -> None:
        for mine, other in zip(self.kept, state["kept"], strict=True):
            mine.copy_(other)


def set_rate(optimizer: torch.optim.Optimizer, top: float, share: float, step: int) -> None:
    """A short rise, a plateau, and a cosine fall over the last two thirds of the budget."""
    fall = 0.5 + 0.5 * np.cos(np.pi * max(0.0, (share - 1 / 3) * 1.5))
    for group in optimizer.param_groups:
        group["lr"] = float(top * min(1.0, (step + 1) / 100) * max(fall, 0.01))


def step_down(optimizer: torch.optim.Optimizer, loss: torch.Tensor, weights: list[torch.nn.Parameter]) -> None:
    optimizer.zero_grad(set_to_none=True)
    loss.backward()  # type: ignore[no-untyped-call]
    torch.nn.utils.clip_grad_norm_(weights, 1.0)
    optimizer.step()


class Mean:
    """A mean since the last look."""

    def __init__(self) -> None:
        self.values: list[float] = []

    def add(self, value: float) -> None:
        self.values.append(value)

    def take(self) -> float:
        mean = float(np.mean(self.values))
        self.values.clear()
        return mean


def keep(path: Path, clock: Clock, step: int, **parts: Any) -> None:
    """Whole or not at all."""
    state = {name: part.state_dict() for name, part in parts.items()}
    partial = path.with_suffix(".partial")
    torch.save({"step": step, "wall": clock.wall, "cpu": clock.cpu, "parts": state}, partial)
    partial.replace(path)


def restore(path: Path, parts: dict[str, Any], device: str) -> dict[str, Any]:
    """Load what was kept into `parts`; empty where nothing was."""
    if not path.exists():
        return {}
    state: dict[str, Any] = torch.load(path, map_location=device, weights_only=True)
    for name, part in parts.items():
        part.load_state_dict(state["parts"][name])
    return state
