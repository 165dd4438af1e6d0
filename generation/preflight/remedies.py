"""The remedies of repair. Each takes a Design and a finding and returns a new Design and what it did, or None."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from brand_styles.style import BrandStyle
from generation.compositing import legibility
from generation.compositing.design import (
    AnyLayer,
    Design,
    LogoLayer,
    PanelLayer,
    PriceLayer,
    ScrimLayer,
    TextLayer,
    Treatment,
)
from generation.compositing.logos import held_down, may_stand
from generation.layout.geometry import Rect
from generation.preflight.pixels import least_size
from generation.types import Finding, Hex, Layout, ScenePalette

Rgb = NDArray[np.uint8]
Done = tuple[Design, str] | None
TypeLayer = TextLayer | PriceLayer

PAPER, INK = "#FFFDF8", "#1E1A18"  # near white and near black, when the palette itself can't be read
MARGIN_OF_SHORT = 0.04
LOGO_PLATE = "logo-plate"
PLATE = 5.8  # contrast asked of a plate and its label as flat colours: plates are lit, which costs up to a fifth
GAP_OF_SHORT = 0.015


def apply(
    action: str, design: Design, layout: Layout, finding: Finding, palette: ScenePalette, ground: Rgb, brand: BrandStyle
) -> Done:
    """Try one remedy for a finding. None where it can't help."""
    layer = next((each for each in design.layers if each.id == finding.layer), None)
    if layer is None:
        return None
    if isinstance(layer, LogoLayer):
        return _mend_logo(action, design, layer, palette, brand)
    if action == "resize":
        return resize(design, layer, finding)
    if not isinstance(layer, TextLayer | PriceLayer):
        return None
    if action == "recolour":
        return recolour(design, layer, palette, ground)
    if action == "move":
        return move(design, layer, layout, ground)
    return underlay(design, layer, palette, ground)


def _mend_logo(action: str, design: Design, layer: LogoLayer, palette: ScenePalette, brand: BrandStyle) -> Done:
    """The brand's other drawing in the same place, or a plate of the ground that this one was drawn for. Never another colour or size."""
    if action == "swap_logo":
        other = next((logo for logo in brand.logos if logo.ground != layer.ground), None)
        if other is None:
            return None
        box = held_down(_as_wide(layer.box, other.aspect), other, design.width, design.height)
        bare = design.model_copy(update={"layers": tuple(each for each in design.layers if each.id != LOGO_PLATE)})
        mended = layer.model_copy(update={"ground": other.ground, "clear_space": other.clear_space, "box": box})
        return bare.replaced(mended), f"{layer.ground} → {other.ground}"
    if action == "underlay" and not any(each.id == LOGO_PLATE for each in design.layers):
        drawn = next((logo for logo in brand.logos if logo.ground == layer.ground), None)
        deep = palette.ground_deep if _dark(palette.ground_deep) else INK
        colors = (PAPER, *brand.colors("paper")) if layer.ground == "light" else (deep, *brand.colors("ink"), INK)
        color = next((each for each in colors if drawn is None or may_stand(drawn, each)), colors[0])
        box = layer.box.grown(layer.box.height * layer.clear_space).clamped(design.width, design.height)
        plate = PanelLayer(id=LOGO_PLATE, role="decor", box=box, color=color, radius=0.25 * box.height)
        return _under(design, layer.id, plate), f"plate {color}"
    return None


def _as_wide(box: Rect, aspect: float) -> Rect:
    """The largest box of that aspect about the same centre, inside the first."""
    height = min(box.height, box.width / aspect)
    x, y = box.center
    return Rect(x - height * aspect / 2, y - height / 2, x + height * aspect / 2, y + height / 2)


def recolour(design: Design, layer: TypeLayer, palette: ScenePalette, ground: Rgb) -> Done:
    """The palette's colour that is best read on this ground, set plain; where none is, the plate's colour is changed too.

    A panel border that runs through the type's surroundings goes first: no colour stands off both panel and border.

    None when the best is what the layer has already and there is no plate to change.
    """
    bare = _without_border(design, layer)
    if bare is not None:
        return bare
    needed = legibility.needed_ratio(layer.style.size, min(design.width, design.height)) * 1.1
    colors = dict.fromkeys((palette.text, palette.text_soft, palette.on_accent, PAPER, INK, palette.ground_deep))
    choice = legibility.choose(colors, ground, layer.box, needed, margin=2)
    plate = plate_of(design, layer)
    if choice.contrast < needed and plate is not None:
        return _replate(design, layer, plate, palette)
    if choice.color == layer.color and layer.treatment.name == "plain":
        return None
    mended = layer.model_copy(update={"color": choice.color, "treatment": Treatment()})
    return design.replaced(mended), f"{layer.color} → {choice.color}, {choice.contrast:.1f}:1"


def plate_of(design: Design, layer: TypeLayer) -> PanelLayer | None:
    """The pill or badge that a label stands on."""
    plates = (p for p in design.layers if isinstance(p, PanelLayer) and p.role == layer.role)
    return next((p for p in plates if p.box.contains(layer.box, 1)), None)


