"""One stored version as the bench's process reads it: plain JSON that says all that composing needs, and nothing of the database."""

from __future__ import annotations

from collections.abc import Mapping

from brand_styles.style import BrandStyle
from generation.compositing.design import Design
from generation.editing.composing import Rules
from generation.editing.document import Document, copy_of
from generation.types import CopyLine, Frozen, Layout, ScenePalette


class Version(Frozen):
    """`files`: what keeping.keep stored. `lines`: the copy that rules are asked about. `shown`: the words as edited lately."""

    files: Mapping[str, str]
    design: Design
    layout: Layout
    brand: BrandStyle
    palette: ScenePalette
    lines: tuple[CopyLine, ...]
    shown: Mapping[str, str] = {}
    rules: Rules
    product: str = ""  # the uploaded cut-out's file

    def document(self) -> Document:
        copy = {**copy_of(self.design, self.lines), **self.shown}
        return Document(self.design, self.layout, self.brand, self.palette, copy, self.lines)
