"""Compiled functions and their random numbers: numba, cached on disk, deterministic on every machine."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from typing import TypeVar, cast

import numba
import numpy as np
from numpy.typing import NDArray

F = TypeVar("F", bound=Callable[..., object])

FloatArray = NDArray[np.float64]
IntArray = NDArray[np.int64]
RandomState = NDArray[np.uint64]


@lru_cache(maxsize=1)
def sources_stamp() -> str:
    """A hash of the modules that hold kernels or their constants: compiled code contains what it calls, so it is stale
    when any of them changes."""
    digest = sha256()
    for path in sorted(Path(__file__).parent.glob("*.py")):
        source = path.read_bytes()
        if b"\n@kernel\n" in source or path.name == "problem.py":
            digest.update(source)
    return digest.hexdigest()


def kernel(function: F) -> F:
    """Compile with numba, once per machine. Same results as the Python it decorates (no fast maths)."""
    compiled = numba.njit(cache=True, error_model="numpy")(function)
    # numba's own stamp is the function's file alone, and would run yesterday's energy after an upgrade
    compiled._cache._cache_file._source_stamp = sources_stamp()
    return cast(F, compiled)


def random_state(seed: int) -> RandomState:
    """The state of one stream of random numbers, for `uniform` and `below`."""
    return np.array([np.random.default_rng(seed).integers(1, 2**63)], dtype=np.uint64)


@kernel
def uniform(state: RandomState) -> float:
    """The next number in [0, 1). splitmix64 (Steele, Lea, Flood 2014), 53 bits."""
    state[0] += np.uint64(0x9E3779B97F4A7C15)
    z = state[0]
    z = (z ^ (z >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    z = (z ^ (z >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    z = z ^ (z >> np.uint64(31))
    return float(z >> np.uint64(11)) * (1.0 / 9007199254740992.0)


@kernel
def below(state: RandomState, n: int) -> int:
    """A whole number in 0 … n-1."""
    return min(int(uniform(state) * n), n - 1)
