"""Logos from people: a PNG stays what it was pixel for pixel, and carries nothing else."""

import base64
import io

import numpy as np
import pytest
from PIL import Image, PngImagePlugin
from pydantic import ValidationError

from brand_styles.checking import problems_of
from brand_styles.intake.guard import Refused
from brand_styles.logos import logo_of
from brand_styles.sample import demo
from brand_styles.style import Logo
from tests.brand_styles.papers import SVG, pixels_of, png_logo


def noisy(side: int) -> bytes:
    out = io.BytesIO()
    Image.fromarray(np.random.default_rng(1).integers(0, 256, (side, side, 3), np.uint8)).save(out, "PNG")
    return out.getvalue()


@pytest.mark.parametrize("mode", ["RGBA", "RGB", "L", "LA"])
def test_a_png_keeps_every_pixel(mode: str) -> None:
    sent = png_logo(mode=mode)
    kept = logo_of(sent)
    assert np.array_equal(pixels_of(base64.b64decode(kept["png"])), pixels_of(sent))
    assert (kept["pixels"], kept["aspect"]) == ([120, 40], 3.0)
    assert Logo.model_validate(kept | {"ground": "dark"}).most_height == 40


def test_nothing_but_pixels_is_kept() -> None:
    told = PngImagePlugin.PngInfo()
    told.add_text("Comment", "<script>secret</script>")
    out = io.BytesIO()
    Image.open(io.BytesIO(png_logo())).save(out, "PNG", pnginfo=told)
    assert b"secret" in out.getvalue() and b"secret" not in base64.b64decode(logo_of(out.getvalue())["png"])


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (png_logo()[:-40], "truncated"),
        (png_logo(5000, 30), "logo-side"),
        (noisy(800), "logo-size"),
        (SVG.replace(' viewBox="0 0 120 40"', "").encode(), "svg-no-size"),
    ],
)
def test_what_is_no_logo_is_refused(content: bytes, code: str) -> None:
    with pytest.raises(Refused) as caught:
        logo_of(content)
    assert caught.value.code == code


def test_a_png_with_nothing_to_see_is_refused() -> None:
    out = io.BytesIO()
    Image.new("RGBA", (20, 20)).save(out, "PNG")
    with pytest.raises(Refused) as caught:
        logo_of(out.getvalue())
    assert caught.value.code == "logo-clear"


@pytest.mark.parametrize("drawing", [{}, {"svg": "<svg/>", "png": "AA", "pixels": [1, 1]}, {"png": "AA"}])
def test_a_logo_is_one_drawing(drawing: dict[str, object]) -> None:
    with pytest.raises(ValidationError, match="not-one-drawing"):
        Logo.model_validate({"ground": "light", "aspect": 1.0, **drawing})


def test_a_png_lower_than_its_least_height_keeps_a_brand_from_being_published() -> None:
    style = demo().model_dump(mode="json")
    style["logos"] = [logo_of(png_logo(30, 10)) | {"ground": "light", "min_height": 24}]
    (problem,) = problems_of(style)
    assert problem.field == "logos.0" and "10 px high" in problem.words.en
    style["logos"] = [
        logo_of(png_logo())
        | {"ground": "light", "forbidden": [s["hex"] for s in style["palette"] if s["role"] == "ground"]}
    ]
    (problem,) = problems_of(style)
    assert "Every ground of the palette" in problem.words.en
