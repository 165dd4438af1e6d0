"""What a picture's colours are like, in numbers that reviewers' dimensions name: harmony with the brand, saturation, hue, contrast."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from brand_styles.colors import cielab_of_rgb, delta_e_2000, rgb_of

Floats = NDArray[np.float64]
SIDE = 128  # px of the longer side that is looked at
BINS = 36  # of hue
NEAR_HUE = 15.0  # degrees within which a pixel is of a brand's hue
TINTED = 0.15  # saturation from which a pixel has a hue
FAR = 100.0  # CIEDE2000, where a brand has no colours

NAMES = (
    "saturation.mean",
    "saturation.p95",
    "saturation.spread",
    "value.mean",
    "value.spread",
    "colourfulness",
    "hue.entropy",
    "hue.sine",
    "hue.cosine",
    "hue.tinted",
    "hue.of_brand",
    "palette.mean",
    "palette.p90",
    "lightness.mean",
    "lightness.contrast",
    "lightness.p05",
    "lightness.p95",
    "redness",
    "yellowness",
    "detail.mean",
    "detail.p95",
    "middle.lighter",
    "top.lighter",
    "left.lighter",
)


def color_facts(rgb: NDArray[np.uint8], palette: Sequence[str]) -> dict[str, float]:
    """NAMES of a uint8 RGB picture (h, w, 3) beside a brand's colours ("#RRGGBB").

    colourfulness: Hasler & Suesstrunk, "Measuring colourfulness in natural images" (2003), equation 5, over 100. palette: distance of
    each pixel to the brand's nearest colour, CIEDE2000 over 100. hue.entropy: of the histogram of tinted pixels, 0 to 1. Others 0 to 1.
    """
    small = _small(rgb)
    hue, saturation, value = _hsv(small)
    lab = cielab_of_rgb(small / 255)
    light = lab[..., 0] / 100
    tinted = (saturation > TINTED) & (value > TINTED)
    near = _to_palette(lab, palette)
    detail = np.hypot(*np.gradient(light))
    found = [saturation.mean(), np.percentile(saturation, 95), saturation.std(), value.mean(), value.std()]
    found += [_colorfulness(small), *_hue_facts(hue[tinted]), tinted.mean(), _of_brand(hue[tinted], palette)]
    found += [near.mean(), np.percentile(near, 90), light.mean(), light.std(), *np.percentile(light, [5, 95])]
    found += [lab[..., 1].mean() / 100, lab[..., 2].mean() / 100, detail.mean(), np.percentile(detail, 95)]
    found += _balance(light)
    return {name: float(v) for name, v in zip(NAMES, found, strict=True)}


def _small(rgb: NDArray[np.uint8]) -> Floats:
    """(h, w, 3), 0..255, the longer side SIDE or less."""
    image = Image.fromarray(np.ascontiguousarray(rgb))
    image.thumbnail((SIDE, SIDE), Image.Resampling.BOX)
    return np.asarray(image, np.float64)


def _hsv(rgb: Floats) -> tuple[Floats, Floats, Floats]:
    """Hue in degrees, saturation and value 0 to 1 (Smith 1978)."""
    most, least = rgb.max(axis=-1), rgb.min(axis=-1)
    spread = most - least
    r, g, b = (rgb[..., i] for i in range(3))
    safe = np.where(spread == 0, 1, spread)
    sixths = np.where(most == r, ((g - b) / safe) % 6, np.where(most == g, (b - r) / safe + 2, (r - g) / safe + 4))
    return sixths * 60, spread / np.where(most == 0, 1, most), most / 255


def _colorfulness(rgb: Floats) -> float:
    r, g, b = (rgb[..., i] for i in range(3))
    red, yellow = r - g, (r + g) / 2 - b
    return float((np.hypot(red.std(), yellow.std()) + 0.3 * np.hypot(red.mean(), yellow.mean())) / 100)


def _hue_facts(hue: Floats) -> tuple[float, float, float]:
    """Entropy of the histogram as a share of the most there can be, and the mean direction's sine and cosine."""
    if not hue.size:
        return 0.0, 0.0, 0.0
    counts = np.histogram(hue, BINS, (0, 360))[0] / hue.size
    kept = counts[counts > 0]
    turns = np.radians(hue)
    return float(-(kept * np.log(kept)).sum() / np.log(BINS)), float(np.sin(turns).mean()), float(np.cos(turns).mean())


def _of_brand(hue: Floats, palette: Sequence[str]) -> float:
    """Share of tinted pixels within NEAR_HUE of a tinted colour of the brand."""
    if not hue.size or not palette:
        return 0.0
    hues, saturation, _ = _hsv(np.array([rgb_of(color) for color in palette]) * 255)
    wanted = hues[saturation > TINTED]
    if not wanted.size:
        return 0.0
    apart = np.abs((hue[:, None] - wanted[None] + 180) % 360 - 180)
    return float((apart.min(axis=1) <= NEAR_HUE).mean())


def _to_palette(lab: Floats, palette: Sequence[str]) -> Floats:
    """(h, w): CIEDE2000 over 100 to the nearest colour."""
    if not palette:
        return np.full(lab.shape[:2], FAR / 100)
    flat = lab[::2, ::2].reshape(-1, 1, 3)  # every fourth pixel says as much
    wanted = cielab_of_rgb(np.array([rgb_of(color) for color in palette]))[None]
    near: Floats = delta_e_2000(flat, wanted).min(axis=1)[None] / 100
    return near


def _balance(light: Floats) -> tuple[float, float, float]:
    """How much lighter the middle is than the rest, the top than the bottom, the left than the right."""
    height, width = light.shape
    middle = light[height // 4 : height - height // 4, width // 4 : width - width // 4]
    top, left = light[: height // 2].mean() - light[height // 2 :].mean(), light[:, : width // 2].mean()
    return float(middle.mean() - light.mean()), float(top), float(left - light[:, width // 2 :].mean())
