"""One object of the catalogue as a transparent cut-out: drawn by the fast tier, its alpha counted from the id map.

The picture is drawn several times larger; alpha is the share of samples that hit the object, colour the mean of just those, so
that no edge carries the ground it was drawn on. There is no shadow: the scene that an element stands in casts its own.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray
from pydantic import Field

from brand_styles.colors import difference, hue_distance, oklch
from brand_styles.style import BrandStyle
from generation.layout.geometry import Rect
from generation.products.pixels import Rgba, cropped
from generation.scenes.graph import ColorRole, MaterialSlug, SceneGraph, SceneLight, SceneObject
from generation.types import Frozen, Hex, ScenePalette

if TYPE_CHECKING:
    from generation.scenes.props import Thing
    from generation.scenes.stage import Stage
    from generation.scenes.table import Tables

SIDE = 900  # px of the longer side
SAMPLES = 2  # along each side of a pixel
MARGIN = 8  # clear px around
MOST = 12  # elements of one order
_SOLID_STUFFS: tuple[MaterialSlug, ...] = ("gloss", "satin", "clay", "metal", "glass", "matte")
_RED_BY_NATURE = frozenset(
    (
        "red-envelope",
        "lantern",
        "firecrackers",
        "fu-diamond",
        "chinese-knot",
        "couplets",
        "papercut",
        "drum",
        "heart",
        "rose",
    )
)
_LUCKY_RED = (29.0, 14.0)  # hue and how far from it, degrees
# The studio that elements are drawn in: warm paper, so that gold mirrors gold and white stays white.
_STUDIO = {"ground": "#EFE9E0", "ground_deep": "#D9D0C3"}


class ElementRecipe(Frozen):
    """Everything that decides an element's pixels. `yaw`, `tilt`: degrees, right-hand turns about the upright and the sight line."""

    version: int = 1
    kind: str
    material: MaterialSlug
    color: ColorRole
    second_color: ColorRole = "metal"
    seed: int = Field(ge=0)
    yaw: float = Field(ge=-180, le=180)
    tilt: float = Field(default=0.0, ge=-45, le=45)
    light: SceneLight = SceneLight()
    palette: ScenePalette
    side: int = Field(default=SIDE, ge=64, le=2048)


def recipes_for(kind: str, palettes: Sequence[ScenePalette], *, count: int, seed: int) -> list[ElementRecipe]:
    """`count` (1 to 12) different ways to draw one kind: turns, materials and colours in the brand's palettes.

    The same arguments give the same recipes. PermanentError where no kind has that slug.
    """
    from generation.scenes.props import kind_of

    asked = SceneObject(id=1, kind=kind, role="subject")
    known = kind_of(asked)
    rng = random.Random(f"{kind}/{seed}")
    stuffs, turns = _stuffs(kind), _turns(known.max_yaw, count)
    color: ColorRole = "metal" if stuffs == ("metal",) else "subject"
    recipes = []
    for i in range(min(max(count, 1), MOST)):
        hangs = known.floats and not known.stands
        recipes.append(
            ElementRecipe(
                kind=kind,
                material=stuffs[i % len(stuffs)],
                color=color,
                second_color="metal" if color != "metal" else "second",
                seed=rng.randrange(1 << 16),
                yaw=round(turns[i], 1),
                tilt=round(rng.uniform(-0.5, 0.5) * known.max_tilt, 1) if hangs else 0.0,
                light=SceneLight(side="left", elevation=50, softness=0.5, warmth=0.1),
                palette=palettes[i % len(palettes)],
            )
        )
    return recipes


def palettes_of(brand: BrandStyle, kind: str) -> list[ScenePalette]:
    """The brand's colourful swatches, each as the body's colour in turn, best suited to the kind first."""
    from generation.planning.looks import GREEN, LEAFY

    natural = _LUCKY_RED if kind in _RED_BY_NATURE else (GREEN, 28.0) if kind in LEAFY else None
    order = [c for role in ("accent", "second", "ground") for c in brand.colors(role) if oklch(c)[1] > 0.06]
    order = _apart(order) or [brand.palette[0].hex]
    if natural is not None:
        hue, reach = natural
        fitting = [c for c in order if hue_distance(oklch(c)[2], hue) < reach and oklch(c)[1] > 0.1]
        order = fitting or sorted(order, key=lambda c: hue_distance(oklch(c)[2], hue))[:1]
    metals, inks, papers = brand.colors("metal"), brand.colors("ink"), brand.colors("paper")
    ink, paper = (inks or ("#241A18",))[0], (papers or ("#FFF9F2",))[0]
    return [
        ScenePalette(
            **_STUDIO,
            subject=color,
            second=order[(i + 1) % len(order)],
            accent=order[(i + 2) % len(order)],
            metal=(metals or ("#D9AE52",))[i % len(metals or ("",))],
            text=ink,
            text_soft=ink,
            on_accent=paper,
            scheme="light",
        )
        for i, color in enumerate(order)
    ]


