"""Layout and picture become a Design: which colour, which treatment, which device under the words.

The order of remedies is the designer's: the palette's own text colour, another of its colours, a gradient from the nearest
edge, a frosted panel. Moving is left to preflight's repair, which sees the finished pixels.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from brand_styles.style import BrandStyle, Logo, LogoGround
from brand_styles.words import Words
from generation.compositing import legibility
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
from generation.compositing.foreground import SOURCE, laid_over
from generation.compositing.logos import held_down, may_stand
from generation.compositing.scrims import EDGE_ZH, draw_scrim_on, scrims_for
from generation.compositing.treatments import treatment_for
from generation.layout.geometry import Rect
from generation.planning.plan import CreativePlan
from generation.types import CopyLine, Format, Hex, Layout, Placed, Reason
from generation.typography.fitting import measured

PAPER, INK = "#FFFDF8", "#1E1A18"  # when the palette itself can't be read: near white, near black, never pure
PLATE_RATIO = 5.2  # 4.5:1 with room for the light that a plate catches
LOGO_TURN = 0.179  # relative luminance at which black and white type are equally legible
# How far beyond it the logo keeps to the kind of the campaign's type: still 3.5 : 1, and alike in all formats.
LOGO_FAITH = 0.05


@dataclass
class _Dressing:
    """Work in progress: the layers so far, and the ground as it will look beneath the next one."""

    plan: CreativePlan
    layout: Layout
    brand: BrandStyle
    ground: NDArray[np.uint8]
    light: tuple[float, float]
    layers: list[AnyLayer] = field(default_factory=list)
    reasons: list[Reason] = field(default_factory=list)

    @property
    def short(self) -> int:
        return self.layout.format.short

    def line(self, id: str) -> CopyLine:
        return next(line for line in self.plan.copy_lines if line.id == id)

    def colors(self) -> tuple[Hex, ...]:
        palette = self.plan.palette
        return tuple(dict.fromkeys((palette.text, palette.text_soft, PAPER, INK, palette.ground_deep)))

    def tint(self, box: Rect, color: Hex, alpha: float) -> None:
        """Remember that a translucent shape now lies over `box`."""
        x0, y0, x1, y1 = box.clamped(self.ground.shape[1], self.ground.shape[0]).rounded()
        patch = self.ground[y0:y1, x0:x1].astype(np.float32)
        cover = legibility.rgb_of(color).astype(np.float32)
        self.ground[y0:y1, x0:x1] = (patch * (1 - alpha) + cover * alpha + 0.5).astype(np.uint8)

    def say(self, field: str, value: str, en: str, zh: str) -> None:
        self.reasons.append(Reason(field=field, value=value, why=Words(en=en, zh=zh)))


def dress(
    plan: CreativePlan,
    layout: Layout,
    picture: NDArray[np.uint8],
    brand: BrandStyle,
    *,
    light: tuple[float, float],
    product_box: Rect | None = None,
    shadow_box: Rect | None = None,
    things: NDArray[np.uint8] | None = None,
) -> tuple[Design, tuple[Reason, ...]]:
    """The Design of one asset, and why it looks as it does.

    picture: the finished scene with a product's shadow on it, uint8 (H, W, 3). product_box, shadow_box: where an uploaded cut-out
    stands and where its shadow falls, in whole pixels, or None. things: what foreground.foreground cut out of the picture; where a
    gradient is needed, it lies above it. The Design names its rasters "scene", "product-shadow", "foreground", "product".
    The product lies above every gradient and panel, so that nothing but type and logo can be drawn over it.
    """
    fmt = layout.format
    work = _Dressing(plan, layout, brand, picture.copy(), light)
    work.layers.append(PictureLayer(id="scene", role="ground", box=Rect(0, 0, fmt.width, fmt.height), source="scene"))
    if shadow_box is not None:
        work.layers.append(PictureLayer(id="product-shadow", role="decor", box=shadow_box, source="product-shadow"))
    for step in (_underlays, _scrims):
        step(work)
    if things is not None and any(isinstance(layer, ScrimLayer) for layer in work.layers):
        work.layers.append(PictureLayer(id="things", role="decor", box=work.layers[0].box, source=SOURCE))
        laid_over(work.ground, things)
    if product_box is not None:
        work.layers.append(PictureLayer(id="product", role="subject", box=product_box, source="product"))
    for step in (_logo, _texts, _price, _badge, _call_to_action):
        step(work)
    design = Design(
        width=fmt.width,
        height=fmt.height,
        background=plan.palette.ground,
        brand=f"{brand.slug}@{brand.version}",
        market=plan.market,
        language=plan.language,
        layers=tuple(work.layers),
        light=light,
    )
    return design, tuple(work.reasons)


def _shade(color: Hex) -> Hex:
    return legibility.hex_of(legibility.rgb_of(color) * 0.45)


def _underlays(work: _Dressing) -> None:
    """A frosted panel behind what the layout chose to back: the ground's own hue, so that it belongs to the scene."""
    palette = work.plan.palette
    dark = palette.scheme == "dark" or legibility.luminance(legibility.rgb_of(palette.text)) > 0.5
    color, alpha = (palette.ground_deep, 0.62) if dark else (PAPER, 0.74)
    for item in work.layout.all("underlay"):
        box, bleeds = _bled(item.box, work.layout.format, work.brand.corner_radius * work.short)
        work.layers.append(
            PanelLayer(
                id=item.id,
                role="underlay",
                box=box,
                color=color,
                radius=work.brand.corner_radius * work.short,
                alpha=alpha,
                blur=0.02 * work.short,
                border=PAPER if dark else palette.metal,
                border_px=0.0 if bleeds or work.short < 120 else max(1.0, 0.0012 * work.short),
            )
        )
        work.tint(item.box, color, alpha)


