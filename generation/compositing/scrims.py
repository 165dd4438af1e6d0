"""Scrims: one gradient an edge, just strong and long enough for the lines that need it.

A scrim falls off by half a cosine (compositing.panels draws it so), so its alpha at the far side of the type is known.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from generation.compositing import legibility
from generation.compositing.design import ScrimLayer
from generation.layout.geometry import Rect
from generation.types import Hex, Placed

Edge = Literal["top", "bottom", "left", "right"]

EDGE_ZH: dict[str, str] = {"top": "上边", "bottom": "下边", "left": "左边", "right": "右边", "center": "中间"}
STRONGEST = 0.92  # more than this is a panel, not a gradient: preflight's repair puts one
LONGEST = 0.62  # of the canvas; a longer gradient would grey the picture


def scrims_for(
    failing: Sequence[tuple[Placed, float]], ground: NDArray[np.uint8], color: Hex, text: Hex
) -> list[ScrimLayer]:
    """Scrims that carry the failing lines (each with the ratio it needs), at most one an edge; none where none would do.

    ground: uint8 (H, W, 3). color: the scrim's; text: the type colour that it is to carry.
    """
    height, width = ground.shape[:2]
    edges: dict[Edge, list[tuple[Placed, float]]] = {}
    for item, needed in failing:
        edges.setdefault(nearest_edge(item.box, width, height), []).append((item, needed))
    found = (_scrim(edge, items, ground, color, text) for edge, items in edges.items())
    return [scrim for scrim in found if scrim is not None]


def nearest_edge(box: Rect, width: int, height: int) -> Edge:
    """The edge from which a gradient reaches past the box soonest, as a share of the canvas."""
    reach: dict[Edge, float] = {
        "top": box.y1 / height,
        "bottom": 1 - box.y0 / height,
        "left": box.x1 / width,
        "right": 1 - box.x0 / width,
    }
    return min(reach, key=lambda edge: reach[edge])


def _scrim(
    edge: Edge, items: Sequence[tuple[Placed, float]], ground: NDArray[np.uint8], color: Hex, text: Hex
) -> ScrimLayer | None:
    """The shortest scrim from one edge whose alpha at the far side of the type is enough; longer ones are weaker at the edge."""
    height, width = ground.shape[:2]
    alphas = [legibility.scrim_alpha(text, color, ground, item.box, needed) for item, needed in items]
    if None in alphas:
        return None
    needed = max(a for a in alphas if a is not None)
    far = max(_reach(item.box, edge, width, height) for item, _ in items)
    for length in (1.35, 1.6, 1.9, 2.3):
        alpha = needed / ((1 + math.cos(math.pi / length)) / 2)
        span = far * length
        if alpha <= STRONGEST and span <= LONGEST * (height if edge in ("top", "bottom") else width):
            return ScrimLayer(
                id=f"scrim-{edge}",
                role="decor",
                box=_band(edge, span, width, height),
                edge=edge,
                color=color,
                alpha=alpha,
            )
    return None


def _reach(box: Rect, edge: Edge, width: int, height: int) -> float:
    """Pixels from an edge to the far side of a box."""
    return {"top": box.y1, "bottom": height - box.y0, "left": box.x1, "right": width - box.x0}[edge]


def _band(edge: Edge, span: float, width: int, height: int) -> Rect:
    return {
        "top": Rect(0, 0, width, span),
        "bottom": Rect(0, height - span, width, height),
        "left": Rect(0, 0, span, height),
        "right": Rect(width - span, 0, width, height),
    }[edge]


def draw_scrim_on(ground: NDArray[np.uint8], scrim: ScrimLayer) -> None:
    """Put a scrim on a working copy of the picture, in place."""
    from generation.compositing.panels import draw_scrim

    rgba = np.dstack([ground, np.full(ground.shape[:2], 255, np.uint8)])
    draw_scrim(rgba, scrim)
    ground[...] = rgba[..., :3]
