"""The room that a backdrop set is built in, and what a set hands back."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from generation.layout.geometry import Rect
from generation.scenes.camera import Camera
from generation.scenes.graph import MaterialSlug
from generation.scenes.materials import FINISHES, Paint, Rgb, linear, luminance, mix, scaled, vivid
from generation.scenes.primitives import Part
from generation.scenes.props import Thing
from generation.scenes.table import Pose
from generation.types import ScenePalette

WALL = 3.4


@dataclass(frozen=True)
class Room:
    """What a set must know: the hero's size, the palette, the view, and a generator of its own."""

    hero_w: float
    hero_h: float
    palette: ScenePalette
    camera: Camera
    width: int
    height: int
    calm: tuple[Rect, ...]
    rng: np.random.Generator
    light_side: float  # -1 light from the left, 1 from the right
    sun: tuple[float, float, float] = (-0.51, 0.707, -0.489)  # unit vector towards the light

    @property
    def ground(self) -> Rgb:
        return linear(self.palette.ground)

    @property
    def deep(self) -> Rgb:
        return linear(self.palette.ground_deep)

    @property
    def dark(self) -> bool:
        return luminance(self.ground) < 0.18

    def tone(self, step: float) -> Rgb:
        """The ground's colour moved: below 0 towards the deep one, above 0 towards light."""
        g, top = self.ground, max(max(self.ground), 0.02)
        if step <= 0:
            deeper = self.deep if step > -1 else scaled(self.deep, 1.0 + 0.5 * (step + 1))
            return mix(g, deeper, min(-step, 1.0))
        if self.dark:
            return mix(g, mix(vivid(scaled(g, 0.62 / top), 0.15), (0.9, 0.85, 0.8), 0.1), min(0.8 * step, 1.0))
        return mix(g, mix(scaled(g, 0.88 / top), (0.92, 0.92, 0.92), 0.45), min(1.15 * step, 1.0))

    def span(self, z: float) -> tuple[float, float]:
        """Left and right ends of the view at hero height in the plane of that z."""
        y = (self.height * 0.6) if self.height else 0.0
        return self.camera.at_depth(0, y, z)[0], self.camera.at_depth(self.width, y, z)[0]


@dataclass(frozen=True)
class SetPlan:
    """things: built pieces. pattern: columns of the frame row that paint the wall. mirror: floor's reflection 0 to 1."""

    things: tuple[Thing, ...] = ()
    pattern: dict[int, float] = field(default_factory=dict)
    mirror: float = 0.25
    fillet: float = 1.6
    bokeh: int = 0
    glow: float = 1.0


def piece(parts: list[tuple[Part, Rgb, MaterialSlug]], pose: Pose | None = None, *, casts: bool = True) -> Thing:
    """One piece of a set, a colour and a finish for each part."""
    paints = tuple(Paint(color, FINISHES[material]) for _, color, material in parts)
    return Thing(0, tuple(part for part, _, _ in parts), paints, pose or Pose(), casts)
