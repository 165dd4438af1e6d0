"""Rules on pixels on a whole picture: what is found blocks or warns as the rule says, what can't be looked for is told."""

from typing import Any

import numpy as np
import pytest
import zxingcpp
from PIL import Image

from brand_styles.likeness import signature
from brand_styles.own_rules import Override
from brand_styles.pixel_rules import PixelRule
from brand_styles.rules.pixels import PixelRuleSet
from brand_styles.words import Words
from generation.compositing.compose import compose
from generation.compositing.design import Design, LogoLayer, PanelLayer, PictureLayer
from generation.layout.geometry import Rect
from generation.preflight.ground import without_type
from generation.preflight.runner import check
from generation.preflight.shown import Drawn, Known
from generation.types import Report
from tests.generation.preflight.posters import BRAND, HEIGHT, WIDTH, layout_of, poster

TITLE = Words(en="Ours", zh="本品牌")
QR = np.asarray(zxingcpp.create_barcode("https://example.com", zxingcpp.BarcodeFormat.QRCode).to_image(scale=3))


def rule(kind: str, **told: Any) -> PixelRule:
    return PixelRule.model_validate({"id": "OURS", "kind": kind, "title": TITLE} | told)


def scene(*, code: bool = False, colour: str = "#FFEFDA") -> np.ndarray:
    picture = Image.new("RGB", (WIDTH, HEIGHT), colour)
    if code:
        picture.paste(Image.fromarray(QR).convert("RGB"), (440, 300))
    return np.asarray(picture)


def judged(
    *rules: PixelRule,
    picture: np.ndarray | None = None,
    design: Design | None = None,
    drawn: Drawn | None = None,
    overrides: tuple[Override, ...] = (),
) -> Report:
    design, sources = design or poster(), {"scene": scene() if picture is None else picture}
    known = Known(PixelRuleSet(rules=rules, overrides={each.rule: each for each in overrides}), drawn or Drawn())
    ground = compose(without_type(design), sources, BRAND)
    return check(design, compose(design, sources, BRAND), layout_of(design), BRAND, ground=ground, known=known)


def severities(report: Report) -> dict[str, str]:
    return {f.code: f.severity for f in report.findings if f.code.startswith(("pixel.", "unchecked.", "logo."))}


def test_a_clean_picture_has_nothing_found_and_nothing_unchecked() -> None:
    report = judged(rule("code"), rule("lettering", id="B"), rule("colour", id="C", colours=["#39FF14"]))
    assert severities(report) == {} and report.unchecked == () and "shown" in report.checks


def test_a_code_in_the_scene_blocks_and_its_place_is_told() -> None:
    report = judged(rule("code"), picture=scene(code=True))
    (found,) = [f for f in report.findings if f.code == "pixel.OURS"]
    assert report.verdict == "blocked" and found.severity == "block"
    assert found.box is not None and found.box.center[0] > 440
    assert "QR" in found.words.en and "QR" in found.words.zh


def test_what_was_set_in_type_is_no_stray_lettering() -> None:
    assert severities(judged(rule("lettering"))) == {}


def test_an_override_warns_or_is_told_with_its_reason() -> None:
    reason = "The code is ours, checked by hand."
    for severity, told in (("warn", "warn"), ("off", "info")):
        override = Override(rule="OURS", severity=severity, reason=reason)
        report = judged(rule("code"), picture=scene(code=True), overrides=(override,))
        assert severities(report) == {"pixel.OURS": told}
        assert any(reason in f.words.en for f in report.findings)


def test_a_banned_colour_is_measured_by_area_without_the_product() -> None:
    green = rule("colour", colours=["#2E8B57"], most=0.02)
    picture = scene().copy()
    picture[300:400, 450:550] = (0x2E, 0x8B, 0x57)
    (found,) = [f for f in judged(green, picture=picture).findings if f.code == "pixel.OURS"]
    assert found.measured == pytest.approx(10_000 / (WIDTH * HEIGHT), abs=0.01)
    product = PictureLayer(id="product", role="subject", box=Rect(440, 290, 560, 410), source="product")
    layers = poster().layers
    shown = poster().model_copy(update={"layers": (layers[0], product, *layers[1:])})
    cut_out = np.zeros((120, 120, 4), np.uint8)
    cut_out[10:110, 10:110] = (0x2E, 0x8B, 0x57, 255)
    known = Known(PixelRuleSet(rules=(green,)))
    sources = {"scene": scene(), "product": cut_out}
    rgb, ground = compose(shown, sources, BRAND), compose(without_type(shown), sources, BRAND)
    assert severities(check(shown, rgb, layout_of(shown), BRAND, ground=ground, known=known)) == {}


