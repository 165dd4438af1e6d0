"""Training the embedded checkpoint from nothing, in stages that can be stopped and gone on with.

    render ─▶ autoencoder ─▶ diffusion ─▶ export ─▶ refine ─▶ evaluate

The same code runs on one CPU core and on CUDA. Each stage has a budget of minutes; its learning rate falls to zero at the end
of it. A stage that was stopped goes on from its last state with the minutes it had left.
"""

from __future__ import annotations

import json
import shutil
import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import numpy as np
import torch

from generation.embedded.architecture import (
    Sizes,
    build_autoencoder,
    build_pipeline,
    parameters,
    save_pipeline,
)
from generation.embedded.data import AREA, Examples, crops, draw_pairs
from generation.embedded.flow import STRENGTH, diffusion_loss, encode_all, hint_of, latent_batches, to_unit
from generation.embedded.pair_files import pair_paths
from generation.embedded.refining import LIGHTS, train_refiner
from generation.embedded.states import Average, Clock, Mean, keep, restore, set_rate, step_down
from generation.engines.refiner import FOLDER as REFINER

NAME = "vermilion-embedded-v1"
STAGES = ("render", "autoencoder", "diffusion", "export", "refine", "evaluate")
SHIPPED = ("unet", "controlnet", "text_encoder")


@dataclass(frozen=True)
class Training:
    """One run. `work` holds data and states; minutes are wall-clock, for each stage; `crop` in pixels."""

    work: Path
    drawn: Path | None = None  # pairs of an offline renderer (export_pairs.py); without, our own slow tier draws them
    pairs: int = 1200
    render_minutes: float = 30.0
    autoencoder_minutes: float = 60.0
    diffusion_minutes: float = 60.0
    refiner_minutes: float = 30.0
    autoencoder_crop: int = 56
    autoencoder_batch: int = 8
    autoencoder_rate: float = 1.5e-3
    crop: int = 160
    batch: int = 8
    learning_rate: float = 1e-3
    seed: int = 0
    device: str = "cpu"
    sizes: Sizes = field(default_factory=Sizes)
    tell: Callable[[str], None] = print

    @property
    def data(self) -> Path:
        return self.drawn or self.work / "data"

    @property
    def folder(self) -> Path:
        return self.work / "checkpoint"


def run(training: Training, stages: tuple[str, ...] = STAGES) -> None:
    """The named stages, in order."""
    actions = {
        "render": render,
        "autoencoder": train_autoencoder,
        "diffusion": train_diffusion,
        "export": export,
        "refine": refine,
        "evaluate": evaluate,
    }
    for stage in stages:
        training.tell(f"{stage}: begun")
        actions[stage](training)


def render(training: Training) -> None:
    """Draw the pairs, unless others were given."""
    if training.drawn is not None:
        return
    end = time.monotonic() + training.render_minutes * 60

    def told(done: int, count: int) -> None:
        if done % 25 == 0 or done == count:
            training.tell(f"render: {done} of {count}")

    draw_pairs(training.data, training.pairs, told, lambda: time.monotonic() > end)


def train_autoencoder(training: Training) -> None:
    """Pictures of both tiers in and out again; latents held at mean 0 and deviation 1, which can't be folded in later."""
    torch.manual_seed(training.seed)
    model = build_autoencoder(training.sizes).to(training.device).train()
    optimizer = torch.optim.AdamW(
        model.parameters(), lr=training.autoencoder_rate, weight_decay=1e-4, betas=(0.9, 0.98)
    )
    path = training.work / "autoencoder.pt"
    state = restore(path, {"model": model, "optimizer": optimizer}, training.device)
    clock = Clock(training.autoencoder_minutes, state.get("wall", 0.0), state.get("cpu", 0.0))
    step, losses = state.get("step", 0), Mean()
    rng = np.random.default_rng(training.seed + step)
    batches = crops(_examples(training), training.autoencoder_crop, training.autoencoder_batch, rng)
    while clock.share < 1:
        set_rate(optimizer, training.autoencoder_rate, clock.share, step)
        pixels = to_unit(next(batches), training.device) * 2 - 1
        latents = model.encode(pixels).latents
        decoded = model.decode(latents).sample
        loss = autoencoder_loss(decoded, pixels, latents)
        step_down(optimizer, loss, list(model.parameters()))
        step += 1
        losses.add(float((decoded.detach().clamp(-1, 1) - pixels).pow(2).mean()) / 4)
        if step % 100 == 0:
            training.tell(
                f"autoencoder: step {step}, {clock.share:.0%}, {-10 * np.log10(losses.take()):.2f} dB on crops"
            )
        if clock.time_to_save():
            keep(path, clock, step, model=model, optimizer=optimizer)
    keep(path, clock, step, model=model, optimizer=optimizer)


def autoencoder_loss(decoded: torch.Tensor, pixels: torch.Tensor, latents: torch.Tensor) -> torch.Tensor:
    """Absolute and squared error, error of the steps from pixel to pixel (edges), and unit statistics of each latent channel."""
    error = decoded - pixels
    steps = sum(torch.diff(error, dim=d).abs().mean() for d in (2, 3))
    mean, deviation = latents.mean(dim=(0, 2, 3)), latents.std(dim=(0, 2, 3))
    unit = mean.pow(2).mean() + (deviation - 1).pow(2).mean()
    return error.abs().mean() + error.pow(2).mean() + 0.5 * steps + 0.1 * unit


