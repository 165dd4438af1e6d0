"""A cut-out in a scene: its pixels kept and proved, its edges clean, its shadow where the scene's light puts it."""

import numpy as np
import pytest

from brand_styles.sample import demo
from generation.compositing.compose import compose
from generation.compositing.design import AnyLayer, Design, PictureLayer, ScrimLayer
from generation.layout.geometry import Rect
from generation.products.edges import cleaned, foreground
from generation.products.fidelity import check_product, with_product
from generation.products.pixels import eroded, resampled
from generation.products.standing import Standing, placed_box, stand
from generation.scenes.group import PRODUCT_ID
from generation.types import Report
from tests.generation.products.cast import Rgba, ball, box, scene


def stood(product: Rgba, side: str = "left", composition: str = "center", calm: tuple[Rect, ...] = ()) -> Standing:
    _, b = scene(side, composition)
    return stand(product, b.rgb, b, b.boxes[PRODUCT_ID], calm)


def drawn(standing: Standing, *above: AnyLayer) -> tuple[Design, np.ndarray[tuple[int, ...], np.dtype[np.uint8]]]:
    _, b = scene()
    whole = Rect(0, 0, b.width, b.height)
    layers = (
        PictureLayer(id="scene", role="ground", box=whole, source="scene"),
        PictureLayer(id="product-shadow", role="decor", box=standing.shadow_box, source="product-shadow"),
        PictureLayer(id="product", role="subject", box=standing.box, source="product"),
        *above,
    )
    design = Design(width=b.width, height=b.height, brand="demo@1", market="cn", language="zh", layers=layers)
    return design, compose(design, {"scene": b.rgb} | standing.sources, demo())


def test_inside_the_mask_the_pixels_are_the_sources_after_one_resample() -> None:
    product = box()
    design, rgb = drawn(stood(product))
    left, top, right, bottom = design.layer("product").box.rounded()
    expected = resampled(product, right - left, bottom - top)
    inside = eroded(expected[..., 3], 2)
    assert inside.sum() > 3000
    assert np.array_equal(rgb[top:bottom, left:right][inside], expected[inside][:, :3])
    kept = check_product(design, rgb, product)
    assert [f.code for f in kept] == ["product.kept"] and kept[0].measured == 0


def test_a_gradient_over_the_product_is_caught_and_blocks() -> None:
    product = box()
    design, rgb = drawn(
        stood(product),
        ScrimLayer(id="s", role="decor", box=Rect(0, 0, 240, 300), edge="bottom", color="#000000", alpha=0.3),
    )
    report = with_product(Report(verdict="pass"), design, rgb, product)
    assert report.verdict == "blocked" and report.findings[0].code == "product.changed"
    assert "product_pixels" in report.checks and report.findings[0].words.zh


def test_one_changed_pixel_is_found() -> None:
    product = box()
    design, rgb = drawn(stood(product))
    x, y = (round(v) for v in design.layer("product").box.center)
    rgb[y, x, 1] ^= 4
    found = check_product(design, rgb, product)[0]
    assert found.code == "product.changed" and found.measured == 4 and f"({x}, {y})" in found.words.en


def test_a_small_photo_is_told_to_be_soft() -> None:
    product = resampled(box(), 40, 60)
    design, rgb = drawn(stood(product))
    assert "product.enlarged" in {f.code for f in check_product(design, rgb, product)}


def test_the_shadow_falls_away_from_the_light_on_either_side() -> None:
    for side, sign in (("left", 1), ("right", -1)):
        _, b = scene(side)
        standing = stood(box(), side)
        lost = b.rgb.astype(float).sum(axis=2) - standing.shaded.astype(float).sum(axis=2)
        left, top, right, bottom = standing.box.rounded()
        lost[top:bottom, left:right] = 0
        columns = np.arange(b.width) - standing.box.center[0]
        assert lost.max() > 30
        assert np.sign((lost * columns).sum()) == sign


def test_it_is_darkest_where_it_stands_and_nothing_is_pressed_where_it_floats() -> None:
    standing = stood(box())
    _, b = scene()
    lost = b.rgb.astype(int).sum(axis=2) - standing.shaded.astype(int).sum(axis=2)
    left, _, right, bottom = standing.box.rounded()
    middle = (left + right) // 2
    assert lost[bottom + 1, middle] > 2 * lost[bottom + 14, middle] > -1
    floating = stood(box(), composition="floating")
    _, above = scene(composition="floating")
    foot = floating.box.rounded()[3]
    assert (above.rgb.astype(int) - floating.shaded)[foot + 1, middle].sum() < lost[bottom + 1, middle] / 3


def test_type_is_spared_the_shadow() -> None:
    box_of_type = (Rect(0, 0, 240, 300),)
    bare, spared = stood(box()), stood(box(), calm=box_of_type)
    assert spared.shadow[..., 3].max() <= bare.shadow[..., 3].max()
    _, b = scene()
    assert np.abs(b.rgb.astype(int) - spared.shaded).mean() < 0.7 * np.abs(b.rgb.astype(int) - bare.shaded).mean()


@pytest.mark.parametrize("ground", [(255, 255, 255), (20, 40, 20), (40, 200, 60)])
def test_an_old_ground_is_taken_off_the_edges_and_solid_pixels_stay(ground: tuple[int, int, int]) -> None:
    clean = ball()
    share = clean[..., 3:] / 255.0
    dirty = clean.copy()
    dirty[..., :3] = clean[..., :3] * share + np.array(ground) * (1 - share) + 0.5
    band = (clean[..., 3] > 8) & (clean[..., 3] < 250)
    mended, edges = cleaned(dirty)

    def error(picture: Rgba) -> float:
        return float(np.abs(picture[band][:, :3].astype(int) - clean[band][:, :3]).mean())

    assert edges.mended and error(mended) < 0.35 * error(dirty)
    assert np.array_equal(mended[~band], dirty[~band])


def test_clean_edges_are_left_alone() -> None:
    picture, edges = cleaned(ball())
    assert not edges.mended and np.array_equal(picture, ball())


def test_with_the_photo_at_hand_the_things_own_colour_is_found() -> None:
    clean = ball()
    rng = np.random.default_rng(1)
    ground = np.repeat(np.repeat(rng.integers(0, 255, (25, 25, 3)), 8, 0), 8, 1)
    share = clean[..., 3:] / 255.0
    photo = (clean[..., :3] * share + ground * (1 - share) + 0.5).astype(np.uint8)
    found = foreground(photo, clean[..., 3])
    band = (clean[..., 3] > 40) & (clean[..., 3] < 250)
    before = np.abs(photo[band].astype(int) - clean[band][:, :3]).mean()
    after = np.abs(found[band][:, :3].astype(int) - clean[band][:, :3]).mean()
    assert after < 0.6 * before
    assert np.array_equal(found[clean[..., 3] == 255][:, :3], photo[clean[..., 3] == 255])


def test_boxes_are_whole_pixels_on_the_same_line() -> None:
    assert placed_box(Rect(10.4, 20.2, 50.9, 99.6)) == (11, 21, 51, 100)
    assert placed_box(Rect(3, 3, 3.1, 3.1))[2:] == (4, 3)


def test_the_same_arguments_give_the_same_bytes() -> None:
    one, two = stood(box()), stood(box())
    assert np.array_equal(one.shadow, two.shadow) and np.array_equal(one.picture, two.picture)
