"""The same Design as one HTML page: the yardstick that bench_compose.py times a browser on.

It uses the shipped font files, the same boxes, lines, sizes and effects, as far as CSS has them. It is no delivery format.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from html import escape

from brand_styles.style import BrandStyle
from generation.compositing.compose import baselines
from generation.compositing.design import (
    AnyLayer,
    Design,
    LogoLayer,
    PanelLayer,
    PictureLayer,
    PriceLayer,
    ScrimLayer,
    Shadow,
    TextLayer,
    Treatment,
)
from generation.compositing.logos import logo_box, logo_for, scalable
from generation.compositing.panels import panel_path
from generation.compositing.price import price_place
from generation.compositing.tints import argb
from generation.layout.geometry import Rect
from generation.typography.faces import companion_of, face_of, file_of, nearest_weight
from generation.typography.paragraphs import shape


def html_page(design: Design, brand: BrandStyle, sources: Mapping[str, str]) -> str:
    """The page. `sources` maps each source's name to the address of its picture file. Fonts are read from their files."""
    body = "".join(_element(layer, design, brand, sources) for layer in design.layers)
    return (
        "<!doctype html><meta charset=utf-8><style>"
        + "".join(_font_faces(design))
        + "*{margin:0;padding:0;box-sizing:border-box}div,img,svg,i{position:absolute;font-style:normal;white-space:pre;line-height:0}"
        + f"body{{position:relative;overflow:hidden;width:{design.width}px;height:{design.height}px;background:{design.background}}}"
        + f"</style><body>{body}</body>"
    )


def _font_faces(design: Design) -> Iterator[str]:
    styles = {
        (layer.style.face, layer.style.weight) for layer in design.layers if isinstance(layer, TextLayer | PriceLayer)
    }
    used = {(face, nearest_weight(face, weight)) for face, weight in styles}
    used |= {companion_of(face, weight)[:2] for face, weight in styles}
    for face, weight in sorted(used):
        url = file_of(face, weight).as_uri()
        yield f"@font-face{{font-family:'{face}';font-weight:{weight};src:url('{url}')}}"


def _element(layer: AnyLayer, design: Design, brand: BrandStyle, sources: Mapping[str, str]) -> str:
    if isinstance(layer, PictureLayer):
        return _picture(layer, sources)
    if isinstance(layer, LogoLayer):
        logo = logo_for(brand, layer.ground)
        drawn = scalable(logo.svg) if logo.svg else f'<img style="width:100%" src="data:image/png;base64,{logo.png}">'
        return f'<div style="{_place(logo_box(layer.box, logo.aspect))}">{drawn}</div>'
    if isinstance(layer, ScrimLayer):
        return _scrim(layer)
    if isinstance(layer, PanelLayer):
        return _panel(layer)
    return _text(layer) if isinstance(layer, TextLayer) else _price(layer)


def _place(box: Rect) -> str:
    return f"left:{box.x0:.2f}px;top:{box.y0:.2f}px;width:{box.width:.2f}px;height:{box.height:.2f}px;"


def _rgba(color: str, alpha: float) -> str:
    value = argb(color)
    return f"rgba({value >> 16 & 255},{value >> 8 & 255},{value & 255},{alpha:.3f})"


def _drop(shadow: Shadow | None, kind: str) -> str:
    if shadow is None:
        return ""
    drawn = f"{shadow.dx}px {shadow.dy}px {shadow.blur}px {_rgba(shadow.color, shadow.alpha)}"
    return f"filter:drop-shadow({drawn});" if kind == "filter" else f"{kind}:{drawn};"


def _picture(layer: PictureLayer, sources: Mapping[str, str]) -> str:
    foot = ""
    if layer.contact_shadow is not None:
        shadow, box = layer.contact_shadow, layer.box
        pool = Rect(box.x0, box.y1 - box.height * 0.06, box.x1, box.y1 + box.height * 0.06).moved(shadow.dx, shadow.dy)
        tint = _rgba(shadow.color, shadow.alpha)
        foot = f'<div style="{_place(pool)}background:{tint};border-radius:50%;filter:blur({shadow.blur / 2}px)"></div>'
    return (
        f'{foot}<img src="{escape(sources[layer.source])}" style="{_place(layer.box)}{_drop(layer.shadow, "filter")}">'
    )


def _scrim(layer: ScrimLayer) -> str:
    full, half, clear = (_rgba(layer.color, layer.alpha * a) for a in (1, 0.5, 0))
    to = {"top": "to bottom", "bottom": "to top", "left": "to right", "right": "to left"}
    gradient = f"radial-gradient({full},{half} 50%,{clear} 71%)" if layer.edge == "center" else ""
    gradient = gradient or f"linear-gradient({to[layer.edge]},{full},{half} 50%,{clear})"
    return f'<div style="{_place(layer.box)}background:{gradient}"></div>'


