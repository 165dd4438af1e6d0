"""Training the embedded checkpoint from nothing, in stages that can be stopped and gone on with.

    render ─▶ autoencoder ─▶ diffusion ─▶ export ─▶ evaluate

The same code runs on one CPU core and on CUDA. Each stage has a budget of minutes; its learning rate falls to zero at the end
of it. A stage that was stopped goes on from its last state with the minutes it had left.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import numpy as np
import torch
import torch.nn.functional as F  # noqa: N812 - its name everywhere
from numpy.typing import NDArray

from generation.embedded.architecture import (
    Sizes,
    build_autoencoder,
    build_pipeline,
    parameters,
    save_pipeline,
)
from generation.embedded.data import AREA, Examples, crops, draw_pairs, flipped, mirrored, pair_paths

NAME = "vermilion-embedded-v0"
STAGES = ("render", "autoencoder", "diffusion", "export", "evaluate")
SHIPPED = ("unet", "controlnet", "text_encoder")
SAVE_EVERY = 120.0  # seconds
HINT = 0.5  # weight of the embedding's own loss


@dataclass(frozen=True)
class Training:
    """One run. `work` holds data and states; minutes are wall-clock, for each stage; `crop` in pixels."""

    work: Path
    pairs: int = 1200
    render_minutes: float = 30.0
    autoencoder_minutes: float = 25.0
    diffusion_minutes: float = 45.0
    autoencoder_crop: int = 64
    autoencoder_batch: int = 16
    crop: int = 160
    batch: int = 8
    learning_rate: float = 1e-3
    seed: int = 0
    device: str = "cpu"
    sizes: Sizes = field(default_factory=Sizes)
    tell: Callable[[str], None] = print

    @property
    def data(self) -> Path:
        return self.work / "data"

    @property
    def folder(self) -> Path:
        return self.work / "checkpoint"


class Clock:
    """Wall and CPU seconds of a stage, kept over interruptions."""

    def __init__(self, minutes: float, wall: float = 0.0, cpu: float = 0.0) -> None:
        self.budget = minutes * 60
        self.before = (wall, cpu)
        self.begun = (time.monotonic(), time.process_time())
        self.saved = time.monotonic()

    @property
    def wall(self) -> float:
        return self.before[0] + time.monotonic() - self.begun[0]

    @property
    def cpu(self) -> float:
        return self.before[1] + time.process_time() - self.begun[1]

    @property
    def share(self) -> float:
        return min(self.wall / self.budget, 1.0)

    def time_to_save(self) -> bool:
        if time.monotonic() - self.saved < SAVE_EVERY:
            return False
        self.saved = time.monotonic()
        return True


def run(training: Training, stages: tuple[str, ...] = STAGES) -> None:
    """The named stages, in order."""
    actions = {
        "render": render,
        "autoencoder": train_autoencoder,
        "diffusion": train_diffusion,
        "export": export,
        "evaluate": evaluate,
    }
    for stage in stages:
        training.tell(f"{stage}: begun")
        actions[stage](training)


def render(training: Training) -> None:
    """Draw the pairs."""
    end = time.monotonic() + training.render_minutes * 60

    def told(done: int, count: int) -> None:
        if done % 25 == 0 or done == count:
            training.tell(f"render: {done} of {count}")

    draw_pairs(training.data, training.pairs, told, lambda: time.monotonic() > end)


def train_autoencoder(training: Training) -> None:
    """Pictures of both tiers in and out again; latents held at mean 0 and deviation 1, which can't be folded in later."""
    torch.manual_seed(training.seed)
    model = build_autoencoder(training.sizes).to(training.device).train()
    optimizer = torch.optim.AdamW(model.parameters(), lr=training.learning_rate, weight_decay=1e-4, betas=(0.9, 0.98))
    path = training.work / "autoencoder.pt"
    state = _restore(path, {"model": model, "optimizer": optimizer}, training.device)
    clock = Clock(training.autoencoder_minutes, state.get("wall", 0.0), state.get("cpu", 0.0))
    step, losses = state.get("step", 0), _Mean()
    rng = np.random.default_rng(training.seed + step)
    batches = crops(_examples(training), training.autoencoder_crop, training.autoencoder_batch, rng)
    while clock.share < 1:
        _set_rate(optimizer, training.learning_rate, clock.share, step)
        pixels = _to(next(batches), training.device) * 2 - 1
        latents = model.encode(pixels).latents
        decoded = model.decode(latents).sample
        loss = autoencoder_loss(decoded, pixels, latents)
        _step(optimizer, loss, list(model.parameters()))
        step += 1
        losses.add(float((decoded.detach().clamp(-1, 1) - pixels).pow(2).mean()) / 4)
        if step % 100 == 0:
            training.tell(
                f"autoencoder: step {step}, {clock.share:.0%}, {-10 * np.log10(losses.take()):.2f} dB on crops"
            )
        if clock.time_to_save():
            _keep(path, clock, step, model=model, optimizer=optimizer)
    _keep(path, clock, step, model=model, optimizer=optimizer)


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
    pipe = build_pipeline(training.sizes, vocabulary_words(), training.seed)
    parts = {name: getattr(pipe, name) for name in SHIPPED} | {"hint": hint_of(pipe)}
    autoencoder = trained_autoencoder(training)
    for part in parts.values():
        part.to(training.device).train()
    weights = [p for part in parts.values() for p in part.parameters()]
    optimizer = torch.optim.AdamW(weights, lr=training.learning_rate, weight_decay=1e-2, betas=(0.9, 0.99))
    average = Average([p for name in SHIPPED for p in parts[name].parameters()])
    path = training.work / "diffusion.pt"
    state = _restore(path, {**parts, "optimizer": optimizer, "average": average}, training.device)
    clock = Clock(training.diffusion_minutes, state.get("wall", 0.0), state.get("cpu", 0.0))
    step, losses = state.get("step", 0), _Mean()
    batches = latent_batches(training, autoencoder, pipe.tokenizer, training.seed + step)
    kept = {**parts, "optimizer": optimizer, "average": average}
    while clock.share < 1:
        _set_rate(optimizer, training.learning_rate, clock.share, step)
        loss = diffusion_loss(parts, next(batches))
        _step(optimizer, loss, weights)
        average.update(step)
        step += 1
        losses.add(float(loss.detach()))
        if step % 50 == 0:
            training.tell(f"diffusion: step {step}, {clock.share:.0%}, loss {losses.take():.4f}")
        if clock.time_to_save():
            _keep(path, clock, step, **kept)
    _keep(path, clock, step, **kept)


