"""How alike two pictures look, from sixty-three numbers each: near-duplicates are found without keeping the pictures.

The numbers are the low frequencies of the picture's lightness, as in perceptual hashing by the discrete cosine transform (Zauner,
"Implementation and Benchmarking of Perceptual Image Hash Functions", 2010, section 3.2.1), kept as numbers instead of bits; and the
colour layout of its nine parts (after MPEG-7's colour layout descriptor, ISO/IEC 15938-3, 6.5) in OKLab.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from brand_styles.colors import oklab_of_rgb

Floats = NDArray[np.float64]
Signature = tuple[float, ...]

LENGTH = 63  # numbers of a signature
NEAR = 0.86  # from here on one picture is a near-duplicate of the other
SIDE, PARTS = 32, 3  # the picture is averaged to 32 × 32, its colours to 3 × 3
FREQUENCIES = 36  # of lightness, lowest first, without the mean
FLAT = 0.5  # strength of structure (of 32 × 32 lightness, 0..1) that a flat ground's noise and compression stay under
CROP = 0.06  # of a side, lost at an edge
COLOUR_REACH = 0.45  # mean distance in OKLab at which two colour layouts have nothing in common


def signature(rgb: NDArray[np.uint8]) -> Signature:
    """LENGTH numbers of a picture, uint8 RGB (h, w, 3), each side 3 px or more: 36 of structure (length 1, less where the picture
    is nearly flat), then L, a, b of nine parts, row by row. ValueError for an array of another shape.
    """
    if rgb.ndim != 3 or rgb.shape[2] != 3 or min(rgb.shape[:2]) < PARTS:
        raise ValueError(f"a picture is (h, w, 3), {PARTS} px or more each way, not {rgb.shape}")
    small = oklab_of_rgb(_averaged(rgb, min(SIDE, rgb.shape[0]), min(SIDE, rgb.shape[1])) / 255)
    spectrum = _low_frequencies(_stretched(small[..., 0]))
    structure = spectrum / (np.linalg.norm(spectrum) + FLAT)
    return tuple(round(float(v), 5) for v in (*structure, *_colours(small).ravel()))


def likeness(a: Sequence[float], b: Sequence[float]) -> float:
    """0 (nothing in common) to 1 (the same picture): likeness of structure times likeness of colour layout.

    Stays above NEAR when a picture is compressed again, resized, or loses 4 % at each edge: each is also compared as the
    low frequencies say that it would look with CROP less at its edges. ValueError where either is not a signature.
    """
    if len(a) != LENGTH or len(b) != LENGTH:
        raise ValueError(f"a signature has {LENGTH} numbers, not {len(a)} and {len(b)}")
    one, other = np.asarray(a, dtype=np.float64), np.asarray(b, dtype=np.float64)
    structure = max(_structure(one, other), _structure(other, one))
    apart = np.linalg.norm((one - other)[FREQUENCIES:].reshape(-1, 3), axis=1).mean()
    return max(structure, 0.0) * max(1 - float(apart) / COLOUR_REACH, 0.0)


def _structure(whole: Floats, part: Floats) -> float:
    """Cosine of the structures (for vectors of length one) of a picture and a likely crop of another: the best of CROPS."""
    crops = _cropping() @ whole[:FREQUENCIES]
    lengths = np.linalg.norm(crops, axis=1, keepdims=True)
    crops = crops * (np.linalg.norm(whole[:FREQUENCIES]) / np.maximum(lengths, 1e-9))
    return 1 - float(((crops - part[:FREQUENCIES]) ** 2).sum(axis=1).min()) / 2


@lru_cache(maxsize=1)
def _cropping() -> Floats:
    """(16, FREQUENCIES, FREQUENCIES): from a picture's low frequencies to those of it cropped at each set of its edges."""
    rows, columns = _lowest()
    edges = list(itertools.product((0.0, CROP), repeat=2))
    along = {edge: _cosines() @ _waves(*edge).T for edge in edges}  # a kept row's frequencies, of each that was there
    down = {edge: each[np.ix_(rows, rows)] for edge, each in along.items()}
    across = {edge: each[np.ix_(columns, columns)] for edge, each in along.items()}
    return np.array([down[y] * across[x] for y in edges for x in edges])


def _waves(start: float, end: float) -> Floats:
    """The kept cosines as they run over SIDE places from `start` to 1 - `end`; (kept, SIDE)."""
    k = np.arange(SIDE // 2)[:, None]
    at = start + (1 - start - end) * (np.arange(SIDE)[None] + 0.5) / SIDE
    scale = np.where(k == 0, 1.0, 2.0) / SIDE
    waves: Floats = np.sqrt(scale) * np.cos(np.pi * k * at)
    return waves


def _averaged(rgb: NDArray[np.uint8], rows: int, columns: int) -> Floats:
    """The picture averaged to rows × columns cells, (rows, columns, 3), 0..255."""
    height, width = rgb.shape[:2]
    ys, xs = np.arange(rows) * height // rows, np.arange(columns) * width // columns
    sums = np.add.reduceat(np.add.reduceat(rgb, ys, axis=0, dtype=np.uint32), xs, axis=1, dtype=np.uint64)
    counts = np.diff(ys, append=height)[:, None] * np.diff(xs, append=width)[None]
    averaged: Floats = sums / counts[..., None]
    return averaged


def _stretched(lightness: Floats) -> Floats:
    """(SIDE, SIDE), rows and columns repeated where the picture was smaller."""
    rows, columns = lightness.shape
    return lightness[np.ix_(np.arange(SIDE) * rows // SIDE, np.arange(SIDE) * columns // SIDE)]


def _low_frequencies(lightness: Floats) -> Floats:
    spectrum = _cosines() @ lightness @ _cosines().T
    rows, columns = _lowest()
    low: Floats = spectrum[rows, columns]
    return low


@lru_cache(maxsize=1)
def _cosines() -> Floats:
    """The rows of the orthonormal DCT-II that are low enough to be kept."""
    return _waves(0.0, 0.0)


@lru_cache(maxsize=1)
def _lowest() -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """The places of the FREQUENCIES lowest, by distance from the mean, which is left out."""
    rows, columns = np.divmod(np.arange((SIDE // 2) ** 2), SIDE // 2)
    order = np.lexsort((rows, rows**2 + columns**2))[1 : FREQUENCIES + 1]
    return rows[order], columns[order]


def _colours(small: Floats) -> Floats:
    rows = np.array_split(small, PARTS, axis=0)
    parts = [[part.mean(axis=(0, 1)) for part in np.array_split(row, PARTS, axis=1)] for row in rows]
    return np.array(parts)
