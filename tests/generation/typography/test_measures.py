"""What is measured is what is drawn; faces name what they lack."""

import numpy as np
import pytest
import skia
from hypothesis import given, settings
from hypothesis import strategies as st

from generation.errors import PermanentError
from generation.typography.faces import FACES, FONTS, covering_face, file_of, missing_characters, typeface
from generation.typography.fitting import price_box_em
from generation.typography.paragraphs import line_path, shape
from generation.typography.price import even_below, parse_price, price_path, price_shape

SIZE = 200.0
COPY = st.lists(
    st.sampled_from(
        [
            *"会员权益日限时优惠新春好礼年终盛典全场",
            *"ABCabg0123459",
            "，",
            "。",
            "“",
            "”",
            "（",
            "）",
            "¥",
            "%",
            "×",
            "·",
            " ",
        ]
    ),
    min_size=1,
    max_size=9,
).map("".join)


def ink_of(path: skia.Path, width: int, height: int) -> tuple[int, int, int, int]:
    """Bounds of the pixels that drawing a path in black on white darkens noticeably."""
    pixels = np.full((height, width, 4), 255, np.uint8)
    surface = skia.Surface(pixels, colorType=skia.kRGBA_8888_ColorType)
    surface.getCanvas().drawPath(path, skia.Paint(AntiAlias=True))
    dark = pixels[..., 0] < 250
    rows, columns = np.flatnonzero(dark.any(axis=1)), np.flatnonzero(dark.any(axis=0))
    return int(columns[0]), int(rows[0]), int(columns[-1]) + 1, int(rows[-1]) + 1


@settings(max_examples=40, deadline=None)
@given(
    text=COPY.filter(lambda t: t.strip()), face=st.sampled_from(sorted(FACES)), weight=st.sampled_from([400, 700, 900])
)
def test_the_measured_ink_is_the_drawn_ink(text: str, face: str, weight: int) -> None:
    line = shape(text, language="zh", face=face, weight=weight, tracking=-0.02)
    drawn = ink_of(line_path(line, SIZE, 50, 300), 2400, 500)
    wanted = (50, 300 + line.ink.top * SIZE, 50 + line.width * SIZE, 300 + line.ink.bottom * SIZE)
    assert drawn == pytest.approx(wanted, abs=1.01)


@pytest.mark.parametrize("face", sorted(FACES))
def test_every_weight_of_a_face_opens_and_has_its_licence_beside_it(face: str) -> None:
    for weight in FACES[face].files:
        assert typeface(file_of(face, weight)).countGlyphs() > 100
        assert "OPEN FONT LICENSE" in (file_of(face, weight).parent / "OFL.txt").read_text(encoding="utf-8").upper()


def test_the_fonts_stay_small() -> None:
    assert sum(f.stat().st_size for f in FONTS.rglob("*.ttf")) < 12_000_000


@pytest.mark.parametrize("face", sorted(FACES))
def test_every_face_sets_chinese_and_english_with_its_companion(face: str) -> None:
    assert missing_characters("18日会员权益日，全场3.5折起！Save 50% → €9.99 ×2 “璀璨”", face, 900) == []


def test_missing_characters_are_named_once_in_order() -> None:
    assert missing_characters("龘好𠮷龘", "noto-sans-sc", 700) == ["龘", "𠮷"]
    assert covering_face("鬯", "zcool-xiaowei") == "noto-sans-sc"


def test_an_unknown_face_is_told_with_the_nearest() -> None:
    with pytest.raises(PermanentError, match="noto-sans-sc"):
        shape("好", language="zh", face="noto-sans", weight=400)


def test_latin_stands_larger_on_the_common_baseline() -> None:
    mixed = shape("H好", language="zh", face="noto-sans-sc", weight=900)
    alone = shape("H", language="en", face="archivo", weight=900)
    latin = mixed.glyphs[0]
    assert 1.04 <= latin.scale <= 1.06
    assert latin.glyph.ink is not None
    assert latin.glyph.ink.bottom == alone.ink.bottom == 0.0


def test_marks_give_up_their_empty_half_between_each_other() -> None:
    def width(text: str) -> float:
        return shape(text, language="zh", face="noto-sans-sc", weight=400).width

    assert width("好）（好") < 3.2
    assert width("好，「好") < width("好") * 2 + 1.3
    assert width("好A") > width("好") + width("A") + 0.15


