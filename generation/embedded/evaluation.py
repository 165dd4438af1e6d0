"""The held-out table: how near each way of making a picture comes to the slow tier, and what the blockout alone reaches."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import cv2
import numpy as np
from numpy.typing import NDArray

from generation.embedded.flow import STRENGTH
from generation.embedded.metrics import edge_psnr, psnr, ssim
from generation.embedded.pair_files import Pair, read_pair
from generation.engines.base import PictureRequest
from generation.engines.batching import job_for

if TYPE_CHECKING:
    from generation.engines.diffusers_engine import DiffusersEngine

Table = dict[str, dict[str, float]]
Floats = NDArray[np.float32]
STEPS = 6
STRENGTHS = (1.0, 0.6, STRENGTH)


def row(strength: float) -> str:
    return "from noise" if strength == 1 else f"from the blockout, strength {strength}"


FINISHED = {f"finished, {row(s)}": s for s in STRENGTHS}


PIXELS_ALONE, WHOLE = "pixel network alone", "model and pixel network"


def held_out_table(folder: Path, paths: list[Path]) -> Table:
    """PSNR, SSIM and edge PSNR, each the mean over the pairs, at the pairs' own size."""
    import torch

    from generation.engines.diffusers_engine import DiffusersEngine
    from generation.engines.refiner import load_refiner, refined

    engine = DiffusersEngine(folder)
    refiner = load_refiner(folder, engine.device, torch.float32)
    rows: dict[str, list[tuple[float, float, float]]] = {}
    for seed, path in enumerate(paths):
        pair = read_pair(path)
        truth = unit(pair.target)
        pictures = _pictures(engine, pair, seed)
        if refiner is not None:
            light = light_of(engine, pair, seed)
            pictures[PIXELS_ALONE] = refined(refiner, pair.blockout, np.zeros_like(light))
            pictures[WHOLE] = refined(refiner, pair.blockout, light)
        for name, picture in pictures.items():
            figures = psnr(picture, truth), ssim(picture, truth), edge_psnr(picture, truth)
            rows.setdefault(name, []).append(figures)
    names = ("psnr", "ssim", "edge_psnr")
    return {k: dict(zip(names, np.mean(v, axis=0).round(3).tolist(), strict=True)) for k, v in rows.items()}


def _pictures(engine: DiffusersEngine, pair: Pair, seed: int) -> dict[str, Floats]:
    from generation.engines.finishing import finish_from_blockout

    b = pair.blockout
    request = PictureRequest(b, pair.caption(), "", seed, num_inference_steps=STEPS)
    job = job_for(0, request, b.width * b.height)
    base = engine.sampler.round_trip([job])[0]
    pictures = {"fast tier itself": unit(b.rgb), "autoencoder's round trip of the truth": _round_trip(engine, pair)}
    for strength in STRENGTHS:
        begun = replace(job, request=replace(request, strength=strength))
        pictures[row(strength)] = engine.sampler.sample([begun])[0]
        pictures[f"finished, {row(strength)}"] = unit(finish_from_blockout(b.rgb, b, pictures[row(strength)], base).rgb)
    return pictures


def light_of(engine: DiffusersEngine, pair: Pair, seed: int) -> Floats:
    """What the model adds to the pair's blockout at the card's settings, at the pair's size (H, W, 3), not smoothed yet."""
    b = pair.blockout
    card = engine.checkpoint.card
    request = PictureRequest(b, pair.caption(), "", seed, card.strength, STEPS)
    job = job_for(0, request, b.width * b.height)
    light = engine.sampler.sample([job])[0] - engine.sampler.round_trip([job])[0]
    return np.asarray(cv2.resize(light, (b.width, b.height), interpolation=cv2.INTER_LINEAR), dtype=np.float32)


def _round_trip(engine: DiffusersEngine, pair: Pair) -> Floats:
    import torch

    pixels = torch.from_numpy(pair.target.astype(np.float32)).permute(2, 0, 1)[None] / 127.5 - 1
    with torch.inference_mode():
        vae = engine.sampler.pipe.vae
        decoded = vae.decode(vae.encode(pixels.to(engine.device, engine.dtype)).latents).sample[0]
    return np.asarray((decoded.float().clamp(-1, 1).permute(1, 2, 0).cpu().numpy() + 1) / 2, dtype=np.float32)


def unit(pixels: NDArray[Any]) -> Floats:
    return np.asarray(pixels / 255, dtype=np.float32)


def table_text(table: Table) -> str:
    """The table in Markdown."""
    lines = ["| | PSNR | SSIM | edge PSNR |", "| --- | --- | --- | --- |"]
    lines += [f"| {k} | {v['psnr']:.2f} | {v['ssim']:.3f} | {v['edge_psnr']:.2f} |" for k, v in table.items()]
    return "\n".join(lines)
