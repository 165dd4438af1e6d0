"""The trained judges: which kind a box of a picture shows, where its hero is, and features to compare pictures by."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
import torch
from numpy.typing import NDArray
from scipy import ndimage

from generation.embedded.judging import examples as ex
from generation.embedded.judging.labels import Labels, plain
from generation.embedded.judging.nets import HeroNet, KindNet
from generation.embedded.judging.training import as_input
from generation.layout.geometry import Rect

Bytes = NDArray[np.uint8]
Floats = NDArray[np.float32]
AT_ONCE = 32
FINER = 4  # the mask is read at four times the network's grid


@dataclass
class Judges:
    """Both networks with their labels. mean, deviation: of training pictures' features, (d,)."""

    kinds_net: KindNet
    hero_net: HeroNet
    labels: Labels
    mean: Floats
    deviation: Floats

    @classmethod
    def of(cls, kinds_net: KindNet, hero_net: HeroNet, labels: Labels | None = None) -> Judges:
        """Judges whose features are not standardised yet and whose kinds are all apart."""
        width = 2 * kinds_net.width + hero_net.width
        blank = np.zeros(width, np.float32), np.ones(width, np.float32)
        _make_ready(kinds_net, hero_net)
        return cls(kinds_net, hero_net, labels or plain(ex.all_kinds()), *blank)

    def shares(self, crops: Bytes) -> Floats:
        """Probabilities of kinds (n, kinds) of crops (n, 64, 64, 3): the mean of each crop and its mirror image."""

        def of(part: Bytes) -> torch.Tensor:
            both = [self.kinds_net(as_input(p)).softmax(1) for p in (part, part[:, :, ::-1])]
            return torch.stack(both).mean(0)

        return _in_parts(crops, of, len(self.labels.kinds))

    def seen(self, pictures: Sequence[Bytes], boxes: Sequence[Rect | None]) -> Floats:
        """Probabilities of labels (n, labels) in one box of each picture; all 0 where there is no box."""
        crops = [ex.cut(p, b or Rect(0, 0, 1, 1), ex.CROP, ex.SEEN_GROWN) for p, b in zip(pictures, boxes, strict=True)]
        found = self.labels.summed(self.shares(np.stack(crops)))
        found[[b is None for b in boxes]] = 0
        return found

    def boxes(self, pictures: Sequence[Bytes]) -> list[Rect | None]:
        """The hero's box in pixels of each picture; None where the judge sees no hero."""
        covers = self.covers(np.stack([ex.squeezed(p) for p in pictures]))
        return [box_of(c, p.shape[1], p.shape[0]) for c, p in zip(covers, pictures, strict=True)]

    def covers(self, wholes: Bytes) -> Floats:
        """The hero's probability (n, 64, 64) over whole pictures (n, 128, 128, 3)."""
        return _in_parts(wholes, lambda part: self.hero_net(as_input(part)).sigmoid(), ex.MASK, ex.MASK)

    def features(self, wholes: Bytes) -> NDArray[np.float64]:
        """(n, d) of whole pictures (n, 128, 128, 3), standardised: what both networks see before they decide. The judge of kinds
        looks at the picture as a whole, and at four quarters and the middle, whose mean is taken."""
        raw = self.raw_features(wholes)
        return np.asarray((raw - self.mean) / self.deviation, dtype=np.float64)

    def raw_features(self, wholes: Bytes) -> Floats:
        def of(part: Bytes) -> torch.Tensor:
            whole = as_input(part)
            half, quarter = ex.CROP, ex.CROP // 2
            corners = [(0, 0), (0, half), (half, 0), (half, half), (quarter, quarter)]
            tiles = [self.kinds_net.features(whole[:, :, y : y + half, x : x + half]) for y, x in corners]
            small = torch.nn.functional.avg_pool2d(whole, 2)
            return torch.cat(
                [torch.stack(tiles).mean(0), self.kinds_net.features(small), self.hero_net.features(whole)], 1
            )

        return _in_parts(wholes, of, len(self.mean))

    def standardise(self, wholes: Bytes) -> None:
        """Take mean and deviation of the features from these pictures."""
        raw = self.raw_features(wholes)
        self.mean, self.deviation = raw.mean(axis=0), np.maximum(raw.std(axis=0), 1e-4)

    def write(self, folder: Path) -> None:
        """Labels and statistics; the networks' own files are kept by training."""
        self.labels.write(folder / "labels.json")
        np.savez(folder / "features.npz", mean=self.mean, deviation=self.deviation)

    @classmethod
    def load(cls, folder: Path) -> Judges:
        """As trained and, where that was done, calibrated. FileNotFoundError where a judge was not trained."""
        judges = cls.of(KindNet(len(ex.all_kinds())), HeroNet())
        for name, net in (("kinds", judges.kinds_net), ("hero", judges.hero_net)):
            path = folder / f"{name}.pt"
            if not path.exists():
                raise FileNotFoundError(f"The judge {path} is missing: run the stage `judges` first.")
            net.load_state_dict(torch.load(path, map_location="cpu", weights_only=True)["model"])
        if (folder / "labels.json").exists() and (folder / "features.npz").exists():
            judges.labels = Labels.read(folder / "labels.json")
            with np.load(folder / "features.npz") as kept:
                judges.mean, judges.deviation = kept["mean"], kept["deviation"]
        return judges


def box_of(cover: Floats, width: int, height: int) -> Rect | None:
    """The box of the likeliest connected part of a mask (h, w), 0 to 1, in pixels of a picture of this size."""
    fine = cv2.resize(cover, None, fx=FINER, fy=FINER, interpolation=cv2.INTER_LINEAR)
    parts, count = ndimage.label(fine > 0.5)
    if not count:
        return None
    weights = ndimage.sum_labels(fine, parts, range(1, count + 1))
    rows, columns = ndimage.find_objects(parts)[int(np.argmax(weights))]
    sx, sy = width / fine.shape[1], height / fine.shape[0]
    return Rect(columns.start * sx, rows.start * sy, columns.stop * sx, rows.stop * sy)


def _make_ready(*nets: torch.nn.Module) -> None:
    for net in nets:
        net.to(memory_format=torch.channels_last).eval()


def _in_parts(pictures: Bytes, of: Callable[[Bytes], torch.Tensor], *shape: int) -> Floats:
    """`of` a few pictures at a time, (n, *shape)."""
    out = np.zeros((len(pictures), *shape), np.float32)
    with torch.inference_mode():
        for i in range(0, len(pictures), AT_ONCE):
            out[i : i + AT_ONCE] = of(pictures[i : i + AT_ONCE]).numpy()
    return out
