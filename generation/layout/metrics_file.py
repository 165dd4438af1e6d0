"""The file that `layout_metrics` reads, and the pictures beside it; every fault is told in one sentence."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import isfinite
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from generation.errors import PermanentError
from generation.layout.geometry import Rect
from generation.layout.metrics import (
    KINDS,
    Canvas,
    Item,
    element_mask,
    occlusion,
    text_mask,
    unreadability,
    utility,
    valid,
)


class BadFile(PermanentError):
    """A layouts file or a picture folder that can't be used."""


@dataclass(frozen=True)
class LayoutsFile:
    canvas: Canvas
    layouts: tuple[tuple[Item, ...], ...]


def read_layouts(path: Path) -> LayoutsFile:
    """Read `{"canvas": [w, h], "layouts": [[{"cls": …, "box": [x0, y0, x1, y1]} …] …]}`. Raises BadFile."""
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise BadFile(f"{path} can't be read: {error.strerror}.", f"无法读取 {path}：{error.strerror}。") from error
    except ValueError as error:  # JSON and Unicode faults
        raise BadFile(f"{path} is not JSON: {error}.", f"{path} 不是 JSON：{error}。") from error
    if not isinstance(data, dict) or not isinstance(data.get("layouts"), list):
        raise _fault(path, "it needs an object with “canvas” and “layouts”", "需要包含 canvas 与 layouts 的对象")
    canvas = _numbers(data.get("canvas"), 2)
    if canvas is None or min(canvas) <= 0:
        raise _fault(path, "“canvas” must be two positive numbers [width, height]", "canvas 须为两个正数 [宽, 高]")
    layouts = tuple(_layout(path, i, one) for i, one in enumerate(data["layouts"]))
    return LayoutsFile(Canvas(canvas[0], canvas[1]), layouts)


def _fault(path: Path, en: str, zh: str) -> BadFile:
    return BadFile(f"{path}: {en}.", f"{path}：{zh}。")


def _numbers(value: Any, count: int) -> list[float] | None:
    """`count` finite numbers, or None."""
    if not isinstance(value, list) or len(value) != count:
        return None
    if not all(isinstance(v, int | float) and not isinstance(v, bool) and isfinite(v) for v in value):
        return None
    return [float(v) for v in value]


def _layout(path: Path, index: int, value: Any) -> tuple[Item, ...]:
    if not isinstance(value, list):
        raise _fault(path, f"layout {index} must be a list of elements", f"第 {index} 个版式须为元素列表")
    return tuple(_item(path, index, j, one) for j, one in enumerate(value))


def _item(path: Path, index: int, number: int, value: Any) -> Item:
    where_en, where_zh = f"element {number} of layout {index}", f"第 {index} 个版式的第 {number} 个元素"
    if not isinstance(value, dict) or value.get("cls") not in KINDS:
        names = ", ".join(KINDS)
        raise _fault(path, f"{where_en} needs a “cls” among {names}", f"{where_zh}的 cls 须为 {names} 之一")
    box = _numbers(value.get("box"), 4)
    if box is None:
        raise _fault(path, f"{where_en} needs a “box” of four numbers", f"{where_zh}的 box 须为四个数")
    return Item(value["cls"], Rect(*box))


def content_scores(file: LayoutsFile, saliency: Path | None, pictures: Path | None) -> dict[str, float]:
    """Uti and Occ with a folder of saliency maps, Rea with a folder of pictures, as means over the layouts (`strict`).

    The n-th file of a folder, by name, belongs to the n-th layout and has the canvas's size. Empty layouts are left out.
    """
    kept, _ = valid(file.canvas, file.layouts, clamp=True)
    found: dict[str, float] = {}
    if saliency is not None:
        maps = _files(saliency, len(kept))
        found["uti"] = _mean(file, kept, maps, lambda s, i: utility(s, element_mask(file.canvas, i)))
        found["occ"] = _mean(file, kept, maps, lambda s, i: occlusion(s, element_mask(file.canvas, i)))
    if pictures is not None:
        maps = _files(pictures, len(kept))
        found["rea"] = _mean(file, kept, maps, lambda s, i: unreadability(s, text_mask(file.canvas, i)))
    return found


def _mean(
    file: LayoutsFile,
    layouts: Sequence[Sequence[Item]],
    paths: Sequence[Path],
    score: Callable[[NDArray[np.float64], Sequence[Item]], float],
) -> float:
    values = [score(_grey(path, file.canvas), items) for path, items in zip(paths, layouts, strict=True) if items]
    return sum(values) / len(values) if values else 0.0


def _files(folder: Path, count: int) -> list[Path]:
    found = sorted(p for p in folder.iterdir() if p.is_file()) if folder.is_dir() else []
    if len(found) != count:
        raise BadFile(
            f"{folder} must hold one picture for each of the {count} layouts, it holds {len(found)}.",
            f"{folder} 须为 {count} 个版式各放一张图片，现有 {len(found)} 张。",
        )
    return found


def _grey(path: Path, canvas: Canvas) -> NDArray[np.float64]:
    """A picture as grey values in [0, 1]."""
    from PIL import Image

    size = (round(canvas.width), round(canvas.height))
    try:
        with Image.open(path) as image:
            if image.size == size:
                return np.asarray(image.convert("L"), dtype=np.float64) / 255
            have = image.size
    except (OSError, Image.DecompressionBombError) as error:
        raise BadFile(f"{path} is not a picture: {error}.", f"{path} 不是图片：{error}。") from error
    raise BadFile(
        f"{path} is {have[0]}×{have[1]}, the canvas is {size[0]}×{size[1]}.",
        f"{path} 为 {have[0]}×{have[1]}，画布为 {size[0]}×{size[1]}。",
    )
