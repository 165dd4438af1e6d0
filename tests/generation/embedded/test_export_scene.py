"""The scene file: what an offline renderer reads, without any code of ours."""

import json
from typing import Any

import numpy as np
import pytest

from generation.embedded.export_pairs import Staged, staged
from generation.embedded.export_scene import write_scene
from generation.scenes import columns
from generation.scenes.materials import FINISHES


@pytest.fixture(scope="module")
def scene() -> Staged:
    return staged(5, (160, 288))


@pytest.fixture(scope="module")
def arrays(scene: Staged, tmp_path_factory: pytest.TempPathFactory) -> dict[str, np.ndarray]:
    path = tmp_path_factory.mktemp("scene") / "5.scene.npz"
    write_scene(path, scene.stage, scene.graph, scene.blockout.ids, "petals")
    with np.load(path, allow_pickle=False) as kept:
        return {name: kept[name] for name in kept.files}


def meta_of(arrays: dict[str, np.ndarray]) -> dict[str, Any]:
    meta: dict[str, Any] = json.loads(arrays["meta"].tobytes())
    return meta


def projected(meta: dict[str, Any], points: np.ndarray) -> np.ndarray:
    """Canvas pixels of points, from the file's camera alone."""
    c = meta["camera"]
    y, z = points[:, 1] - c["eye_y"], points[:, 2] - c["eye_z"]
    s, k = np.sin(c["pitch"]), np.cos(c["pitch"])
    away = z * k - y * s
    return np.stack([c["cx"] + c["focal"] * points[:, 0] / away, c["cy"] - c["focal"] * (y * k + z * s) / away], axis=1)


def test_the_file_tells_size_light_materials_and_dressing(scene: Staged, arrays: dict[str, np.ndarray]) -> None:
    meta = meta_of(arrays)
    assert (meta["version"], meta["width"], meta["height"], meta["dressing"]) == (1, 160, 288, "petals")
    assert np.isclose(np.linalg.norm(meta["light"]["sun"]), 1, atol=0.01)
    assert meta["hero"] == scene.graph.subject_id
    assert {m["slug"] for m in meta["materials"]} <= set(FINISHES)
    assert arrays["solid"][:, 5].max() < len(meta["materials"])


def test_every_object_that_is_seen_has_its_meshes_where_it_is_seen(
    scene: Staged, arrays: dict[str, np.ndarray]
) -> None:
    meta, solid = meta_of(arrays), arrays["solid"]
    assert set(scene.blockout.boxes) <= set(solid[:, 4].tolist())
    hero = solid[solid[:, 4] == scene.graph.subject_id]
    points = np.concatenate([arrays["points"][first : first + count] for first, count, *_ in hero])
    seen = scene.blockout.boxes[scene.graph.subject_id or 0]
    pixels = projected(meta, points)
    # Other things may hide a part of the hero, never show more of it.
    assert pixels[:, 0].min() <= seen.x0 + 1 and pixels[:, 0].max() >= seen.x1 - 1
    assert pixels[:, 1].min() <= seen.y0 + 1 and pixels[:, 1].max() >= seen.y1 - 1


def test_quads_name_points_of_their_own_mesh(arrays: dict[str, np.ndarray]) -> None:
    for _, count, quad, quads, *_ in arrays["solid"]:
        own = arrays["quads"][quad : quad + quads]
        assert own.min() >= 0 and own.max() < count


def test_the_bare_ground_is_what_the_fast_tier_shows_where_nothing_stands(
    scene: Staged, arrays: dict[str, np.ndarray]
) -> None:
    ground, pool = arrays["ground"].astype(float), arrays["pool"]
    assert ground.shape == (288, 160, 3) and pool.shape == (288, 160)
    palette = meta_of(arrays)["palette"]["ground"]
    assert np.abs(np.median(ground.reshape(-1, 3), axis=0) - palette).max() < 0.35
    assert np.isclose(float(pool.max()), max(float(scene.stage.frame[columns.POOL_GAIN]), 1.0), rtol=0.1)


def test_dressing_has_no_room_in_text_or_on_things(scene: Staged, arrays: dict[str, np.ndarray]) -> None:
    free = arrays["free"]
    assert (free == 2).any()
    assert not (free[scene.blockout.ids > 0] == 2).any()
    for zone in scene.stage.calm:
        assert (free[int(zone.y0) : int(zone.y1), int(zone.x0) : int(zone.x1)] == 0).all()
