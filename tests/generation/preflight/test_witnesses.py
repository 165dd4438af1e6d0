"""The two witnesses: what OCR alone gets wrong, what the outlines settle, and faults in pixels that neither may let through."""

import random
from typing import Any

import numpy as np
import pytest

from generation.compositing.design import TextLayer
from generation.layout.geometry import Rect
from generation.preflight.folding import differences, fold, looks_like
from generation.preflight.ground import window, without_type
from generation.preflight.ocr import Glyph, Reading, shared_reader
from generation.preflight.proof import Proof
from generation.preflight.reading import Line, second_witness
from generation.preflight.strokes import score_glyph
from generation.preflight.template import WORKING_EM, fits_as
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


def test_the_share_of_the_weakest_side_tells_a_cut_glyph_from_a_faint_one() -> None:
    _, match = headline("周末会员日")
    glyph = match.glyphs[2]
    place = glyph.box.moved(-match.corner[0], -match.corner[1]).scaled(WORKING_EM / 62)
    faint = score_glyph("会", place, 2, match.drawing, 0.7 * match.cover, 0.7, glyph.box)
    cut = match.cover.copy()
    cut[: int(place.y0 + 0.4 * place.height)] = 0
    short = score_glyph("会", place, 2, match.drawing, cut, 1.0, glyph.box)
    assert faint.side > 0.9 and glyph.side > 0.9
    assert short.side < 0.2


@pytest.mark.parametrize("side", ["top", "bottom", "left", "right"])
@pytest.mark.parametrize("place", [0, 3, 6])
def test_a_small_glyph_cut_at_any_side_blocks(side: Any, place: int) -> None:
    design = poster().replaced(text("subline", "subline", "精选好物限时上架", 40, 230, 14))
    rgb, ground = draw(design).copy(), draw(without_type(design))
    proof = Proof(design, rgb, ground, layout_of(design), BRAND)
    box = proof.matches["subline"][0].glyphs[place].box
    high, wide = 0.42 * box.height, 0.42 * box.width
    part = {
        "top": Rect(box.x0, box.y0, box.x1, box.y0 + high),
        "bottom": Rect(box.x0, box.y1 - high, box.x1, box.y1),
        "left": Rect(box.x0, box.y0, box.x0 + wide, box.y1),
        "right": Rect(box.x1 - wide, box.y0, box.x1, box.y1),
    }[side]
    rows, cols = window(part, rgb.shape)
    rgb[rows, cols] = ground[rows, cols]
    assert {"ocr.disagrees", "glyph.malformed"} & codes(judged(design, rgb))


def test_a_mirrored_l_is_no_fault_and_a_mirrored_s_is() -> None:
    from bench.preflight_faults import VISIBLE, _Spot, difference

    design = poster().replaced(text("subline", "subline", "lus", 40, 230, 59, language="en"))
    rgb, ground = draw(design), draw(without_type(design))
    match = Proof(design, rgb, ground, layout_of(design), BRAND).matches["subline"][0]
    shown = []
    for glyph in (match.glyphs[0], match.glyphs[2]):
        turned = rgb.copy()
        rows, cols = window(glyph.box, rgb.shape)
        turned[rows, cols] = turned[rows, cols][:, ::-1]
        spot = _Spot(design.layer("subline"), 0, 0, glyph.char, glyph.box, match.found)  # type: ignore[arg-type]
        shown.append(difference(rgb, turned, ground, spot))
    assert shown[0] < VISIBLE < shown[1]


@pytest.mark.slow
@pytest.mark.timeout(900)
def test_bench_figures_hold_on_a_sample() -> None:
    """A floor under the figures of docs/benchmarks.md on a small sample; the goals themselves are the bench's to measure."""
    from bench.bench_preflight import figures_of, judge_asset, measured

    numbers = random.Random(5).sample(range(2_000, 9_000), 60)
    figures = figures_of([*(judge_asset(n) for n in numbers), *measured((), 40, (), second=False)])
    assert figures["pass first"] >= 0.95, figures["first findings"]
    assert figures["blocked after repair"] <= 1 / 60, figures["left after repair"]
    assert figures["planted faults"] == 40
    assert figures["faults caught"] == 1, figures["missed"]


@pytest.mark.slow
@pytest.mark.timeout(900)
def test_the_bench_goes_on_where_it_stopped() -> None:
    from bench.bench_preflight import measured

    whole = list(measured(range(3), 2, (), second=False))
    rest = list(measured(range(3), 2, whole[:2], second=False))
    assert [r | {"seconds": 0} for r in rest] == [r | {"seconds": 0} for r in whole[2:]]
