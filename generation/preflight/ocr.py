"""Reading lines back from pixels, with the recognition model that ships in rapidocr's wheel.

Where each line stands is known, so nothing is detected: a crop goes in, characters come out. The model (PP-OCRv6 small,
CTC over 18,708 characters) is run on one thread through onnxruntime, which also gives what rapidocr's own interface hides: the
probability of every character at every step.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from importlib.resources import files
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image

HEIGHT = 48  # rows the model reads
STEP = 8  # columns of one CTC step
WIDEST = 2400  # columns; a longer crop is squeezed
MODEL = ("models", "PP-OCRv6_rec_small.onnx")


@dataclass(frozen=True)
class Glyph:
    """One character as read: its probability, where in the crop (0 to 1), and the runners-up with theirs."""

    char: str
    probability: float
    place: float
    others: tuple[tuple[str, float], ...] = ()


@dataclass(frozen=True)
class Reading:
    """A line as read. `confidence` is the mean probability of its characters, 0 when nothing was read."""

    glyphs: tuple[Glyph, ...]

    @property
    def text(self) -> str:
        return "".join(g.char for g in self.glyphs)

    @property
    def confidence(self) -> float:
        return float(np.mean([g.probability for g in self.glyphs])) if self.glyphs else 0.0


class Reader:
    """The recogniser. Cheap to make; the model (21 MB) is loaded at the first line and kept."""

    def __init__(self, threads: int = 1) -> None:
        self._threads = threads

    @cached_property
    def _session(self) -> Any:
        import onnxruntime  # type: ignore[import-untyped]

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = self._threads
        options.inter_op_num_threads = 1
        options.log_severity_level = 3
        model = files("rapidocr").joinpath(*MODEL)
        return onnxruntime.InferenceSession(model.read_bytes(), options, providers=["CPUExecutionProvider"])

    @cached_property
    def _characters(self) -> list[str]:
        table = self._session.get_modelmeta().custom_metadata_map["character"].splitlines()
        return ["", *table, " "]

    def knows(self, char: str) -> bool:
        """True when the model can read `char` at all."""
        return char in self._known

    @cached_property
    def _known(self) -> frozenset[str]:
        return frozenset(self._characters)

    def read(self, crops: Sequence[NDArray[np.uint8]]) -> list[Reading]:
        """Read crops, (h, w, 3) uint8 sRGB of one line each, dark on light or light on dark."""
        return [self._decode(self._run(crop)) for crop in crops]

    def _run(self, crop: NDArray[np.uint8]) -> NDArray[np.float32]:
        width = min(max(round(crop.shape[1] * HEIGHT / crop.shape[0]), HEIGHT), WIDEST)
        image = Image.fromarray(crop).resize((width, HEIGHT), Image.Resampling.BICUBIC)
        planes = np.asarray(image, np.float32)[:, :, ::-1].transpose(2, 0, 1)[None] / 127.5 - 1
        name = self._session.get_inputs()[0].name
        posterior: NDArray[np.float32] = self._session.run(None, {name: np.ascontiguousarray(planes)})[0][0]
        return posterior

    def _decode(self, posterior: NDArray[np.float32]) -> Reading:
        """Greedy CTC: the likeliest character of each step, repeats and blanks dropped."""
        best = posterior.argmax(1)
        steps = len(best)
        starts = [t for t in range(steps) if best[t] and (t == 0 or best[t] != best[t - 1])]
        glyphs = []
        for start in starts:
            end = start + 1
            while end < steps and best[end] == best[start]:
                end += 1
            peak = start + int(posterior[start:end, best[start]].argmax())
            glyphs.append(self._glyph(posterior[peak], int(best[start]), (peak + 0.5) / steps))
        return Reading(tuple(glyphs))

    def _glyph(self, row: NDArray[np.float32], best: int, place: float) -> Glyph:
        top = np.argpartition(row, -5)[-5:]
        others = tuple((self._characters[i], float(row[i])) for i in top[np.argsort(-row[top])] if i not in (0, best))
        return Glyph(self._characters[best], float(row[best]), place, others)


@lru_cache(maxsize=1)
def shared_reader() -> Reader:
    """The one reader of this process, so that the model is loaded once."""
    return Reader()
