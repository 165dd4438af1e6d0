"""Tiles that bring a picture to its full canvas: planned to cover and overlap, blended so that no border shows."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest

torch = pytest.importorskip("torch")

from generation.engines.batching import MULTIPLE, WIDEST  # noqa: E402
from generation.engines.diffusers_engine import DiffusersEngine  # noqa: E402
from generation.engines.loading import Options  # noqa: E402
from generation.engines.tiles import OVERLAP, ROOM, blend, canvas_size, plan, tile_seam  # noqa: E402
from tests.generation.engines.families.cast import SIDE, SLUGS, engine, folder, pixels, request, some_fast  # noqa: E402

CANVASES = [(1080, 1920), (1080, 1080), (1242, 2208), (2208, 1242), (1200, 628), (3000, 4000), (512, 512)]


@pytest.mark.parametrize("canvas", CANVASES)
@pytest.mark.parametrize("area", [512 * 512, 1024 * 1024, 1328 * 1328])
def test_tiles_cover_the_canvas_overlap_and_are_of_the_models_size(canvas: tuple[int, int], area: int) -> None:
    width, height = canvas_size(*canvas)
    boxes = plan(width, height, area)
    covered = np.zeros((height // 8, width // 8), dtype=bool)
    for x0, y0, x1, y1 in boxes:
        covered[y0 // 8 : y1 // 8, x0 // 8 : x1 // 8] = True
        assert x0 % MULTIPLE == y0 % MULTIPLE == x1 % MULTIPLE == y1 % MULTIPLE == 0
    assert covered.all()
    sizes = {(x1 - x0, y1 - y0) for x0, y0, x1, y1 in boxes}
    assert len(sizes) == 1
    w, h = sizes.pop()
    assert w * h <= ROOM * area and max(w, h) <= WIDEST * min(w, h)
    for low, high in ((0, 2), (1, 3)):
        spans = sorted({(b[low], b[high]) for b in boxes})
        assert all(a[1] - b[0] >= OVERLAP * (a[1] - a[0]) for a, b in pairwise(spans))


def test_parts_of_one_picture_blend_back_into_it() -> None:
    rng = np.random.default_rng(3)
    whole = rng.random((640, 1088, 3)).astype(np.float32)
    boxes = plan(1088, 640, 512 * 512)
    parts = [whole[y0:y1, x0:x1] for x0, y0, x1, y1 in boxes]
    assert len(boxes) > 2 and np.abs(blend(parts, boxes, (1088, 640)) - whole).max() < 1e-5


def test_tiles_of_other_brightness_fade_unseen_and_hard_borders_are_found() -> None:
    """Two halves 12 levels apart: laid edge to edge they make a line, blended over their overlap they don't."""
    rng = np.random.default_rng(3)
    ground = (120 + rng.normal(0, 1.5, (512, 1088, 3))).astype(np.float32)
    boxes = [(0, 0, 640, 512), (448, 0, 1088, 512)]
    parts = [ground[:, :640], ground[:, 448:] + 12]
    assert tile_seam(blend(parts, boxes, (1088, 512)), boxes) < 1.5
    hard = ground.copy()
    hard[:, 640:] += 12
    assert tile_seam(hard, boxes) > 4
    assert tile_seam(ground, [(0, 0, 1088, 512)]) == 1


@pytest.mark.parametrize("slug", some_fast(SLUGS))
def test_a_large_canvas_gets_detail_of_its_own_and_steps_are_told_to_the_end(slug: str) -> None:
    seen: list[tuple[int, int]] = []
    asked = request(224, 256, num_inference_steps=4)
    made = engine(slug).diffuse([asked], lambda i, n, p: seen.append((i, n)))[0]
    plain = DiffusersEngine(folder(slug), device="cpu", options=Options(refine=0.0)).diffuse([asked])[0]
    assert made.rgb.shape == plain.rgb.shape == (256, 224, 3)
    assert [i for i, _ in seen] == list(range(1, seen[-1][1] + 1)) and len(seen) > 4
    assert not np.array_equal(made.rgb, plain.rgb)
    assert "tile_seam" in made.notes and "tile_seam" not in plain.notes
    again = engine(slug).diffuse([asked])[0]
    assert np.array_equal(made.rgb, again.rgb)


def test_tiles_begin_from_the_picture_not_from_the_blockout() -> None:
    """At a strength near nothing the refined picture is the enlarged one, up to the autoencoder's smear."""
    made_by = DiffusersEngine(folder("sd3"), device="cpu", options=Options(refine=0.02))
    plain_by = DiffusersEngine(folder("sd3"), device="cpu", options=Options(refine=0.0))
    asked = request(2 * SIDE, 2 * SIDE, num_inference_steps=4)
    made, plain = (pixels(e.diffuse([asked])[0]).astype(float) for e in (made_by, plain_by))
    small = [p.reshape(SIDE // 8, 16, SIDE // 8, 16, 3).mean(axis=(1, 3)) for p in (made, plain)]
    blockout = asked.blockout.rgb.astype(float).reshape(SIDE // 8, 16, SIDE // 8, 16, 3).mean(axis=(1, 3))
    assert np.corrcoef(small[0].ravel(), small[1].ravel())[0, 1] > np.corrcoef(small[0].ravel(), blockout.ravel())[0, 1]


def test_a_canvas_little_larger_than_the_model_is_only_enlarged() -> None:
    assert "tile_seam" not in engine("sd15").diffuse([request(136, 136)])[0].notes


def test_what_is_kept_stays_through_the_second_pass() -> None:
    keep = np.zeros((256, 224), dtype=bool)
    keep[:128] = True
    asked = request(224, 256, keep=keep)
    made = engine("flux1").diffuse([asked])[0]
    assert "tile_seam" in made.notes and np.array_equal(made.rgb[keep], asked.blockout.rgb[keep])
