"""Glyph faults planted into finished pictures: the pixels change, the Design goes on promising the right words.

A fault is one only if it can be seen: the mirror image of a sans “l” is an “l” half a pixel further on, which no witness should
report. So what was planted is laid over the true picture, both a little blurred, moved by up to a pixel each way in quarter
pixels to where the two agree best, and where what still differs is under `VISIBLE` of the glyph's ink, another glyph is chosen.
That keeps hard faults in: an “s” mirrored at 9 px differs by 0.10, an “i” for an “l” by 0.13; the mirrored “l” by 0.06.
"""

from __future__ import annotations

import itertools
import random
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import ndimage

from bench.preflight_assets import Sample
from generation.compositing.design import PriceLayer, TextLayer
from generation.layout.geometry import Rect
from generation.preflight.ground import window, without_type
from generation.preflight.outlines import TypeLayer
from generation.preflight.proof import Proof
from generation.preflight.strokes import correlation

SIMILAR = (
    "末未", "己已", "日目", "人入", "大太", "土士", "千干", "天夫", "员贝", "会合", "折拆", "今令", "领颁", "专传",
    "活话", "动劝", "时肘", "间问",
    "限很", "风凤", "险检", "资货", "银很", "享亨", "礼札", "好妤", "物牧", "节书", "家冢", "开井", "份纷", "为办",
    "准淮", "规现", "体休", "第弟",
    "页贞", "新所", "客容", "百白", "万方", "生主", "成戍", "立产", "即印", "取职", "看着", "了子", "加如", "赠僧",
    "积织", "分兮", "午牛", "买卖",
    "金全", "秋私", "轻经", "上土", "爱受", "有友", "请清", "须项", "谨槿", "慎镇", "本木", "由田", "行计", "举誉",
    "办为", "每毎", "位拉", "一二",
    "从以", "这达", "里理", "始治", "过边", "喜善", "欢劝", "周同", "末木", "去云", "儿几", "18", "17", "38", "56",
    "68", "98", "06", "23", "50",
    "Oo", "O0", "ec", "ao", "nh", "tf", "il", "S5", "B8", "rn", "uv", "mn", "dp", "gq", "CG", "EF", "MN", "ce", "yv", "kx", "sz", "wv",
)  # fmt: skip
VISIBLE = 0.1  # of the glyph's ink: what must differ beyond a slip of the antialiasing
SOFT = 0.7  # pixels of blur before comparing, so that edges that antialiasing cut at other places are alike
STEPS = np.arange(-1, 1.01, 0.25)  # pixels by which a fault may be moved to agree with the truth
KINDS = ("replaced", "dropped", "tofu", "cut", "mirrored")


@dataclass(frozen=True)
class Fault:
    """A picture with one wrong glyph. `layer` and `char`: which one it was; `small`: the type's size in pixels."""

    kind: str
    layer: str
    char: str
    detail: str
    size: float
    rgb: NDArray[np.uint8]


@dataclass(frozen=True)
class _Spot:
    """A glyph to harm: its ink box on the canvas and its place in the layer's text."""

    layer: TypeLayer
    line: int
    index: int
    char: str
    box: Rect
    row: Rect  # its whole line's ink box


def plant(sample: Sample, kind: str, rng: random.Random) -> Fault | None:
    """Plant one fault of a kind into a sample; None where no glyph of it can bear one."""
    rgb = sample.compose(sample.design)
    ground = sample.compose(without_type(sample.design))
    proof = Proof(sample.design, rgb, ground, sample.layout, sample.brand)
    spots = list(_spots(proof))
    rng.shuffle(spots)
    for spot in spots:
        done = _PLANT[kind](sample, spot, rgb, ground, rng)
        if done is not None and difference(rgb, done[0], ground, spot) >= VISIBLE:
            picture, detail = done
            return Fault(kind, spot.layer.id, spot.char, detail, spot.layer.style.size, picture)
    return None


def difference(rgb: NDArray[np.uint8], fault: NDArray[np.uint8], ground: NDArray[np.uint8], spot: _Spot) -> float:
    """How much of a picture a fault changes, as a share of the glyph's ink, where the two are laid over each other best.

    Compared over the glyph's own box, or over its line where that was set again.
    """
    reset = _differs(rgb, fault, spot.row, 1) > _differs(rgb, fault, spot.box, 1)
    box = spot.row if reset else spot.box
    true, wrong = _ink(rgb, ground, box), _ink(fault, ground, box)
    moved = (ndimage.shift(wrong, by, order=1) for by in itertools.product(STEPS, STEPS))
    least = min(float(np.abs(each - true).sum()) for each in moved)
    return least / max(float(np.abs(_ink(rgb, ground, spot.box)).sum()), 1.0)


def _ink(rgb: NDArray[np.uint8], ground: NDArray[np.uint8], box: Rect) -> NDArray[np.float32]:
    rows, cols = window(box, rgb.shape, 2)
    ink: NDArray[np.float32] = (rgb[rows, cols].astype(np.float32) - ground[rows, cols]).mean(axis=2)
    return np.asarray(ndimage.gaussian_filter(ink, SOFT), np.float32)


def _differs(a: NDArray[np.uint8], b: NDArray[np.uint8], box: Rect, pad: float) -> int:
    rows, cols = window(box, a.shape, pad)
    return int((a[rows, cols] != b[rows, cols]).sum())


def _spots(proof: Proof) -> list[_Spot]:
    """Every glyph that carries meaning: letters, digits and Han of every line."""
    spots = []
    for layer in proof.type_layers:
        for number, match in enumerate(proof.matches[layer.id]):
            places = [i for i, c in enumerate(match.text) if not c.isspace()]
            if len(places) != len(match.glyphs):
                continue
            for place, glyph in zip(places, match.glyphs, strict=True):
                if glyph.char.isalnum():
                    spots.append(_Spot(layer, number, place, glyph.char, glyph.box, match.found))
    return spots


