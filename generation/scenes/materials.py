"""Colours in linear light, and what each material slug means to the kernels."""

from __future__ import annotations

import colorsys
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from generation.scenes.graph import ColorRole, MaterialSlug
from generation.types import Hex, ScenePalette

Rgb = tuple[float, float, float]


@dataclass(frozen=True)
class Finish:
    """How a surface answers light: roughness and metalness 0 to 1, own glow, glass (share of light let through), grain, coat."""

    rough: float
    metal: float = 0.0
    emit: float = 0.0
    glass: float = 0.0
    grain: float = 0.0
    coat: float = 1.0


FINISHES: dict[MaterialSlug, Finish] = {
    "gloss": Finish(rough=0.12, coat=1.15),
    "satin": Finish(rough=0.36, coat=0.9),
    "matte": Finish(rough=0.75, coat=0.35),
    "metal": Finish(rough=0.2, metal=0.74, coat=0.0),
    "glass": Finish(rough=0.05, glass=0.72, coat=1.6),
    "paper": Finish(rough=0.9, grain=1.0, coat=0.12),
    "clay": Finish(rough=0.62, grain=0.5, coat=0.5),
    "glow": Finish(rough=0.5, emit=1.25, coat=0.2),
    "frosted": Finish(rough=0.42, glass=0.42, coat=0.9),
    "cloth": Finish(rough=0.95, grain=0.8, coat=0.06),
    "foil": Finish(rough=0.14, metal=0.6, grain=0.2, coat=0.5),
    "ceramic": Finish(rough=0.17, coat=1.35),
}


@dataclass(frozen=True)
class Body:
    """What a path tracer needs beyond a Finish, which is what the fast tier can draw.

    transmission, subsurface, sheen, coat: weights 0 to 1 as in OpenPBR and Blender's Principled BSDF. ior: of glass and glaze.
    scatter: mean free path of light inside, in units of the object. bump: height of the relief in the same units, bump_size: of
    one of its features, weave: whether it is threads that cross (else crumple or grain). anisotropic: brushed or woven highlight.
    """

    transmission: float = 0.0
    ior: float = 1.5
    subsurface: float = 0.0
    scatter: float = 0.02
    sheen: float = 0.0
    coat: float = 0.0
    bump: float = 0.0
    bump_size: float = 0.02
    weave: bool = False
    anisotropic: float = 0.0


BODIES: dict[MaterialSlug, Body] = {
    "gloss": Body(coat=0.8),
    "satin": Body(coat=0.15),
    "matte": Body(bump=0.0006, bump_size=0.006),
    "metal": Body(anisotropic=0.2),
    "glass": Body(transmission=0.96, ior=1.48),
    "frosted": Body(transmission=0.85, ior=1.45, bump=0.0012, bump_size=0.008),
    "paper": Body(subsurface=0.12, scatter=0.01, bump=0.0016, bump_size=0.012),
    "clay": Body(subsurface=0.25, scatter=0.04, bump=0.0022, bump_size=0.05),
    "glow": Body(subsurface=0.4, scatter=0.08),
    "cloth": Body(sheen=0.7, bump=0.0028, bump_size=0.014, weave=True),
    "foil": Body(bump=0.006, bump_size=0.07, coat=0.3),
    "ceramic": Body(subsurface=0.1, scatter=0.012, coat=1.0, ior=1.55),
}


@dataclass(frozen=True)
class Paint:
    """A finish in a colour (linear RGB): one row of the renderer's material table."""

    color: Rgb
    finish: Finish

    def row(self) -> list[float]:
        f = self.finish
        return [*self.color, f.rough, f.metal, f.emit, f.glass, f.grain, f.coat]


def linear(color: Hex) -> Rgb:
    """sRGB "#RRGGBB" to linear RGB (IEC 61966-2-1)."""
    values = [int(color[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    r, g, b = (v / 12.92 if v <= 0.04045 else ((v + 0.055) / 1.055) ** 2.4 for v in values)
    return r, g, b


def encode(rgb: NDArray[np.floating]) -> NDArray[np.uint8]:
    """Linear RGB (any shape, last axis 3) to sRGB bytes."""
    x = np.clip(rgb, 0.0, 1.0)
    srgb = np.where(x <= 0.0031308, 12.92 * x, 1.055 * np.power(np.maximum(x, 1e-8), 1 / 2.4) - 0.055)
    return np.asarray(srgb * 255.0 + 0.5, dtype=np.uint8)


def luminance(rgb: Rgb) -> float:
    """Relative luminance of a linear colour (Rec. 709)."""
    return 0.2126 * rgb[0] + 0.7152 * rgb[1] + 0.0722 * rgb[2]


def mix(a: Rgb, b: Rgb, share: float) -> Rgb:
    """`share` of b in a, in linear light."""
    return a[0] + (b[0] - a[0]) * share, a[1] + (b[1] - a[1]) * share, a[2] + (b[2] - a[2]) * share


def scaled(rgb: Rgb, factor: float) -> Rgb:
    return rgb[0] * factor, rgb[1] * factor, rgb[2] * factor


def vivid(rgb: Rgb, strength: float) -> Rgb:
    """The colour with its saturation moved (> 0 richer, < 0 greyer) at the same luminance."""
    y = luminance(rgb)
    r, g, b = (max(y + (c - y) * (1.0 + strength), 0.0) for c in rgb)
    return r, g, b


def hue_shade(ground: Rgb) -> Rgb:
    """What a full shadow leaves of the ground: never grey, its strongest channel suffers least."""
    top = max(max(ground), 1e-4)
    r, g, b = (0.30 + 0.34 * (c / top) for c in ground)
    return r, g, b


def metal_color(tint: Hex) -> Rgb:
    """Reflectance of polished metal of a tint: as bright as metals are (0.5 to 0.95), saturation kept."""
    rgb = vivid(linear(tint), 0.15)
    return scaled(rgb, 0.92 / max(max(rgb), 1e-4))


def paper_color(palette: ScenePalette) -> Rgb:
    """A light neutral with a breath of the ground's hue."""
    ground = linear(palette.ground)
    return mix((0.86, 0.85, 0.83), scaled(ground, 0.8 / max(max(ground), 1e-4)), 0.12)


def dark_color(palette: ScenePalette) -> Rgb:
    """A deep neutral of the ground's hue, never black."""
    hue, _, saturation = colorsys.rgb_to_hls(*linear(palette.ground_deep))
    r, g, b = colorsys.hls_to_rgb(hue, 0.035, min(saturation, 0.5))
    return r, g, b


def role_color(role: ColorRole, palette: ScenePalette) -> Rgb:
    """Linear colour of a palette role."""
    if role == "paper":
        return paper_color(palette)
    if role == "metal":
        return metal_color(palette.metal)
    return linear(getattr(palette, role))


def paint(role: ColorRole, material: MaterialSlug, palette: ScenePalette) -> Paint:
    """The role's colour in a material. The role "metal" is metal wherever the material would hide that it shines."""
    if role == "metal" and material in ("gloss", "satin", "matte", "metal"):
        return Paint(metal_color(palette.metal), FINISHES["metal"])
    color = role_color(role, palette)
    if material == "metal":
        color = scaled(color, 0.8 / max(max(color), 1e-4))
    return Paint(color, FINISHES[material])
