"""A finished edit: its picture as files, its report, and the recipe that says how it came about."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from django.core.files.storage import default_storage
from numpy.typing import NDArray

from generation.compositing.png import png_bytes
from generation.editing.changes import Change
from generation.editing.composing import Bench, as_jpeg
from generation.editing.document import Document
from generation.editing.version import Version
from generation.types import Json, Report

THUMBNAIL_SIDE = 1000


@dataclass(frozen=True)
class Finished:
    """`about`: design, report, and what the recipe gains, as JSON."""

    png: bytes
    thumbnail: bytes
    about: Json


def finish(bench: Bench, version: Version, document: Document, changes: tuple[Change, ...]) -> Finished:
    """Compose and judge an edited document fully, with the reading back."""
    rgb = bench.picture(document, version.files)
    report = bench.report(document, version.files, rgb, version.rules, _product(version.product))
    return finished(document, rgb, report, changes)


def finished(document: Document, rgb: NDArray[np.uint8], report: Report, changes: tuple[Change, ...]) -> Finished:
    return Finished(png_bytes(rgb), _thumbnail(rgb), about_of(document, report, changes))


def about_of(document: Document, report: Report, changes: tuple[Change, ...]) -> Json:
    """What a new version's row says: its design and report, and the recipe's new parts."""
    return {
        "design": document.design.model_dump(mode="json"),
        "report": report.model_dump(mode="json"),
        "recipe": {
            "layout": document.layout.model_dump(mode="json"),
            "copy": [line.model_dump(mode="json") for line in document.lines],
            "shown": dict(document.copy),
            "changes": [change.model_dump(mode="json") for change in changes],
        },
    }


def _thumbnail(rgb: NDArray[np.uint8]) -> bytes:
    from PIL import Image

    image = Image.fromarray(rgb)
    image.thumbnail((THUMBNAIL_SIDE, THUMBNAIL_SIDE))
    return as_jpeg(np.asarray(image), 88)


def _product(name: str) -> NDArray[np.uint8] | None:
    if not name:
        return None
    from PIL import Image

    with default_storage.open(name) as file, Image.open(file) as image:
        return np.asarray(image.convert("RGBA"))
