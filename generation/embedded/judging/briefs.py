"""Held-out briefs: scenes that neither generator nor judge ever saw, and the words they are asked for in.

They are random graphs by the law that the training scenes are drawn by, from far seeds, and not the planner's: every kind is then
asked for as often as every other, and distances to slow-tier pictures compare like with like.
"""

from __future__ import annotations

import math
import random
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from generation.control.blockout import Blockout
from generation.layout.geometry import Rect
from generation.scenes.graph import SceneGraph
from generation.types import Layout, ScenePalette

FIRST_SEED = 900_000
AREA = 256 * 448  # px of a picture
SHAPES = ((9, 16), (1, 1), (16, 9))
MULTIPLE = 32


@dataclass(frozen=True)
class HeldOut:
    """One brief on its canvas."""

    seed: int
    graph: SceneGraph
    layout: Layout

    @property
    def prompt(self) -> str:
        from generation.planning.prompts import prompt_for

        return prompt_for(self.graph, self.graph.palette, self.graph.mood)  # type: ignore[arg-type]

    @cached_property
    def blockout(self) -> Blockout:
        from generation.control.maps import blockout

        return blockout(self.graph, self.layout)

    def asked(self) -> Asked | None:
        """What judges compare with; None where the hero is not in the picture at all."""
        b = self.blockout
        if b.subject_id is None or b.subject_id not in b.boxes:
            return None
        kind = next(o.kind for o in self.graph.objects if o.id == b.subject_id)
        return Asked(self.seed, kind, b.boxes[b.subject_id], self.layout.text_zones, self.graph.palette, self.prompt)


@dataclass(frozen=True)
class Asked:
    """What was asked for: the hero's kind, its box and the text zones in pixels, the palette, the prompt."""

    seed: int
    kind: str
    box: Rect
    zones: tuple[Rect, ...]
    palette: ScenePalette
    prompt: str

    def as_dict(self) -> dict[str, Any]:
        return {
            "seed": self.seed,
            "kind": self.kind,
            "box": self.box.as_list(),
            "zones": [z.as_list() for z in self.zones],
            "palette": self.palette.model_dump(),
            "prompt": self.prompt,
        }

    @classmethod
    def of(cls, kept: dict[str, Any]) -> Asked:
        zones = tuple(Rect(*z) for z in kept["zones"])
        palette = ScenePalette.model_validate(kept["palette"])
        return cls(kept["seed"], kept["kind"], Rect(*kept["box"]), zones, palette, kept["prompt"])


def held_out(seed: int, area: int = AREA) -> HeldOut:
    """The brief of a seed, on one of SHAPES with about `area` pixels."""
    from generation.scenes.group import box_aspect
    from generation.scenes.sampling import random_graph, random_layout

    width, height = canvas(*random.Random(seed).choice(SHAPES), area)
    graph = random_graph(seed)
    return HeldOut(seed, graph, random_layout(seed, width, height, aspect=box_aspect(graph)))


def canvas(across: int, down: int, area: int) -> tuple[int, int]:
    """Width and height of this shape with about `area` pixels, both multiples of 32."""
    scale = math.sqrt(area / (across * down))
    width, height = (max(round(side * scale / MULTIPLE), 4) * MULTIPLE for side in (across, down))
    return width, height


def others(brief: HeldOut, count: int) -> Iterator[HeldOut]:
    """As many other scenes of the same words and canvas: what stands where, its turn, the layout and the light's height differ."""
    from generation.scenes.group import box_aspect
    from generation.scenes.sampling import random_layout
    from generation.scenes.staging import COMPOSITIONS

    fmt = brief.layout.format
    for number in range(count):
        seed = brief.seed * 100 + number
        rng = np.random.default_rng([seed, 17])
        objects = tuple(o.model_copy(update={"seed": int(rng.integers(1 << 30))}) for o in brief.graph.objects)
        light = brief.graph.light.model_copy(
            update={"elevation": float(rng.uniform(30, 66)), "softness": float(rng.uniform(0.1, 0.95))}
        )
        changed = {"seed": seed, "objects": objects, "light": light, "composition": str(rng.choice(COMPOSITIONS))}
        graph = brief.graph.model_copy(update=changed)
        layout = random_layout(seed, fmt.width, fmt.height, aspect=box_aspect(graph))
        yield HeldOut(seed, graph, layout)
