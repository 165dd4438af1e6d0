"""The blockout relit at full size: what changes, what may not, and when the result is refused."""

from __future__ import annotations

from typing import Any

import cv2
import numpy as np
import pytest

from generation.control.blockout import Blockout
from generation.engines.conditioning import shrunken
from generation.engines.finishing import Finished, calm_map, finish_from_blockout, finish_refined
from generation.layout.geometry import Rect
from tests.generation.engines.tiny import scene

SIZE = (144, 240)


@pytest.fixture(scope="module")
def full() -> Blockout:
    return scene(432, 720)


@pytest.fixture(scope="module")
def small(full: Any) -> Blockout:
    return shrunken(full, (0, 0, full.width, full.height), SIZE)


def smeared(small: Blockout) -> Any:
    """What a poor autoencoder makes of the blockout."""
    return cv2.GaussianBlur(small.rgb.astype(np.float32) / 255, (0, 0), 3)


def relit(full: Blockout, small: Blockout, light: np.ndarray) -> Finished:
    base = smeared(small)
    return finish_from_blockout(full.rgb, small, (base + light).clip(0, 1).astype(np.float32), base)


def light_from_the_left(strength: float) -> np.ndarray:
    ramp = np.linspace(strength, 0, SIZE[0])[None, :, None]
    return np.broadcast_to(ramp, (SIZE[1], SIZE[0], 3)).astype(np.float32)


def test_light_arrives_and_the_smear_does_not(full: Any, small: Any) -> None:
    done = relit(full, small, light_from_the_left(-0.1))
    assert done.why_not is None
    change = done.rgb - full.rgb.astype(np.float32)
    assert change[100:600, 5:30].mean() == pytest.approx(-24, abs=3)
    assert abs(change[100:600, -20:].mean()) < 3
    assert done.notes["edge_contrast"] > 0.95


def test_light_on_the_subject_stays_on_the_subject(full: Any, small: Any) -> None:
    lit = (small.ids == 1)[..., None] * np.float32(0.1) * np.ones(3, np.float32)
    change = relit(full, small, lit).rgb - full.rgb.astype(np.float32)
    near = cv2.dilate(full.ids, np.ones((41, 41), np.uint8)) > cv2.dilate(full.ids, np.ones((9, 9), np.uint8))
    assert change[full.ids == 1].mean() > 18
    assert np.abs(change[near]).mean() < 2


def test_a_picture_no_different_is_rendered(full: Any, small: Any) -> None:
    assert "changed the picture by only" in str(relit(full, small, np.zeros((*SIZE[::-1], 3), np.float32)).why_not)


def test_a_burnt_picture_is_rendered(full: Any, small: Any) -> None:
    assert relit(full, small, np.full((*SIZE[::-1], 3), 0.9, np.float32)).why_not


def test_detail_goes_where_the_picture_has_no_such_edge(full: Any) -> None:
    """A hard line painted into the blockout, which the model's picture doesn't have."""
    painted = full.rgb.copy()
    painted[40:120, 200:206] //= 2
    lined = Blockout(**{**full.__dict__, "rgb": painted})
    small = shrunken(lined, (0, 0, full.width, full.height), SIZE)
    plain = smeared(shrunken(full, (0, 0, full.width, full.height), SIZE))
    done = finish_from_blockout(painted, small, plain, smeared(small))
    there, elsewhere = done.kept[18:36, 66:69].mean(), done.kept[60:90, 10:30].mean()
    assert there < 0.8 * elsewhere
    lost = (full.rgb.astype(np.float32) - painted)[60:100, 200:206].mean()
    left = (full.rgb.astype(np.float32) - done.rgb)[60:100, 200:206].mean()
    assert left < 0.93 * lost


def refined_picture(small: Blockout) -> Any:
    """What a pixel network might say: the ball lit brighter, a sharp stripe of light over the wall, a shadow beside the ball."""
    wanted = small.rgb.astype(np.float32) / 255
    wanted[small.ids == 1] *= 1.3
    wanted[:30, 60:64] += 0.1
    wanted[170:200, 20:50] *= 0.8
    return wanted.clip(0, 1).astype(np.float32)


NOWHERE = np.zeros(SIZE[::-1], np.float32)


