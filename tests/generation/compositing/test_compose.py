"""Design to pixels: ink in its box, every kind of layer, the same bytes each time."""

import math
from typing import get_args

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generation.compositing.compose import compose
from generation.compositing.design import (
    LogoLayer,
    PanelLayer,
    PictureLayer,
    ScrimLayer,
    Shadow,
    TreatmentName,
)
from generation.layout.geometry import Rect
from generation.typography.faces import FACES
from tests.generation.compositing.cast import BRAND, design, ink, price, text

COPY = st.lists(
    st.sampled_from(
        [*"会员权益日限时优惠新春好礼", "，", "“好礼”", "（限时）", "18日", "3.5折", "¥50", "Save", "Pro ", "。"]
    ),
    min_size=1,
    max_size=9,
).map("".join)


def in_whole_pixels(box: Rect) -> Rect:
    """The pixels a box touches: ink is seen in whole pixels, so a box that ends at 186.98 may ink pixel 187."""
    return Rect(math.floor(box.x0), math.floor(box.y0), math.ceil(box.x1), math.ceil(box.y1))


@settings(max_examples=40, deadline=None)
@given(
    copy=COPY,
    face=st.sampled_from(sorted(FACES)),
    size=st.floats(10, 70),
    lines=st.integers(1, 3),
    align=st.sampled_from(["left", "center", "right"]),
)
def test_ink_stays_in_its_box(copy: str, face: str, size: float, lines: int, align: str) -> None:
    layer = text(copy, face=face, size=size, lines=lines, align=align)
    picture = compose(design(layer, width=1600, height=500), {}, BRAND)
    assert in_whole_pixels(layer.box).contains(ink(picture), slack=1.0)


def test_a_single_line_fills_its_box() -> None:
    layer = text("18日会员权益日")
    assert ink(compose(design(layer), {}, BRAND)).as_list() == pytest.approx(layer.box.as_list(), abs=1.01)


def test_an_opening_quote_hangs_left_of_the_other_lines() -> None:
    layer = text("“新春大礼”\n邀好友一起拆", size=80, lines=2)
    picture = compose(design(layer, width=900), {}, BRAND)
    first = ink(picture[: int(layer.box.y0 + 80)])
    second = ink(picture[int(layer.box.y0 + 90) :])
    assert second.x0 - first.x0 > 20


def test_a_box_that_is_too_tall_centres_its_type() -> None:
    layer = text("立即领取", align="center")
    wide = layer.model_copy(update={"box": layer.box.grown(40, 20)})
    drawn = ink(compose(design(wide), {}, BRAND))
    assert drawn.center == pytest.approx(wide.box.center, abs=1.0)


