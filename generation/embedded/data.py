"""Training pairs: one staged scene drawn by the fast tier (with all its maps) and by the slow tier, and its caption.

One .npz for each pair, named by its seed; drawing again draws only what is missing. Nothing here is random but the seed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from generation.control.blockout import Blockout
from generation.embedded.denoise import denoise
from generation.engines.conditioning import NORMAL_X, dense_stack
from generation.layout.geometry import Rect

# Pictures of the size that the model is used at. Tall ones most often, as posters are.
AREA = 256 * 448
CANVASES = ((256, 448), (256, 448), (320, 320), (448, 256))
SAMPLES = 4  # paths a pixel: what noise they leave, `denoise` takes out
HELD_OUT = 16  # the first seeds: never trained on

_MAPS = ("rgb", "depth", "normals", "edges", "ids", "albedo", "material")


@dataclass(frozen=True)
class Pair:
    """blockout: the fast tier. target: the slow tier's picture of the same scene, uint8 (H, W, 3). caption: English.
    weight: how far the target is to be believed, uint8 (H, W), 0 where it shows dressing that no map tells of; None: everywhere."""

    blockout: Blockout
    target: NDArray[np.uint8]
    caption: str
    weight: NDArray[np.uint8] | None = None

    def stack(self) -> NDArray[np.uint8]:
        """The ControlNet's maps as uint8 (C, H, W); 255 is 1."""
        return np.asarray((dense_stack(self.blockout) * 255 + 0.5).astype(np.uint8))


def draw_pair(seed: int) -> Pair:
    """The pair of one seed: a random graph, a random layout on one of the canvases, both tiers."""
    import random

    from generation.planning.prompts import prompt_for
    from generation.scenes import render_fast, render_slow
    from generation.scenes.sampling import random_graph, random_layout
    from generation.scenes.staging import stage

    width, height = random.Random(seed).choice(CANVASES)
    graph = random_graph(seed)
    staged = stage(graph, random_layout(seed, width, height))
    caption = prompt_for(graph, graph.palette, graph.mood)  # type: ignore[arg-type]
    blockout = render_fast.render(staged, width, height)
    target = denoise(render_slow.render(staged, width, height, SAMPLES), blockout)
    return Pair(blockout, target, caption)


def draw_pairs(folder: Path, count: int, told: Callable[[int, int], None], until: Callable[[], bool]) -> int:
    """Draw the pairs of seeds 0 to count − 1 that `folder` lacks, until `until` says stop. Returns how many there are now."""
    folder.mkdir(parents=True, exist_ok=True)
    done = 0
    for seed in range(count):
        path = path_of(folder, seed)
        if not path.exists():
            if until():
                break
            write_pair(path, draw_pair(seed))
        done += 1
        told(done, count)
    return done


def path_of(folder: Path, seed: int) -> Path:
    return folder / f"{seed:06d}.npz"


def pair_paths(folder: Path, held_out: bool = False) -> list[Path]:
    """Every finished pair, by seed: those to train on, or those held out."""
    return [p for p in sorted(folder.glob("[0-9]*.npz")) if (int(p.stem) < HELD_OUT) == held_out]


def write_pair(path: Path, pair: Pair) -> None:
    """Whole or not at all."""
    b = pair.blockout
    maps = {name: getattr(b, name) for name in _MAPS}
    maps["depth"] = maps["depth"].astype(np.float16)
    maps["normals"] = np.round(maps["normals"] * 127).astype(np.int8)
    boxes = np.array([[i, *r.as_list()] for i, r in b.boxes.items()], dtype=np.float64).reshape(-1, 5)
    subject = -1 if b.subject_id is None else b.subject_id
    if pair.weight is not None:
        maps["weight"] = pair.weight
    partial = path.with_suffix(".partial")
    with partial.open("wb") as f:
        np.savez_compressed(
            f, target=pair.target, caption=pair.caption, boxes=boxes, subject=subject, light=b.light, **maps
        )
    partial.replace(path)


def read_pair(path: Path) -> Pair:
    with np.load(path) as kept:
        maps = {name: kept[name] for name in _MAPS}
        boxes = {int(i): Rect(*map(float, r)) for i, *r in kept["boxes"]}
        subject = int(kept["subject"])
        light = (float(kept["light"][0]), float(kept["light"][1]))
        target, caption = kept["target"], str(kept["caption"])
        weight = kept.get("weight")
    maps["depth"] = maps["depth"].astype(np.float32)
    maps["normals"] = maps["normals"].astype(np.float32) / 127
    blockout = Blockout(**maps, boxes=boxes, subject_id=None if subject < 0 else subject, light=light)
    return Pair(blockout, target, caption, weight)


def mirrored(caption: str) -> str:
    """The caption of the picture flipped left to right."""
    swap = {"left": "right", "right": "left"}
    return ", ".join(" ".join(swap.get(w, w) for w in part.split(" ")) for part in caption.split(", "))


def flipped(stack: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """The maps of the flipped picture: the normals' x turns with it."""
    out = np.ascontiguousarray(stack[..., ::-1])
    out[NORMAL_X] = 255 - out[NORMAL_X]
    return out


@dataclass
class Examples:
    """What training draws from, kept in memory: targets uint8 (3, H, W), stacks uint8 (C, H, W), captions."""

    targets: list[NDArray[np.uint8]]
    stacks: list[NDArray[np.uint8]]
    captions: list[str]

    @classmethod
    def read(cls, paths: list[Path]) -> Examples:
        examples = cls([], [], [])
        for pair in map(read_pair, paths):
            examples.targets.append(np.ascontiguousarray(pair.target.transpose(2, 0, 1)))
            examples.stacks.append(pair.stack())
            examples.captions.append(pair.caption)
        return examples

    def __len__(self) -> int:
        return len(self.targets)


def crops(examples: Examples, side: int, batch: int, rng: np.random.Generator) -> Iterator[NDArray[np.uint8]]:
    """Endless batches (B, 3, side, side) from both tiers, half of them the busiest of four places: flat grounds teach nothing."""
    while True:
        yield np.stack([_crop(examples, side, rng) for _ in range(batch)])


def _crop(examples: Examples, side: int, rng: np.random.Generator) -> NDArray[np.uint8]:
    i = int(rng.integers(len(examples)))
    picture = examples.targets[i] if rng.random() < 0.6 else examples.stacks[i][:3]
    places = [_cut(picture, side, rng) for _ in range(4 if rng.random() < 0.5 else 1)]
    found = max(places, key=_busyness)
    return found[..., ::-1] if rng.random() < 0.5 else found


def _cut(picture: NDArray[np.uint8], side: int, rng: np.random.Generator) -> NDArray[np.uint8]:
    y = int(rng.integers(picture.shape[1] - side + 1))
    x = int(rng.integers(picture.shape[2] - side + 1))
    return picture[:, y : y + side, x : x + side]


def _busyness(crop: NDArray[np.uint8]) -> float:
    grey = crop.mean(axis=0)
    return float(np.abs(np.diff(grey, axis=0)).mean() + np.abs(np.diff(grey, axis=1)).mean())
