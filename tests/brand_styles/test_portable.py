"""A brand as one file: out and in again, and what is no such file."""

import hashlib
import io
import json
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

from brand_styles import portable, sample
from brand_styles.comparing import FIELDS
from brand_styles.fonts import font_bytes, keep_font
from brand_styles.intake.guard import Refused
from brand_styles.licences import keyed
from brand_styles.logos import logo_of
from brand_styles.portable import packed, unpacked
from brand_styles.references import LostReference, keep_reference, pixels_of
from brand_styles.style import BrandStyle, Logo, ReferencePicture, Typefaces
from brand_styles.words import Words
from tests.brand_styles.papers import png_logo
from tests.brand_styles.typefaces import font_file


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
PNG_LOGO = {"ground": "light", "png": "AA", "pixels": [1, 1], "aspect": 1}
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
        (lambda: zipped({"style.json": b"{}"} | {f"{n}": b"" for n in range(600)}), "archive"),
        (lambda: with_font(b"another"), "hash"),
        (lambda: with_font(b"OTTO" + b"\x00" * 80, pinned=True), "font-broken"),
        (lambda: with_font(font_file(fs_type=2), pinned=True), "font-restricted"),
        (lambda: with_picture(b"another"), "hash"),
        (lambda: with_picture(b"GIF89a", pinned=True), "type"),
        (lambda: with_picture(b"\x00" * 60_000_000), "size"),
        (lambda: archive(logos=[PNG_LOGO | {"png": "not base64"}]), "field"),
        (lambda: archive(logos=[PNG_LOGO | {"png": "iVBORw0KGgo="}]), "logo-type"),
    ],
)
def test_what_is_no_brand_is_refused_in_a_sentence(make: Callable[[], bytes], code: str, files: Path) -> None:
    with pytest.raises(Refused) as met:
        unpacked(make())
    assert met.value.code == code and met.value.words.zh
    assert not list(files.rglob("*.png"))


def test_a_file_larger_than_a_brand_is_refused_unread(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(portable, "MAX_ARCHIVE", 1000)
    with pytest.raises(Refused) as met:
        unpacked(packed(sample.demo()))
    assert met.value.code == "size"


def test_fonts_logos_captions_and_rights_travel(settings: Any, tmp_path: Path) -> None:
    font = keep_font(font_file()).model_copy(update={"licence": "Kiln 7", "seats": 3, "media": ("web",)})
    picture_kept = keep_reference(picture(1)).model_copy(
        update={"caption": Words(en="A kiln", zh="窑"), "rights": "licensed", "note": "Contract 7", "look": False}
    )
    logo = Logo.model_validate(logo_of(png_logo()) | {"ground": "light", "forbidden": ["#C8321F"]})
    faces = Typefaces(display_latin=next(iter(keyed([font]))))
    given = sample.demo().model_copy(
        update={"fonts": (font,), "references": (picture_kept,), "logos": (logo,), "typefaces": faces}
    )
    file = packed(given)
    settings.MEDIA_ROOT = tmp_path / "another studio"
    back = BrandStyle.model_validate({**unpacked(io.BytesIO(file)), "slug": "demo", "version": 1})
    assert back == given
    assert font_bytes(back.fonts[0]).startswith(b"\x00\x01\x00\x00")


def with_font(content: bytes, *, pinned: bool = False) -> bytes:
    """The sample's file with a font in it, its hash right or wrong."""
    digest = hashlib.sha256(content).hexdigest() if pinned else "a" * 64
    facts = {"file": "fonts/../../x", "sha256": digest, "family": {"en": "K", "zh": "K"}, "weight": 400}
    told = {"format": 1, **sample.demo().model_dump(mode="json")}
    told["fonts"] = [{**facts, "script": "latin", "latin": 95, "han": 0}]
    return zipped({"style.json": json.dumps(told).encode(), f"fonts/{digest}.ttf": content})


def with_picture(content: bytes, *, pinned: bool = False) -> bytes:
    digest = hashlib.sha256(content).hexdigest() if pinned else "a" * 64
    told = {"format": 1, **sample.demo().model_dump(mode="json")}
    told["references"] = [{"file": "../x", "sha256": digest}]
    return zipped({"style.json": json.dumps(told).encode(), f"references/{digest}.png": content})
