"""Tiles leave out no part that one of their rays meets."""

from __future__ import annotations

import numpy as np

from generation.scenes import columns as f
from generation.scenes.kernels.cones import TILE, single, through_tile
from generation.scenes.kernels.frame import ray
from generation.scenes.kernels.maps import extents
from generation.scenes.kernels.scene import Work, work
from generation.scenes.kernels.trace import along_ray, ground_hit, march
from generation.scenes.kernels.visible import first_hit
from generation.scenes.looking import rows, scene_of
from generation.scenes.sampling import random_graph, random_layout
from generation.scenes.staging import stage

W, H = 160, 288


def _alone(s, px: float, py: float, w: Work) -> tuple[float, int]:  # type: ignore[no-untyped-def]
    """What one ray meets among all parts."""
    dx, dy, dz = ray(s.F, px, py)
    y, z = s.F[f.EYE_Y], s.F[f.EYE_Z]
    end = min(ground_hit(s.F, 0.0, y, z, dx, dy, dz), 200.0)
    n = along_ray(s.P, rows(s), len(s.P), 0.0, y, z, dx, dy, dz, 0.005, 0.0, -1, w.own, w.own_spans)
    found = march(s.P, s.V, w.own, w.own_spans, n, 0.0, y, z, dx, dy, dz, 0.1, end, 110, 1.0 / s.F[f.FOCAL])
    return found if n else (end, -1)


def test_a_ray_meets_in_its_tile_what_it_meets_among_all_parts() -> None:
    rng = np.random.default_rng(1)
    differ = met = 0
    for seed in (4, 9, 20):
        made = stage(random_graph(seed), random_layout(seed, W, H))
        s = scene_of(made.main, made.frame)
        w = work(len(s.P))
        for _ in range(400):
            px, py = float(rng.uniform(0, W)), float(rng.uniform(0, H))
            alone = _alone(s, px, py, w)
            count = through_tile(s, rows(s), int(px) // TILE * TILE, int(py) // TILE * TILE, TILE, False, w)
            here = first_hit(s, w, count, px, py, 0.1)
            met += alone[1] >= 0
            differ += here[1] != alone[1] or abs(here[0] - alone[0]) > 0.01 * alone[0]
    assert met > 300
    assert differ <= 3  # two parts that touch


def test_a_tile_that_sees_only_ground_has_no_parts() -> None:
    made = stage(random_graph(4), random_layout(4, W, H))
    s = scene_of(made.main, made.frame)
    counts = [
        through_tile(s, rows(s), i, j, TILE, False, work(len(s.P)))
        for j in range(0, H, TILE)
        for i in range(0, W, TILE)
    ]
    assert 0 < sum(n == 0 for n in counts) < len(counts)
    assert max(counts) <= len(s.P)
    assert single(s.P, work(1), 0, (0.0, 1.0, 0.0), (0.0, 0.0, 1.0), 0.0, 0.0) == 0


def test_extents_are_exact() -> None:
    ids = np.zeros((7, 9), np.uint8)
    ids[2:5, 3:8] = 4
    ids[6, 0] = 255
    found = np.empty((256, 4), np.int64)
    extents(ids, found)
    assert found[4].tolist() == [3, 2, 8, 5]
    assert found[255].tolist() == [0, 6, 1, 7]
    assert not found[1:4, 2].any()
