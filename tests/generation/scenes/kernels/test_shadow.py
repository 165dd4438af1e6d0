"""Soft shadows: smooth, as dark as a lamp with an area makes them, gone far behind small things."""

from __future__ import annotations

import itertools
import math

import numpy as np
import pytest
from numpy.typing import NDArray

from generation.scenes import columns as f
from generation.scenes.kernels.scene import Scene, work
from generation.scenes.kernels.shadow import lamp_light
from generation.scenes.kernels.trace import along_ray, march
from generation.scenes.looking import scene_of
from generation.scenes.materials import FINISHES, Paint
from generation.scenes.primitives import Part, Shape
from generation.scenes.table import Bench, Pose

SOFT = 0.2
UP = (0.0, 1.0, 0.0)
CARD = Part(Shape.ROUND_BOX, (0.5, 0.02, 0.35), radius=0.01)
BALL = Part(Shape.SPHERE, (0.3, 0.0, 0.0))
SET = 0  # the id of the room's own parts, whose shadows do not fade


def _scene(*things: tuple[Part, float, float], id: int = SET) -> Scene:
    """Parts at (x, height) under a lamp straight above."""
    bench = Bench()
    for part, x, height in things:
        bench.add((part,), [Paint((0.5, 0.5, 0.5), FINISHES["satin"])], id, Pose((x, height, 0.0)))
    frame = np.zeros(f.FRAME_SIZE)
    frame[f.SUN : f.SUN + 3] = UP
    frame[f.SOFT] = SOFT
    return scene_of(bench.tables(), frame)


def _light(s: Scene, x: float, z: float = 0.0) -> float:
    w = work(len(s.P))
    n = along_ray(s.P, s.casters, len(s.P), x, 0.0, z, *UP, 0.02, SOFT, -1, w.own, w.own_spans)
    return float(lamp_light(s, w, n, (x, 0.0, z), UP)) if n else 1.0


def _across(s: Scene, half: float = 1.4, count: int = 400) -> NDArray[np.float64]:
    return np.array([_light(s, x, 0.03) for x in np.linspace(-half, half, count)])


def _by_points(s: Scene, x: float, z: float, count: int = 400) -> float:
    """Share of the lamp's points that are seen, points spread evenly over a disc."""
    w, seen, total = work(len(s.P)), 0.0, 0.0
    for i in range(count):
        r, a = math.sqrt((i + 0.5) / count), 2.399963 * i
        q = 1.0 / math.sqrt(1.0 + (SOFT * r) ** 2)
        d = (SOFT * r * math.cos(a) * q, q, SOFT * r * math.sin(a) * q)
        n = along_ray(s.P, s.casters, len(s.P), x, 0.0, z, *d, 0.0, 0.0, -1, w.own, w.own_spans)
        met = n > 0 and march(s.P, s.V, w.own, w.own_spans, n, x, 0.0, z, *d, 0.01, 20.0, 80, 0.002)[1] >= 0
        seen, total = seen + (0.0 if met else 1.0), total + 1.0
    return seen / total


@pytest.mark.parametrize(("part", "height"), [(CARD, 0.6), (CARD, 2.0), (BALL, 0.8), (BALL, 2.5)])
def test_a_penumbra_is_smooth(part: Part, height: float) -> None:
    light = _across(_scene((part, 0.0, height)))
    step = np.diff(light)
    assert light.min() < 0.6
    assert light.max() == 1.0
    assert np.abs(np.diff(step)).max() < max(0.25 * np.abs(step).max(), 0.005)  # no steps, no streaks
    middle = int(light.argmin())
    assert (step[: middle - 8] <= 2e-3).all()
    assert (step[middle + 8 :] >= -2e-3).all()


@pytest.mark.parametrize(("part", "height"), [(CARD, 0.6), (CARD, 1.5), (BALL, 0.8), (BALL, 1.5)])
def test_it_is_as_dark_as_a_lamp_of_many_points_makes_it(part: Part, height: float) -> None:
    s = _scene((part, 0.0, height))
    places = [(x, z) for x in (0.0, 0.2, 0.4, 0.55, 0.7, 0.9) for z in (0.0, 0.25)]
    errors = [_light(s, x, z) - _by_points(s, x, z) for x, z in places]
    assert float(np.sqrt(np.mean(np.square(errors)))) < 0.1


def test_the_middle_of_a_thin_plates_shadow_is_dark() -> None:
    s = _scene((CARD, 0.0, 0.5))
    assert _light(s, 0.0) < 0.02


def test_parts_of_one_object_shade_as_one_without_a_bright_seam() -> None:
    apart = _across(_scene((BALL, -0.35, 2.0), (BALL, 0.35, 2.0)))
    assert apart[200] < apart[:200].min() + 0.2
    twice = _across(_scene((CARD, 0.0, 1.0), (CARD, 0.0, 1.0)))
    assert np.abs(twice - _across(_scene((CARD, 0.0, 1.0)))).max() < 0.25


def test_shadows_of_objects_fade_with_distance() -> None:
    small = Part(Shape.SPHERE, (0.1, 0.0, 0.0))
    depths = [1.0 - _light(_scene((small, 0.0, h), id=20), 0.0) for h in (0.15, 0.6, 1.5, 3.0)]
    assert depths[0] > 0.9
    assert all(a > b for a, b in itertools.pairwise(depths))
    assert depths[-1] < 0.1
