"""`kernel`: numba's njit with a cache that follows the sources of this package.

numba invalidates a cached function when its own file changes, but not when a function that it calls from another file
does. So all kernels cache in a folder named after the text of every file here. Where the package's folder cannot
be written, the folder lies among the user's caches, and at last among temporary files.
"""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

import numba
from numba.core import config
from numpy.typing import NDArray

Array = NDArray[Any]  # kernels read several types of numbers; numba checks them when it compiles
Function = TypeVar("Function", bound=Callable[..., Any])


def kernel(function: Function) -> Function:
    """Compile a scalar function when first called; keep the machine code on disk. Deterministic on one machine.

    Holds no lock of the interpreter while it runs, so that threads may draw several canvases at once.
    """
    before = config.CACHE_DIR
    config.CACHE_DIR = str(cache_folder())
    try:
        compiled: Function = numba.njit(cache=True, fastmath=True, nogil=True, error_model="numpy", _nrt=False)(
            function
        )
    finally:
        config.CACHE_DIR = before
    return compiled


@cache
def cache_folder() -> Path:
    """Where the machine code of these very sources lies."""
    here = Path(__file__).parent
    sources = b"".join(path.read_bytes() for path in (here.parent / "columns.py", *sorted(here.glob("*.py"))))
    name = "kernels-" + hashlib.sha256(sources).hexdigest()[:12]
    if os.environ.get("NUMBA_CACHE_DIR"):
        return Path(os.environ["NUMBA_CACHE_DIR"]) / name
    homes = (
        here / "__pycache__",
        Path.home() / ".cache" / "vermilion",
        Path(tempfile.gettempdir()) / "vermilion-kernels",
    )
    return next((home / name for home in homes if _writable(home)), homes[-1] / name)


def _writable(folder: Path) -> bool:
    while not folder.exists():
        folder = folder.parent
    return os.access(folder, os.W_OK)
