"""The two witnesses: what OCR alone gets wrong, what the outlines settle, and faults in pixels that neither may let through."""

import random
from typing import Any

import numpy as np
import pytest

from generation.compositing.design import TextLayer
from generation.preflight.folding import differences, fold, looks_like
from generation.preflight.ground import without_type
from generation.preflight.ocr import Glyph, Reading, shared_reader
from generation.preflight.proof import Proof
from generation.preflight.reading import Line, second_witness
from generation.preflight.template import fits_as
from tests.generation.preflight.posters import BRAND, codes, draw, judged, layout_of, poster, text


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("￥50 起", "¥50起"),
        ("會員權益", "会员权益"),
        ("Members’ day — 18% off", "members'day-18%off"),
        ("「礼」享", '"礼"享'),
        ("１８日", "18日"),
        ("…", "..."),
    ],
)
def test_folded_alike(a: Any, b: Any) -> None:
    assert fold(a) == fold(b)


@pytest.mark.parametrize(
    ("a", "b"), [("未", "末"), ("3.5折", "3.6折"), ("¥50", "¥5"), ("己", "已"), ("1,299", "1.299")]
)
def test_not_folded_alike(a: Any, b: Any) -> None:
    assert fold(a) != fold(b)


def test_look_alikes_are_listed_both_ways() -> None:
    assert looks_like("0", "o") and looks_like("o", "0") and looks_like("一", "-")
    assert not looks_like("8", "1")


def test_differences_character_by_character() -> None:
    assert [("周末"[a], "周未"[b]) for a, b in differences("周末", "周未")] == [("末", "未")]


def read_as(line: Line, words: str, probability: float = 0.99) -> Reading:
    return Reading(tuple(Glyph(c, probability, 0.0) for c in words))


def headline(words: Any, **more: Any) -> Any:
    """The line as set on a poster, and where it was found there."""
    design = poster().replaced(text("headline", "headline", words, 40, 130, 62, weight=900, **more))
    proof = Proof(design, draw(design), draw(without_type(design)), layout_of(design), BRAND)
    (match,) = proof.matches["headline"]
    layer = design.layer("headline")
    assert isinstance(layer, TextLayer)
    return Line(layer, words, match.box), match


def test_a_known_look_alike_is_settled_by_the_outlines() -> None:
    line, match = headline("O2O 周末会")
    assert second_witness(line, read_as(line, "020周末会"), match) == ()


def test_a_sure_reading_of_another_word_is_not_overruled() -> None:
    line, match = headline("周末会员日")
    assert second_witness(line, read_as(line, "周末会员目", 0.5), match) == ()
    assert second_witness(line, read_as(line, "周末委员日", 0.99), match) == ("会",)


def test_too_much_that_differs_is_never_overruled() -> None:
    line, match = headline("周末会员日")
    assert second_witness(line, read_as(line, "周米委贝口", 0.5), match)


def test_the_rival_is_compared_in_the_lines_own_face() -> None:
    line, match = headline("周末会员日")
    as_mo, alike = fits_as(line.layer, match, 1, "未")
    assert as_mo < match.glyphs[1].score - 0.02 and alike < 0.985


def spoiled(change: Any) -> Any:
    """The sound poster's pixels with one glyph of the subline changed by `change(patch, ground)`."""
    design = poster()
    rgb, ground = draw(design).copy(), draw(without_type(design))
    proof = Proof(design, rgb, ground, layout_of(design), BRAND)
    box = proof.matches["subline"][0].glyphs[3].box  # 物
    rows, cols = slice(int(box.y0), int(box.y1) + 1), slice(int(box.x0), int(box.x1) + 1)
    rgb[rows, cols] = change(rgb[rows, cols].copy(), ground[rows, cols])
    return judged(design, rgb)


def erase_half(patch: Any, ground: Any) -> Any:
    patch[len(patch) // 2 :] = ground[len(patch) // 2 :]
    return patch


def box_of(patch: Any, ground: Any) -> Any:
    out = ground.copy()
    out[:2], out[-2:], out[:, :2], out[:, -2:] = 40, 40, 40, 40
    return out


@pytest.mark.parametrize(
    "change",
    [
        pytest.param(lambda patch, ground: ground, id="dropped"),
        pytest.param(lambda patch, ground: patch[:, ::-1], id="mirrored"),
        pytest.param(lambda patch, ground: patch[::-1], id="upside down"),
        pytest.param(erase_half, id="cut"),
        pytest.param(box_of, id="tofu"),
    ],
)
def test_a_glyph_spoilt_in_the_pixels_blocks(change: Any) -> None:
    assert {"ocr.disagrees", "glyph.malformed"} & codes(spoiled(change))


def test_nothing_spoilt_passes() -> None:
    assert not codes(spoiled(lambda patch, ground: patch))


@pytest.mark.parametrize(
    ("said", "drawn"), [("精选好物，限时上架", "精选好牧，限时上架"), ("精选好物，限时上架", "精选好物，很时上架")]
)
def test_a_similar_character_set_instead_blocks(said: Any, drawn: Any) -> None:
    wrong = poster().replaced(text("subline", "subline", drawn, 40, 230, 30))
    assert {"ocr.disagrees", "glyph.malformed"} & codes(judged(poster(), draw(wrong)))


@pytest.mark.parametrize("drawn", ["¥1,269.00", "¥1,299.80", "¥1,29.00", "$1,299.00"])
def test_another_price_blocks(drawn: Any) -> None:
    wrong = poster().replaced(poster().layer("price").model_copy(update={"text": drawn}))
    assert {"ocr.disagrees", "glyph.malformed"} & codes(judged(poster(), draw(wrong)))


def test_the_reader_reads_small_and_large_light_and_dark() -> None:
    design = poster()
    rgb = draw(design)
    box = design.layer("headline").box
    crop = rgb[int(box.y0) - 8 : int(box.y1) + 8, int(box.x0) - 8 : int(box.x1) + 8]
    for variant in (crop, 255 - crop, crop[::2, ::2]):
        (reading,) = shared_reader().read([np.ascontiguousarray(variant)])
        assert fold(reading.text) == "18日会员权益日" and reading.confidence > 0.8


def test_the_reader_finds_nothing_on_bare_ground() -> None:
    (reading,) = shared_reader().read([np.full((48, 200, 3), 230, np.uint8)])
    assert (reading.text, reading.confidence) == ("", 0.0)


@pytest.mark.slow
def test_bench_figures_hold_on_a_sample() -> None:
    """A floor under the figures of docs/benchmarks.md on a small sample; the goals themselves are the bench's to measure."""
    from bench.bench_preflight import Tally, measure, plant_all
    from bench.preflight_assets import make_sample

    tally = Tally()
    numbers = random.Random(5).sample(range(2_000, 9_000), 60)
    for number in numbers:
        measure(make_sample(number), tally, second=False, verbose=False)
    plant_all(40, tally, verbose=False)
    assert tally.passed_first / tally.assets >= 0.95, tally.reasons
    assert tally.blocked <= 1, tally.left
    assert tally.caught >= 38, tally.missed  # of 40; the two known misses are half-cut small glyphs
