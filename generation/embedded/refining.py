"""Training the pixel network: on crops of the pairs, with the light that the trained diffusion model really gives them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import torch
from numpy.typing import NDArray

from generation.embedded.data import flipped
from generation.embedded.flow import to_unit
from generation.embedded.pair_files import Pair, read_pair
from generation.embedded.states import Average, Clock, Mean, keep, restore, set_rate, step_down
from generation.engines.refiner import Refiner, RefinerSizes, save_refiner

if TYPE_CHECKING:
    from generation.embedded.train import Training

RATE = 1e-3
STATE = "refiner.pt"
LIGHTS = "light"  # folder of what the exported model adds to each pair
LIGHT_SPAN = 0.5  # light is kept as uint8: -LIGHT_SPAN to LIGHT_SPAN
NO_LIGHT = 0.15  # share of crops that see no light of the model's: it must not be leant on alone

Crops = tuple[torch.Tensor, torch.Tensor, torch.Tensor, torch.Tensor]  # maps, light, wanted change, weight


def train_refiner(training: Training, paths: list[Path]) -> None:
    """Until the minutes are spent; goes on from its last state. Writes the network beside the exported checkpoint."""
    torch.manual_seed(training.seed)
    model = Refiner(RefinerSizes()).to(training.device).train()
    optimizer = torch.optim.AdamW(model.parameters(), lr=RATE, weight_decay=1e-4, betas=(0.9, 0.99))
    average = Average(list(model.parameters()))
    kept = {"model": model, "optimizer": optimizer, "average": average}
    path = training.work / STATE
    # Before the clock: the minutes are the network's.
    lights = read_lights(training.folder, paths, training.work / LIGHTS)
    state = restore(path, kept, training.device)
    clock = Clock(training.refiner_minutes, state.get("wall", 0.0), state.get("cpu", 0.0))
    step, losses = state.get("step", 0), Mean()
    batches = crop_batches(paths, lights, training.crop, training.batch, training.seed + step, training.device)
    while clock.share < 1:
        set_rate(optimizer, RATE, clock.share, step)
        loss = refiner_loss(model, next(batches))
        step_down(optimizer, loss, list(model.parameters()))
        average.update(step)
        step += 1
        losses.add(float(loss.detach()))
        if step % 50 == 0:
            training.tell(f"refiner: step {step}, {clock.share:.0%}, loss {losses.take():.4f}")
        if clock.time_to_save():
            keep(path, clock, step, **kept)
    keep(path, clock, step, **kept)
    average.apply()
    save_refiner(model, training.folder)


def refiner_loss(model: Refiner, crops: Crops) -> torch.Tensor:
    """Absolute error of the change and of its steps from pixel to pixel; less where the target shows what no map tells of."""
    maps, light, wanted, weight = crops
    error = model(maps, light) - wanted
    steps = sum(torch.diff(error * weight, dim=d).abs().mean() for d in (2, 3))
    loss: torch.Tensor = (error * weight).abs().mean() + 0.5 * steps
    return loss


def read_lights(checkpoint: Path, paths: list[Path], folder: Path) -> list[NDArray[np.uint8]]:
    """What the exported model adds to each pair's blockout, uint8 (3, H, W); made once and kept in `folder`."""
    from generation.embedded.evaluation import light_of
    from generation.engines.diffusers_engine import DiffusersEngine

    folder.mkdir(parents=True, exist_ok=True)
    engine = None
    lights = []
    for seed, path in enumerate(paths):
        made = folder / f"{path.stem}.npy"
        if not made.exists():
            engine = engine or DiffusersEngine(checkpoint)
            light = light_of(engine, read_pair(path), seed)
            partial = made.with_suffix(".partial")
            with partial.open("wb") as f:
                np.save(f, as_bytes(light))
            partial.replace(made)
        lights.append(np.load(made))
    return lights


def as_bytes(light: NDArray[np.float32]) -> NDArray[np.uint8]:
    """(H, W, 3) light as uint8 (3, H, W)."""
    scaled = np.clip(light / (2 * LIGHT_SPAN) + 0.5, 0, 1) * 255
    return np.ascontiguousarray(np.moveaxis((scaled + 0.5).astype(np.uint8), 2, 0))


def crop_batches(
    paths: list[Path], lights: list[NDArray[np.uint8]], side: int, batch: int, seed: int, device: str
) -> Iterator[Crops]:
    """Endless batches of `side` × `side` px, mirrored half of the time."""
    rng = np.random.default_rng(seed)
    pairs = [_planes(read_pair(p), light) for p, light in zip(paths, lights, strict=True)]
    while True:
        rows = [_crop(pairs[int(rng.integers(len(pairs)))], side, rng) for _ in range(batch)]
        maps, light, target, weight = (to_unit(np.stack(planes), device) for planes in zip(*rows, strict=True))
        light = (light - 128 / 255) * (2 * LIGHT_SPAN)
        light = light * (torch.rand(batch, 1, 1, 1) >= NO_LIGHT).to(light)
        yield maps, light, target - maps[:, :3], weight


Planes = tuple[NDArray[np.uint8], NDArray[np.uint8], NDArray[np.uint8], NDArray[np.uint8]]


def _planes(pair: Pair, light: NDArray[np.uint8]) -> Planes:
    """Maps (13, H, W), light (3, H, W), target (3, H, W), weight (1, H, W), all uint8."""
    target = np.ascontiguousarray(np.moveaxis(pair.target, 2, 0))
    return pair.stack(), light, target, pair.weight()[None]


def _crop(planes: Planes, side: int, rng: np.random.Generator) -> Planes:
    height, width = planes[2].shape[1:]
    y, x = (int(rng.integers(n - side + 1)) for n in (height, width))
    maps, light, target, weight = (p[:, y : y + side, x : x + side] for p in planes)
    if rng.random() < 0.5:
        return flipped(maps), light[..., ::-1], target[..., ::-1], weight[..., ::-1]
    return maps, light, target, weight
