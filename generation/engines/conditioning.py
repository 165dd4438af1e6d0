"""The control image a ControlNet gets, by its number of conditioning channels: ours a dense stack, others one map."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, Literal, TypeVar

import cv2
import numpy as np
from numpy.typing import NDArray

from generation.control.blockout import Blockout
from generation.control.maps import DENSE_CHANNELS as DENSE_MAPS
from generation.control.maps import dense, depth_map, normal_map, segmentation_map
from generation.engines.families import Family
from generation.errors import PermanentError

Region = tuple[int, int, int, int]  # x0, y0, x1, y1 in whole pixels of the blockout
ControlMap = Literal["canny", "depth", "normal", "segmentation", "soft_edge", "dense"]

DENSE_CHANNELS = 3 + len(DENSE_MAPS)  # the blockout's picture and its maps
NORMAL_X = 3 + DENSE_MAPS.index("normal_x")

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
    return _named(name) or "canny"


def map_of(family: Family, controlnet: Any, name: str, dense: bool) -> ControlMap:
    """Which map suits a ControlNet of `family`: what its name tells, else the family's usual one."""
    if family.denoiser == "unet":
        return map_for(int(controlnet.config.conditioning_channels), name, dense)
    told = _named(name)
    usual: ControlMap = family.maps[0]  # type: ignore[assignment]  # the table's maps are control maps; a test says so
    return told if told in family.maps and told is not None else usual


def _named(name: str) -> ControlMap | None:
    """The map that a ControlNet's name speaks of."""
    words = name.lower()
    telling: tuple[tuple[str, ControlMap], ...] = (
        ("depth", "depth"),
        ("normal", "normal"),
        ("canny", "canny"),
        ("seg", "segmentation"),
        ("hed", "soft_edge"),
        ("soft", "soft_edge"),
    )
    return next((kind for word, kind in telling if word in words), None)


def control_image(blockout: Blockout, kind: ControlMap, region: Region, size: tuple[int, int]) -> NDArray[np.float32]:
    """The map as float32 (C, h, w), 0 to 1, for `size` = (width, height) of the model's picture."""
    small = shrunken(blockout, region, size)
    if kind == "dense":
        return dense_stack(small)
    draw = {
        "depth": depth_map,
        "normal": normal_map,
        "canny": _canny,
        "segmentation": segmentation_map,
        "soft_edge": _soft_edge,
    }[kind]
    picture = draw(small)
    return np.ascontiguousarray(np.moveaxis(picture, 2, 0) / np.float32(255))


def shrink(picture: NDArray[Any], size: tuple[int, int]) -> NDArray[np.float32]:
    """As float32, resized to (width, height): by the mean of the pixels where it shrinks, linearly where it grows."""
    h, w = picture.shape[:2]
    how = cv2.INTER_AREA if size[0] * size[1] <= w * h else cv2.INTER_LINEAR
    return np.asarray(cv2.resize(picture.astype(np.float32, copy=False), size, interpolation=how), dtype=np.float32)


def crop(values: NDArray[T], region: Region) -> NDArray[T]:
    x0, y0, x1, y1 = region
    return values[y0:y1, x0:x1]


def shrunken(blockout: Blockout, region: Region, size: tuple[int, int]) -> Blockout:
    """The blockout's maps of `region` at the model's size; ids by the nearest pixel."""

    def scaled(values: NDArray[Any]) -> NDArray[np.float32]:
        return shrink(crop(values, region), size)

    def bytes_of(values: NDArray[np.uint8]) -> NDArray[np.uint8]:
        return np.asarray((scaled(values) + 0.5).astype(np.uint8))

    ids = cv2.resize(crop(blockout.ids, region), size, interpolation=cv2.INTER_NEAREST)
    return replace(
        blockout,
        rgb=bytes_of(blockout.rgb),
        depth=scaled(blockout.depth),
        normals=scaled(blockout.normals),
        edges=bytes_of(blockout.edges),
        ids=np.asarray(ids, dtype=np.uint8),
        albedo=bytes_of(blockout.albedo),
        material=bytes_of(blockout.material),
        boxes={},
    )


def _canny(blockout: Blockout) -> NDArray[np.uint8]:
    """White lines on black, one pixel wide at any scale: Canny over the picture, and the object edges."""
    lines = np.asarray(cv2.Canny(blockout.rgb, 60, 140), dtype=np.uint8)
    objects = (blockout.edges > 50).astype(np.uint8) * np.uint8(255)
    return np.repeat(np.maximum(lines, objects)[..., None], 3, axis=2)


def _soft_edge(blockout: Blockout) -> NDArray[np.uint8]:
    """Object edges as soft white strokes on black, as a holistically nested edge detector draws them."""
    strokes = cv2.GaussianBlur(blockout.edges.astype(np.float32), (0, 0), 1.6)
    strokes = np.clip(strokes * (255 / max(float(strokes.max()), 1.0)), 0, 255).astype(np.uint8)
    return np.repeat(strokes[..., None], 3, axis=2)


def dense_stack(blockout: Blockout) -> NDArray[np.float32]:
    """All that the embedded ControlNet was trained with, float32 (13, h, w), 0 to 1: the blockout's own picture (3 channels),
    then control.maps.dense with its normals moved to 0 to 1."""
    picture = np.moveaxis(blockout.rgb, 2, 0) / np.float32(255)
    maps = dense(blockout)
    normals = [i for i, name in enumerate(DENSE_MAPS) if name.startswith("normal")]
    maps[normals] = maps[normals] * 0.5 + 0.5
    return np.ascontiguousarray(np.concatenate([picture, maps]), dtype=np.float32)
