"""What the hero stands on: round tiers, blocks, plinths, in any width and height (world units)."""

from __future__ import annotations

from collections.abc import Callable

from generation.scenes.graph import SceneObject
from generation.scenes.materials import FINISHES, Paint, luminance, mix, paint, role_color, scaled
from generation.scenes.primitives import Part, Shape, Slot
from generation.scenes.props import Thing
from generation.types import ScenePalette

Build = Callable[[float, float, int], tuple[Part, ...]]
_SET_BACK = 0.09  # of a tier's width behind the one below


def round_tiers(width: float, height: float, tiers: int) -> tuple[Part, ...]:
    """Discs on discs, each with a metal band at its upper edge."""
    parts: list[Part] = []
    y = 0.0
    for i, share in enumerate(_shares(tiers)):
        radius, h = width / 2 * (1 - _SET_BACK * i), height * share
        edge = min(0.06, h * 0.3)
        parts += _disc(radius, h, y, edge, "main" if i % 2 == 0 else "second")
        y += h
    return tuple(parts)


def _disc(radius: float, h: float, y: float, edge: float, slot: Slot) -> list[Part]:
    body = Part(Shape.ROUND_CYLINDER, (radius, h / 2, 0), radius=edge, position=(0, y + h / 2, 0), slot=slot)
    thin = min(0.022, h * 0.12)
    band = Part(
        Shape.TORUS, (radius - edge * 0.3 + thin * 0.2, thin, 0), position=(0, y + h - edge * 0.8, 0), slot="metal"
    )
    return [body, band]


def block(width: float, height: float, tiers: int) -> tuple[Part, ...]:
    """Slabs with rounded edges, set back one on the other."""
    parts: list[Part] = []
    y = 0.0
    depth = min(width, 2.4) / 2
    for i, share in enumerate(_shares(tiers)):
        h, a, c = height * share, width / 2 * (1 - _SET_BACK * i), depth * (1 - _SET_BACK * i)
        edge = min(0.05, h * 0.3)
        slab = Part(
            Shape.ROUND_BOX,
            (a, h / 2, c),
            radius=edge,
            position=(0, y + h / 2, 0),
            slot="main" if i % 2 == 0 else "second",
        )
        line = Part(
            Shape.ROUND_BOX,
            (a + 0.008, min(0.018, h * 0.1), c + 0.008),
            radius=0.01,
            position=(0, y + h * 0.8, 0),
            slot="metal",
        )
        parts += [slab, line]
        y += h
    return tuple(parts)


def drum(width: float, height: float, tiers: int) -> tuple[Part, ...]:
    """One tall drum between a foot and a cornice."""
    r = width / 2
    foot, top = height * 0.16, height * 0.18
    shaft = height - foot - top
    return (
        *_disc(r, foot, 0.0, min(0.05, foot * 0.3), "second"),
        Part(Shape.ROUND_CYLINDER, (r * 0.86, shaft / 2 + 0.02, 0), position=(0, foot + shaft / 2, 0)),
        *_disc(r * 0.96, top, height - top, min(0.05, top * 0.3), "main"),
    )


def _shares(tiers: int) -> tuple[float, ...]:
    return {1: (1.0,), 2: (0.58, 0.42), 3: (0.42, 0.33, 0.25)}[max(1, min(tiers, 3))]


PODIUMS: dict[str, Build] = {"podium": round_tiers, "podium-block": block, "podium-drum": drum}


def top_share(kind: str, tiers: int) -> float:
    """Width of the top beside the foot's."""
    return 0.96 if kind not in PODIUMS or kind == "podium-drum" else 1 - _SET_BACK * (max(1, min(tiers, 3)) - 1)


def podium(item: SceneObject, palette: ScenePalette, width: float, height: float, tiers: int) -> Thing:
    """The stage object, `width` wide and `height` high, standing on the floor at the origin."""
    style = PODIUMS.get(item.kind, round_tiers)
    if width > 3.4 and style is not block:  # a disc that wide would reach the wall
        style = block
    parts = style(width, height, tiers)
    return Thing(item.id, parts, tuple(_paint(part, item, palette) for part in parts))


def _paint(part: Part, item: SceneObject, palette: ScenePalette) -> Paint:
    if part.slot == "metal":
        return paint("metal", "metal", palette)
    color = role_color(item.color, palette)
    if part.slot == "second":
        light = luminance(color) < 0.2
        color = mix(scaled(color, 1.5), (0.95, 0.95, 0.95), 0.03) if light else scaled(color, 0.82)
    finish = FINISHES[item.material] if item.material != "metal" else FINISHES["satin"]
    return Paint(color, finish)
