"""Matting models in a process of their own, with tiny random weights; and what is said where they are missing or broken."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from brand_styles.intake.guard import Refused
from generation.products import matting
from generation.products.matting import alpha_by, cut_by_model
from tests.brand_styles.intake.test_photos import RECTANGLE, SIZE, photo


@pytest.fixture(scope="module")
def segmenter(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A segmentation model that knows two classes, its weights random."""
    import torch
    from transformers import SegformerConfig, SegformerForSemanticSegmentation

    torch.manual_seed(1)
    config = SegformerConfig(
        num_labels=2,
        hidden_sizes=[8, 8, 16, 16],
        depths=[1, 1, 1, 1],
        num_attention_heads=[1, 1, 2, 2],
        decoder_hidden_size=16,
    )
    return _saved(SegformerForSemanticSegmentation(config), tmp_path_factory.mktemp("models") / "segmenter")


@pytest.fixture(scope="module")
def matter(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A ViTMatte, its weights random."""
    import torch
    from transformers import VitDetConfig, VitMatteConfig, VitMatteForImageMatting

    torch.manual_seed(1)
    backbone = VitDetConfig(
        hidden_size=16, num_hidden_layers=1, num_attention_heads=2, image_size=64, pretrain_image_size=64, patch_size=16,
        num_channels=4, window_size=0, out_features=["stage1"],
    )  # fmt: skip
    config = VitMatteConfig(
        backbone_config=backbone, hidden_size=16, convstream_hidden_sizes=[8, 8, 8], fusion_hidden_sizes=[8, 8, 8, 8]
    )
    return _saved(VitMatteForImageMatting(config), tmp_path_factory.mktemp("models") / "vitmatte")


def _saved(model: Any, folder: Path) -> Path:
    model.save_pretrained(folder)
    return folder


def test_a_segmentation_model_gives_the_alpha_and_the_strokes_correct_it(segmenter: Path) -> None:
    file, _ = photo()
    strokes = [
        {"keep": True, "size": 20, "points": [[120, 130], [150, 130]]},
        {"keep": False, "size": 20, "points": [[180, 250]]},
    ]
    found = cut_by_model(segmenter, file, RECTANGLE, strokes)
    assert found.alpha.shape == SIZE and len(np.unique(found.alpha)) > 2
    assert found.alpha[130, 135] == 255 and found.alpha[250, 180] == 0
    assert not found.alpha[: RECTANGLE[1]].any() and not found.alpha[:, : RECTANGLE[0]].any()


def test_vitmatte_decides_only_the_band_between(matter: Path) -> None:
    rng = np.random.default_rng(1)
    first = np.zeros((90, 70), np.uint8)
    first[20:70, 15:55] = 255
    alpha = alpha_by(matter, rng.integers(0, 255, (90, 70, 3)).astype(np.uint8), first)
    assert alpha.shape == first.shape
    assert (alpha[30:60, 25:45] == 255).all() and not alpha[:10].any()
    band = alpha[17:23, 25:45]
    assert ((band > 60) & (band < 200)).all()  # its weights are random: near one half, and neither kept nor removed


def refused(folder: Path, file: bytes | None = None) -> Refused:
    with pytest.raises(Refused) as caught:
        cut_by_model(folder, file or photo()[0], RECTANGLE, [])
    assert caught.value.words.zh
    return caught.value


def test_missing_weights_are_told(tmp_path: Path, segmenter: Path) -> None:
    assert "weights are missing" in refused(tmp_path / "nowhere").words.en
    (tmp_path / "config.json").write_text((segmenter / "config.json").read_text())
    assert "weights are missing" in refused(tmp_path).words.en
    (tmp_path / "pytorch_model.bin").write_bytes(b"pickle")
    assert refused(tmp_path).code == "matting-weights"


def test_broken_weights_and_other_models_are_told(tmp_path: Path, segmenter: Path) -> None:
    (tmp_path / "config.json").write_text((segmenter / "config.json").read_text())
    (tmp_path / "model.safetensors").write_bytes(b"no weights")
    assert refused(tmp_path).code == "matting-model"
    (tmp_path / "config.json").write_text('{"model_type": "gpt2"}')
    assert "cannot be used" in refused(tmp_path).words.en


def test_a_bad_photo_never_reaches_the_model(segmenter: Path) -> None:
    assert refused(segmenter, b"no photo").code == "type"


def test_a_slow_model_is_stopped(segmenter: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(matting, "SECONDS", 0.05)
    assert "three minutes" in refused(segmenter).words.en
