"""Photos cut out in the child process: measured against a known alpha, and every bad wish refused with a sentence."""

import io

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image, ImageFilter
from scipy import ndimage

from brand_styles.intake import photos
from brand_styles.intake.guard import Refused
from brand_styles.intake.photos import Stroke, cut_out
from tests.brand_styles.intake.test_pictures import png_bomb

SIZE = 420, 360  # height, width
Alpha = NDArray[np.uint8]


def thing() -> tuple[NDArray[np.float64], Alpha]:
    """A shaded jug with a handle: a body, and a ring with a hole at its side. Colours and alpha."""
    y, x = np.mgrid[: SIZE[0] * 2, : SIZE[1] * 2] / 2.0
    body = ((x - 180) / 72) ** 4 + ((y - 250) / 120) ** 4 < 1
    ring = np.abs(np.hypot((x - 258) / 0.8, y - 240) - 48) < 11
    inside = (body | ring).astype(np.float64)
    alpha = inside.reshape(SIZE[0], 2, SIZE[1], 2).mean(axis=(1, 3))
    shade = 0.75 + 0.35 * np.cos((x[::2, ::2] - 150) / 60)
    return np.stack([30 * shade + 12, 96 * shade, 168 * shade], axis=-1), (alpha * 255 + 0.5).astype(np.uint8)


def busy_ground(seed: int) -> NDArray[np.float64]:
    """A table and a wall of grained wood, with pale and dark things about."""
    rng = np.random.default_rng(seed)
    grain = ndimage.gaussian_filter(rng.normal(size=SIZE), (1.5, 26))
    y, x = np.mgrid[: SIZE[0], : SIZE[1]]
    wood = np.where(y[..., None] > 300, (188, 140, 92), (214, 196, 168)) * (1 + 0.1 * grain / grain.std())[..., None]
    for cx, cy, r, color in (
        (40, 90, 40, (200, 70, 50)),
        (330, 110, 34, (240, 226, 120)),
        (60, 350, 50, (60, 120, 70)),
    ):
        wood[np.hypot(x - cx, y - cy) < r] = color
    painted: NDArray[np.float64] = wood
    return painted


def photo(seed: int = 1, *, twin: bool = False) -> tuple[bytes, Alpha]:
    """A JPEG of the thing on the ground, softened and noisy as cameras make it, and the true alpha.

    `twin`: with a plate of its own colour behind it."""
    colors, alpha = thing()
    share = alpha[..., None] / 255
    ground = busy_ground(seed)
    if twin:
        y, x = np.mgrid[: SIZE[0], : SIZE[1]]
        ground[np.hypot(x - 284, y - 345) < 28] = (36, 92, 160)
    whole = colors * share + ground * (1 - share)
    soft = Image.fromarray(np.clip(whole, 0, 255).astype(np.uint8)).filter(ImageFilter.GaussianBlur(0.6))
    noisy = np.asarray(soft) + np.random.default_rng(seed).normal(0, 3, (*SIZE, 3))
    out = io.BytesIO()
    Image.fromarray(np.clip(noisy, 0, 255).astype(np.uint8)).save(out, "JPEG", quality=88)
    return out.getvalue(), alpha


def iou(one: Alpha, other: Alpha) -> float:
    a, b = one > 127, other > 127
    return float((a & b).sum() / (a | b).sum())


RECTANGLE = (90, 115, 325, 385)


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_one_rectangle_is_nearly_enough(seed: int) -> None:
    file, alpha = photo(seed)
    found = cut_out(file, RECTANGLE)
    assert found.alpha.shape == SIZE and found.rectangle == RECTANGLE
    assert iou(found.alpha, alpha) >= 0.9
    assert np.abs(found.alpha.astype(int) - alpha).mean() < 6


def test_two_strokes_take_off_what_looks_the_same() -> None:
    file, alpha = photo(1, twin=True)
    taken_with = cut_out(file, RECTANGLE)
    assert taken_with.alpha[345, 290] > 127  # a blue plate behind the blue jug: colour alone cannot know
    strokes = [Stroke(False, 26, ((280.0, 338.0), (302.0, 352.0))), Stroke(True, 12, ((244.0, 300.0), (240.0, 352.0)))]
    mended = cut_out(file, RECTANGLE, strokes)
    assert iou(mended.alpha, alpha) >= 0.93
    assert iou(mended.alpha, alpha) > iou(taken_with.alpha, alpha) + 0.01


