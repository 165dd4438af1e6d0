"""The rasters a Design is composed from, kept beside the finished picture, so that an edit never draws a scene again."""

from __future__ import annotations

import io
from collections.abc import Mapping
from typing import TYPE_CHECKING

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

MASK = "subject-mask"  # the name under which the subject's mask stands among them


def keep(
    stem: str, sources: Mapping[str, NDArray[np.uint8]], subject_mask: NDArray[np.bool_] | None = None
) -> dict[str, str]:
    """Store each raster losslessly as `stem`.NAME.png; the names of the files by the rasters' names.

    sources: uint8 (H, W, 3) or (H, W, 4), straight alpha; what is clear is stored black. subject_mask: (H, W), optional.
    """
    from generation.compositing.png import png_bytes

    files = {}
    for name, pixels in sources.items():
        data = png_bytes(pixels) if pixels.shape[2] == 3 else _packed(_cleared(pixels))
        files[name] = default_storage.save(f"{stem}.{name}.png", ContentFile(data))
    if subject_mask is not None:
        files[MASK] = default_storage.save(f"{stem}.{MASK}.png", ContentFile(_packed(subject_mask)))
    return files


def load(files: Mapping[str, str]) -> tuple[dict[str, NDArray[np.uint8]], NDArray[np.bool_] | None]:
    """What `keep` stored: the rasters by name, and the subject's mask. FileNotFoundError where a file is gone."""
    rasters = {name: _read(file) for name, file in files.items() if name != MASK}
    mask = _read(files[MASK])[..., 0] > 127 if MASK in files else None
    return rasters, mask


def _cleared(pixels: NDArray[np.uint8]) -> NDArray[np.uint8]:
    cleared = pixels.copy()
    cleared[pixels[..., 3] == 0] = 0
    return cleared


def _packed(pixels: NDArray[np.uint8] | NDArray[np.bool_]) -> bytes:
    from PIL import Image

    out = io.BytesIO()
    Image.fromarray(pixels).save(out, "PNG", compress_level=3)
    return out.getvalue()


def _read(file: str) -> NDArray[np.uint8]:
    import numpy as np
    from PIL import Image

    with default_storage.open(file) as content, Image.open(content) as image:
        return np.asarray(image.convert("RGBA" if image.mode == "RGBA" else "RGB"))