def _apart(colors: Sequence[Hex]) -> list[Hex]:
    """The colours without those that look like an earlier one."""
    kept: list[Hex] = []
    for color in colors:
        if all(difference(color, other) > 12 for other in kept):
            kept.append(color)
    return kept


def _turns(reach: float, count: int) -> list[float]:
    """Front and three-quarter views by turns, within what the kind allows."""
    steps = (0.55, -0.55, 0.15, -0.3, 0.8, -0.8)
    return [reach * steps[i % len(steps)] for i in range(count)]


def _stuffs(kind: str) -> tuple[MaterialSlug, ...]:
    from generation.planning.looks import METALLIC, PAPERY

    if kind in METALLIC:
        return ("metal",)
    return ("paper", "satin", "matte") if kind in PAPERY else _SOLID_STUFFS


def draw(recipe: ElementRecipe) -> Rgba:
    """The element, uint8 RGBA with straight alpha, `recipe.side` on its longer side and MARGIN clear pixels around it.

    Deterministic. PermanentError where no kind has that slug.
    """
    from generation.scenes.render_fast import render

    stage = _staged(recipe)
    b = render(stage, stage.width * SAMPLES, stage.height * SAMPLES, preview=True)
    return cropped(gathered(b.rgb, b.ids == 1, SAMPLES), MARGIN)


def gathered(rgb: NDArray[np.uint8], inside: NDArray[np.bool_], samples: int) -> Rgba:
    """Blocks of `samples` squared become one pixel: alpha from how many are inside, colour from those alone."""
    height, width = inside.shape[0] // samples, inside.shape[1] // samples
    blocks = inside[: height * samples, : width * samples].reshape(height, samples, width, samples)
    count = blocks.sum(axis=(1, 3)).astype(np.float32)
    out = np.zeros((height, width, 4), np.uint8)
    for channel in range(3):
        values = rgb[: height * samples, : width * samples, channel].reshape(height, samples, width, samples)
        total = np.where(blocks, values, 0).sum(axis=(1, 3), dtype=np.float32)
        out[..., channel] = (total / np.maximum(count, 1) + 0.5).astype(np.uint8)
    out[..., 3] = (count * (255 / samples**2) + 0.5).astype(np.uint8)
    return out


def _staged(recipe: ElementRecipe) -> Stage:
    """The object alone in the studio, filling its canvas, with nothing that is laid over the finished picture."""
    from generation.scenes.camera import Camera
    from generation.scenes.lighting import frame_row, in_picture, lamps
    from generation.scenes.sets import SetPlan
    from generation.scenes.silhouette import silhouettes
    from generation.scenes.stage import EMPTY, Stage

    thing, tables = _object(recipe)
    low, high = thing.points().min(axis=0), thing.points().max(axis=0)
    camera = Camera.facing(float(low[1] + high[1]) / 2, 10.5 * float(max(high - low)), 9.0)
    seen = silhouettes(tables, camera)[1]
    longer = max(seen.width, seen.height)
    width, height = (max(round(recipe.side * part / longer), 16) for part in (seen.width, seen.height))
    grown = (round(width * 1.04) + 2, round(height * 1.04) + 2)
    box = Rect(0, 0, *grown).grown(-0.02 * grown[0] - 1, -0.02 * grown[1] - 1)
    shot = camera.fitted(seen, box)
    graph = SceneGraph(
        seed=recipe.seed, composition="floating", set="sweep", palette=recipe.palette, light=recipe.light, subject_id=1
    )
    return Stage(
        width=grown[0],
        height=grown[1],
        main=tables,
        near=EMPTY,
        frame=frame_row(graph, shot, SetPlan(mirror=0.0), box, box, grown),
        boxes_of_light=lamps(recipe.light, recipe.palette),
        bokeh=np.zeros((0, 7)),
        calm=(),
        subject_id=1,
        empty_box=None,
        light=in_picture(recipe.light, shot),
        bloom=0.0,
        vignette=0.0,
        haze=0.0,
    )


def _object(recipe: ElementRecipe) -> tuple[Thing, Tables]:
    """The thing, turned and raised off the floor, and its table of parts."""
    from generation.scenes.primitives import turn
    from generation.scenes.props import build, kind_of
    from generation.scenes.table import Bench, Pose

    item = SceneObject(
        id=1,
        kind=recipe.kind,
        role="subject",
        material=recipe.material,
        color=recipe.color,
        second_color=recipe.second_color,
        seed=recipe.seed,
    )
    thing = build(item, kind_of(item), recipe.palette)
    thing = replace(
        thing, pose=Pose((0.0, 0.0, 0.0), 1.0, turn((0.0, recipe.yaw, 0.0)) @ turn((0.0, 0.0, recipe.tilt)))
    )
    thing = thing.moved_to(replace(thing.pose, position=(0.0, 0.4 - float(thing.points()[:, 1].min()), 0.0)))
    bench = Bench()
    bench.add(thing.parts, list(thing.paints), 1, thing.pose)
    return thing, bench.tables()
