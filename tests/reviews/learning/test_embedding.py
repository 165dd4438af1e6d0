"""The built-in network sees what ImageNet's classes say is there; any other image encoder can take its place."""

from importlib.resources import files
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image

from generation.errors import PermanentError
from reviews.learning import embedding
from reviews.learning.embedding import HubEmbedder, LiteEmbedder, built_in_weights

PALACE, DAISY = 698, 985  # of ImageNet-1k


@pytest.fixture(scope="module")
def lite() -> LiteEmbedder:
    weights = built_in_weights()
    assert weights is not None
    return LiteEmbedder(weights)


def photo(name: str) -> NDArray[np.uint8]:
    """A photo that ships with scikit-learn, its middle square at 224 × 224."""
    image = Image.open(str(files("sklearn.datasets.images") / name)).convert("RGB")
    side = min(image.size)
    left, top = (image.width - side) // 2, (image.height - side) // 2
    return np.asarray(image.crop((left, top, left + side, top + side)).resize((224, 224), Image.Resampling.BICUBIC))


@pytest.mark.parametrize(("name", "wanted"), [("china.jpg", PALACE), ("flower.jpg", DAISY)])
def test_photos_are_taken_for_what_they_show(lite: LiteEmbedder, name: str, wanted: int) -> None:
    import torch

    planes = torch.from_numpy(photo(name).copy()).permute(2, 0, 1)[None].float()
    assert int(lite.model(planes).argmax()) == wanted


def test_an_embedding_tells_pictures_apart_and_knows_one_again(lite: LiteEmbedder) -> None:
    palace, flower = photo("china.jpg"), photo("flower.jpg")
    smaller = np.asarray(Image.fromarray(palace).resize((150, 150), Image.Resampling.BICUBIC))
    one, again, other = (lite.embed(rgb) for rgb in (palace, smaller, flower))
    assert one.shape == (lite.dimension,) and one.dtype == np.float32 and len(lite.sha256) == 64
    assert likeness(one, again) > 0.85 > 0.6 > likeness(one, other)


def likeness(one: NDArray[np.float32], other: NDArray[np.float32]) -> float:
    return float(one @ other / np.linalg.norm(one) / np.linalg.norm(other))


@pytest.mark.parametrize("size", [(728, 90), (90, 728), (30, 30), (1080, 1920)])
def test_any_format_is_looked_at_whole(lite: LiteEmbedder, size: tuple[int, int]) -> None:
    rgb = np.zeros((size[1], size[0], 3), np.uint8)
    rgb[:, -size[0] // 8 :] = 255  # what stands at the very edge is seen too
    assert not np.allclose(lite.embed(rgb), lite.embed(np.zeros_like(rgb)))


def _clip(folder: Path) -> None:
    from transformers import CLIPConfig, CLIPImageProcessorPil, CLIPModel

    small = {"hidden_size": 16, "intermediate_size": 24, "num_hidden_layers": 2, "num_attention_heads": 2}
    config = CLIPConfig(
        text_config=small | {"vocab_size": 40, "max_position_embeddings": 8},
        vision_config=small | {"image_size": 32, "patch_size": 8},
        projection_dim=12,
    )
    CLIPModel(config).save_pretrained(folder)
    square = {"height": 32, "width": 32}
    CLIPImageProcessorPil(size={"shortest_edge": 32}, crop_size=square).save_pretrained(folder)


def _dino(folder: Path) -> None:
    from transformers import BitImageProcessorPil, Dinov2Config, Dinov2Model

    config = Dinov2Config(hidden_size=16, num_hidden_layers=2, num_attention_heads=2, image_size=28, patch_size=14)
    Dinov2Model(config).save_pretrained(folder)
    BitImageProcessorPil(size={"shortest_edge": 28}, crop_size={"height": 28, "width": 28}).save_pretrained(folder)


@pytest.mark.parametrize(("make", "dimension"), [(_clip, 12), (_dino, 16)])
def test_a_folder_of_any_image_encoder_can_be_set(tmp_path: Path, make: Any, dimension: int, settings: Any) -> None:
    make(tmp_path / "encoder")
    settings.REVIEW_EMBEDDER = str(tmp_path / "encoder")
    found = embedding.default_embedder()
    vector = found.embed(photo("china.jpg"))
    assert (found.name, found.dimension, vector.shape) == ("encoder", dimension, (dimension,))
    assert np.isfinite(vector).all() and not np.allclose(vector, found.embed(photo("flower.jpg")))
    assert HubEmbedder(str(tmp_path / "encoder")).sha256 == found.sha256


def test_two_models_never_share_a_hash(tmp_path: Path) -> None:
    for name in ("one", "other"):
        _dino(tmp_path / name)  # random weights: never the same twice
    assert HubEmbedder(str(tmp_path / "one")).sha256 != HubEmbedder(str(tmp_path / "other")).sha256


def test_a_folder_that_holds_no_model_is_told(tmp_path: Path, settings: Any) -> None:
    settings.REVIEW_EMBEDDER = str(tmp_path)
    with pytest.raises(PermanentError, match="REVIEW_EMBEDDER"):
        embedding.default_embedder()


def test_without_the_wheel_it_says_what_is_missing(monkeypatch: pytest.MonkeyPatch, settings: Any) -> None:
    monkeypatch.setattr(embedding, "WHEEL", "no_such_wheel")
    embedding._loaded.cache_clear()
    found = embedding.default_embedder()
    embedding._loaded.cache_clear()
    assert found.dimension == 0 and found.told is not None and "pip install" in found.told.en


def test_no_model_can_be_asked_for(settings: Any) -> None:
    settings.REVIEW_EMBEDDER = "none"
    found = embedding.default_embedder()
    assert (found.name, found.sha256, len(found.embed(photo("china.jpg")))) == ("none", "", 0) and found.told