def test_shares_of_the_palette_have_a_most_and_a_least() -> None:
    off = rule("palette", tolerance=6, most=0.3)
    assert severities(judged(off)) == {}
    assert severities(judged(off, picture=scene(colour="#00A0A0"))) == {"pixel.OURS": "block"}
    accent = rule("palette", role="accent", least=0.3, most=1.0, severity="warn")
    assert severities(judged(accent)) == {"pixel.OURS": "warn"}


def test_a_near_duplicate_is_known_and_another_picture_is_not() -> None:
    design = poster()
    reference = compose(design, {"scene": scene()}, BRAND)
    near = rule("duplicate", signature=signature(reference[10:-10, 10:-10]))
    assert severities(judged(near)) == {"pixel.OURS": "block"}
    assert "pixel.OURS" not in severities(judged(near, picture=scene(colour="#203060")))


def test_what_the_scene_holds_is_known_without_a_detector(settings: Any) -> None:
    settings.PREFLIGHT_WORDS = ""
    lanterns = rule("thing", things=["lantern"], unchecked="block")
    held = Drawn((("lantern", Rect(400, 100, 500, 200)), ("cup", Rect(0, 0, 9, 9))), all=True)
    assert severities(judged(lanterns, drawn=held)) == {"pixel.OURS": "block"}
    assert severities(judged(lanterns, drawn=Drawn((), all=True))) == {}


@pytest.mark.parametrize("unchecked", ["tell", "warn", "block"])
def test_without_a_detector_a_rule_is_told_as_not_checked_and_the_brand_decides(unchecked: str, settings: Any) -> None:
    settings.PREFLIGHT_WORDS = ""
    report = judged(rule("thing", things=["banknote"], unchecked=unchecked))
    assert [each.code for each in report.unchecked] == ["OURS"]
    assert "PREFLIGHT_WORDS" in report.unchecked[0].words.en and "钞票" in report.unchecked[0].words.zh
    assert severities(report) == ({} if unchecked == "tell" else {"unchecked.OURS": unchecked})
    assert report.verdict == ("blocked" if unchecked == "block" else "pass")


def with_layer(layer: Any) -> Design:
    design = poster()
    return design.model_copy(update={"layers": (*design.layers, layer)})


def logo_of(design: Design) -> LogoLayer:
    return next(layer for layer in design.layers if isinstance(layer, LogoLayer))


def test_something_over_the_logo_blocks() -> None:
    """What a layer that isn't type paints is ground to the checks, so it is painted into the finished picture."""
    design, sources = poster(), {"scene": scene()}
    rgb = compose(design, sources, BRAND).copy()
    box = logo_of(design).box
    x, y = round(box.x0 + box.width * 0.2), round(box.y0 + box.height * 0.3)
    ground = compose(without_type(design), sources, BRAND)
    known = Known(PixelRuleSet(rules=()))
    clean = check(design, rgb, layout_of(design), BRAND, ground=ground, known=known)
    assert severities(clean) == {}
    rgb[y : y + 12, x : x + 16] = (40, 90, 200)
    report = check(design, rgb, layout_of(design), BRAND, ground=ground, known=known)
    assert severities(report)["logo.covered"] == "block"


def test_a_busy_ground_warns_and_blocks_where_the_brand_says_so() -> None:
    noisy = scene().copy()
    noisy[:120, :400] = np.where(np.random.default_rng(0).random((120, 400, 1)) > 0.5, 250, 120)
    assert severities(judged(picture=noisy))["logo.busy"] == "warn"
    assert severities(judged(rule("logo", misuses=["busy"]), picture=noisy))["logo.busy"] == "block"


def test_a_logo_lost_on_its_ground_is_told() -> None:
    report = judged(picture=scene(colour="#2B1512"))
    assert severities(report)["logo.faint"] == "warn"


def test_a_panel_over_the_logo_is_over_the_logo() -> None:
    box = logo_of(poster()).box
    plate = PanelLayer(id="plate", role="underlay", box=Rect(box.x0, box.y0, box.x0 + 40, box.y1), color="#2040C0")
    design = with_layer(plate)
    known, sources = Known(PixelRuleSet(rules=())), {"scene": scene()}
    ground = compose(without_type(design), sources, BRAND)
    report = check(design, compose(design, sources, BRAND), layout_of(design), BRAND, ground=ground, known=known)
    assert severities(report).get("logo.covered") == "block"


def test_what_is_taken_for_a_code_in_a_scene_of_our_own_renderer_warns() -> None:
    report = judged(rule("code"), picture=scene(code=True), drawn=Drawn(all=True))
    assert severities(report) == {"pixel.OURS": "warn"} and report.verdict == "pass"
