"""Each remedy mends what it is for, within its bounds, and the log says what was done."""

from typing import Any

import numpy as np
import pytest

from brand_styles.words import Words
from generation.compositing.design import LogoLayer, TextLayer
from generation.layout.geometry import Rect
from generation.preflight.remedies import apply, resize
from generation.repair import MOST, preflight_and_repair
from generation.types import Finding, RepairStep
from tests.generation.preflight.posters import BRAND, HEIGHT, PALETTE, WIDTH, draw, layout_of, poster, scene, text


def mend(design: Any, ground: Any = None, **more: Any) -> Any:
    return preflight_and_repair(
        design, layout_of(design), BRAND, palette=PALETTE, compose=lambda d: draw(d, ground), **more
    )


def with_layer(id: Any, **update: Any) -> Any:
    design = poster()
    return design.replaced(design.layer(id).model_copy(update=update))


def test_a_sound_poster_is_left_alone() -> None:
    design, _, report = mend(poster())
    assert design == poster()
    assert (report.verdict, report.first_pass, report.repairs) == ("pass", True, ())


def test_pale_type_is_recoloured_from_the_palette() -> None:
    design, _, report = mend(with_layer("subline", color="#F0E0CC"))
    assert (report.verdict, report.first_pass) == ("pass", False)
    assert [(s.action, s.layer, s.mended) for s in report.repairs] == [("recolour", "subline", True)]
    assert design.layer("subline").color in (PALETTE.text, PALETTE.text_soft, "#1E1A18")


def test_type_on_type_is_moved_to_a_free_place() -> None:
    broken = with_layer("subline", box=poster().layer("headline").box.moved(20, 10))
    broken = broken.replaced(broken.layer("subline").model_copy(update={"box": Rect(60, 150, 330, 180)}))
    design, _, report = mend(broken)
    assert report.verdict == "pass"
    assert any(s.action == "move" and s.mended for s in report.repairs)
    moved = design.layer("subline").box
    assert Rect(0, 0, WIDTH, HEIGHT).contains(moved)
    assert moved.intersection(design.layer("headline").box) is None


def test_small_legal_type_is_set_at_its_least_size() -> None:
    broken = poster().replaced(text("legal-1", "legal", "活动时间：12月18日至20日。", 40, 500, 8))
    design, _, report = mend(broken)
    assert report.verdict == "pass"
    assert design.layer("legal-1").style.size >= 10.79


def test_a_restless_ground_gets_a_device_under_the_line() -> None:
    """Black and white stripes: no colour can be read, so something must lie beneath."""
    ground = scene()
    ground[225:268, 30:330] = np.where(np.arange(300)[None, :, None] % 16 < 8, 0, 255)
    broken = with_layer("subline", color="#B0B0B0")
    design, _, report = mend(broken, ground)
    assert report.verdict == "pass"
    assert {s.action for s in report.repairs} & {"underlay", "move"}
    assert len(design.layers) >= len(broken.layers)


def test_never_more_than_four_attempts_and_all_are_logged() -> None:
    spoilt = poster()
    for id in ("headline", "subline", "legal-1", "ai-label", "cta", "price"):
        spoilt = spoilt.replaced(spoilt.layer(id).model_copy(update={"color": "#FFEFDA"}))
    _, _, report = mend(spoilt)
    assert len(report.repairs) == MOST
    assert [s.attempt for s in report.repairs] == [1, 2, 3, 4]


def test_copy_findings_block_and_no_repair_touches_words() -> None:
    finding = Finding(code="rule.X", severity="block", words=Words(en="x", zh="x"), layer="headline")
    design, _, report = mend(poster(), copy_findings=(finding,))
    assert report.verdict == "blocked" and design == poster() and report.repairs == ()


@pytest.mark.parametrize("size", [10.8, 11.0])
def test_resize_never_goes_under_the_least(size: Any) -> None:
    layer = text("legal-1", "legal", "活动时间", 40, 500, size)
    design = poster().replaced(layer)
    finding = Finding(code="text.outside_box", severity="block", words=Words(en="x", zh="x"), layer="legal-1")
    done = resize(design, layer, finding)
    mended = done[0].layer("legal-1") if done else layer
    assert isinstance(mended, TextLayer) and mended.style.size >= 10.79


def test_a_logo_gives_way_to_the_brand_s_other_drawing_or_gets_a_plate() -> None:
    design = poster()
    logo = next(layer for layer in design.layers if isinstance(layer, LogoLayer))
    seen = Finding(code="logo.ground", severity="block", words=Words(en="", zh=""), layer=logo.id, box=logo.box)

    def mended(action: str, brand: Any = BRAND) -> Any:
        return apply(action, design, layout_of(design), seen, PALETTE, scene(), brand)

    swapped = mended("swap_logo")[0].layer(logo.id)
    assert {swapped.ground, logo.ground} == {"light", "dark"}
    assert logo.box.grown(0.5).contains(swapped.box)
    plated = mended("underlay")[0]
    ids = [layer.id for layer in plated.layers]
    assert ids.index("logo-plate") == ids.index(logo.id) - 1
    assert plated.layer(logo.id) == logo
    assert mended("swap_logo", BRAND.model_copy(update={"logos": BRAND.logos[:1]})) is None


def test_what_was_mended_before_counts_among_the_four_and_is_no_first_pass() -> None:
    step = RepairStep(attempt=1, finding="rule.X", layer="headline", action="rewrite", detail="", mended=True)
    costs: list[float] = []
    _, _, report = mend(with_layer("subline", color="#F0E0CC"), before=(step,), costs=costs)
    assert (report.verdict, report.first_pass, [s.attempt for s in report.repairs]) == ("pass", False, [1, 2])
    assert len(costs) == 1 and costs[0] > 0
    _, _, untouched = mend(poster(), before=(step,))
    assert (untouched.first_pass, untouched.repairs) == (False, (step,))
