"""Detectors of what pictures may not show: each sees its own kind where it is, and nothing where there is nothing."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest
import zxingcpp
from PIL import Image, ImageDraw, ImageFilter, ImageFont

from brand_styles.pixel_rules import PixelRule
from brand_styles.words import Words
from generation.errors import PermanentError
from generation.preflight.sight.codes import find_codes
from generation.preflight.sight.faces import find_faces, installed
from generation.preflight.sight.lettering import find_lettering
from generation.preflight.sight.table import DETECTORS, look
from generation.preflight.sight.types import Rgb
from generation.typography.faces import file_of

PICTURES = Path(__file__).parents[3] / "bench" / "pictures"


def still_life() -> Image.Image:
    """A ground, rings, a ball, a row of blocks: shapes that are no writing, no code and no face."""
    ground = np.linspace((238, 226, 205), (170, 140, 120), 640)
    image = Image.fromarray(np.repeat(ground[:, None], 480, axis=1).astype(np.uint8))
    pen = ImageDraw.Draw(image)
    for r in (90, 60, 30):
        pen.ellipse((240 - r, 400 - r, 240 + r, 400 + r), outline="#A03020", width=8)
    for n in range(5):
        pen.rectangle((60 + 70 * n, 560 - 20 * n, 100 + 70 * n, 610), fill="#C05A30")
    pen.ellipse((340, 120, 420, 200), fill="#D8B060")
    return image.filter(ImageFilter.GaussianBlur(0.6))


def array(image: Image.Image) -> Rgb:
    return np.asarray(image.convert("RGB"))


def lettered(words: str, size: int = 30) -> Rgb:
    image = still_life()
    font = ImageFont.truetype(str(file_of("noto-sans-sc", 700)), size)
    ImageDraw.Draw(image).text((60, 240), words, font=font, fill="#302018")
    return array(image)


def coded(kind: zxingcpp.BarcodeFormat, words: str) -> Rgb:
    code = Image.fromarray(np.asarray(zxingcpp.create_barcode(words, kind).to_image(scale=3)))
    image = still_life()
    image.paste(code.convert("RGB"), (50, 60))
    return array(image)


def faced(name: str, height: int) -> Rgb:
    portrait = Image.open(PICTURES / name)
    image = still_life()
    image.paste(portrait.resize((portrait.width * height // portrait.height, height)), (40, 60))
    return array(image)


@pytest.mark.parametrize(("words", "size"), [("限时特惠", 30), ("SALE ENDS", 26), ("买一送一 2折", 18)])
def test_writing_is_seen_read_and_placed(words: str, size: int) -> None:
    (seen,) = find_lettering(lettered(words, size))
    assert seen.detail.replace(" ", "") == words.replace(" ", "")
    assert seen.box is not None and seen.box.y0 < 250 < seen.box.y1 and seen.score > 0.8


def test_rings_and_blocks_are_neither_writing_nor_code_nor_face() -> None:
    assert find_lettering(array(still_life())) == []
    assert find_codes(array(still_life())) == []


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        (zxingcpp.BarcodeFormat.QRCode, "https://example.com/a"),
        (zxingcpp.BarcodeFormat.EAN13, "6901234567892"),
        (zxingcpp.BarcodeFormat.Code128, "VERMILION"),
        (zxingcpp.BarcodeFormat.DataMatrix, "12345678"),
    ],
)
def test_codes_that_can_be_read_are_seen(kind: zxingcpp.BarcodeFormat, words: str) -> None:
    (seen,) = find_codes(coded(kind, words))
    assert seen.box is not None and seen.box.x0 < 120 and seen.box.y0 < 180


def test_what_only_looks_like_a_qr_code_is_seen_too() -> None:
    rgb = coded(zxingcpp.BarcodeFormat.QRCode, "https://example.com/a").copy()
    code = np.asarray(zxingcpp.create_barcode("https://example.com/a", zxingcpp.BarcodeFormat.QRCode).to_image(scale=3))
    side = len(code)
    noise = np.random.default_rng(1).random((side // 3, side // 3)) > 0.5
    scrambled = np.where(np.kron(noise, np.ones((3, 3), bool))[:, :], 255, 0).astype(np.uint8)
    inner = slice(side // 3, side - side // 3)
    rgb[60 + inner.start : 60 + inner.stop, 50 + inner.start : 50 + inner.stop] = scrambled[inner, inner, None]
    assert len(find_codes(rgb)) == 1


@pytest.mark.skipif(not installed(), reason="there is a wheel for x86-64 Linux only")
@pytest.mark.parametrize("name", ["collins.jpg", "hopper.jpg"])
@pytest.mark.parametrize("height", [90, 240])
def test_faces_are_seen_large_and_small(name: str, height: int) -> None:
    (seen,) = find_faces(faced(name, height))
    assert seen.box is not None and 40 < seen.box.center[0] < 40 + height
    assert find_faces(array(still_life())) == []


def rule(kind: str, **told: Any) -> PixelRule:
    return PixelRule.model_validate({"id": "R", "kind": kind, "title": Words(en="", zh="")} | told)


def test_only_what_rules_ask_after_is_looked_for() -> None:
    seen = look(coded(zxingcpp.BarcodeFormat.QRCode, "x"), [rule("lettering")])
    assert seen.sorts == {"lettering"} and seen.sightings == ()
    assert look(lettered("限时特惠"), []).sorts == frozenset()


def test_what_no_detector_looks_for_is_not_said_to_have_been_looked_for(settings: Any) -> None:
    settings.PREFLIGHT_WORDS = settings.PREFLIGHT_NUDITY = ""
    seen = look(array(still_life()), [rule("nudity"), rule("thing", things=["banknote"]), rule("code")])
    assert seen.sorts == {"code"} and seen.things == frozenset()


def test_the_table_says_what_each_needs_and_its_licence() -> None:
    assert {sort for each in DETECTORS for sort in each.sees} == {"lettering", "code", "face", "nudity", "thing"}
    assert all(each.licence and each.needs.en and each.needs.zh for each in DETECTORS)


def test_a_model_that_cannot_be_loaded_stops_the_check_with_a_sentence(settings: Any, tmp_path: Path) -> None:
    settings.PREFLIGHT_WORDS = str(tmp_path)
    with pytest.raises(PermanentError, match="PREFLIGHT_WORDS"):
        look(array(still_life()), [rule("thing", things=["banknote"])])