def _replate(design: Design, layer: TypeLayer, plate: PanelLayer, palette: ScenePalette) -> Done:
    """A plate in one flat colour of the palette with the label's best colour on it."""
    fills = (plate.color, palette.accent, palette.text, palette.ground_deep, INK, PAPER)
    labels = (palette.on_accent, PAPER, INK)
    pairs = [(fill, label) for fill in dict.fromkeys(fills) for label in labels if _ratio(fill, label) >= PLATE]
    fill, label = (pairs or [(INK, PAPER)])[0]
    if (fill, label, None) == (plate.color, layer.color, plate.color_to):
        return None
    design = design.replaced(plate.model_copy(update={"color": fill, "color_to": None, "alpha": 1.0}))
    mended = layer.model_copy(update={"color": label, "treatment": Treatment()})
    return design.replaced(mended), f"{label} on {fill}"


def _ratio(one: Hex, other: Hex) -> float:
    a, b = (float(legibility.luminance(legibility.rgb_of(color))) for color in (one, other))
    return (max(a, b) + 0.05) / (min(a, b) + 0.05)


def underlay(design: Design, layer: TypeLayer, palette: ScenePalette, ground: Rgb) -> Done:
    """The lightest device that carries the line: a scrim, a frosted panel, a solid one; and the colour that it calls for."""
    short = min(design.width, design.height)
    needed = legibility.needed_ratio(layer.style.size, short) * 1.1
    cover, text = _cover(palette, layer, ground)
    alpha = legibility.scrim_alpha(text, cover, ground, layer.box, needed)
    have = {each.id for each in design.layers}
    pad = max(0.3 * layer.style.size, 0.012 * short)
    box = layer.box.grown(pad * 1.4, pad).clamped(design.width, design.height)
    device: AnyLayer
    if f"back-{layer.id}" in have:
        device = PanelLayer(id=f"solid-{layer.id}", role="underlay", box=box, color=cover, radius=pad, alpha=1.0)
    elif alpha is not None and alpha <= 0.4:
        # it falls off by half a cosine, so at the line's ends, half way out, half of it is left
        device = ScrimLayer(
            id=f"back-{layer.id}",
            role="decor",
            box=layer.box.grown(0.5 * layer.box.width, 1.6 * layer.box.height),
            edge="center",
            color=cover,
            alpha=min(1, alpha * 2.1),
        )
    else:
        device = PanelLayer(
            id=f"back-{layer.id}",
            role="underlay",
            box=box,
            color=cover,
            radius=pad,
            alpha=max(0.72, min(alpha or 1.0, 1.0)),
            blur=0.02 * short,
        )
    if device.id in have:
        return None
    mended = layer.model_copy(update={"color": text, "treatment": Treatment()})
    return _under(design.replaced(mended), layer.id, device), f"{device.kind} {cover} under, {text} on it"


def _without_border(design: Design, layer: TypeLayer) -> Done:
    """The panel under the line without its border, where one runs so close that it blurs with the strokes."""
    for panel in design.layers:
        if not isinstance(panel, PanelLayer) or panel.border is None or panel.role != "underlay":
            continue
        if panel.box.grown(2).contains(layer.box) and not panel.box.grown(-0.3 * layer.style.size).contains(layer.box):
            return design.replaced(
                panel.model_copy(update={"border": None, "border_px": 0.0})
            ), f"no border on {panel.id}"
    return None


def _cover(palette: ScenePalette, layer: TypeLayer, ground: Rgb) -> tuple[Hex, Hex]:
    """A cover in the ground's own hue, dark or light as the ground already leans, and the type to set on it."""
    lean = float(legibility.luminance(legibility.pixels_under(ground, layer.box)).mean())
    return (palette.ground_deep, PAPER) if lean < 0.35 and _dark(palette.ground_deep) else (PAPER, INK)


def _dark(color: Hex) -> bool:
    return float(legibility.luminance(legibility.rgb_of(color))) < 0.16


def _under(design: Design, id: str, device: AnyLayer) -> Design:
    """`device` painted right before the layer of that id, and never over an uploaded product."""
    layers = list(design.layers)
    at = next(i for i, layer in enumerate(layers) if layer.id in (id, "product"))
    layers.insert(at, device)
    return design.model_copy(update={"layers": tuple(layers)})


def resize(design: Design, layer: AnyLayer, finding: Finding) -> Done:
    """Up to the limit a minimum asks for; else down towards the least size, by as much as the line is too wide."""
    if isinstance(layer, PanelLayer):
        return _grow_panel(design, layer, finding)
    if not isinstance(layer, TextLayer | PriceLayer):
        return None
    factor = _factor(design, layer, finding)
    if factor is None or abs(factor - 1) < 0.01:
        return None
    size = layer.style.size * factor
    box = _scaled_box(layer, factor, design)
    mended = layer.model_copy(update={"style": layer.style.model_copy(update={"size": size}), "box": box})
    return design.replaced(mended), f"{layer.style.size:.1f} → {size:.1f} px"