Batch = tuple[
    torch.Tensor, torch.Tensor, torch.Tensor, torch.Tensor
]  # slow latents, fast latents, control maps, token ids


def noised(slow: torch.Tensor, fast: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
    """Latents on the way from a start to the slow tier, their level s (B,) and the velocity to learn.

    The start is what a pipeline begins with at strength S: (1 − S)·fast + S·noise. A straight way from there (rectified flow, Liu
    et al. 2022) passes s·noise + s/S·(1 − S)·fast + (1 − s/S)·slow with velocity (start − slow)/S; S = 1 is the usual flow from
    noise. A third of the samples come from noise, with s from a logit-normal (Esser et al. 2024), the others from the blockout.
    """
    count = slow.shape[0]
    from_noise = torch.rand(count) < 1 / 3
    strength = torch.where(from_noise, torch.ones(count), 0.25 + 0.55 * torch.rand(count))
    share = torch.where(from_noise, torch.sigmoid(torch.randn(count) + 0.4), 1 - torch.rand(count) ** 1.5 * 0.97)
    S, along = (v.to(slow).view(-1, 1, 1, 1) for v in (strength, share))
    start = (1 - S) * fast + S * torch.randn_like(slow)
    return along * start + (1 - along) * slow, (strength * share).to(slow), (start - slow) / S


def diffusion_loss(parts: dict[str, Any], batch: Batch) -> torch.Tensor:
    """Mean squared error of the velocity, and of the embedding's own guess."""
    clean, fast, maps, ids = batch
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
    return F.mse_loss(velocity, wanted) + HINT * F.mse_loss(parts["hint"](seen[0]), clean)


def hint_of(pipe: Any) -> torch.nn.Module:
    """A throw-away layer that reads clean latents off the ControlNet's embedding of the maps: it teaches the embedding at once
    what the noise would teach it slowly."""
    return torch.nn.Conv2d(pipe.unet.config.block_out_channels[0], pipe.unet.config.in_channels, 1)


def latent_batches(training: Training, autoencoder: Any, tokenizer: Any, seed: int) -> Iterator[Batch]:
    """Endless batches of crops aligned to the latents; captions dropped one time in ten, the blockout's picture likewise."""
    rng = np.random.default_rng(seed)
    examples = _examples(training)
    latents = [
        encode_both_ways(autoencoder, t, f[:3], training.device)
        for t, f in zip(examples.targets, examples.stacks, strict=True)
    ]
    side = training.crop // 8
    while True:
        rows = [_aligned_crop(examples, latents, side, rng) for _ in range(training.batch)]
        ids = tokenizer([r[2] for r in rows], padding="max_length", truncation=True, return_tensors="pt").input_ids
        maps = _to(np.stack([r[1] for r in rows]), training.device)
        slow, fast = torch.stack([r[0] for r in rows]).to(training.device).float().unbind(1)
        yield slow, fast, maps, ids.to(training.device)


def encode_both_ways(autoencoder: Any, target: NDArray[np.uint8], fast: NDArray[np.uint8], device: str) -> torch.Tensor:
    """Latents of the slow and the fast picture, as they are and mirrored, half precision (2 ways, 2 tiers, C, h, w)."""
    ways = [np.stack([p[..., ::-1] if mirror else p for p in (target, fast)]) for mirror in (False, True)]
    with torch.inference_mode():
        encoded = [autoencoder.encode(_to(both, device) * 2 - 1).latents for both in ways]
    return torch.stack(encoded).half().cpu().clone()


def _aligned_crop(
    examples: Examples, latents: list[torch.Tensor], side: int, rng: np.random.Generator
) -> tuple[torch.Tensor, NDArray[np.uint8], str]:
    """Latents (2 tiers, C, side, side), maps (channels, 8 side, 8 side) and caption of one place in one picture."""
    i, mirror = int(rng.integers(len(examples))), rng.random() < 0.5
    stack, whole, caption = examples.stacks[i], latents[i][int(mirror)], examples.captions[i]
    y, x = (int(rng.integers(n - side + 1)) for n in whole.shape[2:])
    columns = slice(x * 8, (x + side) * 8)
    if mirror:
        width = stack.shape[2]
        columns = slice(width - (x + side) * 8, width - x * 8)
    maps = stack[:, y * 8 : (y + side) * 8, columns]
    maps = flipped(maps) if mirror else maps.copy()
    if rng.random() < 0.1:
        maps[:3] = 0
    text = "" if rng.random() < 0.1 else mirrored(caption) if mirror else caption
    return whole[:, :, y : y + side, x : x + side], maps, text


class Average:
    """Exponential moving average of weights; slower as training goes on."""

    def __init__(self, weights: list[torch.nn.Parameter]) -> None:
        self.weights = weights
        self.kept = [w.detach().clone() for w in weights]

    def update(self, step: int) -> None:
        decay = min(0.998, (step + 1) / (step + 20))
        with torch.no_grad():
            torch._foreach_lerp_(self.kept, [w.detach() for w in self.weights], 1 - decay)

    def apply(self) -> None:
        """Overwrite the weights by their average."""
        with torch.no_grad():
            for weight, average in zip(self.weights, self.kept, strict=True):
                weight.copy_(average)

    def state_dict(self) -> dict[str, Any]:
        return {"kept": self.kept}

    def load_state_dict(self, state: dict[str, Any]) -> None:
        for mine, other in zip(self.kept, state["kept"], strict=True):
            mine.copy_(other)


def export(training: Training) -> None:
    """Write the averaged weights as a diffusers folder: work/checkpoint."""
    pipe = build_pipeline(training.sizes, vocabulary_words(), training.seed)
    pipe.vae.load_state_dict(trained_autoencoder(training).state_dict())
    parts = {name: getattr(pipe, name) for name in SHIPPED}
    average = Average([p for part in parts.values() for p in part.parameters()])
    state = _restore(training.work / "diffusion.pt", {**parts, "average": average}, "cpu")
    average.apply()
    autoencoder = _restore(training.work / "autoencoder.pt", {}, "cpu")
    card = {
        "name": NAME,
        "finish": "blockout",
        "control": "dense",
        "area": AREA,
        "least_area": AREA // 2,
        "gain_db": None,
        "license": "Apache-2.0",
        "parameters": parameters(pipe),
        "pairs": len(pair_paths(training.data)),
        "steps": {"autoencoder": autoencoder.get("step"), "diffusion": state.get("step")},
        "cpu_seconds": {"autoencoder": round(autoencoder.get("cpu", 0)), "diffusion": round(state.get("cpu", 0))},
    }
    save_pipeline(pipe, training.folder, card)


def evaluate(training: Training) -> None:
    """Measure the exported folder on the held-out pairs and write the gain into its card."""
    from generation.embedded.evaluation import held_out_table, table_text
    from generation.engines.loading import CARD

    table = held_out_table(training.folder, pair_paths(training.data, held_out=True))
    training.tell(table_text(table))
    path = training.folder / CARD
    card = json.loads(path.read_text(encoding="utf-8"))
    card["held_out"] = table
    card["gain_db"] = round(table["finished, from noise"]["psnr"] - table["fast tier itself"]["psnr"], 2)
    path.write_text(json.dumps(card, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")


def vocabulary_words() -> list[str]:
    """Every word that a prompt may hold, English and Chinese."""
    from generation.planning.prompts import vocabulary

    return [word for words in vocabulary().values() for word in words]


def trained_autoencoder(training: Training) -> Any:
    model = build_autoencoder(training.sizes)
    _restore(training.work / "autoencoder.pt", {"model": model}, training.device)
    return model.to(training.device).eval()


def tiny(training: Training) -> Training:
    """The same run in seconds, for tests and to try a machine out."""
    small = Sizes(
        autoencoder_width=16, unet_widths=(16, 24, 32), heads=2, groups=8, embedding_widths=(4, 8, 8, 8), text_width=32
    )
    return replace(training, sizes=small, autoencoder_batch=4, batch=2, crop=96)


def _examples(training: Training) -> Examples:
    paths = pair_paths(training.data)
    if not paths:
        raise FileNotFoundError(f"There are no pairs to train on in {training.data}: run the stage `render` first.")
    return Examples.read(paths)


def _to(pixels: NDArray[np.uint8], device: str) -> torch.Tensor:
    return torch.from_numpy(np.ascontiguousarray(pixels)).to(device).float() / 255


def _set_rate(optimizer: torch.optim.Optimizer, top: float, share: float, step: int) -> None:
    """A short rise, a plateau, and a cosine fall over the last two thirds of the budget."""
    fall = 0.5 + 0.5 * np.cos(np.pi * max(0.0, (share - 1 / 3) * 1.5))
    for group in optimizer.param_groups:
        group["lr"] = float(top * min(1.0, (step + 1) / 100) * max(fall, 0.01))


def _step(optimizer: torch.optim.Optimizer, loss: torch.Tensor, weights: list[torch.nn.Parameter]) -> None:
    optimizer.zero_grad(set_to_none=True)
    loss.backward()  # type: ignore[no-untyped-call]
    torch.nn.utils.clip_grad_norm_(weights, 1.0)
    optimizer.step()


class _Mean:
    def __init__(self) -> None:
        self.values: list[float] = []

    def add(self, value: float) -> None:
        self.values.append(value)

    def take(self) -> float:
        mean = float(np.mean(self.values))
        self.values.clear()
        return mean


def _keep(path: Path, clock: Clock, step: int, **parts: Any) -> None:
    """Whole or not at all."""
    state = {name: part.state_dict() for name, part in parts.items()}
    partial = path.with_suffix(".partial")
    torch.save({"step": step, "wall": clock.wall, "cpu": clock.cpu, "parts": state}, partial)
    partial.replace(path)


def _restore(path: Path, parts: dict[str, Any], device: str) -> dict[str, Any]:
    """Load what was kept into `parts`; empty where nothing was."""
    if not path.exists():
        return {}
    state: dict[str, Any] = torch.load(path, map_location=device, weights_only=True)
    for name, part in parts.items():
        part.load_state_dict(state["parts"][name])
    return state
