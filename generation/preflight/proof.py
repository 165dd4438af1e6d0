"""What every check looks at: the flattened picture, the ground under its type, and the Design that promised it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from brand_styles.style import BrandStyle
from generation.compositing.design import Design, LogoLayer, PriceLayer, TextLayer
from generation.layout.geometry import Rect
from generation.preflight.ground import Ink, Mask, Rgb, measure_ink
from generation.preflight.outlines import TypeLayer, lines_of
from generation.preflight.template import LineMatch, match_line
from generation.types import Layout


@dataclass(frozen=True)
class Proof:
    """One picture under examination. `ground` is the picture without type and logo; `estimated` when nobody gave one.

    `subject_mask`: True where the subject is seen, (H, W), when the caller knows it. `industry`, `product_type`: what is advertised, as
    the brief says; empty where it doesn't.
    """

    design: Design
    rgb: Rgb
    ground: Rgb
    layout: Layout
    brand: BrandStyle
    estimated: bool = False
    subject_mask: Mask | None = None
    industry: str = ""
    product_type: str = ""

    @property
    def short(self) -> int:
        return min(self.design.width, self.design.height)

    @property
    def canvas(self) -> Rect:
        return Rect(0, 0, self.design.width, self.design.height)

    @cached_property
    def type_layers(self) -> tuple[TypeLayer, ...]:
        return tuple(layer for layer in self.design.layers if isinstance(layer, TextLayer | PriceLayer))

    @cached_property
    def logos(self) -> tuple[LogoLayer, ...]:
        return tuple(layer for layer in self.design.layers if isinstance(layer, LogoLayer))

    @cached_property
    def inks(self) -> dict[str, Ink]:
        """Ink of every type layer by id, each looked for up to half an em around its box, off the reach of other type."""
        return {layer.id: self._ink(layer) for layer in self.type_layers}

    def _ink(self, layer: TypeLayer) -> Ink:
        others = tuple(o.box.grown(reach_of(o) + 1) for o in self.type_layers if o is not layer)
        logos = tuple(logo.box.grown(1) for logo in self.logos)
        return measure_ink(self.rgb, self.ground, layer.box, max(3.0, layer.style.size / 2), (*others, *logos))

    @cached_property
    def matches(self) -> dict[str, tuple[LineMatch, ...]]:
        """Every line of every type layer, by layer id, as found on the picture."""
        found = {
            layer.id: [match_line(self.rgb, self.ground, layer, text, box) for text, box in lines_of(layer)]
            for layer in self.type_layers
        }
        return {id: tuple(m for m in matches if m is not None) for id, matches in found.items()}


_REACH = {"brush": 0.5, "neon": 0.4, "extruded": 0.3, "paper_cut": 0.3, "outline": 0.25, "metal": 0.2, "inset": 0.06}


def reach_of(layer: TypeLayer) -> float:
    """How far, in pixels, a layer's treatment and shadow paint beyond its glyphs."""
    shadow = layer.shadow if isinstance(layer, TextLayer) else None
    cast = max(abs(shadow.dx), abs(shadow.dy)) + shadow.blur if shadow else 0.0
    return _REACH.get(layer.treatment.name, 0.0) * layer.style.size + cast


def text_of(layer: TypeLayer) -> str:
    """The words a layer promises, lines joined by a newline."""
    return layer.text if isinstance(layer, PriceLayer) else "\n".join(layer.lines)
