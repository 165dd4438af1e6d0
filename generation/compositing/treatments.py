"""Type treatments in a variant's own colours: which stops a metal has, which side an extrusion shows.

A treatment is taken only if the colour that carries the letter can be read on the ground it stands on.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from generation.compositing.design import Treatment
from generation.compositing.legibility import hex_of, luminance, rgb_of
from generation.types import Hex, ScenePalette

Legible = Callable[[Hex], bool]
Recipe = Callable[[ScenePalette, Hex], tuple[Treatment, Hex]]

SMALLEST = 22.0  # pixels of type below which every treatment is mud


def mixed(a: Hex, b: Hex, t: float) -> Hex:
    """`a` moved a share `t` towards `b`, in gamma-encoded sRGB (close enough for tints)."""
    return hex_of(rgb_of(a) * (1 - t) + rgb_of(b).astype(np.float64) * t)


def _metal(palette: ScenePalette, plain: Hex) -> tuple[Treatment, Hex]:
    light_type = float(luminance(rgb_of(plain))) > 0.3
    base = palette.metal if light_type else mixed(palette.metal, "#2A1608", 0.5)
    tops = (mixed(base, "#FFFFFF", 0.72), mixed(base, "#3A1D05", 0.16), mixed(base, "#FFFFFF", 0.9))
    if not light_type:
        tops = (mixed(base, "#FFFFFF", 0.12), mixed(base, "#000000", 0.3), mixed(base, "#FFFFFF", 0.25))
    return Treatment(name="metal", colors=tops, depth=0.05), base


def _outline(palette: ScenePalette, plain: Hex) -> tuple[Treatment, Hex]:
    edge = palette.ground_deep if float(luminance(rgb_of(plain))) > 0.3 else "#FFFDF8"
    return Treatment(name="outline", colors=(edge, mixed(palette.accent, edge, 0.25)), depth=0.05), plain


def _extruded(palette: ScenePalette, plain: Hex) -> tuple[Treatment, Hex]:
    side = mixed(palette.subject, palette.ground_deep, 0.45)
    return Treatment(name="extruded", colors=(mixed(side, "#120508", 0.35), "#FFFDF8"), depth=0.09), plain


def _neon(palette: ScenePalette, plain: Hex) -> tuple[Treatment, Hex]:
    return Treatment(name="neon", colors=(palette.accent,), depth=0.12), mixed(palette.accent, "#FFFFFF", 0.82)


def _paper_cut(palette: ScenePalette, plain: Hex) -> tuple[Treatment, Hex]:
    shade = mixed(palette.ground_deep, "#120508", 0.4)
    return Treatment(name="paper_cut", colors=(shade, mixed(shade, palette.ground, 0.4)), depth=0.05), plain


def _inset(palette: ScenePalette, plain: Hex) -> tuple[Treatment, Hex]:
    return Treatment(name="inset", colors=(mixed(plain, "#000000", 0.35), "#FFFDF8"), depth=0.03), plain


def _brush(palette: ScenePalette, plain: Hex) -> tuple[Treatment, Hex]:
    return Treatment(name="brush", colors=(palette.accent,), depth=0.1), palette.on_accent


def _gradient(palette: ScenePalette, plain: Hex) -> tuple[Treatment, Hex]:
    to = palette.metal if float(luminance(rgb_of(plain))) > 0.3 else palette.subject
    return Treatment(name="gradient", colors=(plain, mixed(plain, to, 0.55)), depth=0.0), plain


RECIPES: dict[str, Recipe] = {
    "metal": _metal,
    "outline": _outline,
    "extruded": _extruded,
    "neon": _neon,
    "paper_cut": _paper_cut,
    "inset": _inset,
    "brush": _brush,
    "gradient": _gradient,
}
CARRIED = {"brush"}  # stand on their own ground, so the picture beneath doesn't decide


def treatment_for(
    name: str, palette: ScenePalette, plain: Hex, size: float, legible: Legible
) -> tuple[Treatment, Hex] | None:
    """The treatment and the colour that carries its letters; None for "plain", for type too small, and where it can't be read."""
    recipe = RECIPES.get(name)
    if recipe is None or size < SMALLEST:
        return None
    treatment, color = recipe(palette, plain)
    stops = treatment.colors[:2] if name in ("metal", "gradient") else (color,)
    if name in CARRIED or all(legible(stop) for stop in (color, *stops)):
        return treatment, color
    return None
