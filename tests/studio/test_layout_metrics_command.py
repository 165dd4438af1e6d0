"""The command's promise: what the last line of --json says, and one sentence with exit 2 for a bad file."""

from __future__ import annotations

import json
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from PIL import Image

PAIR = [{"cls": "text", "box": [10, 10, 50, 30]}, {"cls": "text", "box": [30, 20, 70, 40]}]


def write(folder: Path, value: Any) -> str:
    path = folder / "layouts.json"
    path.write_text(value if isinstance(value, str) else json.dumps(value), encoding="utf-8")
    return str(path)


def run(*args: str) -> str:
    out = StringIO()
    call_command("layout_metrics", *args, stdout=out)
    return out.getvalue()


def test_the_last_line_is_json(tmp_path: Path) -> None:
    path = write(tmp_path, {"canvas": [100, 100], "layouts": [PAIR]})
    shown = run(path, "--profile", "strict", "--json").splitlines()
    assert "strict" in shown[0]
    last = json.loads(shown[-1])
    assert set(last) == {"val", "ove", "ali", "und_l", "und_s"}
    assert last["ove"] == pytest.approx(1 / 7)


def test_pictures_bring_the_other_metrics(tmp_path: Path) -> None:
    path = write(tmp_path, {"canvas": [100, 100], "layouts": [PAIR]})
    folder = tmp_path / "maps"
    folder.mkdir()
    Image.new("L", (100, 100), 0).save(folder / "0.png")
    shown = run(path, "--profile", "strict", "--saliency", str(folder), "--picture", str(folder), "--json")
    last = json.loads(shown.splitlines()[-1])
    assert last["uti"] == pytest.approx(0.14)  # 1,400 of 10,000 px, nothing salient
    assert (last["occ"], last["rea"]) == (0.0, 0.0)


@pytest.mark.parametrize(
    ("value", "named"),
    [
        ("{", "not JSON"),
        ({"layouts": []}, "canvas"),
        ({"canvas": [100, 0], "layouts": []}, "canvas"),
        ({"canvas": [100, 100]}, "layouts"),
        ({"canvas": [100, 100], "layouts": [[{"cls": "blob", "box": [0, 0, 1, 1]}]]}, "element 0 of layout 0"),
        ({"canvas": [100, 100], "layouts": [PAIR, [{"cls": "text", "box": [0, 0, 1]}]]}, "element 0 of layout 1"),
        ('{"canvas": [100, 100], "layouts": [[{"cls": "text", "box": [0, 0, NaN, 1]}]]}', "box"),
    ],
)
def test_a_bad_file_is_told_in_one_sentence(tmp_path: Path, value: Any, named: str) -> None:
    with pytest.raises(CommandError) as caught:
        run(write(tmp_path, value), "--profile", "strict")
    assert caught.value.returncode == 2
    assert named in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_missing_file_and_a_folder_too_short(tmp_path: Path) -> None:
    with pytest.raises(CommandError) as missing:
        run(str(tmp_path / "none.json"), "--profile", "strict")
    assert missing.value.returncode == 2
    path = write(tmp_path, {"canvas": [100, 100], "layouts": [PAIR]})
    with pytest.raises(CommandError) as short:
        run(path, "--profile", "strict", "--saliency", str(tmp_path / "maps"))
    assert "1 layouts" in str(short.value)
