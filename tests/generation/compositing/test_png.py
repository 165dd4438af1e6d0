"""PNG files: any decoder reads back the same pixels, tagged sRGB."""

import io
import zlib

import numpy as np
import pytest
from PIL import Image

from generation.compositing.png import adler32_joined, png_bytes

NUMBERS = np.random.default_rng(3)


def pictures() -> list[np.ndarray]:
    slope = np.add.outer(np.arange(700), np.arange(900)).astype(np.float64) / 8
    grain = np.clip(slope[..., None] + NUMBERS.normal(0, 2, (700, 900, 3)), 0, 255).astype(np.uint8)
    flat = np.full((300, 5000, 3), 200, np.uint8)
    flat[40:90, 70:4000] = (10, 20, 30)
    return [
        np.array([[[1, 2, 3]]], np.uint8),
        NUMBERS.integers(0, 256, (37, 53, 3), dtype=np.uint8),
        grain,
        flat,
        np.ascontiguousarray(grain[:, ::-1])[:, ::3],
    ]


@pytest.mark.parametrize("picture", pictures(), ids=["dot", "noise", "grain", "flat", "strided"])
def test_the_pixels_come_back(picture: np.ndarray) -> None:
    with Image.open(io.BytesIO(png_bytes(picture))) as image:
        assert np.array_equal(np.asarray(image), picture)
        assert image.mode == "RGB"


def test_the_file_is_tagged_srgb_before_its_pixels() -> None:
    data = png_bytes(pictures()[2])
    at = data.index(b"sRGB")
    assert data[at + 4] == 0
    assert at < data.index(b"IDAT")


def test_a_flat_picture_is_tiny_and_a_grainy_one_smaller_than_pillows_fast_setting() -> None:
    flat, grain = pictures()[3], pictures()[2]
    assert len(png_bytes(flat)) < 12_000
    out = io.BytesIO()
    Image.fromarray(grain).save(out, "PNG", compress_level=4)
    assert len(png_bytes(grain)) < 1.05 * len(out.getvalue())


def test_checksums_join() -> None:
    one, two = b"vermilion" * 999, b"\x00\xff" * 70_001
    assert adler32_joined(zlib.adler32(one), zlib.adler32(two), len(two)) == zlib.adler32(one + two)
    assert adler32_joined(1, zlib.adler32(two), len(two)) == zlib.adler32(two)


def test_anything_but_rgb_bytes_is_refused() -> None:
    with pytest.raises(ValueError, match="RGB"):
        png_bytes(np.zeros((4, 4, 4), np.uint8))
