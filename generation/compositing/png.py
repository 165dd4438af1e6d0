"""PNG files, tagged sRGB, written fast: adaptive row filters, then deflate in bands on several threads.

A picture with grain has hardly any repeats, so that searching for them costs time and gains nothing: its bands are packed by
Huffman codes alone. Flat pictures repeat, and searching them is quick. Which it is, each band shows by itself.
The bands are of fixed height, so that the bytes do not depend on the machine's number of cores.
"""

from __future__ import annotations

import struct
import zlib
from concurrent.futures import ThreadPoolExecutor
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from generation.compositing.kernels import filter_rows

SIGNATURE = b"\x89PNG\r\n\x1a\n"
BAND = 1 << 20  # bytes of pixels in a band, about
FLAT = 0.16  # packed share under which a band is worth a search for repeats
PERCEPTUAL = b"\x00"  # the sRGB chunk's rendering intent


def png_bytes(rgb: NDArray[np.uint8]) -> bytes:
    """A PNG of uint8 (H, W, 3) pixels with an sRGB chunk. Raises ValueError for any other array."""
    if rgb.dtype != np.uint8 or rgb.ndim != 3 or rgb.shape[2] != 3 or 0 in rgb.shape:
        raise ValueError(f"{rgb.dtype} {rgb.shape} is no RGB picture; uint8 (H, W, 3) is needed")
    height, width = rgb.shape[:2]
    rows = np.ascontiguousarray(rgb).reshape(height, width * 3)
    step = max(1, BAND // (width * 3))
    starts = range(0, height, step)
    bands = list(_pool().map(lambda y: _band(rows, y, min(y + step, height)), starts))
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    checksum = 1
    for raw_sum, length, _ in bands:
        checksum = adler32_joined(checksum, raw_sum, length)
    packed = b"\x78\x01" + b"".join(data for _, _, data in bands) + b"\x03\x00" + struct.pack(">I", checksum)
    return b"".join(
        (SIGNATURE, _chunk(b"IHDR", header), _chunk(b"sRGB", PERCEPTUAL), _chunk(b"IDAT", packed), _chunk(b"IEND", b""))
    )


@lru_cache(maxsize=1)
def _pool() -> ThreadPoolExecutor:
    return ThreadPoolExecutor(2, thread_name_prefix="png")


def _band(rows: NDArray[np.uint8], first: int, last: int) -> tuple[int, int, bytes]:
    """Adler-32 and length of a band's filtered bytes, and its deflate blocks, ended on a byte's edge."""
    filtered = np.empty((last - first, rows.shape[1] + 1), np.uint8)
    filter_rows(rows, first, last, filtered)
    packed = _deflated(filtered, 1, zlib.Z_HUFFMAN_ONLY)
    if len(packed) < FLAT * filtered.size:
        packed = min(packed, _deflated(filtered, 6, zlib.Z_DEFAULT_STRATEGY), key=len)
    return zlib.adler32(filtered.data), filtered.size, packed


def _deflated(data: NDArray[np.uint8], level: int, strategy: int) -> bytes:
    packer = zlib.compressobj(level, zlib.DEFLATED, -15, 9, strategy)
    return packer.compress(data.data) + packer.flush(zlib.Z_SYNC_FLUSH)


def adler32_joined(first: int, second: int, length: int) -> int:
    """Adler-32 of two joined stretches, from each one's own and the length of the second (RFC 1950, by its definition)."""
    base = 65521
    low = (first & 0xFFFF) + (second & 0xFFFF) - 1
    high = (first >> 16) + (second >> 16) + length * ((first & 0xFFFF) - 1)
    return (high % base) << 16 | (low % base)


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