def test_what_the_network_drew_arrives_at_full_size(full: Any, small: Any) -> None:
    wanted = refined_picture(small)
    done = finish_refined(full.rgb, small, wanted, NOWHERE)
    assert done.why_not is None
    back = cv2.resize(done.rgb, SIZE, interpolation=cv2.INTER_AREA) / 255
    assert np.abs(back - wanted).mean() < 0.004
    assert (back[5:25, 62] - back[5:25, 52]).mean() > 0.07  # the stripe


def test_edges_are_as_sharp_as_the_blockouts_and_have_no_halo(full: Any, small: Any) -> None:
    """Across the ball's upper rim: a step within the blockout's own two or three pixels that overshoots neither side."""
    done = finish_refined(full.rgb, small, refined_picture(small), NOWHERE)
    line = done.rgb[230:310, 216, 1]
    before = full.rgb[230:310, 216, 1].astype(np.float32)
    steepest = int(np.abs(np.diff(before)).argmax())
    assert np.abs(np.diff(line)).max() > 0.8 * np.abs(line[steepest - 8] - line[steepest + 9])
    assert line[: steepest + 1].min() > line[steepest - 8] - 6
    assert line[: steepest + 1].max() < line[steepest - 8] + 6


def test_slanted_edges_have_no_stairs(full: Any, small: Any) -> None:
    """The rim's distance from the ball's centre varies no more than the blockout's."""
    done = finish_refined(full.rgb, small, refined_picture(small), NOWHERE)
    assert roughness_of_rim(done.rgb) < roughness_of_rim(full.rgb.astype(np.float32)) + 0.25


def roughness_of_rim(rgb: np.ndarray) -> float:
    """Deviation, in pixels, of where the ball ends along rays from its centre."""
    angles = np.linspace(0, 2 * np.pi, 240, endpoint=False)
    radii = np.arange(110, 150, 0.25)
    x, y = (216 + np.outer(np.cos(angles), radii)), (396 + np.outer(np.sin(angles), radii))
    rays = cv2.remap(rgb[..., 1].astype(np.float32), x.astype(np.float32), y.astype(np.float32), cv2.INTER_LINEAR)
    inside, outside = rays[:, :20].mean(axis=1), rays[:, -20:].mean(axis=1)
    middle = (inside + outside)[:, None] / 2
    return float((radii[np.abs(rays - middle).argmin(axis=1)]).std())


def test_text_zones_keep_the_blockouts_pixels_but_for_a_tone(full: Any, small: Any) -> None:
    zone = Rect(30, 30, 400, 170)
    calm = calm_map([zone], (0, 0, full.width, full.height), SIZE)
    done = finish_refined(full.rgb, small, refined_picture(small), calm)
    y0, y1, x0, x1 = 30, 170, 30, 400
    change = done.rgb[y0:y1, x0:x1] - full.rgb[y0:y1, x0:x1].astype(np.float32)
    assert np.abs(np.diff(change, axis=1)).max() < 1  # no stripe is left, and no edge of the zone
    assert np.abs(change).max() < 8
    assert done.kept[20:50, 20:120].min() == 255


def test_calm_follows_the_part_of_the_canvas() -> None:
    """A zone in the right half of a canvas, seen by a window over that half."""
    calm = calm_map([Rect(600, 40, 900, 100)], (500, 0, 1000, 200), (250, 100))
    assert calm.shape == (100, 250)
    assert calm[35, 120] == pytest.approx(1, abs=0.01)
    assert calm[:, 230:].max() < 0.05
    assert calm_map([], (0, 0, 100, 100), (32, 32)).max() == 0


def test_a_refined_picture_may_not_lose_its_edges(full: Any, small: Any) -> None:
    flat = np.full((*SIZE[::-1], 3), small.rgb.mean() / 255, np.float32)
    assert "contrast at object edges" in str(finish_refined(full.rgb, small, flat, NOWHERE).why_not)


def test_a_canvas_smaller_than_the_models_picture(full: Any) -> None:
    tiny = scene(96, 160)
    wide = shrunken(full, (0, 0, full.width, full.height), SIZE)
    done = finish_refined(tiny.rgb, wide, refined_picture(wide), NOWHERE)
    assert done.rgb.shape == (160, 96, 3)
    assert done.why_not is None
