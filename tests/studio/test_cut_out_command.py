"""`manage.py cut_out`: a PNG to look at, or a sentence."""

from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from PIL import Image

from generation.errors import PermanentError
from tests.brand_styles.intake.test_photos import RECTANGLE, photo


def run(*arguments: str) -> tuple[int, str, str]:
    out, err = StringIO(), StringIO()
    with pytest.raises(SystemExit) as ended:
        call_command("cut_out", *arguments, stdout=out, stderr=err)
    return int(ended.value.code or 0), out.getvalue(), err.getvalue()


def test_it_writes_a_cut_out_beside_the_photo(tmp_path: Path) -> None:
    (tmp_path / "jug.jpg").write_bytes(photo()[0])
    code, said, _ = run(str(tmp_path / "jug.jpg"), "--rectangle", *map(str, RECTANGLE))
    assert code == 0 and "jug.cut.png" in said and "Look at it" in said
    with Image.open(tmp_path / "jug.cut.png") as image:
        assert image.mode == "RGBA" and image.getchannel("A").getextrema() == (0, 255)


@pytest.mark.parametrize("content", [b"no photo", b"", photo()[0][:600]])
def test_what_it_cannot_use_is_told_and_nothing_is_written(content: bytes, tmp_path: Path) -> None:
    (tmp_path / "jug.jpg").write_bytes(content)
    code, _, said = run(str(tmp_path / "jug.jpg"))
    assert code == 2 and "jug.jpg: The" in said
    assert [p.name for p in tmp_path.iterdir()] == ["jug.jpg"]


def test_a_missing_photo_and_a_photo_of_nothing(tmp_path: Path) -> None:
    assert run(str(tmp_path / "none.jpg"))[0] == 2
    Image.new("RGB", (200, 200), (90, 90, 90)).save(tmp_path / "grey.png")
    code, _, said = run(str(tmp_path / "grey.png"))
    assert code == 2 and "rectangle" in said


def test_produce_takes_a_photo_only_with_the_flag(
    brands: None, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    brief = "brand: demo\nsubject: {image: jug.jpg}\ncopy: {headline: 会员日}\nformats: [300x250]\n"
    (tmp_path / "brief.yaml").write_text(brief, encoding="utf-8")
    (tmp_path / "jug.jpg").write_bytes(photo()[0])
    with pytest.raises(SystemExit) as ended:
        call_command("produce", tmp_path / "brief.yaml", out=tmp_path / "out")
    told = capsys.readouterr().err
    assert ended.value.code == 2 and "brief.yaml:2" in told and "--cut-out" in told and "cut_out jug.jpg" in told
    taken: list[tuple[int, ...]] = []

    def stop(brief: Any, brand: Any, product: Any, *more: Any) -> None:
        taken.append(product.shape)
        raise PermanentError("Enough.", "够了。")

    monkeypatch.setattr("generation.producing.prepare", stop)
    with pytest.raises(SystemExit):
        call_command("produce", tmp_path / "brief.yaml", out=tmp_path / "out", cut_out=True)
    assert taken and taken[0][2] == 4 and min(taken[0][:2]) > 100
    assert not (tmp_path / "out").exists()
