"""Writing anywhere on a picture: PP-OCR's detector proposes, its recogniser has the last word.

Both models ship in rapidocr's wheel and run on one thread. The detector (differentiable binarisation: Liao et al., "Real-time Scene
Text Detection with Differentiable Binarization", AAAI 2020) marks whatever is shaped like writing, dials and rings too; what the
recogniser can't read as a few characters in a row is let go.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from importlib.resources import files
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from generation.layout.geometry import Rect
from generation.preflight.ocr import Reading, shared_reader
from generation.preflight.sight.types import Rgb, Sighting

NAME = "PP-OCRv6 (rapidocr)"
MODEL = ("models", "PP-OCRv6_det_small.onnx")
SIDE = 960  # px: the long side that is looked at
CELL = 32  # the network wants sides that are multiples of this
INSIDE, SURE = 0.3, 0.6  # probability of a pixel of writing; mean over a region from which it counts
LEAST = 4  # px of a region's short side at the working size
GROWN = 1.5  # how far a region grows: the network marks the middle of lines (section 3.4 of the paper: unclip ratio)
MOST = 40  # regions read; a picture with more is full of writing anyway
WELL, FAIRLY, BADLY = 0.8, 0.6, 0.3  # mean probability of a line's characters
WRITTEN = 0.85  # of a region's pixels: from here on three Han characters are writing however badly they read


def find_lettering(rgb: Rgb, asked: Sequence[str] = ()) -> list[Sighting]:
    """Lines of writing on a uint8 RGB picture, the likeliest first; `detail` is what they read."""
    found = [seen for box, written in _regions(rgb) if (seen := _read(rgb, box, written)) is not None]
    return sorted(found, key=lambda seen: -seen.score)


def _regions(rgb: Rgb) -> list[tuple[Rect, float]]:
    """Where there may be writing, the largest first, with the mean probability that it is."""
    from scipy import ndimage

    probability = _probability(rgb)
    across, down = rgb.shape[1] / probability.shape[1], rgb.shape[0] / probability.shape[0]
    labels, count = ndimage.label(probability > INSIDE)
    means = ndimage.mean(probability, labels, np.arange(1, count + 1))
    areas = ndimage.sum_labels(np.ones_like(labels), labels, np.arange(1, count + 1))
    kept: list[tuple[float, Rect, float]] = []
    for (rows, columns), mean, area in zip(ndimage.find_objects(labels), means, areas, strict=True):
        height, width = rows.stop - rows.start, columns.stop - columns.start
        if mean >= SURE and min(height, width) >= LEAST:
            by = float(area) * GROWN / (2 * (height + width))
            box = Rect(columns.start - by, rows.start - by, columns.stop + by, rows.stop + by)
            place = Rect(box.x0 * across, box.y0 * down, box.x1 * across, box.y1 * down)
            kept.append((-float(area), place, float(mean)))
    kept.sort(key=lambda each: each[0])
    return [(box, mean) for _, box, mean in kept[:MOST]]


def _probability(rgb: Rgb) -> NDArray[np.float32]:
    """Of writing, at the working size."""
    scale = min(SIDE / max(rgb.shape[:2]), 1.0)
    width, height = (max(round(side * scale / CELL), 1) * CELL for side in (rgb.shape[1], rgb.shape[0]))
    small = Image.fromarray(rgb).resize(
        (width, height), Image.Resampling.BOX if scale < 0.6 else Image.Resampling.BILINEAR
    )
    planes = np.asarray(small, np.float32)[:, :, ::-1].transpose(2, 0, 1)[None] / 127.5 - 1
    session = _session()
    out: NDArray[np.float32] = session.run(None, {session.get_inputs()[0].name: np.ascontiguousarray(planes)})[0][0, 0]
    return out


@lru_cache(maxsize=1)
def _session() -> Any:
    import onnxruntime  # type: ignore[import-untyped]

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.log_severity_level = 3
    model = files("rapidocr").joinpath(*MODEL).read_bytes()
    return onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"])


def _read(rgb: Rgb, box: Rect, written: float) -> Sighting | None:
    reading = max((shared_reader().read([crop])[0] for crop in _turns(rgb, box)), key=_weight, default=None)
    if reading is None or not _is_writing(reading, written):
        return None
    clamped = box.clamped(rgb.shape[1], rgb.shape[0])
    return Sighting("lettering", clamped, round(reading.confidence, 3), NAME, detail=reading.text)


def _turns(rgb: Rgb, box: Rect) -> Iterator[Rgb]:
    """The region as a line to read; a tall one lying on either side."""
    x0, y0, x1, y1 = box.clamped(rgb.shape[1], rgb.shape[0]).rounded()
    crop = rgb[y0:y1, x0:x1]
    if min(crop.shape[:2]) < LEAST:
        return
    tall = crop.shape[0] > 1.5 * crop.shape[1]
    for turned in (np.rot90(crop), np.rot90(crop, 3)) if tall else (crop,):
        yield np.ascontiguousarray(turned)


def _weight(reading: Reading) -> float:
    return reading.confidence * min(len(_characters(reading)), 4)


def _characters(reading: Reading) -> str:
    return "".join(char for char in reading.text if char.isalnum())


def _is_writing(reading: Reading, written: float) -> bool:
    """Characters in a row that read well, or enough of them: a ring is one “O”, a row of pillars “mo oe”. Nothing else looks like
    three Han characters, however garbled."""
    said, sure = _characters(reading), reading.confidence
    han = sum("一" <= char <= "鿿" for char in said)
    if len(set(said)) < 2:
        return False
    if sure >= WELL or (sure >= FAIRLY and (han >= 3 or len(set(said)) >= 4)):
        return True
    return han >= 3 and sure >= BADLY and written >= WRITTEN
