"""A sound poster passes; each way of spoiling it is seen, by its own code, and told in both languages."""

import re
from typing import Any

import numpy as np
import pytest
from PIL import Image, ImageDraw

from brand_styles.manners import ColourPair
from brand_styles.own_rules import OwnRule
from brand_styles.rules.pixels import pixel_rules_for
from brand_styles.words import Words
from generation.compositing.design import LogoLayer, PanelLayer, TextLayer
from generation.layout.geometry import Rect
from generation.preflight.ground import without_type
from generation.preflight.proof import text_of
from generation.preflight.runner import check
from generation.preflight.shown import Known
from generation.types import Report
from tests.generation.preflight.posters import (
    BRAND,
    HEIGHT,
    WIDTH,
    codes,
    draw,
    judged,
    layout_of,
    poster,
    text,
)


def changed(id: Any, **update: Any) -> Any:
    design = poster()
    return design.replaced(design.layer(id).model_copy(update=update))


def test_a_sound_poster_passes_and_is_read_back() -> None:
    report = judged(poster())
    assert (report.verdict, codes(report)) == ("pass", set())
    assert all(back.agrees for back in report.read_back)
    assert {back.layer for back in report.read_back} == {"headline", "subline", "price", "cta", "legal-1", "ai-label"}
    assert "ocr" in report.checks and "contrast" in report.checks


@pytest.mark.parametrize(
    "treatment", ["metal", "outline", "extruded", "neon", "paper_cut", "inset", "gradient", "brush"]
)
def test_treated_headlines_read(treatment: Any) -> None:
    design = poster(treatment=treatment)
    report = judged(design)
    assert next(b for b in report.read_back if b.layer == "headline").agrees
    assert not {"ocr.disagrees", "glyph.malformed", "text.outside_box"} & codes(report)


@pytest.mark.parametrize(
    ("id", "update", "code"),
    [
        ("subline", {"color": "#E8D8C4"}, "contrast.low"),
        ("subline", {"color": "#FFEFDA"}, "text.missing"),
        ("subline", {"box": Rect(500, 230, 770, 260)}, "text.outside_canvas"),
        ("subline", {"box": Rect(40, 140, 310, 170)}, "overlap.text"),
        ("subline", {"box": Rect(60, 50, 330, 80)}, "overlap.logo"),
        ("subline", {"box": Rect(40, 80, 310, 110)}, "logo.clear_space"),
        ("ai-label", {"lines": ("示意图",)}, "ai_label.words"),
        ("ai-label", {"box": Rect(300, 330, 470, 372)}, "ai_label.place"),
    ],
)
def test_a_layer_spoilt(id: Any, update: Any, code: Any) -> None:
    assert code in codes(judged(changed(id, **update)))


def test_small_legal_type_is_blocked_with_its_limit() -> None:
    design = poster()
    small = text("legal-1", "legal", "活动时间", 40, 500, 8)
    finding = next(f for f in judged(design.replaced(small)).findings if f.code == "size.legal")
    assert (finding.measured, finding.limit, finding.layer) == (8.0, 10.8, "legal-1")
    assert "10.8" in finding.words.zh and "10.8" in finding.words.en


def test_a_low_pill_is_blocked() -> None:
    design = changed("cta-plate", box=Rect(40, 410, 230, 440))
    assert "size.cta" in codes(judged(design))


def test_ai_label_height_is_measured_in_ink_not_in_type_size() -> None:
    """5 % of 600 px is 30 px; Noto's Han ink is 0.93 em, so 31 px of type fall short and 34 px do not (Latin then warns)."""
    low = poster().replaced(text("ai-label", "ai_label", "人工智能生成", 400, 550, 31))
    assert "ai_label.height" in codes(judged(low))
    enough = poster().replaced(text("ai-label", "ai_label", "人工智能生成", 380, 550, 34))
    assert "ai_label.height" not in codes(judged(enough))
    latin = judged(poster().replaced(text("ai-label", "ai_label", "AI生成", 440, 550, 34)))
    assert [f.severity for f in latin.findings if f.code == "ai_label.height"] == ["warn"]


def test_without_a_label_china_blocks_and_the_united_states_do_not() -> Any:
    def bare(market: Any) -> Any:
        design = poster(market=market)
        return design.model_copy(update={"layers": tuple(x for x in design.layers if x.role != "ai_label")})

    assert "ai_label.missing" in codes(judged(bare("cn")))
    assert "ai_label.missing" not in codes(judged(bare("us")))


def test_a_required_line_must_stand_on_the_picture() -> None:
    brand = BRAND.model_copy(update={"required_legal": ("具体规则以活动页面为准。", "See the offer page.")})
    report = judged(poster(), brand=brand)
    assert [f.limit for f in report.findings if f.code == "legal.missing"] == ["具体规则以活动页面为准。"]


