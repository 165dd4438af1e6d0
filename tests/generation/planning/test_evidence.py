"""The proof of a claim: found beside the brief and looked at safely, or told with its line and field."""

from pathlib import Path

import pytest
from PIL import Image

from generation.errors import BriefProblems
from generation.planning.brief import load_brief
from generation.planning.brief_problems import with_lines
from generation.planning.evidence import Proof, evidence_of
from generation.planning.yaml_source import read_yaml

PDF = b"%PDF-1.7\n1 0 obj <</Type /Catalog>> endobj\ntrailer <</Root 1 0 R>>\n%%EOF\n"
HEAD = "brand: demo\ncopy: {headline: 你好}\nformats: [300x250]\nevidence:\n"


def found(folder: Path, *files: str) -> tuple[Proof, ...]:
    return evidence_of(load_brief(HEAD + "".join(f"- {{claim: 销量第一, file: {f}}}\n" for f in files)), folder)


def refused(folder: Path, *files: str) -> list[str]:
    with pytest.raises(BriefProblems) as caught:
        found(folder, *files)
    return [p.words.en for p in caught.value.problems]


def test_a_report_and_a_scan_are_kept_as_they_were_sent(tmp_path: Path) -> None:
    (tmp_path / "report.pdf").write_bytes(PDF)
    Image.new("RGB", (40, 30)).save(tmp_path / "扫描.JPG")
    report, scan = found(tmp_path, "report.pdf", "扫描.JPG")
    assert (report.document.kind, report.document.content) == ("pdf", PDF)
    assert scan.document.kind == "jpeg" and scan.claim == "销量第一"
    assert report.entry() == {
        "claim": "销量第一",
        "file": "report.pdf",
        "type": "pdf",
        "bytes": len(PDF),
        "sha256": report.document.sha256,
    }


@pytest.mark.parametrize("name", ["missing.pdf", "../report.pdf", "/etc/hostname", ".", "a" * 390 + ".pdf"])
def test_a_file_that_is_not_beside_the_brief_does_not_exist(tmp_path: Path, name: str) -> None:
    inner = tmp_path / "inner"
    inner.mkdir()
    (tmp_path / "report.pdf").write_bytes(PDF)
    assert "beside the brief" in refused(inner, name)[0]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"PK\x03\x04 a table", "not a PDF, PNG or JPEG"),
        (b"", "not a PDF, PNG or JPEG"),
        (PDF[:40], "breaks off"),
        (PDF.replace(b"/Catalog", b"/Catalog /OpenAction <</S /JavaScript>>"), "acts by itself"),
        (PDF + b" " * 27_000_000 + b"%%EOF", "larger than 25 MB"),
    ],
    ids=["zip", "empty", "truncated", "script", "huge"],
)
def test_what_is_no_document_is_told_by_name(tmp_path: Path, content: bytes, said: str) -> None:
    (tmp_path / "report.pdf").write_bytes(content)
    told = refused(tmp_path, "report.pdf")[0]
    assert said in told and "report.pdf" in told


def test_a_truncated_scan_is_told(tmp_path: Path) -> None:
    Image.effect_noise((300, 300), 60).save(tmp_path / "scan.png")
    (tmp_path / "scan.png").write_bytes((tmp_path / "scan.png").read_bytes()[:2000])
    assert "breaks off" in refused(tmp_path, "scan.png")[0]


def test_every_fault_is_told_at_once_with_its_line(tmp_path: Path) -> None:
    source = HEAD + "- {claim: 一, file: a.pdf}\n-\n  claim: 二\n  file: b.pdf\n"
    with pytest.raises(BriefProblems) as caught:
        evidence_of(load_brief(source), tmp_path)
    told = with_lines(caught.value.problems, read_yaml(source).line_of)
    assert [(p.field, p.line) for p in told] == [("evidence[1].file", 5), ("evidence[2].file", 8)]
