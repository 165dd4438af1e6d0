"""Pairs from an offline renderer: any program that keeps to the files. Here a few lines of Python paint what it would."""

import sys
from pathlib import Path

import numpy as np
import pytest

from generation.embedded import export_pairs
from generation.embedded.export_pairs import (
    Renderer,
    calm_map,
    make_pair,
    make_pairs,
    page_of,
    scalars_of,
    settled,
    staged,
)
from generation.embedded.pair_files import pair_paths, read_pair, write_pair

# Draws flat light and, once, dies first: what a renderer may do.
RENDERER = """
import json, sys, time
from pathlib import Path
import numpy as np
folder, died = Path(sys.argv[1]), Path(sys.argv[1]) / "died"
if not died.exists():
    died.touch()
    sys.exit(1)
for _ in range(600):
    for path in folder.glob("*.scene.npz"):
        answer = folder / path.name.replace(".scene.", ".light.")
        if answer.exists():
            continue
        with np.load(path) as scene:
            meta, ground = json.loads(scene["meta"].tobytes()), scene["ground"]
        hero = np.zeros(ground.shape[:2], np.uint8)
        with open(folder / "partial", "wb") as out:
            np.savez(out, image=ground * np.float16(0.5), hero=hero, seconds=0.25, dressing=hero)
        (folder / "partial").rename(answer)
    time.sleep(0.05)
"""


@pytest.fixture
def renderer(tmp_path: Path) -> Renderer:
    script = tmp_path / "renderer.py"
    script.write_text(RENDERER)
    return Renderer([sys.executable, str(script)], tmp_path / "queue", patience=60)


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(export_pairs, "CANVASES", ((96, 160), (160, 96)))


@pytest.mark.usefixtures("small")
def test_pairs_are_drawn_once_and_a_dead_renderer_is_started_again(renderer: Renderer, tmp_path: Path) -> None:
    lines: list[str] = []
    try:
        assert make_pairs(tmp_path / "pairs", range(2, 4), renderer, lines.append) == 2
        assert make_pairs(tmp_path / "pairs", range(2, 5), renderer, lines.append, lambda: len(lines) >= 3) == 1
    finally:
        renderer.close()
    found = pair_paths(tmp_path / "pairs", held_out=True)
    assert [p.stem for p in found] == ["000002", "000003", "000004"] and len(lines) == 3
    assert not list((tmp_path / "queue").glob("*.npz"))


@pytest.mark.usefixtures("small")
def test_a_pair_comes_back_as_it_was_kept(renderer: Renderer, tmp_path: Path) -> None:
    scene = staged(7)
    renderer.folder.mkdir()
    try:
        pair = make_pair(scene, renderer)
    finally:
        renderer.close()
    write_pair(tmp_path / "7.zip", pair)
    again = read_pair(tmp_path / "7.zip")
    for name in ("rgb", "ids", "albedo", "material", "edges"):
        assert np.array_equal(getattr(again.blockout, name), getattr(scene.blockout, name)), name
    assert np.array_equal(again.target, pair.target) and np.array_equal(again.scalars, pair.scalars)
    assert np.abs(again.blockout.normals - scene.blockout.normals).max() < 0.005
    assert np.allclose(1 / again.blockout.depth, 1 / scene.blockout.depth, atol=1e-4)
    assert again.blockout.boxes == scene.blockout.boxes and again.page["seed"] == 7
    assert again.caption() == again.page["caption"]["en"] and again.caption("zh") == again.page["caption"]["zh"]


def test_a_renderer_that_never_answers_is_told_of(tmp_path: Path) -> None:
    (tmp_path / "queue").mkdir()
    scene = staged(3, (96, 160))
    with pytest.raises(RuntimeError, match="ended three times"):
        Renderer([sys.executable, "-c", ""], tmp_path / "queue").light(scene)


def test_text_zones_keep_the_fast_tiers_pixels_and_nothing_shows_where_they_end() -> None:
    scene = staged(11, (192, 336))
    calm = calm_map(scene.stage)
    darker = scene.blockout.rgb.astype(np.float32) * 0.8
    found = settled(darker, scene.blockout, calm).astype(float)
    off = np.abs(found - scene.blockout.rgb).mean(axis=2)
    assert off[calm > 0.98].mean() < 2.0
    ground = scene.blockout.ids == 0
    steps = np.abs(np.diff(off, axis=0))[ground[1:] & ground[:-1]]
    assert np.percentile(steps, 99) < 4.0


def test_scalars_agree_with_the_blockouts_own_material_map() -> None:
    scene = staged(4, (160, 160))
    scalars = scalars_of(scene.stage)
    same = scalars[..., :2] == scene.blockout.material
    assert same[scene.blockout.ids > 0].mean() > 0.99
    assert scalars.shape == (160, 160, 6)


def test_captions_speak_both_languages_and_name_what_is_strewn() -> None:
    page = page_of(staged(9, (96, 160)))
    english, chinese = page["caption"]["en"], page["caption"]["zh"]
    assert english.isascii() and "product stage" in english
    assert "产品展台" in chinese and not any(c.isascii() and c.isalpha() for c in chinese)
    if page["dressing"] != "none":
        assert english.endswith(export_pairs.DRESSINGS[page["dressing"]][0])


def test_a_seed_is_the_same_scene_every_time() -> None:
    one, two = staged(21, (96, 160)), staged(21, (96, 160))
    assert (
        np.array_equal(one.blockout.rgb, two.blockout.rgb) and one.dressing == two.dressing and one.graph == two.graph
    )