def _bled(box: Rect, fmt: Format, radius: float) -> tuple[Rect, bool]:
    """A panel that reaches the frame runs out of it, so that no rounded corner or rim shows at the edge."""
    near, out = 0.03 * fmt.short, radius + 0.01 * fmt.short
    bled = Rect(
        -out if box.x0 < near else box.x0,
        -out if box.y0 < near else box.y0,
        fmt.width + out if box.x1 > fmt.width - near else box.x1,
        fmt.height + out if box.y1 > fmt.height - near else box.y1,
    )
    return bled, bled != box


def _scrims(work: _Dressing) -> None:
    """A gradient from the edge where a line's best colour still can't be read on the bare picture."""
    palette = work.plan.palette
    light_type = legibility.luminance(legibility.rgb_of(palette.text)) > 0.4
    color, text = (palette.ground_deep, PAPER) if light_type else (PAPER, INK)
    failing = [
        (item, needed)
        for item in work.layout.all("headline", "subline", "legal", "ai_label")
        if item.fit is not None
        and (needed := asked_ratio(item.fit.style.size, work.short))
        > legibility.choose(work.colors(), work.ground, item.box, needed).contrast
    ]
    for scrim in scrims_for(failing, work.ground, color, text):
        work.layers.append(scrim)
        draw_scrim_on(work.ground, scrim)
        work.say(
            scrim.id,
            scrim.edge,
            f"Type near the {scrim.edge} edge had too little contrast on the picture: a gradient from there carries it.",
            f"画面{EDGE_ZH[scrim.edge]}的文字对比不足：从该边加一层渐变承托。",
        )


def asked_ratio(size: float, short: float) -> float:
    """The contrast to aim for: the rule's, and a tenth more for small type, whose strokes never reach their full colour."""
    needed = legibility.needed_ratio(size, short)
    return needed * (1.12 if needed > 4 else 1.05)


