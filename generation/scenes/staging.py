"""Put a scene graph on a canvas: the hero exactly in its box, the set around it, props where there is room, light for all.

`composition` is one of COMPOSITIONS, `set` one of sets.SETS.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from difflib import get_close_matches
from functools import lru_cache

import numpy as np

from generation.errors import PermanentError
from generation.layout.geometry import Rect
from generation.scenes.graph import SceneGraph
from generation.scenes.group import PRODUCT_ID, Group, compose
from generation.scenes.lighting import frame_row, halo, in_picture, lamps, sun
from generation.scenes.materials import linear
from generation.scenes.metering import FLOOR, Gains, exposed, ground_tone, metered, toned
from generation.scenes.placement import Floor, place
from generation.scenes.props import Thing
from generation.scenes.room import Room, SetPlan
from generation.scenes.sets import SETS
from generation.scenes.stage import Stage
from generation.scenes.table import Array, Bench, Tables
from generation.types import Format, Layout, Placed

COMPOSITIONS = ("center", "third-left", "third-right", "low", "pedestal-row", "floating", "still-life")
_TINY = 120
_LONG = 1.5  # width / height beyond which the ground's tone is set by the square's


def stage(graph: SceneGraph, layout: Layout) -> Stage:
    """The scene on this layout's canvas. Deterministic. PermanentError names an unknown kind, set or composition."""
    _check(graph)
    usual = _usual(graph)
    built = unmetered(graph, layout)
    if layout.format.aspect > _LONG:
        built = toned(exposed(built, usual.gains), usual.ground)
    made, _ = metered(built, usual.gains, FLOOR, hero_cost=4.0)
    return made


def _check(graph: SceneGraph) -> None:
    """PermanentError where set or composition is none of ours."""
    for name, zh, asked, known in (
        ("set", "场景", graph.set, tuple(SETS)),
        ("composition", "构图", graph.composition, COMPOSITIONS),
    ):
        if asked not in known:
            near = get_close_matches(asked, known, n=3, cutoff=0.3) or known
            raise PermanentError(
                f"No {name} is called “{asked}”. Choose one of: {', '.join(near)}.",
                f"没有名为“{asked}”的{zh}，请选择：{'、'.join(near)}。",
                field=f"scene.{name}",
            )


@dataclass(frozen=True)
class _Usual:
    """Exposure of a scene and its ground's tone in a plain square."""

    gains: Gains
    ground: Array


@lru_cache(maxsize=64)
def _usual(graph: SceneGraph) -> _Usual:
    """Where every format starts from, so that a campaign is lit alike."""
    size = 240
    box = Rect(0.2 * size, 0.25 * size, 0.8 * size, 0.95 * size)
    plain = Layout(format=Format(width=size, height=size), items=(Placed(id="subject", role="subject", box=box),))
    made, gains = metered(unmetered(graph, plain))
    return _Usual(gains, ground_tone(made))


def unmetered(graph: SceneGraph, layout: Layout) -> Stage:
    """As `stage`, unchecked and with the lamps as they come: metering draws each scene several times over."""
    canvas = (layout.format.width, layout.format.height)
    box, leads = _subject_box(layout), layout.first("subject") is not None
    calm = tuple(zone.clamped(*canvas) for zone in layout.text_zones)
    group = compose(graph, box, canvas, calm)
    plan = _set(graph, group, canvas, calm)
    floor = Floor(graph, group, canvas, calm)
    props = place(floor)
    # Where the words leave the subject no box, the ground stays without it.
    drawn = tuple(t for t in group.things if t.id != PRODUCT_ID) if leads else ()
    frame = frame_row(graph, group.camera, plan, group.hero_rect, box, canvas)
    return Stage(
        width=canvas[0],
        height=canvas[1],
        main=_tables((*drawn, *props.scene, *props.built, *plan.things)),
        near=_tables(props.near),
        frame=frame,
        boxes_of_light=lamps(graph.light, graph.palette),
        bokeh=_bokeh(graph, plan, canvas, calm, group.hero_rect),
        calm=calm,
        subject_id=graph.subject_id if leads else None,
        empty_box=group.hero_rect if leads and graph.subject_id is None and graph.product_aspect else None,
        light=in_picture(graph.light, group.camera),
        grain_seed=graph.seed & 0xFFFF,
    )


def _subject_box(layout: Layout) -> Rect:
    """The layout's own box; without one, the largest quiet middle of the canvas."""
    placed = layout.first("subject")
    if placed is not None:
        return placed.box
    w, h = layout.format.width, layout.format.height
    return Rect(0.3 * w, 0.35 * h, 0.7 * w, 0.9 * h)


def _set(graph: SceneGraph, group: Group, canvas: tuple[int, int], calm: tuple[Rect, ...]) -> SetPlan:
    room = Room(
        hero_w=group.width,
        hero_h=group.height,
        palette=graph.palette,
        camera=group.camera,
        width=canvas[0],
        height=canvas[1],
        calm=calm,
        rng=np.random.default_rng([graph.seed & 0xFFFFFFFF, 77]),
        light_side=-1.0 if graph.light.side == "left" else 1.0,
        sun=sun(graph.light),
    )
    plan = SETS[graph.set](room)
    if min(canvas) < _TINY:
        return replace(plan, pattern={}, bokeh=0)
    return plan


def _tables(things: tuple[Thing, ...]) -> Tables:
    bench = Bench()
    for thing in things:
        bench.add(thing.parts, list(thing.paints), thing.id, thing.pose, casts=thing.casts)
    return bench.tables()


def _bokeh(graph: SceneGraph, plan: SetPlan, canvas: tuple[int, int], calm: tuple[Rect, ...], hero: Rect) -> Array:
    """Discs of light on the wall, none in text: (n, 7)."""
    rng = np.random.default_rng([graph.seed & 0xFFFFFFFF, 5])
    lamp = 0.6 * np.asarray(halo(graph.palette)) + 0.4 * np.asarray(linear(graph.palette.accent))
    short = min(canvas)
    rows = []
    for _ in range(plan.bokeh):
        x, y = float(rng.uniform(0, canvas[0])), float(rng.uniform(0, 0.8 * canvas[1]))
        radius = short * float(rng.uniform(0.008, 0.05)) * (1 if rng.random() < 0.75 else 1.5)
        power = float(rng.uniform(0.06, 0.3))
        here = Rect(x - radius, y - radius, x + radius, y + radius).grown(0.03 * short)
        if all(here.intersection(zone) is None for zone in calm):
            rows.append([x, y, radius, *(power * lamp), float(rng.uniform(0.1, 0.6))])
    return np.array(rows, dtype=np.float64).reshape(-1, 7)
