"""Signatures of pictures: the same picture is known again, another is not taken for it."""

import io
from itertools import combinations

import numpy as np
import pytest
from PIL import Image, ImageDraw

from brand_styles.likeness import LENGTH, NEAR, likeness, signature


def drawn(seed: int) -> Image.Image:
    """A made-up still life: a ground that falls off, some rounded things on it."""
    rng = np.random.default_rng(seed)
    ground = np.linspace(rng.uniform(90, 250, 3), rng.uniform(20, 160, 3), 480)
    image = Image.fromarray(np.repeat(ground[:, None], 360, axis=1).astype(np.uint8))
    pen = ImageDraw.Draw(image)
    for _ in range(6):
        x, y, r = rng.uniform(40, 320), rng.uniform(60, 440), rng.uniform(25, 100)
        pen.rounded_rectangle((x - r, y - r, x + r, y + r), r / 2, fill=tuple(rng.integers(0, 256, 3).tolist()))
    return image


def of(image: Image.Image) -> tuple[float, ...]:
    return signature(np.asarray(image.convert("RGB")))


def compressed(image: Image.Image) -> Image.Image:
    file = io.BytesIO()
    image.save(file, "JPEG", quality=35)
    return Image.open(file)


def cropped(image: Image.Image, share: float) -> Image.Image:
    w, h = image.size
    return image.crop((round(w * share), round(h * share), round(w * (1 - share)), round(h * (1 - share))))


@pytest.mark.parametrize("seed", range(8))
def test_the_same_picture_is_known_again(seed: int) -> None:
    image = drawn(seed)
    for other in (compressed(image), image.resize((90, 120)), image.resize((720, 960)), cropped(image, 0.04)):
        assert likeness(of(image), of(other)) > NEAR
    assert likeness(of(image), of(image)) == pytest.approx(1)


def test_other_pictures_are_not_taken_for_it() -> None:
    assert max(likeness(of(drawn(a)), of(drawn(b))) for a, b in combinations(range(12), 2)) < NEAR


def test_colour_counts_as_well_as_structure() -> None:
    image = drawn(3)
    turned = Image.fromarray(np.asarray(image)[..., ::-1])
    assert likeness(of(image), of(turned)) < likeness(of(image), of(compressed(image)))
    assert likeness(of(Image.new("RGB", (99, 80), "#C00000")), of(Image.new("RGB", (80, 99), "#0000C0"))) < 0.5


def test_flat_grounds_of_one_colour_are_alike_whatever_their_noise() -> None:
    noise = np.random.default_rng(1).integers(-2, 3, (200, 300, 3))
    flat = Image.new("RGB", (300, 200), "#E8E0D0")
    assert likeness(of(flat), of(Image.fromarray((np.asarray(flat) + noise).astype(np.uint8)))) > NEAR


def test_order_does_not_matter_and_a_signature_is_short() -> None:
    a, b = of(drawn(1)), of(cropped(drawn(1), 0.02))
    assert likeness(a, b) == likeness(b, a)
    assert len(a) == LENGTH <= 64


def test_what_is_no_picture_or_no_signature_is_refused() -> None:
    with pytest.raises(ValueError, match="a picture is"):
        signature(np.zeros((2, 5, 3), np.uint8))
    with pytest.raises(ValueError, match="63 numbers"):
        likeness((0.0,) * 63, (0.0,) * 64)
