"""The headless job, by its command: exit codes, files, and the same bytes again. The model and the renderer are the real ones."""

import errno
import hashlib
import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from PIL import Image

from brand_styles.services import load_sample_brands

BRIEF = """\
version: 1
brand: demo
prompt: 我需要一个热闹的营销活动页面
copy: {headline: 会员狂欢日, cta: 立即参与}
formats: [300x250, 320x100]
seed: 7
"""


@pytest.fixture(scope="module", autouse=True)
def sample_brands(django_db_setup: None, django_db_blocker: Any) -> None:
    with django_db_blocker.unblock():
        load_sample_brands()


@pytest.fixture
def run(tmp_path: Path, db: None) -> Callable[..., tuple[int, str]]:
    """Run `produce` on a brief's text: its exit code and everything it said."""

    def produce(text: str, *arguments: str, out: Path | None = None) -> tuple[int, str]:
        brief = tmp_path / "brief.yaml"
        brief.write_text(text, encoding="utf-8")
        said = io.StringIO()
        with pytest.raises(SystemExit) as ended:
            call_command(
                "produce", str(brief), "--out", str(out or tmp_path / "out"), *arguments, stdout=said, stderr=said
            )
        return int(str(ended.value.code)), said.getvalue()

    return produce


def digests(folder: Path) -> dict[str, str]:
    """Each file but the manifest (it holds times) by the hash of its bytes."""
    files = (p for p in folder.iterdir() if p.name != "manifest.json")
    return {p.name: hashlib.sha256(p.read_bytes()).hexdigest() for p in files}


def test_a_brief_becomes_a_folder_and_the_same_bytes_again(run: Callable[..., tuple[int, str]], tmp_path: Path) -> None:
    first, second = tmp_path / "first", tmp_path / "second"
    code, said = run(BRIEF, out=first)
    assert code == 0, said
    manifest = json.loads((first / "manifest.json").read_text())
    assert [a["format"] for a in manifest["assets"]] == ["300x250", "320x100"]
    for asset in manifest["assets"]:
        picture = Image.open(first / asset["file"])
        assert picture.size == (asset["width"], asset["height"])
        assert asset["verdict"] == "pass"
        for part in ("design", "recipe", "preflight"):
            assert json.loads((first / asset[part]).read_text())
        assert set(asset["timings"]) == {"layout", "blockout", "diffusion", "composite", "preflight"}
    run(BRIEF, out=second)
    assert digests(first) == digests(second)
    assert len(digests(first)) == 8


def test_a_word_the_rules_forbid_is_made_and_blocked(run: Callable[..., tuple[int, str]], tmp_path: Path) -> None:
    code, said = run(BRIEF.replace("会员狂欢日", "稳赚不赔"), "--formats", "300x250")
    assert code == 3
    assert "稳赚不赔" in said
    report = json.loads((tmp_path / "out" / "300x250-v1.preflight.json").read_text())
    assert report["verdict"] == "blocked"


def test_a_forbidden_word_with_an_approved_wording_is_reworded_and_told(
    run: Callable[..., tuple[int, str]], tmp_path: Path
) -> None:
    code, said = run(BRIEF.replace("会员狂欢日", "国家级品质"), "--formats", "300x250")
    assert code == 0
    assert "reworded (rule.CN-ABS-01): “国家级”" in said
    report = json.loads((tmp_path / "out" / "300x250-v1.preflight.json").read_text())
    assert (report["verdict"], report["first_pass"], report["repairs"][0]["action"]) == ("pass", False, "rewrite")


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (("brand: demo", "brand: nobody"), ["brief.yaml:2: brand", "nobody", "demo"]),
        (("300x250", "1x1"), ["brief.yaml:5: formats", "1x1"]),
        (("300x250", "30000x30000"), ["brief.yaml:5: formats", "30000"]),
        (("会员狂欢日", "好" * 5000), ["brief.yaml:4: copy.headline", "5,000"]),
        (("会员狂欢日", "会员\U00020000日"), ["copy.headline", "\U00020000"]),
        (("seed: 7", "sede: 7"), ["brief.yaml:6: sede", "seed"]),
        (("copy: {headline: 会员狂欢日, cta: 立即参与}", "copy: {}"), ["copy"]),
    ],
)
def test_a_bad_brief_names_file_line_and_field(
    run: Callable[..., tuple[int, str]], tmp_path: Path, change: tuple[str, str], told: list[str]
) -> None:
    code, said = run(BRIEF.replace(*change))
    assert code == 2
    for word in told:
        assert word in said
    assert not (tmp_path / "out").exists()


def test_copy_that_cannot_fit_is_told_before_any_picture(run: Callable[..., tuple[int, str]], tmp_path: Path) -> None:
    long = "尊享会员专属礼遇活动盛大开启期待您的光临与我们共度美好时光吧朋友们快来参加"
    code, said = run(BRIEF.replace("会员狂欢日", long), "--formats", "120x60")
    assert code == 2
    assert "120x60" in said
    assert "px" in said
    assert not (tmp_path / "out").exists()


def test_a_missing_file_is_a_sentence(tmp_path: Path, db: None) -> None:
    said = io.StringIO()
    with pytest.raises(SystemExit) as ended:
        call_command("produce", str(tmp_path / "none.yaml"), "--out", str(tmp_path), stdout=said, stderr=said)
    assert ended.value.code == 1
    assert "no such file" in said.getvalue()


def test_a_full_disk_is_told_and_leaves_no_half_file(
    run: Callable[..., tuple[int, str]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(fd: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("generation.producing.os.fsync", full)
    code, said = run(BRIEF, "--formats", "300x250")
    assert code == 1
    assert "disk is full" in said
    assert list((tmp_path / "out").iterdir()) == []


def test_a_missing_checkpoint_is_told(run: Callable[..., tuple[int, str]], settings: Any, tmp_path: Path) -> None:
    settings.ENGINE = str(tmp_path / "nowhere")
    code, said = run(BRIEF, "--formats", "300x250")
    assert code == 1
    assert "nowhere" in said
    assert "checkpoint" in said
