"""What a detector says it saw, and what a detector is."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from brand_styles.words import Words
from generation.layout.geometry import Rect

Rgb = NDArray[np.uint8]  # (H, W, 3), sRGB
Sort = Literal["lettering", "code", "face", "nudity", "thing"]


@dataclass(frozen=True)
class Sighting:
    """One thing seen. `name`: for a thing the rule's word for it; `box` in pixels of the picture that was looked at, None for the
    whole; `score`: the detector's own, 0 to 1; `detail`: what it reads or is.
    """

    sort: Sort
    box: Rect | None
    score: float
    detector: str
    name: str = ""
    detail: str = ""


@dataclass(frozen=True)
class Detector:
    """One row of the table. `sees`: the sorts it covers; a detector of things takes any words. `ready`: whether all it needs is there,
    cheaply; `look`: a picture and the names of things asked for, to sightings.
    """

    name: str
    sees: frozenset[Sort]
    needs: Words
    licence: str
    ready: Callable[[], bool]
    look: Callable[[Rgb, Sequence[str]], list[Sighting]]
