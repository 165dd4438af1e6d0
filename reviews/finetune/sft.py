"""Supervised tuning: draw more like what was approved.

L = E ‖said − target‖², the denoiser's own training loss (Ho et al. 2020, arXiv 2006.11239, equation 14; for flows Lipman et al. 2023,
arXiv 2210.02747, equation 14) over approved pictures alone, as in the last step of RAFT (Dong et al. 2023, arXiv 2304.06767).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import torch

from reviews.finetune.measuring import Draw, Measurer
from reviews.finetune.sets import Example

Backward = Callable[[torch.Tensor], None]


def learn(measurer: Measurer, items: Sequence[tuple[Example, Draw]], backward: Backward) -> dict[str, float]:
    """Add the gradients of one step, one picture after the other; what it came to."""
    total = 0.0
    for example, draw in items:
        loss = measurer.error(example, draw) / len(items)
        backward(loss)
        total += float(loss.detach())
    return {"loss": total}


def judge(measurer: Measurer, items: Sequence[tuple[Example, Draw]]) -> dict[str, float]:
    """The same without learning."""
    with torch.no_grad():
        return {"loss": sum(float(measurer.error(e, d)) for e, d in items) / len(items)}