def _logo(work: _Dressing) -> None:
    item = work.layout.first("logo")
    if item is None:
        return
    under = float(legibility.luminance(legibility.pixels_under(work.ground, item.box)).mean())
    light_type = bool(legibility.luminance(legibility.rgb_of(work.plan.palette.text)) > LOGO_TURN)
    ground: LogoGround = "dark" if under < LOGO_TURN + (LOGO_FAITH if light_type else -LOGO_FAITH) else "light"
    seen = legibility.hex_of(legibility.pixels_under(work.ground, item.box).mean(axis=0))
    logo = next((each for each in work.brand.logos if each.ground == ground), work.brand.logos[0])
    if logo.ground == ground and not may_stand(logo, seen):
        logo = next((each for each in work.brand.logos if each.ground != ground), logo)
    box = held_down(item.box, logo, work.layout.format.width, work.layout.format.height)
    if logo.ground != ground or not may_stand(logo, seen):
        _logo_plate(work, logo, box)
    work.layers.append(LogoLayer(id=item.id, role="logo", box=box, ground=logo.ground, clear_space=logo.clear_space))


def _logo_plate(work: _Dressing, logo: Logo, box: Rect) -> None:
    """A plate of the kind of ground that the logo was drawn for, of the first colour that it may stand on."""
    deep = work.plan.palette.ground_deep
    colours = (PAPER, *work.brand.colors("paper")) if logo.ground == "light" else (deep, *work.brand.colors("ink"), INK)
    work.layers.append(
        PanelLayer(
            id="logo-plate",
            role="decor",
            box=box.grown(box.height * logo.clear_space),
            color=next((colour for colour in colours if may_stand(logo, colour)), colours[0]),
            radius=work.brand.corner_radius * work.short,
        )
    )


def _texts(work: _Dressing) -> None:
    for item in work.layout.all("headline", "subline", "legal", "ai_label"):
        if item.fit is not None:
            work.layers.append(_text(work, item))


def _text(work: _Dressing, item: Placed) -> TextLayer:
    assert item.fit is not None  # noqa: S101 - callers filter
    needed = legibility.needed_ratio(item.fit.style.size, work.short)
    asked = asked_ratio(item.fit.style.size, work.short)
    quiet = item.role in ("legal", "ai_label", "subline")
    palette = work.plan.palette
    order = (palette.text_soft, *work.colors()) if quiet else work.colors()
    choice = legibility.choose(order, work.ground, item.box, asked)
    treatment, color = Treatment(), choice.color
    if item.role == "headline" and work.plan.shout == "headline":
        treatment, color = _treated(work, item, choice.color, needed)
    return TextLayer(
        id=item.id,
        role=item.role,
        box=item.box,
        lines=item.fit.lines,
        language=work.line(item.id).language,
        style=item.fit.style,
        color=color,
        align=item.fit.align,
        treatment=treatment,
        shadow=_soft_shadow(work, item) if treatment.name == "plain" and not quiet else None,
    )


def _treated(work: _Dressing, item: Placed, plain: Hex, needed: float) -> tuple[Treatment, Hex]:
    """The plan's treatment, if its colours can be read here; plain otherwise, and said so."""
    assert item.fit is not None  # noqa: S101
    legible: Callable[[Hex], bool] = lambda c: legibility.worst_decile(c, work.ground, item.box) >= needed  # noqa: E731
    found = treatment_for(work.plan.treatment, work.plan.palette, plain, item.fit.style.size, legible)
    if found is not None:
        return found
    if work.plan.treatment != "plain":
        work.say(
            "treatment",
            "plain",
            f"{work.plan.treatment} lettering would not reach {needed:g}:1 here, so the {item.role} is set plain.",
            f"{work.plan.treatment} 字效在此处达不到 {needed:g}:1 的对比，{item.role} 改用平涂。",
        )
    return Treatment(), plain


def _soft_shadow(work: _Dressing, item: Placed) -> Shadow | None:
    """A breath of shade behind light display type on a restless ground; nothing where it is calm."""
    assert item.fit is not None  # noqa: S101
    if legibility.unrest(work.ground, item.box) < 0.05:
        return None
    em = item.fit.style.size
    return Shadow(dx=0, dy=0.03 * em, blur=0.12 * em, color=work.plan.palette.ground_deep, alpha=0.35)


