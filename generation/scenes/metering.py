"""Set the light behind the hero by measuring a small picture, as a photographer does: never a dark hero on a dark wall."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy import ndimage

from generation.control.blockout import Blockout
from generation.scenes.stage import Stage

TARGET = 2.5  # contrast aimed at, so that 2 : 1 holds when measured in other ways
Gains = tuple[float, float]  # on the hero's light, on the light behind it
_LONG = 120  # pixels of the trial picture's longer side


def exposed(stage: Stage, gains: Gains) -> Stage:
    """The stage with these gains on the hero's light and on the light behind it."""
    return stage.with_frame(hero_gain=gains[0], pool_gain=gains[1])


def metered(stage: Stage, start: Gains = (1.0, 1.0), target: float = TARGET) -> tuple[Stage, Gains]:
    """The stage lit so that hero and ground differ by `target` as far as lamps can do it, and the gains that did it.

    A stage without a drawn hero is returned as it is.
    """
    stage, gains = exposed(stage, start), start
    if stage.subject_id is None:
        return stage, gains
    for _ in range(4):
        hero, ground = brightness(_trial(stage), stage.subject_id)
        if ground <= 0.0 or contrast(hero, ground) >= target:
            break
        gains = _better(gains, hero, ground, target + 0.1)
        stage = exposed(stage, gains)
    return stage, gains


def _better(gains: Gains, hero: float, ground: float, target: float) -> Gains:
    """Gains that reach the target by the smaller change: a lighter ground and a shaded hero, or the other way round."""
    options = []
    for lighter in (True, False):
        g, h = _lighter(hero, ground, target) if lighter else _darker(hero, ground, target)
        effort = 1.3 * abs(np.log(h)) + abs(np.log(g)) + (0.0 if lighter == (ground > hero) else 0.35)
        effort += 4.0 * max(target - contrast(hero * h, ground * g), 0.0)
        options.append((effort, h, g))
    _, h, g = min(options)
    return float(np.clip(gains[0] * h, 0.5, 1.8)), float(np.clip(gains[1] * g, 0.22, 2.4))


def _lighter(hero: float, ground: float, target: float) -> Gains:
    """(ground's factor, hero's factor) with the ground the brighter one."""
    g = float(np.clip((target * (hero + 0.05) - 0.05) / ground, 1.0, max(min(1.7, 0.84 / ground), 1.0)))
    h = float(np.clip(((ground * g + 0.05) / target - 0.05) / hero, 0.55, 1.0))
    return g, h


def _darker(hero: float, ground: float, target: float) -> Gains:
    """(ground's factor, hero's factor) with the hero the brighter one."""
    g = float(np.clip(((hero + 0.05) / target - 0.05) / ground, 0.4, 1.0))
    h = float(np.clip((target * (ground * g + 0.05) - 0.05) / hero, 1.0, 1.35))
    return g, h


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
