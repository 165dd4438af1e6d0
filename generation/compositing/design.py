"""The Design: one layered document that the compositor draws, preflight judges and every export is written from.

Layers are in painting order. A box is in canvas pixels. There is no second description of a picture anywhere.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from generation.layout.geometry import Rect
from generation.types import Align, Frozen, Hex, Role, TypeStyle

TreatmentName = Literal["plain", "metal", "outline", "extruded", "neon", "paper_cut", "inset", "brush", "gradient"]


class Treatment(Frozen):
    """A type treatment (docs: poster craft). Lengths are in em, so that it scales with the type.

    `colors`: stops or parts, meaning by treatment: metal (light, dark, band), outline (stroke, offset), extruded (side,
    bevel light), neon (glow), paper_cut (lower, upper shadow), gradient (from, to), brush (swash). `depth`: how far it reaches.
    """

    name: TreatmentName = "plain"
    colors: tuple[Hex, ...] = ()
    depth: float = Field(default=0.06, ge=0, le=0.5)


class Shadow(Frozen):
    """A soft shadow. Offset and blur in pixels; its colour is a tint of the ground, never grey."""

    dx: float
    dy: float
    blur: float
    color: Hex
    alpha: float = Field(default=0.35, ge=0, le=1)


class Layer(Frozen):
    """What all layers share. `role` says which element of the layout it draws; `text_of`-style lookups go by `id`."""

    id: str
    role: Role | Literal["ground", "decor"]
    box: Rect
    opacity: float = Field(default=1.0, ge=0, le=1)


class PictureLayer(Layer):
    """A raster picture stretched over its box. `source` is a key of the sources handed to the compositor ("scene", "product" …)."""

    kind: Literal["picture"] = "picture"
    source: str
    shadow: Shadow | None = None  # drop shadow from the picture's alpha
    contact_shadow: Shadow | None = None  # an ellipse where its foot meets the ground


class ScrimLayer(Layer):
    """A gradient of one colour that calms the picture: opaque (`alpha`) at the `edge`, clear at the other side."""

    kind: Literal["scrim"] = "scrim"
    edge: Literal["top", "bottom", "left", "right", "center"]
    color: Hex
    alpha: float = Field(ge=0, le=1)


class PanelLayer(Layer):
    """A filled shape: panel, pill, badge, coupon. `blur` > 0 frosts what is behind it (pixels)."""

    kind: Literal["panel"] = "panel"
    shape: Literal["rounded", "pill", "coupon", "ribbon", "seal", "burst", "circle"] = "rounded"
    color: Hex
    color_to: Hex | None = None  # vertical gradient when given
    radius: float = 0.0
    alpha: float = Field(default=1.0, ge=0, le=1)
    blur: float = 0.0
    border: Hex | None = None
    border_px: float = 0.0
    shadow: Shadow | None = None


class TextLayer(Layer):
    """Set type. `box` is the ink box; `lines` are already broken. The first baseline follows from style and box."""

    kind: Literal["text"] = "text"
    lines: tuple[str, ...]
    language: Literal["zh", "en"]
    style: TypeStyle
    color: Hex
    align: Align = "left"
    treatment: Treatment = Treatment()
    shadow: Shadow | None = None


class PriceLayer(Layer):
    """A price lock-up: currency sign, integer, decimals, unit, struck old price; never broken over lines.

    `text` is the price as the brief wrote it ("¥50", "3.5折起", "4.2% AER"); the compositor parses it into parts.
    """

    kind: Literal["price"] = "price"
    text: str
    language: Literal["zh", "en"]
    style: TypeStyle  # of the integer part
    color: Hex
    align: Align = "left"
    treatment: Treatment = Treatment()
    old: str = ""


class LogoLayer(Layer):
    """The brand's logo, drawn from its own vector or pixels and never by a model. `ground` names the variant."""

    kind: Literal["logo"] = "logo"
    ground: Literal["light", "dark"]
    clear_space: float = 0.35  # in logo heights


AnyLayer = Annotated[
    PictureLayer | ScrimLayer | PanelLayer | TextLayer | PriceLayer | LogoLayer, Field(discriminator="kind")
]


class Design(Frozen):
    """One asset before its pixels. `background` shows where no layer does. `light`: as in Blockout, for shadows."""

    version: Literal[1] = 1
    width: int = Field(ge=1)
    height: int = Field(ge=1)
    background: Hex = "#FFFFFF"
    brand: str  # slug@version
    market: str
    language: Literal["zh", "en"]
    layers: tuple[AnyLayer, ...]
    light: tuple[float, float] = (0.6, 0.8)

    def layer(self, id: str) -> AnyLayer:
        """The layer of that id. KeyError when there is none."""
        for layer in self.layers:
            if layer.id == id:
                return layer
        raise KeyError(id)

    def replaced(self, layer: AnyLayer) -> Design:
        """A Design in which the layer of the same id is `layer`."""
        return self.model_copy(update={"layers": tuple(layer if old.id == layer.id else old for old in self.layers)})
