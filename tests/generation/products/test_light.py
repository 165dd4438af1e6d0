"""Where a photo's light came from."""

import numpy as np
import pytest

from generation.products.light import key_light_of, lit_like
from generation.scenes.graph import SceneLight
from tests.generation.products.cast import ball, box


@pytest.mark.parametrize(("x", "side"), [(-0.8, "left"), (0.8, "right"), (-0.35, "left"), (0.35, "right")])
def test_the_side_of_a_lit_ball(x: float, side: str) -> None:
    assert key_light_of(ball(light=(x, -0.5))).side == side


def test_a_higher_light_is_told_from_a_lower_one() -> None:
    low, high = (key_light_of(ball(light=light)).elevation for light in ((-0.9, -0.45), (-0.45, -0.9)))
    assert low is not None and high is not None and high > low + 15


def test_light_from_the_front_says_nothing_of_a_side() -> None:
    seen = key_light_of(ball(light=(0.0, 0.0)))
    assert seen.side is None and seen.elevation is None


def test_grey_tells_the_colour_temperature_and_red_does_not() -> None:
    warm, cold = box(), box()
    warm[..., :3] = warm[..., :3] * np.array((1.0, 0.97, 0.9))
    cold[..., :3] = cold[..., :3] * np.array((0.92, 0.97, 1.0))
    plain, a, b = (key_light_of(p) for p in (box(), warm, cold))
    assert plain.kelvin and a.kelvin and b.kelvin and a.warmth and b.warmth
    assert a.kelvin < plain.kelvin < b.kelvin and 6000 < plain.kelvin < 7000
    assert a.warmth > 0 > b.warmth
    assert key_light_of(ball()).kelvin is None


def test_the_scene_takes_what_is_seen_and_keeps_the_rest() -> None:
    own = SceneLight(side="left", elevation=50, warmth=0.3)
    taken, why = lit_like(own, key_light_of(ball(light=(0.8, -0.5))))
    assert taken.side == "right" and taken.warmth == 0.3 and "right" in why.why.en and "右" in why.why.zh
    kept, why = lit_like(own, key_light_of(ball(light=(0.0, 0.0))))
    assert kept == own and "keeps its own" in why.why.en


def test_a_speck_is_no_evidence() -> None:
    assert key_light_of(ball(12)).side is None or key_light_of(ball(12)).fit >= 0.04
    clear = np.zeros((30, 30, 4), np.uint8)
    assert key_light_of(clear).side is None
