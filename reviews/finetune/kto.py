"""Diffusion-KTO: learn from single verdicts, no pairs and no reward model.

    d = −β/2 · (‖n − said‖² − ‖n − base‖²)      how much likelier the picture became, as in Diffusion-DPO
    z = max(0, mean of d over the batch)         how far the model has moved on the whole
    L = E w · (1 − σ(±(d − z)))                  + for desirable pictures, − for undesirable ones

Li et al. 2024, arXiv 2404.04465, section 4, with the Kahneman-Tversky utility (a sigmoid); the reference point z is estimated over
the batch and not differentiated, as in KTO (Ethayarajh et al. 2024, arXiv 2402.01306, section 4). The weights w balance the two kinds
of verdicts (ibid.): approvals and rejections are rarely as many.
"""

from __future__ import annotations

from collections.abc import Sequence

import torch

from reviews.finetune.config import Config
from reviews.finetune.measuring import Draw, Measurer
from reviews.finetune.sets import Example
from reviews.finetune.sft import Backward


def weights_of(config: Config, desirable: int, undesirable: int) -> tuple[float, float]:
    """Of desirable and undesirable pictures: what the config says, else such that both kinds count alike and the mean is 1."""
    total = desirable + undesirable
    return (
        config.desirable or total / (2 * max(desirable, 1)),
        config.undesirable or total / (2 * max(undesirable, 1)),
    )


def gained(error: torch.Tensor, base: float, beta: float) -> torch.Tensor:
    """d of the formula above."""
    return -0.5 * beta * (error - base)


def loss_of(gain: torch.Tensor, moved: float, desirable: bool, weight: float) -> torch.Tensor:
    sign = 1.0 if desirable else -1.0
    return weight * (1 - torch.sigmoid(sign * (gain - moved)))


def learn(
    measurer: Measurer, items: Sequence[tuple[Example, Draw]], backward: Backward, weights: tuple[float, float]
) -> dict[str, float]:
    """Add the gradients of one step. Every picture is seen twice, first to learn how far the model has moved, so that only one
    picture's activations are held at a time."""
    bases = [measurer.reference(e, d) for e, d in items]
    beta = measurer.config.beta
    with torch.no_grad():
        gains = [float(gained(measurer.error(e, d), b, beta)) for (e, d), b in zip(items, bases, strict=True)]
    moved = _moved(gains)
    losses = []
    for (example, draw), base in zip(items, bases, strict=True):
        gain = gained(measurer.error(example, draw), base, beta)
        loss = loss_of(gain, moved, example.desirable, weights[0 if example.desirable else 1])
        backward(loss / len(items))
        losses.append(float(loss.detach()))
    return _told(items, gains, losses)


def judge(measurer: Measurer, items: Sequence[tuple[Example, Draw]], weights: tuple[float, float]) -> dict[str, float]:
    """The same without learning."""
    beta = measurer.config.beta
    with torch.no_grad():
        gains = [float(gained(measurer.error(e, d), measurer.reference(e, d), beta)) for e, d in items]
    moved = _moved(gains)
    losses = [
        float(loss_of(torch.tensor(gain), moved, e.desirable, weights[0 if e.desirable else 1]))
        for gain, (e, _) in zip(gains, items, strict=True)
    ]
    return _told(items, gains, losses)


def _moved(gains: Sequence[float]) -> float:
    return max(0.0, sum(gains) / len(gains))


def _told(items: Sequence[tuple[Example, Draw]], gains: Sequence[float], losses: Sequence[float]) -> dict[str, float]:
    """accuracy: how many moved the way their verdict asks; one that didn't move counts half."""
    right = [0.5 if g == 0 else float((g > 0) == e.desirable) for g, (e, _) in zip(gains, items, strict=True)]
    return {"loss": sum(losses) / len(losses), "accuracy": sum(right) / len(right)}
