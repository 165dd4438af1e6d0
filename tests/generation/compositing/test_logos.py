"""PNG logos: drawn pixel for pixel, never larger than they are, and never on a ground that the brand forbids them."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from brand_styles.logos import logo_of
from brand_styles.sample import demo
from brand_styles.style import BrandStyle, Logo, Swatch
from brand_styles.words import Words
from generation.compositing.compose import compose
from generation.compositing.design import Design, LogoLayer, PanelLayer
from generation.compositing.dress import dress
from generation.compositing.html import html_page
from generation.compositing.logos import held_down
from generation.laying import lay_out
from generation.layout.geometry import Rect
from generation.pipeline import Task
from generation.planning.brief import load_brief
from generation.planning.planner import plan
from generation.preflight.brand import check_logo
from generation.preflight.proof import Proof
from generation.preflight.remedies import apply
from generation.types import Format, Layout
from tests.brand_styles.papers import pixels_of, png_logo
from tests.generation.compositing.cast import BRAND, design

BRIEF = "version: 1\nbrand: demo\nprompt: 会员日\ncopy: {headline: 会员日}\nformats: [600x600]\nseed: 3\n"
RED = "#C8321F"


def logo(ground: str = "light", **more: Any) -> Logo:
    return Logo.model_validate(logo_of(png_logo()) | {"ground": ground} | more)


def brand(*logos: Logo) -> BrandStyle:
    return BRAND.model_copy(update={"logos": logos})


def layer(x: float, y: float, height: float = 40) -> LogoLayer:
    return LogoLayer(id="logo", role="logo", box=Rect(x, y, x + height * 3, y + height), ground="light")


def over(rgba: NDArray[np.uint8], colour: tuple[int, int, int]) -> NDArray[np.float64]:
    alpha = rgba[..., 3:] / 255
    return rgba[..., :3] * alpha + np.array(colour) * (1 - alpha)


def found(drawn: Design, style: BrandStyle) -> set[str]:
    picture = compose(drawn, {}, style)
    bare = compose(drawn.model_copy(update={"layers": ()}), {}, style)
    layout = Layout(format=Format(width=drawn.width, height=drawn.height), items=())
    proof = Proof(design=drawn, rgb=picture, ground=bare, layout=layout, brand=style)
    return {finding.code for finding in check_logo(proof)}


@pytest.mark.parametrize("at", [(50, 60), (50.3, 59.8)])
def test_at_its_own_size_every_pixel_is_the_approved_one(at: tuple[float, float]) -> None:
    drawn = design(layer(*at), background="#FFFFFF")
    picture = compose(drawn, {}, brand(logo()))
    expected = over(pixels_of(png_logo()), (255, 255, 255))
    assert np.abs(picture[60:100, 50:170] - expected).max() <= 1
    assert found(drawn, brand(logo())) == set()


def test_smaller_it_is_scaled_down_and_still_itself() -> None:
    drawn = design(layer(50, 60, height=20))
    assert found(drawn, brand(logo())) == set()
    picture = compose(drawn, {}, brand(logo()))
    assert np.abs(picture[66:78, 53:59].mean(axis=(0, 1)) - (11, 61, 46)).max() < 3


def test_larger_than_its_pixels_is_found() -> None:
    assert found(design(layer(50, 60, height=60)), brand(logo())) == {"logo.upscaled"}


def test_the_other_logo_over_it_is_found() -> None:
    drawn = design(layer(50, 60), PanelLayer(id="bar", role="decor", box=Rect(60, 60, 120, 100), color="#3377FF"))
    assert "logo.altered" in found(drawn, brand(logo()))


def test_a_forbidden_ground_is_found() -> None:
    drawn = design(layer(50, 60), background="#C53420")
    assert found(drawn, brand(logo(forbidden=(RED,)))) == {"logo.ground"}
    assert found(drawn, brand(logo(forbidden=("#2040C0",)))) == set()


def test_the_page_of_the_bench_shows_its_pixels() -> None:
    assert 'src="data:image/png;base64,' in html_page(design(layer(50, 60)), brand(logo()), {})


def test_it_is_held_down_to_its_pixels_at_its_corner() -> None:
    assert held_down(Rect(20, 20, 260, 100), logo(), 800, 400) == Rect(20, 20, 140, 60)
    assert held_down(Rect(540, 300, 780, 380), logo(), 800, 400) == Rect(660, 340, 780, 380)
    assert held_down(Rect(20, 20, 80, 40), logo(), 800, 400) == Rect(20, 20, 80, 40)


@pytest.mark.parametrize(
    ("logos", "ground", "plate"),
    [
        ((("light", ()), ("dark", ())), "dark", False),
        ((("light", ()), ("dark", (RED,))), "light", True),  # the other, on a plate of its kind
        ((("dark", (RED,)),), "dark", True),
    ],
)
def test_dressing_keeps_it_off_forbidden_grounds(
    logos: tuple[tuple[str, tuple[str, ...]], ...], ground: str, plate: bool
) -> None:
    style = demo().model_copy(update={"logos": tuple(logo(kind, forbidden=bad) for kind, bad in logos)})
    decided = plan(load_brief(BRIEF), style)
    layout = lay_out(Task(decided, Format(width=600, height=600), style))
    red = np.full((600, 600, 3), (200, 50, 31), np.uint8)
    drawn, _ = dress(decided, layout, red, style, light=(0.6, 0.8))
    (placed,) = (each for each in drawn.layers if isinstance(each, LogoLayer))
    plates = [each for each in drawn.layers if each.id == "logo-plate" and isinstance(each, PanelLayer)]
    assert placed.box.height <= 40 and placed.ground == ground
    assert [each.color != RED for each in plates] == [True] * plate


def test_a_forbidden_ground_is_mended_by_the_other_drawing_or_a_plate() -> None:
    style = brand(logo(forbidden=(RED, "#FFFDF8")), logo("dark"))
    drawn = design(layer(50, 60), background=RED)
    layout = Layout(format=Format(width=800, height=400), items=())
    red = np.full((400, 800, 3), (200, 50, 31), np.uint8)
    (seen,) = check_logo(Proof(design=drawn, rgb=compose(drawn, {}, style), ground=red, layout=layout, brand=style))
    assert seen.repairs == ("swap_logo", "underlay")
    palette = plan(load_brief(BRIEF), demo()).palette
    swapped = apply("swap_logo", drawn, layout, seen, palette, red, style)
    assert swapped is not None and found(swapped[0], style) == set()
    paper = style.model_copy(update={"palette": (Swatch(role="paper", hex="#9FB8D8", name=Words(en="", zh="")),)})
    plated = apply("underlay", drawn, layout, seen, palette, red, paper)
    assert plated is not None and plated[1] == "plate #9FB8D8"
