"""The checkpoint that is shipped: its size, its card, and that it still does what the card says."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from generation.embedded.evaluation import WHOLE
from generation.engines.loading import CARD, EMBEDDED, asked_for, load_engine
from generation.engines.refiner import FOLDER
from tests.generation.engines.tiny import scene

MIB = 2**20


@pytest.fixture(scope="module")
def card() -> Any:
    return json.loads((EMBEDDED / CARD).read_text(encoding="utf-8"))


def test_it_is_small_enough_for_the_repository() -> None:
    sizes = {p: p.stat().st_size for p in Path(EMBEDDED).rglob("*") if p.is_file()}
    assert sum(sizes.values()) < 36 * MIB
    assert max(sizes.values()) < 16 * MIB
    assert not [p for p in sizes if p.suffix in (".bin", ".pt", ".ckpt", ".pkl")]


def test_the_card_says_what_was_measured(card: Any) -> None:
    rows = card["held_out"]
    assert card["license"] == "Apache-2.0"
    finished = [v["psnr"] for k, v in rows.items() if k.startswith("finished")]
    shipped = rows[WHOLE]["psnr"] if (EMBEDDED / FOLDER).is_dir() else max(finished)
    assert card["gain_db"] == pytest.approx(shipped - rows["fast tier itself"]["psnr"], abs=0.02)


def test_it_loads_and_keeps_the_blockouts_edges() -> None:
    """On a scene that no renderer of ours drew it must at least do no harm: either little light, or told as rendered."""
    from generation.engines.base import PictureRequest

    staged = scene(432, 720)
    made = load_engine(options=asked_for("embedded")).diffuse([PictureRequest(staged, "gift box", "", 1)])[0]
    assert made.rgb.shape == (720, 432, 3)
    if made.made == "diffused":
        assert np.abs(made.rgb.astype(int) - staged.rgb).mean() < 25
        assert float(made.notes["edge_contrast"]) > 0.88
    else:
        assert made.why_rendered and np.array_equal(made.rgb, staged.rgb)


@pytest.mark.slow
def test_it_comes_nearer_to_the_slow_tier_on_a_held_out_scene(card: Any) -> None:
    from generation.embedded.data import draw_pair
    from generation.embedded.evaluation import unit
    from generation.embedded.metrics import psnr
    from generation.engines.base import PictureRequest

    gains = []
    for seed in (3, 5):
        pair = draw_pair(seed)
        made = load_engine(options=asked_for("embedded")).diffuse(
            [PictureRequest(pair.blockout, pair.caption(), "", seed)]
        )[0]
        truth = unit(pair.target)
        gains.append(psnr(unit(made.rgb), truth) - psnr(unit(pair.blockout.rgb), truth))
    assert np.mean(gains) > 0.3 * card["gain_db"]
