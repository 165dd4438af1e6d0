"""Which light a photo was taken in, read from its cut-out, so that the scene can be lit the same way.

Side and height: along the silhouette the surface turns from the camera by a known direction (its outline's normal), so that
luminance there is fitted as I = Lx nx + Ly ny + A by least squares: P. Nillius and J.-O. Eklundh, "Automatic estimation of the
projected light source direction", 2001; M. Johnson and H. Farid, "Exposing digital forgeries by detecting inconsistencies in
lighting", 2005. Colour temperature: the mean of near-grey bright pixels, by C. McCamy's formula (1992). What the picture does
not show clearly is left as it was.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray
from scipy import ndimage

from brand_styles.colors import oklab_of_rgb, to_linear
from brand_styles.words import Words
from generation.products.pixels import SOLID, Rgba, resampled
from generation.scenes.graph import SceneLight
from generation.types import Reason

Floats = NDArray[np.float64]

WORKING = 192  # px: a cut-out is looked at this large
LEAST_FIT = 0.04  # share of the variance along the outline that the light's direction must explain
LEAST_PULL = 0.05  # of the mean luminance: how much brighter the lit side must be
GREY = 0.045  # OKLab chroma up to which a pixel may be a grey surface
LEAST_GREY = 0.02  # share of the cut-out that must be such pixels
_XYZ = np.array([[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]])


@dataclass(frozen=True)
class KeyLight:
    """What a cut-out shows of its light; None where it does not. elevation in degrees; kelvin 2,500 to 15,000; warmth as in
    SceneLight. fit: share of the outline's variance explained."""

    side: Literal["left", "right"] | None
    elevation: float | None
    kelvin: float | None
    warmth: float | None
    fit: float


def key_light_of(picture: Rgba) -> KeyLight:
    """Read the light from a cut-out (uint8 RGBA)."""
    small = _small(picture)
    side, elevation, fit = _direction(small)
    kelvin, warmth = _temperature(small)
    return KeyLight(side, elevation, kelvin, warmth, round(fit, 3))


def _small(picture: Rgba) -> Rgba:
    scale = WORKING / max(picture.shape[:2])
    size = (max(round(picture.shape[1] * scale), 8), max(round(picture.shape[0] * scale), 8))
    return np.pad(resampled(picture, *size), ((4, 4), (4, 4), (0, 0)))


def _direction(small: Rgba) -> tuple[Literal["left", "right"] | None, float | None, float]:
    """Side, elevation, share of variance explained."""
    solid = small[..., 3] >= SOLID
    depth = ndimage.distance_transform_edt(solid)
    thick = float(depth.max())
    ring = (depth > 1.5) & (depth < max(0.45 * thick, 4.0))
    if int(ring.sum()) < 60:
        return None, None, 0.0
    normals = _normals(solid, max(thick * 0.25, 2.0))[ring]
    light = to_linear(small[..., :3][ring] / 255.0) @ _XYZ[1]
    light = light / max(float(light.mean()), 1e-4)
    light = np.clip(light, *np.percentile(light, (2, 98)))  # glints and holes say nothing of the side
    pull, fit = _fitted(normals, light)
    if fit < LEAST_FIT or abs(pull[0]) < LEAST_PULL:
        return None, None, fit
    height = float(np.degrees(np.arctan2(-pull[1], abs(pull[0]))))
    return ("right" if pull[0] > 0 else "left"), min(max(height, 25.0), 70.0), fit


def _normals(solid: NDArray[np.bool_], sigma: float) -> Floats:
    """Outward direction of the nearest outline, (H, W, 2), x to the right, y down, unit length."""
    soft = ndimage.gaussian_filter(solid.astype(np.float64), sigma)
    down, across = np.gradient(soft)
    length = np.maximum(np.hypot(across, down), 1e-9)
    return np.stack([-across / length, -down / length], axis=-1)


def _fitted(normals: Floats, light: Floats) -> tuple[Floats, float]:
    """(Lx, Ly) and the share of variance that Lx explains beyond Ly."""
    design = np.column_stack([normals, np.ones(len(light))])
    found, *_ = np.linalg.lstsq(design, light, rcond=None)
    without, *_ = np.linalg.lstsq(design[:, 1:], light, rcond=None)
    whole = float(((light - light.mean()) ** 2).sum())
    gained = ((light - design[:, 1:] @ without) ** 2).sum() - ((light - design @ found) ** 2).sum()
    return np.asarray(found[:2], dtype=np.float64), float(gained) / max(whole, 1e-9)


def _temperature(small: Rgba) -> tuple[float | None, float | None]:
    solid = small[..., 3] >= SOLID
    colors = small[..., :3][solid] / 255.0
    lab = oklab_of_rgb(colors)
    grey = (np.hypot(lab[:, 1], lab[:, 2]) < GREY) & (lab[:, 0] > 0.55) & (lab[:, 0] < 0.995)
    if grey.sum() < max(LEAST_GREY * len(colors), 20):
        return None, None
    linear = to_linear(colors[grey]).mean(axis=0)
    x, y, _ = (_XYZ @ linear) / (_XYZ @ linear).sum()
    n = (x - 0.3320) / (0.1858 - y)
    kelvin = 449 * n**3 + 3525 * n**2 + 6823.3 * n + 5520.33
    ratio = linear[0] / max(linear[2], 1e-4)  # the key's own red over blue at a warmth w: (1 + 0.05 w) / (1 - 0.13 w)
    return float(round(min(max(kelvin, 2500.0), 15000.0))), round(
        float(min(max((ratio - 1) / (0.05 + 0.13 * ratio), -1.0), 1.0)), 2
    )


def lit_like(light: SceneLight, seen: KeyLight) -> tuple[SceneLight, Reason]:
    """The scene's light turned to the photo's, and what was taken from it."""
    known = {"side": seen.side, "elevation": seen.elevation, "warmth": seen.warmth}
    taken = {name: value for name, value in known.items() if value is not None}
    if not taken:
        why = Words(
            en="The product picture does not show clearly where its light came from; the scene keeps its own.",
            zh="产品图未能明确反映光源方向，沿用场景原有布光。",
        )
        return light, Reason(field="light", value=light.side, why=why)
    return light.model_copy(update=taken), Reason(
        field="light", value=light.side if not seen.side else seen.side, why=_why(seen)
    )


def _why(seen: KeyLight) -> Words:
    en, zh = [], []
    if seen.side:
        en.append(f"its key light comes from the {seen.side}, about {seen.elevation:.0f}° up")
        zh.append(f"主光来自{'左' if seen.side == 'left' else '右'}侧，约 {seen.elevation:.0f}°")
    if seen.kelvin:
        en.append(f"its greys are those of about {seen.kelvin:.0f} K")
        zh.append(f"灰部色温约 {seen.kelvin:.0f} K")
    return Words(en=f"The product picture sets the light: {', and '.join(en)}.", zh=f"布光随产品图：{'，'.join(zh)}。")