def train_diffusion(training: Training) -> None:
    """UNet, ControlNet and text encoder together, from the first step: flow matching towards the slow tier's latents."""
    torch.manual_seed(training.seed)
    pipe = build_pipeline(training.sizes, vocabulary_words(training), training.seed)
    parts = {name: getattr(pipe, name) for name in SHIPPED} | {"hint": hint_of(pipe)}
    autoencoder = trained_autoencoder(training)
    for part in parts.values():
        part.to(training.device).train()
    weights = [p for part in parts.values() for p in part.parameters()]
    optimizer = torch.optim.AdamW(weights, lr=training.learning_rate, weight_decay=1e-2, betas=(0.9, 0.99))
    average = Average([p for name in SHIPPED for p in parts[name].parameters()])
    path = training.work / "diffusion.pt"
    state = restore(path, {**parts, "optimizer": optimizer, "average": average}, training.device)
    examples = _examples(training)
    latents = encode_all(examples, autoencoder, training.device)
    clock = Clock(training.diffusion_minutes, state.get("wall", 0.0), state.get("cpu", 0.0))
    step, losses = state.get("step", 0), Mean()
    batches = latent_batches(
        examples, latents, pipe.tokenizer, training.crop, training.batch, training.seed + step, training.device
    )
    kept = {**parts, "optimizer": optimizer, "average": average}
    while clock.share < 1:
        set_rate(optimizer, training.learning_rate, clock.share, step)
        loss = diffusion_loss(parts, next(batches))
        step_down(optimizer, loss, weights)
        average.update(step)
        step += 1
        losses.add(float(loss.detach()))
        if step % 50 == 0:
            training.tell(f"diffusion: step {step}, {clock.share:.0%}, loss {losses.take():.4f}")
        if clock.time_to_save():
            keep(path, clock, step, **kept)
    keep(path, clock, step, **kept)


def export(training: Training) -> None:
    """Write the averaged weights as a diffusers folder: work/checkpoint. A pixel network of another model goes."""
    for old in (training.folder / REFINER, training.work / LIGHTS):
        shutil.rmtree(old, ignore_errors=True)
    pipe = build_pipeline(training.sizes, vocabulary_words(training), training.seed)
    pipe.vae.load_state_dict(trained_autoencoder(training).state_dict())
    parts = {name: getattr(pipe, name) for name in SHIPPED}
    average = Average([p for part in parts.values() for p in part.parameters()])
    state = restore(training.work / "diffusion.pt", {**parts, "average": average}, "cpu")
    average.apply()
    autoencoder = restore(training.work / "autoencoder.pt", {}, "cpu")
    card = {
        "name": NAME,
        "finish": "blockout",
        "control": "dense",
        "area": AREA,
        "least_area": AREA // 2,
        "gain_db": None,
        "strength": STRENGTH,
        "noise": 0.0,
        "threads": 1,
        "license": "Apache-2.0",
        "parameters": parameters(pipe),
        "pairs": len(pair_paths(training.data)),
        "steps": {"autoencoder": autoencoder.get("step"), "diffusion": state.get("step")},
        "cpu_seconds": {"autoencoder": round(autoencoder.get("cpu", 0)), "diffusion": round(state.get("cpu", 0))},
    }
    save_pipeline(pipe, training.folder, card)


def refine(training: Training) -> None:
    """The pixel network, over the light of the exported folder's model."""
    train_refiner(training, _paths(training))


def evaluate(training: Training) -> None:
    """Measure the exported folder on the held-out pairs and write the gain into its card."""
    from generation.embedded.evaluation import FINISHED, WHOLE, held_out_table, table_text
    from generation.engines.loading import CARD

    table = held_out_table(training.folder, pair_paths(training.data, held_out=True))
    training.tell(table_text(table))
    path = training.folder / CARD
    card = json.loads(path.read_text(encoding="utf-8"))
    card["held_out"] = table
    name = WHOLE
    if WHOLE not in table:  # without a pixel network, the strength that serves best
        name, card["strength"] = max(FINISHED.items(), key=lambda row: table[row[0]]["psnr"])
    card["gain_db"] = round(table[name]["psnr"] - table["fast tier itself"]["psnr"], 2)
    path.write_text(json.dumps(card, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")


def vocabulary_words(training: Training) -> list[str]:
    """Every word that a prompt may hold, English and Chinese, as they were when this run began: tokens are trained in order."""
    from generation.embedded.export_pairs import DRESSINGS
    from generation.planning.prompts import vocabulary

    path = training.work / "vocabulary.json"
    if not path.exists():
        strewn = [word for pair in DRESSINGS.values() for word in pair]
        words = [word for words in vocabulary().values() for word in words] + strewn
        path.write_text(json.dumps(words, ensure_ascii=False), encoding="utf-8")
    return list(json.loads(path.read_text(encoding="utf-8")))


def trained_autoencoder(training: Training) -> Any:
    model = build_autoencoder(training.sizes)
    restore(training.work / "autoencoder.pt", {"model": model}, training.device)
    return model.to(training.device).eval()


def tiny(training: Training) -> Training:
    """The same run in seconds, for tests and to try a machine out."""
    small = Sizes(
        autoencoder_width=16, unet_widths=(16, 24, 32), heads=2, groups=8, embedding_widths=(4, 8, 8, 8), text_width=32
    )
    return replace(training, sizes=small, autoencoder_batch=4, batch=2, crop=96)


def _examples(training: Training) -> Examples:
    return Examples.read(_paths(training))


def _paths(training: Training) -> list[Path]:
    paths = pair_paths(training.data)
    if not paths:
        raise FileNotFoundError(f"There are no pairs to train on in {training.data}: run the stage `render` first.")
    return paths
