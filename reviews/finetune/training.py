"""The loop: batches drawn by number, gradients one picture at a time, and a state from which it goes on to the same weights."""

from __future__ import annotations

import hashlib
import math
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import torch
from accelerate import Accelerator
from numpy.typing import NDArray

from generation.errors import PermanentError
from reviews.finetune import dpo, kto, sft
from reviews.finetune.checkpoints import Progress, keep, restore
from reviews.finetune.config import Config, Method
from reviews.finetune.measuring import Draw, Measurer, examples_of
from reviews.finetune.objective import seed_of
from reviews.finetune.sets import Example, Item, TrainingSet

SHOWN = 2  # sample pictures at a time

# steps done, steps in all, the loss of the latest. Raises Cancelled to stop the run.
OnStep = Callable[[int, int, float], None]
# the step and its pictures, uint8 (h, w, 3)
OnSample = Callable[[int, list[NDArray[np.uint8]]], None]


class TrainingBroke(PermanentError):
    """The loss is no number any more. `weights`: those of the last good checkpoint, at `step`; empty where there was none.

    `kept`: where whoever ran the training put them.
    """

    def __init__(self, at: int, step: int, weights: dict[str, torch.Tensor]) -> None:
        kept = (f"The weights of step {step} are kept.", f"已保留第 {step} 步的权重。") if weights else ("", "")
        super().__init__(
            f"The training broke at step {at}: its loss is no number any more. {kept[0]} Try a smaller learning rate.",
            f"训练在第 {at} 步中断：损失已不是有效数值。{kept[1]}请降低学习率再试。",
        )
        self.step = step
        self.weights = weights
        self.kept: dict[str, Any] = {}


@dataclass
class Watch:
    """Who is told of a run."""

    on_step: OnStep = lambda done, steps, loss: None
    on_sample: OnSample | None = None


@dataclass(frozen=True)
class Trained:
    """What came of a run. weights: those that validation liked best, or the last ones where nothing watched; chosen_step: theirs."""

    weights: dict[str, torch.Tensor]
    chosen_step: int
    losses: tuple[float, ...]
    validation: tuple[dict[str, float], ...]
    seconds: float
    resumed_at: int = 0
    notes: dict[str, Any] = field(default_factory=dict)


def train(measurer: Measurer, given: TrainingSet, work: Path, watch: Watch | None = None) -> Trained:
    """Train the measurer's adapter, or go on where a run of the same config, dataset and weights was stopped in `work`.

    Raises what watch.on_step raises; TrainingBroke; PermanentError on a full disk. The checkpoint stays behind in each case.
    """
    work.mkdir(parents=True, exist_ok=True)
    with measurer.threads():
        return _Run(measurer, given, work, watch or Watch()).whole()


