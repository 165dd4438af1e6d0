"""Photos of products: their thing cut out of the ground, in the child process."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from brand_styles.intake.guard import ask_child
from brand_styles.intake.pictures import read_limited

MAX_SIDE = 2400  # px at which photos are kept and cut
MEMORY_BYTES = 2_000_000_000
CPU_SECONDS = 40


@dataclass(frozen=True)
class Stroke:
    """One stroke of the brush in photo pixels: keep what it touches, or remove it. `size` is the brush's diameter."""

    keep: bool
    size: float
    points: tuple[tuple[float, float], ...]

    def as_json(self) -> dict[str, object]:
        return {"keep": self.keep, "size": self.size, "points": [list(p) for p in self.points]}


@dataclass(frozen=True)
class Cut:
    """alpha: uint8 (H, W). rectangle: the one used, x0, y0, x1, y1 in photo pixels. share: of the photo that is kept."""

    alpha: NDArray[np.uint8]
    rectangle: tuple[int, int, int, int]
    share: float


def cut_out(
    photo: bytes | Path, rectangle: Sequence[float] | None = None, strokes: Sequence[Stroke | dict[str, object]] = ()
) -> Cut:
    """GrabCut on a PNG, JPEG or WebP, from a rectangle (an automatic one where None) and strokes, at most MAX_SIDE large.

    The same arguments give the same alpha. Refused with a sentence where the file is none, or nothing or all would be kept.
    """
    plain = [s.as_json() if isinstance(s, Stroke) else s for s in strokes]
    wishes = json.dumps({"rectangle": None if rectangle is None else list(rectangle), "strokes": plain}).encode()
    data = len(wishes).to_bytes(4, "big") + wishes + read_limited(photo)
    header, payload = ask_child("cut", data, MAX_SIDE, memory=MEMORY_BYTES, seconds=CPU_SECONDS)
    alpha = np.frombuffer(payload, np.uint8).reshape(int(header["height"]), int(header["width"])).copy()
    x0, y0, x1, y1 = (int(v) for v in header["rectangle"])
    return Cut(alpha, (x0, y0, x1, y1), float(header["share"]))
