"""`manage.py produce` told something it cannot use: exit status, file, line and field, and nothing written."""

from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command

from generation.engines import loading

BRIEF = "version: 1\nbrand: demo\ncopy: {headline: 会员日}\nformats: [300x250]\n"

pytestmark = pytest.mark.usefixtures("brands")


def produced(
    capsys: pytest.CaptureFixture[str], folder: Path, source: str | Path = BRIEF, **options: object
) -> tuple[int, str]:
    """Exit status and what was said on stderr."""
    brief = source if isinstance(source, Path) else folder / "brief.yaml"
    if isinstance(source, str):
        brief.write_text(source, encoding="utf-8")
    with pytest.raises(SystemExit) as left:
        call_command("produce", brief, **({"out": folder / "out"} | options))
    assert not (folder / "out" / "manifest.json").exists()
    return int(left.value.code or 0), capsys.readouterr().err


@pytest.mark.parametrize(
    ("more", "line", "said"),
    [
        ("subject: {image: bottle.png}\n", 5, "no picture “bottle.png”"),
        ("subject: {element: no-such-jug}\n", 5, "not in the library of demo"),
        ("evidence:\n- claim: 第一\n  file: ../report.pdf\n", 7, "evidence[1].file"),
        ("seed: -1\n", 5, "at least 0"),
        ("palette: ['#XYZ']\n", 5, "palette is not a field"),
        ("goal: !!python/name:os.system ''\n", 5, "not allowed"),
    ],
)
def test_a_fault_is_told_with_file_line_and_field(
    more: str, line: int, said: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, told = produced(capsys, tmp_path, BRIEF + more)
    assert code == 2 and f"brief.yaml:{line}: " in told and said in told
    assert not (tmp_path / "out").exists()


def test_an_unknown_brand_names_its_line_and_those_there_are(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, told = produced(capsys, tmp_path, BRIEF.replace("demo", "nobody"))
    assert code == 2 and "brief.yaml:2: " in told and "demo" in told and "nobody" in told


def test_options_are_judged_like_fields(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, told = produced(capsys, tmp_path, formats="300x250,1x1")
    assert code == 2 and "1x1" in told


def test_no_brief_and_an_endless_one(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, told = produced(capsys, tmp_path, tmp_path / "missing.yaml")
    assert code == 1 and "missing.yaml: there is no such file" in told
    code, told = produced(capsys, tmp_path, Path("/dev/zero"))
    assert code == 2 and "longer than 256 KB" in told


def test_a_missing_checkpoint_is_told_and_nothing_is_written(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], settings: Any
) -> None:
    settings.ENGINE = str(tmp_path / "nowhere")
    code, told = produced(capsys, tmp_path)
    assert code == 1 and "There is no checkpoint at" in told and "nowhere" in told
    assert not (tmp_path / "out").exists()


def test_what_nobody_foresaw_ends_in_a_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken() -> None:
        raise ZeroDivisionError("a fault of ours")

    monkeypatch.setattr(loading, "default_engine", broken)
    code, told = produced(capsys, tmp_path)
    assert code == 1 and "a fault of ours" in told and told.strip().endswith("Nothing half-written was left.")
