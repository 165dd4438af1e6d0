"""New words in an old place: the largest setting of a line that stays clear of everything around it.

Tried are all breakings of the text, type sizes from the present one down to the least, and growth downwards, from the middle or
upwards; the breaking with as many lines as before is preferred. The scene and all other elements stay where they are.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from generation.compositing.design import LogoLayer, PanelLayer, PictureLayer, PriceLayer, TextLayer
from generation.editing.changes import EditProblem, name_of
from generation.editing.document import EDGE, Document, TypeLayer, group_of, plate_of
from generation.layout.ai_label import label_size
from generation.layout.elements import MOST_LINES, minimum_size
from generation.layout.geometry import Rect
from generation.typography.fitting import LineSet, line_sets, price_box_em

GAP, LEAST_GAP = 0.015, 6.0  # of the short side, and px: between a line that grew and its neighbours
STEPS = 40  # type sizes tried between the present and the least
LESS_LINES = 0.08  # what a line more or less than before costs, in shares of the type size
SHIFTED = 0.01  # what growing upwards or to both sides costs
FIXED = ("seal", "burst", "circle")  # plates that keep their shape: their label is set smaller
Align = Literal["left", "center", "right"]


@dataclass(frozen=True)
class Setting:
    """One way to set a line: its lines, their size, the ink box and what that costs."""

    lines: tuple[str, ...]
    size: float
    box: Rect
    cost: float


@dataclass(frozen=True)
class Place:
    """Where a line stands and what is around it. `pad`: what its plate adds on each side, (0, 0) without one."""

    home: Rect
    align: Align
    frame: Rect
    taken: tuple[Rect, ...]
    pad: tuple[float, float] = (0.0, 0.0)

    def free(self, box: Rect) -> bool:
        whole = box.grown(*self.pad)
        return self.frame.contains(whole, 0.5) and not any(whole.intersection(other) for other in self.taken)


def least_size(document: Document, layer: TypeLayer) -> float:
    """The least type size of a line on this canvas, or its present one where that is smaller already."""
    least = minimum_size(layer.role, layer.language, document.format)  # type: ignore[arg-type] # a text role
    if layer.role == "ai_label":
        least = label_size(document.design.market, document.short)
    return min(least, layer.style.size)


def settle(document: Document, layer: TypeLayer, text: str) -> Setting:
    """The best setting of `text` where `layer` stands. EditProblem, with pixels and characters, where there is none."""
    place = place_of(document, layer)
    sets = _sets(layer, text)
    least = least_size(document, layer)
    settings = list(_settings(place, layer, sets, least))
    if not settings:
        raise _too_long(document, layer, text, place, sets, least)
    return min(settings, key=lambda s: s.cost)


def _sets(layer: TypeLayer, text: str) -> tuple[LineSet, ...]:
    style = layer.style
    if isinstance(layer, PriceLayer):
        wide, high = price_box_em(text, layer.language, style.face, style.weight, layer.old)
        return (LineSet((text,), (wide,), wide, high, 0.0, high),)
    now = len(layer.lines)
    most = max(min(MOST_LINES.get(layer.role, 1), now + 1), now, text.count("\n") + 1)
    sets = line_sets(
        text, language=layer.language, face=style.face, weight=style.weight, max_lines=most, tracking=style.tracking
    )
    if not sets:
        name = name_of(layer.role)
        raise EditProblem(
            f"The {name.en} needs at least one visible character.", f"{name.zh}至少要有一个可见字符。", field=layer.id
        )
    return sets


def _settings(place: Place, layer: TypeLayer, sets: tuple[LineSet, ...], least: float) -> Iterator[Setting]:
    now = layer.style.size
    had = len(layer.lines) if isinstance(layer, TextLayer) else 1
    for one in sets:
        other_lines = LESS_LINES * abs(len(one.lines) - had)
        for step in range(STEPS + 1):
            size = now + (least - now) * step / STEPS
            found = next(_boxes(place, one, size, layer.style.leading), None)
            if found is not None:
                box, shifted = found
                yield Setting(one.lines, size, box, 1 - size / now + other_lines + shifted)
                break  # a smaller size of the same lines costs more


def _boxes(place: Place, one: LineSet, size: float, leading: float) -> Iterator[tuple[Rect, float]]:
    """The free places of a block, best first, with what its shift costs."""
    width, height = one.width_em * size, one.height_em(leading) * size
    held = {"left": 0.0, "center": 0.5, "right": 1.0}[place.align]
    x = place.home.x0 + held * (place.home.width - width)
    for share, cost in ((0.5, 0.0), (0.0, SHIFTED), (1.0, SHIFTED)):
        y = place.home.y0 + share * (place.home.height - height)
        box = Rect(x, y, x + width, y + height)
        if place.free(box):
            yield box, cost


def place_of(document: Document, layer: TypeLayer) -> Place:
    """What surrounds a line: its frame, and the boxes it must keep off unless it touched them before."""
    plate = plate_of(document.design, layer) if isinstance(layer, TextLayer) else None
    if plate is None:
        others = tuple(_others(document, layer, layer.box))
        return Place(layer.box, layer.align, _frame(document, layer.box), others)
    if plate.shape in FIXED:
        frame = plate.box.grown(-0.12 * plate.box.width, -0.12 * plate.box.height)
        return Place(layer.box, "center", frame.union(layer.box), ())
    pad = ((plate.box.width - layer.box.width) / 2, (plate.box.height - layer.box.height) / 2)
    others = tuple(_others(document, layer, plate.box))
    return Place(plate.box.grown(-pad[0], -pad[1]), _column(document, plate), _frame(document, plate.box), others, pad)


def _frame(document: Document, whole: Rect) -> Rect:
    """The canvas less its margin, or the panel that the line stands on less the line's own padding; never less than now."""
    margin = EDGE * document.short
    frame = document.canvas.grown(-margin)
    for panel in document.design.layers:
        if isinstance(panel, PanelLayer) and panel.role == "underlay" and panel.box.contains(whole, 1):
            pad = max(min(whole.x0 - panel.box.x0, panel.box.x1 - whole.x1, margin), 0.0)
            frame = frame.intersection(panel.box.grown(-pad, -min(pad, margin / 2))) or frame
    return frame.union(whole)


