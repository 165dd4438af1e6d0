"""The layout of a finished picture, held for another: every element where it is seen, also what was moved since it was laid out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from brand_styles.style import BrandStyle
from generation.compositing.design import AnyLayer, LogoLayer, PanelLayer, PriceLayer, TextLayer
from generation.editing.applying import apply
from generation.editing.changes import Retype
from generation.editing.document import Document, copy_of, followed
from generation.planning.plan import CreativePlan
from generation.types import Layout

if TYPE_CHECKING:
    from generation.pipeline import Base


def held_layout(base: Base, plan: CreativePlan, brand: BrandStyle) -> Layout:
    """The base's layout as it is seen. A line with other words than the base's is set in the same place, no larger than before.

    EditProblem, in words, where new words don't fit there.
    """
    seen = followed(base.layout, tuple(layer for layer in base.design.layers if _places(layer)))
    document = Document(base.design, seen, brand, plan.palette, copy_of(base.design, base.lines), base.lines)
    before = {line.id: line.text for line in base.lines}
    for line in plan.copy_lines:
        if line.id in document.copy and line.text != before.get(line.id):
            document = apply(document, Retype(id=line.id, text=line.text))
    return document.layout


def _places(layer: AnyLayer) -> bool:
    """Whether a layer's box is its element's: panels under type are drawn wider than their element is laid out."""
    if isinstance(layer, PanelLayer):
        return layer.id.endswith("-plate") and layer.id != "logo-plate"
    return isinstance(layer, TextLayer | PriceLayer | LogoLayer)