Done = tuple[NDArray[np.uint8], str] | None


def _replaced(
    sample: Sample, spot: _Spot, rgb: NDArray[np.uint8], ground: NDArray[np.uint8], rng: random.Random
) -> Done:
    """Another, similar character set in its place by the compositor."""
    others = [pair.replace(spot.char, "") for pair in SIMILAR if spot.char in pair]
    if not others:
        return None
    other = rng.choice(others)
    layer = _reworded(spot, lambda text: text[: spot.index] + other + text[spot.index + 1 :])
    return sample.compose(sample.design.replaced(layer)), f"{spot.char} → {other}"


def _reworded(spot: _Spot, change: Callable[[str], str]) -> TypeLayer:
    if isinstance(spot.layer, PriceLayer):
        return spot.layer.model_copy(update={"text": change(spot.layer.text)})
    assert isinstance(spot.layer, TextLayer)
    lines = list(spot.layer.lines)
    lines[spot.line] = change(lines[spot.line])
    return spot.layer.model_copy(update={"lines": tuple(lines)})


def _erased(rgb: NDArray[np.uint8], ground: NDArray[np.uint8], box: Rect) -> NDArray[np.uint8]:
    out = rgb.copy()
    rows, cols = window(box, rgb.shape, 1)
    out[rows, cols] = ground[rows, cols]
    return out


def _dropped(
    sample: Sample, spot: _Spot, rgb: NDArray[np.uint8], ground: NDArray[np.uint8], rng: random.Random
) -> Done:
    """Left out: its place stays empty, or the rest closes up."""
    if rng.random() < 0.5:
        return _erased(rgb, ground, spot.box), f"{spot.char} erased"
    shorter = _reworded(spot, lambda text: text[: spot.index] + text[spot.index + 1 :])
    if isinstance(shorter, PriceLayer) and not any(c.isdigit() for c in shorter.text):
        return None
    if isinstance(shorter, TextLayer) and not all(line.strip() for line in shorter.lines):
        return None
    return sample.compose(sample.design.replaced(shorter)), f"{spot.char} left out"


def _tofu(sample: Sample, spot: _Spot, rgb: NDArray[np.uint8], ground: NDArray[np.uint8], rng: random.Random) -> Done:
    """The empty box of a missing glyph, in the type's colour."""
    out = _erased(rgb, ground, spot.box)
    height = max(spot.box.height, 0.7 * spot.layer.style.size)
    cx, _ = spot.box.center
    box = Rect(cx - height * 0.38, spot.box.y1 - height, cx + height * 0.38, spot.box.y1)
    stroke = max(1, round(0.06 * spot.layer.style.size))
    rows, cols = window(box, rgb.shape)
    color = np.frombuffer(bytes.fromhex(spot.layer.color[1:]), np.uint8)
    frame = np.zeros((rows.stop - rows.start, cols.stop - cols.start), np.bool_)
    frame[:stroke], frame[-stroke:], frame[:, :stroke], frame[:, -stroke:] = True, True, True, True
    out[rows, cols][frame] = color
    return out, f"{spot.char} → box"


def _cut(sample: Sample, spot: _Spot, rgb: NDArray[np.uint8], ground: NDArray[np.uint8], rng: random.Random) -> Done:
    """Cut off at one side, by 40 to 50 % of its height or width."""
    box, share = spot.box, rng.uniform(0.4, 0.5)
    side = rng.choice(("top", "bottom", "left", "right"))
    part = {
        "top": Rect(box.x0, box.y0, box.x1, box.y0 + share * box.height),
        "bottom": Rect(box.x0, box.y1 - share * box.height, box.x1, box.y1),
        "left": Rect(box.x0, box.y0, box.x0 + share * box.width, box.y1),
        "right": Rect(box.x1 - share * box.width, box.y0, box.x1, box.y1),
    }[side]
    if min(part.width, part.height) < 2:
        return None
    out = rgb.copy()
    rows, cols = window(part, rgb.shape)
    out[rows, cols] = ground[rows, cols]
    return (out, f"{spot.char} cut {side} {share:.0%}") if _changed(out, rgb, box, 0.15) else None


def _mirrored(
    sample: Sample, spot: _Spot, rgb: NDArray[np.uint8], ground: NDArray[np.uint8], rng: random.Random
) -> Done:
    """Flipped left to right, for glyphs that are not their own mirror image."""
    rows, cols = window(spot.box, rgb.shape)
    patch = rgb[rows, cols]
    grey = patch.astype(np.float32).mean(axis=2)
    turned = float(np.abs(grey - grey[:, ::-1]).mean())
    if min(patch.shape[:2]) < 4 or correlation(grey, grey[:, ::-1]) > 0.6 or turned < 20:
        return None
    out = rgb.copy()
    out[rows, cols] = patch[:, ::-1]
    return out, f"{spot.char} mirrored"


def _changed(a: NDArray[np.uint8], b: NDArray[np.uint8], box: Rect, share: float) -> bool:
    rows, cols = window(box, a.shape)
    moved = np.abs(a[rows, cols].astype(np.int16) - b[rows, cols]).max(axis=2) > 40
    return bool(moved.mean() > share * 0.3)


_PLANT: dict[str, Callable[[Sample, _Spot, NDArray[np.uint8], NDArray[np.uint8], random.Random], Done]] = {
    "replaced": _replaced,
    "dropped": _dropped,
    "tofu": _tofu,
    "cut": _cut,
    "mirrored": _mirrored,
}
