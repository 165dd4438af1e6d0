"""Contrast against known values (WCAG 2.2, G18) and against pictures whose answer can be worked out by hand."""

import numpy as np
import pytest

from generation.compositing import legibility
from generation.layout.geometry import Rect

BOX = Rect(0, 0, 100, 100)


def flat(color: str) -> np.ndarray:
    return np.full((100, 100, 3), legibility.rgb_of(color), np.uint8)


@pytest.mark.parametrize(
    ("text", "ground", "ratio"),
    [
        ("#000000", "#FFFFFF", 21.0),
        ("#767676", "#FFFFFF", 4.54),
        ("#FF0000", "#FFFFFF", 4.0),
        ("#FFFFFF", "#FFFFFF", 1.0),
    ],
)
def test_contrast_of_known_pairs(text: str, ground: str, ratio: float) -> None:
    assert legibility.worst_decile(text, flat(ground), BOX) == pytest.approx(ratio, abs=0.01)


def test_one_pixel_in_ten_may_be_worse_but_not_two() -> None:
    picture = flat("#000000")
    picture[:, :9] = 255
    assert legibility.worst_decile("#FFFFFF", picture, BOX) == pytest.approx(21)
    picture[:, :20] = 255
    assert legibility.worst_decile("#FFFFFF", picture, BOX) == pytest.approx(1)


def test_choose_takes_the_first_colour_that_can_be_read() -> None:
    assert legibility.choose(["#EEEEEE", "#111111"], flat("#FFFFFF"), BOX, 4.5).color == "#111111"
    assert legibility.choose(["#444444", "#111111"], flat("#FFFFFF"), BOX, 4.5).color == "#444444"


def test_choose_gives_the_best_where_none_can() -> None:
    found = legibility.choose(["#777777", "#999999"], flat("#808080"), BOX, 4.5)
    assert (found.color, found.contrast < 4.5) == ("#999999", True)


def test_scrim_is_no_stronger_than_it_must_be() -> None:
    ground = flat("#9A9A9A")
    alpha = legibility.scrim_alpha("#FFFFFF", "#202020", ground, BOX, 4.5)
    assert alpha is not None
    mixed = (ground * (1 - alpha) + 0x20 * alpha + 0.5).astype(np.uint8)
    weaker = (ground * (1 - alpha + 0.1) + 0x20 * (alpha - 0.1) + 0.5).astype(np.uint8)
    assert legibility.worst_decile("#FFFFFF", mixed, BOX) >= 4.5
    assert legibility.worst_decile("#FFFFFF", weaker, BOX) < 4.5 * 1.04


def test_scrim_that_cannot_help_is_none() -> None:
    assert legibility.scrim_alpha("#FFFFFF", "#FFFFFF", flat("#FFFFFF"), BOX, 4.5) is None


def test_a_box_off_the_canvas_is_judged_by_its_nearest_pixels() -> None:
    assert legibility.worst_decile("#000000", flat("#FFFFFF"), Rect(300, 300, 400, 400)) == pytest.approx(21)


def test_unrest_tells_stripes_from_calm() -> None:
    stripes = flat("#000000")
    stripes[::2] = 255
    assert legibility.unrest(flat("#C8321F"), BOX) == 0
    assert legibility.unrest(stripes, BOX) > 0.4
