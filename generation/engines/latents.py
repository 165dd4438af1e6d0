"""Each family's latents as one thing: a grid of cells (B, C, h, w) with unit-like values, whatever the pipeline packs them into.

Text zones, tiles, previews and starting pictures are all said in cells of the grid, so none of them knows a family.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray

from generation.engines.families import Family

Size = tuple[int, int]  # width, height in pixels
PATCH = 2  # cells a side that a packed token holds


class LatentSpace:
    """Between pixels, grid and what a pipeline of `family` takes. `cell`: pixels a side of one cell; `channels`: of the grid."""

    def __init__(self, family: Family, pipe: Any, device: str, dtype: torch.dtype) -> None:
        self.kind = family.latents
        self.vae = pipe.vae
        self.device = device
        self.dtype = dtype
        self.cell = int(pipe.vae_scale_factor) * (PATCH if self.kind == "patched" else 1)
        self.channels = _channels(getattr(pipe, family.denoiser), self.kind)
        overflows = self.vae.dtype == torch.float16 and bool(
            self.vae.config.get("force_upcast")
        )  # as it says of itself
        if overflows and family.denoiser == "unet":  # the others' pipelines hand it their control maps in its old type
            self.vae.to(torch.float32)
        self.one_by_one = False  # decode pictures one at a time: less memory

    def shape(self, size: Size) -> tuple[int, int, int]:
        return self.channels, size[1] // self.cell, size[0] // self.cell

    def encode(self, pixels: torch.Tensor) -> torch.Tensor:
        """The grid of (B, 3, H, W) pixels, -1 to 1: the autoencoder's most likely latents."""
        given = pixels.to(self.device, self.vae.dtype)
        encoded = self.vae.encode(given.unsqueeze(2) if self.kind == "packed_video" else given)
        if hasattr(encoded, "latent_dist"):
            raw = encoded.latent_dist.mode()
        else:
            raw = encoded.latents if hasattr(encoded, "latents") else encoded.latent
        return self._normal(raw).to(self.dtype)

    def decode(self, grid: torch.Tensor) -> torch.Tensor:
        """Pixels (B, 3, H, W), -1 to 1, float32."""
        parts = [grid[i : i + 1] for i in range(len(grid))] if self.one_by_one else [grid]
        return torch.cat([self._decode(part) for part in parts])

    def pictures(self, grid: torch.Tensor) -> NDArray[np.float32]:
        """(B, H, W, 3), 0 to 1."""
        pixels = (self.decode(grid) / 2 + 0.5).clamp(0, 1)
        return np.asarray(pixels.permute(0, 2, 3, 1).cpu().numpy(), dtype=np.float32)

    def given(self, grid: torch.Tensor) -> torch.Tensor:
        """What a pipeline's `latents` takes."""
        if self.kind in ("packed", "packed_video"):
            return pack(grid)
        return grid

    def stepped(self, grid: torch.Tensor) -> torch.Tensor:
        """As the latents that a pipeline hands to its step callback."""
        return grid.flatten(2).transpose(1, 2) if self.kind == "patched" else self.given(grid)

    def grid(self, latents: torch.Tensor, size: Size) -> torch.Tensor:
        """The grid of latents that a pipeline handed to its step callback, for a picture of `size`."""
        if self.kind in ("packed", "packed_video"):
            return unpack(latents, self.shape(size))
        if self.kind == "patched":
            return latents.transpose(1, 2).reshape(len(latents), *self.shape(size))
        return latents

    def _decode(self, grid: torch.Tensor) -> torch.Tensor:
        raw = self._raw(grid).to(self.vae.dtype)
        decoded = self.vae.decode(raw.unsqueeze(2) if self.kind == "packed_video" else raw).sample
        pixels: torch.Tensor = decoded[:, :, 0] if self.kind == "packed_video" else decoded
        return pixels.float()

    def _normal(self, raw: torch.Tensor) -> torch.Tensor:
        if self.kind == "packed_video":
            raw = raw[:, :, 0]
        if self.kind == "patched":
            raw = patchify(raw)
        shift, scale = self._moments(raw)
        normal: torch.Tensor = (raw - shift) * scale
        return normal

    def _raw(self, grid: torch.Tensor) -> torch.Tensor:
        shift, scale = self._moments(grid)
        raw = grid / scale + shift
        return unpatchify(raw) if self.kind == "patched" else raw

    def _moments(self, like: torch.Tensor) -> tuple[Any, Any]:
        """What to subtract from the autoencoder's latents and what to multiply them by."""
        config = self.vae.config
        if self.kind == "packed_video":
            mean, deviation = (torch.tensor(v).view(1, -1, 1, 1) for v in (config.latents_mean, config.latents_std))
            return mean.to(like), (1 / deviation).to(like)
        if self.kind == "patched":
            norm = self.vae.bn
            deviation = torch.sqrt(norm.running_var.float() + config.batch_norm_eps)
            return norm.running_mean.view(1, -1, 1, 1).to(like), (1 / deviation).view(1, -1, 1, 1).to(like)
        return float(config.get("shift_factor") or 0.0), float(config.scaling_factor)


def _channels(denoiser: Any, kind: str) -> int:
    channels = int(denoiser.config.in_channels)
    return channels // PATCH**2 if kind in ("packed", "packed_video") else channels


def pack(grid: torch.Tensor) -> torch.Tensor:
    """(B, C, h, w) to tokens (B, h/2 · w/2, 4C), each holding two by two cells, as FLUX.1 and Qwen-Image read them."""
    b, c, h, w = grid.shape
    cells = grid.reshape(b, c, h // PATCH, PATCH, w // PATCH, PATCH)
    return cells.permute(0, 2, 4, 1, 3, 5).reshape(b, (h // PATCH) * (w // PATCH), c * PATCH**2)


def unpack(tokens: torch.Tensor, shape: tuple[int, int, int]) -> torch.Tensor:
    """The inverse of `pack` for a grid of `shape` (C, h, w)."""
    c, h, w = shape
    cells = tokens.reshape(len(tokens), h // PATCH, w // PATCH, c, PATCH, PATCH)
    return cells.permute(0, 3, 1, 4, 2, 5).reshape(len(tokens), c, h, w)


def patchify(raw: torch.Tensor) -> torch.Tensor:
    """(B, C, H, W) to (B, 4C, H/2, W/2), as FLUX.2 normalises its latents."""
    b, c, h, w = raw.shape
    cells = raw.reshape(b, c, h // PATCH, PATCH, w // PATCH, PATCH)
    return cells.permute(0, 1, 3, 5, 2, 4).reshape(b, c * PATCH**2, h // PATCH, w // PATCH)


def unpatchify(grid: torch.Tensor) -> torch.Tensor:
    b, c, h, w = grid.shape
    cells = grid.reshape(b, c // PATCH**2, PATCH, PATCH, h, w)
    return cells.permute(0, 1, 4, 2, 5, 3).reshape(b, c // PATCH**2, h * PATCH, w * PATCH)