@pytest.mark.parametrize("treatment", get_args(TreatmentName))
@pytest.mark.parametrize(("ground", "color"), [("#FBF1E4", "#3A1414"), ("#2A0810", "#FFF3DC")])
def test_treated_type_reads_at_a_third_of_its_size(treatment: str, ground: str, color: str) -> None:
    """Contrast of the letters' inside against the ground just outside their box, after shrinking (WCAG 2: 3:1 for large type)."""
    layer = text("会员日", size=120, treatment=treatment, color=color)
    bare = compose(design(text("会员日", size=120, color="#000000"), background="#FFFFFF"), {}, BRAND)
    picture = compose(design(layer, background=ground), {}, BRAND)
    small = picture[: 399 // 3 * 3, : 798 // 3 * 3].reshape(133, 3, 266, 3, 3).mean(axis=(1, 3))
    inside = bare[:399, :798].reshape(133, 3, 266, 3, 3).mean(axis=(1, 3, 4)) < 8
    letters = np.median(_luminance(small[inside]))
    around = np.median(_luminance(small[:16])) if treatment != "brush" else _swash(small, inside)
    high, low = max(letters, around), min(letters, around)
    assert (high + 0.05) / (low + 0.05) >= 3.0


def _luminance(srgb: np.ndarray) -> np.ndarray:
    value = srgb / 255
    linear = np.where(value <= 0.04045, value / 12.92, ((value + 0.055) / 1.055) ** 2.4)
    return np.asarray(linear @ np.array([0.2126, 0.7152, 0.0722]))


def _swash(small: np.ndarray, inside: np.ndarray) -> float:
    rows, columns = np.flatnonzero(inside.any(axis=1)), np.flatnonzero(inside.any(axis=0))
    under = np.zeros_like(inside)
    under[rows[0] - 3 : rows[0] - 1, columns[0] : columns[-1]] = True
    return float(np.median(_luminance(small[under])))


@pytest.mark.parametrize("treatment", get_args(TreatmentName))
def test_the_same_design_gives_the_same_pixels(treatment: str) -> None:
    made = design(text("年终盛典", treatment=treatment, color="#B01020"))
    assert np.array_equal(compose(made, {}, BRAND), compose(made, {}, BRAND))


@pytest.mark.parametrize("shape", ["rounded", "pill", "coupon", "ribbon", "seal", "burst", "circle"])
def test_a_panel_stays_in_its_box(shape: str) -> None:
    box = Rect(100, 50, 500, 250)
    panel = PanelLayer(
        id="p", role="badge", box=box, shape=shape, color="#C01020", radius=20, border="#FFD040", border_px=4
    )
    drawn = ink(compose(design(panel), {}, BRAND))
    assert box.contains(drawn, slack=1.0)
    assert drawn.iou(box) > 0.9


def test_frost_softens_what_is_behind_and_nothing_beside() -> None:
    picture = np.zeros((400, 800, 3), np.uint8)
    picture[:, ::2] = 255
    scene = PictureLayer(id="scene", role="ground", box=Rect(0, 0, 800, 400), source="scene")
    glass = PanelLayer(id="g", role="underlay", box=Rect(200, 100, 600, 300), color="#FFFFFF", alpha=0.2, blur=24)
    drawn = compose(design(scene, glass), {"scene": picture}, BRAND)
    assert drawn[150:250, 300:500].std() < 4
    assert np.array_equal(drawn[:, :190], picture[:, :190])


@pytest.mark.parametrize("edge", ["top", "bottom", "left", "right", "center"])
def test_a_scrim_is_full_at_its_edge_and_clear_at_the_other(edge: str) -> None:
    scrim = ScrimLayer(id="s", role="decor", box=Rect(0, 0, 800, 400), edge=edge, color="#000000", alpha=0.8)
    drawn = compose(design(scrim), {}, BRAND)[..., 0].astype(int)
    full, clear = {
        "top": (drawn[0, 400], drawn[-1, 400]),
        "bottom": (drawn[-1, 400], drawn[0, 400]),
        "left": (drawn[200, 0], drawn[200, -1]),
        "right": (drawn[200, -1], drawn[200, 0]),
        "center": (drawn[200, 400], drawn[0, 0]),
    }[edge]
    assert full == pytest.approx(51, abs=3)
    assert clear >= 253


def test_a_scrim_does_not_band() -> None:
    """Neighbouring rows of a slow gradient differ inside a row too: dithering breaks the steps up."""
    scrim = ScrimLayer(id="s", role="decor", box=Rect(0, 0, 800, 400), edge="top", color="#000000", alpha=0.1)
    drawn = compose(design(scrim), {}, BRAND)
    assert np.mean(drawn[50:350].std(axis=1) > 0) > 0.5


def test_the_scene_is_copied_exactly() -> None:
    scene = np.random.default_rng(0).integers(0, 256, (400, 800, 3), dtype=np.uint8)
    layer = PictureLayer(id="scene", role="ground", box=Rect(0, 0, 800, 400), source="scene")
    assert np.array_equal(compose(design(layer), {"scene": scene}, BRAND), scene)


def test_a_cutout_keeps_straight_alpha_and_casts_a_tinted_shadow() -> None:
    product = np.zeros((100, 100, 4), np.uint8)
    product[..., 0], product[20:80, 20:80, 3] = 200, 255
    shadow = Shadow(dx=80, dy=0, blur=20, color="#001060", alpha=0.5)
    layer = PictureLayer(id="p", role="subject", box=Rect(100, 100, 300, 300), source="p", shadow=shadow)
    drawn = compose(design(layer), {"p": product}, BRAND)
    assert drawn[200, 200].tolist() == [200, 0, 0]
    red, _, blue = (int(v) for v in drawn[200, 300])
    assert blue > red + 20 and red < 200


def test_a_missing_or_malformed_source_is_told() -> None:
    layer = PictureLayer(id="scene", role="ground", box=Rect(0, 0, 800, 400), source="scene")
    with pytest.raises(KeyError, match="scene"):
        compose(design(layer), {}, BRAND)
    with pytest.raises(ValueError, match="uint8"):
        compose(design(layer), {"scene": np.zeros((4, 4), np.uint8)}, BRAND)


@pytest.mark.parametrize(("ground", "level"), [("light", 0x10), ("dark", 0xF0)])
def test_the_logo_takes_its_ground_and_is_never_stretched(ground: str, level: int) -> None:
    layer = LogoLayer(id="logo", role="logo", box=Rect(100, 100, 400, 300), ground=ground)
    picture = compose(design(layer, background="#808080"), {}, BRAND)
    drawn = ink(picture, ground=0x80)
    assert drawn.width / drawn.height == pytest.approx(4.0, abs=0.1)
    assert layer.box.contains(drawn, slack=1.0)
    assert picture[200, 250, 0] == level


def test_a_price_with_its_old_price_stays_in_its_box() -> None:
    layer = price("¥1,299", old="¥1,999")
    assert in_whole_pixels(layer.box).contains(ink(compose(design(layer), {}, BRAND)), slack=1.0)


def test_opacity_fades_a_layer() -> None:
    solid = PanelLayer(id="p", role="decor", box=Rect(0, 0, 800, 400), color="#000000")
    drawn = compose(design(solid.model_copy(update={"opacity": 0.5})), {}, BRAND)
    assert int(drawn[200, 400, 0]) == pytest.approx(127, abs=2)
