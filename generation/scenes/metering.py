"""Set the light behind the hero by measuring a small picture, as a photographer does: never a dark hero on a dark wall."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from scipy import ndimage

from generation.control.blockout import Blockout
from generation.scenes import columns
from generation.scenes.finishing import bloom
from generation.scenes.stage import Stage
from generation.scenes.table import Array

TARGET = 2.3  # contrast aimed at where a scene is first exposed, so that few canvases need more
FLOOR = 2.2  # contrast every canvas has on its trial picture, so that 2 : 1 holds in the finished one
Gains = tuple[float, float]  # on the hero's light, on the light behind it
_PIXELS = 7000  # of a trial picture
_SHORT = 64  # pixels of its shorter side at least: the hero of a strip is small
_HERO = np.geomspace(0.3, 2.2, 33)
_POOL = np.geomspace(0.16, 2.6, 33)
_TRIALS = 5  # what lights the hero also depends on the ground: the gains are found in steps
_SHOULDER = 0.62  # as in kernels/post.py


def exposed(stage: Stage, gains: Gains) -> Stage:
    """The stage with these gains on the hero's light and on the light behind it."""
    return stage.with_frame(hero_gain=gains[0], pool_gain=gains[1])


def metered(
    stage: Stage, start: Gains = (1.0, 1.0), target: float = TARGET, *, hero_cost: float = 1.3
) -> tuple[Stage, Gains]:
    """The stage lit so that hero and ground differ by `target`, and the gains that did it, as near to `start` as can be.

    `hero_cost`: what changing the hero's own light costs beside changing the light behind it. A stage without a drawn
    hero, or with no ground beside it, is returned as it is.
    """
    stage, gains = exposed(stage, start), start
    best = (-1.0, start)
    for trial in range(_TRIALS):
        seen = _seen(stage, gains) if stage.subject_id is not None else None
        if seen is None:
            return stage, gains
        best = max(best, (seen.contrast(gains), gains))
        if best[0] >= target:
            break
        # From the second trial on a small change is sought, so that the two sides of the ground don't take turns.
        gains = _better(seen, start if trial == 0 else gains, target + 0.05, hero_cost)
        stage = exposed(stage, gains)
    return exposed(stage, best[1]), best[1]


def ground_tone(stage: Stage) -> Array:
    """Median radiance of the ground in a small trial picture, (3,)."""
    image, ids = _trial(stage)
    ground = image[ids == 0]
    return np.asarray(np.median(ground, axis=0) if len(ground) else np.zeros(3), dtype=np.float64)


def toned(stage: Stage, wanted: Array) -> Stage:
    """The stage with its wall and floor repainted so that the ground's median nears `wanted`: a wide canvas shows more of where
    the light falls off than a tall one does."""
    factor = np.clip((wanted + 0.004) / (ground_tone(stage) + 0.004), 0.6, 2.2)
    frame = stage.frame.copy()
    for first in (columns.GROUND, columns.DEEP):
        frame[first : first + 3] = np.minimum(frame[first : first + 3] * factor, 1.0)
    return replace(stage, frame=frame)


@dataclass(frozen=True)
class _Seen:
    """Radiance of the hero (n, 3) and of the ground around it (m, 3) at gains 1; how far the pool's light reaches there (m,).

    The veils are what bloom lays over both.
    """

    hero: Array
    ground: Array
    pool: Array
    hero_veil: Array
    ground_veil: Array

    def hero_at(self, gain: float) -> Array:
        return _middle(self.hero * gain + self.hero_veil)

    def ground_at(self, gain: float) -> Array:
        return _middle(self.ground * _pooled(self.pool, gain)[:, None] + self.ground_veil)

    def contrast(self, gains: Gains) -> float:
        return float(_apart(self.hero_at(gains[0]), self.ground_at(gains[1])))


def _apart(hero: Array, ground: Array) -> Array:
    """Contrast of the nearer ends of two ranges (low, high on the last axis); below 1 where they overlap."""
    hero, ground = hero + 0.05, ground + 0.05
    return np.asarray(np.maximum(hero[..., 0] / ground[..., 1], ground[..., 0] / hero[..., 1]))


def _better(seen: _Seen, start: Gains, target: float, hero_cost: float) -> Gains:
    """The gains that reach the target by the smallest change; where none does, those that come nearest."""
    hero = np.array([seen.hero_at(gain) for gain in _HERO])
    ground = np.array([seen.ground_at(gain) for gain in _POOL])
    ratio = _apart(hero[:, None], ground[None, :])
    effort = hero_cost * np.abs(np.log(_HERO / start[0]))[:, None] + np.abs(np.log(_POOL / start[1]))[None, :]
    # A ground near white washes out, one far above its own colour is another ground; a hero far from its own is no longer the product.
    effort = (
        effort
        + 4.0 * np.maximum(ground[None, :, 1] - 0.86, 0.0)
        + 1.5 * np.maximum(np.abs(np.log(_HERO)) - 0.5, 0.0)[:, None]
        + 1.5 * np.maximum(np.log(_POOL) - 0.45, 0.0)[None, :]
    )
    effort = effort + 40.0 * np.maximum(target - ratio, 0.0)
    h, p = np.unravel_index(int(np.argmin(effort)), effort.shape)
    return float(_HERO[h]), float(_POOL[p])


