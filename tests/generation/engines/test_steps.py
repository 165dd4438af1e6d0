"""The arithmetic of steps, batches and sizes."""

from __future__ import annotations

from typing import Any

import pytest

from generation.engines.batching import batches, job_for, model_size, subject_window, why_not
from generation.engines.steps import schedule_for, zone_mask
from tests.generation.engines.tiny import request, scene

torch = pytest.importorskip("torch")


@pytest.mark.parametrize("steps", [1, 4, 6, 20])
@pytest.mark.parametrize("strength", [0.05, 0.3, 1 / 3, 0.6, 0.75, 0.99, 1.0])
def test_a_pipeline_takes_the_steps_wanted(steps: Any, strength: Any) -> None:
    asked, passed = schedule_for(steps, strength)
    assert min(int(asked * passed), asked) == steps  # as diffusers counts them
    assert abs(passed - strength) <= 1 / asked + 1e-9


@pytest.mark.parametrize(("steps", "strength"), [(0, 1.0), (4, 0.0), (4, 1.2)])
def test_senseless_schedules_are_refused(steps: Any, strength: Any) -> None:
    with pytest.raises(ValueError):
        schedule_for(steps, strength)


def test_a_cell_belongs_to_a_zone_that_covers_half_of_it() -> None:
    mask = zone_mask([[(1.4, 0.0, 3.6, 2.0)], []], 3, 5)
    assert mask[0, 0].tolist() == [[0, 1, 1, 1, 0], [0, 1, 1, 1, 0], [0, 0, 0, 0, 0]]
    assert mask[1].sum() == 0


@pytest.mark.parametrize(("width", "height"), [(1080, 1920), (1080, 1080), (1200, 628), (1242, 2208), (300, 250)])
def test_the_model_sees_the_canvas_shape(width: int, height: int) -> None:
    w, h = model_size(width, height, 384 * 672)
    assert w % 32 == h % 32 == 0
    assert w * h == pytest.approx(384 * 672, rel=0.1)
    assert w / h == pytest.approx(width / height, rel=0.08)


def test_the_story_format_is_the_size_of_training() -> None:
    assert model_size(1080, 1920, 384 * 672) == (384, 672)


def test_requests_of_one_shape_share_a_batch_and_large_groups_are_cut() -> None:
    asked = [request(192, 320, seed=i) for i in range(5)] + [request(320, 192), request(192, 320, strength=0.5)]
    groups = batches([job_for(i, r, 128 * 160) for i, r in enumerate(asked)], largest=4)
    assert [[j.index for j in g] for g in groups] == [[0, 1, 2, 3], [4], [5], [6]]


def test_a_long_canvas_without_a_subject_is_rendered() -> None:
    from dataclasses import replace

    bare = replace(request(), blockout=scene(970, 250, subject=False))
    assert "subject" in str(why_not(bare))
    assert why_not(replace(request(), blockout=scene(970, 250))) is None


def test_the_subjects_window_holds_the_subject_and_not_the_canvas() -> None:
    staged = scene(1600, 400)
    window = subject_window(staged)
    assert window.contains(staged.boxes[1]) and window.width < 0.5 * staged.width
