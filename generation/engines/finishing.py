"""Full-size pixels from a small model's picture: its light and colour laid over the blockout, whose edges stay.

Only for the embedded checkpoint, which is trained towards the slow tier of the very scene that the blockout shows. The
model's raw pixels are never shipped: an autoencoder an eighth of the size smears every edge. What the model adds is read as the
difference between its picture and the blockout's own trip through the same autoencoder, so that the smear cancels out.

Where a pixel network (refiner.py) has worked that light into a picture with shadows, reflections and texture of its own, the
picture itself is enlarged, and only its edges are sharpened by the blockout's.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from brand_styles.words import Words
from generation.control.blockout import Blockout
from generation.engines.surfaces import smooth_along_surfaces
from generation.layout.geometry import Rect

Floats = NDArray[np.float32]

LUMA = (0.2126, 0.7152, 0.0722)
LEVELS = 5  # light is averaged over about 2 ** LEVELS pixels of the model's picture
UPSCALE = 1 / 112  # radius in which light is fitted to the full-size luminance, in the longer side
KEEP = 1 / 96  # radius in which edges of blockout and picture are compared, likewise
GUIDE_NOISE = 0.02**2  # variance of the guide (0 to 1) below which it is flat
LEAST_CHANGE = 0.6  # of 255: below this the model added nothing that can be seen
EDGE_LOSS = 0.12  # share of the blockout's contrast at object edges that may be lost
CLIPPED = 0.02  # share of pixels that may newly be burnt out or drowned
COLOUR_SHIFT = 0.12  # of the range: a larger change of the mean colour is not light but another picture
DETAIL_REACH = 1.0  # px of the model's picture, deviation of the window in which its edges are read off the blockout's
DETAIL_NOISE = 0.045**2  # variance of the blockout (0 to 1) in that window below which it has no edge to offer
TONE_REACH = 0.12  # of the short side, deviation of the blur that leaves of a change its broad tone
CALM_MARGIN = 0.05  # of the short side: how far calm reaches beyond a text zone
CALM_FADE = 0.035  # of the short side: deviation of its soft edge
MOST_TONE = 24 / 255  # what differs more is a shadow or a thing, no tone


@dataclass(frozen=True)
class Limits:
    """What speaks against a picture: see the constants above."""

    edge_loss: float = EDGE_LOSS
    clipped: float = CLIPPED
    colour_shift: float = COLOUR_SHIFT


USUAL_LIMITS = Limits()
# The slow tier itself loses up to 0.38 of that contrast and burns out up to 0.05 (60 pairs): its light fills the fast tier's blacks.
REFINED_LIMITS = Limits(edge_loss=0.5, clipped=0.08)


@dataclass(frozen=True)
class Finished:
    """Pixels at full size, 0 to 255 float32 (H, W, 3); where the blockout's detail was kept, uint8 (h, w), 255 = kept;
    why the result is not worth having (None when it is); figures for the recipe."""

    rgb: Floats
    kept: NDArray[np.uint8]
    why_not: Words | None
    notes: dict[str, float]


def finish_from_blockout(fast: NDArray[np.uint8], small: Blockout, decoded: Floats, base: Floats) -> Finished:
    """`fast + lowpass(decoded - base)`, with the blockout's detail only where it agrees with the picture's.

    fast: the blockout's pixels (H, W, 3). small: its maps at the model's size. decoded: the model's picture (h, w, 3), 0 to 1.
    base: the blockout's picture after the autoencoder's round trip, likewise.
    """
    own = small.rgb.astype(np.float32) / np.float32(255)
    kept = agreement(base, decoded, max(1, round(KEEP * max(own.shape))))
    change = smooth_along_surfaces(decoded - base, small, LEVELS) + detail_change(own, kept)
    guide = luminance(fast.astype(np.float32) / np.float32(255))
    full = enlarge_light(change, luminance(own), guide, max(1, round(UPSCALE * max(own.shape))))
    rgb = np.clip(fast + np.float32(255) * full, 0, 255)
    after = cv2.resize(rgb, own.shape[1::-1], interpolation=cv2.INTER_AREA) / np.float32(255)
    notes = figures(own, np.asarray(after, dtype=np.float32), small.edges > 64, kept)
    return Finished(rgb, (kept * 255 + 0.5).astype(np.uint8), verdict(notes), notes)


def finish_refined(fast: NDArray[np.uint8], small: Blockout, refined: Floats, calm: Floats) -> Finished:
    """The pixel network's picture at full size; where it is `calm`, the blockout's pixels with no more than its broad tone.

    fast: the blockout's pixels (H, W, 3). small: its maps at the model's size. refined: the picture (h, w, 3), 0 to 1, at that size.
    calm: (h, w), 1 in text zones, falling to 0 beside them.
    """
    own = small.rgb.astype(np.float32) / np.float32(255)
    kept = np.maximum(agreement(own, refined, max(1, round(DETAIL_REACH))), calm)
    tone = broad_tone(refined - own, np.equal(small.ids, 0))
    rgb = enlarge_refined(refined, own, fast)
    settle(rgb, fast, tone, calm)
    np.clip(rgb, 0, 255, out=rgb)
    after = cv2.resize(rgb, own.shape[1::-1], interpolation=cv2.INTER_AREA) / np.float32(255)
    notes = figures(own, np.asarray(after, dtype=np.float32), small.edges > 64, kept)
    return Finished(rgb, (kept * 255 + 0.5).astype(np.uint8), verdict(notes, REFINED_LIMITS), notes)


def enlarge_refined(refined: Floats, own: Floats, fast: NDArray[np.uint8]) -> Floats:
    """`refined` (h, w, 3), 0 to 1, at the size of `fast` (H, W, 3), 0 to 255: cubic interpolation, and the fine part of the
    blockout's luminance as far as the small picture varies with it, fitted for each channel within a pixel or two.

    Where they have no edge in common it stays as soft as it was: no halo, no stairs.
    """
    guide = luminance(own)
    variance = _around(guide * guide) - _around(guide) ** 2 + np.float32(DETAIL_NOISE)
    fine = sum(np.float32(part) * fast[..., c] for c, part in enumerate(LUMA))
    fine -= np.float32(255) * _enlarged(guide, fast.shape)
    out = np.empty(fast.shape, dtype=np.float32)
    for c in range(3):
        values = np.ascontiguousarray(refined[..., c])
        slope = (_around(guide * values) - _around(guide) * _around(values)) / variance
        out[..., c] = np.float32(255) * _enlarged(values, fast.shape) + fine * _enlarged(slope, fast.shape)
    return out


def settle(rgb: Floats, fast: NDArray[np.uint8], tone: Floats, calm: Floats) -> None:
    """Bring `rgb` (H, W, 3), 0 to 255, in place towards the blockout's pixels and `tone` (h, w, 3), 0 to 1, as `calm` (h, w) says."""
    quiet = _enlarged(calm, fast.shape).clip(0, 1)
    for c in range(3):  # channel by channel: a canvas may have 16 megapixels
        wanted = np.float32(255) * _enlarged(np.ascontiguousarray(tone[..., c]), fast.shape) + fast[..., c]
        rgb[..., c] += (wanted - rgb[..., c]) * quiet


