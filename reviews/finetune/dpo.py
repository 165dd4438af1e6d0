"""Diffusion-DPO: be nearer to the preferred picture of a pair than the base is, and farther from the other.

    L = −log σ(−β/2 · [(‖n_w − said_w‖² − ‖n_w − base_w‖²) − (‖n_l − said_l‖² − ‖n_l − base_l‖²)])

Wallace et al. 2023, arXiv 2311.12908, equation 14, with T·ω(λ) taken into β and the mean over elements for the norm, as in the authors'
published training script (beta 5000); one timestep and one noise for both pictures. For flows the error is the velocity's, as in
Flow-DPO (Liu et al. 2025, arXiv 2501.13918, with a constant weight).
"""

from __future__ import annotations

from collections.abc import Sequence

import torch
import torch.nn.functional as F  # noqa: N812 - its name everywhere

from reviews.finetune.measuring import Draw, Measurer
from reviews.finetune.sets import Pair
from reviews.finetune.sft import Backward


def loss_of(
    winner: torch.Tensor, loser: torch.Tensor, base_winner: float, base_loser: float, beta: float
) -> tuple[torch.Tensor, torch.Tensor]:
    """The loss of one pair from its four errors, and its margin: above 0 where the adapter ranks the pair as people did."""
    margin = -0.5 * beta * ((winner - base_winner) - (loser - base_loser))
    return -F.logsigmoid(margin), margin


def learn(measurer: Measurer, items: Sequence[tuple[Pair, Draw]], backward: Backward) -> dict[str, float]:
    """Add the gradients of one step, one pair after the other; what it came to."""
    losses, margins = [], []
    for pair, draw in items:
        loss, margin = _loss(measurer, pair, draw)
        backward(loss / len(items))
        losses.append(float(loss.detach()))
        margins.append(float(margin.detach()))
    return _told(losses, margins)


def judge(measurer: Measurer, items: Sequence[tuple[Pair, Draw]]) -> dict[str, float]:
    """The same without learning."""
    with torch.no_grad():
        found = [_loss(measurer, pair, draw) for pair, draw in items]
    return _told([float(loss) for loss, _ in found], [float(margin) for _, margin in found])


def _loss(measurer: Measurer, pair: Pair, draw: Draw) -> tuple[torch.Tensor, torch.Tensor]:
    base_winner, base_loser = (measurer.reference(e, draw) for e in (pair.winner, pair.loser))
    winner, loser = (measurer.error(e, draw) for e in (pair.winner, pair.loser))
    return loss_of(winner, loser, base_winner, base_loser, measurer.config.beta)


def _told(losses: list[float], margins: list[float]) -> dict[str, float]:
    """A margin of 0 is neither right nor wrong."""
    right = [0.5 if m == 0 else float(m > 0) for m in margins]
    return {"loss": sum(losses) / len(losses), "accuracy": sum(right) / len(right)}
