"""Main colours of a picture against the palette that was asked for: k-means in CIE Lab, distances by CIEDE2000.

Written apart from brand_styles.colors, by which palettes are planned and pictures checked: a judge shares no mistake with them.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import linear_sum_assignment

from generation.types import ScenePalette

Floats = NDArray[np.float64]

MAIN = 8  # clusters of a picture: light and shade of each of its colours
LEAST_SHARE = 0.01  # of the picture: a smaller cluster is no main colour
SAMPLE = 2048  # pixels looked at
ROUNDS = 12

_RGB_TO_XYZ = np.array(  # IEC 61966-2-1, D65
    [[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]]
)
_WHITE = _RGB_TO_XYZ.sum(axis=1)


def lab(rgb: NDArray[np.uint8]) -> Floats:
    """CIE 1976 L*a*b* (D65) of sRGB bytes (..., 3) (CIE 15:2004, section 8.2.1)."""
    unit = np.asarray(rgb, dtype=np.float64) / 255
    linear = np.where(unit <= 0.04045, unit / 12.92, ((unit + 0.055) / 1.055) ** 2.4)
    ratio = linear @ _RGB_TO_XYZ.T / _WHITE
    f = np.where(ratio > (6 / 29) ** 3, np.cbrt(ratio), ratio * (29 / 6) ** 2 / 3 + 4 / 29)
    x, y, z = np.moveaxis(f, -1, 0)
    return np.stack([116 * y - 16, 500 * (x - y), 200 * (y - z)], axis=-1)


def lab_of(colour: str) -> Floats:
    """Of a hexadecimal colour, (3,)."""
    return lab(np.frombuffer(bytes.fromhex(colour.lstrip("#")), dtype=np.uint8))


def ciede2000(a: Floats, b: Floats) -> Floats:
    """Colour difference of Lab values (..., 3), broadcast (Sharma, Wu and Dalal 2005, equations 2 to 22, all k = 1)."""
    c_ab = (np.hypot(a[..., 1], a[..., 2]) + np.hypot(b[..., 1], b[..., 2])) / 2
    g = 0.5 * (1 - np.sqrt(c_ab**7 / (c_ab**7 + 25.0**7)))
    (l1, c1, h1), (l2, c2, h2) = (_polar(v, g) for v in (a, b))
    turn = (h2 - h1 + 180) % 360 - 180
    turn = np.where(c1 * c2 == 0, 0.0, turn)
    dl, dc = l2 - l1, c2 - c1
    dh = 2 * np.sqrt(c1 * c2) * np.sin(np.radians(turn / 2))
    light, chroma = (l1 + l2) / 2, (c1 + c2) / 2
    hue = _mean_hue(h1, h2, c1 * c2 == 0)
    t = (
        1
        - 0.17 * _cos(hue - 30)
        + 0.24 * _cos(2 * hue)
        + 0.32 * _cos(3 * hue + 6)
        - 0.20 * _cos(4 * hue - 63)
    )  # fmt: skip
    s_l = 1 + 0.015 * (light - 50) ** 2 / np.sqrt(20 + (light - 50) ** 2)
    s_c, s_h = 1 + 0.045 * chroma, 1 + 0.015 * chroma * t
    rotation = 30 * np.exp(-(((hue - 275) / 25) ** 2))
    r_t = -2 * np.sqrt(chroma**7 / (chroma**7 + 25.0**7)) * np.sin(np.radians(2 * rotation))
    x, y, z = dl / s_l, dc / s_c, dh / s_h
    return np.asarray(np.sqrt(np.maximum(x * x + y * y + z * z + r_t * y * z, 0.0)))


def _polar(v: Floats, g: Floats) -> tuple[Floats, Floats, Floats]:
    """L, C′ and h′ in degrees."""
    a = v[..., 1] * (1 + g)
    return v[..., 0], np.hypot(a, v[..., 2]), np.degrees(np.arctan2(v[..., 2], a)) % 360


def _mean_hue(h1: Floats, h2: Floats, grey: NDArray[np.bool_]) -> Floats:
    total, far = h1 + h2, np.abs(h1 - h2) > 180
    across = np.where(total < 360, (total + 360) / 2, (total - 360) / 2)
    return np.where(grey, total, np.where(far, across, total / 2))


def _cos(degrees: Floats) -> Floats:
    return np.asarray(np.cos(np.radians(degrees)))


def main_colours(rgb: NDArray[np.uint8], seed: int = 0) -> tuple[Floats, Floats]:
    """Lab means (k, 3) and shares (k,) of a picture's clusters of at least LEAST_SHARE, largest first: Lloyd's k-means in Lab,
    begun by k-means++ (Arthur and Vassilvitskii 2007)."""
    rng = np.random.default_rng(seed)
    flat = rgb.reshape(-1, 3)
    pixels = lab(flat[rng.choice(len(flat), min(SAMPLE, len(flat)), replace=False)])
    centres = _begun(pixels, rng)
    for _ in range(ROUNDS):
        nearest = _nearest(pixels, centres)
        full = np.bincount(nearest, minlength=len(centres)) > 0
        centres = np.stack([pixels[nearest == k].mean(axis=0) for k in np.flatnonzero(full)])
    shares = np.bincount(_nearest(pixels, centres), minlength=len(centres)) / len(pixels)
    order = [k for k in np.argsort(-shares) if shares[k] >= LEAST_SHARE]
    return centres[order], shares[order]


def _begun(pixels: Floats, rng: np.random.Generator) -> Floats:
    chosen = [pixels[rng.integers(len(pixels))]]
    while len(chosen) < MAIN:
        away = np.min([((pixels - c) ** 2).sum(axis=1) for c in chosen], axis=0)
        if away.sum() < 1e-6:
            break
        chosen.append(pixels[rng.choice(len(pixels), p=away / away.sum())])
    return np.stack(chosen)


def _nearest(pixels: Floats, centres: Floats) -> NDArray[np.intp]:
    return np.asarray(((pixels[:, None] - centres[None]) ** 2).sum(axis=2).argmin(axis=1))


def palette_distances(rgb: NDArray[np.uint8], palette: ScenePalette) -> Floats:
    """CIEDE2000 from each of the three colours asked for to the picture, (3,): ground, subject, and second or accent,
    whichever is nearer.

    Each is matched to a main colour of its own, so that the sum is least (Kuhn 1955): one red can't stand for two. A picture
    with fewer main colours than three leaves the rest at their distance to the nearest one.
    """
    centres, _ = main_colours(rgb)
    best: Floats | None = None
    for third in (palette.second, palette.accent):
        asked = np.stack([lab_of(c) for c in (palette.ground, palette.subject, third)])
        found = _matched(ciede2000(asked[:, None], centres[None]))
        if best is None or found.sum() < best.sum():
            best = found
    assert best is not None  # noqa: S101 - the loop ran
    return best


def _matched(away: Floats) -> Floats:
    found = away.min(axis=1)
    rows, columns = linear_sum_assignment(away)
    found[rows] = away[rows, columns]
    return np.asarray(found)
