"""Both tiers: the same bytes every time, the same shapes in both, one light."""

import numpy as np

from generation.scenes import render_fast, render_slow
from generation.scenes.sampling import random_graph, random_layout
from generation.scenes.staging import stage


def test_the_same_graph_gives_the_same_bytes() -> None:
    graph, layout = random_graph(12), random_layout(12, 160, 256)
    one, two = (render_fast.render(stage(graph, layout), 160, 256) for _ in range(2))
    assert one.rgb.tobytes() == two.rgb.tobytes()
    assert one.depth.tobytes() == two.depth.tobytes()


def test_slow_tier_keeps_the_fast_tiers_picture() -> None:
    made = stage(random_graph(12), random_layout(12, 128, 224))
    fast = render_fast.render(made, 128, 224).rgb.astype(float)
    slow = render_slow.render(made, 128, 224, samples=4)
    assert slow.dtype == np.uint8
    assert slow.shape == (224, 128, 3)
    assert slow.tobytes() == render_slow.render(made, 128, 224, samples=4).tobytes()
    assert np.abs(fast - slow).mean() < 16
    assert np.abs(fast - slow).max() > 20  # and yet adds something


def test_the_shadow_falls_away_from_the_key_light() -> None:
    for side, sign in (("left", 1), ("right", -1)):
        graph = random_graph(5)
        graph = graph.model_copy(update={"light": graph.light.model_copy(update={"side": side})})
        made = stage(graph, random_layout(5, 128, 224))
        assert np.sign(made.light[0]) == sign
        assert made.light[1] > 0
        assert np.hypot(*made.light) == 1.0 or abs(np.hypot(*made.light) - 1) < 1e-9


def test_a_preview_is_the_same_scene_smaller() -> None:
    made = stage(random_graph(7), random_layout(7, 320, 480))
    full, small = render_fast.render(made, 320, 480), render_fast.render(made, 160, 240, preview=True)
    assert np.mean(full.ids[::2, ::2] == small.ids) > 0.97
