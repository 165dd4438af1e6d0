"""A thing cut out of its photo: GrabCut decides what belongs to it, the colours on both sides of the edge say how much.

Runs inside the child process (see child.py), so it imports nothing of the project. Sources: C. Rother, V. Kolmogorov, A. Blake,
"GrabCut", 2004 (OpenCV's own); the alpha of an edge pixel is its place between the mean colours of the thing and the ground
around it, smoothed by a guided filter (K. He, J. Sun, X. Tang, 2010). Deterministic: one thread, one seed.
"""

import json
import math
from typing import Any

import cv2
import numpy as np

WORKING = 640  # px of the longer side at which GrabCut decides
ROUNDS = 4
SMOOTH = 1.6  # px: texture finer than this says nothing about what belongs together
BINS = 12  # of a colour axis
LEAN = 2.5  # how much a place in the middle of the rectangle speaks for the thing
RIM = 3  # px inside the rectangle that the thing does not reach
MARGIN = 0.04  # of the photo's sides around the automatic rectangle
LEAST, MOST = 0.004, 0.985  # share of the photo that a thing may take
SPECK = 0.02  # of the largest piece: smaller loose pieces are dropped
MAX_STROKES, MAX_POINTS = 400, 20_000
Array = Any


class NotCut(Exception):
    """Why nothing was cut out: a code that the parent turns into a sentence."""

    def __init__(self, code: str, **facts: object) -> None:
        super().__init__(code)
        self.code, self.facts = code, facts


def cut(rgb: Array, wishes: bytes) -> "tuple[Array, dict[str, object]]":
    """Alpha (H, W) of a photo (H, W, 3) and what was decided. `wishes`: JSON with "rectangle" ([x0, y0, x1, y1] in photo pixels, or
    null) and "strokes" ([{"keep": bool, "size": px, "points": [[x, y] …]} …]). NotCut where nothing, or all, would be left."""
    cv2.setNumThreads(1)
    cv2.setRNGSeed(1)
    asked = json.loads(wishes or b"{}")
    height, width = rgb.shape[:2]
    scale = min(1.0, WORKING / max(height, width))
    small = cv2.resize(rgb, (max(round(width * scale), 8), max(round(height * scale), 8)), interpolation=cv2.INTER_AREA)
    box = _rectangle(asked.get("rectangle"), width, height) or _automatic(small, scale)
    strokes = _strokes(asked.get("strokes") or [])
    mask = _decided(small, [v * scale for v in box], _drawn(strokes, small.shape, scale))
    alpha = _refined(rgb, mask)
    marks = _drawn(strokes, rgb.shape, 1.0)
    alpha[marks == cv2.GC_FGD], alpha[marks == cv2.GC_BGD] = 255, 0
    _judge(alpha)
    return alpha, {"rectangle": [round(v) for v in box], "share": round(float((alpha > 127).mean()), 4)}


def _rectangle(asked: Any, width: int, height: int) -> "list[float] | None":
    if asked is None:
        return None
    if not isinstance(asked, list) or len(asked) != 4 or not all(_is_number(v) for v in asked):
        raise NotCut("rectangle")
    x0, y0, x1, y1 = (float(v) for v in asked)
    x0, x1 = max(0.0, min(x0, x1)), min(float(width), max(x0, x1))
    y0, y1 = max(0.0, min(y0, y1)), min(float(height), max(y0, y1))
    if x1 - x0 < 4 or y1 - y0 < 4:
        raise NotCut("rectangle")
    return [x0, y0, x1, y1]


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)


def _strokes(asked: Any) -> "list[tuple[bool, float, Array]]":
    """(keep, brush size in px, points (n, 2)) of each stroke; NotCut where they are none."""
    if not isinstance(asked, list) or len(asked) > MAX_STROKES:
        raise NotCut("strokes")
    strokes, total = [], 0
    for each in asked:
        points = each.get("points") if isinstance(each, dict) else None
        if not isinstance(points, list) or not points or not _is_number(each.get("size")):
            raise NotCut("strokes")
        total += len(points)
        if total > MAX_POINTS or not all(
            isinstance(p, list) and len(p) == 2 and all(map(_is_number, p)) for p in points
        ):
            raise NotCut("strokes")
        size = min(max(float(each["size"]), 1.0), 2000.0)
        strokes.append((bool(each.get("keep")), size, np.clip(np.array(points, np.float64), -10_000, 10_000)))
    return strokes


