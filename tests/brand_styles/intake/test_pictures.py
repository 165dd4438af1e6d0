"""Hostile and broken pictures: each is refused with a sentence, by a child that really dies of its limits."""

import io
import struct
import time
import zlib

import numpy as np
import pytest
from PIL import Image

from brand_styles.intake import guard
from brand_styles.intake.guard import Refused
from brand_styles.intake.pictures import decode_picture


def saved(image: Image.Image, kind: str, **options: object) -> bytes:
    out = io.BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()


def chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def png_bomb(side: int) -> bytes:
    """A well-formed little PNG that unpacks to side² RGBA pixels of zero."""
    packer, row, body = zlib.compressobj(9), b"\0" * (side * 4 + 1), b""
    for _ in range(side):
        body += packer.compress(row)
    header = struct.pack(">IIBBBBB", side, side, 8, 6, 0, 0, 0)
    whole = chunk(b"IHDR", header) + chunk(b"IDAT", body + packer.flush()) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + whole


def test_a_cut_out_comes_back_pixel_for_pixel() -> None:
    pixels = np.zeros((40, 60, 4), np.uint8)
    pixels[10:30, 20:50] = (215, 48, 31, 255)
    assert np.array_equal(decode_picture(saved(Image.fromarray(pixels), "PNG")), pixels)


def test_cmyk_palette_grey_and_sixteen_bit_pictures_become_rgba() -> None:
    for mode, kind in (("CMYK", "JPEG"), ("P", "PNG"), ("L", "PNG"), ("LA", "PNG"), ("RGB", "WEBP")):
        assert decode_picture(saved(Image.new(mode, (64, 32)), kind)).shape == (32, 64, 4)
    deep = Image.fromarray(np.full((20, 30), 32896, np.uint16))
    assert abs(int(decode_picture(saved(deep, "PNG"))[5, 5, 0]) - 128) <= 1


def test_a_sideways_photo_is_turned_upright() -> None:
    exif = Image.Exif()
    exif[274] = 6
    assert decode_picture(saved(Image.new("RGB", (80, 40)), "JPEG", exif=exif)).shape == (80, 40, 4)


def test_large_pictures_are_scaled_down_while_decoding() -> None:
    assert decode_picture(saved(Image.new("RGB", (3000, 1500)), "JPEG"), max_side=500).shape == (250, 500, 4)


def test_a_bomb_is_put_down_by_its_header_and_told() -> None:
    bomb = png_bomb(6000)
    assert len(bomb) < 200_000
    started = time.monotonic()
    with pytest.raises(Refused) as caught:
        decode_picture(bomb)
    assert caught.value.code == "pixels"
    assert "6000x6000" in caught.value.words.en and "6000x6000" in caught.value.words.zh
    assert time.monotonic() - started < 20


def test_a_picture_that_needs_more_memory_than_the_child_may_have_is_refused() -> None:
    with pytest.raises(Refused) as caught:
        decode_picture(png_bomb(4800), memory=160_000_000)
    assert caught.value.code == "memory"


def test_the_child_is_killed_by_its_processor_limit() -> None:
    with pytest.raises(Refused) as caught:
        decode_picture(png_bomb(4000), seconds=0)
    assert caught.value.code == "time"


def test_the_child_is_killed_by_the_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(guard, "WALL_SECONDS", 0.01)
    with pytest.raises(Refused) as caught:
        decode_picture(saved(Image.new("RGB", (2000, 2000)), "PNG"))
    assert caught.value.code == "time"


@pytest.mark.parametrize("share", [0.3, 0.6, 0.95])
@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP"])
def test_truncated_pictures_are_told_as_such(kind: str, share: float) -> None:
    noise = Image.fromarray(np.random.default_rng(1).integers(0, 255, (90, 90, 3), np.uint8))
    whole = saved(noise, kind)
    with pytest.raises(Refused) as caught:
        decode_picture(whole[: int(len(whole) * share)])
    assert caught.value.code in ("truncated", "type")


@pytest.mark.parametrize("data", [b"", b"hello", b"%PDF-1.7", b"<svg/>", saved(Image.new("L", (9, 9)), "GIF")])
def test_other_kinds_of_file_are_refused_whatever_they_are_called(data: bytes) -> None:
    with pytest.raises(Refused) as caught:
        decode_picture(data)
    assert caught.value.code == "type"
    assert caught.value.words.en and caught.value.words.zh


def test_a_file_over_the_limit_is_not_even_opened() -> None:
    with pytest.raises(Refused) as caught:
        decode_picture(b"\0" * (guard.MAX_FILE_BYTES + 1))
    assert caught.value.code == "size"
