"""How far the denoiser is from each picture, trained and as it was: what every method's loss is made of."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass

import numpy as np
import torch

from generation.engines.diffusers_engine import DiffusersEngine
from generation.engines.sampling import on_threads
from reviews.finetune.config import Config
from reviews.finetune.lora import Adapter, attach
from reviews.finetune.objective import FROM_NOISE, Way, question, says, seed_of, share
from reviews.finetune.predicting import Predictor
from reviews.finetune.sets import Example, Item, pictures_of

SHARES = (0.125, 0.375, 0.625, 0.875)  # of the way, at which validation looks


@dataclass(frozen=True)
class Draw:
    """Where on its way a picture is looked at, and under which noise. The pictures of a pair share both."""

    at: float
    seed: int


@dataclass(frozen=True)
class Latents:
    """clean: of the picture, base: of its blockout, each (1, C, h, w)."""

    clean: torch.Tensor
    base: torch.Tensor


class Measurer:
    """An engine with an adapter on it. Every picture is encoded once and kept.

    Use it inside `with measurer.threads():`, on as many threads as the checkpoint's card says: another count gives another last bit.
    """

    def __init__(self, engine: DiffusersEngine, config: Config) -> None:
        self.engine = engine
        self.config = config = config.settled(ours=engine.ours)
        self.predictor = Predictor(engine)
        self.way = way_of(engine, config)
        self.adapter: Adapter = attach(self.predictor, config.rank, config.alpha, seed_of(config.seed, "adapter"))
        self._latents: dict[str, Latents] = {}

    def threads(self) -> AbstractContextManager[None]:
        return on_threads(self.engine.sampler.threads)

    def draw(self, *of: object) -> Draw:
        """A place on the way and a noise for whatever `of` names, always the same ones."""
        kind = says(self.predictor.scheduler)
        return Draw(
            share(kind, self.way, seed_of(self.config.seed, *of, "at")), seed_of(self.config.seed, *of, "noise")
        )

    def fixed_draws(self, item: Item) -> list[Draw]:
        """The places at which validation looks at an item, in every run."""
        return [Draw(at, seed_of("validation", item.key, at)) for at in SHARES]

    def error(self, example: Example, draw: Draw) -> torch.Tensor:
        """Mean squared error with the adapter on, a scalar with its gradient."""
        kept = self._encoded(example)
        asked = question(self.predictor.scheduler, kept.clean, kept.base, draw.at, self.way, draw.seed)
        return self.predictor.error(example.job(), asked)

    def reference(self, example: Example, draw: Draw) -> float:
        """The same with the adapter off: what the base says."""
        with self.adapter.without():
            return float(self.error(example, draw))

    def forget(self) -> None:
        """Take the adapter off the engine."""
        self.adapter.detach()

    def _encoded(self, example: Example) -> Latents:
        if example.key not in self._latents:
            target, base = (_pixels(p) for p in (example.target, example.blockout.rgb))
            self._latents[example.key] = Latents(self.predictor.latents(target), self.predictor.latents(base))
        return self._latents[example.key]


def way_of(engine: DiffusersEngine, config: Config) -> Way:
    """From where the engine's pictures begin that will wear the adapter: see objective.Way."""
    if not engine.ours:
        return FROM_NOISE
    card, asked = engine.checkpoint.card, engine.options.strength
    strength = config.strength or asked or card.strength
    return Way(strength, card.noise) if strength < 1 else FROM_NOISE


def _pixels(picture: np.ndarray) -> torch.Tensor:
    return torch.from_numpy(np.ascontiguousarray(picture)).permute(2, 0, 1)[None].float() / 255


def examples_of(items: Sequence[Item]) -> list[Example]:
    return [example for item in items for example in pictures_of(item)]
