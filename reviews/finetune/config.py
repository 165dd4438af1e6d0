"""How an adapter is trained: what may be asked for, and what is taken where it isn't. Nothing here imports torch."""

from __future__ import annotations

import hashlib
import json
from enum import StrEnum
from math import cos, pi

from pydantic import Field

from brand_styles.frozen import Frozen

WORDS_OF_METHOD = {
    "sft": ("supervised tuning on approved pictures", "以通过的图片做监督微调"),
    "kto": ("Diffusion-KTO on single verdicts", "以单张结论做 Diffusion-KTO"),
    "dpo": ("Diffusion-DPO on pairs", "以成对比较做 Diffusion-DPO"),
}


LR = 1e-4
LR_OF_OURS = 1e-3  # in 60 steps of 1e-4 a plain tint was hardly begun to be learned, in 60 of this it was


class Method(StrEnum):
    SFT = "sft"
    KTO = "kto"
    DPO = "dpo"


class Config(Frozen):
    """One run, whole: the same config, dataset, weights and machine give the same adapter to the last bit.

    steps: optimizer steps of `batch` examples (pairs for DPO) each. rank, alpha: of the LoRA (Hu et al. 2021, arXiv 2106.09685): its
    update is scaled by alpha / rank. lr: the highest learning rate
    (None: what suits the model, see `settled`), reached after `warmup` steps and falling to a tenth along a cosine.
    beta: how strongly preference methods are held to the base (both papers use 5000 with the mean square error of an element).
    desirable, undesirable: KTO's weights of the two kinds of verdicts; 0 weighs them so that both kinds count alike. area: pixels of
    a training picture. strength: how far from the blockout a checkpoint of ours is trained; None is its card's. validate_every,
    sample_every, checkpoint_every: steps; 0 for never. validation: most examples that the validation loss looks at. clip: the
    gradient's greatest norm.
    """

    method: Method
    steps: int = Field(default=300, ge=1, le=100_000)
    batch: int = Field(default=4, ge=1, le=256)
    rank: int = Field(default=8, ge=1, le=256)
    alpha: float = Field(default=8.0, gt=0)
    lr: float | None = Field(default=None, gt=0, le=1)
    warmup: int = Field(default=10, ge=0)
    weight_decay: float = Field(default=0.01, ge=0)
    clip: float = Field(default=1.0, gt=0)
    beta: float = Field(default=5000.0, gt=0)
    desirable: float = Field(default=0.0, ge=0)
    undesirable: float = Field(default=0.0, ge=0)
    area: int = Field(default=256 * 256, ge=64 * 64, le=2048 * 2048)
    strength: float | None = Field(default=None, gt=0, le=1)
    seed: int = Field(default=0, ge=0)
    checkpoint_every: int = Field(default=25, ge=0)
    validate_every: int = Field(default=50, ge=0)
    sample_every: int = Field(default=100, ge=0)
    validation: int = Field(default=16, ge=1)

    def digest(self) -> str:
        """SHA-256 of what decides the weights, first 16 hex digits. How often something is saved or shown decides nothing."""
        said = self.model_dump(mode="json", exclude={"checkpoint_every", "sample_every"})
        return hashlib.sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()[:16]

    def rate(self, step: int) -> float:
        """The learning rate of the step from 0."""
        highest = self.lr or LR
        if step < self.warmup:
            return highest * (step + 1) / self.warmup
        along = (step - self.warmup) / max(self.steps - self.warmup, 1)
        return highest * (0.55 + 0.45 * cos(pi * along))

    def settled(self, *, ours: bool) -> Config:
        """With the learning rate that suits the model where none was asked for. ours: the small built-in checkpoint, or its like."""
        return self if self.lr is not None else self.model_copy(update={"lr": LR_OF_OURS if ours else LR})