def _price(work: _Dressing) -> None:
    item = work.layout.first("price")
    if item is None or item.fit is None:
        return
    palette = work.plan.palette
    needed = legibility.needed_ratio(item.fit.style.size, work.short)
    order = (
        (palette.metal, palette.accent, *work.colors())
        if palette.scheme == "dark"
        else (palette.accent, *work.colors())
    )
    choice = legibility.choose(order, work.ground, item.box, needed * 1.02)
    treatment, color = Treatment(), choice.color
    if work.plan.shout == "price":
        treatment, color = _treated(work, item, choice.color, needed)
    work.layers.append(
        PriceLayer(
            id=item.id,
            role="price",
            box=item.box,
            text=work.line(item.id).text,
            language=work.line(item.id).language,
            style=item.fit.style,
            color=color,
            align=item.fit.align,
            treatment=treatment,
        )
    )


def _badge(work: _Dressing) -> None:
    """A badge carries its words on a shape of the second colour."""
    for item in work.layout.all("badge"):
        _plate(work, item, [(work.plan.palette.subject, PAPER), (PAPER, INK)], shape="rounded")


def _call_to_action(work: _Dressing) -> None:
    palette = work.plan.palette
    pairs = [(palette.accent, palette.on_accent), (palette.text, palette.ground_deep), (PAPER, INK), (INK, PAPER)]
    for item in work.layout.all("cta"):
        _plate(work, item, pairs, shape="pill")


def _plate(work: _Dressing, item: Placed, pairs: list[tuple[Hex, Hex]], *, shape: str) -> None:
    """A filled shape with its label centred: the first pair that stands off the ground (1.6:1) and can be read (4.5:1)."""
    if item.fit is None:
        return
    readable = [p for p in pairs if _ratio(*p) >= PLATE_RATIO] or [(PAPER, INK)]
    standing = [p for p in readable if legibility.worst_decile(p[0], work.ground, item.box) >= 1.6]
    fill, label = (standing or readable)[0]
    size, light_x = item.fit.style.size, work.light[0]
    work.layers.append(
        PanelLayer(
            id=f"{item.id}-plate",
            role=item.role,
            box=item.box,
            shape="pill" if shape == "pill" else "rounded",
            color=fill,
            color_to=legibility.hex_of(legibility.rgb_of(fill) * 0.9) if _ratio(fill, label) >= 5.2 else None,
            radius=item.box.height / 2 if shape == "pill" else work.brand.corner_radius * work.short,
            shadow=Shadow(
                dx=light_x * 0.1 * size,
                dy=0.18 * size,
                blur=0.5 * size,
                color=_shade(work.plan.palette.ground_deep),
                alpha=0.3,
            ),
        )
    )
    work.layers.append(
        TextLayer(
            id=item.id,
            role=item.role,
            box=label_box(item, work.line(item.id).language),
            lines=item.fit.lines,
            language=work.line(item.id).language,
            style=item.fit.style,
            color=label,
            align="center",
        )
    )


def _ratio(one: Hex, other: Hex) -> float:
    a, b = (float(legibility.luminance(legibility.rgb_of(c))) for c in (one, other))
    return (max(a, b) + 0.05) / (min(a, b) + 0.05)


def label_box(item: Placed, language: str) -> Rect:
    """The ink box of a plate's label: its measured size, centred in the plate."""
    assert item.fit is not None  # noqa: S101
    style = item.fit.style
    ink = measured(item.fit.lines, language=language, face=style.face, weight=style.weight, tracking=style.tracking)
    width, height = style.size * ink.width_em, style.size * ink.height_em(style.leading)
    x, y = item.box.center
    return Rect(x - width / 2, y - height / 2, x + width / 2, y + height / 2)