def _panel(layer: PanelLayer) -> str:
    radius = {"pill": layer.box.height / 2, "circle": layer.box.height, "seal": layer.box.height}.get(
        layer.shape, layer.radius
    )
    top, bottom = _rgba(layer.color, layer.alpha), _rgba(layer.color_to or layer.color, layer.alpha)
    cut = _clip(layer) if layer.shape in ("burst", "seal", "ribbon", "coupon") else ""
    frost = f"backdrop-filter:blur({layer.blur / 2}px);" if layer.blur else ""
    border = f"border:{layer.border_px}px solid {layer.border};" if layer.border and layer.border_px else ""
    style = f"background:linear-gradient({top},{bottom});border-radius:{radius}px;{frost}{border}{_drop(layer.shadow, 'box-shadow')}"
    return f'<div style="{_place(layer.box)}{style}{cut}"></div>'


def _clip(layer: PanelLayer) -> str:
    """The panel's outline as a CSS polygon of 160 points."""
    import skia

    path = panel_path(layer.shape, layer.box, layer.radius)
    measure = skia.PathMeasure(path, True)
    spots = (measure.getPosTan(measure.getLength() * i / 160)[0] for i in range(160))
    points = ",".join(f"{p.x() - layer.box.x0:.1f}px {p.y() - layer.box.y0:.1f}px" for p in spots)
    return f"clip-path:polygon({points});"


def _font(face: str, weight: int, size: float) -> str:
    own, (other, other_weight, _) = nearest_weight(face, weight), companion_of(face, weight)
    han = face_of(face).script == "han"
    families = f"'{other}','{face}'" if han else f"'{face}','{other}'"
    return f"font:{own if han else other_weight} {size:.2f}px {families};font-weight:{own};"


def _glyphs(text: str, x: float, baseline: float, style: str) -> str:
    """Text whose baseline is at a y: an inline strut of no height sits on it."""
    inner = f'<i style="left:0;bottom:0;line-height:1;{style}">{escape(text)}</i>'
    return f'<div style="left:{x:.2f}px;top:{baseline:.2f}px;{style}">{inner}</div>'


def _text(layer: TextLayer) -> str:
    style = layer.style
    css = _font(style.face, style.weight, style.size) + f"letter-spacing:{style.tracking}em;"
    css += _treated(layer.treatment, layer.color, style.size) + _drop(layer.shadow, "text-shadow")
    parts = []
    for text, baseline in zip(layer.lines, baselines(layer), strict=True):
        line = shape(text, language=layer.language, face=style.face, weight=style.weight, tracking=style.tracking)
        slack = {"left": 0.0, "center": 0.5, "right": 1.0}[layer.align] * (layer.box.width - line.width * style.size)
        parts.append(_glyphs(text, layer.box.x0 + slack, baseline + 0.2 * style.size, css))
    return "".join(parts)


def _price(layer: PriceLayer) -> str:
    shaped, size, x, top = price_place(layer)
    css = _treated(layer.treatment, layer.color, size)
    parts = []
    for part in shaped.parts:
        font = _font(layer.style.face, layer.style.weight, size * part.scale)
        old = "opacity:.6;text-decoration:line-through;" if part.kind == "old" else ""
        baseline = top + (part.baseline - shaped.ink.top + 0.2 * part.scale) * size
        parts.append(_glyphs(part.line.text, x + part.x * size, baseline, font + css + old))
    return "".join(parts)


def _treated(treatment: Treatment, color: str, size: float) -> str:
    """A treatment in the CSS that designers use for it."""
    one, two = (*treatment.colors, color, color)[:2]
    clip = "-webkit-background-clip:text;color:transparent;"
    depth = max(treatment.depth * size, 1.0)
    steps = ",".join(f"{i * 0.5:.1f}px {i}px 0 {one}" for i in range(1, int(depth) + 1))
    em = [f"{size * share:.1f}px" for share in (0.02, 0.03, 0.05, 0.07, 0.15, 0.35)]
    stroke = f"-webkit-text-stroke:{depth:.1f}px {one};paint-order:stroke fill;"
    metal = f"background:linear-gradient({one},{two} 50%,{one} 52%,{two});{clip}"
    return {
        "plain": f"color:{color};",
        "gradient": f"background:linear-gradient(100deg,{one},{two});{clip}",
        "metal": f"{metal}filter:drop-shadow(0 {em[1]} {em[1]} #0008);",
        "outline": f"color:{color};{stroke}text-shadow:{depth:.1f}px {depth:.1f}px {two};",
        "extruded": f"color:{color};text-shadow:{steps};",
        "neon": f"color:{color};text-shadow:" + ",".join(f"0 0 {em[i]} {one}" for i in (2, 4, 5)) + ";",
        "paper_cut": f"color:{color};text-shadow:0 {em[0]} {em[0]} {one},0 {em[3]} {em[3]} {two};",
        "inset": f"color:{color};text-shadow:0 1px 0 #fff8,0 -1px 1px {one};",
        "brush": f"color:{color};background:{one};",
    }[treatment.name]
