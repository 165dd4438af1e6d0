"""An uploaded cut-out: found beside its brief, decoded safely, cropped; or told why not."""

from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image

from generation.errors import BriefProblem
from generation.planning.brief import Brief
from generation.planning.product import PhotoNotCutOut, hue_of, product_of


def brief(image: str | None = "bottle.png") -> Brief:
    subject = {"subject": {"image": image}} if image else {}
    return Brief.model_validate({"brand": "demo", "copy": {"headline": "你好"}, "formats": ["300x250"]} | subject)


def cut_out(color: tuple[int, int, int] = (215, 48, 31)) -> NDArray[np.uint8]:
    pixels = np.zeros((300, 200, 4), np.uint8)
    rows, columns = np.mgrid[:300, :200]
    inside = (rows - 150) ** 2 / 130**2 + (columns - 100) ** 2 / 80**2 < 1
    pixels[inside] = (*color, 255)
    return pixels


def refused(folder: Path, name: str = "bottle.png") -> BriefProblem:
    with pytest.raises(BriefProblem) as caught:
        product_of(brief(name), folder)
    assert caught.value.field == "subject.image" and caught.value.words.zh
    return caught.value


def test_no_picture_no_product(tmp_path: Path) -> None:
    assert product_of(brief(None), tmp_path) is None


def test_a_cut_out_is_cropped_to_what_is_opaque(tmp_path: Path) -> None:
    Image.fromarray(cut_out()).save(tmp_path / "bottle.png")
    pixels = product_of(brief(), tmp_path)
    assert pixels is not None and pixels.shape == (259, 159, 4)


@pytest.mark.parametrize("name", ["../bottle.png", "/etc/passwd", "missing.png", "folder"])
def test_files_outside_the_briefs_folder_do_not_exist(tmp_path: Path, name: str) -> None:
    inner = tmp_path / "inner"
    (inner / "folder").mkdir(parents=True)
    Image.fromarray(cut_out()).save(tmp_path / "bottle.png")
    assert "beside the brief" in refused(inner, name).words.en


def test_a_link_out_of_the_folder_is_not_followed(tmp_path: Path) -> None:
    inner = tmp_path / "inner"
    inner.mkdir()
    Image.fromarray(cut_out()).save(tmp_path / "secret.png")
    (inner / "bottle.png").symlink_to(tmp_path / "secret.png")
    assert "beside the brief" in refused(inner).words.en


def test_what_cannot_be_used_is_told(tmp_path: Path) -> None:
    path = tmp_path / "bottle.png"
    path.write_bytes(b"not a picture")
    assert "PNG" in refused(tmp_path).words.en
    Image.new("RGBA", (200, 200)).save(path)
    assert "transparent" in refused(tmp_path).words.en
    Image.new("RGB", (200, 200)).save(path)
    assert isinstance(found := refused(tmp_path), PhotoNotCutOut) and "--cut-out" in found.words.en
    Image.fromarray(cut_out()).resize((60, 60)).save(path)
    assert "64" in refused(tmp_path).words.en


def test_a_products_hue_is_found_and_grey_has_none() -> None:
    red = hue_of(cut_out())
    assert red is not None and abs(red - 30) < 8
    assert hue_of(cut_out((120, 120, 120))) is None


def test_a_photo_is_cut_out_by_itself_only_when_asked(tmp_path: Path) -> None:
    rng = np.random.default_rng(1)
    photo = rng.integers(170, 200, (300, 240, 3)).astype(np.uint8)
    shape = cut_out()[..., 3] > 0
    photo[:, 20:220][shape] = (215, 48, 31)
    Image.fromarray(photo).save(tmp_path / "bottle.jpg")
    refused(tmp_path, "bottle.jpg")
    found = product_of(brief("bottle.jpg"), tmp_path, cut=True)
    assert found is not None and abs(found.shape[0] - 259) < 8 and abs(found.shape[1] - 159) < 8
    Image.new("RGB", (300, 300), (120, 120, 120)).save(tmp_path / "empty.jpg")
    with pytest.raises(BriefProblem) as caught:
        product_of(brief("empty.jpg"), tmp_path, cut=True)
    assert "by itself" in caught.value.words.en


def test_a_thing_that_fills_its_box_is_still_a_cut_out(tmp_path: Path) -> None:
    pixels = np.zeros((300, 300, 4), np.uint8)
    pixels[60:240, 60:240] = (20, 90, 200, 255)
    Image.fromarray(pixels).save(tmp_path / "box.png")
    found = product_of(brief("box.png"), tmp_path)
    assert found is not None and found.shape == (180, 180, 4)
