"""A brand as one file: out and in again, and what is no such file."""

import io
import json
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

from brand_styles import sample
from brand_styles.drafts import FIELDS
from brand_styles.intake.guard import Refused
from brand_styles.portable import packed, unpacked
from brand_styles.references import LostReference, keep_reference, pixels_of
from brand_styles.style import BrandStyle, ReferencePicture


@pytest.fixture(autouse=True)
def files(settings: Any, tmp_path: Path) -> Path:
    settings.MEDIA_ROOT = tmp_path / "files"
    return tmp_path / "files"


def picture(seed: int) -> bytes:
    out = io.BytesIO()
    pixels = np.random.default_rng(seed).integers(0, 256, (80, 90, 3), np.uint8)
    Image.fromarray(pixels).save(out, "PNG")
    return out.getvalue()


def style() -> BrandStyle:
    references = (keep_reference(picture(1)), keep_reference(picture(2)))
    return sample.demo().model_copy(update={"references": references})


def archive(**changes: Any) -> bytes:
    """The sample's file with its JSON's fields changed; those that are None taken out."""
    told = {"format": 1, **sample.demo().model_dump(mode="json"), **changes}
    return zipped({"style.json": json.dumps({k: v for k, v in told.items() if v is not None}).encode()})


def zipped(entries: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in entries.items():
            file.writestr(name, content)
    return out.getvalue()


def test_a_brand_comes_back_as_it_went_out(settings: Any, tmp_path: Path) -> None:
    given = style()
    file = packed(given)
    assert packed(given) == file
    settings.MEDIA_ROOT = tmp_path / "another studio"
    fields = unpacked(file)
    assert set(fields) <= set(FIELDS)
    back = BrandStyle.model_validate({**fields, "slug": "demo", "version": 1})
    assert back.model_copy(update={"references": (), "logos": ()}) == given.model_copy(
        update={"references": (), "logos": ()}
    )
    assert [logo.ground for logo in back.logos] == [logo.ground for logo in given.logos]
    assert "<path" in back.logos[0].svg and back.logos[0].aspect == pytest.approx(given.logos[0].aspect)
    for reference, seed in zip(back.references, (1, 2), strict=True):
        assert (pixels_of(reference) == np.asarray(Image.open(io.BytesIO(picture(seed))))).all()


def test_a_reference_that_is_gone_is_told_before_there_is_a_file(files: Path) -> None:
    given = style()
    (files / given.references[0].file).unlink()
    with pytest.raises(LostReference):
        packed(given)


SCRIPT = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 4 4"><script>alert(1)</script></svg>'
LOGO = {"ground": "light", "svg": SCRIPT, "aspect": 1}
GONE = ReferencePicture(file="../../etc/passwd", sha256="0" * 64).model_dump()


@pytest.mark.parametrize(
    ("make", "code"),
    [
        (lambda: b"", "archive"),
        (lambda: b"no archive at all", "archive"),
        (lambda: packed(sample.demo())[:-60], "archive"),
        (lambda: zipped({"../style.json": b"{}"}), "archive"),
        (lambda: zipped({"style.json": b"[1]"}), "style"),
        (lambda: zipped({"style.json": b"[" * 100_000}), "style"),
        (lambda: zipped({"style.json": b" " * 300_000_000}), "size"),
        (lambda: archive(format=2), "style"),
        (lambda: archive(corner_radius=float("nan")), "style"),
        (lambda: archive(palette=None), "field"),
        (lambda: archive(palette=[{"role": "ground", "hex": "red"}]), "field"),
        (lambda: archive(logos=[LOGO]), "script"),
        (lambda: archive(references=[GONE]), "archive"),
        (lambda: zipped({"style.json": b"{}"}) + b"x" * 27_000_000, "size"),
    ],
)
def test_what_is_no_brand_is_refused_in_a_sentence(make: Callable[[], bytes], code: str, files: Path) -> None:
    with pytest.raises(Refused) as met:
        unpacked(make())
    assert met.value.code == code and met.value.words.zh
    assert not list(files.rglob("*.png"))


def test_a_picture_that_is_none_is_refused() -> None:
    given = style()
    name = f"references/{given.references[0].sha256}.png"
    told = {"format": 1, **given.model_dump(mode="json"), "references": [given.references[0].model_dump()]}
    with pytest.raises(Refused) as met:
        unpacked(zipped({"style.json": json.dumps(told).encode(), name: b"GIF89a"}))
    assert met.value.code == "type"
