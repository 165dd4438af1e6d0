"""A tiny checkpoint of random weights and a small drawn scene: real parts, made here in a second."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from generation.control.blockout import Blockout
from generation.embedded.architecture import Sizes, build_pipeline, save_pipeline
from generation.engines.base import PictureRequest
from generation.layout.geometry import Rect

TINY = Sizes(
    latent_channels=4,
    autoencoder_width=8,
    unet_widths=(16, 24, 32),
    heads=2,
    groups=8,
    embedding_widths=(4, 8, 8, 8),
    text_width=16,
    text_layers=1,
    tokens=16,
    sample_size=16,
)
WORDS = ["gift box", "gold", "lively", "礼盒", "金色"]
CARD = {"name": "tiny", "control": "dense"}


def save_tiny(folder: Path, card: dict[str, object] | None = None, seed: int = 3) -> Path:
    pipe = build_pipeline(TINY, WORDS, seed)
    out = pipe.vae.decoder.layers[-1]
    out.weight.data *= 8  # random weights draw nearly black pictures otherwise
    out.bias.data += 0.5
    save_pipeline(pipe, folder, CARD if card is None else card)
    return folder


def scene(width: int, height: int, subject: bool = True) -> Blockout:
    """A red ball on a graded wall, lit from the left; the ball is object 1 and stands to the right on wide canvases."""
    y, x = np.mgrid[:height, :width].astype(np.float32)
    cx, cy, r = width * (0.7 if width > 2 * height else 0.5), height * 0.55, min(width, height) * 0.3
    inside = ((x - cx) ** 2 + (y - cy) ** 2 < r * r) & subject
    shade = np.clip(1 - ((x - cx) / r * 0.3 + (y - cy) / r * 0.3), 0.3, 1.2)[..., None]
    wall = np.stack([0.9 - 0.2 * y / height, 0.8 - 0.1 * x / width, 0.7 + 0 * x], axis=2)
    rgb = np.where(inside[..., None], shade * np.array([0.75, 0.15, 0.1]), wall)
    dx, dy = (x - cx) / r, (y - cy) / r
    dz = np.sqrt(np.clip(1 - dx * dx - dy * dy, 0, 1))
    normals = np.where(inside[..., None], np.stack([dx, -dy, dz], axis=2), np.array([0.0, 0.0, 1.0]))
    rim = inside ^ np.roll(inside, 1, axis=1) | inside ^ np.roll(inside, 1, axis=0)
    albedo = np.where(inside[..., None], [190, 40, 30], [230, 210, 180]).astype(np.uint8)
    return Blockout(
        rgb=(np.clip(rgb, 0, 1) * 255).astype(np.uint8),
        depth=np.where(inside, 4 - dz, 6).astype(np.float32),
        normals=normals.astype(np.float32),
        edges=(rim * 255).astype(np.uint8),
        ids=inside.astype(np.uint8),
        albedo=albedo,
        material=np.full((height, width, 2), 90, np.uint8),
        boxes={1: Rect(cx - r, cy - r, cx + r, cy + r)} if subject else {},
        subject_id=1 if subject else None,
        light=(0.8, 0.6),
    )


def request(width: int = 192, height: int = 320, **changes: object) -> PictureRequest:
    values = {"prompt": "gift box, gold", "seed": 5, "num_inference_steps": 4, "negative_prompt": ""} | changes
    return PictureRequest(blockout=scene(width, height), **values)  # type: ignore[arg-type]
