"""Numbers worked out by hand from the definitions, the published script's faults included."""

from __future__ import annotations

from math import log10

import numpy as np
import pytest

from generation.layout.geometry import Rect
from generation.layout.metrics import Canvas, Item, Kind, Profile, evaluate, occlusion, unreadability, utility

CANVAS = Canvas(100, 100)


def text(*box: float, kind: Kind = "text") -> Item:
    return Item(kind, Rect(*box))


def panel(*box: float) -> Item:
    return text(*box, kind="underlay")


def test_overlap_is_over_n_in_one_profile_and_over_pairs_in_the_other() -> None:
    # 20 × 10 common, 800 + 800 − 200 together: IoU 1/7
    pair = [text(10, 10, 50, 30), text(30, 20, 70, 40)]
    assert evaluate(CANVAS, [pair], "pku_v1").ove == pytest.approx(1 / 14)
    assert evaluate(CANVAS, [pair], "strict").ove == pytest.approx(1 / 7)


def test_overlap_leaves_underlays_out_and_counts_the_subject() -> None:
    hidden = [text(10, 10, 50, 30), panel(0, 0, 60, 40), text(10, 10, 50, 30, kind="subject")]
    assert evaluate(CANVAS, [hidden], "strict").ove == pytest.approx(1.0)
    alone = [text(10, 10, 50, 30), panel(0, 0, 60, 40)]
    both = [alone, hidden]
    assert evaluate(CANVAS, both, "strict").ove == pytest.approx(1.0)  # one element has no pair
    assert evaluate(CANVAS, both, "pku_v1").ove == pytest.approx(0.25)  # (0 / 1 + 1 / 2) / 2


def test_alignment_takes_the_best_axis_of_all_or_of_each() -> None:
    pair = [text(10, 10, 50, 30), text(12, 40, 62, 70)]
    cost = -log10(0.98)  # left edges are 2 % apart, everything else further
    assert evaluate(CANVAS, [pair], "pku_v1").ali == pytest.approx(2 * cost)
    assert evaluate(CANVAS, [pair], "strict").ali == pytest.approx(cost)
    three = [*pair, text(10, 80, 20, 90)]
    assert evaluate(CANVAS, [three], "pku_v1").ali == 0.0
    assert evaluate(CANVAS, [three], "strict").ali == pytest.approx(cost / 3)


def test_one_element_is_aligned() -> None:
    assert evaluate(CANVAS, [[text(10, 10, 50, 30)]], "strict").ali == 0.0
    assert evaluate(CANVAS, [[text(10, 10, 50, 30)]], "pku_v1").ali == 0.0


def test_small_boxes_are_invalid_after_clamping_and_counted_over_all_layouts() -> None:
    layouts = [
        [text(10, 10, 50, 30), text(0, 0, 3, 3)],  # 9 px² of 10,000
        [text(-50, 0, 2, 4), text(20, 20, 40, 40)],  # 2 × 4 is left on the canvas
    ]
    profiles: tuple[Profile, ...] = ("pku_v1", "strict")
    for profile in profiles:
        assert evaluate(CANVAS, layouts, profile).val == pytest.approx(0.5)


def test_only_strict_clamps_what_it_keeps() -> None:
    pair = [text(-20, 10, 20, 30), text(0, 10, 20, 30)]
    assert evaluate(CANVAS, [pair], "pku_v1").ove == pytest.approx(0.5 / 2)
    assert evaluate(CANVAS, [pair], "strict").ove == pytest.approx(1.0)


def test_the_published_script_does_not_look_at_the_right_edge() -> None:
    sticks_out = [panel(10, 10, 60, 40), text(20, 20, 70, 30)]  # 40 of 50 px lie on the panel
    pku, strict = evaluate(CANVAS, [sticks_out], "pku_v1"), evaluate(CANVAS, [sticks_out], "strict")
    assert pku.und_l == strict.und_l == pytest.approx(0.8)
    assert pku.und_s == 1.0
    assert strict.und_s == 0.0


def test_underlays_are_judged_only_where_there_are_any() -> None:
    held = [panel(10, 10, 60, 40), text(20, 20, 60, 30)]
    plain = [text(20, 20, 60, 30)]
    assert evaluate(CANVAS, [held, plain], "strict").und_s == 1.0
    assert evaluate(CANVAS, [plain], "strict").und_s is None
    bare = [panel(10, 10, 60, 40)]
    assert evaluate(CANVAS, [held, bare], "strict").und_l == pytest.approx(0.5)


def test_empty_layouts_are_reported_and_not_averaged_in() -> None:
    pair = [text(10, 10, 50, 30), text(30, 20, 70, 40)]
    strict = evaluate(CANVAS, [pair, []], "strict")
    assert strict.empty == 1
    assert strict.ove == pytest.approx(1 / 7)
    assert evaluate(CANVAS, [pair, []], "pku_v1").ove == pytest.approx(1 / 28)


def test_utility_and_occlusion_by_hand() -> None:
    saliency = np.zeros((100, 100))
    saliency[:, :50] = 1.0
    mask = np.zeros((100, 100), dtype=bool)
    mask[0:20, 25:100] = True
    assert utility(saliency, mask) == pytest.approx(1000 / 5000)
    assert occlusion(saliency, mask) == pytest.approx(500 / 1500)
    assert occlusion(saliency, np.zeros((100, 100), dtype=bool)) == 0.0


def test_unreadability_of_one_hard_edge() -> None:
    grey = np.array([[0.0, 0.0, 1.0, 1.0]] * 4)
    everywhere = np.ones((4, 4), dtype=bool)
    # the two columns at the edge have the largest possible horizontal gradient and no vertical one
    assert unreadability(grey, everywhere) == pytest.approx(0.5 * 0.5**0.5)