def _seen(stage: Stage, gains: Gains) -> _Seen | None:
    """What a small trial picture shows of hero and ground; None where either is hidden."""
    small = _small(stage)
    image, ids = _trial(stage)
    mask = ids == stage.subject_id
    near = _around(mask, ids)
    if not mask.any() or not near.any():
        return None
    fall = _vignette(small)[..., None]
    light, veil = image * fall, _veil(image, small) * fall
    pool = _reach(small)[near]
    ground = light[near] / _pooled(pool, gains[1])[:, None]
    return _Seen(np.asarray(light[mask] / gains[0]), np.asarray(ground), pool, veil[mask], veil[near])


def _small(stage: Stage) -> Stage:
    scale = max(math.sqrt(_PIXELS / (stage.width * stage.height)), _SHORT / min(stage.width, stage.height))
    scale = min(scale, 1.0)
    return stage.at(max(round(stage.width * scale), 8), max(round(stage.height * scale), 8))


def _trial(stage: Stage) -> tuple[NDArray[np.float32], NDArray[np.uint8]]:
    """Radiance and ids of a small picture of the stage."""
    from generation.scenes.render_fast import radiance

    return radiance(_small(stage))


def _veil(image: NDArray[np.float32], stage: Stage) -> Array:
    """Bloom at the picture's size, (H, W, 3)."""
    glow = bloom(image, stage)
    step = -(-image.shape[0] // glow.shape[0])
    grown = glow.repeat(step, axis=0).repeat(step, axis=1)[: image.shape[0], : image.shape[1]]
    return np.asarray(stage.bloom * grown, dtype=np.float64)


def _reach(stage: Stage) -> Array:
    """Share of the pool's light at each pixel, (H, W), as kernels/shade.py has it."""
    f = stage.frame
    y, x = np.mgrid[0 : stage.height, 0 : stage.width] + 0.5
    q = ((x - f[columns.POOL_X]) / f[columns.POOL_W]) ** 2 + ((y - f[columns.POOL_Y]) / f[columns.POOL_H]) ** 2
    return np.where(q > 6.0, 0.0, np.exp(-0.6 * q**1.5))


def _pooled(reach: Array, gain: float) -> Array:
    return 1.0 + (gain - 1.0) * reach


def _vignette(stage: Stage) -> Array:
    y, x = (np.mgrid[0 : stage.height, 0 : stage.width] + 0.5) / np.array([stage.height, stage.width])[:, None, None]
    return np.asarray(1.0 - stage.vignette * 2.0 * ((x - 0.5) ** 2 + (y - 0.5) ** 2))


def _middle(radiance: Array) -> Array:
    """(44th, 56th percentile) of relative luminance after the tone curve of kernels/post.py.

    A polished thing is bright and dark in halves: its median alone jumps with the picture's size.
    """
    room = 1.0 - _SHOULDER
    bent = _SHOULDER + room * (1.0 - np.exp(-np.maximum(radiance - _SHOULDER, 0.0) / room))
    light = np.minimum(radiance, bent).clip(0.0) @ np.array([0.2126, 0.7152, 0.0722])
    return np.asarray(np.percentile(light, (44.0, 56.0)))


def contrast(a: float, b: float) -> float:
    """Ratio of two relative luminances as WCAG 2.2 defines it."""
    return (max(a, b) + 0.05) / (min(a, b) + 0.05)


def brightness(b: Blockout, subject_id: int) -> tuple[float, float]:
    """(subject, ground around it): median relative luminances; ground 0 where none is seen near the subject.

    Around: ground pixels within a quarter of the subject's longer side of its outline.
    """
    mask = b.ids == subject_id
    if not mask.any():
        return 0.0, 0.0
    near = _around(mask, b.ids)
    light = luminances(b.rgb)
    return float(np.median(light[mask])), float(np.median(light[near])) if near.any() else 0.0


def _around(mask: NDArray[np.bool_], ids: NDArray[np.uint8]) -> NDArray[np.bool_]:
    """Ground pixels within a quarter of the mask's longer side of it, its own outline left out."""
    if not mask.any():
        return mask
    side = max(int(np.ptp(np.flatnonzero(mask.any(axis=axis)))) + 1 for axis in (0, 1))
    far = ndimage.distance_transform_cdt(~mask, metric="chessboard")
    return np.asarray((far > 1) & (far <= max(int(0.25 * side), 2)) & (ids == 0))


def luminances(rgb: NDArray[np.uint8]) -> NDArray[np.float64]:
    """Relative luminance of sRGB bytes, (H, W)."""
    x = rgb / 255.0
    line = np.where(x <= 0.04045, x / 12.92, ((x + 0.055) / 1.055) ** 2.4)
    return np.asarray(line @ np.array([0.2126, 0.7152, 0.0722]))
