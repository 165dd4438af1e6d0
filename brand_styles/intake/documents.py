"""Documents from people: the proof of a claim, as a PDF, PNG or JPEG."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

from brand_styles.intake.guard import ask_child
from brand_styles.intake.pictures import read_limited


@dataclass(frozen=True)
class Document:
    """A file as it was sent. `kind` is what it really is ("pdf", "png", "jpeg"), whatever its name says."""

    kind: str
    content: bytes

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.content).hexdigest()


def read_document(source: bytes | Path) -> Document:
    """A document of a person, looked at in a child process. Refused with a sentence where it is none, breaks off or is active.

    Pictures are decoded to their last row. A PDF's head and end are looked at, and whether it holds scripts in plain sight; it is
    never rendered here.
    """
    content = read_limited(source)
    header, _ = ask_child("document", content)
    return Document(str(header["kind"]), content)
