from pathlib import Path

import numpy as np

from generation.embedded.judging import examples as ex
from generation.layout.geometry import Rect
from generation.scenes.podium import PODIUMS


def test_heroes_of_the_judges_own_scenes_go_through_all_kinds() -> None:
    kinds = ex.hero_kinds()
    number = kinds.index("gift-box") + len(kinds)
    example = ex.own_example(number)
    assert example.hero and example.kinds[0] == "gift-box"
    assert example.crops.shape == (len(example.kinds), 80, 80, 3)
    assert not set(example.kinds) & set(PODIUMS)
    assert 0.01 < (example.mask > 127).mean() < 0.6


def test_objects_that_are_cut_off_hidden_or_tiny_are_left_out() -> None:
    ids = np.zeros((100, 100), np.uint8)
    boxes = {
        1: Rect(30, 30, 70, 70),
        2: Rect(0, 0, 25, 25),
        3: Rect(72, 5, 95, 28),
        4: Rect(5, 80, 10, 85),
        5: Rect(5, 30, 28, 60),
    }
    for i, b in boxes.items():
        ids[int(b.y0) : int(b.y1), int(b.x0) : int(b.x1)] = i
    ids[30:58, 5:28] = 0  # most of 5 is behind something
    names = dict(zip(boxes, ("coin", "cup", "phone", "candle", "wallet"), strict=True))
    example = ex.example_of(np.zeros((100, 100, 3), np.uint8), ids, boxes, names, 1)
    assert example.kinds == ("coin", "phone")
    assert example.mask[32, 32] == 255 and example.mask[2, 2] == 0


def test_a_cut_shows_the_box_in_its_middle_even_at_the_edge() -> None:
    picture = np.zeros((60, 100, 3), np.uint8)
    picture[0:20, 80:100] = 255
    piece = ex.cut(picture, Rect(80, 0, 100, 20), 60, 1.5)
    assert piece.shape == (60, 60, 3)
    assert (piece[20:40, 20:40] == 255).all()
    assert (piece[52:, :8] == 0).all()


def test_an_example_is_kept_whole(tmp_path: Path) -> None:
    example = ex.own_example(3)
    path = tmp_path / "own-000003.npz"
    ex.write(path, example)
    kept = ex.read(path)
    assert (kept.kinds, kept.hero) == (example.kinds, example.hero)
    assert np.array_equal(kept.crops, example.crops) and np.array_equal(kept.mask, example.mask)


def test_both_tiers_of_a_scene_are_held_out_together(tmp_path: Path) -> None:
    for tier in ("fast", "slow"):
        for n in (3, 4, 14):
            (tmp_path / f"{tier}-{n:06d}.npz").touch()
    held = [[int(p.stem[-6:]) for p in ex.paths_of(tmp_path, tier, held=True)] for tier in ("fast", "slow")]
    assert held == [[4, 14], [4, 14]]
    assert len(ex.paths_of(tmp_path, "slow", held=False)) == 1


def test_drawing_stops_and_goes_on(tmp_path: Path) -> None:
    assert ex.draw(tmp_path, "own", 2, lambda: len(list(tmp_path.glob("own-*.npz"))) >= 1) == 1
    assert ex.draw(tmp_path, "portrait", 2, lambda: False) == 2


def test_pair_files_become_examples_of_both_tiers(tmp_path: Path) -> None:
    from generation.embedded.export_pairs import page_of, scalars_of, staged
    from generation.embedded.pair_files import Pair, write_pair

    scene = staged(21, (192, 320))
    b = scene.blockout
    none = np.zeros(b.ids.shape, np.uint8)
    target = np.asarray(255 - b.rgb, dtype=np.uint8)
    pair = Pair(b, target, none, none, scalars_of(scene.stage), page_of(scene))
    (tmp_path / "pairs").mkdir()
    write_pair(tmp_path / "pairs" / "000021.zip", pair)
    assert ex.take_pairs(tmp_path / "examples", tmp_path / "pairs", lambda: False) == 1
    fast, slow = (ex.read(ex.paths_of(tmp_path / "examples", tier)[0]) for tier in ("fast", "slow"))
    assert fast.hero and fast.kinds[0] == scene.graph.objects[0].kind == slow.kinds[0]
    assert np.abs(fast.whole.astype(int) + slow.whole - 255).max() <= 2


def test_a_hero_of_another_kind_leaves_the_rest_as_it_was() -> None:
    from generation.scenes.sampling import random_graph

    graph = random_graph(5)
    changed = ex.with_hero(graph, "candle")
    assert changed.objects[0].kind == "candle" and changed.objects[1:] == graph.objects[1:]
    assert graph.model_copy(update={"objects": changed.objects}) == changed