def calm_map(zones: Sequence[Rect], region: tuple[int, int, int, int], size: tuple[int, int]) -> Floats:
    """1 in text zones (pixels of the canvas), falling to 0 beside them, for a part of the canvas at `size` = (width, height)."""
    x0, y0, x1, y1 = region
    across, down = size[0] / (x1 - x0), size[1] / (y1 - y0)
    mask = np.zeros(size[::-1], np.float32)
    for zone in zones:
        r = zone.grown(CALM_MARGIN * min(x1 - x0, y1 - y0))
        left, right = (round((x - x0) * across) for x in (r.x0, r.x1))
        top, bottom = (round((y - y0) * down) for y in (r.y0, r.y1))
        mask[max(top, 0) : max(bottom, 0), max(left, 0) : max(right, 0)] = 1
    blurred = cv2.GaussianBlur(mask, (0, 0), CALM_FADE * min(size), borderType=cv2.BORDER_REPLICATE)
    return np.asarray(blurred, dtype=np.float32)


def broad_tone(change: Floats, ground: NDArray[np.bool_]) -> Floats:
    """The broad tone of `change` (h, w, 3) on the bare `ground` (h, w), carried on over what stands there."""
    sigma = TONE_REACH * min(change.shape[:2])
    weight = cv2.GaussianBlur(ground.astype(np.float32), (0, 0), sigma) + np.float32(1e-3)
    mild = np.clip(change, -MOST_TONE, MOST_TONE) * ground[..., None].astype(np.float32)
    return np.asarray(cv2.GaussianBlur(mild, (0, 0), sigma) / weight[..., None], dtype=np.float32)


def enlarge_light(change: Floats, small_guide: Floats, guide: Floats, radius: int) -> Floats:
    """`change` (h, w, 3) at the size of `guide` (H, W): a fast guided filter (He and Sun 2015), whose coefficients are fitted
    at the small size and applied to the full-size luminance, so that light follows edges it was never computed for."""
    mean = _mean(small_guide, radius)
    variance = _mean(small_guide * small_guide, radius) - mean * mean + np.float32(GUIDE_NOISE)
    size = (guide.shape[1], guide.shape[0])
    out = np.empty((*guide.shape, 3), dtype=np.float32)
    for c in range(3):
        middle = _mean(change[..., c], radius)
        slope = np.asarray((_mean(small_guide * change[..., c], radius) - mean * middle) / variance, dtype=np.float32)
        offset = _mean(np.asarray(middle - slope * mean, dtype=np.float32), radius)
        up = [cv2.resize(v, size, interpolation=cv2.INTER_LINEAR) for v in (_mean(slope, radius), offset)]
        out[..., c] = up[0] * guide + up[1]
    return out


