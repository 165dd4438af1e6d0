"""An uploaded product cut-out: found beside its brief, decoded safely, and what its colours ask of the palette."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from brand_styles.colors import oklab_of_rgb
from brand_styles.intake.guard import Refused
from brand_styles.intake.pictures import decode_picture
from generation.errors import BriefProblem
from generation.planning.beside import beside
from generation.planning.brief import Brief

MIN_CUT_OUT = 64  # px, shorter side


class PhotoNotCutOut(BriefProblem):
    """The brief names a photo that still has its ground: it is cut out and looked at before anything is made of it."""

    def __init__(self, name: str) -> None:
        super().__init__(
            f"“{name[:80]}” is a photo with its ground. Cut the product out first: on the studio's cut-out page, or with "
            f"“manage.py cut_out {name[:80]}”, and name the PNG that you get; or let produce cut it by itself with --cut-out.",
            f"“{name[:80]}”是带背景的照片，请先抠图：可在工坊的抠图页面操作，或运行“manage.py cut_out {name[:80]}”后填写所得 PNG；"
            f"也可为 produce 加上 --cut-out 自动抠图。",
            field="subject.image",
            expected="an RGBA cut-out",
        )


def product_of(brief: Brief, folder: Path, *, cut: bool = False) -> NDArray[np.uint8] | None:
    """The brief's picture as uint8 RGBA, cropped to what is opaque; None where it names none.

    BriefProblem (field "subject.image") where the file is outside `folder`, missing, unreadable, or empty; PhotoNotCutOut where it
    has no clear ground, unless `cut`: then it is cut out by itself, with nobody to look at it.
    """
    if brief.subject is None or brief.subject.image is None:
        return None
    path = _inside(brief.subject.image, folder)
    try:
        pixels = decode_picture(path)
    except Refused as refused:
        words = refused.words
        raise BriefProblem(
            f"The product picture cannot be used. {words.en}",
            f"产品图片无法使用。{words.zh}",
            field="subject.image",
            expected="PNG or WebP with transparency",
        ) from None
    if not is_photo(pixels):
        return cropped(pixels, brief.subject.image)
    if not cut:
        raise PhotoNotCutOut(brief.subject.image)
    return _cut_by_itself(path)


def is_photo(pixels: NDArray[np.uint8]) -> bool:
    """Whether a picture (uint8 RGBA) still has its ground: next to nothing of it is clear."""
    return float((pixels[..., 3] > 250).mean()) > 0.985


def _cut_by_itself(path: Path) -> NDArray[np.uint8]:
    from generation.products.photos import cut_by_itself

    try:
        return cut_by_itself(path)
    except Refused as refused:
        words = refused.words
        raise BriefProblem(
            f"The product could not be cut out by itself. {words.en}",
            f"未能自动抠出产品。{words.zh}",
            field="subject.image",
            expected="an RGBA cut-out",
        ) from None


def _inside(name: str, folder: Path) -> Path:
    path = beside(name, folder)
    if path is None:
        raise BriefProblem(
            f"There is no picture “{name[:80]}” beside the brief. Put the file in the brief's folder and write its name.",
            f"简报所在文件夹中没有图片“{name[:80]}”。请把文件放在同一文件夹并填写文件名。",
            field="subject.image",
            expected="a file name in the brief's folder",
        )
    return path


def cropped(pixels: NDArray[np.uint8], name: str) -> NDArray[np.uint8]:
    """The part that is not clear. BriefProblem where that is nothing, or next to nothing."""
    opaque = pixels[..., 3] > 8
    if not opaque.any():
        raise BriefProblem(
            f"“{name[:80]}” is fully transparent: there is nothing to show.",
            f"“{name[:80]}”完全透明，没有可展示的内容。",
            field="subject.image",
        )
    rows, columns = np.flatnonzero(opaque.any(axis=1)), np.flatnonzero(opaque.any(axis=0))
    part = pixels[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]
    if min(part.shape[:2]) < MIN_CUT_OUT:
        raise BriefProblem(
            f"“{name[:80]}” shows only {part.shape[1]}x{part.shape[0]} pixels; {MIN_CUT_OUT} on each side are the least.",
            f"“{name[:80]}”有效内容仅 {part.shape[1]}x{part.shape[0]} 像素，每边至少 {MIN_CUT_OUT} 像素。",
            field="subject.image",
        )
    return np.ascontiguousarray(part)


def hue_of(pixels: NDArray[np.uint8]) -> float | None:
    """The product's own hue in OKLCH degrees, weighed by colourfulness; None for a grey or many-coloured one."""
    step = max(1, int(max(pixels.shape[:2]) / 128))
    sample = pixels[::step, ::step].reshape(-1, 4)
    colors = sample[sample[:, 3] > 128][:, :3].astype(np.float64) / 255
    if not len(colors):
        return None
    lab = oklab_of_rgb(colors)
    a, b = float(lab[:, 1].mean()), float(lab[:, 2].mean())
    return float(np.degrees(np.arctan2(b, a)) % 360) if np.hypot(a, b) > 0.03 else None
