"""Set the light behind the hero by measuring a small picture, as a photographer does: never a dark hero on a dark wall."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy import ndimage

from generation.control.blockout import Blockout
from generation.scenes.stage import Stage

TARGET = 2.35  # contrast aimed at, so that 2 : 1 holds when measured in other ways
_LONG = 150  # pixels of the trial picture's longer side


def metered(stage: Stage) -> Stage:
    """The stage with its pool of light raised or lowered until hero and ground differ by 2 : 1 or more, if the tone curve allows."""
    if stage.subject_id is None:
        return stage
    gain = 1.0
    ratio = 0.0
    for _ in range(3):
        hero, ground = brightness(_trial(stage), stage.subject_id)
        if ground <= 0.0:
            break
        ratio = contrast(hero, ground)
        if ratio >= TARGET:
            break
        gain = float(np.clip(gain * _step(hero, ground), 0.25, 2.6))
        stage = stage.with_frame(pool_gain=gain)
    return stage


def _step(hero: float, ground: float) -> float:
    """Factor on the ground's light towards the nearer of the two ways to reach the target."""
    darker = ((hero + 0.05) / TARGET - 0.05) / ground
    lighter = (TARGET * (hero + 0.05) - 0.05) / ground
    if lighter * ground > 0.82 or (darker > 0.02 and -np.log(darker) < np.log(max(lighter, 1.0001))):
        return max(darker, 0.3) ** 1.1
    return min(lighter, 2.0) ** 1.15


def _trial(stage: Stage) -> Blockout:
    from generation.scenes.render_fast import render

    scale = min(_LONG / max(stage.width, stage.height), 1.0)
    return render(stage, max(round(stage.width * scale), 8), max(round(stage.height * scale), 8), preview=True)


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
    box = b.boxes[subject_id]
    reach = max(int(0.25 * max(box.width, box.height)), 2)
    far = ndimage.distance_transform_cdt(~mask, metric="chessboard")
    near = (far > 1) & (far <= reach) & (b.ids == 0)
    light = luminances(b.rgb)
    return float(np.median(light[mask])), float(np.median(light[near])) if near.any() else 0.0


def luminances(rgb: NDArray[np.uint8]) -> NDArray[np.float64]:
    """Relative luminance of sRGB bytes, (H, W)."""
    x = rgb / 255.0
    line = np.where(x <= 0.04045, x / 12.92, ((x + 0.055) / 1.055) ** 2.4)
    return np.asarray(line @ np.array([0.2126, 0.7152, 0.0722]))

