"""What a denoiser is asked while it is trained, family by family: noised latents, a timestep, and what it should have said.

    epsilon      x_t = a·x0 + b·n    says n            (Ho et al. 2020, arXiv 2006.11239, equation 14)
    v            x_t = a·x0 + b·n    says a·n − b·x0   (Salimans and Ho 2022, arXiv 2202.00512, appendix D)
    flow         x_s = (1 − s)·x0 + s·n   says n − x0  (Lipman et al. 2023, arXiv 2210.02747; Liu et al. 2022, arXiv 2209.03003)

a² and b² are the shares of signal and noise that the scheduler's own table holds. Which of the three a checkpoint learned stands in
its scheduler; what its family usually learned, in FAMILY_SAYS, and the two are held together by a test.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import Any, Literal

import torch

Says = Literal["epsilon", "v_prediction", "flow"]

# What the published checkpoints of each family learned to say. Stable Diffusion 1.5's and XL's kin with v-prediction say so themselves.
FAMILY_SAYS: dict[str, Says] = {
    "sd15": "epsilon",
    "sdxl": "epsilon",
    "kolors": "epsilon",
    "sd3": "flow",
    "flux1": "flow",
    "flux2": "flow",
    "qwen-image": "flow",
    "z-image": "flow",
    "sana": "flow",
}
LEAST_SHARE = 0.03  # of the way from a blockout: nearer to the end nothing is left to be said


def says(scheduler: Any) -> Says:
    """What the denoiser behind this scheduler was trained to say. ValueError on a kind that none of the families has."""
    config = scheduler.config
    if type(scheduler).__name__ == "FlowMatchEulerDiscreteScheduler" or config.get("use_flow_sigmas"):
        return "flow"
    kind = config.get("prediction_type", "epsilon")
    if kind == "epsilon":
        return "epsilon"
    if kind == "v_prediction":
        return "v_prediction"
    raise ValueError(f"prediction_type {kind!r}")


@dataclass(frozen=True)
class Way:
    """From where to where a picture is denoised. From noise (strength 1), or, for a checkpoint of ours, from its blockout.

    At a strength S below 1 such a checkpoint begins at (1 − S)·blockout + S·loudness·noise, and was trained on the straight way from
    there to the picture (generation.embedded.flow); so is its adapter.
    """

    strength: float = 1.0
    loudness: float = 1.0


FROM_NOISE = Way()


@dataclass(frozen=True)
class Question:
    """latents: what the denoiser sees, before the pipeline scales it (B, C, h, w). time: its timestep. target: what it should say.
    weight: of the squared error. sigma: the scheduler's level of noise at that time."""

    latents: torch.Tensor
    time: float
    target: torch.Tensor
    weight: float
    sigma: float


def seed_of(*parts: object) -> int:
    """A seed that no other parts give: draws depend on what is drawn, not on what was drawn before, so a run can go on anywhere."""
    said = "/".join(map(str, parts)).encode()
    return int.from_bytes(hashlib.sha256(said).digest()[:7], "big")


def share(kind: Says, way: Way, seed: int) -> float:
    """How far along the way a training example stands, 0 to 1 exclusive of 0.

    Uniform, as the noise-predicting models were trained; logit-normal for flows from noise (Esser et al. 2024, arXiv 2403.03206,
    section 3.1); from a blockout uniform above LEAST_SHARE.
    """
    generator = torch.Generator().manual_seed(seed)
    if kind == "flow" and way.strength >= 1:
        return float(torch.sigmoid(torch.randn(1, generator=generator)))
    drawn = float(torch.rand(1, generator=generator))
    return max(drawn, 1e-3) if kind != "flow" else LEAST_SHARE + (1 - LEAST_SHARE) * drawn


def question(scheduler: Any, clean: torch.Tensor, base: torch.Tensor, at: float, way: Way, seed: int) -> Question:
    """What to ask about `clean` (B, C, h, w), `at` (0 to 1] of the way from its start. base: the blockouts' latents, same shape.

    The same noise for every picture of the batch: a pair is compared under one.
    """
    drawn = torch.randn(clean.shape[1:], generator=torch.Generator().manual_seed(seed), dtype=torch.float32)
    noise = drawn.to(clean).expand_as(clean)
    kind = says(scheduler)
    if kind == "flow":
        return _along_a_flow(clean, base, noise, at, way)
    steps = int(scheduler.config.num_train_timesteps)
    time = min(int(at * steps), steps - 1)
    a, b = (float(v) for v in (scheduler.alphas_cumprod[time].sqrt(), (1 - scheduler.alphas_cumprod[time]).sqrt()))
    target = noise if kind == "epsilon" else a * noise - b * clean
    # Schedulers that scale what the denoiser sees keep their latents as x0 + sigma·n.
    latents = clean + (b / a) * noise if _scales(scheduler) else a * clean + b * noise
    return Question(latents, float(time), target, 1.0, b / a)


def _along_a_flow(clean: torch.Tensor, base: torch.Tensor, noise: torch.Tensor, at: float, way: Way) -> Question:
    """Errors are weighed by the square of the strength, which brings them to the scale of the latents whatever the way's length."""
    S = way.strength
    start = (1 - S) * base + S * way.loudness * noise
    level = S * at
    return Question(at * start + (1 - at) * clean, level * 1000, (start - clean) / S, S * S, level)


def _scales(scheduler: Any) -> bool:
    return type(scheduler).__name__ in ("EulerDiscreteScheduler", "EulerAncestralDiscreteScheduler")
