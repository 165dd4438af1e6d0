"""How much of a picture a colour takes up: against areas that were painted."""

import numpy as np
import pytest

from brand_styles.colors import cielab_of_rgb, delta_e_2000, rgb_of
from generation.preflight.shares import colours_of

RED, BLUE, SAND = "#C8102E", "#1F3A93", "#E8D8C0"


def painted(shares: dict[str, float], side: int = 800, noise: float = 0.0) -> np.ndarray:
    """Bands of colours with those shares of the area."""
    rgb = np.zeros((side, side, 3))
    top = 0.0
    for colour, share in shares.items():
        rgb[round(top * side) : round((top + share) * side)] = rgb_of(colour) * 255
        top += share
    grain = np.random.default_rng(0).normal(0, noise, rgb.shape) if noise else 0
    return np.clip(rgb + grain, 0, 255).astype(np.uint8)


@pytest.mark.parametrize("noise", [0.0, 2.5])
@pytest.mark.parametrize("share", [0.004, 0.05, 0.33, 0.8])
def test_a_colours_share_is_right_to_one_percent_of_the_area(share: float, noise: float) -> None:
    colours = colours_of(painted({RED: share, SAND: 1 - share}, noise=noise))
    assert colours.near([RED], 8) == pytest.approx(share, abs=0.01)
    assert colours.near([RED, SAND], 8) == pytest.approx(1, abs=0.01)
    assert colours.near([BLUE], 8) == 0


def test_the_tolerance_is_ciede2000s() -> None:
    near = "#CB1A34"
    apart = float(delta_e_2000(cielab_of_rgb(rgb_of(RED)), cielab_of_rgb(rgb_of(near))))
    colours = colours_of(painted({near: 1.0}, side=60))
    assert colours.near([RED], apart + 0.2) == 1
    assert colours.near([RED], apart - 0.2) == 0


def test_what_is_hidden_is_left_out_and_everything_hidden_is_nothing() -> None:
    rgb = painted({RED: 0.5, SAND: 0.5}, side=100)
    hidden = np.zeros((100, 100), bool)
    hidden[:50] = True
    assert colours_of(rgb, hidden).near([RED], 8) == 0
    assert colours_of(rgb, np.ones_like(hidden)).near([RED], 8) == 0
