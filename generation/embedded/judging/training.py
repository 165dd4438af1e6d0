"""Training the two judges on renderer labels. Resumable: each keeps its state and the processor time it has left."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
import torch.nn.functional as F  # noqa: N812 - its name everywhere
from numpy.typing import NDArray

from generation.embedded.judging import examples as ex
from generation.embedded.judging.nets import HeroNet, KindNet

Bytes = NDArray[np.uint8]
SOURCES = ("own", "fast", "slow")  # of whole scenes; crops come from portraits too
KIND_RATE, HERO_RATE = 3e-3, 3e-3
KEEP_EVERY = 60.0  # seconds
REPORT_EVERY = 100  # steps


@dataclass(frozen=True)
class Schooling:
    """Where a judge learns and for how long: `minutes` of processor time in all. until: stop for now."""

    work: Path
    minutes: float
    batch: int
    rate: float
    seed: int = 0
    until: Callable[[], bool] = lambda: False
    tell: Callable[[str], None] = print

    @property
    def examples(self) -> Path:
        return self.work / "examples"


def train_kinds(school: Schooling) -> bool:
    """The judge of kinds, on crops: every kind as often as every other. True where its time is spent."""
    crops, kinds = _crops(school.examples)
    torch.manual_seed(school.seed)
    model = KindNet(len(ex.all_kinds()))

    def batches(rng: np.random.Generator) -> Iterator[tuple[torch.Tensor, torch.Tensor]]:
        rows = [np.flatnonzero(kinds == k) for k in np.unique(kinds)]
        while True:
            drawn = [int(rng.choice(rows[int(rng.integers(len(rows)))])) for _ in range(school.batch)]
            yield varied_crops(crops[drawn], rng), torch.from_numpy(kinds[drawn])

    def loss(batch: tuple[torch.Tensor, torch.Tensor]) -> torch.Tensor:
        return F.cross_entropy(model(batch[0]), batch[1], label_smoothing=0.1)

    return _train(school, "kinds", model, batches, loss)


def train_hero(school: Schooling) -> bool:
    """The judge of places, on whole pictures; half of them from the pair files where there are any."""
    wholes, masks, from_pairs = _wholes(school.examples)
    torch.manual_seed(school.seed + 1)
    model = HeroNet()
    sources = [r for r in (np.flatnonzero(from_pairs), np.flatnonzero(~from_pairs)) if len(r)]

    def batches(rng: np.random.Generator) -> Iterator[tuple[torch.Tensor, torch.Tensor]]:
        while True:
            drawn = [int(rng.choice(sources[i % len(sources)])) for i in range(school.batch)]
            yield varied_wholes(wholes[drawn], masks[drawn], rng)

    def loss(batch: tuple[torch.Tensor, torch.Tensor]) -> torch.Tensor:
        return mask_loss(model(batch[0]), batch[1])

    return _train(school, "hero", model, batches, loss)


def mask_loss(logits: torch.Tensor, wanted: torch.Tensor) -> torch.Tensor:
    """Cross-entropy of each cell, and one less the overlap of the masks (Dice; Milletari et al. 2016)."""
    share = logits.sigmoid()
    both = 2 * (share * wanted).sum(dim=(1, 2)) + 1
    dice = both / (share.sum(dim=(1, 2)) + wanted.sum(dim=(1, 2)) + 1)
    return F.binary_cross_entropy_with_logits(logits, wanted) + 0.5 * (1 - dice).mean()


def _train(
    school: Schooling,
    name: str,
    model: torch.nn.Module,
    batches: Callable[[np.random.Generator], Iterator[Any]],
    loss_of: Callable[[Any], torch.Tensor],
) -> bool:
    model.to(memory_format=torch.channels_last).train()
    optimizer = torch.optim.AdamW(model.parameters(), lr=school.rate, weight_decay=0.02)
    path = school.work / f"{name}.pt"
    step, spent = _restore(path, model, optimizer)
    begun, saved, losses = time.process_time(), time.monotonic(), []
    drawn = batches(np.random.default_rng([school.seed, step]))
    budget = school.minutes * 60

    def used() -> float:
        return spent + time.process_time() - begun

    while used() < budget and not school.until():
        _set_rate(optimizer, school.rate, used() / budget, step)
        loss = loss_of(next(drawn))
        optimizer.zero_grad(set_to_none=True)
        loss.backward()  # type: ignore[no-untyped-call]
        optimizer.step()
        step += 1
        losses.append(float(loss.detach()))
        if step % REPORT_EVERY == 0:
            school.tell(f"{name}: step {step}, {used() / budget:.0%}, loss {np.mean(losses[-REPORT_EVERY:]):.3f}")
        if time.monotonic() - saved > KEEP_EVERY:
            _keep(path, model, optimizer, step, used())
            saved = time.monotonic()
    _keep(path, model, optimizer, step, used())
    return used() >= budget


def _set_rate(optimizer: torch.optim.Optimizer, top: float, share: float, step: int) -> None:
    """A short rise, then a cosine fall over the whole budget."""
    for group in optimizer.param_groups:
        group["lr"] = top * min(1.0, (step + 1) / 100) * max(0.5 + 0.5 * float(np.cos(np.pi * min(share, 1.0))), 0.005)


def _keep(path: Path, model: torch.nn.Module, optimizer: torch.optim.Optimizer, step: int, spent: float) -> None:
    partial = path.with_suffix(".partial")
    state = {"model": model.state_dict(), "optimizer": optimizer.state_dict(), "step": step, "cpu": spent}
    torch.save(state, partial)
    partial.replace(path)


def _restore(path: Path, model: torch.nn.Module, optimizer: torch.optim.Optimizer) -> tuple[int, float]:
    if not path.exists():
        return 0, 0.0
    state = torch.load(path, map_location="cpu", weights_only=True)
    model.load_state_dict(state["model"])
    optimizer.load_state_dict(state["optimizer"])
    return int(state["step"]), float(state["cpu"])


def _crops(folder: Path) -> tuple[Bytes, NDArray[np.int64]]:
    """Every crop of every scene that is not held out, and its kind's number."""
    number = {kind: n for n, kind in enumerate(ex.all_kinds())}
    found, kinds = [], []
    for source in (*SOURCES, "portrait"):
        for example in ex.read_all(ex.paths_of(folder, source, held=False)):
            found.append(example.crops)
            kinds += [number[kind] for kind in example.kinds]
    if not kinds:
        raise FileNotFoundError(f"There is nothing to learn from in {folder}: run the stage `examples` first.")
    return np.concatenate(found), np.array(kinds)