def _drawn(strokes: "list[tuple[bool, float, Array]]", shape: "tuple[int, ...]", scale: float) -> Array:
    """GC_FGD and GC_BGD where strokes went, the later over the earlier; 255 elsewhere."""
    marks = np.full(shape[:2], 255, np.uint8)
    for keep, size, points in strokes:
        value = cv2.GC_FGD if keep else cv2.GC_BGD
        at = np.rint(points * scale).astype(np.int32)
        thick = max(1, round(size * scale))
        if len(at) > 1:
            cv2.polylines(marks, [at.reshape(-1, 1, 2)], False, value, thick)
        for x, y in (at[0], at[-1]):
            cv2.circle(marks, (int(x), int(y)), max(thick // 2, 1), value, -1)
    return marks


def _automatic(small: Array, scale: float) -> "list[float]":
    """A rectangle around what differs from the photo's border; nearly the whole photo where that says nothing."""
    height, width = small.shape[:2]
    lab = cv2.cvtColor(cv2.GaussianBlur(small, (0, 0), 2), cv2.COLOR_RGB2LAB).astype(np.float32)
    rim = max(2, round(0.04 * min(height, width)))
    border = np.concatenate(
        [lab[:rim].reshape(-1, 3), lab[-rim:].reshape(-1, 3), lab[:, :rim].reshape(-1, 3), lab[:, -rim:].reshape(-1, 3)]
    )
    _, _, centers = cv2.kmeans(
        border, min(5, len(border)), None, (cv2.TERM_CRITERIA_MAX_ITER, 12, 1.0), 2, cv2.KMEANS_PP_CENTERS
    )
    apart = np.min(np.linalg.norm(lab[:, :, None] - centers[None, None], axis=-1), axis=-1)
    level, odd = cv2.threshold(np.clip(apart * 2, 0, 255).astype(np.uint8), 0, 255, cv2.THRESH_BINARY | cv2.THRESH_OTSU)
    odd = cv2.morphologyEx(odd, cv2.MORPH_OPEN, np.ones((5, 5), np.uint8))
    count, _, stats, _ = cv2.connectedComponentsWithStats(odd)
    inset = [MARGIN * width, MARGIN * height, (1 - MARGIN) * width, (1 - MARGIN) * height]
    if count < 2 or level < 12:
        return [v / scale for v in inset]
    big = stats[1:][stats[1:, 4] > 0.1 * stats[1:, 4].max()]
    x0, y0 = big[:, 0].min() - MARGIN * width, big[:, 1].min() - MARGIN * height
    x1, y1 = (big[:, 0] + big[:, 2]).max() + MARGIN * width, (big[:, 1] + big[:, 3]).max() + MARGIN * height
    edge = 0.01 * min(width, height)
    box = [max(x0, edge), max(y0, edge), min(x1, width - edge), min(y1, height - edge)]
    return [float(v) / scale for v in (box if (box[2] - box[0]) * (box[3] - box[1]) > 0.02 * width * height else inset)]


def _decided(small: Array, box: "list[float]", marks: Array) -> Array:
    """What belongs to the thing at working size, 0 or 255.

    Twice: what reaches the rectangle's own edge the first time has leaked out of the thing, and is ground the second time.
    """
    x0, y0, x1, y1 = (round(v) for v in box)
    inside = np.zeros(small.shape[:2], np.bool_)
    inside[y0:y1, x0:x1] = True
    inside |= marks == cv2.GC_FGD
    if inside.sum() < 16 or (~inside).sum() < 16:
        raise NotCut("everything" if inside.sum() >= 16 else "nothing")
    colors = cv2.cvtColor(cv2.GaussianBlur(small, (0, 0), SMOOTH), cv2.COLOR_RGB2LAB)
    if not np.ptp(colors.reshape(-1, 3), axis=0).any():
        # One colour: only a brush can tell, and GrabCut ponders for minutes.
        return np.where(marks == cv2.GC_FGD, np.uint8(255), np.uint8(0))
    likely = _ground_odds(colors, inside, (x0, y0, x1, y1)) < 0
    mask = np.where(inside & likely, np.uint8(cv2.GC_PR_FGD), np.uint8(cv2.GC_PR_BGD))
    mask[~inside] = cv2.GC_BGD
    rim = inside.copy()
    rim[y0 + RIM : max(y1 - RIM, y0), x0 + RIM : max(x1 - RIM, x0)] = False
    models = np.zeros((1, 65)), np.zeros((1, 65))
    for again in (False, True):
        if again:
            mask[rim & (mask == cv2.GC_PR_FGD)] = cv2.GC_BGD
        mask[marks != 255] = marks[marks != 255]
        try:
            cv2.grabCut(colors, mask, None, *models, ROUNDS, cv2.GC_INIT_WITH_MASK)
        except cv2.error as error:
            raise NotCut("nothing") from error
    found = np.where((mask == cv2.GC_FGD) | (mask == cv2.GC_PR_FGD), np.uint8(255), np.uint8(0))
    return cv2.medianBlur(_tidy(found, marks), 5)  # a grained ground frays the outline


def _ground_odds(colors: Array, inside: Array, box: "tuple[int, int, int, int]") -> Array:
    """Log odds that a pixel is ground: its colour is commoner outside than in, and it lies far from the rectangle's middle.

    Half of the inside is taken to be ground; the ground close to the rectangle counts most.
    """
    height, width = inside.shape
    x0, y0, x1, y1 = box
    u = (np.arange(width) + 0.5 - (x0 + x1) / 2) / max((x1 - x0) / 2, 1)
    v = (np.arange(height) + 0.5 - (y0 + y1) / 2) / max((y1 - y0) / 2, 1)
    beyond = np.maximum(np.maximum(np.abs(u)[None, :], np.abs(v)[:, None]) - 1, 0)
    cell = (colors.astype(np.int32) * BINS) // 256
    index = (cell[..., 0] * BINS + cell[..., 1]) * BINS + cell[..., 2]
    out = _histogram(index[~inside], np.exp(-beyond[~inside] / 0.6))
    within = _histogram(index[inside], np.ones(int(inside.sum())))
    share = np.clip(0.5 * out[index] / np.maximum(within[index], 1e-9), 1e-4, 0.98)
    return np.log(share / (1 - share)) + 2 * LEAN * (np.hypot(u[None, :], v[:, None]) - 0.75)


def _histogram(index: Array, weights: Array) -> Array:
    """Smoothed shares of colours."""
    counts = np.bincount(index, weights=weights, minlength=BINS**3).reshape(BINS, BINS, BINS)
    for axis in range(3):
        padded = np.pad(counts, [(1, 1) if i == axis else (0, 0) for i in range(3)])
        low, middle, high = (np.take(padded, range(k, k + BINS), axis) for k in range(3))
        counts = 0.2 * low + 0.6 * middle + 0.2 * high
    return (counts / max(counts.sum(), 1e-9)).ravel()


def _tidy(found: Array, marks: Array) -> Array:
    """Without specks, and without pinholes; what a stroke kept or removed stays so."""
    for value, ink in ((255, cv2.GC_FGD), (0, cv2.GC_BGD)):
        count, labels, stats, _ = cv2.connectedComponentsWithStats((found == value).astype(np.uint8), connectivity=4)
        if count < 2:
            continue
        least = SPECK * stats[1:, 4].max() if value else 0.001 * found.size
        spared = set(np.unique(labels[marks == ink]).tolist())
        for number in range(1, count):
            if stats[number, 4] < least and number not in spared:
                found[labels == number] = 255 - value
    return found


def _refined(rgb: Array, mask: Array) -> Array:
    """Alpha at the photo's own size: solid inside, clear outside, and in the band between by colour."""
    height, width = rgb.shape[:2]
    scale = max(height, width) / max(mask.shape)
    soft = cv2.resize(cv2.GaussianBlur(mask, (0, 0), 0.8), (width, height), interpolation=cv2.INTER_LINEAR)
    reach = max(1, round(1.6 * scale + 1))
    kernel = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (2 * reach + 1, 2 * reach + 1))
    hard = (soft > 127).astype(np.uint8)
    inner, outer = cv2.erode(hard, kernel), cv2.dilate(hard, kernel)
    if not outer.any():
        return np.zeros((height, width), np.uint8)
    alpha = np.where(inner > 0, np.uint8(255), np.uint8(0))
    x, y, w, h = cv2.boundingRect(outer)
    pad = 6 * reach
    window = slice(max(y - pad, 0), y + h + pad), slice(max(x - pad, 0), x + w + pad)
    alpha[window] = _band(rgb[window].astype(np.float32), soft[window], inner[window], outer[window], reach)
    return alpha


def _band(image: Array, soft: Array, inner: Array, outer: Array, reach: int) -> Array:
    front, near_front = _mean_where(image, inner, 4 * reach + 1)
    back, near_back = _mean_where(image, 1 - outer, 4 * reach + 1)
    across = front - back
    length = (across * across).sum(axis=2)
    by_color = ((image - back) * across).sum(axis=2) / np.maximum(length, 1.0)
    sure = np.where(near_front & near_back, length / (length + 45.0**2), 0.0).astype(np.float32)
    placed = soft.astype(np.float32) / 255
    alpha = sure * np.clip(by_color, 0, 1) + (1 - sure) * placed
    alpha = np.clip(alpha, placed - 0.5, placed + 0.4)  # texture that looks like the other side stays on its own
    alpha = _guided(cv2.cvtColor(image / 255, cv2.COLOR_RGB2GRAY), alpha.astype(np.float32), max(1, reach // 2))
    alpha = np.clip((alpha - 0.06) / 0.88, 0, 1)
    alpha[inner > 0], alpha[outer == 0] = 1, 0
    return (alpha * 255 + 0.5).astype(np.uint8)


def _mean_where(image: Array, where: Array, radius: int) -> "tuple[Array, Array]":
    """Mean colour of the pixels around that are in `where`, and whether there are any."""
    size = (2 * radius + 1, 2 * radius + 1)
    weight = where.astype(np.float32)
    total = cv2.blur(weight, size)
    mean = cv2.blur(image * weight[..., None], size) / np.maximum(total, 1e-4)[..., None]
    return mean, total > 1e-3


def _guided(guide: Array, values: Array, radius: int) -> Array:
    size = (2 * radius + 1, 2 * radius + 1)
    mean_g, mean_v = cv2.blur(guide, size), cv2.blur(values, size)
    slope = (cv2.blur(guide * values, size) - mean_g * mean_v) / (
        cv2.blur(guide * guide, size) - mean_g * mean_g + 1e-3
    )
    return cv2.blur(slope, size) * guide + cv2.blur(mean_v - slope * mean_g, size)


def _judge(alpha: Array) -> None:
    share = float((alpha > 127).mean())
    if share < LEAST:
        raise NotCut("nothing")
    if share > MOST:
        raise NotCut("everything")
