"""The control image a ControlNet gets, by its number of conditioning channels: ours a dense stack, others one map."""

from __future__ import annotations

from typing import Any, Literal, TypeVar

import cv2
import numpy as np
from numpy.typing import NDArray

from generation.control.blockout import Blockout
from generation.errors import PermanentError

Region = tuple[int, int, int, int]  # x0, y0, x1, y1 in whole pixels of the blockout
ControlMap = Literal["canny", "depth", "normal", "dense"]

DENSE_CHANNELS = 14

T = TypeVar("T", bound=np.generic)


def map_for(channels: int, name: str, dense: bool) -> ControlMap:
    """Which map suits a ControlNet. One channel kind is ours; among the three-channel ones the name tells, edges by default."""
    if dense:
        if channels != DENSE_CHANNELS:
            raise PermanentError(
                f"This checkpoint's ControlNet takes {channels} maps and this version draws {DENSE_CHANNELS}: "
                "use the checkpoint that came with this version.",
                f"该检查点的 ControlNet 需要 {channels} 个通道，而当前版本提供 {DENSE_CHANNELS} 个：请使用随本版本发布的检查点。",
            )
        return "dense"
    if channels != 3:
        raise PermanentError(
            f"A ControlNet with {channels} conditioning channels is unknown here: choose one for edges, depth or normals (3 channels).",
            f"无法识别 {channels} 个条件通道的 ControlNet：请选择边缘、深度或法线（3 通道）的 ControlNet。",
        )
    words = name.lower()
    return "depth" if "depth" in words else "normal" if "normal" in words else "canny"


def control_image(blockout: Blockout, kind: ControlMap, region: Region, size: tuple[int, int]) -> NDArray[np.float32]:
    """The map as float32 (C, h, w), 0 to 1, for `size` = (width, height) of the model's picture."""
    if kind == "dense":
        return dense_stack(blockout, region, size)
    picture = {"depth": _depth, "normal": _normal, "canny": _canny}[kind](blockout, region, size)
    return np.ascontiguousarray(picture.transpose(2, 0, 1))


def shrink(picture: NDArray[Any], size: tuple[int, int]) -> NDArray[np.float32]:
    """As float32, resized to (width, height): by the mean of the pixels where it shrinks, linearly where it grows."""
    h, w = picture.shape[:2]
    how = cv2.INTER_AREA if size[0] * size[1] <= w * h else cv2.INTER_LINEAR
    return np.asarray(cv2.resize(picture.astype(np.float32, copy=False), size, interpolation=how), dtype=np.float32)


def crop(values: NDArray[T], region: Region) -> NDArray[T]:
    x0, y0, x1, y1 = region
    return values[y0:y1, x0:x1]


def nearness(depth: NDArray[np.float32]) -> NDArray[np.float32]:
    """Depth as nearness, 1 at the nearest and 0 at the farthest point that is seen."""
    finite = np.isfinite(depth)
    if not finite.any():
        return np.zeros_like(depth)
    near, far = float(depth[finite].min()), float(depth[finite].max())
    near_by = (far - np.where(finite, depth, far)) / max(far - near, 1e-6)
    return np.asarray(near_by, dtype=np.float32)


def _depth(blockout: Blockout, region: Region, size: tuple[int, int]) -> NDArray[np.float32]:
    grey = shrink(crop(nearness(blockout.depth), region), size)
    return np.repeat(grey[..., None], 3, axis=2)


def _normal(blockout: Blockout, region: Region, size: tuple[int, int]) -> NDArray[np.float32]:
    scaled = shrink(crop(blockout.normals, region), size) * 0.5 + 0.5
    return np.asarray(scaled, dtype=np.float32)


def _canny(blockout: Blockout, region: Region, size: tuple[int, int]) -> NDArray[np.float32]:
    """White lines on black, one pixel wide at any scale: Canny over the resized picture, and the object edges."""
    picture = shrink(crop(blockout.rgb, region), size).astype(np.uint8)
    lines = np.asarray(cv2.Canny(picture, 60, 140), dtype=np.float32) / 255
    objects = shrink(crop(blockout.edges, region), size) > 50
    return np.repeat(np.maximum(lines, objects)[..., None], 3, axis=2).astype(np.float32)


def dense_stack(blockout: Blockout, region: Region, size: tuple[int, int]) -> NDArray[np.float32]:
    """All maps that the embedded ControlNet was trained with, float32 (14, h, w), 0 to 1.

    0-2 the blockout's picture, 3-5 albedo, 6-8 normals, 9 nearness in this picture, 10 edges, 11 metalness, 12 roughness,
    13 the subject.
    """
    picture = np.concatenate(
        [
            _unit(blockout.rgb, region, size),
            _unit(blockout.albedo, region, size),
            _normal(blockout, region, size),
            shrink(crop(nearness(blockout.depth), region), size)[..., None],
            _unit(blockout.edges, region, size)[..., None],
            _unit(blockout.material, region, size),
            shrink(crop(blockout.subject_mask, region), size)[..., None],
        ],
        axis=2,
    )
    return np.ascontiguousarray(picture.transpose(2, 0, 1))


def _unit(values: NDArray[np.uint8], region: Region, size: tuple[int, int]) -> NDArray[np.float32]:
    return shrink(crop(values, region), size) / np.float32(255)
