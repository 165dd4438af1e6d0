"""Flow matching from noise and from the blockout: the batches, the way and the loss."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import torch
import torch.nn.functional as F  # noqa: N812 - its name everywhere
from numpy.typing import NDArray

from generation.embedded.data import Examples, flipped, mirrored

HINT = 0.5  # weight of the embedding's own loss
STRENGTH = 0.15  # about twice the deviation of what the slow tier adds, in latents
LIGHT = 10.0  # brings the difference between the tiers' latents to the scale of the latents

# slow latents, fast latents, control maps, weights of the latents (B, 1, h, w), token ids
Batch = tuple[torch.Tensor, torch.Tensor, torch.Tensor, torch.Tensor, torch.Tensor]


def noised(slow: torch.Tensor, fast: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
    """Latents on the way from a start to the slow tier, their level s (B,) and the velocity to learn.

    The start is what a pipeline begins with at strength S: (1 − S)·fast + S·noise. A straight way from there (rectified flow, Liu
    et al. 2022) passes s·noise + s/S·(1 − S)·fast + (1 − s/S)·slow with velocity (start − slow)/S; S = 1 is the usual flow from
    noise. One sample in eight comes from noise, with s from a logit-normal (Esser et al. 2024); the others come from the
    blockout, most at the low `STRENGTH`: there the velocity is light over S, and little is lost where the model is unsure. Half of
    those have no noise at all: the light is then read off the blockout alone, the same whatever the seed.
    """
    count = slow.shape[0]
    kind = torch.rand(count)
    from_noise = kind < 1 / 8
    other = torch.where(kind < 1 / 4, 0.3 + 0.5 * torch.rand(count), torch.full((count,), STRENGTH))
    strength = torch.where(from_noise, torch.ones(count), other)
    share = torch.where(from_noise, torch.sigmoid(torch.randn(count) + 0.4), 1 - torch.rand(count) ** 1.5 * 0.97)
    loud = (from_noise | (torch.rand(count) < 1 / 2)).float()
    S, along, loud = (v.to(slow).view(-1, 1, 1, 1) for v in (strength, share, loud))
    start = (1 - S) * fast + S * loud * torch.randn_like(slow)
    return along * start + (1 - along) * slow, (strength * share).to(slow), (start - slow) / S


def diffusion_loss(parts: dict[str, Any], batch: Batch) -> torch.Tensor:
    """Mean squared error of the velocity, and of the embedding's own guess, where the target is to be believed."""
    clean, fast, maps, weight, ids = batch
    noisy, levels, wanted = noised(clean, fast)
    times = levels * 1000
    text = parts["text_encoder"](ids)[0]
    seen: list[torch.Tensor] = []
    watch = parts["controlnet"].controlnet_cond_embedding.register_forward_hook(lambda m, i, out: seen.append(out))
    down, middle = parts["controlnet"](noisy, times, text, maps, return_dict=False)
    velocity = parts["unet"](
        noisy, times, text, down_block_additional_residuals=down, mid_block_additional_residual=middle
    ).sample
    watch.remove()
    guess, known = parts["hint"](seen[0]), torch.cat([clean, (clean - fast) * LIGHT], 1)
    return _error(velocity, wanted, weight) + HINT * _error(guess, known, weight)


def _error(given: torch.Tensor, wanted: torch.Tensor, weight: torch.Tensor) -> torch.Tensor:
    return ((given - wanted).square() * weight).mean()


def hint_of(pipe: Any) -> torch.nn.Module:
    """A throw-away layer that reads the slow tier's latents, and their difference to the fast tier's, off the ControlNet's
    embedding of the maps: it teaches the embedding at once what the noise would teach it slowly."""
    return torch.nn.Conv2d(pipe.unet.config.block_out_channels[0], 2 * pipe.unet.config.in_channels, 1)


def latent_batches(
    examples: Examples, latents: list[torch.Tensor], tokenizer: Any, crop: int, batch: int, seed: int, device: str
) -> Iterator[Batch]:
    """Endless batches of crops aligned to the latents (of `encode_both_ways`); captions dropped one time in ten, the
    blockout's picture likewise."""
    rng = np.random.default_rng(seed)
    side = crop // 8
    while True:
        rows = [_aligned_crop(examples, latents, side, rng) for _ in range(batch)]
        ids = tokenizer([r[3] for r in rows], padding="max_length", truncation=True, return_tensors="pt").input_ids
        maps = to_unit(np.stack([r[1] for r in rows]), device)
        weight = -F.max_pool2d(-to_unit(np.stack([r[2][None] for r in rows]), device), 8)  # the least of each latent's
        slow, fast = torch.stack([r[0] for r in rows]).to(device).float().unbind(1)
        yield slow, fast, maps, weight, ids.to(device)


def encode_all(examples: Examples, autoencoder: Any, device: str) -> list[torch.Tensor]:
    pictures = zip(examples.targets, examples.stacks, strict=True)
    return [encode_both_ways(autoencoder, target, stack[:3], device) for target, stack in pictures]


def encode_both_ways(autoencoder: Any, target: NDArray[np.uint8], fast: NDArray[np.uint8], device: str) -> torch.Tensor:
    """Latents of the slow and the fast picture, as they are and mirrored, half precision (2 ways, 2 tiers, C, h, w)."""
    ways = [np.stack([p[..., ::-1] if mirror else p for p in (target, fast)]) for mirror in (False, True)]
    with torch.inference_mode():
        encoded = [autoencoder.encode(to_unit(both, device) * 2 - 1).latents for both in ways]
    return torch.stack(encoded).half().cpu().clone()


def _aligned_crop(
    examples: Examples, latents: list[torch.Tensor], side: int, rng: np.random.Generator
) -> tuple[torch.Tensor, NDArray[np.uint8], NDArray[np.uint8], str]:
    """Latents (2 tiers, C, side, side), maps (channels, 8 side, 8 side), weight (8 side, 8 side) and caption of one place in
    one picture."""
    i, mirror = int(rng.integers(len(examples))), rng.random() < 0.5
    stack, whole, caption = examples.stacks[i], latents[i][int(mirror)], examples.caption(i, rng)
    y, x = (int(rng.integers(n - side + 1)) for n in whole.shape[2:])
    columns = slice(x * 8, (x + side) * 8)
    if mirror:
        width = stack.shape[2]
        columns = slice(width - (x + side) * 8, width - x * 8)
    rows = slice(y * 8, (y + side) * 8)
    maps, weight = stack[:, rows, columns], examples.weights[i][rows, columns]
    maps, weight = (flipped(maps), weight[:, ::-1]) if mirror else (maps.copy(), weight)
    if rng.random() < 0.1:
        maps[:3] = 0
    text = "" if rng.random() < 0.1 else mirrored(caption) if mirror else caption
    return whole[:, :, y : y + side, x : x + side], maps, weight, text


def to_unit(pixels: NDArray[np.uint8], device: str) -> torch.Tensor:
    return torch.from_numpy(np.ascontiguousarray(pixels)).to(device).float() / 255
