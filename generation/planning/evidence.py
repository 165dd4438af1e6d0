"""The proof of claims: files that a brief names, found beside it, looked at safely, and kept as they were sent."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from brand_styles.intake.documents import Document, read_document
from brand_styles.intake.guard import Refused
from generation.errors import BriefProblem, BriefProblems
from generation.planning.beside import beside
from generation.planning.brief import Brief
from generation.types import Json


@dataclass(frozen=True)
class Proof:
    """A claim and its document; `name` is the file's name as the brief writes it."""

    claim: str
    name: str
    document: Document

    def entry(self) -> Json:
        """What a manifest says of it."""
        document = self.document
        return {
            "claim": self.claim,
            "file": self.name,
            "type": document.kind,
            "bytes": len(document.content),
            "sha256": document.sha256,
        }


def evidence_of(brief: Brief, folder: Path) -> tuple[Proof, ...]:
    """The brief's proofs in its order. BriefProblems (field "evidence[n].file") names every file that is missing or unusable."""
    read: dict[str, Document] = {}
    problems = []
    for place, evidence in enumerate(brief.evidence, start=1):
        try:
            if evidence.file not in read:
                read[evidence.file] = _read(evidence.file, folder, f"evidence[{place}].file")
        except BriefProblem as problem:
            problems.append(problem)
    if problems:
        raise BriefProblems(problems)
    return tuple(Proof(e.claim, e.file, read[e.file]) for e in brief.evidence)


def _read(name: str, folder: Path, field: str) -> Document:
    shown = name[:80]
    path = beside(name, folder)
    if path is None:
        raise BriefProblem(
            f"{field}: there is no file “{shown}” beside the brief. Put it in the brief's folder and write its name.",
            f"{field}：简报所在文件夹中没有文件“{shown}”。请把文件放在同一文件夹并填写文件名。",
            field=field,
            expected="a file name in the brief's folder",
        )
    try:
        return read_document(path)
    except Refused as refused:
        words = refused.words
        raise BriefProblem(
            f"{field}: “{shown}” cannot be used. {words.en}",
            f"{field}：“{shown}”无法使用。{words.zh}",
            field=field,
            expected="a PDF, PNG or JPEG",
        ) from None
