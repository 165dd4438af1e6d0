"""The dark line where a thing touches what it stands on."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import ndimage

from generation.control.blockout import Blockout
from generation.products.surfaces import Floats, Footing, Surface, projected, surface_of
from generation.scenes import columns as c

PRESSED = 0.9  # darkening right under the foot
TOUCH = 0.035  # of the product's height: how near its foot must be to what is below it to press on it
LOWEST = 0.09  # of the height: the part of a cut-out that may be its foot
DEPTH = 0.5  # of a foot's width: how deep it is taken to be
_CELLS = 160
# Softness in product heights, and share: a line under the edge, a pool around it.
_SOFT = ((0.025, 0.35), (0.08, 0.4), (0.2, 0.25))


@dataclass(frozen=True)
class _Print:
    """The floor from above, 1 where the foot stands: columns from x = left, rows around z = middle, `length` units each way."""

    cells: Floats
    left: float
    middle: float
    length: float


def pressed(surface: Surface, footing: Footing, b: Blockout) -> Floats:
    """Darkening (0 to 1) of each place around the foot; none where the cut-out floats."""
    height = footing.alpha.shape[0] / footing.unit
    below = _below(b, footing)
    if below is None or abs(below - footing.level) > TOUCH * height:
        return np.zeros(surface.place.shape[:2], np.float32)
    level = np.clip(1.5 - np.abs(surface.place[..., 1] - below) / (TOUCH * height), 0, 1)
    up = np.clip(surface.normal[..., 1] * 2 - 1, 0, 1)
    stood = _print_of(footing)
    dark = sum(share * _read(stood, surface, soft * height) for soft, share in _SOFT)
    return np.asarray(PRESSED * dark * level * up, dtype=np.float32)


def _below(b: Blockout, footing: Footing) -> float | None:
    """Height of the surface seen just below the middle of the foot; None where the canvas ends."""
    row, column = footing.bottom + max(2, round(0.006 * footing.alpha.shape[0])), round(footing.middle)
    if not (0 <= row < b.height and 0 <= column < b.width):
        return None
    return float(surface_of(b, footing.frame, 1, (column, row, column + 1, row + 1)).place[0, 0, 1])


def _print_of(footing: Footing) -> _Print:
    """What the lower outline encloses on the floor: where a column ends higher up, the thing stands farther back."""
    (height, width), unit = footing.alpha.shape, footing.unit
    low = np.asarray(footing.alpha[-max(2, round(LOWEST * height)) :] > 127)
    ends = low.shape[0] - 1 - low[::-1].argmax(axis=0)
    length = 1.8 * width / unit
    left = (footing.middle - footing.frame[c.CX]) / unit - length / 2
    at = (np.arange(_CELLS) + 0.5) / _CELLS * length  # x from the left; z from -length / 2
    column = np.clip(np.rint((at - length / 2) * unit + width / 2), 0, width - 1).astype(int)
    stands = np.asarray(low.any(axis=0))[column] & (np.abs(at - length / 2) <= width / unit / 2)
    front = (low.shape[0] - 1 - ends[column]) / _rise(footing)
    deep = DEPTH * max(float(stands.mean()) * length, length / _CELLS)
    z = at[:, None] - length / 2
    return _Print(((z >= front) & (z <= front + deep) & stands).astype(np.float32), left, footing.z, length)


def _rise(footing: Footing) -> float:
    """Canvas pixels that a unit of the floor rises to the back, at the foot."""
    places = np.array([[0.0, footing.level, footing.z], [0.0, footing.level, footing.z + 0.2]], np.float32)
    _, y, _ = projected(places, footing.frame)
    return max(float(y[0] - y[1]) / 0.2, 1e-3)


def _read(stood: _Print, surface: Surface, soft: float) -> Floats:
    """The print blurred by `soft` (world units), its darkest place 1, read at each place; the root keeps it dark near the edge."""
    blurred = ndimage.gaussian_filter(stood.cells, soft / stood.length * _CELLS, mode="constant")
    column = (surface.place[..., 0] - stood.left) / stood.length * _CELLS - 0.5
    row = ((surface.place[..., 2] - stood.middle) / stood.length + 0.5) * _CELLS - 0.5
    read = ndimage.map_coordinates(blurred, np.stack([row, column]), order=1, mode="constant")
    return np.asarray(np.sqrt(read / max(float(blurred.max()), 1e-6)), dtype=np.float32)
