"""What a soft shadow must know of each part beside its surface: how wide its object looks from the lamp, and its outline where
it is a plate."""

from __future__ import annotations

import itertools

import numpy as np

from generation.scenes.kernels import sdf
from generation.scenes.table import Array

_TURNS = 8  # directions across the light in which widths are measured
_ENDLESS = 50.0  # half depth that makes a plate a prism
_PRISMS = (11, 12, 13, 15, 21, 22, 23, 24)  # pulled out of an outline along z, half as deep as column C says
_TUBES = (14, 26)  # likewise where C is above 0
_ROUND, _BOX = 0, 1
_CORNERS = np.array(list(itertools.product((0.0, 1.0), repeat=3)))
_FILL = 0.8  # share of its box that an object covers, along one axis


def casters(parts: Array, sun: Array) -> Array:
    """The table of parts with plates drawn out to prisms, (n, 40): behind the 37 columns come the axis along which a plate was
    drawn out (-1: none was), and the lesser and greater half width of the part's object across the light."""
    out = np.zeros((len(parts), sdf.CAST_COLUMNS))
    out[:, : sdf.COLUMNS] = parts
    out[:, sdf.AXIS] = -1.0
    if len(parts):
        out[:, sdf.NARROW], out[:, sdf.WIDE] = _breadth(parts, sun)
        _draw_out(out)
    return out


def _draw_out(out: Array) -> None:
    """Make plates that are less than half as deep as wide endless along their depth."""
    half = 0.5 * (out[:, sdf.HIGH : sdf.HIGH + 3] - out[:, sdf.LOW : sdf.LOW + 3])
    axis = half.argmin(axis=1)
    thin = np.take_along_axis(half, axis[:, None], 1)[:, 0] < 0.5 * np.median(half, axis=1)
    kind = out[:, sdf.SHAPE]
    along = {2: np.isin(kind, _PRISMS) | np.isin(kind, _TUBES) & (out[:, sdf.C] > 0), 1: kind == _ROUND}
    for q, column in enumerate((sdf.A, sdf.B, sdf.C)):
        rows = thin & (axis == q) & (along.get(q, False) | (kind == _BOX))
        out[rows, column] = _ENDLESS
        out[rows, sdf.AXIS] = q


def _breadth(parts: Array, sun: Array) -> tuple[Array, Array]:
    """Lesser and greater half width across the light of each part's object; parts of the set (id 0) stand for themselves."""
    turns = np.pi * np.arange(_TURNS) / _TURNS
    right, up = _across(sun)
    ways = np.cos(turns)[:, None] * right + np.sin(turns)[:, None] * up
    low, high = parts[:, sdf.LOW : sdf.LOW + 3], parts[:, sdf.HIGH : sdf.HIGH + 3]
    corners = (low[:, None] + _CORNERS * (high - low)[:, None]) * parts[:, None, sdf.SCALE, None]
    matrix = parts[:, sdf.ROT : sdf.ROT + 9].reshape(-1, 3, 3)
    world = corners @ matrix + parts[:, None, sdf.POS : sdf.POS + 3]
    reach = world @ ways.T
    ids = parts[:, sdf.ID]
    _, group = np.unique(np.where(ids > 0, ids, -1.0 - np.arange(len(parts))), return_inverse=True)
    ends = np.full((2, group.max() + 1, _TURNS), -np.inf)
    np.maximum.at(ends[0], group, reach.max(axis=1))
    np.maximum.at(ends[1], group, -reach.min(axis=1))
    half = 0.5 * ends.sum(axis=0)
    least = half.argmin(axis=1)
    rows = np.arange(len(half))
    return _FILL * half[rows, least][group], _FILL * half[rows, (least + _TURNS // 2) % _TURNS][group]


def _across(sun: Array) -> tuple[Array, Array]:
    """Two unit vectors at right angles to the light and to each other."""
    right = np.cross(sun, (0.0, 0.0, 1.0) if abs(sun[2]) < 0.9 else (1.0, 0.0, 0.0))
    right = right / max(float(np.linalg.norm(right)), 1e-9)
    return right, np.cross(right, sun)
