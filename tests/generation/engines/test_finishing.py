"""The blockout relit at full size: what changes, what may not, and when the result is refused."""

from __future__ import annotations

from typing import Any

import cv2
import numpy as np
import pytest

from generation.control.blockout import Blockout
from generation.engines.conditioning import shrunken
from generation.engines.finishing import Finished, finish_from_blockout
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
    assert done.why_not == ""
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
    assert "changed the picture by only" in relit(full, small, np.zeros((*SIZE[::-1], 3), np.float32)).why_not


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
