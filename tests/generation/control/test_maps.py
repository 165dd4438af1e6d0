"""Shapes, ranges and meaning of every map of a blockout."""

import numpy as np
import pytest

from generation.control import maps
from generation.control.blockout import Blockout
from generation.scenes.sampling import random_graph, random_layout

W, H = 168, 288


@pytest.fixture(scope="module")
def b() -> Blockout:
    return maps.blockout(random_graph(21), random_layout(21, W, H))


def test_arrays_are_as_the_contract_says(b: Blockout) -> None:
    for name, dtype, extra in (
        ("rgb", np.uint8, (3,)), ("depth", np.float32, ()), ("normals", np.float32, (3,)), ("edges", np.uint8, ()),
        ("ids", np.uint8, ()), ("albedo", np.uint8, (3,)), ("material", np.uint8, (2,)),
    ):  # fmt: skip
        array = getattr(b, name)
        assert array.dtype == dtype
        assert array.shape == (H, W, *extra)
        assert array.flags.c_contiguous
    assert np.isfinite(b.depth).all()
    assert (b.depth > 0).all()
    assert np.allclose(np.linalg.norm(b.normals, axis=2), 1, atol=1e-3)
    assert set(np.unique(b.edges)) == {0, 255}


def test_normals_face_the_camera(b: Blockout) -> None:
    assert np.mean(b.normals[..., 2] > -0.05) > 0.995


def test_boxes_hold_exactly_the_pixels_of_each_id(b: Blockout) -> None:
    seen = set(np.unique(b.ids).tolist()) - {0}
    assert set(b.boxes) == seen
    for number in seen:
        rows, cols = np.nonzero(b.ids == number)
        assert b.boxes[number].as_list() == [cols.min(), rows.min(), cols.max() + 1, rows.max() + 1]


def test_public_maps_are_pictures(b: Blockout) -> None:
    for image in (maps.edge_map(b), maps.depth_map(b), maps.normal_map(b), maps.segmentation_map(b)):
        assert image.dtype == np.uint8
        assert image.shape == (H, W, 3)


def test_near_is_white_in_the_depth_map(b: Blockout) -> None:
    depth = maps.depth_map(b)[..., 0].astype(float)
    order = np.argsort(b.depth.ravel())
    assert depth.ravel()[order[:500]].mean() > depth.ravel()[order[-500:]].mean() + 100


def test_each_object_has_its_own_colour(b: Blockout) -> None:
    picture = maps.segmentation_map(b).reshape(-1, 3)
    assert len(np.unique(picture, axis=0)) == len(np.unique(b.ids))


def test_dense_stack(b: Blockout) -> None:
    stack = maps.dense(b)
    assert stack.shape == (len(maps.DENSE_CHANNELS), H, W)
    assert stack.dtype == np.float32
    assert stack.flags.c_contiguous
    assert stack[[0, 1, 2, 3, 7, 8, 9]].min() >= 0
    assert stack.max() <= 1.0001
    assert stack.min() >= -1.0001


def test_threads_do_not_change_a_byte() -> None:
    scenes = [(random_graph(seed), random_layout(seed, 120, 200)) for seed in (3, 4, 5)]
    together = list(maps.blockouts(scenes, threads=3))
    for (graph, layout), b in zip(scenes, together, strict=True):
        alone = maps.blockout(graph, layout)
        for name in ("rgb", "depth", "normals", "edges", "ids", "albedo", "material"):
            assert getattr(b, name).tobytes() == getattr(alone, name).tobytes()


def test_scenes_that_nobody_waits_for_are_dropped() -> None:
    drawn = maps.blockouts([(random_graph(seed), random_layout(seed, 120, 200)) for seed in range(3, 9)], threads=2)
    assert next(drawn).width == 120
    drawn.close()
    assert next(drawn, None) is None
