"""Changes to a Document, one function a kind. What the canvas, the brand or the least sizes forbid is an EditProblem in words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import assert_never

from generation.compositing.design import (
    AnyLayer,
    LogoLayer,
    PanelLayer,
    PriceLayer,
    Shadow,
    TextLayer,
    Treatment,
)
from generation.editing.changes import Change, EditProblem, Hide, Move, Recolour, Resize, Retype, Swap, name_of
from generation.editing.document import OPTIONAL, Document, TypeLayer, colours, group_of, plate_of
from generation.editing.refitting import least_size, settle
from generation.layout.geometry import Rect
from generation.planning.copy import language_of
from generation.typography.faces import covering_face, is_uploaded

LEAST_LOGO = 12.0  # px of height, where the brand states none
SEEN = 8.0  # px of a panel that stay on the canvas


def apply_all(document: Document, changes: Iterable[Change]) -> Document:
    """The document after all changes, in order. EditProblem for the first that can't be made."""
    for change in changes:
        document = apply(document, change)
    return document


def apply(document: Document, change: Change) -> Document:
    """The document after one change."""
    layer = document.layer(change.id)
    if layer is None:
        raise EditProblem(
            f"There is no element “{change.id}” on this picture any more. Undo the last step.",
            f"画面上已没有元素“{change.id}”，请撤销上一步。",
            field=change.id,
        )
    if isinstance(change, Move):
        return _moved(document, layer, change.dx, change.dy)
    if isinstance(change, Resize):
        return _resized(document, layer, change.factor)
    if isinstance(change, Retype):
        return _retyped(document, layer, change.text)
    if isinstance(change, Recolour):
        return _recoloured(document, layer, change.color)
    if isinstance(change, Swap):
        return _swapped(document, layer, change.other)
    if isinstance(change, Hide):
        return _hidden(document, layer)
    assert_never(change)


def _refuse(layer: AnyLayer, en: str, zh: str) -> EditProblem:
    name = name_of(layer.role)
    return EditProblem(en.format(name.en), zh.format(name.zh), field=layer.id)


def _moved(document: Document, layer: AnyLayer, dx: float, dy: float) -> Document:
    group = _movable(document, layer)
    whole = _union(group)
    if isinstance(layer, PanelLayer):  # may bleed out of the canvas, but not leave it
        frame = document.canvas.grown(whole.width - SEEN, whole.height - SEEN)
    else:
        frame = document.canvas.union(whole)
    dx = min(max(dx, frame.x0 - whole.x0), frame.x1 - whole.x1)
    dy = min(max(dy, frame.y0 - whole.y0), frame.y1 - whole.y1)
    return document.with_layers(*(each.model_copy(update={"box": each.box.moved(dx, dy)}) for each in group))


def _movable(document: Document, layer: AnyLayer) -> tuple[AnyLayer, ...]:
    if not isinstance(layer, TextLayer | PriceLayer | LogoLayer | PanelLayer):
        raise _refuse(layer, "The scene and what stands in it can't be moved here.", "场景及其中的物件不能在此移动。")
    return group_of(document.design, layer.id)


def _union(layers: Sequence[AnyLayer]) -> Rect:
    box = layers[0].box
    for layer in layers[1:]:
        box = box.union(layer.box)
    return box


def _resized(document: Document, layer: AnyLayer, factor: float) -> Document:
    group = _movable(document, layer)
    if isinstance(layer, LogoLayer):
        drawn = next((logo for logo in document.brand.logos if logo.ground == layer.ground), None)
        least, most = (drawn.min_height, drawn.most_height) if drawn else (LEAST_LOGO, float("inf"))
        factor = max(min(factor, most / layer.box.height), min(least / layer.box.height, 1.0))
    elif isinstance(layer, TextLayer | PriceLayer):
        factor = max(factor, least_size(document, layer) / layer.style.size)
    whole = _union(group)
    room = document.canvas.union(whole)
    factor = min(factor, room.width / whole.width, room.height / whole.height)
    x, y = _held(document, layer, whole)
    scaled = document.with_layers(*(_scaled(each, factor, x, y) for each in group))
    return _back(scaled, group_of(scaled.design, layer.id))


def _back(document: Document, group: Sequence[AnyLayer]) -> Document:
    """What reaches out of the canvas pushed back onto it."""
    whole, canvas = _union(group), document.canvas
    dx = max(canvas.x0 - whole.x0, 0.0) + min(canvas.x1 - whole.x1, 0.0)
    dy = max(canvas.y0 - whole.y0, 0.0) + min(canvas.y1 - whole.y1, 0.0)
    return document.with_layers(*(each.model_copy(update={"box": each.box.moved(dx, dy)}) for each in group))


def _held(document: Document, layer: AnyLayer, whole: Rect) -> tuple[float, float]:
    """The point that stays: the aligned side of a line, the logo's nearest corner, the middle of anything else."""
    x, y = whole.center
    if isinstance(layer, LogoLayer):
        middle = document.canvas.center
        return (whole.x0 if x < middle[0] else whole.x1), (whole.y0 if y < middle[1] else whole.y1)
    if isinstance(layer, TextLayer | PriceLayer) and plate_of(document.design, layer) is None:
        x = {"left": whole.x0, "center": x, "right": whole.x1}[layer.align]
    return x, y


