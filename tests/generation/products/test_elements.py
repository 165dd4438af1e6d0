"""Drawn elements: real alpha, the brand's colours, several views, the same bytes every time."""

import numpy as np
import pytest

from brand_styles.colors import difference, hue_distance, oklch
from brand_styles.sample import demo, larkmoor
from generation.errors import PermanentError
from generation.products.elements import ElementRecipe, draw, gathered, palettes_of, recipes_for


def small(kind: str, number: int = 0, side: int = 120) -> ElementRecipe:
    return recipes_for(kind, palettes_of(demo(), kind), count=number + 1, seed=5)[number].model_copy(
        update={"side": side}
    )


@pytest.mark.parametrize("kind", ["coin", "gift-box", "red-envelope", "balloon"])
def test_an_element_is_cut_out_exactly(kind: str) -> None:
    pixels = draw(small(kind))
    alpha = pixels[..., 3]
    assert 110 <= max(pixels.shape[:2]) <= 150
    assert not alpha[0].any() and not alpha[:, -1].any()
    solid, band = (alpha == 255).mean(), ((alpha > 0) & (alpha < 255)).mean()
    assert solid > 0.2 and 0 < band < 0.2
    assert not pixels[alpha == 0].any()


def test_half_clear_pixels_have_the_things_own_colour() -> None:
    rgb = np.full((8, 8, 3), (0, 255, 0), np.uint8)
    inside = np.zeros((8, 8), np.bool_)
    inside[:, :5] = True
    rgb[inside] = (200, 10, 10)
    out = gathered(rgb, inside, 2)
    assert out[0, 2].tolist() == [200, 10, 10, 128]
    assert out[0, 3].tolist() == [0, 0, 0, 0]


def test_the_same_recipe_gives_the_same_bytes_and_another_seed_other_ones() -> None:
    recipe = small("gift-box")
    assert np.array_equal(draw(recipe), draw(recipe))
    again = recipes_for("gift-box", palettes_of(demo(), "gift-box"), count=1, seed=6)[0]
    assert again.seed != recipe.seed


def test_twelve_differ_in_turn_material_and_colour() -> None:
    recipes = recipes_for("gift-box", palettes_of(demo(), "gift-box"), count=12, seed=1)
    assert len({r.yaw for r in recipes}) >= 4 and len({r.material for r in recipes}) >= 4
    assert len({r.palette.subject for r in recipes}) >= 4
    assert {r.material for r in recipes_for("coin", palettes_of(demo(), "coin"), count=3, seed=1)} == {"metal"}


def test_colours_are_the_brands_and_an_envelope_is_red() -> None:
    for brand in (demo(), larkmoor()):
        have = [swatch.hex for swatch in brand.palette]
        for kind in ("gift-box", "red-envelope", "leaf"):
            for palette in palettes_of(brand, kind):
                assert min(difference(palette.subject, color) for color in have) < 1
    for palette in palettes_of(demo(), "red-envelope"):
        assert hue_distance(oklch(palette.subject)[2], 35) < 28


def test_an_unknown_kind_is_told() -> None:
    with pytest.raises(PermanentError) as caught:
        recipes_for("no-such-thing", palettes_of(demo(), "coin"), count=1, seed=1)
    assert "no-such-thing" in caught.value.words.en and caught.value.words.zh