def _others(document: Document, layer: TypeLayer, whole: Rect) -> Iterator[Rect]:
    """What a line keeps off: other lines with their plates, the logo's clear space, product and subject."""
    own = {each.id for each in group_of(document.design, layer.id)}
    gap = max(GAP * document.short, LEAST_GAP)
    for each in document.design.layers:
        if each.id in own:
            continue
        if isinstance(each, LogoLayer):
            yield from _with_air(each.box, max(each.clear_space * each.box.height, gap), whole)
        elif isinstance(each, TextLayer | PriceLayer) or (
            isinstance(each, PanelLayer) and each.role in ("cta", "badge")
        ):
            yield from _with_air(each.box, gap, whole)
        elif isinstance(each, PictureLayer) and each.source == "product":
            yield from _with_air(each.box, 0.0, whole)
    subject = document.layout.first("subject")
    if subject is not None:
        yield from _with_air(subject.box, 0.0, whole)


def _with_air(box: Rect, gap: float, whole: Rect) -> Iterator[Rect]:
    """A neighbour with as much air around it as the line kept already; nothing where the line touched it before."""
    for share in (1.0, 0.5, 0.0):
        grown = box.grown(gap * share)
        if grown.intersection(whole) is None:
            yield grown
            return


def _column(document: Document, plate: PanelLayer) -> Align:
    """The side that a plate shares with a line above or below it: there it stays when its label grows."""
    near = 0.012 * document.short
    for layer in document.design.layers:
        if isinstance(layer, TextLayer | PriceLayer | LogoLayer) and not plate.box.contains(layer.box, 1):
            if abs(layer.box.x0 - plate.box.x0) < near:
                return "left"
            if abs(layer.box.x1 - plate.box.x1) < near:
                return "right"
    return "center"


def _too_long(
    document: Document, layer: TypeLayer, text: str, place: Place, sets: tuple[LineSet, ...], least: float
) -> EditProblem:
    """How many pixels are missing at the least size, and to how many characters the line would have to come down."""
    room, width = _room(place), min(s.width_em for s in sets) * least
    name, size = name_of(layer.role), document.format.name.replace("x", "×")
    if width <= room:
        high = min(s.height_em(layer.style.leading) for s in sets) * least
        return EditProblem(
            f"{size}: the {name.en} is {high:.0f} px high at {least:.0f} px, more than there is free around it. "
            "Use fewer lines or shorter words, or move what stands beside it.",
            f"{size}：{name.zh}在 {least:.0f} 像素下高 {high:.0f} 像素，周围空间不足。请减少行数、缩短文字，或移开旁边的元素。",
            field=layer.id,
        )
    excess, keeps = width - room, max(int(len(text) * min(room / width, 0.95)), 1)
    return EditProblem(
        f"{size}: the {name.en} needs {excess:.0f} px more at {least:.0f} px. Shorten it to about {keeps} characters.",
        f"{size}：{name.zh}在 {least:.0f} 像素下还差 {excess:.0f} 像素。请缩短到约 {keeps} 个字符。",
        field=layer.id,
    )


def _room(place: Place) -> float:
    """How wide a line of the present height may become."""
    home, left, right = place.home, place.frame.x0 + place.pad[0], place.frame.x1 - place.pad[0]
    for other in place.taken:
        if other.y1 > home.y0 and other.y0 < home.y1:
            if other.x0 >= home.x1 - 1:
                right = min(right, other.x0 - place.pad[0])
            elif other.x1 <= home.x0 + 1:
                left = max(left, other.x1 + place.pad[0])
    if place.align == "left":
        return right - home.x0
    if place.align == "right":
        return home.x1 - left
    middle = (home.x0 + home.x1) / 2
    return 2 * min(middle - left, right - middle)
