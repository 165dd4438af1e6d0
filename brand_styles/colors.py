"""Colour arithmetic on sRGB: luminance, contrast, OKLab mixes, ΔE2000. Vectorised over leading axes.

An "rgb" array is float64 (..., 3), gamma-encoded sRGB in 0..1; a "lab" array is OKLab unless CIELAB is said.
Sources: WCAG 2.2 (relative luminance, contrast ratio); B. Ottosson, "A perceptual color space for image processing" (OKLab);
G. Sharma, W. Wu, E. Dalal, "The CIEDE2000 color-difference formula", 2005.
"""

from __future__ import annotations

import re
from typing import Any, Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]

_HEX = re.compile(r"#?(?:[0-9a-fA-F]{3}|[0-9a-fA-F]{6})")

_TO_XYZ = np.array(
    [[0.4123908, 0.3575843, 0.1804808], [0.2126390, 0.7151687, 0.0721923], [0.0193308, 0.1191948, 0.9505322]]
)
_D65 = np.array([0.9504559, 1.0, 1.0890578])
_TO_LMS = np.array(
    [
        [0.4122214708, 0.5363325363, 0.0514459929],
        [0.2119034982, 0.6806995451, 0.1073969566],
        [0.0883024619, 0.2817188376, 0.6299787005],
    ]
)
_TO_OKLAB = np.array(
    [
        [0.2104542553, 0.7936177850, -0.0040720468],
        [1.9779984951, -2.4285922050, 0.4505937099],
        [0.0259040371, 0.7827717662, -0.8086757660],
    ]
)
_FROM_LMS = np.linalg.inv(_TO_LMS)
_FROM_OKLAB = np.linalg.inv(_TO_OKLAB)


def is_hex(value: str) -> bool:
    """True for "#RGB" and "#RRGGBB", with or without the sign."""
    return bool(_HEX.fullmatch(value.strip()))


def normal_hex(value: str) -> str:
    """ "#RRGGBB" in upper case. ValueError where `value` is not a colour."""
    digits = value.strip().lstrip("#")
    if not is_hex(value):
        raise ValueError(f"not a colour: {value!r}")
    if len(digits) == 3:
        digits = "".join(d * 2 for d in digits)
    return f"#{digits.upper()}"


def rgb_of(value: str) -> Floats:
    """(3,) gamma-encoded sRGB in 0..1 of a hex colour."""
    digits = normal_hex(value)[1:]
    return np.array([int(digits[i : i + 2], 16) for i in (0, 2, 4)], dtype=np.float64) / 255.0


def hex_of(rgb: ArrayLike) -> str:
    """The nearest "#RRGGBB" of a (3,) array; values outside 0..1 are cut."""
    levels = np.rint(np.clip(np.asarray(rgb, dtype=np.float64), 0, 1) * 255).astype(int)
    return "#" + "".join(f"{level:02X}" for level in levels.tolist())


def to_linear(rgb: ArrayLike) -> Floats:
    """Gamma-encoded sRGB to linear light (IEC 61966-2-1)."""
    values = np.asarray(rgb, dtype=np.float64)
    return np.where(values <= 0.04045, values / 12.92, ((np.maximum(values, 0) + 0.055) / 1.055) ** 2.4)


def to_encoded(linear: ArrayLike) -> Floats:
    """Linear light to gamma-encoded sRGB."""
    values = np.asarray(linear, dtype=np.float64)
    return np.where(values <= 0.0031308, values * 12.92, 1.055 * np.maximum(values, 0) ** (1 / 2.4) - 0.055)


def luminance_of_rgb(rgb: ArrayLike) -> Floats:
    """WCAG relative luminance, 0..1, of a (..., 3) array; shape (...)."""
    weighed: Floats = to_linear(rgb) @ np.array([0.2126, 0.7152, 0.0722])
    return weighed


def luminance(value: str) -> float:
    """WCAG relative luminance of a hex colour, 0..1."""
    return float(luminance_of_rgb(rgb_of(value)))


def contrast_of_luminances(a: ArrayLike, b: ArrayLike) -> Floats:
    """WCAG contrast ratio, 1..21, of two luminances (arrays broadcast)."""
    first, second = np.asarray(a, dtype=np.float64), np.asarray(b, dtype=np.float64)
    return (np.maximum(first, second) + 0.05) / (np.minimum(first, second) + 0.05)


def contrast(a: str, b: str) -> float:
    """WCAG contrast ratio of two hex colours, 1..21."""
    return float(contrast_of_luminances(luminance(a), luminance(b)))


def oklab_of_rgb(rgb: ArrayLike) -> Floats:
    """OKLab (..., 3) of gamma-encoded sRGB."""
    lms = np.cbrt(to_linear(rgb) @ _TO_LMS.T)
    lab: Floats = lms @ _TO_OKLAB.T
    return lab


def rgb_of_oklab(lab: ArrayLike) -> Floats:
    """Gamma-encoded sRGB of OKLab; may leave 0..1 where the colour is out of gamut."""
    lms = (np.asarray(lab, dtype=np.float64) @ _FROM_OKLAB.T) ** 3
    return to_encoded(lms @ _FROM_LMS.T)


def oklch(value: str) -> tuple[float, float, float]:
    """(lightness 0..1, chroma ≥ 0, hue in degrees 0..360) of a hex colour."""
    lightness, a, b = (float(v) for v in oklab_of_rgb(rgb_of(value)))
    return lightness, float(np.hypot(a, b)), float(np.degrees(np.arctan2(b, a)) % 360)