def test_without_a_rectangle_it_looks_for_the_thing_itself() -> None:
    file, alpha = photo()
    found = cut_out(file)
    assert iou(found.alpha, alpha) > 0.55
    x0, y0, x1, y1 = found.rectangle
    assert x0 < 180 < x1 and y0 < 250 < y1


def test_what_a_stroke_touches_is_kept_or_removed_without_fail() -> None:
    file, _ = photo()
    found = cut_out(
        file, RECTANGLE, [Stroke(True, 12, ((300.0, 140.0), (318.0, 140.0))), Stroke(False, 12, ((180.0, 250.0),))]
    )
    assert (found.alpha[136:144, 302:316] == 255).all()
    assert (found.alpha[248:253, 178:183] == 0).all()


def test_edges_are_soft_and_the_same_wishes_give_the_same_alpha() -> None:
    file, _ = photo()
    one, two = cut_out(file, RECTANGLE), cut_out(file, RECTANGLE)
    assert np.array_equal(one.alpha, two.alpha)
    assert len(np.unique(one.alpha)) > 40


def refused(file: bytes, rectangle: object = None, strokes: object = ()) -> Refused:
    with pytest.raises(Refused) as caught:
        cut_out(file, rectangle, strokes)  # type: ignore[arg-type]
    assert caught.value.words.en and caught.value.words.zh
    return caught.value


def plain(color: tuple[int, int, int], size: tuple[int, int] = (300, 300)) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", size, color).save(out, "PNG")
    return out.getvalue()


def test_a_photo_without_anything_in_it_is_told() -> None:
    assert refused(plain((120, 130, 140))).code in ("cut-nothing", "cut-everything")
    assert refused(plain((9, 9, 9), (1, 1))).code in ("cut-nothing", "cut-everything")


def test_of_a_photo_of_one_colour_the_brush_alone_tells() -> None:
    assert refused(plain((90, 90, 90), (200, 200))).code == "cut-nothing"  # GrabCut by itself takes minutes over it
    found = cut_out(plain((90, 90, 90), (200, 200)), None, [Stroke(True, 60, ((80.0, 100.0), (120.0, 100.0)))])
    assert found.alpha[100, 100] == 255 and 0.04 < (found.alpha > 127).mean() < 0.2


@pytest.mark.parametrize("rectangle", [[5, 5, 6, 6], [0, 0, 0, 0], ["a", 1, 2, 3], [1, 2, 3], [-900, -900, -800, -800]])
def test_a_rectangle_without_size_is_told(rectangle: list[object]) -> None:
    assert refused(photo()[0], rectangle).code == "cut-rectangle"


@pytest.mark.parametrize(
    "strokes",
    [
        [{"keep": True, "size": 4}],
        [{"keep": True, "size": "wide", "points": [[1, 1]]}],
        [{"keep": True, "size": 4, "points": [[1]]}],
        [{"keep": True, "size": 4, "points": [[1, float("1e400")]]}],
        [{"keep": True, "size": 4, "points": [[1, 1]]}] * 401,
        [{"keep": True, "size": 4, "points": [[1, 1]] * 20_001}],
        ["scribble"],
    ],
)
def test_strokes_that_are_none_are_told(strokes: list[object]) -> None:
    assert refused(photo()[0], RECTANGLE, strokes).code == "cut-strokes"


def test_bombs_truncated_files_and_limits() -> None:
    assert refused(png_bomb(6000)).code == "pixels"
    assert refused(photo()[0][:900]).code in ("truncated", "type")
    assert refused(b"no photo").code == "type"


def test_the_cutting_child_dies_of_its_limits(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(photos, "MEMORY_BYTES", 200_000_000)
    assert refused(photo()[0]).code == "memory"
    monkeypatch.setattr(photos, "MEMORY_BYTES", 2_000_000_000)
    monkeypatch.setattr(photos, "CPU_SECONDS", 0)
    assert refused(photo()[0]).code == "time"
