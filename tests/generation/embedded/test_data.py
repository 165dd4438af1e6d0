"""Training pairs: what is kept, what a mirror does, and how noise is taken out."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from generation.embedded.data import Examples, crops, draw_pair, flipped, mirrored
from generation.embedded.denoise import denoise
from generation.embedded.export_pairs import CANVASES
from generation.embedded.metrics import edge_psnr, psnr, ssim
from generation.embedded.pair_files import HELD_OUT, pair_path, pair_paths, write_pair
from tests.generation.embedded.pairs import pair
from tests.generation.engines.tiny import scene


def test_the_first_seeds_are_held_out(tmp_path: Path) -> None:
    for seed in (HELD_OUT - 1, HELD_OUT, 400):
        write_pair(pair_path(tmp_path, seed), pair())
    assert [p.stem for p in pair_paths(tmp_path)] == [f"{HELD_OUT:06d}", "000400"]
    assert [p.stem for p in pair_paths(tmp_path, held_out=True)] == [f"{HELD_OUT - 1:06d}"]


def test_the_mirror_image_has_its_own_normals_and_caption() -> None:
    stack = pair().stack()
    turned = flipped(stack)
    assert np.array_equal(flipped(turned), stack)
    right_of_ball = stack[7, :, 100:].max(), turned[7, :, :60].min()
    assert int(right_of_ball[0]) + int(right_of_ball[1]) == 255
    assert mirrored("gift, light from the left") == "gift, light from the right"
    assert mirrored("礼盒，左侧光") == "礼盒，右侧光"


def test_crops_are_busy_and_the_same_for_a_seed(tmp_path: Path) -> None:
    write_pair(pair_path(tmp_path, 20), pair())
    examples = Examples.read(pair_paths(tmp_path))
    a, b = (next(crops(examples, 64, 4, np.random.default_rng(3))) for _ in range(2))
    assert a.shape == (4, 3, 64, 64) and np.array_equal(a, b)


def test_noise_goes_and_edges_stay() -> None:
    staged = scene(160, 192)
    lit = staged.rgb.astype(np.float32) + (staged.ids == 1)[..., None] * 20
    noisy = np.clip(lit + np.random.default_rng(1).normal(0, 12, lit.shape), 0, 255).astype(np.uint8)
    truth = (np.clip(lit, 0, 255) / 255).astype(np.float32)
    before, after = ((p / 255).astype(np.float32) for p in (noisy, denoise(noisy, staged)))
    assert psnr(after, truth) > psnr(before, truth) + 5
    assert edge_psnr(after, truth) > edge_psnr(before, truth) + 3


def test_figures_of_known_pictures() -> None:
    grey = np.full((64, 64, 3), 0.5, np.float32)
    assert psnr(grey, grey + np.float32(0.1)) == pytest.approx(20, abs=0.01)  # −20·log10(0.1)
    assert ssim(grey, grey) == pytest.approx(1)
    halves = grey.copy()
    halves[:, 32:] = 0.9
    assert edge_psnr(halves + np.float32(0.1), halves) == pytest.approx(20, abs=0.01)
    assert ssim(grey, halves) < 0.99


@pytest.mark.slow
def test_a_drawn_pair_is_the_same_scene_twice_over() -> None:
    drawn = draw_pair(3)
    assert (drawn.blockout.width, drawn.blockout.height) in CANVASES
    assert drawn.target.shape == drawn.blockout.rgb.shape
    assert "light from the" in drawn.caption() and not drawn.dressing.any()
    change = np.abs(drawn.target.astype(int) - drawn.blockout.rgb)
    assert 1 < change.mean() < 40
    assert np.array_equal(draw_pair(3).target, drawn.target)
