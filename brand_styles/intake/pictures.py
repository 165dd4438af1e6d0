"""Raster pictures from people."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from brand_styles.intake.guard import CPU_SECONDS, MAX_FILE_BYTES, MEMORY_BYTES, ask_child

MAX_SIDE = 4096  # px; larger pictures are scaled down while they are decoded


def decode_picture(
    source: bytes | Path, *, max_side: int = MAX_SIDE, memory: int = MEMORY_BYTES, seconds: int = CPU_SECONDS
) -> NDArray[np.uint8]:
    """uint8 RGBA (H, W, 4) in sRGB of a PNG, JPEG or WebP, decoded in a child process. Refused with a sentence."""
    header, payload = ask_child("picture", read_limited(source), max_side, memory=memory, seconds=seconds)
    flat = np.frombuffer(payload, dtype=np.uint8)
    return flat.reshape(int(header["height"]), int(header["width"]), 4).copy()


def read_limited(source: bytes | Path) -> bytes:
    """A file's bytes, one more than may be taken at most, so that the guard can refuse it."""
    if isinstance(source, bytes):
        return source
    with source.open("rb") as file:
        return file.read(MAX_FILE_BYTES + 1)
