"""PNG files, tagged sRGB."""

from __future__ import annotations

import io

import numpy as np
from numpy.typing import NDArray


def png_bytes(rgb: NDArray[np.uint8]) -> bytes:
    """A PNG of uint8 (H, W, 3) pixels with an sRGB chunk."""
    from PIL import Image, PngImagePlugin

    info = PngImagePlugin.PngInfo()
    info.add(b"sRGB", b"\x00")
    out = io.BytesIO()
    Image.fromarray(rgb).save(out, "PNG", compress_level=4, pnginfo=info)
    return out.getvalue()