@pytest.mark.parametrize(
    ("asks", "code"),
    [
        ({"least_height": 0.2}, "legal.height"),
        ({"least_contrast": 20.9}, "legal.contrast"),
        ({"least_height": 0.006, "least_contrast": 1.0}, None),
        ({"least_height": 0.2, "markets": ("uk",)}, None),
    ],
)
def test_required_text_is_as_tall_and_as_clear_as_its_rule_asks(asks: Any, code: Any) -> None:
    design = poster()
    (said,) = (layer for layer in design.layers if isinstance(layer, TextLayer) and layer.role == "headline")
    rule = OwnRule(
        id="CALL", kind="required", unless_said=(text_of(said),), title=Words(en="A line", zh="一行"), **asks
    )
    report = judged(design, brand=BRAND.model_copy(update={"rules": (rule,)}))
    found = [f for f in report.findings if f.code in ("legal.height", "legal.contrast")]
    assert [f.code for f in found] == ([code] if code else [])
    assert all(f.layer == said.id and "CALL" in f.words.en and "CALL" in f.words.zh for f in found)


@pytest.mark.parametrize(("product", "severity"), [("loan", "block"), ("fund", None), ("", "warn")])
def test_required_text_is_measured_for_the_products_its_rule_names(product: str, severity: Any) -> None:
    design = poster()
    words = (text_of(design.layer("headline")),)  # type: ignore[arg-type]
    asks: Any = {"least_height": 0.2, "product_types": ("loan",), "unless_said": words}
    rule = OwnRule(id="CALL", kind="required", title=Words(en="A line", zh="一行"), **asks)
    brand = BRAND.model_copy(update={"rules": (rule,)})
    known = Known(pixel_rules_for(brand, design.market, product_type=product))
    found = [f.severity for f in judged(design, brand=brand, known=known).findings if f.code == "legal.height"]
    assert found == ([severity] if severity else [])


def test_text_keeps_to_the_colours_that_the_brand_lists_for_its_ground() -> None:
    design = poster()
    line = design.layer("subline")
    assert isinstance(line, TextLayer)
    under = draw(without_type(design))
    x, y = int(line.box.x0), int(line.box.y0)
    ground = "#{:02X}{:02X}{:02X}".format(*under[y, x])
    for allowed, found in ((line.color, []), ("#0044FF", ["subline"])):
        manners = BRAND.manners.model_copy(update={"pairs": (ColourPair(ground=ground, text=allowed),)})
        report = judged(design, brand=BRAND.model_copy(update={"manners": manners}))
        said = [f for f in report.findings if f.code == "colour.pair"]
        assert [f.layer for f in said if f.layer == "subline"] == found
        assert all(f.severity == "warn" and ground in f.words.en and ground in f.words.zh for f in said)


def test_an_altered_logo_is_seen() -> None:
    design = poster()
    rgb = draw(design)
    box = design.layer("logo").box
    image = Image.fromarray(rgb)
    ImageDraw.Draw(image).rectangle((box.x0, box.y0, box.x0 + 40, box.y1), fill="#3377FF")
    assert "logo.altered" in codes(judged(design, np.asarray(image)))


def test_a_squeezed_logo_is_seen() -> None:
    box = poster().layer("logo").box
    design = changed("logo", box=Rect(box.x0, box.y0, box.x0 + box.width * 0.7, box.y1))
    assert "logo.aspect" in codes(judged(design))


def test_a_lost_logo_is_seen() -> None:
    design = poster()
    bare = design.model_copy(update={"layers": tuple(x for x in design.layers if not isinstance(x, LogoLayer))})
    report = check(bare, draw(bare), layout_of(design), BRAND, ground=draw(bare))
    assert "logo.missing" in codes(report)


def test_glyphs_on_the_subject_by_its_mask() -> None:
    mask = np.zeros((HEIGHT, WIDTH), np.bool_)
    mask[225:265, 200:400] = True
    assert "overlap.subject" in codes(judged(poster(), subject_mask=mask))
    design = poster()
    panel = PanelLayer(id="p", role="underlay", box=Rect(20, 215, 420, 275), color="#FFF9F0", alpha=0.9)
    at = [layer.id for layer in design.layers].index("subline")
    backed = design.model_copy(update={"layers": (*design.layers[:at], panel, *design.layers[at:])})
    assert "overlap.subject" not in codes(judged(backed, subject_mask=mask))


def test_every_finding_speaks_both_languages_and_says_what_next() -> None:
    report = judged(changed("subline", color="#F0E0CC"))
    for finding in report.findings:
        assert re.search(r"[一-鿿]", finding.words.zh) and "!" not in finding.words.en
        assert "请" in finding.words.zh


def test_a_picture_of_another_size_is_refused() -> None:
    with pytest.raises(ValueError, match="600x600"):
        check(poster(), np.zeros((10, 10, 3), np.uint8), layout_of(poster()), BRAND)


def test_without_a_ground_it_is_estimated_and_a_calm_poster_still_passes() -> None:
    design = poster()
    report = check(design, draw(design), layout_of(design), BRAND)
    assert "ocr.disagrees" not in codes(report) and "contrast.low" not in codes(report)


def test_a_report_travels_as_json() -> None:
    report = judged(changed("subline", color="#F0E0CC"))
    assert Report.model_validate_json(report.model_dump_json()) == report


def test_the_same_picture_gets_the_same_report() -> None:
    design = poster()
    assert judged(design) == judged(design)