class _Run:
    def __init__(self, measurer: Measurer, given: TrainingSet, work: Path, watch: Watch) -> None:
        self.measurer, self.config, self.given = measurer, measurer.config, given
        self.work, self.watch = work, watch
        config = self.config
        self.accelerator = Accelerator(cpu=measurer.engine.device == "cpu")
        self.weights = measurer.adapter.weights
        plain = torch.optim.AdamW(self.weights, lr=config.rate(0), weight_decay=config.weight_decay)
        self.optimizer = self.accelerator.prepare(plain)
        told = (config.digest(), given.name, measurer.engine.weights_hash, measurer.way)
        self.identity = hashlib.sha256(repr(told).encode()).hexdigest()
        self.learn, self.judge = _method(config, examples_of(given.train))
        self.watching: list[tuple[Item, Draw]] = [
            (item, draw) for item in given.validation[: config.validation] for draw in measurer.fixed_draws(item)
        ]
        self.progress = self._restored()
        self.resumed_at = self.progress.step
        self.begun = time.monotonic() - self.progress.seconds

    def whole(self) -> Trained:
        steps = self.config.steps
        if not self.progress.step and self.config.validate_every:
            self._look(0)
        while self.progress.step < steps:
            loss = self._step(self.progress.step)
            self.progress.step += 1
            self._after(self.progress.step, last=self.progress.step == steps)
            self.watch.on_step(self.progress.step, steps, loss)
        best, progress = self.progress.best, self.progress
        chosen = (best.weights, best.step) if best.weights else (self.measurer.adapter.state(), progress.step)
        return Trained(*chosen, tuple(progress.losses), tuple(progress.validation), progress.seconds, self.resumed_at)

    def _step(self, step: int) -> float:
        for group in self.optimizer.param_groups:
            group["lr"] = self.config.rate(step)
        self.optimizer.zero_grad(set_to_none=True)
        told: dict[str, float] = self.learn(self.measurer, self._batch(step), self.accelerator.backward)
        norm = self.accelerator.clip_grad_norm_(self.weights, self.config.clip)
        if not (math.isfinite(told["loss"]) and math.isfinite(float(norm))):
            raise self._broke(step + 1)
        self.optimizer.step()
        self.progress.losses.append(told["loss"])
        return told["loss"]

    def _batch(self, step: int) -> list[tuple[Item, Draw]]:
        """The items of a step: every one once before any comes again, in an order that the seed and the round decide."""
        config, items = self.config, self.given.train
        found = []
        for i in range(config.batch):
            number = step * config.batch + i
            turn, place = divmod(number, len(items))
            order = np.random.default_rng(seed_of(config.seed, "order", turn)).permutation(len(items))
            found.append((items[order[place]], self.measurer.draw("step", number)))
        return found

    def _after(self, step: int, *, last: bool) -> None:
        """Look, show and keep, each when its time has come."""
        due = partial(_due, step, last)
        if due(self.config.validate_every):
            self._look(step)
        self.progress.seconds = time.monotonic() - self.begun
        if due(self.config.checkpoint_every):
            self._keep()
        if self.watch.on_sample is not None and due(self.config.sample_every):
            self.watch.on_sample(step, self._samples())

    def _look(self, step: int) -> None:
        """The validation loss, and the weights where it was never lower. Untrained weights are no result."""
        if not self.watching:
            return
        told = self.judge(self.measurer, self.watching)
        self.progress.validation.append({"step": step, **told})
        if step and told["loss"] < self.progress.best.loss:
            best = self.progress.best
            best.loss, best.step, best.weights = told["loss"], step, self.measurer.adapter.state()

    def _samples(self) -> list[NDArray[np.uint8]]:
        from dataclasses import replace

        shown: Sequence[Example] = examples_of([*self.given.validation, *self.given.train])[:SHOWN]
        strength = self.measurer.way.strength
        requests = [replace(e.job().request, strength=strength) for e in shown]
        return [p.rgb for p in self.measurer.engine.diffuse(requests)]

    def _keep(self) -> None:
        keep(self.work, self.identity, self.progress, self.measurer.adapter.state(), self.optimizer.state_dict())

    def _restored(self) -> Progress:
        found = restore(self.work, self.identity)
        if found is None:
            return Progress()
        progress, weights, optimizer = found
        self.measurer.adapter.load(weights)
        self.optimizer.load_state_dict(optimizer)
        return progress

    def _broke(self, at: int) -> TrainingBroke:
        found = restore(self.work, self.identity)
        return TrainingBroke(at, found[0].step, found[1]) if found else TrainingBroke(at, 0, {})


def _due(step: int, last: bool, every: int) -> bool:
    return every > 0 and (last or step % every == 0)


def _method(config: Config, examples: Sequence[Example]) -> tuple[Callable[..., Any], Callable[..., Any]]:
    """How a method learns from a batch, and how it judges one."""
    if config.method is Method.SFT:
        return sft.learn, sft.judge
    if config.method is Method.DPO:
        return dpo.learn, dpo.judge
    liked = sum(e.desirable for e in examples)
    weights = kto.weights_of(config, liked, len(examples) - liked)
    return partial(kto.learn, weights=weights), partial(kto.judge, weights=weights)
