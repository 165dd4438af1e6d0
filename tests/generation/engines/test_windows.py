"""A window laid into the blockout: what shows at its border, and how that is measured."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from generation.engines.windows import fade, lay_in, seam

REGION = (200, 0, 500, 120)


@pytest.fixture
def ground() -> Any:
    rng = np.random.default_rng(4)
    slope = np.linspace(90, 200, 800)[None, :, None] + rng.normal(0, 1.5, (120, 800, 3))
    return slope.clip(0, 255).astype(np.uint8)


def window(ground: np.ndarray, brighter: float) -> np.ndarray:
    x0, y0, x1, y1 = REGION
    return (ground[y0:y1, x0:x1].astype(np.float32) + brighter).clip(0, 255)


def test_the_same_picture_leaves_no_seam(ground: Any) -> None:
    assert seam(lay_in(ground, window(ground, 0), REGION), ground, REGION) == 1


def test_a_little_more_light_fades_in_unseen(ground: Any) -> None:
    assert seam(lay_in(ground, window(ground, 12), REGION), ground, REGION) < 1.6


def test_a_hard_border_is_found(ground: Any) -> None:
    pasted = ground.copy()
    pasted[0:120, 200:500] = window(ground, 12).astype(np.uint8)
    assert seam(pasted, ground, REGION) > 4


def test_outside_the_window_nothing_changes(ground: Any) -> None:
    out = lay_in(ground, window(ground, 60), REGION)
    assert np.array_equal(out[:, :200], ground[:, :200]) and np.array_equal(out[:, 500:], ground[:, 500:])


def test_sides_on_the_canvas_border_do_not_fade() -> None:
    alpha = fade(800, 120, REGION)
    assert alpha[0].max() == alpha[60].max() == 1 and alpha[60, 0] < 0.01
    assert fade(300, 120, (0, 0, 300, 120)).min() == 1
