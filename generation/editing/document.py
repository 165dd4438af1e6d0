"""What an edit works on: a Design with its layout, its words and what the brand allows. A value; nothing here is slow."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from brand_styles.style import BrandStyle
from generation.compositing.design import AnyLayer, Design, LogoLayer, PanelLayer, PriceLayer, TextLayer
from generation.layout.geometry import Rect
from generation.types import CopyLine, Format, Frozen, Hex, Layout, Role, ScenePalette

TypeLayer = TextLayer | PriceLayer
OPTIONAL: frozenset[str] = frozenset({"subline", "badge", "underlay"})  # a person may leave these out
PAPER, INK = "#FFFDF8", "#1E1A18"
EDGE = 0.05  # of the short side: how far a line that grows stays from the frame


@dataclass(frozen=True)
class Document:
    """One version under edit. `copy`: the words shown, by layer; `lines`: the copy that rules are asked about, shown or not."""

    design: Design
    layout: Layout
    brand: BrandStyle
    palette: ScenePalette
    copy: Mapping[str, str] = field(default_factory=dict)
    lines: tuple[CopyLine, ...] = ()

    @property
    def format(self) -> Format:
        return Format(width=self.design.width, height=self.design.height)

    @property
    def short(self) -> int:
        return min(self.design.width, self.design.height)

    @property
    def canvas(self) -> Rect:
        return Rect(0, 0, self.design.width, self.design.height)

    def layer(self, id: str) -> AnyLayer | None:
        return next((layer for layer in self.design.layers if layer.id == id), None)

    def with_layers(self, *layers: AnyLayer) -> Document:
        """These layers in place of those of the same ids; the layout follows."""
        design = self.design
        for layer in layers:
            design = design.replaced(layer)
        return replace(self, design=design, layout=followed(self.layout, layers))

    def redrawn(self, design: Design) -> Document:
        """The same with another Design, as repair leaves it."""
        return replace(self, design=design)

    def without(self, ids: frozenset[str]) -> Document:
        kept = tuple(layer for layer in self.design.layers if layer.id not in ids)
        items = tuple(item for item in self.layout.items if item.id not in ids)
        return replace(
            self,
            design=self.design.model_copy(update={"layers": kept}),
            layout=self.layout.model_copy(update={"items": items}),
            copy={id: text for id, text in self.copy.items() if id not in ids},
            lines=tuple(line for line in self.lines if line.id not in ids),
        )


def followed(layout: Layout, layers: tuple[AnyLayer, ...]) -> Layout:
    """The layout with the places of changed layers; a plate's place is its element's."""
    by_id = {layer.id: layer for layer in layers}
    items = []
    for item in layout.items:
        place = by_id.get(f"{item.id}-plate") or by_id.get(item.id)
        line = by_id.get(item.id)
        if place is not None:
            item = item.model_copy(update={"box": place.box})
        if isinstance(line, TextLayer | PriceLayer) and item.fit is not None:
            lines = line.lines if isinstance(line, TextLayer) else (line.text,)
            item = item.model_copy(update={"fit": item.fit.model_copy(update={"lines": lines, "style": line.style})})
        items.append(item)
    return layout.model_copy(update={"items": tuple(items)})


class Editable(Frozen):
    """One element as the bench offers it. `box` holds all that moves with it; `text` is None for what has no words."""

    id: str
    role: Role
    box: Rect
    text: str | None = None
    color: Hex | None = None
    size: float | None = None
    optional: bool = False
    plate: str | None = None  # id of the panel that its colour may be given to


def editables(document: Document) -> tuple[Editable, ...]:
    """What may be changed, in reading order of the Design. Scene, product and cut-outs stay as they are."""
    return tuple(
        _editable(document, layer)
        for layer in document.design.layers
        if isinstance(layer, TextLayer | PriceLayer | LogoLayer)
        or (isinstance(layer, PanelLayer) and layer.role == "underlay" and not layer.id.startswith(("back-", "solid-")))
    )


def _editable(document: Document, layer: AnyLayer) -> Editable:
    box = layer.box
    for other in group_of(document.design, layer.id):
        box = box.union(other.box)
    plate = plate_of(document.design, layer)
    return Editable(
        id=layer.id,
        role=layer.role,
        box=box.clamped(document.design.width, document.design.height),
        text=document.copy.get(layer.id, plain_text(layer)) if isinstance(layer, TextLayer | PriceLayer) else None,
        color=layer.color if isinstance(layer, TextLayer | PriceLayer | PanelLayer) else None,
        size=layer.style.size if isinstance(layer, TextLayer | PriceLayer) else None,
        optional=layer.role in OPTIONAL,
        plate=plate.id if plate else None,
    )


def group_of(design: Design, id: str) -> tuple[AnyLayer, ...]:
    """The layer of that id and the panels and gradients that were made for it."""
    layer = next((each for each in design.layers if each.id == id), None)
    if layer is None:
        return ()
    plate = plate_of(design, layer)
    own = {id, f"back-{id}", f"solid-{id}"} | ({plate.id} if plate else set())
    own |= {"logo-plate"} if isinstance(layer, LogoLayer) else set()
    return tuple(each for each in design.layers if each.id in own)


def plate_of(design: Design, layer: AnyLayer) -> PanelLayer | None:
    """The pill or badge that a label stands on."""
    if not isinstance(layer, TextLayer):
        return None
    plates = (p for p in design.layers if isinstance(p, PanelLayer) and p.role == layer.role)
    return next((p for p in plates if p.id == f"{layer.id}-plate" or p.box.contains(layer.box, 1)), None)


def plain_text(layer: TypeLayer) -> str:
    """A layer's words in one line: Chinese joined as it is, other scripts by spaces."""
    if isinstance(layer, PriceLayer):
        return layer.text
    return ("" if layer.language == "zh" else " ").join(layer.lines)


def copy_of(design: Design, lines: tuple[CopyLine, ...]) -> dict[str, str]:
    """The words of every line as its writer wrote them, where the plan still has them, else as they are set."""
    wanted = {line.id: (line.text, *line.short_forms) for line in lines}
    copy = {}
    for layer in design.layers:
        if isinstance(layer, TextLayer | PriceLayer):
            shown = plain_text(layer)
            copy[layer.id] = next((t for t in wanted.get(layer.id, ()) if _same(t, shown)), shown)
    return copy


_MARKS = str.maketrans({"“": '"', "”": '"', "‘": "'", "’": "'", "×": "x", "–": "-", "—": "-"})


def _same(one: str, other: str) -> bool:
    """Whether two wordings differ in nothing but spaces and typographic marks."""
    return "".join(one.split()).translate(_MARKS) == "".join(other.split()).translate(_MARKS)


def colours(document: Document) -> tuple[Hex, ...]:
    """The colours that type and panels may take: the brand's, the picture's own palette, near white and near black."""
    palette = document.palette
    own = (palette.text, palette.text_soft, palette.accent, palette.on_accent, palette.metal, palette.ground_deep)
    brand = tuple(swatch.hex for swatch in document.brand.palette)
    return tuple(dict.fromkeys((*brand, *own, PAPER, INK)))