def detail_change(own: Floats, kept: Floats) -> Floats:
    """What to take from the blockout's own detail where the picture has no such edge (a hard shadow made soft, say)."""
    sigma = max(own.shape) * KEEP
    detail = own - cv2.GaussianBlur(own, (0, 0), sigma)
    return np.asarray(-detail * (1 - kept[..., None]) * np.float32(0.5), dtype=np.float32)


def agreement(base: Floats, decoded: Floats, radius: int) -> Floats:
    """0 to 1 for each pixel: does the picture vary as the blockout does around here? Where the blockout is flat, 1."""
    a, b = luminance(base), luminance(decoded)
    mean_a, mean_b = _mean(a, radius), _mean(b, radius)
    var_a = np.maximum(_mean(a * a, radius) - mean_a**2, 0)
    together = _mean(a * b, radius) - mean_a * mean_b
    slope = together / np.maximum(var_a, 1e-7)
    flat = np.float32(GUIDE_NOISE) / (var_a + np.float32(GUIDE_NOISE))
    return np.asarray(np.clip(np.maximum(np.clip(2 * slope, 0, 1), flat), 0, 1), dtype=np.float32)


def figures(before: Floats, after: Floats, edges: NDArray[np.bool_], kept: Floats) -> dict[str, float]:
    """What the model changed, both pictures at its own size and 0 to 1. `change` in 1/255; the others are shares."""
    difference = after - before
    return {
        "change": round(float(np.abs(difference).mean() * 255), 3),
        "colour_shift": round(float(np.abs(difference.mean(axis=(0, 1))).max()), 4),
        "edge_contrast": round(_contrast(after, edges) / max(_contrast(before, edges), 1e-6), 4),
        "newly_clipped": round(float(_clipped(after).mean() - _clipped(before).mean()), 4),
        "detail_kept": round(float(kept.mean()), 4),
    }


def verdict(notes: dict[str, float], limits: Limits = USUAL_LIMITS) -> Words | None:
    """Why the figures say that the model did not improve the blockout; None when nothing speaks against it."""
    if notes["change"] < LEAST_CHANGE:
        change = f"{notes['change']:.2f}"
        return Words(
            en=f"the model changed the picture by only {change} of 255", zh=f"模型对画面的改动仅 {change}（满值 255）"
        )
    if notes["edge_contrast"] < 1 - limits.edge_loss:
        loss = f"{1 - notes['edge_contrast']:.0%}"
        return Words(
            en=f"the model's light took {loss} of the contrast at object edges",
            zh=f"模型的光照使物体边缘对比损失 {loss}",
        )
    if notes["newly_clipped"] > limits.clipped:
        share = f"{notes['newly_clipped']:.1%}"
        return Words(en=f"the model burnt out or drowned {share} of the picture", zh=f"模型使画面的 {share} 过曝或死黑")
    if notes["colour_shift"] > limits.colour_shift:
        shift = f"{notes['colour_shift']:.0%}"
        return Words(en=f"the model shifted the colours by {shift} of their range", zh=f"模型使整体色彩偏移 {shift}")
    return None


def luminance(picture: Floats) -> Floats:
    """Luma of Rec. 709 from sRGB values as they are (H, W)."""
    return np.asarray(picture @ np.array(LUMA, dtype=np.float32), dtype=np.float32)


def _contrast(picture: Floats, at: NDArray[np.bool_]) -> float:
    grey = luminance(picture)
    down, across = np.gradient(grey)
    strength = np.hypot(down, across)
    return float(strength[at].mean()) if at.any() else 1.0


def _clipped(picture: Floats) -> NDArray[np.bool_]:
    return np.asarray((picture.max(axis=2) > 0.996) & (picture.min(axis=2) > 0.97) | (picture.max(axis=2) < 0.01))


def _mean(values: Floats, radius: int) -> Floats:
    side = 2 * radius + 1
    return np.asarray(cv2.blur(values, (side, side), borderType=cv2.BORDER_REFLECT_101), dtype=np.float32)


def _around(values: Floats) -> Floats:
    """The mean about each pixel, weighted by a Gaussian."""
    blurred = cv2.GaussianBlur(values, (0, 0), DETAIL_REACH, borderType=cv2.BORDER_REFLECT_101)
    return np.asarray(blurred, dtype=np.float32)


def _enlarged(values: Floats, shape: tuple[int, ...]) -> Floats:
    """At the height and width of `shape`: cubic where it grows."""
    smaller = shape[0] * shape[1] <= values.shape[0] * values.shape[1]
    how = cv2.INTER_AREA if smaller else cv2.INTER_CUBIC
    return np.asarray(cv2.resize(values, shape[1::-1], interpolation=how), dtype=np.float32)
