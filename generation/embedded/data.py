"""Training pairs by our own slow tier, and what training draws from them and from an offline renderer's (export_pairs.py).

Drawing again draws only what is missing. Nothing here is random but the seed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from generation.embedded.denoise import denoise
from generation.embedded.pair_files import Pair, pair_path, read_pair, write_pair
from generation.engines.conditioning import NORMAL_X

AREA = 384 * 672  # of the larger half of the pairs
SAMPLES = 4  # paths a pixel: what noise they leave, `denoise` takes out
CHINESE = 0.3  # share of captions


def draw_pair(seed: int) -> Pair:
    """The pair of one seed, drawn by our own two tiers: light, but no stuff and no dressing."""
    from generation.embedded.export_pairs import calm_map, page_of, scalars_of, staged
    from generation.scenes import render_slow

    scene = staged(seed, dressed=False)
    b = scene.blockout
    target = denoise(render_slow.render(scene.stage, b.width, b.height, SAMPLES), b)
    zones = (calm_map(scene.stage) > 0.5).astype(np.uint8) * np.uint8(255)
    return Pair(b, target, zones, np.zeros_like(zones), scalars_of(scene.stage), page_of(scene))


def draw_pairs(folder: Path, count: int, told: Callable[[int, int], None], until: Callable[[], bool]) -> int:
    """Draw the pairs of seeds 0 to count − 1 that `folder` lacks, until `until` says stop. Returns how many there are now."""
    folder.mkdir(parents=True, exist_ok=True)
    done = 0
    for seed in range(count):
        path = pair_path(folder, seed)
        if not path.exists():
            if until():
                break
            write_pair(path, draw_pair(seed))
        done += 1
        told(done, count)
    return done


def mirrored(caption: str) -> str:
    """The caption of the picture flipped left to right, in either language."""
    swap = {"left": "right", "right": "left"}
    turned = ", ".join(" ".join(swap.get(w, w) for w in part.split(" ")) for part in caption.split(", "))
    return turned.translate(str.maketrans("左右", "右左"))


def flipped(stack: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """The maps of the flipped picture: the normals' x turns with it."""
    out = np.ascontiguousarray(stack[..., ::-1])
    out[NORMAL_X] = 255 - out[NORMAL_X]
    return out


@dataclass
class Examples:
    """What training draws from, kept in memory: targets uint8 (3, H, W), stacks uint8 (C, H, W), weights uint8 (H, W) and
    captions (English, Chinese)."""

    targets: list[NDArray[np.uint8]]
    stacks: list[NDArray[np.uint8]]
    weights: list[NDArray[np.uint8]]
    captions: list[tuple[str, str]]

    @classmethod
    def read(cls, paths: list[Path]) -> Examples:
        examples = cls([], [], [], [])
        for pair in map(read_pair, paths):
            examples.targets.append(np.ascontiguousarray(pair.target.transpose(2, 0, 1)))
            examples.stacks.append(pair.stack())
            examples.weights.append(pair.weight())
            examples.captions.append((pair.caption(), pair.caption("zh")))
        return examples

    def caption(self, i: int, rng: np.random.Generator) -> str:
        """Of picture `i`, in Chinese now and then."""
        english, chinese = self.captions[i]
        return chinese if chinese and rng.random() < CHINESE else english

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
