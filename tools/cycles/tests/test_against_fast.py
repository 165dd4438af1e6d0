"""The tool's pictures against the product's own: the same shapes in the same places, the same colours, calm text zones.

Runs in the product's environment and starts the tool as a program. `make cycles-test` makes both first.
"""

# ruff: noqa: S101
import os
import subprocess
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from brand_styles.colors import cielab_of_rgb, delta_e_2000
from generation.embedded.export_pairs import Renderer, Staged, make_pair, staged
from generation.embedded.export_scene import write_scene
from generation.embedded.pair_files import Pair

TOOL = Path(__file__).resolve().parent.parent
PYTHON = TOOL / ".venv" / "bin" / "python"
BEYOND = 0.0005  # share of pixels that may be off by more than one


def found_within_a_pixel(one: NDArray[np.uint8], two: NDArray[np.uint8]) -> NDArray[np.bool_]:
    """Where the id that `one` shows is among the nine pixels about the same place in `two`."""
    padded = np.pad(two, 1, mode="edge")
    height, width = one.shape
    near = [padded[j : j + height, i : i + width] == one for j in range(3) for i in range(3)]
    return np.asarray(np.any(near, axis=0))


@pytest.mark.parametrize(("seed", "canvas"), [(1, (256, 448)), (2, (448, 256)), (3, (320, 320)), (14, (384, 672))])
def test_silhouettes_agree_within_a_pixel(seed: int, canvas: tuple[int, int], tmp_path: Path) -> None:
    scene = staged(seed, canvas)
    path, out = tmp_path / "one.scene.npz", tmp_path / "ids.npy"
    write_scene(path, scene.stage, scene.graph, scene.blockout.ids)
    subprocess.run([PYTHON, TOOL / "silhouettes.py", path, out], check=True, capture_output=True)
    mine, its = scene.blockout.ids, np.load(out)
    off = ~(found_within_a_pixel(mine, its) & found_within_a_pixel(its, mine))
    assert off.mean() <= BEYOND, f"{(mine != its).mean():.3%} differ, {off.mean():.4%} by more than a pixel"


@pytest.fixture(scope="module")
def renderer(tmp_path_factory: pytest.TempPathFactory) -> Renderer:
    return Renderer([str(PYTHON), str(TOOL / "render.py"), "--samples", "8"], tmp_path_factory.mktemp("queue"))


@pytest.fixture(scope="module")
def drawn(renderer: Renderer) -> tuple[Staged, Pair]:
    scene = staged(8, (192, 336))
    try:
        return scene, make_pair(scene, renderer)
    finally:
        renderer.close()


def test_the_ground_keeps_its_colour(drawn: tuple[Staged, Pair]) -> None:
    scene, pair = drawn
    ground = scene.blockout.ids == 0
    two = [np.median(picture[ground], axis=0) for picture in (scene.blockout.rgb, pair.target)]
    assert float(delta_e_2000(*(cielab_of_rgb(color / 255) for color in two))) < 6


def test_text_zones_stay_calm_and_the_rest_does_not(drawn: tuple[Staged, Pair]) -> None:
    scene, pair = drawn
    away = np.abs(pair.target.astype(int) - scene.blockout.rgb).mean(axis=2)
    assert away[pair.zones > 0].mean() < 4
    assert away[pair.zones == 0].mean() > 2 * away[pair.zones > 0].mean()


def test_a_scene_is_drawn_the_same_twice(tmp_path: Path) -> None:
    scene = staged(6, (96, 160))
    answers = []
    for name in ("a", "b"):
        folder = tmp_path / name
        folder.mkdir()
        write_scene(folder / "6.scene.npz", scene.stage, scene.graph, scene.blockout.ids, "confetti")
        subprocess.run(
            [PYTHON, TOOL / "render.py", folder, "--samples", "4"], check=True, capture_output=True, env=os.environ
        )
        with np.load(folder / "6.light.npz") as kept:
            answers.append(kept["image"])
    assert np.array_equal(*answers)


def test_a_stop_file_ends_it_before_the_next_picture(tmp_path: Path) -> None:
    scene = staged(6, (96, 160))
    write_scene(tmp_path / "6.scene.npz", scene.stage, scene.graph, scene.blockout.ids)
    (tmp_path / "stop").touch()
    subprocess.run([PYTHON, TOOL / "render.py", tmp_path, "--stop", tmp_path / "stop"], check=True, capture_output=True)
    assert not list(tmp_path.glob("*.light.npz"))
