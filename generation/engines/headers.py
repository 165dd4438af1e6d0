"""What a safetensors file says of itself in its first bytes: names, shapes and notes, read without torch or its weights."""

from __future__ import annotations

import json
import struct
from dataclasses import dataclass
from pathlib import Path

from generation.errors import PermanentError

LONGEST_HEADER = 100_000_000  # bytes: the format's own limit


@dataclass(frozen=True)
class Header:
    """Shapes by name, and the notes that trainers leave."""

    shapes: dict[str, tuple[int, ...]]
    notes: dict[str, str]


def read_header(path: Path) -> Header:
    """PermanentError where the file is no whole safetensors file."""
    try:
        with path.open("rb") as f:
            (length,) = struct.unpack("<Q", f.read(8))
            if length > LONGEST_HEADER:
                raise ValueError("its header is out of measure")
            told = json.loads(f.read(length))
        notes = told.pop("__metadata__", None) or {}
        ends = [int(v["data_offsets"][1]) for v in told.values()]
        if path.stat().st_size < 8 + length + max(ends, default=0):
            raise ValueError("the file ends too early")
        return Header({k: tuple(v["shape"]) for k, v in told.items()}, {str(k): str(v) for k, v in notes.items()})
    except (OSError, ValueError, struct.error, KeyError, TypeError, AttributeError) as fault:
        raise PermanentError(
            f"{path.name} is no whole safetensors file ({fault or type(fault).__name__}): copy it again.",
            f"{path.name} 不是完整的 safetensors 文件（{fault or type(fault).__name__}）：请重新复制。",
        ) from fault