def test_a_figure_stands_closer_to_its_unit_than_to_other_han() -> None:
    def gap(text: str) -> float:
        line = shape(text, language="zh", face="noto-sans-sc", weight=900)
        left, right = line.glyphs[0], line.glyphs[1]
        return right.x - left.x - left.glyph.advance * left.scale

    assert 0 < gap("8日") < gap("8好") < gap("A好") <= 0.25


def test_kerning_is_applied() -> None:
    tight = shape("AV", language="en", face="archivo", weight=900).width
    loose = sum(shape(c, language="en", face="archivo", weight=900).glyphs[0].glyph.advance for c in "AV")
    assert tight < loose - 0.04


PRICES = [
    ("¥50", [("currency", "¥"), ("figure", "50")]),
    ("￥50", [("currency", "¥"), ("figure", "50")]),
    ("¥1,299.00", [("currency", "¥"), ("figure", "1,299"), ("decimals", ".00")]),
    ("$9.99", [("currency", "$"), ("figure", "9"), ("decimals", ".99")]),
    ("3.5折起", [("figure", "3.5"), ("unit", "折起")]),
    ("4.2% AER", [("figure", "4.2"), ("unit", "% AER")]),
    ("0元", [("figure", "0"), ("unit", "元")]),
    ("99.9元起", [("figure", "99"), ("decimals", ".9"), ("unit", "元起")]),
    ("€12/月", [("currency", "€"), ("figure", "12"), ("unit", "/月")]),
    ("From $9.99", [("prefix", "From"), ("currency", "$"), ("figure", "9"), ("decimals", ".99")]),
    ("到手价¥3,999起", [("prefix", "到手价"), ("currency", "¥"), ("figure", "3,999"), ("unit", "起")]),
    ("满300减50", [("prefix", "满"), ("figure", "300"), ("unit", "减"), ("figure", "50")]),
    ("19,99 €", [("figure", "19"), ("decimals", ",99"), ("unit", "€")]),
    ("¥99-199", [("currency", "¥"), ("figure", "99–199")]),
    ("-50%", [("figure", "-50"), ("unit", "%")]),
    ("US$1,299", [("currency", "US$"), ("figure", "1,299")]),
    ("免费", [("figure", "免费")]),
]


@pytest.mark.parametrize(("text", "parts"), PRICES)
def test_prices_are_taken_apart(text: str, parts: list[tuple[str, str]]) -> None:
    assert [(p.kind, p.text) for p in parse_price(text, "zh")] == parts


@pytest.mark.parametrize("text", [text for text, _ in PRICES])
def test_a_price_measures_as_it_is_drawn(text: str) -> None:
    width, height = price_box_em(text, "zh", "noto-sans-sc", 900)
    shaped = price_shape(text, language="zh", face="noto-sans-sc", weight=900)
    drawn = ink_of(price_path(shaped, 100, 20, 20), 1200, 200)
    assert drawn == pytest.approx((20, 20, 20 + width * 100, 20 + height * 100), abs=1.01)


def test_the_currency_sign_hangs_from_the_figures_top_at_half_their_size() -> None:
    shaped = price_shape("¥50", language="zh", face="noto-sans-sc", weight=900)
    sign, figure = shaped.parts
    assert 0.45 <= sign.scale <= 0.5
    assert sign.baseline + sign.line.ink.top * sign.scale == pytest.approx(figure.line.ink.top, abs=0.02)


def test_the_text_face_has_all_of_gb2312() -> None:
    rows = [bytes([row, cell]) for row in range(0xB0, 0xF8) for cell in range(0xA1, 0xFF)]
    han = "".join(pair.decode("gb2312", errors="ignore") for pair in rows)
    assert len(han) == 6763
    for weight in (400, 700, 900):
        assert missing_characters(han, "noto-sans-sc", weight) == []


@pytest.mark.parametrize(("text", "least"), [("¥50", 19), ("¥1299起", 24), ("3.85%", 22), ("50", 0)])
def test_a_price_whose_small_parts_could_not_be_read_is_set_in_one_size(text: str, least: int) -> None:
    assert even_below(text, "zh") == least
    even = price_shape(text, language="zh", face="noto-sans-sc", weight=900, even=True)
    assert {part.scale for part in even.parts} == {1.0}
    assert {part.baseline for part in even.parts} == {0.0}