def _factor(design: Design, layer: TypeLayer, finding: Finding) -> float | None:
    """By how much to scale a line: over 1 for a minimum, under 1 for a line too large, None when it is at its least."""
    least = least_size(layer, min(design.width, design.height))
    if finding.code.startswith(("size.", "ai_label.height", "legal.height")):
        measured, limit = float(finding.measured or 0), float(finding.limit or 0)
        return limit * 1.03 / measured if measured > 0 else None
    if finding.code == "ocr.disagrees":
        return 1.15
    wanted = max(0.85, least / layer.style.size)
    return wanted if wanted < 0.995 else None


def _scaled_box(layer: TypeLayer, factor: float, design: Design) -> Rect:
    """The ink box scaled about the point its alignment holds still, pushed back onto the canvas."""
    box = layer.box
    held = {"left": 0.0, "center": 0.5, "right": 1.0}[layer.align]
    x = box.x0 + held * box.width
    y = box.center[1]
    scaled = Rect(
        x + (box.x0 - x) * factor, y + (box.y0 - y) * factor, x + (box.x1 - x) * factor, y + (box.y1 - y) * factor
    )
    dx = max(0.0, -scaled.x0 + 1) + min(0.0, design.width - 1 - scaled.x1)
    dy = max(0.0, -scaled.y0 + 1) + min(0.0, design.height - 1 - scaled.y1)
    return scaled.moved(dx, dy)


def _grow_panel(design: Design, panel: PanelLayer, finding: Finding) -> Done:
    """A pill brought to its least height, about its centre."""
    if not finding.code.startswith("size.") or not isinstance(finding.limit, float | int):
        return None
    grow = (float(finding.limit) + 0.5 - panel.box.height) / 2
    box = panel.box.grown(grow).clamped(design.width, design.height)
    return design.replaced(
        panel.model_copy(update={"box": box, "radius": box.height / 2})
    ), f"height {box.height:.0f} px"


def move(design: Design, layer: TypeLayer, layout: Layout, ground: Rgb) -> Done:
    """The nearest calm place that is free: off other type, the logo's clear space and the subject, inside the margins."""
    plate = plate_of(design, layer)
    plates = [plate] if plate else []
    whole = plate.box if plate else layer.box
    taken = list(_taken(design, layer, layout, {p.id for p in plates}))
    best = min(
        _places(design, whole, taken, layer.role == "ai_label"),
        key=lambda r: _cost(r, whole, layer, ground),
        default=None,
    )
    if best is None:
        return None
    dx, dy = best.x0 - whole.x0, best.y0 - whole.y0
    if max(abs(dx), abs(dy)) < 0.25 * layer.style.size:
        return None  # a nudge changes nothing under the line
    for each in (layer, *plates):
        design = design.replaced(each.model_copy(update={"box": each.box.moved(dx, dy)}))
    return design, f"by {dx:+.0f}, {dy:+.0f} px"


def _taken(design: Design, layer: TypeLayer, layout: Layout, own: set[str]) -> Iterator[Rect]:
    gap = GAP_OF_SHORT * min(design.width, design.height)
    for each in design.layers:
        if each.id == layer.id or each.id in own:
            continue
        if isinstance(each, LogoLayer):
            yield each.box.grown(max(each.clear_space * each.box.height, gap))
        elif isinstance(each, TextLayer | PriceLayer) or (
            isinstance(each, PanelLayer) and each.role in ("cta", "badge")
        ):
            yield each.box.grown(gap)
    subject = layout.first("subject")
    if subject is not None:
        yield subject.box.grown(-0.1 * subject.box.width, -0.1 * subject.box.height)


def _places(design: Design, box: Rect, taken: list[Rect], at_edge: bool) -> Iterator[Rect]:
    """Free places for a box of this size on a grid of 25 × 25, its own column and row among them."""
    margin = MARGIN_OF_SHORT * min(design.width, design.height)
    xs = _stops(box.x0, margin, design.width - margin - box.width)
    ys = _stops(box.y0, margin, design.height - margin - box.height)
    for y in ys:
        for x in xs:
            place = box.moved(x - box.x0, y - box.y0)
            edge = min(x, y, design.width - place.x1, design.height - place.y1)
            if at_edge and edge > 3 * margin:
                continue
            if not any(place.intersection(other) for other in taken):
                yield place


def _stops(own: float, low: float, high: float) -> list[float]:
    if high < low:
        return []
    stops = list(np.linspace(low, high, 25))
    return [*stops, own] if low <= own <= high else stops


def _cost(place: Rect, home: Rect, layer: TypeLayer, ground: Rgb) -> float:
    """Far from home, restless or hard to read: each counts about alike."""
    away = float(abs(place.x0 - home.x0) * 1.5 + abs(place.y0 - home.y0)) / float(max(ground.shape[:2]))
    ratio = legibility.worst_decile(layer.color, ground, place)
    return away + 2 * legibility.unrest(ground, place) + (0.0 if ratio >= 4.5 else (4.5 - ratio) / 4.5)