def _scaled(layer: AnyLayer, factor: float, x: float, y: float) -> AnyLayer:
    box = layer.box.moved(-x, -y).scaled(factor).moved(x, y)
    if isinstance(layer, TextLayer | PriceLayer):
        return _set(layer, layer.style.size * factor, box)
    if isinstance(layer, PanelLayer):
        return layer.model_copy(
            update={"box": box, "radius": layer.radius * factor, "shadow": _cast(layer.shadow, factor)}
        )
    return layer.model_copy(update={"box": box})


def _set(layer: TypeLayer, size: float, box: Rect) -> TypeLayer:
    """A line at another size; its shadow, which is in pixels, goes with it."""
    update: dict[str, object] = {"box": box, "style": layer.style.model_copy(update={"size": size})}
    if isinstance(layer, TextLayer):
        update["shadow"] = _cast(layer.shadow, size / layer.style.size)
    return layer.model_copy(update=update)


def _cast(shadow: Shadow | None, factor: float) -> Shadow | None:
    if shadow is None:
        return None
    return shadow.model_copy(update={"dx": shadow.dx * factor, "dy": shadow.dy * factor, "blur": shadow.blur * factor})


def _retyped(document: Document, layer: AnyLayer, text: str) -> Document:
    if not isinstance(layer, TextLayer | PriceLayer):
        raise _refuse(layer, "The {} has no words to change.", "{}没有可改的文字。")
    text = "\n".join(" ".join(line.split()) for line in text.strip().splitlines() if line.strip())
    if not text:
        raise _refuse(layer, "The {} needs at least one visible character.", "{}至少要有一个可见字符。")
    line = _in_language(document, layer, text)
    set_as = settle(document, line, text)
    update: dict[str, object] = {"text": text} if isinstance(line, PriceLayer) else {"lines": set_as.lines}
    new = _set(line, set_as.size, set_as.box).model_copy(update=update)
    plate = plate_of(document.design, layer)
    layers: list[AnyLayer] = [new] if plate is None else [_around(plate, layer, set_as.box), new]
    copied = tuple(
        each.model_copy(update={"text": text, "short_forms": (), "language": new.language})
        if each.id == layer.id
        else each
        for each in document.lines
    )
    return replace(document.with_layers(*layers), copy={**document.copy, layer.id: text}, lines=copied)


def _in_language(document: Document, layer: TypeLayer, text: str) -> TypeLayer:
    """The line in the language of its new words, and in the brand's face for it."""
    language = language_of(text, layer.language)
    if language == layer.language:
        return layer
    faces = document.brand.typefaces
    display = faces.display_zh if language == "zh" else faces.display_latin
    face = display if layer.role in ("headline", "price") else faces.text
    face = covering_face(text, face, layer.style.weight) if is_uploaded(face) else face
    return layer.model_copy(update={"language": language, "style": layer.style.model_copy(update={"face": face})})


def _around(plate: PanelLayer, label: AnyLayer, box: Rect) -> PanelLayer:
    """A label's plate around the label's new box, with the padding it had."""
    pad = (plate.box.width - label.box.width) / 2
    x, y = box.center
    half_w, half_h = box.width / 2 + pad, plate.box.height / 2
    if plate.shape in ("seal", "burst", "circle"):
        return plate
    return plate.model_copy(update={"box": Rect(x - half_w, y - half_h, x + half_w, y + half_h)})


def _recoloured(document: Document, layer: AnyLayer, color: str) -> Document:
    if color not in colours(document):
        raise _refuse(
            layer,
            "That colour is not one of the brand's. Choose one from its palette.",
            "该颜色不在品牌色板中，请从色板中选择。",
        )
    if isinstance(layer, TextLayer | PriceLayer):
        return document.with_layers(layer.model_copy(update={"color": color, "treatment": Treatment()}))
    if isinstance(layer, PanelLayer):
        return document.with_layers(layer.model_copy(update={"color": color, "color_to": None, "border": None}))
    raise _refuse(layer, "The {} keeps its own colours.", "{}保持自身颜色。")


def _swapped(document: Document, layer: AnyLayer, other_id: str) -> Document:
    other = document.layer(other_id)
    if other is None or other_id == layer.id:
        raise _refuse(layer, "There is nothing to swap the {} with.", "没有可与{}互换的元素。")
    one, two = _movable(document, layer), _movable(document, other)
    a, b = _union(one), _union(two)
    stacked = abs(a.center[1] - b.center[1]) >= abs(a.center[0] - b.center[0])
    for group, by in ((one, _shift(a, b, stacked)), (two, _shift(b, a, stacked))):
        document = document.with_layers(*(each.model_copy(update={"box": each.box.moved(*by)}) for each in group))
    return document


def _shift(box: Rect, other: Rect, stacked: bool) -> tuple[float, float]:
    """How far one of two boxes moves so that both change places and the outer edges of the pair stay."""
    if stacked:
        return 0.0, (other.y1 - box.y1 if box.center[1] < other.center[1] else other.y0 - box.y0)
    return (other.x1 - box.x1 if box.center[0] < other.center[0] else other.x0 - box.x0), 0.0


def _hidden(document: Document, layer: AnyLayer) -> Document:
    if layer.role not in OPTIONAL:
        raise _refuse(layer, "The {} can't be left out of this picture.", "这张图不能没有{}。")
    return document.without(frozenset(each.id for each in group_of(document.design, layer.id)))
