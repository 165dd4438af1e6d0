"""Colour arithmetic against figures from outside: WCAG's examples, Sharma's CIEDE2000 pairs, coloraide."""

import numpy as np
import pytest
from coloraide import Color
from hypothesis import given
from hypothesis import strategies as st

from brand_styles import colors

HEX = st.integers(0, 0xFFFFFF).map(lambda n: f"#{n:06X}")

# Lab1, Lab2, ΔE00 from Sharma, Wu, Dalal 2005, table 1.
SHARMA = [
    ((50.0000, 2.6772, -79.7751), (50.0000, 0.0000, -82.7485), 2.0425),
    ((50.0000, -1.3802, -84.2814), (50.0000, 0.0000, -82.7485), 1.0000),
    ((50.0000, 2.4900, -0.0010), (50.0000, -2.4900, 0.0009), 7.1792),
    ((50.0000, 2.4900, -0.0010), (50.0000, -2.4900, 0.0011), 7.2195),
    ((50.0000, 2.5000, 0.0000), (73.0000, 25.0000, -18.0000), 27.1492),
    ((60.2574, -34.0099, 36.2677), (60.4626, -34.1751, 39.4387), 1.2644),
    ((22.7233, 20.0904, -46.6940), (23.0331, 14.9730, -42.5619), 2.0373),
    ((2.0776, 0.0795, -1.1350), (0.9033, -0.0636, -0.5514), 0.9082),
]


def test_ciede2000_matches_the_published_pairs() -> None:
    first, second, expected = (np.array(part) for part in zip(*SHARMA, strict=True))
    assert np.allclose(colors.delta_e_2000(first, second), expected, atol=1e-4)


def test_contrast_of_black_and_white_is_21_and_of_wcag_grey_is_its_published_ratio() -> None:
    assert colors.contrast("#000000", "#FFFFFF") == pytest.approx(21.0)
    assert colors.contrast("#767676", "#FFFFFF") == pytest.approx(4.54, abs=0.01)


@given(HEX, HEX)
def test_differences_and_oklch_agree_with_coloraide(a: str, b: str) -> None:
    hues = [Color(c).convert("lch-d65")["hue"] for c in (a, b)]
    if abs(colors.hue_distance(*hues) - 180) > 3:  # CIEDE2000 jumps where hues are opposite
        assert colors.difference(a, b) == pytest.approx(Color(a).delta_e(b, method="2000"), abs=0.02)
    lightness, chroma, hue = colors.oklch(a)
    theirs = Color(a).convert("oklch")
    assert (lightness, chroma) == pytest.approx((theirs["lightness"], theirs["chroma"]), abs=2e-4)
    if chroma > 0.02:
        assert colors.hue_distance(hue, theirs["hue"]) < 0.5


@given(HEX)
def test_oklch_there_and_back_is_the_same_colour(value: str) -> None:
    assert colors.difference(colors.from_oklch(*colors.oklch(value)), value) < 0.6


@given(st.floats(0.2, 1), st.floats(0, 0.4), st.floats(0, 360))
def test_colours_out_of_gamut_keep_their_lightness_and_hue(lightness: float, chroma: float, hue: float) -> None:
    got = colors.oklch(colors.from_oklch(lightness, chroma, hue))
    assert got[0] == pytest.approx(lightness, abs=0.012)
    if got[1] > 0.04:
        assert colors.hue_distance(got[2], hue) < 6


@pytest.mark.parametrize("text", ["", "#12", "#GGGGGG", "reddish", "rgb(1", "#1234567"])
def test_what_is_not_a_colour_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="not a colour"):
        colors.any_color(text)


def test_colours_as_people_write_them() -> None:
    assert colors.any_color(" #d73 ") == "#DD7733"
    assert colors.any_color("tomato") == "#FF6347"
    assert colors.any_color("rgb(215 48 31)") == "#D7301F"