def _wholes(folder: Path) -> tuple[Bytes, Bytes, NDArray[np.bool_]]:
    """Whole pictures, their heroes' masks, and whether they come from pair files."""
    wholes, masks, paired = [], [], []
    for source in SOURCES:
        for example in ex.read_all(ex.paths_of(folder, source, held=False)):
            wholes.append(example.whole)
            masks.append(example.mask)
            paired.append(source != "own")
    if not wholes:
        raise FileNotFoundError(f"There is nothing to learn from in {folder}: run the stage `examples` first.")
    return np.stack(wholes), np.stack(masks), np.array(paired)


def as_input(pictures: Bytes) -> torch.Tensor:
    """uint8 (n, H, W, 3) as float (n, 3, H, W), 0 to 1, laid out for the processor."""
    planes = torch.from_numpy(np.ascontiguousarray(pictures)).permute(0, 3, 1, 2)
    return planes.to(memory_format=torch.channels_last).float() / 255


def varied_crops(crops: Bytes, rng: np.random.Generator) -> torch.Tensor:
    """Kept crops (n, 80, 80, 3) as the judge sees them: places and sizes a little off, mirrored, recoloured, smeared."""
    size = int(rng.integers(ex.CROP - 10, ex.KEPT_CROP - 3))
    places = rng.integers(ex.KEPT_CROP - size + 1, size=(len(crops), 2))
    pieces = np.stack([c[y : y + size, x : x + size] for c, (y, x) in zip(crops, places, strict=True)])
    pieces[::2] = pieces[::2, :, ::-1]
    seen = F.interpolate(as_input(pieces), (ex.CROP, ex.CROP), mode="bilinear", antialias=True)
    return _recoloured(_smeared(seen, rng), rng)


def varied_wholes(wholes: Bytes, masks: Bytes, rng: np.random.Generator) -> tuple[torch.Tensor, torch.Tensor]:
    """Whole pictures mirrored, recoloured, smeared; masks (n, 64, 64) 0 to 1."""
    mirror = rng.random() < 0.5
    wholes, masks = (v[:, :, ::-1] if mirror else v for v in (wholes, masks))
    wanted = torch.from_numpy(np.ascontiguousarray(masks)).float() / 255
    return _recoloured(_smeared(as_input(wholes), rng), rng), wanted


def _smeared(pictures: torch.Tensor, rng: np.random.Generator) -> torch.Tensor:
    """Two in five batches lose detail, as any small autoencoder loses it: a judge must not live on single pixels."""
    if rng.random() < 0.6:
        return pictures
    sides = (pictures.shape[2], pictures.shape[3])
    share = float(rng.uniform(0.4, 0.9))
    small = F.interpolate(pictures, [max(8, round(s * share)) for s in sides], mode="bilinear", antialias=True)
    return F.interpolate(small, sides, mode="bicubic").clamp(0, 1)


def _recoloured(pictures: torch.Tensor, rng: np.random.Generator) -> torch.Tensor:
    """Gain, tint, gamma and noise for each picture: colour tells little about what a thing is."""
    n = len(pictures)

    def drawn(low: float, high: float, channels: int = 1) -> torch.Tensor:
        return torch.from_numpy(rng.uniform(low, high, (n, channels, 1, 1)).astype(np.float32))

    lit = (pictures * drawn(0.75, 1.25) * drawn(0.9, 1.1, 3)).clamp(1e-4, 1) ** drawn(0.75, 1.3)
    noise = torch.from_numpy(rng.standard_normal(pictures.shape, dtype=np.float32)) * drawn(0, 0.03)
    return (lit + noise).clamp(0, 1)