def from_oklch(lightness: float, chroma: float, hue: float) -> str:
    """The hex colour; chroma is lowered until it fits sRGB, so that lightness and hue are kept."""
    angle = np.radians(hue)
    lightness = min(max(lightness, 0.0), 1.0)

    def rgb(amount: float) -> Floats:
        return rgb_of_oklab([lightness, amount * np.cos(angle), amount * np.sin(angle)])

    if _in_gamut(rgb(chroma)):
        return hex_of(rgb(chroma))
    low, high = 0.0, chroma
    for _ in range(20):
        middle = (low + high) / 2
        low, high = (middle, high) if _in_gamut(rgb(middle)) else (low, middle)
    return hex_of(rgb(low))


def _in_gamut(rgb: Floats) -> bool:
    return bool((rgb >= -1e-4).all() and (rgb <= 1 + 1e-4).all())


def mix(a: str, b: str, amount: float) -> str:
    """From `a` (0) to `b` (1) on a straight line in OKLab."""
    first, second = oklab_of_rgb(rgb_of(a)), oklab_of_rgb(rgb_of(b))
    return hex_of(rgb_of_oklab(first + (second - first) * amount))


def hue_distance(a: float, b: float) -> float:
    """Degrees between two hues the short way round, 0..180."""
    return abs((a - b + 180) % 360 - 180)


def cielab_of_rgb(rgb: ArrayLike) -> Floats:
    """CIELAB (D65) of gamma-encoded sRGB."""
    ratio = (to_linear(rgb) @ _TO_XYZ.T) / _D65
    f = np.where(ratio > 216 / 24389, np.cbrt(ratio), (24389 / 27 * ratio + 16) / 116)
    x, y, z = f[..., 0], f[..., 1], f[..., 2]
    return np.stack([116 * y - 16, 500 * (x - y), 200 * (y - z)], axis=-1)


def delta_e_2000(lab_a: ArrayLike, lab_b: ArrayLike) -> Floats:
    """CIEDE2000 difference of two CIELAB arrays (..., 3); shape (...)."""
    a, b = np.asarray(lab_a, dtype=np.float64), np.asarray(lab_b, dtype=np.float64)
    mean_chroma = (np.hypot(a[..., 1], a[..., 2]) + np.hypot(b[..., 1], b[..., 2])) / 2
    g = 0.5 * (1 - np.sqrt(mean_chroma**7 / (mean_chroma**7 + 25.0**7)))
    chroma_a, hue_a = _polar(a, g)
    chroma_b, hue_b = _polar(b, g)
    d_lightness, d_chroma = b[..., 0] - a[..., 0], chroma_b - chroma_a
    grey = chroma_a * chroma_b == 0
    turn = np.where(grey, 0.0, (hue_b - hue_a + 180) % 360 - 180)
    d_hue = 2 * np.sqrt(chroma_a * chroma_b) * np.sin(np.radians(turn) / 2)
    lightness, chroma = (a[..., 0] + b[..., 0]) / 2, (chroma_a + chroma_b) / 2
    hue = np.where(grey, hue_a + hue_b, hue_a + turn / 2)
    return _weighed(d_lightness, d_chroma, d_hue, lightness, chroma, hue)


def _polar(lab: Floats, g: Floats) -> tuple[Floats, Floats]:
    stretched = lab[..., 1] * (1 + g)
    return np.hypot(stretched, lab[..., 2]), np.degrees(np.arctan2(lab[..., 2], stretched)) % 360


def _weighed(dl: Floats, dc: Floats, dh: Floats, lightness: Floats, chroma: Floats, hue: Floats) -> Floats:
    """The last step of CIEDE2000 with kL = kC = kH = 1."""
    t = (
        1
        - 0.17 * np.cos(np.radians(hue - 30))
        + 0.24 * np.cos(np.radians(2 * hue))
        + 0.32 * np.cos(np.radians(3 * hue + 6))
        - 0.20 * np.cos(np.radians(4 * hue - 63))
    )
    s_l = 1 + 0.015 * (lightness - 50) ** 2 / np.sqrt(20 + (lightness - 50) ** 2)
    s_c, s_h = 1 + 0.045 * chroma, 1 + 0.015 * chroma * t
    r_c = 2 * np.sqrt(chroma**7 / (chroma**7 + 25.0**7))
    r_t = -np.sin(np.radians(60 * np.exp(-(((hue - 275) / 25) ** 2)))) * r_c
    l_part, c_part, h_part = dl / s_l, dc / s_c, dh / s_h
    result: Floats = np.sqrt(np.maximum(l_part**2 + c_part**2 + h_part**2 + r_t * c_part * h_part, 0))
    return result


def difference(a: str, b: str) -> float:
    """CIEDE2000 of two hex colours."""
    return float(delta_e_2000(cielab_of_rgb(rgb_of(a)), cielab_of_rgb(rgb_of(b))))


def any_color(text: str) -> str:
    """ "#RRGGBB" of any CSS colour ("tomato", "rgb(1 2 3)", "oklch(…)"). ValueError where it is not one."""
    if is_hex(text):
        return normal_hex(text)
    from coloraide import Color

    try:
        parsed: Any = Color(text)
        coords = parsed.convert("srgb").fit().coords()
    except ValueError as error:
        raise ValueError(f"not a colour: {text!r}") from error
    return hex_of([0.0 if np.isnan(c) else c for c in coords])


WARM, COOL = (55, 50), (230, 75)  # OKLCH hue and how far it reaches, degrees: red through amber, green through violet


def warmth_of(color: str) -> Literal["warm", "cool", "neither"]:
    """Whether a colour is warm or cool to the eye; greys and what lies between are neither."""
    _, chroma, hue = oklch(color)
    if chroma <= 0.02:
        return "neither"
    return (
        "warm"
        if hue_distance(hue, WARM[0]) <= WARM[1]
        else "cool"
        if hue_distance(hue, COOL[0]) <= COOL[1]
        else "neither"
    )
