"""The training run, tiny: it goes on where it stopped, and what it writes is a checkpoint that the engine loads."""

from __future__ import annotations

import dataclasses
import json
from pathlib import Path
from typing import Any

import pytest

from generation.embedded.pair_files import pair_path, write_pair
from tests.generation.embedded.pairs import pair
from tests.generation.engines.tiny import request

torch = pytest.importorskip("torch")

from generation.embedded import flow, train  # noqa: E402
from generation.embedded.architecture import build_tokenizer, split_words  # noqa: E402
from generation.embedded.evaluation import PIXELS_ALONE, WHOLE  # noqa: E402
from generation.embedded.refining import refiner_loss  # noqa: E402
from generation.engines.diffusers_engine import DiffusersEngine  # noqa: E402
from generation.engines.loading import CARD  # noqa: E402
from generation.engines.refiner import Refiner, RefinerSizes  # noqa: E402


@pytest.fixture(scope="module")
def training(tmp_path_factory: Any) -> Any:
    work = tmp_path_factory.mktemp("work")
    (work / "data").mkdir()
    for seed in (0, 16, 17):
        write_pair(pair_path(work / "data", seed), pair(128, 160, (1.1, 1.0, 0.9)))
    told: list[str] = []
    run = train.Training(work, autoencoder_minutes=0.02, diffusion_minutes=0.02, refiner_minutes=0.05, tell=told.append)
    train.run(train.tiny(run), train.STAGES[1:])
    return train.tiny(run)


def test_the_result_loads_and_draws(training: Any) -> None:
    engine = DiffusersEngine(training.folder, device="cpu")
    assert engine.control_map == "dense" and engine.name == train.NAME
    assert engine.diffuse([request(192, 256)])[0].rgb.shape == (256, 192, 3)


def test_the_card_holds_the_held_out_table_and_the_gain(training: Any) -> None:
    card = json.loads((training.folder / CARD).read_text(encoding="utf-8"))
    rows = card["held_out"]
    assert set(rows["fast tier itself"]) == {"psnr", "ssim", "edge_psnr"}
    assert card["gain_db"] == pytest.approx(rows[WHOLE]["psnr"] - rows["fast tier itself"]["psnr"], abs=0.02)
    assert card["pairs"] == 2 and card["cpu_seconds"]["diffusion"] >= 0


def test_a_stopped_stage_goes_on_and_a_finished_one_stays_finished(training: Any) -> None:
    state = torch.load(training.work / "diffusion.pt", weights_only=True)
    before = state["step"]
    train.run(training, ("diffusion",))
    assert torch.load(training.work / "diffusion.pt", weights_only=True)["step"] == before
    longer = dataclasses.replace(training, diffusion_minutes=state["wall"] / 60 + 0.05)
    train.run(longer, ("diffusion",))
    assert torch.load(training.work / "diffusion.pt", weights_only=True)["step"] > before


def test_the_pixel_network_learns_what_its_pairs_add(training: Any) -> None:
    rows = json.loads((training.folder / CARD).read_text(encoding="utf-8"))["held_out"]
    assert rows[PIXELS_ALONE]["psnr"] > rows["fast tier itself"]["psnr"]


def test_dressing_that_no_map_tells_of_does_not_count(training: Any) -> None:
    maps, light = torch.rand(1, 13, 16, 16), torch.zeros(1, 3, 16, 16)
    wanted = torch.zeros(1, 3, 16, 16)
    wanted[..., :8] = 1
    weight = torch.ones(1, 1, 16, 16)
    weight[..., :8] = 0
    model = Refiner(RefinerSizes(16, 16, 1, 1))
    assert float(refiner_loss(model, (maps, light, wanted, weight)).detach()) == 0
    assert float(refiner_loss(model, (maps, light, wanted, torch.ones_like(weight))).detach()) > 0.4


def test_without_pairs_it_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match="render"):
        train.run(train.Training(tmp_path), ("autoencoder",))


def test_a_straight_way_ends_at_the_slow_tier() -> None:
    torch.manual_seed(2)
    slow, fast = torch.randn(6, 4, 8, 8), torch.randn(6, 4, 8, 8)
    noisy, level, velocity = flow.noised(slow, fast)
    # one step of the scheduler from level s to 0 (x − s·v) lands on slow where the velocity is right
    strength = (noisy - slow) / velocity
    assert torch.allclose(strength.mean(dim=(1, 2, 3)), level, atol=1e-3)


def test_words_of_both_languages_have_tokens() -> None:
    tokenizer = build_tokenizer(["gift box", "金色 礼盒", "3d render"], 12)
    assert split_words("金色礼盒 Gift-box") == ["金", "色", "礼", "盒", "gift", "box"]
    known = tokenizer("礼盒, 金色 Gift box 3D").input_ids
    assert tokenizer.unk_token_id not in known and len(known) == 2 + 4 + 3
    assert tokenizer.unk_token_id in tokenizer("dragon").input_ids
    assert len(tokenizer("gift " * 40, padding="max_length", truncation=True).input_ids) == 12
