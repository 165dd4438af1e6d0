"""A gradient for the type darkens the wall and not the things before it."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from brand_styles.sample import demo
from generation.compositing.dress import dress
from generation.compositing.foreground import foreground, laid_over
from generation.control.blockout import Blockout
from generation.layout.geometry import Rect
from generation.planning.brief import load_brief
from generation.producing import prepare
from tests.generation.engines.tiny import scene

BRIEF = Path(__file__).resolve().parents[3] / "docs" / "briefs" / "demo.yaml"

LEFT, RIGHT, CUT = Rect(20, 60, 50, 100), Rect(80, 60, 110, 100), Rect(0, 10, 30, 40)


def three_things() -> Blockout:
    """Thing 1 at the left, 2 at the right, 3 cut by the left edge of a 128 × 160 canvas."""
    b = scene(128, 160)
    ids = np.zeros(b.ids.shape, np.uint8)
    for n, box in ((1, LEFT), (2, RIGHT), (3, CUT)):
        x0, y0, x1, y1 = box.rounded()
        ids[y0:y1, x0:x1] = n
    return replace(b, ids=ids, boxes={1: LEFT, 2: RIGHT, 3: CUT}, subject_id=None)


def seen(cut: np.ndarray, box: Rect) -> float:
    """Mean alpha well inside a box, 0 to 1."""
    x0, y0, x1, y1 = box.grown(-4).rounded()
    return float(cut[y0:y1, x0:x1, 3].mean() / 255)


def test_free_things_are_cut_out_and_the_ground_is_not() -> None:
    b = three_things()
    cut = foreground(b.rgb, b, [])
    assert cut is not None and cut.shape == (160, 128, 4)
    assert seen(cut, LEFT) == seen(cut, RIGHT) == 1
    assert seen(cut, Rect(20, 110, 110, 150)) == 0
    assert np.array_equal(cut[..., :3], b.rgb)


def test_what_reaches_under_type_or_over_the_frame_keeps_the_gradient() -> None:
    b = three_things()
    cut = foreground(b.rgb, b, [Rect(40, 90, 60, 120)])
    assert cut is not None
    assert seen(cut, LEFT) == seen(cut, CUT) == 0 and seen(cut, RIGHT) == 1
    assert foreground(b.rgb, b, [Rect(0, 0, 128, 160)]) is None


def test_a_box_that_only_touches_a_things_box_is_not_under_it() -> None:
    b = three_things()
    b.ids[60:70, 20:30] = 0  # the corner of thing 1 is empty
    cut = foreground(b.rgb, b, [Rect(10, 50, 29, 69)])
    assert cut is not None and cut[80, 35, 3] == 255


def test_the_subject_stays_even_where_the_canvas_cuts_it() -> None:
    b = replace(three_things(), subject_id=3)
    cut = foreground(b.rgb, b, [])
    assert cut is not None and seen(cut, CUT) == 1


def test_laid_over_a_darkened_picture_the_things_have_their_colours_again() -> None:
    b = three_things()
    cut = foreground(b.rgb, b, [])
    assert cut is not None
    ground = b.rgb // 2
    laid_over(ground, cut)
    assert np.array_equal(ground[70:90, 30:40], b.rgb[70:90, 30:40])
    assert np.array_equal(ground[120:150], b.rgb[120:150] // 2)


@pytest.mark.parametrize(("shade", "layers"), [(128, ["scrim", "things"]), (20, [])])
def test_a_design_has_the_things_above_its_gradients_and_only_there(shade: int, layers: list[str]) -> None:
    brief = load_brief(BRIEF, overrides={"formats": "300x250"})
    production = prepare(brief, demo())
    task, layout = production.tasks[0], production.layouts[0]
    picture = np.full((250, 300, 3), shade, np.uint8)
    things = np.zeros((250, 300, 4), np.uint8)
    design, _ = dress(task.plan, layout, picture, demo(), light=(0.8, 0.6), things=things)
    told = [layer.id.split("-")[0] for layer in design.layers]
    assert [name for name in dict.fromkeys(told) if name in ("scrim", "things")] == layers
