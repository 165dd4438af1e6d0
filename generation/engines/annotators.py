"""Control maps from a reference photo. Canny needs nothing; the others read weights from a folder that a setting names.

One folder for each kind, safetensors only: depth/ and pose/ as transformers saves them (any depth estimator; ViTPose), and
soft_edge/ and line_art/ holding the published detectors' weights converted from their pickles.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any, Literal

import cv2
import numpy as np
from numpy.typing import NDArray

from generation.engines.loading import refuse_pickles
from generation.engines.quiet import first_line
from generation.errors import PermanentError

Image = NDArray[np.uint8]
Kind = Literal["canny", "depth", "soft_edge", "line_art", "pose"]

LOW, HIGH = 100, 200  # Canny's thresholds, as the public Canny ControlNets were trained with
SEEN = 512  # px, the longer side at which the networks look
MEAN, DEVIATION = np.array([0.485, 0.456, 0.406]), np.array([0.229, 0.224, 0.225])  # of ImageNet
SURE = 0.3  # least confidence of a joint that is drawn
# Joints of COCO that a limb connects, in the order in which the limbs' colours go round the wheel.
LIMBS = (
    (5, 7), (7, 9), (6, 8), (8, 10), (5, 6), (5, 11), (6, 12), (11, 12),
    (11, 13), (13, 15), (12, 14), (14, 16), (0, 5), (0, 6), (0, 1), (0, 2), (1, 3), (2, 4),
)  # fmt: skip


def annotate(photo: Image, kind: Kind, weights: str = "") -> Image:
    """The photo's control map, uint8 (H, W, 3) at its size. PermanentError, "weights missing", where `weights` lacks the kind's."""
    if photo.ndim != 3 or photo.shape[2] != 3 or photo.dtype != np.uint8 or min(photo.shape[:2]) < 32:
        raise PermanentError(
            "A reference photo must be in colour and at least 32 px on its short side.",
            "参考照片须为彩色，且短边不少于 32 像素。",
        )
    if kind == "canny":
        return _grey(np.asarray(cv2.Canny(photo, LOW, HIGH), dtype=np.uint8))
    readers: dict[str, Callable[[Image, Path], Image]] = {
        "depth": _depth,
        "soft_edge": _soft_edge,
        "line_art": _line_art,
        "pose": _pose,
    }
    return readers[kind](photo, _folder(kind, weights))


def default_annotate(photo: Image, kind: Kind) -> Image:
    """`annotate` with the folder that the setting ENGINE_ANNOTATORS names."""
    from django.conf import settings

    return annotate(photo, kind, settings.ENGINE_ANNOTATORS)


def _folder(kind: str, weights: str) -> Path:
    folder = Path(weights).expanduser() / kind
    if not weights or not folder.is_dir():
        raise PermanentError(
            f"Weights missing: reading '{kind}' from a photo needs ENGINE_ANNOTATORS to name a folder that holds {kind}/ with "
            "safetensors. Set it, or use 'canny', which needs none.",
            f"缺少权重：从照片读取“{kind}”需要 ENGINE_ANNOTATORS 指向包含 {kind}/（safetensors）的文件夹。"
            "请完成设置，或使用无需权重的“canny”。",
        )
    refuse_pickles(folder)
    return folder


def _grey(values: NDArray[Any]) -> Image:
    return np.repeat(np.asarray(values, dtype=np.uint8)[..., None], 3, axis=2)


def _depth(photo: Image, folder: Path) -> Image:
    """Near is white: estimators of relative depth give larger numbers to what is nearer."""
    import torch

    model = _transformers_model("AutoModelForDepthEstimation", folder)
    side = _side(model)
    with torch.inference_mode():
        near = model(pixel_values=_seen(photo, (side, side))).predicted_depth[0].float().numpy()
    low, high = np.percentile(near, (2, 98))
    stretched = np.clip((near - low) / max(float(high - low), 1e-6), 0, 1) * 255
    return _grey(_resized(stretched.astype(np.float32), photo))


def _side(model: Any) -> int:
    for config in (model.config, getattr(model.config, "backbone_config", None)):
        size = getattr(config, "image_size", None)
        if size:
            return int(size if isinstance(size, int) else size[0])
    return 384


def _pose(photo: Image, folder: Path) -> Image:
    """One person who fills the photo: each joint is where its heat map is hottest."""
    import torch

    model = _transformers_model("VitPoseForPoseEstimation", folder)
    height, width = model.config.backbone_config.image_size
    extra = {"dataset_index": torch.zeros(1, dtype=torch.long)} if model.config.backbone_config.num_experts > 1 else {}
    with torch.inference_mode():
        heat = model(pixel_values=_seen(photo, (width, height)), **extra).heatmaps[0].float().numpy()
    rows, columns = heat.shape[1:]
    hottest = heat.reshape(len(heat), -1).argmax(axis=1)
    sure = heat.reshape(len(heat), -1).max(axis=1)
    x = (hottest % columns + 0.5) * photo.shape[1] / columns
    y = (hottest // columns + 0.5) * photo.shape[0] / rows
    return _skeleton(photo.shape[:2], np.stack([x, y], axis=1), sure)


def _skeleton(shape: tuple[int, ...], joints: NDArray[Any], sure: NDArray[Any]) -> Image:
    drawn = np.zeros((*shape[:2], 3), np.uint8)
    thick = max(2, round(0.008 * max(shape[:2])))
    for i, (a, b) in enumerate(LIMBS):
        if max(a, b) < len(joints) and min(sure[a], sure[b]) >= SURE:
            hue = np.array([[[180 * i // len(LIMBS), 255, 200]]], np.uint8)
            colour = tuple(int(v) for v in cv2.cvtColor(hue, cv2.COLOR_HSV2RGB)[0, 0])
            ends = [(round(float(x)), round(float(y))) for x, y in (joints[a], joints[b])]
            cv2.line(drawn, ends[0], ends[1], colour, thick, cv2.LINE_AA)
    return drawn


def _soft_edge(photo: Image, folder: Path) -> Image:
    import torch

    model = _network("EdgeDetector", folder)
    with torch.inference_mode():
        strength = model(torch.from_numpy(_small(photo).astype(np.float32)).permute(2, 0, 1)[None])[0, 0].numpy()
    return _grey(_resized(strength * 255, photo))


def _line_art(photo: Image, folder: Path) -> Image:
    """White lines on black, as ControlNets take them."""
    import torch

    model = _network("LineDrawer", folder)
    with torch.inference_mode():
        paper = model(torch.from_numpy(_small(photo).astype(np.float32) / 255).permute(2, 0, 1)[None])[0, 0].numpy()
    return _grey(_resized((1 - paper) * 255, photo))


@cache
def _transformers_model(name: str, folder: Path) -> Any:
    import transformers

    try:
        return getattr(transformers, name).from_pretrained(folder, use_safetensors=True, local_files_only=True).eval()
    except (OSError, ValueError, RuntimeError, KeyError) as fault:
        raise _broken(folder, fault) from fault


@cache
def _network(name: str, folder: Path) -> Any:
    from safetensors.torch import load_file

    from generation.engines import detectors

    model = getattr(detectors, name)()
    try:
        model.load_state_dict(load_file(next(folder.glob("*.safetensors"))))
    except (OSError, ValueError, RuntimeError, KeyError) as fault:
        raise _broken(folder, fault) from fault
    return model.eval()


def _broken(folder: Path, fault: Exception) -> PermanentError:
    said = first_line(fault)
    return PermanentError(
        f"The weights in {folder} could not be loaded: {said}. Use those of the detector that the folder is named after.",
        f"无法加载 {folder} 中的权重：{said}。请使用与文件夹同名的检测器权重。",
    )


def _small(photo: Image) -> Image:
    """At the size the detectors look at, sides multiples of 16."""
    h, w = photo.shape[:2]
    scale = min(1.0, SEEN / max(h, w))
    size = (max(round(w * scale / 16) * 16, 32), max(round(h * scale / 16) * 16, 32))
    return np.asarray(cv2.resize(photo, size, interpolation=cv2.INTER_AREA), dtype=np.uint8)


def _seen(photo: Image, size: tuple[int, int]) -> Any:
    """(1, 3, h, w) as networks trained on ImageNet expect."""
    import torch

    small = cv2.resize(photo, size, interpolation=cv2.INTER_AREA).astype(np.float32) / 255
    return torch.from_numpy(((small - MEAN) / DEVIATION).astype(np.float32)).permute(2, 0, 1)[None]


def _resized(values: NDArray[np.float32], photo: Image) -> NDArray[np.float32]:
    size = (photo.shape[1], photo.shape[0])
    large = np.asarray(cv2.resize(values, size, interpolation=cv2.INTER_LINEAR), dtype=np.float32)
    return np.asarray(np.clip(large + 0.5, 0, 255), dtype=np.float32)
