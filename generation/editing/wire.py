"""Messages on the bench's socket, as both sides write and read them: a length (4 bytes, big endian) and as many bytes."""

from __future__ import annotations

import struct
from io import BufferedIOBase

_LENGTH = struct.Struct(">I")


def block(data: bytes) -> bytes:
    """The data with its length before it."""
    return _LENGTH.pack(len(data)) + data


def read_block(file: BufferedIOBase, most: int | None = None) -> bytes:
    """One block of a connection. ConnectionError where it ends early or has more than `most` bytes."""
    length = _LENGTH.unpack(_exactly(file, _LENGTH.size))[0]
    if most is not None and length > most:
        raise ConnectionError(f"{length} bytes are more than a message may have")
    return _exactly(file, length)


def _exactly(file: BufferedIOBase, count: int) -> bytes:
    data = file.read(count)
    if len(data) < count:
        raise ConnectionError("the other side is gone")
    return data
