"""Which requests can be diffused together, and at what size the model sees them."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from brand_styles.words import Words
from generation.control.blockout import Blockout
from generation.engines.base import OWN_GUIDANCE, OWN_STEPS, PictureRequest
from generation.layout.geometry import Rect

WIDEST = 2.2  # beyond this ratio only the subject's window is diffused
LOWEST = 120  # px of canvas height (or width) under which the picture is left to the renderer
MULTIPLE = 32  # three levels of a UNet over latents an eighth of the picture's size
LARGEST_BATCH = 4
SMALLEST_SIDE = 128


@dataclass(frozen=True)
class Job:
    """A request, the part of its canvas that is diffused (whole pixels) and the size the model sees, (width, height).

    start: a picture (h, w, 3), 0 to 1, at that size, to begin from in place of the blockout. tile_of: the size of the whole
    canvas where the region is a tile of it, at the model's own scale.
    """

    index: int
    request: PictureRequest
    region: tuple[int, int, int, int]
    size: tuple[int, int]
    start: NDArray[np.float32] | None = None
    tile_of: tuple[int, int] | None = None

    @property
    def steps(self) -> int:
        asked = self.request.num_inference_steps
        return OWN_STEPS if asked is None else asked

    @property
    def guidance(self) -> float:
        asked = self.request.guidance_scale
        return OWN_GUIDANCE if asked is None else asked

    @property
    def strength(self) -> float:
        return 1.0 if self.request.strength is None else self.request.strength

    @property
    def windowed(self) -> bool:
        b = self.request.blockout
        return self.region != (0, 0, b.width, b.height)


def why_not(request: PictureRequest) -> Words | None:
    """Why a request can't be diffused at all; None when it can."""
    b = request.blockout
    if min(b.width, b.height) < LOWEST:
        return Words(en=f"the canvas is under {LOWEST} px on its short side", zh=f"画布短边不足 {LOWEST} 像素")
    if request.strength is not None and request.strength <= 0:
        return Words(en="strength 0 leaves the blockout as it is", zh="强度为 0，画面保持渲染原样")
    if _elongated(b) and request.window is None and b.subject_id not in b.boxes:
        return Words(
            en="a canvas this long is diffused around its subject only, and there is none",
            zh="如此狭长的画布只在主体周围扩散，而这里没有主体",
        )
    return None


def job_for(index: int, request: PictureRequest, area: int, least: int | None = None) -> Job:
    """Where and how large to diffuse. `area`: pixels the model is at its best with; `least`: how few will do on a smaller canvas
    (None: it always wants `area`)."""
    b = request.blockout
    window = request.window or (subject_window(b) if _elongated(b) else Rect(0, 0, b.width, b.height))
    x0, y0, x1, y1 = window.clamped(b.width, b.height).rounded()
    if min(x1 - x0, y1 - y0) < 8:
        x0, y0, x1, y1 = 0, 0, b.width, b.height
    wanted = area if least is None else min(area, max(least, (x1 - x0) * (y1 - y0)))
    return Job(index, request, (x0, y0, x1, y1), model_size(x1 - x0, y1 - y0, wanted))


def _elongated(blockout: Blockout) -> bool:
    return max(blockout.width, blockout.height) > WIDEST * min(blockout.width, blockout.height)


def subject_window(blockout: Blockout) -> Rect:
    """The subject's box and some air around it, as wide as it is needed and no longer than `WIDEST` allows."""
    assert blockout.subject_id is not None  # noqa: S101 - why_not asked for it
    box = blockout.boxes[blockout.subject_id]
    short = min(blockout.width, blockout.height)
    grown = box.grown(0.25 * short)
    if blockout.width >= blockout.height:
        grown = Rect(grown.x0, 0, grown.x1, blockout.height)
    else:
        grown = Rect(0, grown.y0, blockout.width, grown.y1)
    return grown.clamped(blockout.width, blockout.height)


def model_size(width: int, height: int, area: int, multiple: int = MULTIPLE) -> tuple[int, int]:
    """The (width, height) nearest to the wanted shape with about `area` pixels, both multiples of `multiple`."""
    scale = math.sqrt(area / (width * height))

    def fit(side: int) -> int:
        return max(round(side * scale / multiple) * multiple, SMALLEST_SIDE)

    return fit(width), fit(height)


def gathered(sizes: Sequence[tuple[int, int]], most: int = 2 * LARGEST_BATCH) -> list[list[int]]:
    """Canvases (width, height) by the pictures that are worth asking for in one call: those of one size for the model beside each
    other, `most` at the most. Indices into `sizes`, each once."""
    alike: dict[tuple[int, int], list[int]] = {}
    for i, (width, height) in enumerate(sizes):
        alike.setdefault(model_size(width, height, 1024 * 1024), []).append(i)
    calls: list[list[int]] = [[]]
    for group in alike.values():
        for start in range(0, len(group), LARGEST_BATCH):
            batch = group[start : start + LARGEST_BATCH]
            if len(calls[-1]) + len(batch) > most:
                calls.append([])
            calls[-1] += batch
    return [call for call in calls if call]


def batches(jobs: Sequence[Job], largest: int = LARGEST_BATCH) -> list[list[Job]]:
    """Jobs that can share a batch, in the order of their first members; each batch holds at most `largest`."""
    groups: dict[tuple[object, ...], list[Job]] = {}
    for job in jobs:
        r = job.request
        alike = (
            job.size,
            r.num_inference_steps,
            r.strength,
            r.guidance_scale,
            r.controlnet_conditioning_scale,
            r.loras,
            tuple(picture.tobytes() for picture in r.references),
            r.reference_scale,
        )
        groups.setdefault(alike, []).append(job)
    return [group[i : i + largest] for group in groups.values() for i in range(0, len(group), largest)]
