"""Clean pictures for the bench of rules on pixels: posters on scenes of our own renderer, with what is needed to judge them."""

from __future__ import annotations

import random
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from bench.preflight_assets import Sample, make_sample
from brand_styles.pixel_rules import PixelRule
from brand_styles.rules.pixels import PixelRuleSet
from brand_styles.words import Words
from generation.compositing.design import PictureLayer
from generation.control.blockout import Blockout
from generation.control.maps import blockout
from generation.layout.geometry import Rect
from generation.preflight.ground import without_type
from generation.preflight.runner import check
from generation.preflight.shown import Drawn, Known
from generation.products.fidelity import with_product
from generation.products.standing import PRODUCT
from generation.scenes.graph import SceneGraph
from generation.scenes.sampling import random_graph
from generation.types import Report

Rgb = NDArray[np.uint8]
PICTURES = Path(__file__).resolve().parent / "pictures"
TITLE = Words(en="Bench", zh="测评")
NEON = "#39FF14"


def bench_rule(id: str, kind: str, **told: object) -> PixelRule:
    return PixelRule.model_validate({"id": id, "kind": kind, "title": TITLE, "unchecked": "tell"} | told)


RULES = (
    bench_rule("COLOUR", "colour", colours=[NEON], tolerance=12, most=0.01),
    bench_rule("PALETTE", "palette", tolerance=12, most=0.6),
    bench_rule("THING", "thing", things=["lantern"]),
    bench_rule("FACE", "face"),
    bench_rule("CODE", "code"),
    bench_rule("LETTERING", "lettering"),
    bench_rule("NUDITY", "nudity"),
)


@dataclass(frozen=True)
class Case:
    """A poster and all that judging it takes. `rgb`: the flat picture, where it is not what the design composes to."""

    sample: Sample
    graph: SceneGraph
    staged: Blockout
    rules: tuple[PixelRule, ...] = RULES
    rgb: Rgb | None = None
    product: NDArray[np.uint8] | None = None

    def sources(self) -> dict[str, NDArray[np.uint8]]:
        return {"scene": self.sample.scene} | ({PRODUCT: self.product} if self.product is not None else {})

    def compose(self, ground: bool = False) -> Rgb:
        from generation.compositing.compose import compose

        design = without_type(self.sample.design) if ground else self.sample.design
        return compose(design, self.sources(), self.sample.brand)

    def report(self) -> Report:
        s = self.sample
        rgb = self.compose() if self.rgb is None else self.rgb
        kinds = tuple((o.kind, self.staged.boxes[o.id]) for o in self.graph.objects if o.id in self.staged.boxes)
        known = Known(PixelRuleSet(rules=self.rules), Drawn(kinds))
        report = check(
            s.design,
            rgb,
            s.layout,
            s.brand,
            ground=self.compose(ground=True),
            subject_mask=None,
            known=known,
        )
        return report if self.product is None else with_product(report, s.design, rgb, self.product)


def clean_case(number: int) -> Case:
    """The poster of that number on a scene of the renderer, in the brand's palette, mended as every poster is; no lantern stands in it."""
    sample = make_sample(20_000 + number)
    graph = random_graph(number).model_copy(update={"palette": sample.palette})
    objects = tuple(o for o in graph.objects if o.kind not in ("lantern", "fanous"))
    return _mended(staged(sample, graph.model_copy(update={"objects": objects})))


def _mended(case: Case) -> Case:
    """The design was dressed for another ground: what that blocks is repaired."""
    from generation.repair import preflight_and_repair

    s = case.sample
    design, _, _ = preflight_and_repair(
        s.design, s.layout, s.brand, palette=s.palette, compose=s.compose, known=Known(PixelRuleSet(rules=()))
    )
    return replace(case, sample=replace(s, design=design))


def staged(sample: Sample, graph: SceneGraph) -> Case:
    staged = blockout(graph, sample.layout)
    return Case(replace(sample, scene=staged.rgb.copy()), graph, staged)


def free_place(case: Case, rng: random.Random, width: int, height: int) -> tuple[int, int] | None:
    """A corner where something of that size stands on the scene off type and logo; None where there is no room."""
    high, wide = case.sample.scene.shape[:2]
    zones = [layer.box.grown(6) for layer in case.sample.design.layers if not isinstance(layer, PictureLayer)]
    zones = [zone for zone in zones if zone.area < 0.8 * wide * high]
    for _ in range(60):
        if width >= wide - 4 or height >= high - 4:
            return None
        x, y = rng.randrange(2, wide - width), rng.randrange(2, high - height)
        box = Rect(x, y, x + width, y + height)
        if not any(zone.intersection(box) for zone in zones):
            return x, y
    return None


def on_scene(case: Case, scene: Rgb) -> Case:
    return replace(case, sample=replace(case.sample, scene=scene))


def with_layer(case: Case, id: str, **update: object) -> Case:
    layers = tuple(l.model_copy(update=update) if l.id == id else l for l in case.sample.design.layers)  # noqa: E741
    design = case.sample.design.model_copy(update={"layers": layers})
    return replace(case, sample=replace(case.sample, design=design))
