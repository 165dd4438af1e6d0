"""The door for a trainer of style adapters: the brand's pictures that may be learnt from, with what they show."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from brand_styles.references import content_of
from brand_styles.style import BrandStyle, ReferencePicture


@dataclass(frozen=True)
class Example:
    """content: a PNG, sRGB, its longer side 1024 px at most. caption: "" where nobody wrote one. sha256: of the content."""

    content: bytes
    caption: str
    sha256: str


def training_pictures(style: BrandStyle) -> tuple[ReferencePicture, ...]:
    """References and past work whose rights somebody confirmed, in the brand's order."""
    return tuple(reference for reference in style.references if reference.rights != "unconfirmed")


def training_examples(style: BrandStyle, language: Literal["en", "zh"] = "en") -> Iterator[Example]:
    """One by one, captioned in `language` or else in the other. LostReference where a file is gone or is another."""
    for reference in training_pictures(style):
        other = reference.caption.zh if language == "en" else reference.caption.en
        caption = (getattr(reference.caption, language) or other).strip()
        yield Example(content_of(reference), caption, reference.sha256)
